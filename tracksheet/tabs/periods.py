"""The tab of KPIs by channel and period, with changes and a trend."""

from __future__ import annotations

from collections.abc import Callable

from ..core.catalogue import Kpi, catalogue
from ..core.periods import label as period_label
from ..core.report import Chart, Column, ReportTable, Tab, Value
from .columns import Record, channel_column, kpi_name, plain, results_table
from .intro import opening
from .labels import channel_name, label
from .material import Material

TREND = "interactions"  # what the trend chart shows


def period_column(material: Material) -> tuple[Column, Callable[[Record], Value]]:
    """The period of a row as people write it: 2026-07, 2026-W31."""
    return (
        Column("period", label("column", material.period, material.lang)),
        lambda row: period_label(row["period"], material.period),
    )


def periods_tab(material: Material) -> Tab:
    """KPIs by channel and period; under them the changes; beside them the trend by channel."""
    lang = material.lang
    results = material.by_period
    leading = [channel_column(lang), period_column(material)]
    kpis = material.known(results, material.headline)
    tables = [results_table(results, kpis, name="Periods", title="", lang=lang, leading=leading)]
    for suffix, name, title in (
        ("change", "Changes", "change"),
        ("last_year_change", "YearChanges", "last_year"),
    ):
        compared = tuple(
            kpi
            for kpi in kpis
            if f"{kpi.id}_{suffix}" in results.table
            and results.table[f"{kpi.id}_{suffix}"].notna().any()
        )
        if compared:
            tables.append(
                results_table(
                    results,
                    compared,
                    name=name,
                    title=label("title", title, lang),
                    lang=lang,
                    leading=leading,
                    value=_change(suffix),
                    changes=True,
                )
            )
    trend = _trend(material)
    charts: tuple[Chart, ...] = ()
    if trend is not None:
        tables.append(trend)
        charts = (
            Chart(
                "line",
                trend.title,
                trend.name,
                "period",
                tuple(column.key for column in trend.columns[1:]),
            ),
        )
    return Tab(
        label("tab", "periods", lang),
        label("title", "periods", lang),
        (*opening(material), label("intro", "people", lang)),
        tuple(tables),
        charts,
    )


def _change(suffix: str) -> Callable[[Record, Kpi], Value]:
    return lambda row, kpi: plain(row[f"{kpi.id}_{suffix}"])


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
