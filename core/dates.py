"""The dates of rows: which columns hold them, the moments they mean, and the rows left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import narwhals as nw
from narwhals.dtypes import DType

from .calendar_columns import position
from .columns import Columns, ComputeError, Frame, require
from .periods import RANGE

DATE_COLUMNS = ("date", "published_at")
"""Where a row's date is looked for when the caller names no column: the first that is known."""
END_COLUMN = "date_end"
"""Last day of a row that covers more than one, as in most advertising exports."""

MOMENT = "__moment"
END = "__end"
POSITION = "__position"
END_POSITION = "__end_position"

ISO = r"^(?:\d{4}-\d{2}-\d{2}(?:[T ]\d{2}(?::\d{2}(?::\d{2}.*)?)?)?)?$"
ISO_TAILS = {10: " 00:00:00", 13: ":00:00", 16: ":00"}
"""What completes an ISO date of this many characters to 2026-05-31 14:00:00."""
ISO_FORMAT = "%Y-%m-%d %H:%M:%S"


def with_dates(
    frame: Frame, columns: Columns, *, period: str, date: str | None, time_zone: str | None
) -> Frame:
    """The frame with `MOMENT` and, unless for the whole range, the period's `POSITION`.

    Rows without a date, or whose `date` and `date_end` lie in two periods, have no place in a
    table by period and are left out. The same frame if no date is needed and there is none.
    """
    found = _date_columns(columns.schema, date, period)
    if not found:
        return frame
    frame = _with_moments(frame, columns, found, time_zone)
    if period != RANGE:
        frame = _within_periods(_with_periods(frame, columns, period), columns, found[0])
    if END_COLUMN not in columns.schema:
        return frame
    # What a row that covers some days says of a level is true of its last day.
    return frame.with_columns(nw.coalesce(nw.col(END), nw.col(MOMENT)).alias(MOMENT))


def _within_periods(frame: Frame, columns: Columns, date: str) -> Frame:
    dated = ~nw.col(POSITION).is_null()
    if END_COLUMN in columns.schema:
        same = nw.col(END_POSITION).is_null() | (nw.col(END_POSITION) == nw.col(POSITION))
        return frame.filter(dated & same)
    if columns.gapless(date) and columns.schema[date].is_temporal():
        return frame  # a filter that keeps everything still copies everything
    return frame.filter(dated)


def rows_without_date(
    frame: Frame, columns: Columns, *, date: str | None, time_zone: str | None
) -> int:
    """How many rows a table by period leaves out because they have no date."""
    found = _date_columns(columns.schema, date, "day")
    moments = _with_moments(frame, columns, found, time_zone)
    return _count(moments.filter(nw.col(MOMENT).is_null()))


def rows_across_periods(
    frame: Frame, columns: Columns, period: str, *, date: str | None, time_zone: str | None
) -> int:
    """How many rows a table by period leaves out because they cover two periods or more."""
    if period == RANGE or END_COLUMN not in columns.schema:
        return 0
    found = _date_columns(columns.schema, date, period)
    moments = _with_moments(frame, columns, found, time_zone)
    both = _with_periods(moments, columns, period)
    known = ~nw.col(POSITION).is_null() & ~nw.col(END_POSITION).is_null()
    return _count(both.filter(known & (nw.col(POSITION) != nw.col(END_POSITION))))


def _count(frame: Frame) -> int:
    return int(frame.select(nw.len()).collect().item())


def _date_columns(schema: Mapping[str, DType], date: str | None, period: str) -> tuple[str, ...]:
    if date is not None:
        return (require(date, schema, "date"),)
    found = tuple(name for name in DATE_COLUMNS if name in schema)
    if not found and period != RANGE:
        raise ComputeError(
            f"period={period!r} needs dates, and the data has no column "
            f"{' or '.join(map(repr, DATE_COLUMNS))}: name the one it has with date=…"
        )
    return found


