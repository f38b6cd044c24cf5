"""The same small tables in every kind of frame that `kpi_table` takes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from tracksheet.core.compute import kpi_table

Data = Mapping[str, Sequence[object]]
Record = dict[str, object]

ENGINES: dict[str, Callable[[Data], Any]] = {
    "pandas": lambda data: pd.DataFrame(data),
    "pandas nullable": lambda data: pd.DataFrame(data).convert_dtypes(),
    "pandas pyarrow": lambda data: pd.DataFrame(data).convert_dtypes(dtype_backend="pyarrow"),
    "polars": lambda data: pl.DataFrame(data),
    "polars lazy": lambda data: pl.LazyFrame(data),
    "pyarrow": lambda data: pa.table(dict(data)),
    "duckdb": lambda data: duckdb.from_arrow(pa.table(dict(data))),
}


Make = Callable[[Data], Any]
Compute = Callable[..., list[Record]]


@pytest.fixture(params=list(ENGINES))
def make(request: pytest.FixtureRequest) -> Make:
    """What makes a frame of one kind from columns of plain values; a test runs once for each."""
    return ENGINES[request.param]


@pytest.fixture
def compute(make: Make) -> Compute:
    """`kpi_table` on a frame of each kind, made from columns and read back as plain rows."""

    def run(data: Data, kpis: Sequence[str], **options: Any) -> list[Record]:
        if "totals" in options:
            options["totals"] = make(options["totals"])
        return records(kpi_table(make(data), kpis, **options))

    return run


@pytest.fixture(scope="session")
def every_engine() -> dict[str, Compute]:
    """The same on all engines at once, to compare them with each other."""

    def on(make: Make) -> Compute:
        return lambda data, kpis, **options: records(kpi_table(make(data), kpis, **options))

    return {name: on(make) for name, make in ENGINES.items()}


def records(frame: Any) -> list[Record]:
    """Rows as plain values: missing as `None`, periods as dates, whatever the engine."""
    read = nw.from_native(frame)
    eager = read.collect() if isinstance(read, nw.LazyFrame) else read
    return [
        {name: plain(value) for name, value in row.items()} for row in eager.iter_rows(named=True)
    ]


def plain(value: object) -> object:
    """A cell as Python has it."""
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date | str | bool):
        return value
    return float(value) if isinstance(value, float) else value
