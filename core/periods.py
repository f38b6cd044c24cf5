"""Calendar periods: day, ISO week, month, quarter and year, each known by its first day.

A period is written as the `date` it starts on. Weeks are ISO 8601 weeks: they start on Monday,
and week 1 is the one that holds the first Thursday of January.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Literal

RANGE = "range"
"""The whole range of the data, which is not a calendar period and has no first day."""

Lang = Literal["en", "fr"]


class PeriodError(ValueError):
    """A period that does not exist, told with the nearest one that does."""


def period_of(day: date, period: str) -> date:
    """First day of the period this day is in.

    >>> period_of(date(2026, 6, 7), "week")
    datetime.date(2026, 6, 1)
    """
    return _named(period).start(day)


def end(start: date, period: str) -> date:
    """Last day of the period that starts on `start`."""
    return _named(period).following(start) - timedelta(days=1)


def previous(start: date, period: str) -> date:
    """First day of the period before, whether or not there is any data in it."""
    return period_of(start - timedelta(days=1), period)


def last_year(start: date, period: str) -> date | None:
    """First day of the same period one year earlier, `None` where there is no counterpart.

    29 February has none, nor has week 53 of a year that follows one of 52 weeks.

    >>> last_year(date(2026, 6, 1), "week")  # week 23 of both years
    datetime.date(2025, 6, 2)
    >>> last_year(date(2024, 2, 29), "day")
    """
    try:
        return _named(period).year_before(start)
    except ValueError:
        return None


def label(start: date, period: str, lang: Lang = "en") -> str:
    """The short name people sort by: 2026-05-31, 2026-W23, 2026-05, 2026-Q2, 2026.

    >>> label(date(2026, 6, 1), "week"), label(date(2026, 6, 1), "week", "fr")
    ('2026-W23', '2026-S23')
    """
    return _named(period).label(start, lang)


def check(period: str) -> str:
    """The same name if it is a period or `range`; `PeriodError` names the nearest otherwise."""
    if period != RANGE:
        _named(period)
    return period


@dataclass(frozen=True, slots=True)
class Period:
    """What is particular to one kind of period."""

    start: Callable[[date], date]
    following: Callable[[date], date]
    year_before: Callable[[date], date]
    label: Callable[[date, Lang], str]


def _months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _week_before(start: date) -> date:
    iso = start.isocalendar()
    return date.fromisocalendar(iso.year - 1, iso.week, 1)


def _week_label(start: date, lang: Lang) -> str:
    iso = start.isocalendar()
    return f"{iso.year}-{'S' if lang == 'fr' else 'W'}{iso.week:02d}"


def _quarter_label(start: date, lang: Lang) -> str:
    return f"{start.year}-{'T' if lang == 'fr' else 'Q'}{(start.month + 2) // 3}"


def _year_before(start: date) -> date:
    return start.replace(year=start.year - 1)


PERIODS: dict[str, Period] = {
    "day": Period(
        start=lambda day: day,
        following=lambda start: start + timedelta(days=1),
        year_before=_year_before,
        label=lambda start, lang: start.isoformat(),
    ),
    "week": Period(
        start=lambda day: day - timedelta(days=day.weekday()),
        following=lambda start: start + timedelta(days=7),
        year_before=_week_before,
        label=_week_label,
    ),
    "month": Period(
        start=lambda day: day.replace(day=1),
        following=lambda start: _months_later(start, 1),
        year_before=_year_before,
        label=lambda start, lang: f"{start:%Y-%m}",
    ),
    "quarter": Period(
        start=lambda day: date(day.year, 3 * ((day.month - 1) // 3) + 1, 1),
        following=lambda start: _months_later(start, 3),
        year_before=_year_before,
        label=_quarter_label,
    ),
    "year": Period(
        start=lambda day: date(day.year, 1, 1),
        following=lambda start: _months_later(start, 12),
        year_before=_year_before,
        label=lambda start, lang: f"{start.year:04d}",
    ),
}


def _named(period: str) -> Period:
    try:
        return PERIODS[period]
    except KeyError:
        names = [*PERIODS, RANGE]
        near = get_close_matches(period, names, n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        message = f"Unknown period {period!r}.{hint} Periods are {', '.join(names)}."
        if period == RANGE:
            message = f"{RANGE!r} is the whole range of the data: it has no first day."
        raise PeriodError(message) from None
