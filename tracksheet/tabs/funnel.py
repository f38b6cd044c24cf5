"""The tab of KPIs by stage of the funnel."""

from __future__ import annotations

from ..core.catalogue import catalogue
from ..core.report import Tab
from ..labels import label
from .columns import channel_column, in_groups, results_table
from .intro import opening
from .material import Material

STAGES = ("ToFu", "MoFu", "BoFu")


def funnel_tab(material: Material) -> Tab:
    """For each stage every KPI of the catalogue that the data allows, by topic and channel."""
    lang = material.lang
    results = material.by_channel
    tables = []
    for stage in STAGES:
        names = tuple(kpi.id for kpi in catalogue().kpis.values() if kpi.stage == stage)
        for group in in_groups(material.known(results, names)):
            title = f"{label('stage', stage, lang)} – {label('group', group.id, lang)}"
            tables.append(
                results_table(
                    results,
                    group.kpis,
                    name=f"{stage}_{group.id}",
                    title=title,
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
