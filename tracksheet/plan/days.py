"""Days and periods as people type them; `CellError` where a cell is none, or could be two."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from ..core.exports.characters import is_missing, tidy
from ..core.exports.date_formats import FIRST_YEAR, LAST_YEAR, Reading, read_date
from ..core.exports.dates import DIGIT_DAYS, EXCEL_DAYS, EXCEL_EPOCH
from ..core.exports.source import Cell
from .cells import CellError, Percent, shown

_WRITE_DATE = "write it as 2026-09-01"
_WRITE_MONTH = "write it as 2026-09"
_MONDAY_FIRST = 1  # of date.fromisocalendar


def day(cell: Cell, *, day_first: bool | None = None) -> date | None:
    """A day; None for a dash. `day_first` settles 03/04/2026, which is refused without it."""
    if not isinstance(cell, str):
        return _stored_day(cell)
    if is_missing(cell):
        return None
    reading = read_date(cell)
    if isinstance(reading, str):
        raise CellError(f"{shown(cell)} {reading}: {_WRITE_DATE}")
    if reading.monthly:
        raise CellError(f"{shown(cell)} is a month: write the day too, as in 2026-09-01")
    return _settled(reading, cell, day_first)


def period_start(cell: Cell, *, day_first: bool | None = None) -> date | None:
    """The first day of the month that a day or a month is in, or of the week, quarter or year."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and _is_year(cell):
        return date(int(cell), 1, 1)
    if not isinstance(cell, str):
        stored = _stored_day(cell)
        return stored.replace(day=1)
    if is_missing(cell):
        return None
    for pattern, first_day in _PERIODS:
        if match := pattern.fullmatch(" ".join(tidy(cell).casefold().split())):
            try:
                return first_day(int(match["year"]), int(match.groupdict().get("number") or 1))
            except ValueError:
                raise CellError(f"{shown(cell)} does not exist: {_WRITE_MONTH}") from None
    reading = read_date(cell)
    if isinstance(reading, str):
        raise CellError(f"{shown(cell)} is not a month in a known form: {_WRITE_MONTH}")
    return _settled(reading, cell, day_first).replace(day=1)


def _is_year(cell: float) -> bool:
    return FIRST_YEAR <= cell <= LAST_YEAR and cell == int(cell)


def _stored_day(cell: Cell) -> date:
    """The day of a cell that holds a date, or a number as Excel counts days."""
    found: date | None = None
    if isinstance(cell, datetime):
        found = cell.date()
    elif isinstance(cell, date):
        found = cell
    elif isinstance(cell, time | timedelta):
        raise CellError(f"{shown(cell)} is a time without a day: {_WRITE_DATE}")
    elif not isinstance(cell, bool | Percent | str):
        found = _counted_day(cell)
    if found is None:
        raise CellError(f"{shown(cell)} is not a date: {_WRITE_DATE}")
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise CellError(f"{found.isoformat()} is in the year {found.year}: {_WRITE_DATE}")
    return found


def _counted_day(cell: float) -> date | None:
    if DIGIT_DAYS[0] <= cell <= DIGIT_DAYS[1] and cell == int(cell):
        digits = str(int(cell))  # 20260901
        return _existing(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    if EXCEL_DAYS[0] <= cell <= EXCEL_DAYS[1]:
        return (EXCEL_EPOCH + timedelta(days=int(cell))).date()
    return None


def _settled(reading: Reading, cell: str, day_first: bool | None) -> date:
    """The day of a reading; refuses one that is open, or that no calendar has."""
    if not reading.year:
        raise CellError(f"{shown(cell)} has no year: {_WRITE_DATE}")
    year, first, second = reading.year, reading.first, reading.second
    if not reading.loose:
        found = {_existing(year, first, second)}
    elif day_first is None:
        found = {_existing(year, first, second), _existing(year, second, first)}
    else:
        found = {_existing(year, second, first) if day_first else _existing(year, first, second)}
    days = sorted(one for one in found if one is not None)
    if not days:
        raise CellError(f"{shown(cell)} is no day that exists: {_WRITE_DATE}")
    if len(days) > 1:
        either = " or ".join(one.isoformat() for one in days)
        raise CellError(f"{shown(cell)} could be {either}: write the one you mean in this way")
    return days[0]


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _week(year: int, number: int) -> date:
    return date.fromisocalendar(year, number, _MONDAY_FIRST)


def _quarter(year: int, number: int) -> date:
    return date(year, 3 * number - 2, 1)


def _year(year: int, _: int) -> date:
    return date(year, 1, 1)


_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_GAP = r"[ \-/,.]{0,2}"
_WEEK = r"(?:w|s|week|semaine|sem\.?) ?(?P<number>\d\d?)"
_QUARTER = r"(?:q|t|quarter|trimestre) ?(?P<number>[1-4])"
_NTH_QUARTER = r"(?P<number>[1-4]) ?(?:st|nd|rd|th|er|e|ème|eme)? (?:quarter|trimestre)"
_PERIODS: tuple[tuple[re.Pattern[str], Callable[[int, int], date]], ...] = tuple(
    (re.compile(pattern), first_day)
    for pattern, first_day in (
        (rf"{_YEAR}{_GAP}{_WEEK}", _week),
        (rf"{_WEEK}{_GAP}{_YEAR}", _week),
        (rf"{_YEAR}{_GAP}{_QUARTER}", _quarter),
        (rf"{_QUARTER}{_GAP}{_YEAR}", _quarter),
        (rf"{_NTH_QUARTER}{_GAP}{_YEAR}", _quarter),
        (_YEAR, _year),
    )
)
