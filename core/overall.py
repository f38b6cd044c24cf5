"""KPIs of all channels together, nothing counted twice.

A page's own figures hold what its advertisements brought, and the advertising platform reports
the same again; the website counts conversions that each platform claims for itself. So for each
KPI some channels are added and others are left aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

import numpy as np
import pandas as pd

from .catalogue import Kpi
from .channels import channel
from .dataset import Dataset
from .figures import change_name
from .periods import RANGE, last_year, previous
from .plain import number, plain
from .results import Results, columns_of, compute, in_order, period_of_row, side_by_side

ALL = "all"
"""What stands for all channels where a channel stands otherwise."""

# Which kinds of channels can have a KPI of this scope; any kind where the scope is not named.
KINDS: Mapping[str, frozenset[str]] = {
    "paid": frozenset({"ads"}),
    "organic": frozenset({"social", "web", "search", "email"}),
}
# Counted only in what no other channel has: a newsletter's clicks are not those of social media.
BESIDE = frozenset({"search", "email"})

EARLIER = {"previous": previous, "last_year": last_year}


@dataclass(frozen=True, slots=True)
class Overall:
    """KPIs of all channels by period, and the channels that each of them counts.

    `partial` says of a KPI in a period which of these channels have no figure then.
    """

    results: Results
    channels: Mapping[str, tuple[str, ...]]
    partial: Mapping[tuple[str, date | None], tuple[str, ...]]


def channels_for(kpi: Kpi, present: Iterable[str]) -> tuple[str, ...]:
    """Those of the channels that can be added up for this KPI; `present` are those that have it.

    Channels come in alphabetical order.
    """
    everything = [channel(name) for name in sorted(set(present))]
    kinds = KINDS.get(kpi.scope)
    candidates = [one for one in everything if kinds is None or one.kind in kinds]
    main = [one for one in candidates if one.kind not in BESIDE] or candidates
    names = {one.id for one in main}
    held = {one.id: {name for metric in kpi.inputs for name in one.held_by(metric)} for one in main}
    return tuple(one.id for one in main if not names & held[one.id])


def overall(dataset: Dataset, by_channel: Results) -> Overall:
    """The KPIs of `by_channel`, a result by channel and period, for all channels together.

    It must have been computed with `inputs`, and with the periods before where there are any.
    A change is given only where the same channels are known in both periods: a channel that is
    missing in one of them would make all others seem to rise or fall.
    """
    known = _known(by_channel)
    chosen = {
        kpi.id: counted
        for kpi in by_channel.kpis
        if (counted := channels_for(kpi, {channel for channel, _ in known[kpi.id]}))
    }
    kpis = tuple(kpi for kpi in by_channel.kpis if kpi.id in chosen)
    tables = list(_tables(dataset, by_channel, chosen))
    if not tables:
        return Overall(Results(pd.DataFrame(), (), (), by_channel.period), {}, {})
    on = [] if by_channel.period == RANGE else ["period"]
    table = in_order(reduce(lambda a, b: side_by_side(a, b, on), tables), kpis, on)
    table = _of_those_known(dataset, table, kpis, chosen, known, by_channel.period)
    table, partial = _like_with_like(table, kpis, chosen, known, by_channel.period)
    return Overall(Results(table, kpis, (), by_channel.period), chosen, partial)


Known = Mapping[str, set[tuple[str, date | None]]]  # KPI id -> channels and periods that have it


def _known(by_channel: Results) -> Known:
    known: dict[str, set[tuple[str, date | None]]] = {kpi.id: set() for kpi in by_channel.kpis}
    for row in by_channel.rows:
        name = plain(row["channel"])
        for kpi in by_channel.kpis if name is not None else ():
            if any(number(row.get(key)) is not None for key in (kpi.id, f"{kpi.id}_high")):
                known[kpi.id].add((str(name), period_of_row(row)))
    return known


def _tables(
    dataset: Dataset, by_channel: Results, chosen: Mapping[str, tuple[str, ...]]
) -> Iterable[pd.DataFrame]:
    """One table for each set of channels, of the KPIs that count just these."""
    period = by_channel.period
    on = [] if period == RANGE else ["period"]
    for names in dict.fromkeys(chosen.values()):
        kpis = [kpi for kpi, counted in chosen.items() if counted == names]
        if len(names) == 1:  # as it stands there
            only = by_channel.table[by_channel.table["channel"] == names[0]]
            wanted = [kpi for kpi in by_channel.kpis if kpi.id in kpis]
            yield in_order(only.reset_index(drop=True), wanted, on)
            continue
        yield _of_channels(dataset, names, kpis, period)


def _of_channels(
    dataset: Dataset, names: Iterable[str], kpis: Sequence[str], period: str
) -> pd.DataFrame:
    """The KPIs of these channels together."""
    subset = replace(dataset, rows=dataset.rows[dataset.rows["channel"].isin(names)])
    compare = () if period == RANGE else tuple(EARLIER)
    return compute(subset, kpis, period=period, compare=compare, inputs=True).table


def _starts(table: pd.DataFrame) -> list[date | None]:
    """The first day of the period of each row; None for the whole range."""
    return [day.date() for day in table["period"]] if "period" in table else [None] * len(table)


def _of_those_known(
    dataset: Dataset,
    table: pd.DataFrame,
    kpis: Sequence[Kpi],
    chosen: Mapping[str, tuple[str, ...]],
    known: Known,
    period: str,
) -> pd.DataFrame:
    """Where a channel lacks one side of a formula, the KPI of the others: not half of it."""
    starts = _starts(table)
    again: dict[frozenset[str], dict[str, list[int]]] = {}
    for kpi in kpis:
        for row, start in enumerate(starts) if len(kpi.inputs) > 1 else ():
            names = _having(known[kpi.id], chosen[kpi.id], start)
            if names and len(names) < len(chosen[kpi.id]):
                again.setdefault(names, {}).setdefault(kpi.id, []).append(row)
    for names, places in again.items():
        found = _of_channels(dataset, names, list(places), period)
        if period != RANGE:
            found = found.set_index("period").reindex(table["period"]).reset_index()
        for kpi in (kpi for kpi in kpis if kpi.id in places):
            rows = places[kpi.id]
            for column in (name for name in columns_of(kpi, found) if name in table):
                table.loc[rows, column] = found.loc[rows, column].to_numpy()
    return table


def _like_with_like(
    table: pd.DataFrame,
    kpis: Iterable[Kpi],
    chosen: Mapping[str, tuple[str, ...]],
    known: Known,
    period: str,
) -> tuple[pd.DataFrame, dict[tuple[str, date | None], tuple[str, ...]]]:
    """The table without changes between different sets of channels, and what is partial."""
    table = table.copy()
    partial: dict[tuple[str, date | None], tuple[str, ...]] = {}
    starts = _starts(table)
    for kpi in kpis:
        here = [_having(known[kpi.id], chosen[kpi.id], start) for start in starts]
        for start, names in zip(starts, here, strict=True):
            if names and len(names) < len(chosen[kpi.id]):
                partial[kpi.id, start] = tuple(n for n in chosen[kpi.id] if n not in names)
        for leap, before in EARLIER.items() if period != RANGE else ():
            unlike = np.array(
                [
                    start is None
                    or (then := before(start, period)) is None
                    or _having(known[kpi.id], chosen[kpi.id], then) != names
                    for start, names in zip(starts, here, strict=True)
                ]
            )
            for column in (f"{kpi.id}_{leap}", change_name(kpi, leap)):
                if column in table:
                    table[column] = table[column].mask(unlike)
    return table, partial


def _having(
    known: set[tuple[str, date | None]], names: Iterable[str], start: date | None
) -> frozenset[str]:
    return frozenset(name for name in names if (name, start) in known)
