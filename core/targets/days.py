"""Which of a target's days the data tells of, and where it falls short of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd

from ..catalogue import Kpi
from ..grains import ANY_GRAIN, PARTIAL_GRAINS, Account
from .rows import FIRST, LAST, WHO, Ledger, knows, knows_levels, levels

# Rows that stand for something that happened. A day without any leaves no row, so these may tell
# of more days than the last one that they name.
SPARSE = frozenset({"post", "email", "campaign_day", "ad_group_day"})
LONG = 7  # days without data that are worth a word
FORGOTTEN = 92  # days before a target: an account without data since then is not missed
LONG_AGO = date(1900, 1, 1)  # a start before any data, from which days can be counted back
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """What the data tells of a KPI: `rows`, the first of them on the day `first`.

    All days from `since` to `last` are known: where other campaigns of the account have rows and
    this one has none, nothing happened. `across` says that other rows tell of these days and of
    days before or after in one figure, `by_day` that every row is of one day. `stopped` names
    channels whose data ends too early.
    """

    rows: pd.DataFrame
    first: date
    since: date
    last: date
    across: bool
    by_day: bool
    stopped: tuple[str, ...]


def told(
    ledger: Ledger,
    kpi: Kpi,
    rows: pd.DataFrame,
    start: date | None,
    until: date,
    *,
    beside: pd.DataFrame,
) -> Told | None:
    """What these rows tell of the KPI from `start` to `until`; None if nothing does.

    `beside` are all rows of the same accounts.
    """
    begin = rows[FIRST].min() if start is None else pd.Timestamp(start)
    known = knows(kpi, rows)
    inside = (rows[FIRST] >= begin) & (rows[LAST] <= pd.Timestamp(until))
    grains = ledger.grains(kpi, rows[inside])
    tells = known & _of_grains(ledger, rows, grains)
    found = rows[inside & tells]
    if found.empty:
        return None
    beside = beside[knows(kpi, beside)]
    lasts = _lasts(ledger, beside, grains, begin.date(), until)
    last = max(lasts[account] for account in grains)
    end = pd.Timestamp(last)
    overlapping = tells & ~inside & (rows[FIRST] <= end) & (rows[LAST] >= begin)
    if levels().issuperset(kpi.inputs):  # a difference starts from the last level before
        before = rows[tells & (rows[LAST] < begin)].sort_values(LAST).groupby(WHO).tail(1)
        found = pd.concat([before, found])
    of_levels = rows[rows[LAST].between(begin, end) & ~known & knows_levels(kpi, rows)]
    also = beside[_of_grains(ledger, beside, grains) & (beside[LAST] >= begin)]
    return Told(
        pd.concat([found, of_levels]) if len(of_levels) else found,
        found[FIRST].min().date(),
        max(also[FIRST].min(), begin).date(),
        last,
        across=bool(overlapping.any()) and not levels().issuperset(kpi.inputs),
        by_day=bool((found[FIRST] == found[LAST]).all()),
        stopped=_stopped(ledger, lasts, last, until),
    )


def crosses(ledger: Ledger, kpi: Kpi, rows: pd.DataFrame, start: date | None, until: date) -> bool:
    """Whether rows tell of the KPI in some of these days, and of others, in one figure."""
    begin = rows[FIRST].min() if start is None else pd.Timestamp(start)
    overlapping = (rows[FIRST] <= pd.Timestamp(until)) & (rows[LAST] >= begin)
    return bool(ledger.grains(kpi, rows[overlapping]))


def last_day(kpi: Kpi, rows: pd.DataFrame) -> date | None:
    """The last day on which the KPI is known at all."""
    days = rows.loc[knows(kpi, rows), LAST].dropna()
    return days.max().date() if len(days) else None


def _of_grains(
    ledger: Ledger, rows: pd.DataFrame, grains: Mapping[Account, str]
) -> pd.Series[bool]:
    codes = {code: grains.get(account) for code, account in enumerate(ledger.accounts)}
    chosen = rows[WHO].map(codes)
    return (chosen == rows["grain"]) | (chosen == ANY_GRAIN)


def _lasts(
    ledger: Ledger, rows: pd.DataFrame, grains: Mapping[Account, str], begin: date, until: date
) -> dict[Account, date]:
    """The last day that is known of each account; of none that is long forgotten."""
    end = pd.Timestamp(until)
    far = pd.Timestamp(max(begin, LONG_AGO) - FORGOTTEN * DAY)
    near = (rows[FIRST] <= end) & (rows[LAST] >= far)
    rows = rows[near & ~rows["grain"].isin(PARTIAL_GRAINS)]
    lasts: dict[Account, date] = {}
    for code, group in rows.groupby(rows[WHO].to_numpy(), sort=False):
        account = ledger.accounts[int(str(code))]
        grain = grains.get(account, ANY_GRAIN)
        if grain != ANY_GRAIN:
            group = group[(group["grain"] == grain) & (group[LAST] <= end)]
        days = sorted({min(day.date(), until) for day in group[LAST].unique()})
        sparse = bool(group["grain"].isin(SPARSE).all())
        lasts[account] = _silence(days, until, ledger.made_of.get(account)) if sparse else days[-1]
    return lasts


def _silence(days: list[date], until: date, made: date | None) -> date:
    """The last day known from rows of what happened.

    When the export was made after a pause no longer than usual, nothing happened in the days
    between.
    """
    last = days[-1]
    if made is None:
        return last
    usual = max([LONG * DAY, *(after - before for before, after in pairwise(days))])
    whole = made - DAY  # the day of the export itself is not over
    return min(whole, until) if last < whole <= last + usual else last


def _stopped(
    ledger: Ledger, lasts: Mapping[Account, date], last: date, until: date
) -> tuple[str, ...]:
    """Channels of accounts without the last days; after the deadline every day counts."""
    least = until if until < ledger.today and last >= until else last - LONG * DAY
    return tuple(sorted({channel for (channel, _), day in lasts.items() if day < least}))
