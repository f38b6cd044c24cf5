"""The tab of KPIs by channel and period, with changes and a trend."""

from __future__ import annotations

from ..core.catalogue import catalogue
from ..core.periods import label as period_label
from ..core.plain import plain
from ..core.report import Chart, Column, ReportTable, Tab
from ..core.results import period_start
from ..labels import channel_name, kpi_name, label
from .columns import Leading, channel_column, in_groups, results_table
from .intro import opening
from .material import Material

TREND = "interactions"  # what the trend chart shows


def period_column(material: Material) -> Leading:
    """The period of a row as people write it: 2026-07, 2026-W31."""
    return (
        Column("period", label("column", material.period, material.lang)),
        lambda row: period_label(period_start(row), material.period),
    )


def periods_tab(material: Material) -> Tab:
    """A table for each topic, each KPI beside its change; under them the trend by channel."""
    lang = material.lang
    results = material.by_period
    tables = [
        results_table(
            results,
            group.kpis,
            name=f"Periods_{group.id}",
            title=label("group", group.id, lang),
            lang=lang,
            leading=[channel_column(lang), period_column(material)],
            changes=True,
        )
        for group in in_groups(material.known(results, material.headline))
    ]
    trend = _trend(material)
    charts: tuple[Chart, ...] = ()
    if trend is not None:
        tables.append(trend)
        series = tuple(column.key for column in trend.columns[1:])
        charts = (Chart("line", trend.title, trend.name, "period", series),)
    return Tab(
        label("tab", "periods", lang),
        label("title", "periods", lang),
        (*opening(material), label("intro", "people", lang)),
        tuple(tables),
        charts,
    )


def _trend(material: Material) -> ReportTable | None:
    """One KPI with a column per channel, for the chart."""
    table = material.by_period.table
    if TREND not in table or table["period"].nunique() < 2:
        return None
    kpi = catalogue().kpi(TREND)
    wide = table.pivot_table(index="period", columns="channel", values=TREND, aggfunc="first")
    if wide.empty:
        return None
    first, _ = period_column(material)
    columns = [
        first,
        *(
            Column(str(channel), channel_name(str(channel), material.lang), "count")
            for channel in wide.columns
        ),
    ]
    rows = tuple(
        (period_label(period, material.period), *(plain(value) for value in values))
        for period, values in zip(wide.index, wide.to_numpy().tolist(), strict=True)
    )
    return ReportTable("Trend", kpi_name(kpi, material.lang), tuple(columns), rows)
