"""What is counted account by account: levels such as followers, and distinct posts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import narwhals as nw

from .columns import Frame
from .dates import MOMENT, PERIOD
from .grouping import all_accounts, attach, grouped, known_accounts, value
from .periods import RANGE
from .quantities import Distinct, Level, Term
from .rows import Rows

FIRST = "__first"
LAST = "__last"
SINCE = "__since"
UNTIL = "__until"
STARTED = "__started"
ITEM = "__item"


def with_levels(groups: Frame, rows: Rows, levels: Mapping[str, Level]) -> Frame:
    """The groups with each level, and of how many of the accounts it is known."""
    by_term: dict[Term, dict[str, Level]] = {}
    for name, level in levels.items():
        by_term.setdefault(level.term, {})[name] = level
    for term, those in by_term.items():
        groups = attach(groups, _per_group(rows, _ends(rows, term, those), those), rows.keys)
        started = nw.col(STARTED).fill_null(0)
        ever = started if rows.period == RANGE else _over(started.sum(), rows.by)
        groups = groups.with_columns(**{all_accounts(name): ever for name in those}).drop(STARTED)
    return groups


def with_distinct(groups: Frame, rows: Rows, items: Mapping[str, Distinct]) -> Frame:
    """The groups with the number of different items. Accounts may use the same item names."""
    keys = rows.per_account(rows.keys)
    for name, distinct in items.items():
        item = nw.col(rows.names[distinct.term])
        frame = rows.frame.select(*keys, item.alias(ITEM))
        if distinct.term not in rows.always_known:
            frame = frame.filter(~nw.col(ITEM).is_null())
        counts = grouped(frame, keys, [nw.col(ITEM).n_unique().alias(value(name))])
        if keys != rows.keys:
            counts = grouped(counts, rows.keys, [nw.col(value(name)).sum()])
        number = nw.col(value(name)).cast(nw.Float64)
        groups = attach(groups, counts.with_columns(number), rows.keys)
    return groups


def _per_group(rows: Rows, accounts: Frame, levels: Mapping[str, Level]) -> Frame:
    found: dict[str, nw.Expr] = {}
    for name, level in levels.items():
        end = nw.col(LAST if level.take == "last" else FIRST).cast(nw.Float64)
        twice = nw.col(SINCE) != nw.col(UNTIL)
        found[value(name)] = nw.when(twice).then(end) if level.two_dates else end
    found[STARTED] = nw.lit(1)
    if rows.period != RANGE:
        since = _over(nw.col(PERIOD).min(), rows.per_account(rows.by))
        found[STARTED] = nw.when(nw.col(PERIOD) == since).then(1).otherwise(0)
    sums = [nw.col(name).sum() for name in found]
    counts = [nw.col(value(name)).count().alias(known_accounts(name)) for name in levels]
    totals = grouped(accounts.with_columns(**found), rows.keys, [*sums, *counts])
    return totals.with_columns(
        **{
            value(name): nw.when(nw.col(known_accounts(name)) > 0).then(nw.col(value(name)))
            for name in levels
        }
    )


def _ends(rows: Rows, term: Term, levels: Mapping[str, Level]) -> Frame:
    """First and last known value of each account in each group, and when they were.

    Of several values of the same account and moment the largest is taken, so that the order of
    the rows, which not every engine keeps, never matters. Without dates, a level is known only
    if all rows of the account agree on it.
    """
    keys = rows.per_account(rows.keys)
    name = rows.names[term]
    level = nw.col(name)
    if not rows.dated:
        return _agreed(rows.frame, keys, name)
    frame = rows.frame.select(*keys, MOMENT, name)
    if rows.period == RANGE or term not in rows.always_known:
        frame = frame.filter(~level.is_null(), ~nw.col(MOMENT).is_null())
    moment = nw.col(MOMENT)
    until = _over(moment.max(), keys)
    if all(item.take == "last" and not item.two_dates for item in levels.values()):
        return grouped(frame.filter(moment == until), keys, [level.max().alias(LAST)])
    since = _over(moment.min(), keys)
    frame = frame.with_columns(until.alias(UNTIL), since.alias(SINCE))
    first, last = moment == nw.col(SINCE), moment == nw.col(UNTIL)
    frame = frame.filter(first | last).with_columns(
        nw.when(first).then(level).alias(FIRST), nw.when(last).then(level).alias(LAST)
    )
    return grouped(frame, keys, [nw.col(item).max() for item in (FIRST, LAST, SINCE, UNTIL)])


def _agreed(frame: Frame, keys: Sequence[str], name: str) -> Frame:
    level = nw.col(name)
    bounds = [level.min().alias(FIRST), level.max().alias(LAST)]
    both = grouped(frame.filter(~level.is_null()), keys, bounds)
    same = nw.when(nw.col(FIRST) == nw.col(LAST)).then(nw.col(LAST))
    return both.with_columns(
        same.alias(FIRST), same.alias(LAST), nw.lit(0).alias(SINCE), nw.lit(0).alias(UNTIL)
    )


def _over(aggregate: nw.Expr, keys: Iterable[str]) -> nw.Expr:
    return aggregate.over(*keys) if (keys := tuple(keys)) else aggregate
