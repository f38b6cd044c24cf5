"""Exports that overlap: the newest value of the same post, campaign or day counts, once."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from .findings import Finding

SHOWN = 3  # examples in a finding


def newest(
    rows: pd.DataFrame, keys: pd.Series[str], metrics: Sequence[str]
) -> tuple[pd.DataFrame, pd.Series[int], list[Finding]]:
    """One row for each key, each column with its newest known value.

    `rows` come oldest export first. An empty key stands for a row that nothing else can be.
    Gives the rows, how many rows of each `table` were replaced, and what to tell.
    """
    repeated = keys.duplicated(keep=False) & (keys != "")
    if not repeated.any():
        return rows, pd.Series(dtype="int64"), []
    twice, key = rows[repeated], keys[repeated]
    last = ~key.duplicated(keep="last")
    label = pd.Series(key.index[last], index=key[last].to_numpy())  # key -> its newest row
    merged = twice.groupby(key, sort=False).last()  # of each column the last value not empty
    merged.index = pd.Index(label.loc[merged.index])
    replaced = twice[~last]
    newer = merged.loc[label.loc[key[~last]].to_numpy()]
    findings = _superseded(replaced, newer, metrics)
    kept = pd.concat([rows[~repeated], merged[rows.columns]]).sort_index()
    return kept, replaced.groupby("table").size(), findings


def _superseded(
    replaced: pd.DataFrame, newer: pd.DataFrame, metrics: Sequence[str]
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
        changes = []
        fell = 0
        for metric in metrics:
            old, new = old_rows[metric].to_numpy(), new_rows[metric].to_numpy()
            both = pd.notna(old) & pd.notna(new)
            fell += int((new[both] < old[both]).sum())
            if old[both].sum() != new[both].sum():
                changes.append(f"{metric} {old[both].sum():,.0f} → {new[both].sum():,.0f}")
        said = f" ({'; '.join(changes[:SHOWN])})" if changes else " with the same figures"
        findings.append(
            Finding(
                "info",
                str(file),
                f"{len(old_rows)} rows come again in {by}: counted once, the newer value used{said}",
            )
        )
        if fell > len(old_rows):
            findings.append(
                Finding(
                    "warning",
                    str(file),
                    f"{fell} figures are lower in {by}, which was taken for the newer file; check "
                    "that it is (the date of the files decides)",
                )
            )
    return findings


def without_overlapping_ranges(
    rows: pd.DataFrame, identity: pd.Series[str]
) -> tuple[pd.DataFrame, list[Finding]]:
    """Set aside rows whose period overlaps a better row of the same thing.

    A campaign exported for 1–14 June and again for 1–21 June must not count twice: days beat
    longer periods, then the newest export wins.
    """
    if "date_end" not in rows or "date" not in rows:
        return rows, []
    start = rows["date"]
    end = rows["date_end"].fillna(rows["date"])
    dated = start.notna() & (identity != "")
    several = identity[dated].duplicated(keep=False)
    ranged = (end > start)[dated]
    suspects = identity[dated][several][identity[dated][several].isin(set(identity[dated][ranged]))]
    aside: list[object] = []
    reasons: dict[tuple[str, str], int] = {}
    for _, group in suspects.groupby(suspects, sort=False):
        kept: list[object] = []
        order = sorted(group.index, key=lambda i: (end[i] > start[i], -rows.index.get_loc(i)))
        for index in order:
            clash = next(
                (
                    k
                    for k in kept
                    if rows["table"][k] != rows["table"][index]
                    and start[k] <= end[index]
                    and start[index] <= end[k]
                ),
                None,
            )
            if clash is None:
                kept.append(index)
            else:
                aside.append(index)
                pair = (str(rows["file"][index]), str(rows["file"][clash]))
                reasons[pair] = reasons.get(pair, 0) + 1
    findings = [
        Finding(
            "warning",
            file,
            f"{count} rows cover a period that overlaps the one in {other}; they are left out "
            "so that nothing counts twice. Export by day to keep both.",
        )
        for (file, other), count in reasons.items()
    ]
    return rows.drop(index=aside), findings
