"""Choosing which rows a KPI is made of, where an account has several tables of the same figures.

Platforms print the same views by day, by post and by country. Adding two of these counts
everything twice, and dividing one by another compares different things. So each KPI of an
account is made from the rows of one grain: the first, in the order below, that has all it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from .catalogue import Kpi, Metric, catalogue

# Figures of the whole account come before those of its parts.
# fmt: off
GRAIN_ORDER = (
    "day", "campaign_day", "campaign", "ad_group_day", "ad_group", "ad", "post", "email",
    "channel_group_day", "channel_group", "source_medium_day", "source_medium", "country", "page",
    "query", "device", "event", "total",
)
# fmt: on

# Only some of an account's figures, or the same ones again and again: never the whole.
PARTIAL_GRAINS = frozenset({"audience", "cohort", "link", "post_day", "rolling_days"})

Account = tuple[str, str]  # channel, account id; empty where a file does not say


def accounts_of(rows: pd.DataFrame) -> pd.MultiIndex:
    """Channel and account of each row, empty text where unknown."""
    columns = [
        rows[name].fillna("") if name in rows else pd.Series("", index=rows.index, dtype="str")
        for name in ("channel", "account_id")
    ]
    return pd.MultiIndex.from_arrays(columns, names=["channel", "account_id"])


def choose_grains(
    rows: pd.DataFrame, kpis: Sequence[Kpi], by: Sequence[str]
) -> dict[str, dict[Account, str]]:
    """For each KPI id and account the grain whose rows it is made of; no entry if none will do."""
    counts = _coverage(rows)
    dimensions = [name for name in by if name not in ("channel", "account_id", "account_name")]
    chosen: dict[str, dict[Account, str]] = {}
    for kpi in kpis:
        metrics = [catalogue().metrics[name] for name in kpi.inputs]
        of_account: dict[Account, str] = {}
        for (channel, account, grain), has in counts:
            where = (channel, account)
            if where in of_account or not all(has(name) for name in dimensions):
                continue
            if _only_stocks(metrics) or all(_available(m, has, grain) for m in metrics):
                of_account[where] = grain
        chosen[kpi.id] = of_account
    return chosen


def _only_stocks(metrics: Sequence[Metric]) -> bool:
    return all(metric.kind in ("stock", "parameter") for metric in metrics)


def _coverage(
    rows: pd.DataFrame,
) -> list[tuple[tuple[str, str, str], Callable[[str], bool]]]:
    """Which columns have values, by channel, account and grain, the better grains first."""
    who = accounts_of(rows)
    keys = [who.get_level_values(0), who.get_level_values(1), rows["grain"].to_numpy()]
    counts = rows.groupby(keys, sort=False).count()
    rank = {grain: position for position, grain in enumerate(GRAIN_ORDER)}
    whole = [key for key in counts.index if key[2] not in PARTIAL_GRAINS]
    ordered = sorted(whole, key=lambda key: rank.get(key[2], len(rank)))

    def has(key: tuple[str, str, str]) -> Callable[[str], bool]:
        known: Mapping[str, int] = counts.loc[key].to_dict()
        return lambda column: known.get(column, 0) > 0

    return [(key, has(key)) for key in ordered]


def _available(metric: Metric, has: Callable[[str], bool], grain: str) -> bool:
    """Whether rows of this grain can give the metric. Stocks may come from any rows."""
    if metric.kind in ("stock", "parameter") or has(metric.id):
        return True
    if metric.rows is not None and metric.rows != grain:
        return False
    if metric.where is not None and not all(has(column) for column in metric.where):
        return False
    if metric.parts:
        return any(has(part) for part in metric.parts)
    if metric.of is None:
        return False
    base = catalogue().metrics.get(metric.of)
    return has(metric.of) or (
        base is not None and base.id != metric.id and _available(base, has, grain)
    )


def rows_of(rows: pd.DataFrame, grains: Mapping[Account, str]) -> pd.DataFrame:
    """The rows of the chosen grains, and beside them the stocks of all rows.

    Followers usually come in a file of their own, so they are kept wherever they stand; the
    other figures of such rows are emptied.
    """
    wanted = pd.Series(accounts_of(rows).to_list(), index=rows.index).map(dict(grains))
    chosen = wanted == rows["grain"]
    metrics = [catalogue().metrics[name] for name in rows if name in catalogue().metrics]
    stocks = [metric.id for metric in metrics if metric.kind == "stock"]
    beside = ~chosen & rows[stocks].notna().any(axis=1) if stocks else ~chosen & False
    frame = rows[chosen | beside].copy()
    emptied = [metric.id for metric in metrics if metric.kind not in ("stock", "parameter")]
    outside = beside[frame.index]
    frame.loc[outside, [name for name in emptied if name in frame]] = float("nan")
    if "post_id" in frame:
        frame["post_id"] = frame["post_id"].where(~outside)
    return frame
