"""Cells of a data frame as plain Python values, for JSON, reports and messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import cast

import pandas as pd

Plain = str | int | float | bool | date | datetime | None
Record = Mapping[str, object]

DIGITS = 15  # what a float holds for certain: a sum of cents is not 77818.01000000001


def plain(value: object) -> Plain:
    """None for anything missing, whole floats as int, midnight as a date.

    >>> plain(77818.01000000001), plain(float("nan")), plain(3.0)
    (77818.01, None, 3)
    """
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, pd.Timestamp):
        return value.date() if value == value.normalize() else value.to_pydatetime()
    if hasattr(value, "item"):  # a numpy scalar
        value = value.item()
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return None
        value = float(f"{value:.{DIGITS}g}")
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    return cast(Plain, value)


def number(value: object) -> float | int | None:
    """A plain number, None for anything else."""
    value = plain(value)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def records(frame: pd.DataFrame) -> list[Record]:
    """Rows as dictionaries by column name."""
    return cast(list[Record], frame.to_dict("records"))
