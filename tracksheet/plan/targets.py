"""Rows of the Targets tab."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from ..core.catalogue import Kpi
from ..core.exports.numbers import Number
from ..core.exports.source import Cell
from ..core.findings import Finding
from ..core.formula import Apply, Node
from ..core.targets import Target
from . import cells
from .cells import CellError
from .known import Known, kpi
from .rows import TabRow, repeated

# What a unit of time typed behind the number is worth in seconds.
_TIMES: Final = {
    "s": 1, "sec": 1, "second": 1, "seconds": 1, "seconde": 1, "secondes": 1,
    "min": 60, "minute": 60, "minutes": 60, "h": 3600, "hour": 3600, "hours": 3600, "heure": 3600,
    "heures": 3600, "d": 86400, "day": 86400, "days": 86400, "j": 86400, "jour": 86400,
    "jours": 86400,
}  # fmt: skip
_TIMED = re.compile(r"\s*([\d.,' \u00a0\u202f]+?)\s*([a-z]+)\.?\s*", re.IGNORECASE)
_SECONDS: Final = {"seconds": 1, "hours": 3600}  # of a unit of KPIs
_WITHOUT_PERCENT: Final = frozenset({"count", "currency", "seconds", "hours", "points", "number"})


def target_of(row: TabRow, known: Known) -> Target | None:
    """The target of a row; None where it cannot be told what should be reached."""
    wanted = _kpi(row)
    target = _figure(row, wanted, known) if wanted is not None else None
    channel = row.named("channel", known.channel, needed=True)
    brand = row.named("brand", known.brand, needed=True)
    start, end = row.day("start", needed=True), row.day("end", needed=True)
    if start is not None and end is not None and start > end:
        row.refuse(f"the target starts on {start} after its end on {end}: correct one of them")
    campaign = row.text("campaign", needed=True)
    owner, note = row.text("owner"), row.verbatim("note")
    if row.left_out or wanted is None or target is None:
        return None
    if end is None:
        row.doubt(f"no deadline, so the target cannot be judged: fill in {row.heading('end')}")
    if not owner:
        row.doubt(f"nobody answers for this target: fill in {row.heading('owner')}")
    return Target(wanted.id, target, channel, campaign, brand, start, end, owner, note, row.where)


def repeated_targets(targets: Iterable[Target]) -> Iterator[Finding]:
    """Targets that an earlier row sets too, for the same figure and the same days."""
    return repeated(
        (
            (replace(one, target=0, owner="", note="", where="",
                     campaign=one.campaign.casefold(), brand=one.brand.casefold()), one.where)
            for one in targets
        ),
        lambda row: f"{row} sets a target for the same KPI and days too: delete one of the two",
    )  # fmt: skip


def _kpi(row: TabRow) -> Kpi | None:
    found = row.named("kpi", lambda typed: (kpi(typed).id, ""), needed=True)
    if not found and not row.left_out:
        row.refuse(f"no KPI: choose one under {row.heading('kpi')}")
    return kpi(found) if found else None


def _figure(row: TabRow, wanted: Kpi, known: Known) -> float | None:
    """What should be reached, in the unit of the KPI."""
    cell = row.cells.get("target")
    timed = _in_time(cell, wanted) if cell is not None else None
    found = timed or row.value("target", whole=wanted.unit == "count")
    if row.left_out:
        return None
    if found is None or found.value is None:
        row.refuse(f"no number to reach: fill in {row.heading('target')}")
        return None
    if found.currency and known.currencies and found.currency not in known.currencies:
        row.doubt(
            f"{row.heading('target')}: the amount is in {found.currency}, and amounts are never "
            f"converted: the accounts are in {', '.join(sorted(known.currencies))}"
        )
    try:
        return _fitting(found, wanted, cells.shown(cell if cell is not None else ""))
    except CellError as error:
        row.refuse(f"{row.heading('target')}: {error}")
        return None


def _in_time(cell: Cell, wanted: Kpi) -> Number | None:
    """ "2 h" or "90 min" for a KPI in seconds or hours; None for any other text."""
    timed = _TIMED.fullmatch(cell) if isinstance(cell, str) and wanted.unit in _SECONDS else None
    if timed is None or timed[2].casefold() not in _TIMES:
        return None
    try:
        found = cells.number(timed[1])
    except CellError:
        return None
    if found.value is None:
        return None
    return Number(float(found.value) * _TIMES[timed[2].casefold()] / _SECONDS[wanted.unit])


def _fitting(found: Number, wanted: Kpi, typed: str) -> float:
    """The value, if it makes sense for the KPI; raises `CellError`."""
    assert found.value is not None
    value = float(found.value)
    if found.currency and wanted.unit != "currency":
        raise CellError(f"{typed} is an amount, and {wanted.id} counts no money: write a number")
    if found.percent and wanted.unit in _WITHOUT_PERCENT:
        raise CellError(f"{typed} is a percentage, and {wanted.id} is none: write the number")
    if wanted.unit == "ratio" and not found.percent and abs(value) >= 1:
        percent, fraction = f"{value:.15g}", f"{value / 100:.15g}"
        raise CellError(
            f"{typed} could be {percent} % or {100 * value:.15g} %, because {wanted.id} is a rate: "
            f"write {percent} % or {fraction}"
        )
    lowest_ok = _can_be_negative(wanted)
    if value < 0 and not lowest_ok:
        raise CellError(f"{typed} is below zero, which {wanted.id} never is: write what to reach")
    if value == 0 and wanted.good == "higher" and not lowest_ok:
        raise CellError(f"{typed} is reached by doing nothing: write what to reach")
    return value


def _can_be_negative(wanted: Kpi) -> bool:
    """Whether a KPI takes something off something else, as growth and returns do."""

    def takes_off(node: Node) -> bool:
        return isinstance(node, Apply) and (node.op == "-" or any(map(takes_off, node.args)))

    return takes_off(wanted.tree)
