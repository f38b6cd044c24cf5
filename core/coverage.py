"""How each account is covered in each period: days, posts, e-mails, followers.

A row a day, or a row for a range of days inside the period, makes these days known. Social
networks print a row for a day on which nothing happened, so a day without a row is a day that
nobody exported. Advertising platforms, GA4 and Search Console leave such days out: there a hole
of up to `QUIET_DAYS` between two known days is taken for days without activity. How many posts a
month should have nobody knows, so they are only counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

import pandas as pd

from .channels import channel
from .grains import Account
from .known import WHATS, AccountKnown, Known, Span, What, days_of, known_of_accounts
from .periods import end, previous

# complete   every day is known, or at least one date of a level such as followers
# partial    some days are known
# running    the period is not over
# counted    posts or e-mails: their number, which says nothing of what is missing
# none       no post or e-mail, and an export that reaches over the period from both sides
# longer     known only as part of a longer range, so that the period itself is not
# before     none yet, while the account has figures of another sort already
# missing    nothing, though the account has it in another period, or another account in this one
State = Literal["complete", "partial", "running", "counted", "none", "longer", "before", "missing"]

MOST_PERIODS = 400
QUIET_DAYS = 7
LEAVE_OUT_QUIET_DAYS = frozenset({"ads", "web", "search"})
# Advertising platforms leave a cell blank where nothing happened: no sign of a missing export.
BLANK_MEANS_NOTHING = frozenset({"ads", "email"})


@dataclass(frozen=True, slots=True)
class Cover:
    """How one sort of figures of an account is known in one period.

    `account` is its id, `name` what people call it, both empty where no file says. `known` of
    `days` are known; of posts and e-mails `known` is the number. `holes` are the days that are not
    known, `lacking` the metrics that periods beside it have and this one has not.
    """

    channel: str
    account: str
    name: str
    what: What
    start: date
    end: date
    state: State
    known: int
    days: int
    holes: tuple[Span, ...] = ()
    lacking: tuple[str, ...] = ()


def coverage(rows: pd.DataFrame, period: str, *, as_of: date | None = None) -> list[Cover]:
    """Account by account and sort by sort, every period from the first of the data to the last.

    `rows` are those of a `Dataset`. `as_of` is the day on which the newest export was made: a
    period that ends on that day or later is not over, and later ones are left out, as are periods
    before the last `MOST_PERIODS`: a year typed wrong makes no list of centuries. Without it, the
    day after the data ends. Rows without a date or a channel say nothing.
    """
    accounts = known_of_accounts(rows, period)
    every = [known for one in accounts.values() for known in one.sorts.values()]
    starts = [start for known in every for start in known.starts]
    if not starts:
        return []
    if as_of is None:
        as_of = _last_day(every) + timedelta(days=1)
    starts = [start for start in starts if start <= as_of] or starts
    periods = _between(min(starts), max(starts), period)
    covers: list[Cover] = []
    for account, one in accounts.items():
        for what in WHATS:
            if what in one.sorts:
                known = _with_quiet(account, one.sorts[what].days)
                covers += [
                    _cover(account, one, what, (start, end(start, period)), period, known, as_of)
                    for start in periods
                ]
    return covers


def _last_day(every: Iterable[Known]) -> date:
    """The last day that any row tells of; of posts, when the last was published."""
    days = [day for known in every for day in known.days | known.longer]
    return max([*days, *(last for known in every for _, last in known.reach)])


def _cover(
    account: Account,
    one: AccountKnown,
    what: What,
    span: Span,
    period: str,
    covered: frozenset[date],
    as_of: date,
) -> Cover:
    mine, (start, last) = one.sorts[what], span
    days = frozenset(days_of(start, last))
    known = mine.items.get(start, 0) if mine.items else len(mine.days & days)
    missing: frozenset[date] = frozenset()
    state: State
    if not known:
        state = _nothing(one.sorts, what, span)
    elif mine.items:
        state = "counted"
    elif what == "levels":  # the last one known stands for the period
        state = "complete"
    else:
        missing = days - covered
        state = "partial" if missing else "complete"
    if last >= as_of and state in ("partial", "missing"):
        state = "running"
    lacking = _lacking(account, one, start, period) if what == "days" else ()
    return Cover(
        *account, one.name, what, start, last, state, known, len(days), tuple(_runs(missing)),
        lacking,
    )  # fmt: skip


def _nothing(sorts: Mapping[What, Known], what: What, span: Span) -> State:
    """Why a period has nothing of this sort."""
    mine, (first, last) = sorts[what], span
    if any(since < first and last < until for since, until in mine.reach):
        return "none"
    if any(first <= day <= last for day in mine.longer):
        return "longer"
    others = any(first in known.starts for one, known in sorts.items() if one != what)
    return "before" if others and first < min(mine.starts) else "missing"


def _with_quiet(account: Account, days: frozenset[date]) -> frozenset[date]:
    """The known days, and where the platform leaves quiet days out, those of short holes."""
    if channel(account[0]).kind not in LEAVE_OUT_QUIET_DAYS:
        return days
    holes = (
        (one, other)
        for one, other in pairwise(sorted(days))
        if 1 < (other - one).days <= QUIET_DAYS + 1
    )
    return days.union(*(days_of(one, other) for one, other in holes))


def _lacking(account: Account, one: AccountKnown, start: date, period: str) -> tuple[str, ...]:
    """Metrics known just before, or both before and after, but not in this period.

    A figure that a platform has given up or begun to print is so told of once at most.
    """
    here = one.metrics.get(start)
    if not here or channel(account[0]).kind in BLANK_MEANS_NOTHING:
        return ()
    just_before = one.metrics.get(previous(start, period), frozenset())
    around = {name for name, (first, last) in one.spans.items() if first < start < last}
    return tuple(sorted((just_before | around) - here))


def _between(first: date, last: date, period: str) -> list[date]:
    """The periods from one first day to another, the last `MOST_PERIODS` of them."""
    periods = [last]
    while periods[-1] > first and len(periods) < MOST_PERIODS:
        periods.append(previous(periods[-1], period))
    return periods[::-1]


def _runs(days: frozenset[date]) -> Iterator[Span]:
    """Days that follow each other, as first and last."""
    ordered = sorted(days)
    firsts = [day for day in ordered if day - timedelta(days=1) not in days]
    lasts = [day for day in ordered if day + timedelta(days=1) not in days]
    yield from zip(firsts, lasts, strict=True)
