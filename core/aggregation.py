"""Quantities per group, each by the rule of its kind.

Sums, bounds of people, parameters and single rates need one pass over the rows. What needs a
pass of its own (levels per account, distinct items, stated totals, other groups or periods) is
joined to it by group.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import reduce
from operator import add, or_

import narwhals as nw

from .columns import Columns, Frame
from .currencies import with_one_currency
from .grouping import attach, earlier, grouped, high, low, value
from .levels import with_distinct, with_levels
from .people import with_totals
from .quantities import (
    Agreed,
    Before,
    Distinct,
    Leaf,
    Level,
    Missing,
    Overall,
    People,
    Quantity,
    Single,
    Term,
    Total,
    terms,
)
from .rows import Rows

HOW = {
    Total: ("sum", "count"),
    People: ("sum", "max", "count"),
    Agreed: ("min", "max"),
    Single: ("max", "count"),
    Level: (),
    Distinct: (),
}
"""What is worked out of each column in the one pass over the rows."""

SIZE = "__rows"

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
    asked = dict(quantities)
    for quantity in quantities.values():
        if isinstance(quantity, Before):
            asked.setdefault(quantity.of, quantity.quantity)
    leaves = {n: q for n, q in asked.items() if not isinstance(q, Overall | Before | Missing)}
    groups = _one_pass(rows, leaves)
    groups = _with_people(groups, rows, leaves, totals)
    levels = {name: leaf for name, leaf in leaves.items() if isinstance(leaf, Level)}
    groups = with_levels(groups, rows, levels)
    distinct = {name: leaf for name, leaf in leaves.items() if isinstance(leaf, Distinct)}
    groups = with_distinct(groups, rows, distinct)
    money = {name: leaf for name, leaf in leaves.items() if name in amounts}
    groups = with_one_currency(groups, rows, money)
    for name, quantity in asked.items():
        if isinstance(quantity, Overall):
            whole = rows.ungrouped()
            inner = {quantity.of: quantity.quantity}
            paid = {quantity.of} if name in amounts else ()
            found = aggregate(whole, inner, amounts=paid, totals=totals)
            overall = nw.col(value(quantity.of)).alias(value(name))
            groups = attach(groups, found.select(*whole.keys, overall), whole.keys)
        elif isinstance(quantity, Before):
            names = {value(quantity.of): value(name)}
            groups = earlier(groups, rows.by, rows.period, "previous", names)
    return groups


def known(term: Term, rows: Rows) -> nw.Expr:
    """Whether the term has a value in at least one row of the group."""
    return nw.lit(True) if term in rows.always_known else count(term, rows) > 0


def count(term: Term, rows: Rows) -> nw.Expr:
    """In how many rows of the group the term has a value."""
    return _cell("count", term, rows)


def least(term: Term, rows: Rows) -> nw.Expr:
    """The smallest value of a parameter in the group."""
    return _cell("min", term, rows)


def most(term: Term, rows: Rows) -> nw.Expr:
    """The largest value of a parameter in the group."""
    return _cell("max", term, rows)


def _one_pass(rows: Rows, leaves: Mapping[str, Leaf]) -> Frame:
    wanted: dict[str, nw.Expr] = {}
    for leaf in leaves.values():
        for term in terms(leaf):
            for how in HOW[type(leaf)]:
                if how == "count" and term in rows.always_known and not isinstance(leaf, Single):
                    continue
                column = nw.col(rows.names[term])
                name = _name(how, term, rows)
                wanted[name] = getattr(column, how)().alias(name)
    passed = list(wanted.values()) or [nw.len().alias(SIZE)]
    groups = grouped(rows.frame, rows.keys, passed)
    values: dict[str, nw.Expr] = {}
    for name, leaf in leaves.items():
        values |= _values(name, leaf, rows)
    return groups.with_columns(**values) if values else groups


def _values(name: str, leaf: Leaf, rows: Rows) -> dict[str, nw.Expr]:
    match leaf:
        case Total(items):
            total = reduce(add, (_cell("sum", term, rows) for term in items))
            return {value(name): _if_known(total, items, rows)}
        case People(term):
            return {
                low(name): _cell("max", term, rows).cast(nw.Float64),
                high(name): _if_known(_cell("sum", term, rows), (term,), rows),
            }
        case Agreed(term):
            least, most = _cell("min", term, rows), _cell("max", term, rows)
            return {value(name): nw.when(least == most).then(most.cast(nw.Float64))}
        case Single(term):
            one = _cell("count", term, rows) == 1
            return {value(name): nw.when(one).then(_cell("max", term, rows).cast(nw.Float64))}
    return {}


def _if_known(total: nw.Expr, items: tuple[Term, ...], rows: Rows) -> nw.Expr:
    if any(term in rows.always_known for term in items):
        return total.cast(nw.Float64)
    return nw.when(reduce(or_, (known(term, rows) for term in items))).then(total.cast(nw.Float64))


def _name(how: str, term: Term, rows: Rows) -> str:
    return f"__{how}__{rows.names[term]}"


def _cell(how: str, term: Term, rows: Rows) -> nw.Expr:
    return nw.col(_name(how, term, rows))


def _with_people(
    groups: Frame, rows: Rows, leaves: Mapping[str, Leaf], totals: Stated | None
) -> Frame:
    people = {name: leaf for name, leaf in leaves.items() if isinstance(leaf, People)}
    if not people:
        return groups
    if totals is not None:
        groups = with_totals(groups, rows, people, *totals)
    return groups.with_columns(
        **{
            value(name): nw.when(nw.col(low(name)) == nw.col(high(name))).then(nw.col(low(name)))
            for name in people
        }
    )
