"""Exports that overlap: the newest value of the same post, campaign or day counts, once."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from .findings import Finding, counted
from .superseded import replaced_rows, superseded

# Figures of days and of the period they make up differ by late conversions and rounding.
SAME_SUM = 0.01
DAY = 86_400


def posts_listed_twice(rows: pd.DataFrame, again: pd.Series[int]) -> list[Finding]:
    """A warning for each file in which a post stands more than once; all of them are counted."""
    if "post_id" not in rows:
        return []
    twice = rows[(again > 0) & (rows["grain"] == "post") & rows["post_id"].notna()]
    return [
        Finding(
            "warning",
            str(file),
            f"{counted(len(posts), 'row')} of a post that this file lists already (such as "
            f"{posts['post_id'].iloc[0]}); all are counted. If it was put together from several "
            "exports, give these as files of their own",
        )
        for file, posts in twice.groupby("file", sort=False)
    ]


class Newest(NamedTuple):
    """Rows that count, what to tell, and the rows of each table that were joined to others.

    A joined row has other figures of the same day, such as follows beside reach: all of it counts.
    """

    rows: pd.DataFrame
    findings: list[Finding]
    joined: pd.Series[int]


def newest(
    rows: pd.DataFrame,
    keys: pd.Series[Any],
    metrics: Sequence[str],
    *,
    flows: Sequence[str] = (),
    quiet: Collection[str] = (),
) -> Newest:
    """One row for each key, each column with its newest known value.

    `rows` come oldest export first. `flows` are the metrics that are not expected to fall. Of the
    files in `quiet` little is said: they overlap by nature.
    """
    repeated = keys.duplicated(keep=False)
    if not repeated.any():
        return Newest(rows, [], pd.Series(dtype="int64"))
    twice, key = rows[repeated], keys[repeated]
    last = ~key.duplicated(keep="last")
    label = pd.Series(key.index[last], index=key[last].to_numpy())  # key -> its newest row
    ends = twice[[name for name in ("date_end",) if name in twice]]
    fits = same_period(twice, ends.loc[label.loc[key].to_numpy()])
    merged = twice[fits].groupby(key[fits], sort=False).last()  # of each column the last known
    merged.index = pd.Index(label.loc[merged.index])
    joined = ~last & fits & ~_known_again(twice[list(metrics)].notna(), key)
    replaced = twice[~last & ~joined]
    pairs = replaced_rows(replaced, merged, label.loc[key[replaced.index]], metrics, quiet)
    findings = superseded(pairs, flows)
    kept = pd.concat([rows[~repeated], merged[rows.columns]]).sort_index()
    return Newest(kept, findings, twice[joined]["table"].value_counts())


def _known_again(known: pd.DataFrame, key: pd.Series[Any]) -> pd.Series[bool]:
    """Rows of which a later row of the same key has a figure too, and rows without any figure."""
    groups = known.groupby(key, sort=False)
    later = groups.transform("sum") - groups.cumsum()
    return (known & (later > 0)).any(axis="columns") | ~known.any(axis="columns")


def same_period(rows: pd.DataFrame, current: pd.DataFrame) -> pd.Series[bool]:
    """Rows that tell of the same days as the current ones, which stand in the same order.

    Only these may fill a gap: the clicks of 1–7 are not those of 1–14.
    """
    if "date_end" not in rows:
        return pd.Series(True, index=rows.index)
    old, new = rows["date_end"], current["date_end"].set_axis(rows.index)
    return (old == new) | (old.isna() & new.isna())


Aside = dict[Hashable, tuple[Hashable, str]]  # row left out -> the row that counts, and why


@dataclass(frozen=True, slots=True)
class _Row:
    """A row whose period may overlap that of another; days are counted from any fixed one."""

    label: Hashable
    table: str
    account: tuple[object, ...]
    start: int
    end: int
    flows: npt.NDArray[np.float64]


def without_overlapping_ranges(
    rows: pd.DataFrame,
    identity: pd.Series[str],
    *,
    flows: Sequence[str] = (),
    quiet: Collection[str] = (),
) -> tuple[pd.DataFrame, list[Finding]]:
    """Set aside rows whose period overlaps that of a better row of the same thing.

    A campaign exported for 1–14 June and again for 1–21 June must not count twice: the newest
    period wins. Days win over a period if they are all there (or add up to it); otherwise they
    are set aside for it. `rows` come oldest export first. Nothing is said of two files in `quiet`.
    """
    if "date_end" not in rows or "date" not in rows:
        return rows, []
    dated = rows["date"].notna()
    ranged = dated & (rows["date_end"] > rows["date"])
    suspects = identity[dated & identity.isin(set(identity[ranged]))]
    suspects = suspects[suspects.duplicated(keep=False)]
    if suspects.empty:
        return rows, []
    daily: dict[tuple[object, ...], set[int]] = {}
    for row in _read(rows[dated & ~ranged], ()):
        daily.setdefault(row.account, set()).add(row.start)
    things: dict[str, list[_Row]] = {}
    for thing, row in zip(suspects, _read(rows.loc[suspects.index], flows), strict=True):
        things.setdefault(thing, []).append(row)
    aside: Aside = {}
    for group in things.values():
        aside |= _set_aside(group, daily)
    return rows.drop(index=list(aside)), list(_left_out(rows, aside, quiet))


def _read(rows: pd.DataFrame, flows: Sequence[str]) -> Iterator[_Row]:
    start = rows["date"].astype("datetime64[s]").astype("int64") // DAY
    end = rows["date_end"].fillna(rows["date"]).astype("datetime64[s]").astype("int64") // DAY
    names = [name for name in ("grain", "channel", "account_id") if name in rows]
    accounts = [rows[name].astype("str").fillna("") for name in names]
    values = rows[list(flows)].to_numpy("float64", na_value=np.nan)
    cells = zip(rows.index, rows["table"], zip(*accounts, strict=True), start, end, strict=True)
    for (label, table, account, first, last), figures in zip(cells, values, strict=True):
        yield _Row(label, table, account, first, max(first, last), figures)


def _set_aside(rows: Sequence[_Row], daily: Mapping[tuple[object, ...], set[int]]) -> Aside:
    """Go through the periods of one thing, the newest first."""
    days = [row for row in rows if row.end == row.start]
    kept: list[_Row] = []
    aside: Aside = {}
    for period in reversed([row for row in rows if row.end > row.start]):
        clash = next((other for other in kept if _overlap(other, period)), None)
        if clash is not None:
            aside[period.label] = clash.label, "period"
            continue
        inside = [day for day in days if _overlap(day, period) and day.label not in aside]
        if inside and _complete(inside, period, daily.get(period.account, set())):
            aside[period.label] = inside[0].label, "days"
            continue
        kept.append(period)
        aside |= {day.label: (period.label, "inside") for day in inside}
    return aside


def _overlap(one: _Row, other: _Row) -> bool:
    """Whether two rows of different tables have a day in common."""
    return one.start <= other.end and other.start <= one.end and one.table != other.table


def _complete(days: Sequence[_Row], period: _Row, daily: set[int]) -> bool:
    """Whether days make up a whole period: the account's are all there, or they add up to it."""
    if daily.issuperset(range(period.start, period.end + 1)):
        return True
    figures = np.array([day.flows for day in days])
    compared = ~np.isnan(period.flows) & ~np.isnan(figures).all(axis=0)
    difference = np.abs(np.nansum(figures, axis=0) - period.flows)[compared]
    allowed = SAME_SUM * np.abs(period.flows[compared])
    return bool(compared.any() and (difference <= allowed).all())


_REASONS = {
    "period": (
        "warning",
        "for a period that overlaps the one in {other}: left out, so that nothing counts twice. "
        "Export by day to keep both",
    ),
    "days": ("info", "for a whole period that {other} has day by day: left out"),
    "inside": (
        "warning",
        "for days inside the period of {other}: left out, because not all its days are known. "
        "Export the whole period by day to keep them",
    ),
}


def _left_out(rows: pd.DataFrame, aside: Aside, quiet: Collection[str]) -> Iterator[Finding]:
    file_of = rows["file"].to_dict()
    counts: dict[tuple[str, str, str], int] = {}
    for label, (better, reason) in aside.items():
        case = (str(file_of[label]), str(file_of[better]), reason)
        counts[case] = counts.get(case, 0) + 1
    for (file, other, reason), count in counts.items():
        if file in quiet and other in quiet:
            continue
        severity, message = _REASONS[reason]
        yield Finding(
            "info" if severity == "info" else "warning",
            file,
            f"{counted(count, 'row')} {message.format(other=other)}",
        )
