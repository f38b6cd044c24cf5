"""Turning KPI results into the columns and rows of report tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import Literal, cast

import pandas as pd

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
# As many KPIs fit on a page beside each other, alone or each beside its change.
MOST_ALONE = 9
MOST_WITH_CHANGES = 5
# What a period is compared with, by the column of its value then, and the word for the change.
COMPARISONS = {"previous": "change", "last_year": "last_year_change"}
# Units whose change is a difference in points: what one of the unit is in points.
POINTS = {"ratio": 100.0, "points": 1.0}


@dataclass(frozen=True, slots=True)
class Group:
    """KPIs that are shown in one table, narrow enough to read. `part` counts a topic's tables."""

    id: str
    kpis: tuple[Kpi, ...]
    part: int = 1

    @property
    def name(self) -> str:
        """The topic, and the number of the table from the second on."""
        return self.id if self.part == 1 else f"{self.id}_{self.part}"

    def title(self, lang: str) -> str:
        """The topic as a heading."""
        title = label("group", self.id, lang)
        return title if self.part == 1 else f"{title} ({self.part})"


def in_groups(kpis: Sequence[Kpi], *, most: int | None = None) -> Iterator[Group]:
    """The KPIs by topic, in the order of the funnel.

    A topic of more than `most` KPIs takes several tables of about the same width.
    """
    for group in GROUPS:
        members = tuple(kpi for kpi in kpis if _group(kpi) == group)
        parts = ceil(len(members) / (most or len(kpis))) if members else 0
        for part in range(parts):
            first, last = (len(members) * (part + n) // parts for n in (0, 1))
            yield Group(group, members[first:last], part + 1)


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
    rows_of_table = [row for row in results.rows if _has_any(row, kpis)]
    amounts = tuple(kpi for kpi in kpis if kpi.unit == "currency")
    currencies = {plain(row.get("currency")) for row in rows_of_table if _has_any(row, amounts)}
    currency = str(next(iter(currencies)) or "") if len(currencies) == 1 else ""
    parts: list[Leading] = list(leading)
    for kpi in kpis:
        parts.append((kpi_column(kpi, lang, currency=currency), _value(kpi.id)))
        if any(_is_bounded(row, kpi) for row in rows_of_table):
            parts += [_bound_column(kpi, side, lang) for side in ("low", "high")]
        for then in COMPARISONS if changes else ():
            column, change = _change_column(kpi, then, lang)
            if any(change(row) is not None for row in rows_of_table):
                parts.append((column, change))
    if len(currencies) > 1:  # an amount whose file names no currency is not given one
        parts.append((Column("currency", label("column", "currency", lang)), _value("currency")))
    columns = tuple(column for column, _ in parts)
    rows = tuple(tuple(cell(row) for _, cell in parts) for row in rows_of_table)
    return ReportTable(name, title, columns, rows)


def in_period(results: Results, start: date) -> Results:
    """The results of the period that starts on this day."""
    return replace(results, table=results.table[results.table["period"] == pd.Timestamp(start)])


def change(kpi: Kpi, row: Record, then: str) -> float | None:
    """How a KPI changed since "previous" or "last_year": a fraction, of a ratio points.

    From 2.1 % to 2.5 % are 0.4 points; 19 % more of a percentage is what nobody can read.
    """
    key = f"{kpi.id}_{then}"
    if kpi.unit not in POINTS:
        return number(row.get(f"{kpi.id}_{COMPARISONS[then]}"))
    now, before = number(row.get(kpi.id)), number(row.get(key))
    if now is None or before is None:
        return None
    return number((now - before) * POINTS[kpi.unit])


def change_unit(kpi: Kpi) -> Literal["change", "points"]:
    """The unit of `change`."""
    return "points" if kpi.unit in POINTS else "change"


def _change_column(kpi: Kpi, then: str, lang: str) -> Leading:
    word = COMPARISONS[then]
    heading = label("column", word, lang).format(name=kpi_name(kpi, lang))
    column = Column(f"{kpi.id}_{word}", heading, change_unit(kpi), good=kpi.good)
    return column, lambda row: change(kpi, row, then)


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
