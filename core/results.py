"""KPIs of a project's exports: each from the rows that can give it, brought into one table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pandas as pd

from .catalogue import Kpi, catalogue
from .compute import kpi_table
from .dataset import Dataset
from .grains import ANY_GRAIN, Account, choose_grains, paired_columns, rows_of
from .periods import label
from .plain import Record, number, plain, records


@dataclass(frozen=True)
class Results:
    """KPIs by group. `table` has the columns of `core.compute.kpi_table`.

    `missing` says for each KPI that no rows can give what it lacks.
    """

    table: pd.DataFrame
    kpis: tuple[Kpi, ...]
    by: tuple[str, ...]
    period: str
    missing: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def rows(self) -> list[Record]:
        """The rows of the table by column name."""
        return records(self.table)

    def as_list(self) -> list[dict[str, object]]:
        """One entry for each group and KPI: the group, `kpi`, `value`, `unit` and `note`."""
        entries: list[dict[str, object]] = []
        for row in self.rows:
            group: dict[str, object] = {name: plain(row[name]) for name in self.by}
            if self.period != "range":
                group[self.period] = label(period_start(row), self.period)
            for kpi in self.kpis:
                entries.append(
                    {
                        **group,
                        "kpi": kpi.id,
                        "value": plain(row[kpi.id]),
                        "unit": _unit(kpi, row),
                        "note": self.missing.get(kpi.id) or _note(kpi, row),
                    }
                )
        return entries


def period_start(row: Record) -> date:
    """The first day of a row's period."""
    start = plain(row["period"])
    assert isinstance(start, date)
    return start


def period_of_row(row: Record) -> date | None:
    """The first day of a row's period; None for the whole range."""
    return period_start(row) if "period" in row else None


def _unit(kpi: Kpi, row: Record) -> str:
    currency = row.get("currency")
    return currency if kpi.unit == "currency" and isinstance(currency, str) else kpi.unit


def _note(kpi: Kpi, row: Record) -> str:
    """What to know about one figure: its bounds where people cannot be added up, else the note."""
    low, high = number(row.get(f"{kpi.id}_low")), number(row.get(f"{kpi.id}_high"))
    if plain(row[kpi.id]) is None and low is not None and high is not None:
        return f"counts people, who cannot be added up: between {low:,} and {high:,}"
    return "; ".join(
        part for part in str(row.get("note") or "").split("; ") if _is_about(part, kpi)
    )


def _is_about(remark: str, kpi: Kpi) -> bool:
    """Whether a remark on a whole row is about this KPI or what it is made of.

    A remark begins with what it is about: "interactions = …", "followers known for …".
    """
    subjects = re.match(r"[\w, ]*?(?= (?:=|needs|known|counts|is|has|in|partly)\b|$)", remark)
    about = set(re.findall(r"\w+", subjects[0] if subjects else remark))
    made_of = {catalogue().metrics[name].of for name in kpi.inputs}
    return bool(about & {kpi.id, *kpi.inputs, *made_of})


def compute(
    dataset: Dataset,
    kpis: Sequence[str],
    *,
    by: Sequence[str] = (),
    period: str = "range",
    compare: Sequence[str] = (),
    inputs: bool = False,
) -> Results:
    """KPIs of a dataset by group and period, no figure counted in two grains.

    With `inputs` the figures of each formula stand beside it, as `<kpi>.<metric>`.
    """
    asked = tuple(dict.fromkeys(catalogue().kpi(name) for name in kpis))
    if dataset.rows.empty:
        return Results(pd.DataFrame(), asked, tuple(by), period)
    chosen = choose_grains(dataset.rows, asked, by)
    tables = []
    for same in _from_the_same_rows(asked, chosen, apart="channel" in by):
        table = kpi_table(
            rows_of(dataset.rows, same.grains, known=same.known),
            [kpi.id for kpi in same.kpis],
            by=by,
            period=period,
            compare=compare,
            totals=dataset.totals if len(dataset.totals) else None,
            inputs=inputs,
        )
        tables.append(_only_where_chosen(table, same.kpis, chosen))
    on = [*by, *(["period"] if period != "range" else [])]
    has = frozenset(dataset.metrics)
    missing = {kpi.id: _lacking(kpi, has) for kpi in asked if not chosen[kpi.id]}
    if not tables:  # the groups alone, so that each can say what it lacks
        table = kpi_table(dataset.rows, [asked[0].id], by=by, period=period)[on]
        tables = [table if on else pd.DataFrame(index=range(1))]
    table = tables[0]
    for other in tables[1:]:
        table = side_by_side(table, other, on)
    empty = pd.DataFrame(dict.fromkeys(missing, float("nan")), index=table.index)
    table = pd.concat([table, empty], axis="columns")
    return Results(in_order(table, asked, on), asked, tuple(by), period, missing)


