"""The tab of KPIs by stage of the funnel."""

from __future__ import annotations

from ..core.catalogue import catalogue
from ..core.report import Tab
from .columns import channel_column, results_table
from .intro import opening
from .labels import label
from .material import Material

STAGES = ("ToFu", "MoFu", "BoFu")


def funnel_tab(material: Material) -> Tab:
    """A table for each stage: every KPI of the catalogue that the data allows, by channel."""
    lang = material.lang
    results = material.by_channel
    tables = []
    for stage in STAGES:
        names = tuple(kpi.id for kpi in catalogue().kpis.values() if kpi.stage == stage)
        kpis = material.known(results, names)
        if kpis:
            tables.append(
                results_table(
                    results,
                    kpis,
                    name=stage,
                    title=label("stage", stage, lang),
                    lang=lang,
                    leading=[channel_column(lang)],
                )
            )
    return Tab(
        label("tab", "funnel", lang),
        label("title", "funnel", lang),
        (*opening(material), label("intro", "people", lang)),
        tuple(tables),
    )
