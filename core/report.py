"""A report as plain values: tabs of tables and charts, which any renderer can draw.

Nothing here knows of Excel or Google Sheets. Values are `None`, `str`, `int`, `float`, `bool`,
`date` or `datetime`; ratios are fractions; text is text and never a formula.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Value = str | int | float | bool | date | datetime | None
Unit = Literal[
    "text",
    "url",
    "count",
    "number",
    "ratio",
    "change",
    "currency",
    "seconds",
    "hours",
    "points",
    "date",
    "datetime",
]
ChartKind = Literal["line", "column", "bar"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    `heading` is what people read, `key` what charts and formulas point to. `note` is shown when
    the pointer rests on the heading. `currency` is an ISO 4217 code when the whole column is in
    one currency. `width` is in characters; left out, it follows the content. `wrap` lets long
    text run over several lines in its cell (messages, advice); without it a long text is cut at
    the edge of its column, which keeps the rows of a long list even. `change` is a fraction like
    `ratio`, shown with its sign: +12.0%.
    """

    key: str
    heading: str
    unit: Unit = "text"
    note: str = ""
    currency: str = ""
    width: float | None = None
    wrap: bool = False


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A titled table. `name` is unique in the report and valid as an Excel table name."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""

    def column(self, key: str) -> int:
        """Position of the column with this key; `KeyError` names the table and the key."""
        for position, column in enumerate(self.columns):
            if column.key == key:
                return position
        raise KeyError(f"table {self.name!r} has no column {key!r}")


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of some columns of a table: `category` on the axis, one line or bar per series."""

    kind: ChartKind
    title: str
    table: str
    category: str
    series: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet: a title, a few lines of introduction, tables under each other, charts.

    With neither title nor introduction it is a plain list: one table from the first cell on, which
    programs and people's own formulas read more easily than a page.
    """

    name: str
    title: str
    intro: tuple[str, ...] = ()
    tables: tuple[ReportTable, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All tabs in order. `lang` is "en" or "fr" and decides labels and number formats."""

    title: str
    lang: str
    tabs: Sequence[Tab]
