"""What to tell of rows that another export has in a newer form."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from .findings import Finding, counted

SHOWN = 3  # examples in a finding
SHOWN_FILES = 12
HISTORY = "history"  # stands for all exports that are only remembered
# Platforms take back a few likes and clicks; a figure that falls by more is worth a look.
USUAL_FALL = 0.05


@dataclass(frozen=True, slots=True)
class Pairs:
    """Rows that were replaced, each beside the one that counts: their files and figures."""

    file: npt.NDArray[np.object_]
    by: npt.NDArray[np.object_]
    metrics: Sequence[str]
    before: npt.NDArray[np.float64]
    after: npt.NDArray[np.float64]

    def of(self, chosen: Any) -> Pairs:
        """Those of a mask, or at these positions."""
        return Pairs(
            self.file[chosen],
            self.by[chosen],
            self.metrics,
            self.before[chosen],
            self.after[chosen],
        )


def replaced_rows(
    replaced: pd.DataFrame,
    merged: pd.DataFrame,
    current: pd.Series[Any],
    metrics: Sequence[str],
    quiet: Collection[str],
) -> Pairs:
    """Replaced rows beside the merged ones whose labels are `current`.

    Of two quiet files nothing is to be said. Beside a file that is not, all quiet ones stand as
    one, `HISTORY`, with what the last of them said.
    """
    newer = merged.loc[current.to_numpy(), ["file", *metrics]]
    pairs = Pairs(
        replaced["file"].to_numpy(object),
        newer["file"].to_numpy(object),
        metrics,
        replaced[list(metrics)].to_numpy("float64", na_value=np.nan),
        newer[list(metrics)].to_numpy("float64", na_value=np.nan),
    )
    if not quiet:
        return pairs
    old = replaced["file"].isin(quiet).to_numpy()
    both = old & newer["file"].isin(quiet).to_numpy()
    row = pd.Series(current.to_numpy())
    once = ~old | ~row[old].duplicated(keep="last").reindex(row.index, fill_value=True).to_numpy()
    named = replace(pairs, file=np.where(old, HISTORY, pairs.file))
    return named.of(~both & once)


def superseded(pairs: Pairs, flows: Sequence[str]) -> list[Finding]:
    """For each file replaced in part: how many rows, and which figures changed."""
    findings = []
    for file, rows in pd.Series(pairs.file).groupby(pairs.file, sort=False).indices.items():
        replaced = pairs.of(rows)
        others = sorted(set(replaced.by) - {file})
        if not others:  # two tables of one workbook that tell different things of the same day
            continue
        by = _listed(others)
        changes, falls = _changes(replaced, flows)
        more = f" and {len(changes) - SHOWN} more" if len(changes) > SHOWN else ""
        said = f" ({'; '.join(changes[:SHOWN])}{more})" if changes else ""
        findings.append(
            Finding(
                "info",
                str(file),
                f"{counted(len(rows), 'row')} that {by} has too: counted once, with the newer "
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


def _changes(pairs: Pairs, flows: Sequence[str]) -> tuple[list[str], list[str]]:
    """The sums that changed, over rows where both are known, and those that fell."""
    both = ~np.isnan(pairs.before) & ~np.isnan(pairs.after)
    sums = zip(
        pairs.metrics,
        np.where(both, pairs.before, 0).sum(axis=0).tolist(),
        np.where(both, pairs.after, 0).sum(axis=0).tolist(),
        strict=True,
    )
    changes, falls = [], []
    for metric, before, after in sums:
        change = f"{metric} {_figure(before)} → {_figure(after)}"
        if _figure(before) != _figure(after):
            changes.append(change)
        if metric in flows and after < before * (1 - USUAL_FALL):
            falls.append(change)
    return changes, falls


def _listed(files: Sequence[str]) -> str:
    more = f" and {len(files) - SHOWN_FILES} more" if len(files) > SHOWN_FILES else ""
    return ", ".join(files[:SHOWN_FILES]) + more


def _figure(number: float) -> str:
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.2f}"
