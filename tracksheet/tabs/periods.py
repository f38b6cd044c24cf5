"""The tab of KPIs by channel and period, with changes and a trend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

import pandas as pd

from ..core.catalogue import catalogue
from ..core.periods import RANGE, Lang
from ..core.periods import label as period_label
from ..core.plain import plain
from ..core.report import Chart, Column, ReportTable, Tab
from ..core.results import period_start
from ..labels import channel_name, kpi_name, label
from .columns import MOST_WITH_CHANGES, Leading, channel_column, in_groups, results_table
from .intro import opening
from .material import Material


@dataclass(frozen=True, slots=True)
class Curve:
    """A KPI drawn by channel, from so many periods on."""

    table: str
    least: int


CURVES = {"interactions": Curve("Trend", 2), "followers": Curve("Followers", 3)}


def period_column(material: Material) -> Leading:
    """The period of a row as people write it: 2026-07, 2026-W31."""
    return (
        Column("period", label("column", material.period, material.lang)),
        lambda row: _period_label(period_start(row), material),
    )


def periods_tab(material: Material) -> Tab | None:
    """A table for each topic, each KPI beside its change; under them the curves by channel.

    None where time is not cut into periods.
    """
    if material.period == RANGE:
        return None
    lang = material.lang
    results = material.by_period
    tables = [
        results_table(
            results,
            group.kpis,
            name=f"Periods_{group.name}",
            title=group.title(lang),
            lang=lang,
            leading=[channel_column(lang), period_column(material)],
            changes=True,
        )
        for group in in_groups(material.known(results, material.headline), most=MOST_WITH_CHANGES)
    ]
    curves = _curves(material)
    return Tab(
        label("tab", "periods", lang),
        label("title", "periods", lang),
        (*opening(material), label("intro", "people", lang)),
        (*tables, *curves),
        tuple(map(_chart, curves)),
    )


def curve_charts(material: Material) -> tuple[Chart, ...]:
    """The charts of the curves, which any tab may show."""
    return tuple(map(_chart, _curves(material)))


def _curves(material: Material) -> list[ReportTable]:
    return [curve for name in CURVES if (curve := _curve(material, name)) is not None]


def _chart(curve: ReportTable) -> Chart:
    series = tuple(column.key for column in curve.columns[1:])
    return Chart("line", curve.title, curve.name, "period", series)


def _curve(material: Material, name: str) -> ReportTable | None:
    """One KPI with a column per channel, for the chart; None where there are too few periods."""
    kpi, curve = catalogue().kpi(name), CURVES[name]
    table = material.by_period.table
    if kpi.id not in table or "period" not in table:
        return None
    known = table[table[kpi.id].notna() & table["channel"].notna()]
    if material.focus is not None:  # what comes after it has only begun
        known = known[known["period"] <= pd.Timestamp(material.focus)]
    if known["period"].nunique() < curve.least:
        return None
    wide = known.pivot_table(index="period", columns="channel", values=kpi.id, aggfunc="first")
    first, _ = period_column(material)
    columns = [
        first,
        *(
            Column(str(channel), channel_name(str(channel), material.lang), "count")
            for channel in wide.columns
        ),
    ]
    rows = tuple(
        (_period_label(period, material), *(plain(value) for value in values))
        for period, values in zip(wide.index, wide.to_numpy().tolist(), strict=True)
    )
    return ReportTable(curve.table, kpi_name(kpi, material.lang), tuple(columns), rows)


def _period_label(start: date, material: Material) -> str:
    return period_label(start, material.period, cast(Lang, material.lang))
