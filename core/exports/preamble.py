"""The lines above a table: its title, the period it covers, when it was made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from .dates import Order, parse_dates, parse_range
from .headers import normalise
from .numbers import parse_column
from .source import Cell, Row

# "Start date: 20230625", "Report Start: October 1, 2024, 12:00 AM", "Date de début : …"
_START = re.compile(
    r"(?:report |reporting )?(?:start(?:s| date)?|date de début|début|fecha de inicio"
    r"|startdatum)\s*:\s*(.+)",
    re.IGNORECASE,
)
_END = re.compile(
    r"(?:report |reporting )?(?:end(?:s| date)?|date de fin|fin|fecha de fin"
    r"(?:alización)?|enddatum)\s*:\s*(.+)",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"(?:date generated|generated(?: on| at)?|exported(?: on)?|date de génération"
    r"|généré le|date d'export(?:ation)?)\s*:\s*(.+)",
    re.IGNORECASE,
)
_PROPERTY = re.compile(r"(?:property|propriété|propiedad)\s*:\s*(.+)", re.IGNORECASE)
# "Account: Acme", "Property: …": about the source, not the title of the table.
_ABOUT = re.compile(
    r"(?:account|property|compte|propriété|cuenta|propiedad|report csv export|"
    r"all users|tous les utilisateurs|table \d+)\b.*",
    re.IGNORECASE,
)


_NOT_TITLES = (_START, _END, _MADE, _PROPERTY, _ABOUT)
TITLE_LENGTH = 80  # longer lines are explanations


@dataclass(frozen=True, slots=True)
class Preamble:
    """What was said above a table. `values` are figures beside words: ("Total followers", 782)."""

    title: str
    start: date | None = None
    end: date | None = None
    made: datetime | None = None
    account: str = ""
    values: tuple[tuple[str, Cell], ...] = ()


def read_title(rows: Sequence[Row], sheet: str) -> str:
    """The last plain line above a table, else the name of the sheet."""
    for row in reversed(rows):
        cells = [cell for cell in row if cell != ""]
        text = _line(cells)
        plain = len(cells) == 1 and re.search(r"\w", text) and len(text) < TITLE_LENGTH
        if (
            plain
            and not any(pattern.fullmatch(text) for pattern in _NOT_TITLES)
            and parse_range(text, order="mdy") is None
        ):
            return re.sub(r"\s*:\s*Table \d+$", "", text)
    return sheet


def _line(cells: Sequence[Cell]) -> str:
    return str(cells[0]).strip().lstrip("#").strip() if cells else ""


def read_preamble(rows: Sequence[Row], sheet: str, *, order: Order | None = None) -> Preamble:
    """Understand the lines above a table; `order` is for dates such as 8/7/2023."""
    start: date | None = None
    end: date | None = None
    made: datetime | None = None
    account = ""
    values: list[tuple[str, Cell]] = []
    for row in rows:
        cells = [cell for cell in row if cell != ""]
        text = _line(cells)
        if len(cells) == 2:
            values.append((text, cells[1]))
        period = parse_range(str(cells[1]) if len(cells) == 2 else text, order=order)
        if period is not None:
            start, end = period
        elif match := _MADE.fullmatch(text):
            made = _moment(match[1], order)
        elif match := _START.fullmatch(text):
            start = _day(match[1], order) or start
        elif match := _END.fullmatch(text):
            end = _day(match[1], order) or end
        elif match := _PROPERTY.fullmatch(text):
            account = match[1].strip()
    return Preamble(read_title(rows, sheet), start, end, made, account, tuple(values))


def _moment(text: str, order: Order | None) -> datetime | None:
    moment = parse_dates([text], order=order).values.iloc[0]
    return None if pd.isna(moment) else moment.to_pydatetime()


def _day(text: str, order: Order | None) -> date | None:
    moment = _moment(text, order)
    return None if moment is None else moment.date()


def stated_value(
    preamble: Preamble, words: str, *, order: Order | None
) -> tuple[date, float] | None:
    """The figure beside words of a preamble line and the date in them: `Total followers on …`."""
    for text, value in preamble.values:
        name = normalise(text)
        if name.startswith(words):
            day = _day(name[len(words) :].strip(" :"), order)
            numbers = parse_column([value], decimal=None, whole=True)
            if day is not None and not numbers.bad:
                return day, float(numbers.values[0])
    return None
