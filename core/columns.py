"""The columns of a caller's frame: which are there, of what type, and which hold no gaps."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeAlias

import narwhals as nw
from narwhals.dtypes import DType

from .nearest import did_you_mean

Frame: TypeAlias = nw.LazyFrame[Any]
"""Rows in any engine. Eager frames are wrapped, not converted: pandas stays pandas."""

SAMPLE = 5_000  # rows looked at before all of them
MANY = 12  # columns named in a message before it ends in an ellipsis


class ComputeError(ValueError):
    """The table cannot be computed as asked; the message says what to change."""


def require(name: str, available: Collection[str], option: str) -> str:
    """The same name if the data has that column, else `ComputeError` with the nearest one."""
    if name in available:
        return name
    names = ", ".join(list(available)[:MANY]) + (", …" if len(available) > MANY else "")
    hint = did_you_mean(name, available)
    raise ComputeError(f"{option}: the data has no column {name!r}.{hint} It has {names}.")


class Columns:
    """What can be known of a frame's columns without running anything long.

    Of a lazy frame that is their types. Of an eager one it is also whether a column has gaps,
    which saves counting the known values of one that has none.
    """

    def __init__(self, frame: nw.DataFrame[Any] | Frame) -> None:
        self.schema: Mapping[str, DType] = frame.collect_schema()
        self._eager = frame if isinstance(frame, nw.DataFrame) else None
        self._gaps: dict[str, int] = {}

    def has_values(self, name: str) -> bool:
        """Whether the column is there and not visibly blank from top to bottom."""
        if name not in self.schema or isinstance(self.schema[name], nw.Unknown):
            return False
        if self._eager is None or self.schema[name].is_numeric():
            return True
        return self._missing(name, self._eager) < len(self._eager)

    def gapless(self, name: str) -> bool:
        """Whether every row is known to hold a value."""
        if self._eager is None or self._eager.is_empty():
            return False
        return not self._missing(name, self._eager)

    def unlike(self, name: str, pattern: str) -> str | None:
        """A text of the column that does not match, if one is found without running anything."""
        if self._eager is None:
            return None
        column = self._eager[name].drop_nulls().cast(nw.String)
        others = column.filter(~column.str.contains(pattern))
        return str(others[0]) if len(others) else None

    def all_different(self, name: str) -> bool:
        """Whether no value is known to come twice, blanks apart.

        Repetitions mostly show in the first rows or in rows at equal distances, which saves
        going through them all.
        """
        if self._eager is None:
            return False
        column = self._eager[name].drop_nulls()
        distance = max(len(column) // SAMPLE, 1)
        return (
            _distinct(column.head(SAMPLE))
            and _distinct(column.gather_every(distance))
            and _distinct(_as_numbers(column))
        )

    def _missing(self, name: str, frame: nw.DataFrame[Any]) -> int:
        if name not in self._gaps:
            self._gaps[name] = max(int(frame[name].null_count()), self._not_finite(name, frame))
        return self._gaps[name]

    def has_strange_numbers(self, name: str) -> bool:
        """Whether there may be NaN or infinities that the engine does not take for missing."""
        if self._eager is None:
            return self.schema[name].is_float()
        missing = int(self._eager[name].null_count())
        return self._not_finite(name, self._eager) > missing

    @staticmethod
    def _not_finite(name: str, frame: nw.DataFrame[Any]) -> int:
        column = frame[name]
        return len(frame) - int(column.is_finite().sum()) if column.dtype.is_float() else 0


def _distinct(column: nw.Series[Any]) -> bool:
    return column.n_unique() == len(column)


def _as_numbers(column: nw.Series[Any]) -> nw.Series[Any]:
    """Ids of digits as numbers, which are compared in a fraction of the time.

    Different numbers are different texts. Where it does not hold the other way round, as for 7
    and 07, or where an id is no number, nothing but time is lost.
    """
    if not isinstance(column.dtype, nw.String) or column.is_empty() or not column[0].isdigit():
        return column
    try:
        return column.to_frame().select(nw.all().cast(nw.Int64))[column.name]
    except (ValueError, ArithmeticError, nw.exceptions.NarwhalsError):
        return column


def number(name: str, columns: Columns) -> nw.Expr | None:
    """The column made fit for adding up, or `None` if it already is.

    NaN and infinities become missing. Raises `ComputeError` if the column holds text.
    """
    dtype = columns.schema[name]
    column = nw.col(name)
    if not dtype.is_numeric():
        raise ComputeError(
            f"column {name!r} holds {dtype}, not numbers: turn it into numbers first, "
            "with missing values where nothing is known"
        )
    if dtype.is_float():
        wide = column if isinstance(dtype, nw.Float64) else column.cast(nw.Float64)
        if columns.has_strange_numbers(name):
            return nw.when(wide.is_finite()).then(wide)
        return None if isinstance(dtype, nw.Float64) else wide
    if dtype.is_integer() and not isinstance(dtype, nw.Int64 | nw.UInt64):
        return column.cast(nw.Int64)  # Polars adds 32-bit columns up in 32 bits
    return None
