"""Turning KPI results into the columns and rows of report tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from ..core.catalogue import Kpi
from ..core.plain import Record, number, plain
from ..core.report import Column, ReportTable, Unit, Value
from ..core.results import Results
from ..labels import channel_name, kpi_name, label

Cell = Callable[[Record], Value]
Leading = tuple[Column, Cell]

# KPIs beside each other in one table: what is paid for, and the phases of the catalogue.
PAID = "paid"
GROUPS = ("awareness", "acquisition", "interaction", "satisfaction", "conversion", PAID,
          "operations", "goals")  # fmt: skip
COMPARISONS = ("change", "last_year_change")


@dataclass(frozen=True, slots=True)
class Group:
    """KPIs that are shown in one table, narrow enough to read."""

    id: str
    kpis: tuple[Kpi, ...]


def in_groups(kpis: Sequence[Kpi]) -> Iterator[Group]:
    """The KPIs by topic, in the order of the funnel."""
    for group in GROUPS:
        members = tuple(kpi for kpi in kpis if _group(kpi) == group)
        if members:
            yield Group(group, members)


def _group(kpi: Kpi) -> str:
    return PAID if kpi.scope == PAID else kpi.phase


def kpi_column(kpi: Kpi, lang: str, *, currency: str = "") -> Column:
    """A column of one KPI, with its definition as the note on the heading."""
    about = " ".join((kpi.about_fr if lang == "fr" else kpi.about_en).split())
    note = f"{about}\n\n= {kpi.formula}\n\n{kpi.excel}"
    shown = currency if kpi.unit == "currency" else ""
    return Column(kpi.id, kpi_name(kpi, lang), cast(Unit, kpi.unit), note, shown)


def channel_column(lang: str) -> Leading:
    """The channel of a row, under the name people know it by."""
    return (
        Column("channel", label("column", "channel", lang)),
        lambda row: channel_name(str(plain(row["channel"]) or "—"), lang),
    )


def results_table(
    results: Results,
    kpis: Sequence[Kpi],
    *,
    name: str,
    title: str,
    lang: str,
    leading: Sequence[Leading],
    changes: bool = False,
) -> ReportTable:
    """A row per group and a column per KPI, followed by its changes if these are asked for.

    Groups without any of these KPIs are left out.
    """
    frame = results.table
    rows_of_table = [row for row in results.rows if _has_any(row, kpis)]
    amounts = tuple(kpi for kpi in kpis if kpi.unit == "currency")
    currencies = {plain(row.get("currency")) for row in rows_of_table if _has_any(row, amounts)}
    currency = str(next(iter(currencies)) or "") if len(currencies) == 1 else ""
    parts: list[Leading] = list(leading)
    for kpi in kpis:
        parts.append((kpi_column(kpi, lang, currency=currency), _value(kpi.id)))
        if any(_is_bounded(row, kpi) for row in rows_of_table):
            parts += [_bound_column(kpi, side, lang) for side in ("low", "high")]
        for comparison in COMPARISONS if changes else ():
            key = f"{kpi.id}_{comparison}"
            if key in frame and any(plain(row[key]) is not None for row in rows_of_table):
                heading = label("column", comparison, lang).format(name=kpi_name(kpi, lang))
                parts.append((Column(key, heading, "change"), _value(key)))
    if len(currencies) > 1:  # an amount whose file names no currency is not given one
        parts.append((Column("currency", label("column", "currency", lang)), _value("currency")))
    columns = tuple(column for column, _ in parts)
    rows = tuple(tuple(cell(row) for _, cell in parts) for row in rows_of_table)
    return ReportTable(name, title, columns, rows)


def _value(key: str) -> Cell:
    return lambda row: plain(row[key])


def _has_any(row: Record, kpis: Sequence[Kpi]) -> bool:
    return any(
        number(row.get(name)) is not None for kpi in kpis for name in (kpi.id, f"{kpi.id}_high")
    )


def _is_bounded(row: Record, kpi: Kpi) -> bool:
    """Whether only bounds are known: people of several rows cannot be added up."""
    return number(row[kpi.id]) is None and number(row.get(f"{kpi.id}_high")) is not None


def _bound_column(kpi: Kpi, side: str, lang: str) -> Leading:
    heading = label("column", side, lang).format(name=kpi_name(kpi, lang))
    column = Column(f"{kpi.id}_{side}", heading, cast(Unit, kpi.unit), label("note", side, lang))
    return column, lambda row: number(row[f"{kpi.id}_{side}"]) if _is_bounded(row, kpi) else None
