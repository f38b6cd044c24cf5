"""Totals that platforms state: the only true counts of people over several rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from .catalogue import catalogue
from .exports import Table
from .exports.totals import SUM_TOLERANCE
from .stack import concatenated


def whole_total(table: Table) -> pd.DataFrame | None:
    """The platform's total of exactly the table's rows, if its additive figures agree with them."""
    flows = catalogue().of_kind("flow", table.frame)
    uniques = catalogue().of_kind("unique", table.totals)
    if table.totals.empty or not uniques:
        return None
    for position in range(len(table.totals)):
        row = table.totals.iloc[[position]]
        compared = [name for name in flows if row[name].notna().all()]
        agrees = all(
            abs(float(row[name].iloc[0]) - float(table.frame[name].sum()))
            <= SUM_TOLERANCE * (len(table.frame) + 1)
            for name in compared
        )
        if compared and agrees and row[uniques].notna().any(axis=None):
            return row[uniques]
    return None


def still_whole(
    parts: Sequence[pd.DataFrame], rows: pd.DataFrame, sizes: Mapping[str, int]
) -> pd.DataFrame:
    """Totals of tables none of whose rows was replaced by another file."""
    totals = concatenated(parts)
    if totals.empty:
        return totals
    left = rows.groupby("table").size()
    whole = [left.get(name, 0) == sizes[name] for name in totals["table"]]
    return totals[whole].reset_index(drop=True)
