"""Dates of a column: which of two numbers is the month, and which year, is told by the column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, cast
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from .date_formats import NO_OFFSET
from .date_scan import Ints, Scan, scan, scan_one_form
from .yearless import years_of

Order = Literal["mdy", "dmy"]
Bools = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]

# Excel counts days from here: its 1900 has a February 29, so its own first day is one later.
EXCEL_EPOCH = datetime(1899, 12, 30)
# Numbers in workbooks that are read as days: 1970-01-01 to 2119-01-11.
EXCEL_DAYS = (25_569, 80_000)
# Numbers in workbooks that are read as YYYYMMDD.
DIGIT_DAYS = (19_700_101, 21_991_231)
# When cells prove both orders and fewer than this share prove one, those are slips.
SLIPS = 0.1
# A year with a February 29 stands in for "no year" while days are checked.
ANY_YEAR = 2000

NO_YEAR = "has no year: give it with --year, or `year` in tracksheet.toml"
_READ_AS = {"mdy": "month/day", "dmy": "day/month"}


@dataclass(frozen=True, slots=True, eq=False)
class DateColumn:
    """A column of dates.

    `values` is datetime64[us] without a zone, NaT where there is nothing. `ends` holds the last
    days of cells that print a period, whose first day is in `values`; None when there are none.
    `has_time` tells that some cell has a time other than midnight, `monthly` that all cells print a
    month and no day. `order` is how day and month were read, None if that did not matter or could
    not be told: then `ambiguous` is the first such cell, and all of them are NaT and not in `bad`.
    `yearless` tells that some cell prints no year. `bad` is the position, text and reason of each
    cell that is no date.
    """

    values: pd.Series[pd.Timestamp]
    ends: pd.Series[pd.Timestamp] | None
    has_time: bool
    monthly: bool
    order: Order | None
    ambiguous: int | None
    yearless: bool
    first: date | None
    last: date | None
    bad: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Calendar:
    """The rows of a scan once the order is settled: which exist, which stay open."""

    month: Ints
    day: Ints
    exists: Bools
    open: Bools


def parse_dates(
    texts: Sequence[object],
    *,
    order: Order | None = None,
    year: int | None = None,
    latest: date | None = None,
    time_zone: str | None = None,
) -> DateColumn:
    """Read a column of dates; a cell that is none is listed in `bad`, nothing raises.

    Cells are text, dates, or numbers as Excel counts days. `order` is for dates such as 03/04/2025;
    without it a day above 12 anywhere in the column tells. Days without a year get it from `year`,
    that of the newest, or from `latest`, which none may be after (the date of the file).

    Times with an offset are moved to `time_zone` when it is given and otherwise kept as printed; so
    are columns in which every time is midnight, because those are days and not moments. A time
    zone that does not exist is a `ValueError`.

    >>> parse_dates(["12/03/2025", "18/03/2025"]).values.dt.date.tolist()
    [datetime.date(2025, 3, 12), datetime.date(2025, 3, 18)]
    """
    zone = _zone(time_zone)
    only_text = set(map(type, texts)) <= {str}
    cells = cast(Sequence[str], texts) if only_text else [_text(cell) for cell in texts]
    found, codes = _scanned(cells)
    used = order or _told_order(found)
    days = _calendar(found, used)
    reasons = {**found.reasons, **_impossible(found, days, used)}
    # From here on by cell: years and ambiguity depend on where a text stands.
    usable = days.exists[codes]
    years = found.rows[codes, 0]
    yearless = usable & (years == 0)
    if yearless.any():
        given = years_of(days.month[codes][yearless], days.day[codes][yearless],
                         year=year, latest=latest)  # fmt: skip
        if given is None:
            usable = usable & ~yearless
            why = NO_YEAR if year is None else f"is no day of {year}"
            reasons.update(dict.fromkeys(np.unique(codes[yearless]).tolist(), why))
        else:
            years[yearless] = given
    values = _days(years, days.month[codes], days.day[codes], usable)
    ends = _ends(found, days, codes, values)
    if ends is not None:
        backwards = np.flatnonzero(ends < values)
        reasons.update(dict.fromkeys(codes[backwards].tolist(), "ends before it begins"))
        values[backwards] = ends[backwards] = np.datetime64("NaT")
    seconds = found.rows[codes, 4]
    moments = values.astype("datetime64[us]") + seconds.astype("timedelta64[s]")
    moments = _moved(moments, found.rows[codes, 5], seconds, zone)
    unclear = np.flatnonzero(days.open[codes])
    known = moments[~np.isnat(moments)]
    return DateColumn(
        values=pd.Series(moments),
        ends=None if ends is None else pd.Series(ends.astype("datetime64[us]")),
        has_time=bool(seconds[usable].any()),
        monthly=bool(usable.any() and found.rows[codes, 6][usable].all()),
        order=used,
        ambiguous=int(unclear[0]) if len(unclear) else None,
        yearless=bool(yearless.any()),
        first=_day(known.min()) if len(known) else None,
        last=_day(known.max()) if len(known) else None,
        bad=_bad(texts, codes, reasons),
    )


def parse_range(text: str, *, order: Order | None = None) -> tuple[date, date] | None:
    """The first and last day of a printed period; None when it is none or not certain.

    >>> parse_range("July 8, 2025 - July 31, 2025")
    (datetime.date(2025, 7, 8), datetime.date(2025, 7, 31))
    """
    column = parse_dates([text], order=order)
    if column.ends is None or column.first is None:
        return None
    return column.first, column.ends.iloc[0].date()


def _zone(name: str | None) -> ZoneInfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"unknown time zone {name!r}: use a name such as Europe/Paris") from error


def _text(cell: object) -> str:
    """A cell as text, printed in a way `date_formats` knows where it is none."""
    if isinstance(cell, str):
        return cell
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, date):  # datetime and pandas' Timestamp are dates too
        return cell.isoformat()
    if isinstance(cell, bool) or not isinstance(cell, (int, float, np.integer, np.floating)):
        return str(cell)
    if DIGIT_DAYS[0] <= cell <= DIGIT_DAYS[1] and cell == int(cell):
        return str(int(cell))
    if EXCEL_DAYS[0] <= cell <= EXCEL_DAYS[1]:
        return (EXCEL_EPOCH + timedelta(seconds=round(float(cell) * 86_400))).isoformat()
    return str(cell)


def _scanned(cells: Sequence[str]) -> tuple[Scan, Ints]:
    """What the cells say, and for each the row of the scan that holds it."""
    together = scan_one_form(cells)
    if together is not None:
        return together, np.arange(len(cells))
    codes, distinct = pd.factorize(np.array(cells, dtype=object))
    return scan(distinct.tolist()), codes.astype(np.int64)


def _told_order(found: Scan) -> Order | None:
    """The order that days above 12 prove; None when none does, or when they contradict."""
    loose = found.read & (found.rows[:, 3] == 1)
    first, second = found.rows[loose, 1], found.rows[loose, 2]
    dmy = int(((first > 12) & (first <= 31) & (second <= 12)).sum())
    mdy = int(((second > 12) & (second <= 31) & (first <= 12)).sum())
    if min(dmy, mdy) > SLIPS * (dmy + mdy):
        return None
    if dmy == mdy:
        return None
    return "dmy" if dmy > mdy else "mdy"


def _calendar(found: Scan, order: Order | None) -> _Calendar:
    year, first, second, loose = (found.rows[:, column] for column in range(4))
    month, day = first, second
    if order == "dmy":
        month, day = np.where(loose == 1, second, first), np.where(loose == 1, first, second)
    exists = found.read & _exists(year, month, day)
    if order is not None:
        return _Calendar(month, day, exists, np.zeros(len(year), dtype=np.bool_))
    unsettled = (loose == 1) & (first != second)
    either = found.read & (_exists(year, first, second) | _exists(year, second, first))
    return _Calendar(month, day, exists & ~unsettled, unsettled & either)


def _exists(year: Ints, month: Ints, day: Ints) -> Bools:
    there: Bools = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    late = np.flatnonzero(there & (day > 28))
    year, month, day = year[late], month[late], day[late]
    days = _days(np.where(year == 0, ANY_YEAR, year), month, day, there[late])
    there[late] = days.astype("datetime64[M]").astype(np.int64) % 12 + 1 == month
    return there


def _days(year: Ints, month: Ints, day: Ints, usable: Bools) -> Days:
    """Days of years and months, where usable; day 31 of a shorter month runs into the next."""
    months = np.where(usable, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    days: Days = months.astype("datetime64[D]") + np.where(usable, day - 1, 0)
    days[~usable] = np.datetime64("NaT")
    return days


def _impossible(found: Scan, days: _Calendar, order: Order | None) -> dict[int, str]:
    """Why texts in the form of a date are no day."""
    wrong = np.flatnonzero(found.read & ~days.exists & ~days.open).tolist()
    loose = found.rows[:, 3] == 1
    read_as = f"is no day that exists, read as {_READ_AS[order]}" if order else ""
    plain = "is no day that exists"
    return {row: read_as if read_as and loose[row] else plain for row in wrong}


def _ends(found: Scan, days: _Calendar, codes: Ints, starts: Days) -> Days | None:
    """The last days of periods by cell, in the year of their first day or the next if unprinted."""
    if not found.ends:
        return None
    row_of = np.full(len(found.rows), -1)
    row_of[list(found.ends)] = list(found.ends.values())
    rows = row_of[codes]
    usable = (rows >= 0) & days.exists[rows] & ~np.isnat(starts)
    month, day, year = days.month[rows], days.day[rows], found.rows[rows, 0]
    begun = np.where(usable, starts, np.datetime64(0, "D")).astype("datetime64[Y]")
    year = np.where(year == 0, begun.astype(np.int64) + 1970, year)
    ends = _days(year, month, day, usable)
    over = usable & (found.rows[rows, 0] == 0) & (ends < starts)
    return _days(year + over, month, day, usable)


def _moved(moments: Days, offset: Ints, seconds: Ints, zone: ZoneInfo | None) -> Days:
    """Moments with an offset as wall times of `zone`."""
    aware = (offset != NO_OFFSET) & ~np.isnat(moments)
    if zone is None or not aware.any() or not seconds[aware].any():
        return moments
    utc = pd.Series(moments[aware] - offset[aware].astype("timedelta64[m]"))
    local = utc.dt.tz_localize("UTC").dt.tz_convert(zone).dt.tz_localize(None)
    moved = moments.copy()
    moved[aware] = local.to_numpy(dtype="datetime64[us]")
    return moved


def _day(moment: np.datetime64) -> date:
    day: date = moment.astype("datetime64[D]").item()
    return day


def _bad(
    texts: Sequence[object], codes: Ints, reasons: dict[int, str]
) -> tuple[tuple[int, str, str], ...]:
    if not reasons:
        return ()
    places = np.flatnonzero(np.isin(codes, np.fromiter(reasons, dtype=np.int64)))
    return tuple(
        (place, str(texts[place]), reasons[code])
        for place, code in zip(places.tolist(), codes[places].tolist(), strict=True)
    )
