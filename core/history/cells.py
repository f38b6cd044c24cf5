"""Columns of a data frame as values of SQLite, and back without loss."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from ..exports import Export, Table

Value = float | str | None
Kind = Literal["REAL", "TEXT"]
Layout = tuple[tuple[str, str], ...]
"""Name and type of each column of a frame: ("likes", "float64"), ("date", "datetime64[us]")."""

TEXT: Final = "str"
NUMBER: Final = "float64"
# Dates are written as short as they can be without loss: day, second, then what the column has.
_UNITS: Final = ("D", "s")


def layout_of(frame: pd.DataFrame) -> Layout:
    """The columns of a frame: figures are floats, moments keep their unit, the rest is text."""
    return tuple((str(name), _type(frame[name])) for name in frame)


def kind_of(type_: str) -> Kind:
    """How SQLite keeps the values of a column."""
    return "REAL" if type_ == NUMBER else "TEXT"


def values_of(column: pd.Series[Any]) -> list[Value]:
    """The cells of a column, None where nothing is known."""
    type_ = _type(column)
    if type_ == NUMBER:
        numbers = column.to_numpy("float64", na_value=np.nan)
        cells = numbers.astype(object)
        cells[np.isnan(numbers)] = None
    elif type_ == TEXT:
        texts = column.astype("str")
        # A copy: without pyarrow the array is the caller's own.
        cells = texts.to_numpy(object, copy=True)
        cells[texts.isna().to_numpy()] = None
        return _without_surrogates(cells.tolist())
    else:
        cells = _iso(column)
    values: list[Value] = cells.tolist()
    return values


def restored(values: Sequence[Value], type_: str) -> Any:
    """The array that a column was before it was written."""
    if type_ == TEXT:
        return pd.array(list(values), dtype=pd.StringDtype(na_value=np.nan))
    return np.array(values, dtype=type_)


def fingerprint(export: Export) -> str:
    """The same for two readings of a file that understood the same.

    Not of the name of the file, nor of when it was made: those do not change what it says.
    """
    digest = hashlib.sha256()
    for table in export.tables:
        digest.update(json.dumps(_described(table)).encode())
        for frame in (table.frame, table.totals):
            for name in frame:
                digest.update(json.dumps([str(name), len(frame)]).encode())
                for part in _bytes(values_of(frame[name])):
                    digest.update(part)
    return digest.hexdigest()


def clean(text: str) -> str:
    """Text that can be written as UTF-8: half a character becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _type(column: pd.Series[Any]) -> str:
    if pd.api.types.is_datetime64_dtype(column.dtype):
        return str(column.dtype)
    if pd.api.types.is_numeric_dtype(column.dtype):
        return NUMBER
    return TEXT


def _iso(column: pd.Series[Any]) -> Any:
    moments = column.to_numpy()
    known = ~np.isnat(moments)
    unit = next(
        (u for u in _UNITS if (moments[known].astype(f"datetime64[{u}]") == moments[known]).all()),
        None,
    )
    exact = moments.astype(f"datetime64[{unit}]") if unit else moments
    texts = np.datetime_as_string(exact).astype(object)
    texts[~known] = None
    return texts


def _without_surrogates(values: list[Value]) -> list[Value]:
    try:
        "".join(value for value in values if isinstance(value, str)).encode("utf-8")
    except UnicodeEncodeError:
        return [clean(value) if isinstance(value, str) else value for value in values]
    return values


def _bytes(values: Sequence[Value]) -> Iterable[bytes]:
    """Values as bytes that no other values give; -1 stands for nothing in the lengths."""
    if any(isinstance(value, str) for value in values):
        texts = [value if isinstance(value, str) else None for value in values]
        lengths = [-1 if text is None else len(text) for text in texts]
        yield np.array(lengths, dtype="<i8").tobytes()
        yield "".join(text or "" for text in texts).encode("utf-8")
    else:
        yield np.array(values, dtype="<f8").tobytes()


def _described(table: Table) -> list[object]:
    return [
        table.profile,
        table.title,
        table.grain,
        list(table.keys),
        [[column.name, column.metric] for column in table.columns],
        list(table.unmapped),
    ]
