"""What is missing in the data, as what a person should fetch: "LinkedIn, June"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from .coverage import Cover
from .known import Span, What

# missing   nothing of these sorts is known
# partial   some days are not known
# longer    known only as part of a longer range
# lacking   the days are known, but not these metrics
Reason = Literal["missing", "partial", "longer", "lacking"]

# Sorts of which a shorter period may well have none.
NOT_EVERY_DAY: frozenset[What] = frozenset({"posts", "emails"})
A_MONTH = 28  # days: as long as this a period is expected to have some


@dataclass(frozen=True, slots=True)
class Gap:
    """What one account lacks from `start` to `end`, in one period or several that follow.

    `what` is empty where everything that the account has elsewhere is missing. `known` of `days`
    are known; `holes` are the days that are not, `metrics` the figures that are lacking.
    """

    channel: str
    account: str
    name: str
    reason: Reason
    what: tuple[What, ...]
    start: date
    end: date
    periods: int = 1
    known: int = 0
    days: int = 0
    holes: tuple[Span, ...] = ()
    metrics: tuple[str, ...] = ()


def gaps(covers: Iterable[Cover]) -> list[Gap]:
    """The gaps of all accounts, the same gap of periods that follow each other as one."""
    found: list[Gap] = []
    for _, of_account in groupby(covers, key=lambda cover: (cover.channel, cover.account)):
        by_start: dict[date, list[Cover]] = {}
        for cover in of_account:
            by_start.setdefault(cover.start, []).append(cover)
        each = [gap for start in sorted(by_start) for gap in _in_period(by_start[start])]
        found.extend(_joined(each))
    return found


def _in_period(covers: Sequence[Cover]) -> Iterator[Gap]:
    """The gaps of one account in one period."""
    absent = tuple(cover.what for cover in covers if cover.state == "missing")
    if absent and all(cover.state in ("missing", "none") for cover in covers):
        yield _gap(covers[0], "missing", ())
        return
    rest = tuple(
        cover.what
        for cover in covers
        if cover.state == "missing" and (cover.what not in NOT_EVERY_DAY or cover.days >= A_MONTH)
    )
    if rest:
        yield _gap(covers[0], "missing", rest)
    for cover in covers:
        if cover.state == "partial":
            yield _gap(cover, "partial", (cover.what,))
        if cover.state == "longer":
            yield _gap(cover, "longer", (cover.what,))
        if cover.lacking and cover.state in ("complete", "partial"):
            yield replace(_gap(cover, "lacking", (cover.what,)), holes=(), metrics=cover.lacking)


def _gap(cover: Cover, reason: Reason, what: tuple[What, ...]) -> Gap:
    known = cover.known if what == (cover.what,) else 0
    return Gap(
        cover.channel, cover.account, cover.name, reason, what, cover.start, cover.end,
        known=known, days=cover.days, holes=cover.holes,
    )  # fmt: skip


def _joined(each: Sequence[Gap]) -> list[Gap]:
    """Gaps that differ in nothing but the period, and follow each other, as one."""
    joined: list[Gap] = []
    for gap in each:
        before = next((i for i, other in enumerate(joined) if _follows(other, gap)), None)
        if before is None:
            joined.append(gap)
        else:
            joined[before] = _both(joined[before], gap)
    return joined


def _follows(one: Gap, other: Gap) -> bool:
    alike = (one.reason, one.what, one.metrics) == (other.reason, other.what, other.metrics)
    return alike and one.end + timedelta(days=1) == other.start


def _both(one: Gap, other: Gap) -> Gap:
    left, right = one.holes, other.holes
    if left and right and left[-1][1] + timedelta(days=1) == right[0][0]:
        left, right = left[:-1], ((left[-1][0], right[0][1]), *right[1:])
    return replace(
        one,
        end=other.end,
        periods=one.periods + other.periods,
        known=one.known + other.known,
        days=one.days + other.days,
        holes=(*left, *right),
    )
