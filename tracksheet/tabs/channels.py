"""The tab of KPIs by channel over the whole range."""

from __future__ import annotations

from ..core.catalogue import catalogue
from ..core.report import Chart, Tab
from ..labels import kpi_name, label
from .columns import channel_column, in_groups, results_table
from .intro import opening
from .material import Material

CHARTED = ("interactions", "spend")


def channels_tab(material: Material) -> Tab:
    """A table for each topic: one row a channel, one column a headline KPI; then charts."""
    lang = material.lang
    results = material.by_channel
    tables = tuple(
        results_table(
            results,
            group.kpis,
            name=f"Channels_{group.id}",
            title=label("group", group.id, lang),
            lang=lang,
            leading=[channel_column(lang)],
        )
        for group in in_groups(material.known(results, material.headline))
    )
    charts = tuple(
        Chart("bar", kpi_name(catalogue().kpi(name), lang), table.name, "channel", (name,))
        for name in CHARTED
        for table in tables
        if any(column.key == name for column in table.columns) and len(table.rows) > 1
    )
    return Tab(
        label("tab", "channels", lang),
        label("title", "channels", lang),
        (*opening(material), label("intro", "people", lang)),
        tables,
        charts,
    )
