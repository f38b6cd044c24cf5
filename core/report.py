"""A report as plain values: tabs of tables and charts, which any renderer can draw.

Nothing here knows of Excel or Google Sheets. Values are `None`, `str`, `int`, `float`, `bool`,
`date` or `datetime`; ratios are fractions; text is text and never a formula.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
# What a value means for the reader: colours follow this, never the sign alone.
Tone = Literal["good", "bad", "warn", "neutral"]
Good = Literal["higher", "lower", "neutral"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    `heading` is what people read, `key` what charts and formulas point to. `note` is shown when
    the pointer rests on the heading. `currency` is an ISO 4217 code when the whole column is in
    one currency. `width` is in characters; left out, it follows the content. `wrap` lets long
    text run over several lines in its cell (messages, advice); without it a long text is cut at
    the edge of its column, which keeps the rows of a long list even. The unit `change` is a
    fraction like `ratio`, shown with its sign: +12.0%; `points` is a difference of two ratios in
    percentage points: 0.4 for 2.1 % to 2.5 %.

    `good` says which direction of a change or difference is good, and colours it; left neutral,
    it has no colour. `tones` gives words of the column a colour of their own: {"met": "good"}.
    """

    key: str
    heading: str
    unit: Unit = "text"
    note: str = ""
    currency: str = ""
    width: float | None = None
    wrap: bool = False
    good: Good = "neutral"
    tones: Mapping[str, Tone] = field(default_factory=dict)


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
class Comment:
    """What a person wrote, word for word: about what, the text, and what comes next."""

    section: str
    text: str
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Comments:
    """People's own words under a heading. `next_step` is the word before what comes next."""

    heading: str
    next_step: str
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet: a title, a few lines of introduction, tables under each other, charts.

    With neither title nor introduction it is a plain list: one table from the first cell on, which
    programs and people's own formulas read more easily than a page. `comments` are what people
    wrote about this very topic, shown before the tables.
    """

    name: str
    title: str
    intro: tuple[str, ...] = ()
    tables: tuple[ReportTable, ...] = ()
    charts: tuple[Chart, ...] = ()
    comments: Comments | None = None


@dataclass(frozen=True, slots=True)
class CellRef:
    """One cell of a table of the report: where a number on the Overview can be looked up.

    `row` counts the rows of the table from 0, `column` is a key.
    """

    table: str
    row: int
    column: str


@dataclass(frozen=True, slots=True)
class Change:
    """How a value compares with another one: `words` say with which ("vs 2026-08").

    `unit` is "change" (a fraction) or "points"; `value` is None where nothing is known to compare.
    """

    words: str
    value: float | None
    unit: Literal["change", "points"]
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class Card:
    """A scorecard: one figure with its changes, its target and its trend.

    `trend` is the figure in the last periods, oldest first, None where it is not known. `note` is
    a few words under the title, such as what a rate is divided by. `status` is empty where the
    KPI has no target. `source` is the cell of the figure itself.
    """

    title: str
    value: Value
    unit: Unit
    currency: str = ""
    note: str = ""
    changes: tuple[Change, ...] = ()
    status: str = ""
    tone: Tone = "neutral"
    trend: tuple[float | None, ...] = ()
    source: CellRef | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence made from numbers, and the cells that hold them."""

    text: str
    sources: tuple[CellRef, ...] = ()
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences under a heading."""

    heading: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page of a report, made to be read in a minute and printed on one sheet of A4.

    `facts` are short lines under the title: period, currency, what was compared. `warning` says in
    one line that figures may still change; empty otherwise. `charts` point to tables of other
    tabs. `tables` are short: the best posts, the targets.
    """

    name: str
    title: str
    facts: tuple[str, ...]
    warning: str
    cards: tuple[Card, ...]
    story: Passage
    comments: Comments
    charts: tuple[Chart, ...]
    tables: tuple[ReportTable, ...]
    todo: Passage


@dataclass(frozen=True, slots=True)
class Report:
    """All tabs in order. `lang` is "en" or "fr" and decides labels and number formats.

    The overview, where there is one, comes before the tabs.
    """

    title: str
    lang: str
    tabs: Sequence[Tab]
    overview: Overview | None = None
