"""The years of days printed without one, such as "February 28" in TikTok Studio."""

from __future__ import annotations

from calendar import isleap
from datetime import date

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

# The shortest daily export a platform offers.
WEEK = 7
# Days before each month in a leap year.
_BEFORE = np.array([0, 0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335], dtype=np.int64)
_LEAP = 366
_FEBRUARY_28, _MARCH_1 = 59, 61
# The longest way to a year with a February 29 (1896 to 1904, 2096 to 2104).
_LEAP_SEARCH = 8


def years_of(month: Ints, day: Ints, *, year: int | None, latest: date | None) -> Ints | None:
    """The year of each day, in the order of the column; None when none fits.

    `year` is the year of the newest day; without it the newest is as late as possible but not after
    `latest`. Days that follow each other for a week or more are counted back from the newest, over
    new year and February 29 as often as needed; otherwise each is the most recent such day not
    after the newest. The days exist in a leap year.
    """
    if not len(month) or (year is None and latest is None):
        return None
    # A few posts can be a day apart by chance; with `latest` alone they are read one by one.
    steps = np.count_nonzero(np.diff(month * 100 + day))
    if year is not None or steps >= WEEK - 1 or ((month == 2) & (day == 29)).any():
        counted = _day_by_day(month, day, year=year, latest=latest)
        if counted is not None:
            return counted
    if year is None:
        assert latest is not None
        return _most_recent(month, day, latest)
    bounds = [date(year, 12, 31)]
    if latest is not None and latest.year == year:
        bounds.insert(0, latest)
    for bound in bounds:
        years = _most_recent(month, day, bound)
        if (years == year).any():
            return years
    return None


def _most_recent(month: Ints, day: Ints, bound: date) -> Ints:
    later = month * 100 + day > bound.month * 100 + bound.day
    years: Ints = bound.year - later.astype(np.int64)
    leap_day = (month == 2) & (day == 29)
    for _ in range(_LEAP_SEARCH):
        wrong = leap_day & ~((years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0)))
        years = years - wrong
    return years


def _day_by_day(month: Ints, day: Ints, *, year: int | None, latest: date | None) -> Ints | None:
    back = _days_back(_BEFORE[month] + day)
    if back is None:
        return None
    newest = int(np.argmin(back))
    last = (int(month[newest]), int(day[newest]))
    for candidate in _candidates(last, year=year, latest=latest):
        anchor = np.datetime64(date(candidate, *last), "D")
        days = anchor - back
        # Only a year in which February has as many days as in the column fits.
        months = days.astype("datetime64[M]")
        day_of_month = (days - months.astype("datetime64[D]")).astype(np.int64) + 1
        if (day_of_month == day).all() and (months.astype(np.int64) % 12 + 1 == month).all():
            years: Ints = days.astype("datetime64[Y]").astype(np.int64) + 1970
            return years
    return None


def _days_back(day_of_year: Ints) -> Ints | None:
    """Days from each cell to the newest, if the column goes day by day up or down; else None."""
    for sign in (1, -1):
        ordered = day_of_year[::sign]
        step = np.diff(ordered) % _LEAP
        step[(ordered[:-1] == _FEBRUARY_28) & (ordered[1:] == _MARCH_1)] = 1
        if (step <= 1).all():
            since = np.concatenate([[0], np.cumsum(step)])
            back: Ints = (since[-1] - since)[::sign]
            return back
    return None


def _candidates(last: tuple[int, int], *, year: int | None, latest: date | None) -> list[int]:
    """Years the newest day can be in, best first."""
    if year is not None:
        years = [year]
    else:
        assert latest is not None
        first = latest.year - (last > (latest.month, latest.day))
        years = [first - n for n in range(_LEAP_SEARCH + 1)]
    return [y for y in years if last != (2, 29) or isleap(y)]