def _with_moments(
    frame: Frame, columns: Columns, found: Sequence[str], time_zone: str | None
) -> Frame:
    used = found[:1] if columns.gapless(found[0]) else found
    names = {f"{MOMENT}{place}": name for place, name in enumerate(used)}
    if END_COLUMN in columns.schema:
        names[END] = END_COLUMN
    frame = _in_zone(frame, columns, names, time_zone)
    firsts = [nw.col(name) for name in names if name != END]
    return frame.with_columns(nw.coalesce(*firsts).alias(MOMENT))


def _with_periods(frame: Frame, columns: Columns, period: str) -> Frame:
    places = {POSITION: MOMENT} | ({END_POSITION: END} if END_COLUMN in columns.schema else {})
    return frame.with_columns(
        **{place: position(nw.col(moment), period) for place, moment in places.items()}
    )


def _in_zone(
    frame: Frame, columns: Columns, names: Mapping[str, str], time_zone: str | None
) -> Frame:
    """Add these columns, by new name, as wall-clock time without zone.

    Aware timestamps are first converted to `time_zone`, so that a post of half past midnight in
    Paris counts on that day and not on the day before in UTC. The rest is taken as it is.
    """
    moments: dict[str, nw.Expr] = {}
    for new, name in names.items():
        dtype = columns.schema[name]
        if not isinstance(dtype, nw.Datetime) or dtype.time_zone is None:
            moments[new] = _moment(name, columns, time_zone)
        elif time_zone is None:
            moments[new] = nw.col(name).dt.replace_time_zone(None)
        elif frame.implementation.is_duckdb():
            frame = _duckdb_in_zone(frame, new, name, time_zone)
        else:
            there = nw.col(name).dt.convert_time_zone(time_zone)
            moments[new] = there.dt.replace_time_zone(None)
    if not moments:
        return frame
    return frame.with_columns(**{new: m.cast(nw.Datetime("us")) for new, m in moments.items()})


def _moment(name: str, columns: Columns, time_zone: str | None) -> nw.Expr:
    dtype = columns.schema[name]
    if isinstance(dtype, nw.Datetime | nw.Date):
        return nw.col(name)
    if not isinstance(dtype, nw.String | nw.Object):  # pandas keeps `datetime.date` as objects
        raise ComputeError(f"column {name!r} holds {dtype}, not dates")
    if time_zone is not None:
        raise ComputeError(
            f"column {name!r} holds text, whose zone is not known: turn it into timestamps "
            f"before asking for time_zone={time_zone!r}"
        )
    if (other := columns.unlike(name, ISO)) is not None:
        raise ComputeError(
            f"column {name!r} holds {other!r}, which is not a date written like 2026-05-31 or "
            "2026-05-31T14:00: turn the column into dates first"
        )
    known = ~nw.col(name).is_null()  # or pandas writes the blanks of objects as "nan"
    return _read_iso(nw.when(known).then(nw.col(name).cast(nw.String)))


def _read_iso(column: nw.Expr) -> nw.Expr:
    """Dates such as 2026-05-31, 2026-05-31T14:00 or 2026-05-31 14:00:00; empty text is null."""
    text = column.str.slice(0, 19).str.replace_all("T", " ", literal=True)
    length = text.str.len_chars()
    complete: nw.Expr = nw.when(length > 0).then(text)
    for size, tail in ISO_TAILS.items():
        whole = nw.concat_str([text, nw.lit(tail)])
        complete = nw.when(length == size).then(whole).otherwise(complete)
    return complete.str.to_datetime(format=ISO_FORMAT)


def _duckdb_in_zone(frame: Frame, new: str, name: str, time_zone: str) -> Frame:
    # DuckDB keeps one zone per connection, so narwhals cannot convert to another one; DuckDB's
    # own timezone(zone, timestamptz) gives the wall clock of that zone.
    from duckdb import ColumnExpression, ConstantExpression, FunctionExpression, StarExpression

    relation = cast("Any", frame.to_native())
    wall = FunctionExpression("timezone", ConstantExpression(time_zone), ColumnExpression(name))
    return cast("Frame", nw.from_native(relation.select(StarExpression(), wall.alias(new))))
