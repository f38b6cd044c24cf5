"""The tab that sets the definitions of the engagement rate beside each other."""

from __future__ import annotations

from ..core.periods import RANGE
from ..core.report import Tab
from ..labels import label
from .columns import channel_column, results_table
from .material import Material
from .periods import period_column

DEFINITIONS = (
    "engagement_rate",
    "engagement_rate_post",
    "engagement_rate_reach",
    "engagement_rate_impressions",
    "engagement_rate_views",
    "engagement_rate_dash",
)
BASES = ("interactions", "posts", "followers")


def engagement_tab(material: Material) -> Tab | None:
    """Every definition that the data allows, by channel and period; None where there is none."""
    lang = material.lang
    results = material.by_period
    rates = material.known(results, DEFINITIONS)
    if not rates:
        return None
    kpis = (*material.known(results, BASES), *rates)
    table = results_table(
        results,
        kpis,
        name="Engagement",
        title="",
        lang=lang,
        leading=[
            channel_column(lang),
            *([period_column(material)] if material.period != RANGE else []),
        ],
    )
    return Tab(
        label("tab", "engagement", lang),
        label("title", "engagement", lang),
        (label("intro", "engagement", lang), label("intro", "definitions", lang)),
        (table,),
    )