def _only_where_chosen(
    table: pd.DataFrame, kpis: Sequence[Kpi], chosen: Mapping[str, Mapping[Account, str]]
) -> pd.DataFrame:
    """Empty a KPI in channels whose rows were read for the sake of other KPIs only."""
    if "channel" not in table:
        return table
    channel = table["channel"].fillna("")
    for kpi in kpis:
        outside = ~channel.isin({account[0] for account in chosen[kpi.id]})
        if outside.any():
            table.loc[outside, columns_of(kpi, table)] = float("nan")
    return table


def columns_of(kpi: Kpi, table: pd.DataFrame) -> list[str]:
    """The KPI's own column and those beside it: inputs, bounds, previous value, change."""
    return [
        name
        for name in map(str, table)
        if name == kpi.id
        or name.startswith(f"{kpi.id}.")
        or (name.startswith(f"{kpi.id}_") and name[len(kpi.id) :] in _SUFFIXES)
    ]


@dataclass(slots=True)
class _Batch:
    """KPIs that are computed from the same rows, in one go."""

    kpis: list[Kpi]
    grains: dict[Account, str]
    known: tuple[str, ...]


def _from_the_same_rows(
    kpis: Sequence[Kpi], chosen: Mapping[str, Mapping[Account, str]], *, apart: bool
) -> list[_Batch]:
    """KPIs in as few batches as their rows allow; KPIs that no rows can give are left out.

    Where channels stay `apart`, rows of a channel that cannot give a KPI do no harm to it: the
    KPI is empty there. Added to other channels they would count in one of its inputs only.
    """
    batches: list[_Batch] = []
    for kpi in kpis:
        grains = dict(chosen[kpi.id])
        if not grains:
            continue
        known = paired_columns(kpi)
        fitting = next(
            (
                batch
                for batch in batches
                if batch.known == known
                and (_agree(batch.grains, grains) if apart else batch.grains == grains)
            ),
            None,
        )
        if fitting is None:
            batches.append(_Batch([kpi], grains, known))
        else:
            fitting.kpis.append(kpi)
            read = {account: grain for account, grain in grains.items() if grain != ANY_GRAIN}
            fitting.grains = {**grains, **fitting.grains, **read}
    return batches


def _agree(one: Mapping[Account, str], other: Mapping[Account, str]) -> bool:
    """No channel is read from two grains, and none has accounts in only one of the two."""
    for channel in {account[0] for account in one} & {account[0] for account in other}:
        ours = {account: grain for account, grain in one.items() if account[0] == channel}
        theirs = {account: grain for account, grain in other.items() if account[0] == channel}
        if ours != theirs and ANY_GRAIN not in {*ours.values(), *theirs.values()}:
            return False
    return True


def _lacking(kpi: Kpi, known: frozenset[str]) -> str:
    """What stands in the way of a KPI that no rows can give."""
    absent = [name for name in kpi.inputs if name not in known]
    if absent:
        return f"needs {', '.join(absent)}, which these exports do not have"
    return f"needs {', '.join(kpi.inputs)} in one table; these exports have them in several"


def side_by_side(left: pd.DataFrame, right: pd.DataFrame, on: list[str]) -> pd.DataFrame:
    """Two KPI tables side by side; notes are put together, a currency filled from either."""
    shared = [name for name in ("note", "currency") if name in left and name in right]
    both = (
        left.merge(right, on=on, how="outer", suffixes=("", "_other"))
        if on
        else pd.concat(
            [left, right.rename(columns={name: f"{name}_other" for name in shared})], axis="columns"
        )
    )
    if "currency" in shared:
        both["currency"] = both["currency"].fillna(both.pop("currency_other"))
    if "note" in shared:
        pairs = zip(both["note"].fillna(""), both.pop("note_other").fillna(""), strict=True)
        both["note"] = [
            "; ".join(dict.fromkeys(part for note in pair for part in note.split("; ") if part))
            for pair in pairs
        ]
    return both


def in_order(table: pd.DataFrame, kpis: Sequence[Kpi], on: list[str]) -> pd.DataFrame:
    names = list(on)
    for kpi in kpis:
        names += columns_of(kpi, table)
    names += [name for name in ("currency", "note") if name in table]
    ordered = table[list(dict.fromkeys(names))]
    return ordered.sort_values(on, ignore_index=True) if on else ordered


_SUFFIXES = frozenset({"_low", "_high", "_previous", "_change", "_last_year", "_last_year_change"})
