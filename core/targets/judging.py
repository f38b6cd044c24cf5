"""How one target stands: its rows, its figures, its pace, and what to say of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from ..catalogue import Kpi, catalogue
from ..dataset import Dataset
from ..findings import Finding
from ..nearest import did_you_mean, shortened
from ..overall import channels_for
from .days import LONG, Told, crosses, last_day, told
from .figures import (
    Figure,
    counts_people,
    course,
    figure,
    flow,
    people,
    why_unknown,
    without_result,
)
from .pacing import (
    Standing,
    aim_of,
    attainment,
    expected,
    kind_of,
    pace,
    projected,
    projected_recent,
    settled,
    status_of,
)
from .rows import PLACES, Choose, Ledger
from .target import Judged, Reason, Target, Thresholds

SHOWN = 6  # names in a message
# Reasons that hold whatever else the data leaves out, and come before what it does.
_CERTAIN: frozenset[Reason] = frozenset({"exceeded", "over_budget", "fast"})


def judged(
    targets: Sequence[Target],
    dataset: Dataset,
    *,
    today: date,
    thresholds: Thresholds,
    choose: Choose | None,
) -> tuple[list[Judged], list[Finding]]:
    """What `core.targets.judge` gives."""
    if dataset.rows.empty:
        return [replace(_unknown(t, today), thresholds=thresholds) for t in targets], []
    ledger = Ledger(dataset, today=today, choose=choose or channels_for)
    found: list[Judged] = []
    findings: list[Finding] = []
    for target in targets:
        one, message = _judged(target, ledger, thresholds)
        found.append(replace(one, thresholds=thresholds))
        if message:
            findings.append(Finding("warning", target.where or "Targets", message))
    return found, findings


def _unknown(target: Target, today: date) -> Judged:
    upcoming = target.start is not None and today < target.start
    return Judged(target, "upcoming" if upcoming else "no_data")


def _judged(target: Target, ledger: Ledger, thresholds: Thresholds) -> tuple[Judged, str]:
    """The target as it stands, and what to tell where the data cannot answer it."""
    kpi = catalogue().kpi(target.kpi)
    unknown = _unknown(target, ledger.today)
    alone = [place for place in PLACES if not ledger.has([place], target)]
    if alone or not ledger.has(PLACES, target):
        return _unmatched(unknown, alone, ledger)
    if unknown.status == "upcoming":
        return unknown, ""
    rows = ledger.part(target, kpi)
    if rows.empty:
        needs = ledger.lacking(target, kpi)
        message = _needing(kpi, target, needs)
        return replace(unknown, reason="needs", about=needs or kpi.inputs), message
    until = ledger.today if target.end is None else min(target.end, ledger.today)
    beside = ledger.beside(target, kpi, rows)
    found = told(ledger, kpi, rows, target.start, until, beside=beside)
    if found is not None:
        return _known(target, kpi, ledger, rows, found, thresholds), ""
    if crosses(ledger, kpi, rows, target.start, until):
        return replace(unknown, reason="across"), ""
    return replace(unknown, reason="not_yet", day=last_day(kpi, rows)), ""


def _unmatched(unknown: Judged, alone: Sequence[str], ledger: Ledger) -> tuple[Judged, str]:
    """A target of which no row is: `alone` are the places whose name is nowhere in the data."""
    target = unknown.target
    asked = {place: getattr(target, place) for place in PLACES if getattr(target, place).strip()}
    if unknown.status == "upcoming":
        if set(alone) <= {"campaign"}:  # which has not begun
            return unknown, ""
    else:
        about = tuple(asked[place] for place in alone or asked)
        unknown = replace(unknown, reason="no_match", about=about)
    if not alone:
        names = " and ".join(f"{place} {shortened(name)}" for place, name in asked.items())
        return unknown, f"no row of the data is of {names} at once: the target has no data"
    place = alone[0]
    known = ledger.names(place)
    near = did_you_mean(asked[place], known)
    if not near and 0 < len(known) <= SHOWN:
        near = f" It has {', '.join(known)}."
    return unknown, f"no row of the data is of the {place} {shortened(asked[place])}.{near}"


def _needing(kpi: Kpi, target: Target, needs: Sequence[str]) -> str:
    places = [getattr(target, place) for place in PLACES if getattr(target, place).strip()]
    whose = f" of {', '.join(map(shortened, places))}" if places else ""
    what = ", ".join(needs) if needs else f"{', '.join(kpi.inputs)} in one table"
    return (
        f"the target for {kpi.id!r} needs {what}, which the data{whose} does not have: add an "
        "export that has it, or set the target on another KPI"
    )


def _known(
    target: Target,
    kpi: Kpi,
    ledger: Ledger,
    rows: pd.DataFrame,
    found: Told,
    thresholds: Thresholds,
) -> Judged:
    """A target of whose days the data tells something."""
    standing, measured = _standing(target, kpi, ledger, rows, found)
    unknown = Judged(target, "no_data", as_of=found.last, currency=measured.figure.currency)
    if standing is None:
        if without_result(kpi, measured.figure):
            return replace(unknown, status="off_track", reason="spend_without_result")
        reason, about = why_unknown(kpi, found.rows, measured.figure)
        return replace(unknown, reason=reason, about=about)
    status, reason = status_of(standing, thresholds)
    if found.across and not settled(standing, status, reason):
        return replace(unknown, reason="across", actual=standing.actual)
    judged = replace(
        unknown,
        status=status,
        reason=reason,
        actual=standing.actual,
        start_value=standing.start_value if standing.kind == "stock" else None,
        expected=expected(standing),
        pace=pace(standing),
        attainment=attainment(standing),
        projected=projected(standing),
        projected_recent=projected_recent(standing, measured.change),
    )
    return _with_shortfall(judged, found, measured.late, ledger.today)


@dataclass(frozen=True, slots=True)
class _Measured:
    """What was computed for a target; `late` is when a level is first known after the start."""

    figure: Figure
    change: float | None = None
    late: date | None = None


def _standing(
    target: Target, kpi: Kpi, ledger: Ledger, rows: pd.DataFrame, found: Told
) -> tuple[Standing | None, _Measured]:
    """The numbers to judge, None where the KPI has no value; and how they came about."""
    kind = kind_of(kpi)
    start = target.start or found.first
    since, first, start_value = start, 1, 0.0  # the first day counts in full
    if kind == "stock":
        path = course(ledger, kpi, rows, start, found.last)
        measured = _Measured(Figure(path.value), path.change, path.late if target.start else None)
        since, first, start_value = path.since, 0, path.start or 0.0
    elif counts_people(kpi):
        measured = _Measured(people(ledger, kpi, found, start))
    elif kind == "flow":
        measured = _Measured(*flow(ledger, kpi, found))
    else:
        measured = _Measured(figure(ledger, kpi, found.rows))
    if measured.figure.value is None:
        return None, measured
    past = target.end is not None and target.end < ledger.today
    standing = Standing(
        kind,
        aim_of(kpi),
        target.target,
        measured.figure.value,
        (found.last - since).days + first,
        None if target.end is None else (target.end - since).days + first,
        over=past and found.last == target.end and not found.stopped,
        start_value=start_value,
    )
    return standing, measured


def _with_shortfall(one: Judged, found: Told, late: date | None, today: date) -> Judged:
    """The target with what the data leaves out as its reason, where that could matter."""
    if one.reason in _CERTAIN:
        return one
    target = one.target
    if late is not None:
        return replace(one, reason="started_later", day=late)
    if one.status != "met":
        end = today if target.end is None else min(target.end, today)
        gap = (end - found.last).days
        if found.stopped:
            return replace(one, reason="stopped", about=found.stopped)
        if gap > LONG or (gap > 0 and end < today):
            return replace(one, reason="data_until", day=found.last)
        if target.start is not None and (found.since - target.start).days > LONG:
            return replace(one, reason="data_from", day=found.since)
    if target.start is None and one.reason == "":
        return replace(one, reason="no_start", day=found.first)
    return one
