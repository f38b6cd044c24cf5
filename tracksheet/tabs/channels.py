"""The tab of KPIs by channel over the whole range."""

from __future__ import annotations

from ..core.report import Chart, Tab
from .columns import channel_column, results_table
from .intro import opening
from .labels import label
from .material import Material


def channels_tab(material: Material) -> Tab:
    """One row a channel, one column a headline KPI, and what each channel brought as a chart."""
    lang = material.lang
    results = material.by_channel
    kpis = material.known(results, material.headline)
    table = results_table(
        results, kpis, name="Channels", title="", lang=lang, leading=[channel_column(lang)]
    )
    known = {kpi.id for kpi in kpis}
    charts = tuple(
        Chart("bar", table.columns[table.column(name)].heading, table.name, "channel", (name,))
        for name in ("interactions", "spend")
        if name in known
    )
    return Tab(
        label("tab", "channels", lang),
        label("title", "channels", lang),
        (*opening(material), label("intro", "people", lang)),
        (table,),
        charts,
    )
