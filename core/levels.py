"""What is counted account by account: levels such as followers, and distinct posts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import narwhals as nw

from .calendar_columns import position
from .columns import Frame
from .dates import MOMENT, POSITION
from .grouping import earlier, grouped, value
from .periods import RANGE
from .quantities import Distinct, Level, Term
from .rows import Rows

FIRST = "__first"
LAST = "__last"
SINCE = "__since"
UNTIL = "__until"
BEFORE = "__before"
ITEM = "__item"


def known_accounts(name: str) -> str:
    """The column with the number of accounts whose level is known in the period."""
    return f"__{name}__known"


def all_accounts(term: Term, rows: Rows) -> str:
    """The column with the number of accounts whose level is known in any period."""
    return f"{rows.names[term]}__accounts"


def levels_per_group(rows: Rows, levels: Mapping[str, Level]) -> Iterator[Frame]:
    """The sum of each level over accounts, and of how many accounts it is known."""
    by_term: dict[Term, dict[str, Level]] = {}
    for name, level in levels.items():
        by_term.setdefault(level.term, {})[name] = level
    for term, those in by_term.items():
        accounts = _ends(rows, term) if rows.dated else _agreed(rows, term)
        yield _per_group(rows, accounts, term, those)


def with_all_accounts(groups: Frame, rows: Rows, levels: Mapping[str, Level]) -> Frame:
    """The accounts that began in each period turned into those of the group in any period."""
    names = {all_accounts(level.term, rows) for level in levels.values()}
    if not names:
        return groups
    began = nw.col(*sorted(names)).fill_null(0)
    return groups.with_columns(began if rows.period == RANGE else _over(began.sum(), rows.by))


def distinct_per_group(rows: Rows, items: Mapping[str, Distinct]) -> Iterator[Frame]:
    """The number of different items. Two accounts may well use the same item names."""
    keys = rows.per_account(rows.keys)
    for name, distinct in items.items():
        if distinct.all_different:
            continue
        item = nw.col(rows.names[distinct.term])
        frame = rows.frame.select(*keys, item.alias(ITEM))
        if distinct.term not in rows.always_known:
            frame = frame.filter(~nw.col(ITEM).is_null())
        counts = grouped(frame, keys, [nw.col(ITEM).n_unique().alias(value(name))])
        yield grouped(counts, rows.keys, [nw.col(value(name)).sum()])


def _per_group(rows: Rows, accounts: Frame, term: Term, levels: Mapping[str, Level]) -> Frame:
    """The sum over accounts of each level, and how many accounts are known.

    An account known on one date only in the period, as in a list with a figure a month, starts
    from its last figure of the period before.
    """
    found: dict[str, nw.Expr] = {}
    start, both = nw.col(FIRST), nw.col(SINCE) != nw.col(UNTIL)
    if rows.period != RANGE and any(level.two_dates for level in levels.values()):
        of_account = rows.per_account(rows.by)
        accounts = earlier(accounts, of_account, rows.period, "previous", {LAST: BEFORE})
        start = nw.when(both).then(start).otherwise(nw.col(BEFORE))
        both = both | ~nw.col(BEFORE).is_null()
    for name, level in levels.items():
        if level.two_dates:
            end = nw.col(LAST) if level.take == "last" else start
            found[value(name)] = nw.when(both).then(end)
        else:
            found[value(name)] = nw.col(LAST if level.take == "last" else FIRST)
    began = all_accounts(term, rows)
    found[began] = nw.lit(1)
    if rows.period != RANGE:
        since = _over(nw.col(POSITION).min(), rows.per_account(rows.by))
        found[began] = nw.when(nw.col(POSITION) == since).then(1).otherwise(0)
    known = [nw.col(value(name)).count().alias(known_accounts(name)) for name in levels]
    return grouped(accounts.with_columns(**found), rows.keys, [nw.col(*found).sum(), *known])


def _ends(rows: Rows, term: Term) -> Frame:
    """First and last known value of each account in each group, and when they were.

    Values of the same account and moment are taken in ascending order, so that the order of the
    rows, which not every engine keeps, never matters.
    """
    keys, level = rows.per_account(rows.keys), nw.col(rows.names[term])
    frame = rows.frame.select(*keys, MOMENT, level.alias(LAST))
    if rows.period == RANGE or term not in rows.always_known:
        frame = frame.filter(~nw.col(LAST).is_null(), ~nw.col(MOMENT).is_null())
    if frame.implementation.is_pandas_like():
        return _ends_by_comparison(frame, keys, rows.period)
    order = [MOMENT, LAST]
    first = nw.col(LAST).first(order_by=order).alias(FIRST)
    last = nw.col(LAST).last(order_by=order)
    bounds = [nw.col(MOMENT).min().alias(SINCE), nw.col(MOMENT).max().alias(UNTIL)]
    return grouped(frame, keys, [first, last, *bounds])


def _ends_by_comparison(frame: Frame, keys: Sequence[str], period: str) -> Frame:
    """The same for pandas, which would sort all rows, and loses ordered values of null keys."""
    moment, level = nw.col(MOMENT), nw.col(LAST)
    accounts = [name for name in keys if name != POSITION]
    frame = grouped(frame, [*accounts, MOMENT], [level.min().alias(FIRST), level.max()])
    if POSITION in keys:
        frame = frame.with_columns(position(moment, period).alias(POSITION))
    frame = frame.with_columns(
        _over(moment.min(), keys).alias(SINCE), _over(moment.max(), keys).alias(UNTIL)
    )
    frame = frame.with_columns(
        nw.when(moment == nw.col(SINCE)).then(nw.col(FIRST)).alias(FIRST),
        nw.when(moment == nw.col(UNTIL)).then(level).alias(LAST),
    )
    return grouped(frame, keys, [nw.col(FIRST, LAST, SINCE, UNTIL).max()])


def _agreed(rows: Rows, term: Term) -> Frame:
    """Without dates, the level of an account whose rows all agree on it, else null."""
    keys, level = rows.per_account(rows.keys), nw.col(rows.names[term])
    bounds = [level.min().alias(FIRST), level.max().alias(LAST)]
    both = grouped(rows.frame.filter(~level.is_null()), keys, bounds)
    same = nw.when(nw.col(FIRST) == nw.col(LAST)).then(nw.col(LAST))
    return both.with_columns(
        same.alias(FIRST), same.alias(LAST), nw.lit(0).alias(SINCE), nw.lit(0).alias(UNTIL)
    )


def _over(aggregate: nw.Expr, keys: Iterable[str]) -> nw.Expr:
    return aggregate.over(*keys) if (keys := tuple(keys)) else aggregate
