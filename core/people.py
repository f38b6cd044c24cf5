"""Counts of people: the platform's own total of a table in place of the sum of its rows."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from .columns import Columns, Frame, number
from .grouping import attach, grouped, high, low
from .quantities import People
from .rows import TABLE, Rows

SIZE = "__size"
TABLE_SIZE = "__table_size"


def people_per_group(
    rows: Rows, people: Mapping[str, People], totals: Frame, columns: Columns
) -> Frame | None:
    """Bounds that make use of stated totals, one row of `totals` per table.

    Where a group holds every row of a table, the table's total stands for these rows. Over
    several tables nobody knows how many people are in two of them: the truth lies between the
    largest table and the sum. `None` if the totals are of other metrics.
    """
    names = {
        name: rows.names[leaf.term]
        for name, leaf in people.items()
        if not leaf.term.conditions and columns.has_values(name)
    }
    if not names or rows.tables is None:
        return None
    tables = rows.tables.group_by(TABLE).agg(nw.len().alias(TABLE_SIZE))
    found = grouped(
        rows.frame,
        list(dict.fromkeys([*rows.keys, TABLE])),
        [
            nw.len().alias(SIZE),
            *(nw.col(column).max().alias(low(name)) for name, column in names.items()),
            *(nw.col(column).sum().alias(high(name)) for name, column in names.items()),
        ],
    )
    found = attach(attach(found, tables, [TABLE]), _stated(totals, columns, names), [TABLE])
    bounds: dict[str, nw.Expr] = {}
    for name in names:
        least = nw.col(low(name)).cast(nw.Float64)
        stated = nw.when(nw.col(SIZE) == nw.col(TABLE_SIZE)).then(nw.col(_total(name)))
        summed = nw.when(~least.is_null()).then(nw.col(high(name)).cast(nw.Float64))
        bounds[low(name)] = nw.coalesce(stated, least)
        bounds[high(name)] = nw.coalesce(stated, summed)
    ends = [nw.col(*map(low, names)).max(), nw.col(*map(high, names)).sum()]
    return grouped(found.with_columns(**bounds), rows.keys, ends)


def _stated(totals: Frame, columns: Columns, names: Mapping[str, str]) -> Frame:
    """One row per table; a total that is given twice and differently is none."""
    bounds: list[nw.Expr] = []
    for name in names:
        total = nw.col(name)
        bounds += [total.min().alias(low(name)), total.max().alias(high(name))]
    fit = {name: number(name, columns) for name in names}
    numbers = totals.select(
        TABLE,
        *(nw.col(name) if made is None else made.alias(name) for name, made in fit.items()),
    )
    agreed = grouped(numbers, [TABLE], bounds)
    return agreed.select(
        TABLE,
        *(
            nw.when(nw.col(low(name)) == nw.col(high(name)))
            .then(nw.col(high(name)))
            .cast(nw.Float64)
            .alias(_total(name))
            for name in names
        ),
    )


def _total(name: str) -> str:
    return f"__{name}__total"
