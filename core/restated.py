"""What platforms changed since the last report: past figures that have another value now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from .catalogue import catalogue
from .definitions import Kind
from .overlap import same_period
from .periods import RANGE, end, period_of

# What a figure was in the last report, what it is now, and which file says so.
RESTATED: Final = (
    "channel", "account_id", "grain", "date", "date_end", "metric", "before", "after", "file",
)  # fmt: skip
SUMMARY: Final = (
    "channel", "account_id", "grain", "period", "metric", "before", "after", "change", "rows",
)  # fmt: skip
# Floats that were added up in another order differ in their last digits.
NOISE = 1e-9

_WHERE = list(RESTATED[:5])


def restated_rows(
    rows: pd.DataFrame,
    keys: pd.Series[Any],
    counted: pd.DataFrame,
    metrics: Sequence[str],
    *,
    reported: pd.Series[bool],
    aside: pd.Series[bool],
) -> pd.DataFrame:
    """One row for each figure whose newest value is another than the newest one reported.

    `rows` of all exports come oldest first, each with its key, as `newest` takes it.
    `counted` are the rows that count
    now, under the labels they have in `rows`. `reported` marks what the last report knew, and
    `aside` what of it counts no longer. Figures that only one of the two has are no restatement.
    """
    now = keys[counted.index]
    both = now[now.isin(keys[reported]) & now.isin(keys[~reported | aside])]
    if both.empty or not metrics:
        return pd.DataFrame(columns=list(RESTATED))
    label = pd.Series(both.index, index=both.to_numpy())
    before = rows[reported & keys.isin(label.index)]
    before = before[same_period(before, counted.loc[label.loc[keys[before.index]].to_numpy()])]
    last = before[list(metrics)].groupby(keys[before.index], sort=False).last()
    labels = label.loc[last.index].to_numpy()
    after = counted.loc[labels, list(metrics)]
    old, new = (f.to_numpy("float64", na_value=np.nan) for f in (last, after))
    same = np.isclose(old, new, rtol=NOISE, atol=NOISE) | np.isnan(old) | np.isnan(new)
    row, column = np.nonzero(~same)
    found = counted.loc[labels[row]].reset_index(drop=True).reindex(columns=[*_WHERE, "file"])
    found = found.assign(
        metric=pd.Series(np.array(metrics, dtype=object)[column], dtype="str"),
        before=old[row, column],
        after=new[row, column],
    )
    return found[list(RESTATED)]


def summary(restated: pd.DataFrame, period: str) -> pd.DataFrame:
    """Restatements by account, grain, period and metric, the largest change first.

    The columns are `SUMMARY`; `period` is a first day, missing for rows that tell of several
    periods or of no day. Of flows, `before` and `after` are the sums over the figures that
    changed, of stocks the last figures of the period that changed. People and rates are never
    added up: they are listed only where one row tells of the whole period. Accounts and grains
    stay apart, because currencies and the same likes by day and by post must not be added.
    """
    if restated.empty:
        return pd.DataFrame(columns=list(SUMMARY))
    rows = _with_period(restated, period)
    kind = rows["metric"].map({name: metric.kind for name, metric in catalogue().metrics.items()})
    parts = [how(rows[kind == name]) for name, how in _BY_KIND.items() if (kind == name).any()]
    table = pd.concat([part for part in parts if len(part)] or [rows.iloc[:0]], ignore_index=True)
    table = table.assign(change=table["after"] - table["before"])
    order = table["change"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True).reindex(columns=list(SUMMARY))


def _with_period(restated: pd.DataFrame, period: str) -> pd.DataFrame:
    """Rows with the period they are in, and whether they tell of the whole of it."""
    first = pd.to_datetime(restated["date"])
    last = pd.to_datetime(restated["date_end"]).fillna(first)
    if period == RANGE:
        nowhere = pd.Series(pd.NaT, index=restated.index)
        return restated.assign(period=nowhere, _last=last, _whole=False)
    days = {*first.dropna(), *last.dropna()}
    starts = {day: pd.Timestamp(period_of(day.date(), period)) for day in days}
    start, start_of_last = (d.map(starts).astype("datetime64[us]") for d in (first, last))
    ends = {day: pd.Timestamp(end(day.date(), period)) for day in set(start.dropna())}
    return restated.assign(
        period=start.where(start == start_of_last),
        _last=last,
        _whole=(first == start) & (last == start.map(ends)),
    )


_GROUP = ["channel", "account_id", "grain", "period", "metric"]


def _summed(rows: pd.DataFrame) -> pd.DataFrame:
    groups = rows.groupby(_GROUP, dropna=False, sort=False)
    return groups.agg(
        before=("before", "sum"), after=("after", "sum"), rows=("metric", "size")
    ).reset_index()


def _last(rows: pd.DataFrame) -> pd.DataFrame:
    ordered = rows.sort_values("_last", kind="stable")
    sizes = ordered.groupby(_GROUP, dropna=False)["metric"].transform("size")
    return ordered.assign(rows=sizes).drop_duplicates(_GROUP, keep="last")


def _listed(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["_whole"]].assign(rows=1)


_BY_KIND: Final[Mapping[Kind, Callable[[pd.DataFrame], pd.DataFrame]]] = {
    "flow": _summed,
    "stock": _last,
    "unique": _listed,
    "rate": _listed,
    "parameter": _listed,
}
