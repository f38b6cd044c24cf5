"""The figures of a target: what the KPI is in some rows, and where a level stood at the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from ..catalogue import Kpi, catalogue
from ..formula import Apply, evaluate
from ..plain import Record, number, plain
from ..results import compute
from .days import DAY, Told
from .pacing import RECENT
from .rows import FIRST, LAST, WHO, Ledger, is_cost, knows, levels, sources

if TYPE_CHECKING:
    from .target import Reason

RECENTLY = "__recently"
LATE = 3  # days by which a level of a week ago may be older than that


@dataclass(frozen=True, slots=True)
class Figure:
    """A KPI, the currency where it is money, and the inputs of its formula."""

    value: float | None
    currency: str = ""
    inputs: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Course:
    """A level from where it stood at the `start`, on the day `since`, to its last `value`.

    `late` is the day on which some account is first known, if that is after the start.
    """

    start: float | None
    since: date
    value: float | None
    change: float | None
    late: date | None


def figure(ledger: Ledger, kpi: Kpi, rows: pd.DataFrame) -> Figure:
    """The KPI of these rows, all in one."""
    found = compute(ledger.dataset_of(rows), [kpi.id], inputs=True).rows if len(rows) else []
    return _figure(kpi, found[0]) if found else Figure(None)


def _figure(kpi: Kpi, row: Record) -> Figure:
    currency = plain(row.get("currency")) if kpi.unit == "currency" else None
    inputs = {name: number(row.get(f"{kpi.id}.{name}")) for name in kpi.inputs}
    return Figure(number(row.get(kpi.id)), str(currency or ""), inputs)


def flow(ledger: Ledger, kpi: Kpi, told: Told) -> tuple[Figure, float | None]:
    """An amount, and what the last seven days brought of it.

    The latter is None where rows tell of several days in one.
    """
    if not told.by_day:
        return figure(ledger, kpi, told.rows), None
    if levels().issuperset(kpi.inputs):  # a level grows between two days
        since = pd.Timestamp(told.last - RECENT * DAY)
        recent = figure(ledger, kpi, told.rows[told.rows[LAST] >= since])
        return figure(ledger, kpi, told.rows), recent.value
    late = told.rows[LAST] > pd.Timestamp(told.last - RECENT * DAY)
    if not late.any():
        return figure(ledger, kpi, told.rows), 0.0
    rows = told.rows.assign(**{RECENTLY: late})
    both = compute(ledger.dataset_of(rows), [kpi.id], by=[RECENTLY]).rows  # in one go: it is slow
    parts = {bool(row[RECENTLY]): _figure(kpi, row) for row in both}
    values = [part.value for part in parts.values()]
    if None in values or len({part.currency for part in parts.values()}) > 1:
        return figure(ledger, kpi, told.rows), None
    total = sum(value for value in values if value is not None)
    return Figure(number(total), parts[True].currency), parts[True].value


def people(ledger: Ledger, kpi: Kpi, told: Told, start: date) -> Figure:
    """A figure that counts people: known only where the platform states it for just these days."""
    found = figure(ledger, kpi, told.rows)
    exactly = told.rows[FIRST].min().date() == start and told.rows[LAST].max().date() == told.last
    return found if exactly else Figure(None, found.currency, found.inputs)


def counts_people(kpi: Kpi) -> bool:
    """Whether people are among what the KPI is made of."""
    return any(catalogue().metrics[name].kind == "unique" for name in kpi.inputs)


def without_result(kpi: Kpi, found: Figure) -> bool:
    """Whether money was spent and brought nothing, so that no cost can be told."""
    if not is_cost(kpi) or None in found.inputs.values():
        return False
    assert isinstance(kpi.tree, Apply)
    paid, results = (evaluate(side, found.inputs) for side in kpi.tree.args)
    return paid is not None and paid > 0 and results == 0


def why_unknown(kpi: Kpi, rows: pd.DataFrame, found: Figure) -> tuple[Reason, tuple[str, ...]]:
    """Why these rows give no value, though they have what the KPI needs; and of what."""
    money = [name for name in kpi.inputs if catalogue().metrics[name].unit == "currency"]
    amounts = [name for name in rows if name in sources(money)]
    if amounts and "currency" in rows:
        paid = rows[amounts].notna().any(axis=1)
        codes = tuple(sorted({str(code) for code in rows.loc[paid, "currency"].dropna().unique()}))
        if len(codes) > 1:
            return "currencies", codes
    if counts_people(kpi):
        return "people", ()
    unknown = tuple(name for name, value in found.inputs.items() if value is None)
    return ("not_told", unknown) if unknown else ("zero", ())


def course(ledger: Ledger, kpi: Kpi, rows: pd.DataFrame, start: date, last: date) -> Course:
    """How a level has moved, account by account: an account that is first known later starts there.

    Of each account the value of the start is the last one known by then.
    """
    known = rows[knows(kpi, rows) & (rows[LAST] <= pd.Timestamp(last))]
    known = known.sort_values([LAST, *kpi.inputs])
    by_then = known[known[LAST] <= pd.Timestamp(start)].groupby(WHO).tail(1)
    later = known[~known[WHO].isin(by_then[WHO])].groupby(WHO).head(1)
    now = known.groupby(WHO).tail(1)
    late = later[LAST].min().date() if len(later) else None
    since = max(by_then[LAST].max().date(), start - DAY) if len(by_then) else late
    assert since is not None
    return Course(
        figure(ledger, kpi, pd.concat([by_then, later])).value,
        since,
        figure(ledger, kpi, now).value,
        _change(known, now, kpi.inputs[0], last),
        late,
    )


def _change(known: pd.DataFrame, now: pd.DataFrame, level: str, last: date) -> float | None:
    """What seven days change, of accounts that are all known about a week ago."""
    week = last - timedelta(days=RECENT)
    about = known[LAST].between(pd.Timestamp(week - LATE * DAY), pd.Timestamp(week))
    then = known[about].groupby(WHO).tail(1).set_index(WHO)
    latest = now.set_index(WHO)
    days = (latest[LAST] - then[LAST]).dt.days
    if len(then) < len(latest) or not (days > 0).all():
        return None
    return float(((latest[level] - then[level]) / days * RECENT).sum())
