"""KPIs of a project's exports: each from the rows that can give it, brought into one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from .catalogue import Kpi, catalogue
from .compute import kpi_table
from .dataset import Dataset
from .findings import Finding
from .grains import Account, choose_grains, rows_of
from .periods import label


@dataclass(frozen=True, slots=True)
class Results:
    """KPIs by group. `table` has the columns of `core.compute.kpi_table`."""

    table: pd.DataFrame
    kpis: tuple[Kpi, ...]
    by: tuple[str, ...]
    period: str
    findings: tuple[Finding, ...] = ()

    def as_list(self) -> list[dict[str, object]]:
        """One entry for each group and KPI: the group, `kpi`, `value`, `unit` and `note`."""
        entries = []
        for row in self.table.to_dict("records"):
            group = {name: _plain(row[name]) for name in self.by}
            if self.period != "range":
                group[self.period] = label(row["period"], self.period)
            for kpi in self.kpis:
                entries.append(
                    {
                        **group,
                        "kpi": kpi.id,
                        "value": _plain(row[kpi.id]),
                        "unit": _unit(kpi, row),
                        "note": _note(kpi, row),
                    }
                )
        return entries


def _plain(value: object) -> object:
    if value is None or (isinstance(value, float) and value != value) or value is pd.NaT:
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def _unit(kpi: Kpi, row: Mapping[str, object]) -> str:
    currency = row.get("currency")
    return currency if kpi.unit == "currency" and isinstance(currency, str) else kpi.unit


def _note(kpi: Kpi, row: Mapping[str, object]) -> str:
    """What to know about one figure: its bounds where people cannot be added up, else the note."""
    low, high = _plain(row.get(f"{kpi.id}_low")), _plain(row.get(f"{kpi.id}_high"))
    if _plain(row[kpi.id]) is None and low is not None and high is not None:
        return f"counts people, who cannot be added up: between {low:,} and {high:,}"
    words = {kpi.id, *kpi.inputs}
    parts = str(row.get("note") or "").split("; ")
    named = [part for part in parts if any(word in part for word in words)]
    return "; ".join(named)


def compute(
    dataset: Dataset,
    kpis: Sequence[str],
    *,
    by: Sequence[str] = (),
    period: str = "range",
    compare: Sequence[str] = (),
) -> Results:
    """KPIs of a dataset by group and period, no figure counted in two grains.

    Findings say from which rows figures were taken where an account has several that could
    give them.
    """
    asked = tuple(dict.fromkeys(catalogue().kpi(name) for name in kpis))
    if dataset.rows.empty:
        return Results(pd.DataFrame(), asked, tuple(by), period)
    chosen = choose_grains(dataset.rows, asked, by)
    groups: dict[tuple[tuple[Account, str], ...], list[Kpi]] = {}
    for kpi in asked:
        groups.setdefault(tuple(sorted(chosen[kpi.id].items())), []).append(kpi)
    tables = []
    for grains, members in groups.items():
        tables.append(
            kpi_table(
                rows_of(dataset.rows, dict(grains)),
                [kpi.id for kpi in members],
                by=by,
                period=period,
                compare=compare,
                totals=dataset.totals if len(dataset.totals) else None,
            )
        )
    on = [*by, *(["period"] if period != "range" else [])]
    table = tables[0]
    for other in tables[1:]:
        table = _joined(table, other, on)
    return Results(_in_order(table, asked, on), asked, tuple(by), period, ())


def _joined(left: pd.DataFrame, right: pd.DataFrame, on: list[str]) -> pd.DataFrame:
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


def _in_order(table: pd.DataFrame, kpis: Sequence[Kpi], on: list[str]) -> pd.DataFrame:
    names = list(on)
    for kpi in kpis:
        names += [
            name
            for name in table
            if name == kpi.id
            or (name.startswith(f"{kpi.id}_") and name[len(kpi.id) :] in _SUFFIXES)
        ]
    names += [name for name in ("currency", "note") if name in table]
    ordered = table[list(dict.fromkeys(names))]
    return ordered.sort_values(on, ignore_index=True) if on else ordered


_SUFFIXES = frozenset({"_low", "_high", "_previous", "_change", "_last_year", "_last_year_change"})
