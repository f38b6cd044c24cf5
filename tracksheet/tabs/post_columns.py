"""Columns that tables of posts share, with their values for many posts at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from typing import Final, cast

import pandas as pd

from ..core.catalogue import Kpi, catalogue
from ..core.plain import DIGITS
from ..core.posts import BOOSTED, ORGANIC
from ..core.report import Column, ReportTable, Unit, Value
from ..labels import channel_name, label
from .columns import kpi_column
from .post_words import word

TEXT_WIDTH: Final = 44.0  # characters: the first column of every table of the tab, still frozen
LIST_LENGTH: Final = 160  # characters of a post's text in the list; the link leads to the rest
SHORT_LENGTH: Final = 110  # where the text is wrapped

# Characters of the columns of tables under each other, which share those of the sheet: figures
# with long headings stand under each other and not far apart.
WIDTHS: Final[Mapping[str, float]] = {
    "channel": 12, "post_type": 15, "label": 17, "where": 15, "reason": 17, "ranked_by": 24,
    "permalink": 20,
}  # fmt: skip
NARROW: Final = 13.0

EXACT: Final = 2.0**53  # above it a float no longer tells every whole number

NAMES: Final = ("account_name", "account_handle", "account_id")


@dataclass(frozen=True, slots=True)
class Filled:
    """A column with its values, top to bottom."""

    column: Column
    values: Sequence[Value]


def table_of(
    name: str,
    title: str,
    columns: Iterable[Filled],
    *,
    note: str = "",
    kept: Sequence[str] = (),
    shared: bool = True,
) -> ReportTable:
    """A table of the columns that have a value at all; those `kept` are there in any case.

    The columns of tables on a `shared` sheet have their width from `WIDTHS`.
    """
    used = [
        filled
        for filled in columns
        if filled.column.key in kept or any(value is not None for value in filled.values)
    ]
    rows = tuple(zip(*(filled.values for filled in used), strict=True))
    heads = (_narrow(filled.column) if shared else filled.column for filled in used)
    return ReportTable(name, title, tuple(heads), rows, note)


def _narrow(column: Column) -> Column:
    if column.width is not None:
        return column
    return replace(column, width=WIDTHS.get(column.key, NARROW))


def numbers(column: pd.Series) -> list[Value]:
    """Numbers as plain ones: whole ones without decimals, None where nothing is known."""
    if not column.notna().any():
        return [None] * len(column)
    values = pd.to_numeric(column, errors="coerce").astype("float64").to_numpy()
    return [_number(value) for value in values.tolist()]


def _number(value: float) -> int | float | None:
    if value.is_integer():
        return int(value) if abs(value) < EXACT else value
    return float(f"{value:.{DIGITS}g}") if isfinite(value) else None


def texts(column: pd.Series, names: Mapping[str, str] | None = None) -> list[Value]:
    """Texts on one line, None where there is none; `names` stand for some of them."""
    if not column.notna().any():
        return [None] * len(column)
    known: dict[object, Value] = {}
    for value in column.dropna().unique():
        text = " ".join(str(value).split())
        known[value] = (names or {}).get(text, text) or None
    return [known.get(value) for value in column.tolist()]


def days(moments: pd.Series) -> list[date | None]:
    """The day of each moment."""
    found: list[date | None] = moments.to_numpy("datetime64[D]").astype("object").tolist()
    return found


def text_filled(posts: pd.DataFrame, lang: str, *, short: bool = False) -> Filled:
    """What the post says, or its title, cut to a length that can be read."""
    length = SHORT_LENGTH if short else LIST_LENGTH
    column = _field(posts, "text").fillna(_field(posts, "title"))
    none = word("text.none", lang)
    values = [_cut(str(text), length) if text else none for text in texts(column)]
    heading = word("column.text", lang)
    return Filled(Column("text", heading, width=TEXT_WIDTH, wrap=short), values)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def channel_filled(posts: pd.DataFrame, lang: str) -> Filled:
    """The channel under the name people know it by."""
    column = _field(posts, "channel")
    names = {str(name): channel_name(str(name), lang) for name in column.dropna().unique()}
    values: list[Value] = [value or "—" for value in texts(column, names)]
    return Filled(Column("channel", label("column", "channel", lang)), values)


def account_filled(posts: pd.DataFrame, lang: str) -> Filled:
    """The account's name, or what else tells it apart."""
    column = _field(posts, NAMES[0])
    for name in NAMES[1:]:
        column = column.fillna(_field(posts, name))
    return Filled(Column("account", label("column", "account", lang)), texts(column))


def published(posts: pd.DataFrame) -> pd.Series:
    """When each post went online, as its export says; a day where it says no more."""
    moment = pd.to_datetime(_field(posts, "published_at"))
    return moment.fillna(pd.to_datetime(_field(posts, "date")))


def published_filled(posts: pd.DataFrame, lang: str, *, unit: Unit = "date") -> Filled:
    """The day a post went online, or the moment where the export says it."""
    moments = published(posts)
    values: list[Value] = list(days(moments))
    if unit == "datetime":
        timed = (moments != moments.dt.normalize()).tolist()
        exact = moments.to_numpy("datetime64[us]").astype("object").tolist()
        values = [
            moment if has_time else day
            for moment, has_time, day in zip(exact, timed, values, strict=True)
        ]
    return Filled(Column("published", word("column.published", lang), unit), values)


def field_filled(posts: pd.DataFrame, key: str, heading: str, *, wrap: bool = False) -> Filled:
    """A field as its export prints it."""
    return Filled(Column(key, heading, wrap=wrap), texts(_field(posts, key)))


def link_filled(posts: pd.DataFrame, lang: str) -> Filled:
    """The way to the post itself."""
    column = Column("permalink", label("column", "permalink", lang), "url")
    return Filled(column, texts(_field(posts, "permalink")))


def boosted_filled(posts: pd.DataFrame, lang: str, *, unknown: str | None = None) -> Filled:
    """Organic or boosted, or the word for what nobody said."""
    names = {key: word(f"boosted.{key}", lang) for key in (BOOSTED, ORGANIC)}
    values: list[Value] = [value or unknown for value in texts(_field(posts, "boosted"), names)]
    return Filled(Column("boosted", word("column.boosted", lang)), values)


def metric_filled(posts: pd.DataFrame, name: str, lang: str) -> Filled:
    """A figure as the platform counts it."""
    metric = catalogue().metrics[name]
    heading = metric.fr if lang == "fr" else metric.en
    return Filled(Column(name, heading, cast(Unit, metric.unit)), numbers(_field(posts, name)))


def kpi_filled(posts: pd.DataFrame, kpi: Kpi, lang: str) -> Filled:
    """A KPI of each row, with its definition on the heading."""
    return Filled(kpi_column(kpi, lang), numbers(_field(posts, kpi.id)))


def _field(posts: pd.DataFrame, name: str) -> pd.Series:
    return posts[name] if name in posts else pd.Series(None, index=posts.index, dtype="object")
