"""What the rows of one account tell of: single days, longer ranges, posts, levels, metrics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

import pandas as pd

from .catalogue import catalogue
from .grains import LEVELS, PARTIAL_GRAINS, Account, accounts_of
from .periods import period_of

What = Literal["days", "posts", "emails", "levels"]
WHATS: tuple[What, ...] = ("days", "posts", "emails", "levels")
COUNTED: Mapping[str, What] = {"post": "posts", "email": "emails"}  # grains whose rows are counted

NAMES = ("account_name", "account_handle")  # what people call an account, the better name first

Span = tuple[date, date]
Starts = Mapping[pd.Timestamp, date]  # the first day of the period that each day is in


@dataclass(frozen=True, slots=True)
class Known:
    """What an account has of one sort.

    `days` are known on their own, `longer` only as part of a range over several periods. Posts and
    e-mails have `items` instead, their number by first day of the period, and `reach`, from the
    first to the last of each export. `starts` are the periods of which anything is known.
    """

    starts: frozenset[date]
    days: frozenset[date] = frozenset()
    longer: frozenset[date] = frozenset()
    items: Mapping[date, int] = field(default_factory=dict)
    reach: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountKnown:
    """One account: what people call it, what it has of each sort, its metrics by period.

    `spans` has the first and the last period that each metric by day is known in.
    """

    name: str
    sorts: Mapping[What, Known]
    metrics: Mapping[date, frozenset[str]]
    spans: Mapping[str, Span]


def known_of_accounts(rows: pd.DataFrame, period: str) -> dict[Account, AccountKnown]:
    """Every account of the rows of a `Dataset` that has figures with a date."""
    if rows.empty or not {"date", "channel", "grain"} <= set(rows):
        return {}
    kept = rows[
        rows["date"].notna() & rows["channel"].notna() & ~rows["grain"].isin(PARTIAL_GRAINS)
    ]
    if kept.empty:
        return {}
    activity, levels = _columns(kept)
    slim = pd.DataFrame(
        {
            "date": kept["date"].dt.normalize(),
            "last": last_days(kept).dt.normalize(),
            "grain": kept["grain"],
            "table": kept["table"],
            "days": kept[activity].notna().any(axis="columns"),
            "levels": kept[levels].notna().any(axis="columns"),
            **{name: kept[name] for name in NAMES if name in kept},
        }
    )
    who = accounts_of(kept)
    keys = [who.get_level_values(0), who.get_level_values(1)]
    starts = {day: period_of(day.date(), period) for day in slim["date"].unique()}
    metrics = _metrics(kept[activity], slim, keys, starts)
    found = {}
    for (channel, account), part in slim.groupby(keys, sort=True):
        who_is = (str(channel), str(account))
        by_period = metrics.get(who_is, {})
        found[who_is] = AccountKnown(
            _name(part) or str(account), _sorts(part, starts, period), by_period, _ends(by_period)
        )
    return found


def days_of(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def last_days(rows: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """The last day that each row tells of."""
    if "date_end" not in rows:
        return rows["date"]
    return rows["date_end"].where(rows["date_end"] >= rows["date"], rows["date"])


def _columns(rows: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The columns that tell of a day, and those that hold a level such as followers."""
    known = catalogue().metrics
    metrics = [known[name] for name in map(str, rows) if name in known]
    return (
        [metric.id for metric in metrics if metric.kind not in LEVELS],
        [metric.id for metric in metrics if metric.kind == "stock"],
    )


def _name(rows: pd.DataFrame) -> str:
    """What people call the account: the last name or handle that a file gives."""
    for column in NAMES:
        if column in rows and len(found := rows[column].dropna()):
            return str(found.iloc[-1])
    return ""


def _sorts(rows: pd.DataFrame, starts: Starts, period: str) -> dict[What, Known]:
    found: dict[What, Known] = {}
    for grain, what in COUNTED.items():
        items = rows[rows["grain"] == grain]
        if len(items):
            found[what] = _items(items, starts)
    others = rows[~rows["grain"].isin(COUNTED)]
    by_column: tuple[What, ...] = ("days", "levels")
    for what in by_column:
        part = others.loc[others[what], ["date", "last"]]
        if len(part):
            found[what] = _spans(part, period)
    return found


def _items(rows: pd.DataFrame, starts: Starts) -> Known:
    numbers: Counter[date] = Counter()
    counts = rows["date"].value_counts()
    for day, number in zip(pd.DatetimeIndex(counts.index), counts.tolist(), strict=True):
        numbers[starts[day]] += number
    by_table = rows.groupby("table")["date"]
    reach = zip(by_table.min().dt.date, by_table.max().dt.date, strict=True)
    return Known(frozenset(numbers), items=dict(numbers), reach=tuple(reach))


def _spans(rows: pd.DataFrame, period: str) -> Known:
    days: set[date] = set()
    longer: set[date] = set()
    pairs = rows.drop_duplicates()
    for first, last in zip(pairs["date"].dt.date, pairs["last"].dt.date, strict=True):
        within = period_of(first, period) == period_of(last, period)
        (days if within else longer).update(days_of(first, last))
    starts = frozenset(period_of(day, period) for day in days | longer)
    return Known(starts, frozenset(days), frozenset(longer - days))


def _metrics(
    figures: pd.DataFrame, slim: pd.DataFrame, keys: Sequence[pd.Index], starts: Starts
) -> dict[Account, dict[date, frozenset[str]]]:
    """The metrics by day that have any value, account by account and period by period."""
    by_day = (~slim["grain"].isin(COUNTED) & slim["days"]).to_numpy()
    start = slim["date"].map(starts)[by_day]
    groups = [*(key[by_day] for key in keys), start]
    counts = figures[by_day].groupby(groups, sort=False).count()
    names = [str(name) for name in figures]
    found: dict[Account, dict[date, frozenset[str]]] = {}
    levels = [counts.index.get_level_values(number) for number in range(3)]
    rows = (counts.to_numpy() > 0).tolist()
    for channel, account, first, row in zip(*levels, rows, strict=True):
        known = frozenset(name for name, number in zip(names, row, strict=True) if number)
        found.setdefault((channel, account), {})[first] = known
    return found


def _ends(by_period: Mapping[date, frozenset[str]]) -> dict[str, Span]:
    """The first and the last period of each metric."""
    ends: dict[str, Span] = {}
    for start in sorted(by_period):
        for name in by_period[start]:
            ends[name] = (ends[name][0] if name in ends else start, start)
    return ends
