"""The columns of a caller's frame: which are there, of what type, and which hold no gaps."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeAlias

import narwhals as nw
from narwhals.dtypes import DType

from .nearest import did_you_mean

Frame: TypeAlias = nw.LazyFrame[Any]
"""Rows in any engine. Eager frames are wrapped, not converted: pandas stays pandas."""

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
        self._eager = frame if isinstance(frame, nw.DataFrame) and not frame.is_empty() else None
        self._gaps: dict[str, int] = {}

    def has_values(self, name: str) -> bool:
        """Whether the column is there and not visibly blank from top to bottom."""
        if name not in self.schema or isinstance(self.schema[name], nw.Unknown):
            return False
        if self._eager is None or self.schema[name].is_numeric():
            return name in self.schema
        return self._missing(name, self._eager) < len(self._eager)

    def gapless(self, name: str) -> bool:
        """Whether every row is known to hold a value."""
        return self._eager is not None and not self._missing(name, self._eager)

    def unlike(self, name: str, pattern: str) -> str | None:
        """A text of the column that does not match, if one is found without running anything."""
        if self._eager is None:
            return None
        column = self._eager[name].cast(nw.String)
        others = column.filter((~column.str.contains(pattern)).fill_null(False))
        return str(others[0]) if len(others) else None

    def _missing(self, name: str, frame: nw.DataFrame[Any]) -> int:
        if name not in self._gaps:
            column = frame[name]
            nan = int(column.is_nan().sum()) if column.dtype.is_float() else 0
            self._gaps[name] = max(int(column.null_count()), nan)
        return self._gaps[name]


def number(name: str, columns: Columns) -> nw.Expr:
    """The column as numbers wide enough to be added up, with NaN as missing.

    Raises `ComputeError` if it holds text.
    """
    dtype = columns.schema[name]
    if not dtype.is_numeric():
        raise ComputeError(
            f"column {name!r} holds {dtype}, not numbers: turn it into numbers first, "
            "with missing values where nothing is known"
        )
    if dtype.is_float():
        wide = nw.col(name) if isinstance(dtype, nw.Float64) else nw.col(name).cast(nw.Float64)
        return wide if columns.gapless(name) else wide.fill_nan(None)
    if dtype.is_integer() and not isinstance(dtype, nw.Int64 | nw.UInt64):
        return nw.col(name).cast(nw.Int64)  # Polars adds 32-bit columns up in 32 bits
    return nw.col(name)
