"""Exports that overlap: the newest value of the same post, campaign or day counts, once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from .findings import Finding

SHOWN = 3  # examples in a finding
# Platforms take back a few likes and clicks; a figure that falls by more is worth a look.
USUAL_FALL = 0.05
# Figures of days and of the period they make up differ by late conversions and rounding.
SAME_SUM = 0.01


def posts_listed_twice(rows: pd.DataFrame, again: pd.Series[int]) -> list[Finding]:
    """A warning for each file in which a post stands more than once; all of them are counted."""
    if "post_id" not in rows:
        return []
    twice = rows[(again > 0) & (rows["grain"] == "post") & rows["post_id"].notna()]
    return [
        Finding(
            "warning",
            str(file),
            f"{_counted(len(posts))} of a post that this file lists already (such as "
            f"{posts['post_id'].iloc[0]}); all are counted. If it was put together from several "
            "exports, give these as files of their own",
        )
        for file, posts in twice.groupby("file", sort=False)
    ]


def newest(
    rows: pd.DataFrame, keys: pd.Series[str], metrics: Sequence[str], *, flows: Sequence[str] = ()
) -> tuple[pd.DataFrame, list[Finding]]:
    """One row for each key, each column with its newest known value.

    `rows` come oldest export first. An empty key stands for a row that nothing else can be.
    `flows` are the metrics that are not expected to fall. Gives the rows and what to tell.
    """
    repeated = keys.duplicated(keep=False) & (keys != "")
    if not repeated.any():
        return rows, []
    twice, key = rows[repeated], keys[repeated]
    last = ~key.duplicated(keep="last")
    label = pd.Series(key.index[last], index=key[last].to_numpy())  # key -> its newest row
    current = twice.loc[label.loc[key].to_numpy()]
    fits = _same_period(twice, current)
    merged = twice[fits].groupby(key[fits], sort=False).last()  # of each column the last known
    merged.index = pd.Index(label.loc[merged.index])
    replaced = twice[~last]
    newer = merged.loc[label.loc[key[~last]].to_numpy()]
    findings = _superseded(replaced, newer, metrics, flows)
    kept = pd.concat([rows[~repeated], merged[rows.columns]]).sort_index()
    return kept, findings


def _same_period(rows: pd.DataFrame, current: pd.DataFrame) -> pd.Series[bool]:
    """Rows that may fill gaps of the current one: the clicks of 1–7 are not those of 1–14."""
    if "date_end" not in rows:
        return pd.Series(True, index=rows.index)
    old, new = rows["date_end"], current["date_end"].set_axis(rows.index)
    return (old == new) | (old.isna() & new.isna())


def _superseded(
    replaced: pd.DataFrame, newer: pd.DataFrame, metrics: Sequence[str], flows: Sequence[str]
) -> list[Finding]:
    """For each file replaced in part: how many rows, and which figures changed.

    `newer` holds beside each replaced row the row that counts.
    """
    findings = []
    for file in dict.fromkeys(replaced["file"]):
        chosen = (replaced["file"] == file).to_numpy()
        old_rows, new_rows = replaced[chosen], newer[chosen]
        others = sorted(set(new_rows["file"]) - {file})
        if not others:  # two tables of one workbook that tell different things of the same day
            continue
        by = ", ".join(others)
        changes, falls = [], []
        for metric in metrics:
            old, new = old_rows[metric].to_numpy(float), new_rows[metric].to_numpy(float)
            both = ~np.isnan(old) & ~np.isnan(new)
            before, after = old[both].sum(), new[both].sum()
            change = f"{metric} {_figure(before)} → {_figure(after)}"
            if _figure(before) != _figure(after):
                changes.append(change)
            if metric in flows and after < before * (1 - USUAL_FALL):
                falls.append(change)
        more = f" and {len(changes) - SHOWN} more" if len(changes) > SHOWN else ""
        said = f" ({'; '.join(changes[:SHOWN])}{more})" if changes else ""
        findings.append(
            Finding(
                "info",
                str(file),
                f"{_counted(len(old_rows))} that {by} has too: counted once, with the newer "
                f"{'values' if changes else 'values, which are the same'}{said}",
            )
        )
        if falls:
            findings.append(
                Finding(
                    "warning",
                    str(file),
                    f"figures fall in {by}, which was taken for the newer file: "
                    f"{'; '.join(falls[:SHOWN])}. Check that it is the newer one: the date of the "
                    "files decides",
                )
            )
    return findings


def _counted(number: int) -> str:
    return "1 row" if number == 1 else f"{number:,} rows"


def _figure(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:,.2f}"


@dataclass(slots=True)
class _Choice:
    """Which rows of one thing count; `aside` holds the others and why."""

    kept: list[Hashable] = field(default_factory=list)
    aside: dict[Hashable, tuple[Hashable, str]] = field(default_factory=dict)


def without_overlapping_ranges(
    rows: pd.DataFrame, identity: pd.Series[str], *, flows: Sequence[str] = ()
) -> tuple[pd.DataFrame, list[Finding]]:
    """Set aside rows whose period overlaps that of a better row of the same thing.

    A campaign exported for 1–14 June and again for 1–21 June must not count twice: the newest
    period wins. Days win over a period if they are all there (or add up to it); otherwise they
    are set aside for it.
    """
    if "date_end" not in rows or "date" not in rows:
        return rows, []
    dated = rows["date"].notna() & (identity != "")
    ranged = dated & (rows["date_end"] > rows["date"])
    suspects = identity[dated & identity.isin(set(identity[ranged]))]
    suspects = suspects[suspects.duplicated(keep=False)]
    if suspects.empty:
        return rows, []
    daily = _days_of_accounts(rows[dated & ~ranged])
    aside: dict[Hashable, tuple[Hashable, str]] = {}
    for _, group in suspects.groupby(suspects, sort=False):
        aside |= _chosen(rows.loc[group.index], daily, flows).aside
    return rows.drop(index=list(aside)), list(_left_out(rows, aside))


def _account(row: pd.Series) -> tuple[object, ...]:
    return tuple(
        None if pd.isna(row.get(name)) else row[name] for name in ("grain", "channel", "account_id")
    )


def _days_of_accounts(days: pd.DataFrame) -> dict[tuple[object, ...], set[object]]:
    """The days that the rows of each kind and account tell of, whichever campaign they name."""
    names = [name for name in ("grain", "channel", "account_id") if name in days]
    seen: dict[tuple[object, ...], set[object]] = {}
    for _, row in days[[*names, "date"]].drop_duplicates().iterrows():
        seen.setdefault(_account(row), set()).add(row["date"])
    return seen


def _chosen(
    group: pd.DataFrame, daily: dict[tuple[object, ...], set[object]], flows: Sequence[str]
) -> _Choice:
    """Go through the periods of one thing, the newest first."""
    ranged = group["date_end"] > group["date"]
    days = group[~ranged]
    choice = _Choice()
    for label, row in group[ranged].iloc[::-1].iterrows():
        clash = [k for k, kept in group.loc[choice.kept].iterrows() if _overlap(kept, row)]
        if clash:
            choice.aside[label] = clash[0], "period"
            continue
        inside = days[
            days["date"].between(row["date"], row["date_end"])
            & (days["table"] != row["table"])
            & ~days.index.isin(list(choice.aside))
        ]
        if inside.empty:
            choice.kept.append(label)
        elif _complete(inside, row, daily.get(_account(row), set()), flows):
            choice.aside[label] = inside.index[0], "days"
        else:
            choice.kept.append(label)
            choice.aside |= dict.fromkeys(inside.index, (label, "inside"))
    return choice


def _overlap(one: pd.Series, other: pd.Series) -> bool:
    """Whether two periods of different tables have a day in common."""
    apart = one["date"] > other["date_end"] or other["date"] > one["date_end"]
    return not apart and one["table"] != other["table"]


def _complete(
    days: pd.DataFrame, period: pd.Series, daily: set[object], flows: Sequence[str]
) -> bool:
    """Whether days make up a whole period: none is missing, or they add up to it."""
    if set(pd.date_range(period["date"], period["date_end"])) <= daily:
        return True
    compared = [name for name in flows if pd.notna(period[name]) and days[name].notna().any()]
    return bool(compared) and all(
        abs(days[name].sum() - period[name]) <= SAME_SUM * abs(period[name]) for name in compared
    )


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


def _left_out(rows: pd.DataFrame, aside: dict[Hashable, tuple[Hashable, str]]) -> Iterator[Finding]:
    file_of = rows["file"].to_dict()
    counts: dict[tuple[str, str, str], int] = {}
    for label, (better, reason) in aside.items():
        case = (str(file_of[label]), str(file_of[better]), reason)
        counts[case] = counts.get(case, 0) + 1
    for (file, other, reason), count in counts.items():
        severity, message = _REASONS[reason]
        yield Finding(
            "info" if severity == "info" else "warning",
            file,
            f"{_counted(count)} {message.format(other=other)}",
        )
