"""Periods of columns of moments: their number, their first day, the same one a year later."""

from __future__ import annotations

import narwhals as nw

MONTHS = {"month": 1, "quarter": 3, "year": 12}
TRUNCATE = {"day": "1d", "month": "1mo", "quarter": "1q", "year": "1y"}


def position(moment: nw.Expr, period: str) -> nw.Expr:
    """A whole number for each period; the next period has the next number.

    Worked out from year, month and day, which costs less than cutting a million moments off.
    """
    if period in MONTHS:
        months = _whole(moment.dt.year()) * 12 + moment.dt.month()
        return months if period == "month" else (months - 1) // MONTHS[period]
    # Days since 1 January of year 1, which was a Monday.
    years = _whole(moment.dt.year()) - 1
    leaps = years // 4 - years // 100 + years // 400
    days = years * 365 + leaps + _whole(moment.dt.ordinal_day()) - 1
    return days // 7 if period == "week" else days


def start(moment: nw.Expr, period: str) -> nw.Expr:
    """First day, at midnight, of the period in which each moment falls."""
    if period != "week":
        return moment.dt.truncate(TRUNCATE[period])
    midnight, weekday = moment.dt.truncate("1d"), moment.dt.weekday()
    monday = midnight
    for number in range(2, 8):  # narwhals has neither weeks nor an offset given by a column
        earlier = midnight.dt.offset_by(f"-{number - 1}d")
        monday = nw.when(weekday == number).then(earlier).otherwise(monday)
    return monday


def number_in_years(start: nw.Expr, period: str) -> nw.Expr:
    """A whole number that says year and place in it, so that adding `YEAR` is a year later.

    29 February and week 53 lead to numbers that no period of the next year has.
    """
    if period == "week":
        thursday = start.dt.offset_by("3d")  # the day that gives an ISO week its year
        return _whole(thursday.dt.year()) * YEAR + (_whole(thursday.dt.ordinal_day()) - 1) // 7
    month, day = _whole(start.dt.month()), _whole(start.dt.day())
    return _whole(start.dt.year()) * YEAR + month * 100 + day


YEAR = 10_000
"""What `number_in_years` goes up by from one year to the next."""


def _whole(part: nw.Expr) -> nw.Expr:
    # Polars keeps months in 8 bits; pandas has no whole number beside a missing date.
    return part.cast(nw.Float64)
