"""Amounts of money: those of several currencies are never added."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

import narwhals as nw

from .columns import Frame
from .grouping import attach, grouped, value
from .quantities import Leaf, terms
from .rows import CURRENCY, Rows

CODE = "__currency"
FIRST_CODE = "__currency_first"
LAST_CODE = "__currency_last"
CODES = "__currencies"
NAMELESS = "__amounts_without_currency"


def codes_per_group(rows: Rows, amounts: Iterable[Leaf]) -> Frame:
    """First and last currency by name, how many there are, how many amounts have none.

    Only rows with a known amount count: those of another platform may well say nothing.
    """
    columns = dict.fromkeys(rows.names[term] for leaf in amounts for term in terms(leaf))
    paid = reduce(or_, (~nw.col(name).is_null() for name in columns))
    code = nw.col(CURRENCY).cast(nw.String).fill_null("").alias(CODE)
    each = grouped(rows.frame.filter(paid).select(*rows.keys, code), [*rows.keys, CODE], [nw.len()])
    nameless = nw.when(nw.col(CODE) == "").then(1).otherwise(0).alias(NAMELESS)
    all_rows = grouped(each.with_columns(nameless), rows.keys, [nw.col(NAMELESS).sum()])
    bounds = [
        nw.col(CODE).min().alias(FIRST_CODE),
        nw.col(CODE).max().alias(LAST_CODE),
        nw.len().alias(CODES),
    ]
    named = grouped(each.filter(nw.col(CODE) != ""), rows.keys, bounds)
    return attach(all_rows, named, rows.keys)


def with_one_currency(groups: Frame, amounts: Iterable[str]) -> Frame:
    """The groups with amounts emptied where they are in several currencies.

    `CODE` is the currency of the group, null if its amounts have several or do not all say.
    """
    codes = nw.col(CODES).fill_null(0)
    one = (codes == 1) & (nw.col(NAMELESS).fill_null(0) == 0)
    return groups.with_columns(
        nw.when(one).then(nw.col(FIRST_CODE)).alias(CODE),
        *(nw.when(codes < 2).then(nw.col(value(name))).alias(value(name)) for name in amounts),
    )


def told(rows: Rows) -> bool:
    """Whether the rows say their currency and groups may hold more than one."""
    return rows.has_currency and CURRENCY not in rows.by


def several() -> nw.Expr:
    """Whether the amounts of a group are in more than one currency."""
    return nw.col(CODES) > 1


def codes() -> nw.Expr:
    """The currencies of such a group: two by name."""
    others = nw.when(nw.col(CODES) > 2).then(nw.lit(" and others")).otherwise(nw.lit(""))
    return nw.concat_str([nw.col(FIRST_CODE), nw.lit(", "), nw.col(LAST_CODE), others])


def partly_nameless() -> nw.Expr:
    """Whether some amounts of a group have a currency and others do not say theirs."""
    return (nw.col(CODES) == 1) & (nw.col(NAMELESS) > 0)
