"""Choosing which rows a KPI is made of, where an account has several tables of the same figures.

Platforms print the same views by day, by post and by country. Adding two of these counts
everything twice, and dividing one by another compares different things. So each KPI of an
account is made from the rows of one grain: the first, in the order below, that has all it needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from .catalogue import Kpi, Metric, catalogue
from .findings import Finding, counted
from .periods import RANGE, period_of

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

# Stocks and what a person gives hold for an account whatever else a row tells.
LEVELS = frozenset({"stock", "parameter"})
ANY_GRAIN = ""

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
    sources = _sources(rows)
    dimensions = [name for name in by if name not in ("channel", "account_id", "account_name")]
    chosen: dict[str, dict[Account, str]] = {}
    for kpi in kpis:
        metrics = [catalogue().metrics[name] for name in kpi.inputs]
        levels_only = all(metric.kind in LEVELS for metric in metrics)
        of_account: dict[Account, str] = {}
        for source in sources:
            if source.account in of_account or not source.here.issuperset(dimensions):
                continue
            if all(_available(metric, source) for metric in metrics):
                of_account[source.account] = ANY_GRAIN if levels_only else source.grain
        chosen[kpi.id] = of_account
    return chosen


@dataclass(frozen=True, slots=True)
class _Source:
    """Rows of one grain of an account: the columns they have values in, and the account has."""

    account: Account
    grain: str
    here: frozenset[str]
    anywhere: frozenset[str]


def _sources(rows: pd.DataFrame) -> list[_Source]:
    """What each account's rows can give, by grain, the better grains first."""
    who = accounts_of(rows)
    keys = [who.get_level_values(0), who.get_level_values(1), rows["grain"].to_numpy()]
    counts = rows.groupby(keys, sort=False).count()
    here: dict[tuple[str, str, str], frozenset[str]] = {}
    anywhere: dict[Account, frozenset[str]] = {}
    for (channel, account, grain), known in zip(counts.index, counts.to_numpy() > 0, strict=True):
        columns = frozenset(counts.columns[known])
        here[(channel, account, grain)] = columns
        anywhere[(channel, account)] = anywhere.get((channel, account), frozenset()) | columns
    rank = {grain: position for position, grain in enumerate(GRAIN_ORDER)}
    whole = [key for key in here if key[2] not in PARTIAL_GRAINS]
    return [
        _Source((channel, account), grain, here[(channel, account, grain)],
                anywhere[(channel, account)])
        for channel, account, grain in sorted(whole, key=lambda key: rank.get(key[2], len(rank)))
    ]  # fmt: skip


def _available(metric: Metric, source: _Source) -> bool:
    """Whether these rows can give the metric. Stocks may come from any rows of the account."""
    columns = source.anywhere if metric.kind in LEVELS else source.here
    if source.grain in metric.partial_in:
        return False
    if metric.id in columns:
        return True
    if metric.rows is not None and metric.rows != source.grain:
        return False
    if metric.where is not None and not columns.issuperset(metric.where):
        return False
    if metric.parts:
        return any(part in columns for part in metric.parts)
    if metric.of is None:
        return False
    base = catalogue().metrics.get(metric.of)
    return metric.of in columns or (base is not None and _available(base, source))


def paired_columns(kpi: Kpi) -> tuple[str, ...]:
    """Columns that must be known in a row for the row to count at all.

    Interactions over the reach of posts: a post without a reach would add to one side only.
    """
    metrics = [catalogue().metrics[name] for name in kpi.inputs]
    limited = [metric for metric in metrics if metric.rows is not None and metric.take is None]
    return tuple(metric.id for metric in limited) if len(metrics) > 1 else ()


def rows_of(
    rows: pd.DataFrame, grains: Mapping[Account, str], *, known: Sequence[str] = ()
) -> pd.DataFrame:
    """The rows of the chosen grains, and beside them the stocks of all rows.

    Followers usually come in a file of their own, so they are kept wherever they stand; the
    other figures of such rows are emptied.
    """
    wanted = pd.Series(accounts_of(rows).to_list(), index=rows.index).map(dict(grains))
    chosen = wanted == rows["grain"]
    for name in known:
        columns = [name, catalogue().metrics[name].of]
        has_value = pd.Series(False, index=rows.index)
        for column in columns:
            has_value |= rows[column].notna() if column in rows else False
        chosen &= has_value
    metrics = [metric for name, metric in catalogue().metrics.items() if name in rows]
    stocks = catalogue().of_kind("stock", rows)
    beside = ~chosen & rows[stocks].notna().any(axis=1) if stocks else ~chosen & False
    frame = rows[chosen | beside].copy()
    emptied = [metric.id for metric in metrics if metric.kind not in LEVELS]
    outside = beside[frame.index]
    frame.loc[outside, [name for name in emptied if name in frame]] = float("nan")
    if "post_id" in frame:
        frame["post_id"] = frame["post_id"].where(~outside)
    return frame


def left_out_of_periods(rows: pd.DataFrame, period: str) -> list[Finding]:
    """What tables by period cannot show: rows that cover several periods, or have no date.

    They count in figures of the whole range. One finding a file.
    """
    if period == RANGE or rows.empty:
        return []
    whole = rows[~rows["grain"].isin(PARTIAL_GRAINS)]
    date = whole["date"] if "date" in whole else pd.Series(pd.NaT, index=whole.index)
    end = whole["date_end"].fillna(date) if "date_end" in whole else date
    first = {day: period_of(day.date(), period) for day in {*date.dropna(), *end.dropna()}}
    across = date.notna() & (date.map(first) != end.map(first))
    return [
        Finding("warning", str(file), f"{counted(count, 'row')} {why}")
        for mask, why in (
            (
                across,
                f"cover more than one {period}: they count in the whole range, not by "
                f"{period}. Export by day or by {period} to see them there",
            ),
            (date.isna(), f"have no date: they count in the whole range, not by {period}"),
        )
        for file, count in whole.loc[mask, "file"].value_counts(sort=False).items()
    ]
