"""The long tab that people's own sheets can look figures up in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ..core.catalogue import Kpi
from ..core.figures import formula_inputs, input_name
from ..core.overall import ALL
from ..core.periods import RANGE
from ..core.periods import label as period_label
from ..core.plain import Record, number, plain
from ..core.report import CellRef, Column, ReportTable, Tab, Unit, Value
from ..core.results import Results, period_of_row
from ..labels import kpi_name, label
from .material import Material

NAME = "Data"

# The same in every language, so that a formula of last year still works.
HEADINGS: tuple[tuple[str, Unit], ...] = (
    ("period", "text"),
    ("start", "date"),
    ("channel", "text"),
    ("kpi", "text"),
    ("name", "text"),
    ("value", "number"),
    ("unit", "text"),
    ("low", "number"),
    ("high", "number"),
    ("previous", "number"),
    ("change", "ratio"),
    ("last_year", "number"),
    ("last_year_change", "ratio"),
    ("inputs", "text"),
    ("note", "text"),
)

Cell = tuple[str, str, date | None]  # KPI id, channel or ALL, first day of the period


def data_tab(material: Material) -> Tab:
    """One row a KPI, channel and period, where it has a value or bounds: made for SUMIFS.

    Figures of all channels together follow those of each, under the channel `all`.
    """
    rows = tuple(row for _, row in _entries(material))
    latest = max((str(row[0]) for row in rows), default="2026-07")
    columns = tuple(Column(name, name, unit) for name, unit in HEADINGS)
    return Tab(
        label("tab", "data", material.lang),
        label("title", "data", material.lang),
        (label("intro", "data", material.lang).format(period=latest),),
        (ReportTable(NAME, "", columns, rows),),
    )


def data_cells(material: Material) -> Mapping[Cell, CellRef]:
    """Where the value of each KPI, channel and period stands on the Data tab."""
    return {key: CellRef(NAME, row, "value") for row, (key, _) in enumerate(_entries(material))}


def _entries(material: Material) -> Iterator[tuple[Cell, tuple[Value, ...]]]:
    for results in (material.by_period, material.overall):
        entries = iter(results.as_list())
        for record in results.rows:
            for kpi in results.kpis:
                entry = next(entries)
                value, high = plain(record[kpi.id]), plain(record.get(f"{kpi.id}_high"))
                if value is None and high is None:
                    continue
                channel = _channel(record, results)
                start = period_of_row(record)
                said = (str(entry["unit"]), str(entry["note"]) or None)
                yield (
                    (kpi.id, channel or "", start),
                    _row(material, kpi, record, channel=channel, start=start, said=said),
                )


def _channel(record: Record, results: Results) -> str | None:
    name = plain(record["channel"]) if "channel" in results.by else ALL
    return None if name is None else str(name)


def _row(
    material: Material,
    kpi: Kpi,
    record: Record,
    *,
    channel: str | None,
    start: date | None,
    said: tuple[str, str | None],
) -> tuple[Value, ...]:
    unit, note = said
    return (
        RANGE if start is None else period_label(start, material.period),
        start,
        channel,
        kpi.id,
        kpi_name(kpi, material.lang),
        plain(record[kpi.id]),
        unit,
        plain(record.get(f"{kpi.id}_low")),
        plain(record.get(f"{kpi.id}_high")),
        plain(record.get(f"{kpi.id}_previous")),
        plain(record.get(f"{kpi.id}_change")),
        plain(record.get(f"{kpi.id}_last_year")),
        plain(record.get(f"{kpi.id}_last_year_change")),
        _inputs(kpi, record),
        note,
    )


def _inputs(kpi: Kpi, record: Record) -> str | None:
    """The figures of the formula, such as "interactions = 8808; followers = 10411"."""
    figures = [(name, number(record.get(input_name(kpi, name)))) for name in formula_inputs(kpi)]
    return "; ".join(f"{name} = {figure}" for name, figure in figures if figure is not None) or None
