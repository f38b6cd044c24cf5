"""Quantities per group, each by the rule of its kind.

Sums, bounds of people, parameters and single rates need one pass over the rows. What needs a
pass of its own (levels per account, distinct items, stated totals, other groups or periods) is
joined to it by group.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import reduce
from operator import add, or_

import narwhals as nw

from .calendar_columns import start
from .columns import Columns, Frame
from .currencies import codes_per_group, told, with_one_currency
from .dates import MOMENT
from .grouping import PERIOD, attach, earlier, gathered, grouped, high, low, value
from .levels import distinct_per_group, known_accounts, levels_per_group, with_all_accounts
from .people import people_per_group
from .periods import RANGE
from .quantities import (
    Agreed,
    Before,
    Distinct,
    Leaf,
    Level,
    Overall,
    People,
    Quantity,
    Single,
    Term,
    Total,
    terms,
)
from .rows import Rows

NEEDS = {
    Total: ("sum", "count"),
    People: ("sum", "max", "count"),
    Agreed: ("min", "max"),
    Single: ("max", "count"),
    Level: (),
    Distinct: ("count",),
}
"""What is worked out of each column in the one pass over the rows."""

SIZE = "__size"

Stated = tuple[Frame, Columns]
"""The platform's totals per table, and the columns they have."""


def aggregate(
    rows: Rows,
    quantities: Mapping[str, Quantity],
    *,
    amounts: Collection[str] = (),
    totals: Stated | None = None,
) -> Frame:
    """One row per group: the group columns, `value(id)` of each quantity, and what notes need.

    Every value is a float, null where nothing is known: blank is not 0. What is missing from
    the data has no column. `amounts` names those quantities that are money.
    """
    asked, paid = dict(quantities), set(amounts)
    for name, quantity in quantities.items():
        if isinstance(quantity, Before):
            asked.setdefault(quantity.of, quantity.quantity)
            paid |= {quantity.of} if name in paid else set()
    groups = _aggregated(rows, asked, paid, totals)
    for name, quantity in asked.items():
        if isinstance(quantity, Overall):
            whole = rows.ungrouped()
            inner = {quantity.of: quantity.quantity}
            found = aggregate(whole, inner, amounts=inner if name in paid else (), totals=totals)
            overall = nw.col(value(quantity.of)).alias(value(name))
            groups = attach(groups, found.select(*whole.keys, overall), whole.keys)
        elif isinstance(quantity, Before):
            names = {value(quantity.of): value(name)}
            groups = earlier(groups, rows.by, rows.period, "previous", names)
    return groups


def _aggregated(
    rows: Rows, asked: Mapping[str, Quantity], amounts: Collection[str], totals: Stated | None
) -> Frame:
    """What can be told of a group from its own rows."""
    levels = {name: item for name, item in asked.items() if isinstance(item, Level)}
    distinct = {name: item for name, item in asked.items() if isinstance(item, Distinct)}
    people = {name: item for name, item in asked.items() if isinstance(item, People)}
    flat = [leaf for leaf in asked.values() if isinstance(leaf, Leaf)]
    pieces = [_one_pass(rows, flat)]
    pieces += levels_per_group(rows, levels)
    pieces += distinct_per_group(rows, distinct)
    stated = people_per_group(rows, people, *totals) if totals and people else None
    if stated is not None:
        pieces.append(stated)
    groups = with_all_accounts(gathered(pieces, rows.keys), rows, levels)
    if rows.period != RANGE:
        groups = groups.with_columns(start(nw.col(MOMENT), rows.period).alias(PERIOD))
    groups = _with_values(groups, rows, asked)
    money = {n: q for n, q in asked.items() if n in amounts and isinstance(q, Leaf)}
    if not money or not told(rows):
        return groups
    return with_one_currency(
        attach(groups, codes_per_group(rows, money.values()), rows.keys), money
    )


def known(term: Term, rows: Rows) -> nw.Expr:
    """Whether the term has a value in at least one row of the group."""
    return nw.lit(True) if term in rows.always_known else cell("count", term, rows) > 0


def cell(how: str, term: Term, rows: Rows) -> nw.Expr:
    """The "sum", "min", "max" or "count" of a term in the group."""
    return nw.col(f"{rows.names[term]}__{how}")


def _one_pass(rows: Rows, leaves: Sequence[Leaf]) -> Frame:
    """All sums, extremes and counts, each kind for all its columns at once."""
    wanted: dict[str, dict[str, None]] = {}
    for leaf in leaves:
        if isinstance(leaf, Distinct) and not leaf.all_different:
            continue
        counted = isinstance(leaf, Single | Distinct)
        for how in NEEDS[type(leaf)]:
            for term in terms(leaf):
                if how != "count" or counted or term not in rows.always_known:
                    wanted.setdefault(how, {})[rows.names[term]] = None
    aggregates = [
        getattr(nw.col(*columns), how)().name.suffix(f"__{how}") for how, columns in wanted.items()
    ]
    if rows.period != RANGE:
        aggregates.append(nw.col(MOMENT).max())
    return grouped(rows.frame, rows.keys, aggregates or [nw.len().alias(SIZE)])


def _with_values(groups: Frame, rows: Rows, asked: Mapping[str, Quantity]) -> Frame:
    there = set(groups.collect_schema())
    floats = [name for name in there if name.endswith(("__sum", "__max", "__min"))]
    floats += [name for item in asked if (name := value(item)) in there]
    if floats:
        groups = groups.with_columns(nw.col(*sorted(floats)).cast(nw.Float64))
    values: dict[str, nw.Expr] = {}
    for name, quantity in asked.items():
        if isinstance(quantity, Leaf) and not (isinstance(quantity, People) and low(name) in there):
            values |= _values(name, quantity, rows)
    groups = groups.with_columns(**values) if values else groups
    people = [name for name, quantity in asked.items() if isinstance(quantity, People)]
    if not people:
        return groups
    return groups.with_columns(
        **{
            value(name): nw.when(nw.col(low(name)) == nw.col(high(name))).then(nw.col(low(name)))
            for name in people
        }
    )


def _values(name: str, leaf: Leaf, rows: Rows) -> dict[str, nw.Expr]:
    match leaf:
        case Total(items):
            total = reduce(add, (cell("sum", term, rows) for term in items))
            return {value(name): _if_known(total, items, rows)}
        case People(term):
            summed = _if_known(cell("sum", term, rows), (term,), rows)
            return {low(name): cell("max", term, rows), high(name): summed}
        case Agreed(term):
            least, most = cell("min", term, rows), cell("max", term, rows)
            return {value(name): nw.when(least == most).then(most)}
        case Single(term):
            once = cell("count", term, rows) == 1
            return {value(name): nw.when(once).then(cell("max", term, rows))}
        case Level():
            some = nw.col(known_accounts(name)) > 0
            return {value(name): nw.when(some).then(nw.col(value(name)))}
        case Distinct(term, all_different=True):
            number = cell("count", term, rows)
            return {value(name): nw.when(number > 0).then(number.cast(nw.Float64))}
        case Distinct():
            return {}


def _if_known(total: nw.Expr, items: tuple[Term, ...], rows: Rows) -> nw.Expr:
    if any(term in rows.always_known for term in items):
        return total
    return nw.when(reduce(or_, (known(term, rows) for term in items))).then(total)
