"""How a figure stands against its target on a day: what should be there, the pace, the status.

Numbers alone: which rows they come from is the business of `core.targets`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..catalogue import Kpi, catalogue
from ..formula import Apply, Name, Node, Number

if TYPE_CHECKING:
    from .target import Reason, Status, Thresholds

Kind = Literal["flow", "stock", "people", "direct"]
"""Adds up over the days; is a level; counts people; or is compared as it is, like a rate."""

Aim = Literal["higher", "lower", "budget", "near"]
"""At least the target; at most the target; to be spent and no more; close to it either way."""

RECENT = 7  # days of the recent pace: one of each day of the week
SLACK = 1e-9  # sums of cents are not exact: what is this near to the target has reached it

# A budget is used up when at least this share is spent: platforms never stop on the cent. It is
# broken above the second share, for the same reason.
BUDGET_USED = 0.95
BUDGET_BROKEN = 1.005
# A value to be met rather than beaten, such as ads seen per person, may be this far from it.
NEAR = 0.1


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a target on a day.

    `elapsed` of `total` days are gone; `total` is None without a deadline. `over` means that the
    deadline has passed and that the data tells of all days. A stock grows from `start_value`.
    """

    kind: Kind
    aim: Aim
    target: float
    actual: float
    elapsed: int
    total: int | None
    over: bool = False
    start_value: float = 0.0


def kind_of(kpi: Kpi) -> Kind:
    """How the KPI behaves over time, from its formula and the kinds of its inputs.

    The difference of a level on two dates, such as net follower growth, adds up over the days.

    >>> [kind_of(catalogue().kpi(name)) for name in ("likes", "followers", "reach", "ctr")]
    ['flow', 'stock', 'people', 'direct']
    """
    kinds = {catalogue().metrics[name].kind for name in kpi.inputs}
    if not _adds_up(kpi.tree) or len(kinds) > 1:
        return "direct"
    found: dict[str, Kind] = {"flow": "flow", "unique": "people", "stock": "flow"}
    if isinstance(kpi.tree, Name):
        found["stock"] = "stock"
    return found.get(next(iter(kinds)), "direct")


def _adds_up(node: Node) -> bool:
    """Whether twice the inputs give twice the value: sums, differences, and multiples of them."""
    match node:
        case Name():
            return True
        case Apply("+" | "-", (left, right)):
            return _adds_up(left) and _adds_up(right)
        case Apply("neg", (one,)) | Apply("*" | "/", (one, Number())) | Apply("*", (Number(), one)):
            return _adds_up(one)
    return False


def aim_of(kpi: Kpi) -> Aim:
    """What reaching a target of this KPI means.

    Money that is neither good nor bad is a budget. Another neutral amount, such as a number of
    posts, is to be reached; a neutral rate is to be met.

    >>> [aim_of(catalogue().kpi(name)) for name in ("ctr", "cpa", "spend", "posts", "frequency")]
    ['higher', 'lower', 'budget', 'higher', 'near']
    """
    if kpi.good != "neutral":
        return kpi.good
    if kind_of(kpi) == "direct":
        return "near"
    return "budget" if kpi.unit == "currency" else "higher"


def expected(standing: Standing) -> float | None:
    """What should be there by now; None without a deadline, by which it could be told."""
    total = standing.total
    if total is None:
        return None
    if standing.kind == "direct" or _to_be_held(standing):
        return standing.target
    share = standing.elapsed / total if total > 0 else 1.0
    start = standing.start_value if standing.kind == "stock" else 0.0
    return start + (standing.target - start) * share


def _to_be_held(standing: Standing) -> bool:
    """A level that was there from the start: it must not be lost again."""
    if standing.kind != "stock":
        return False
    return _reaches(standing.start_value, standing.target, standing.aim)


def pace(standing: Standing) -> float | None:
    """How much of what should be there is there: 1.0 is exactly on time, above it is better.

    Of a budget more is not better: above 1.0 it is spent too fast. None where no share can be
    told: without a deadline, or of an expected value of zero and less.
    """
    due, there = expected(standing), standing.actual
    if due is None:
        return None
    if standing.kind == "stock" and not _to_be_held(standing):
        due, there = due - standing.start_value, there - standing.start_value
        if standing.target < standing.start_value:
            due, there = -due, -there
        return there / due if due > 0 else None
    if due <= 0:
        return None
    if standing.aim == "lower":
        return due / there if there > 0 else None
    if standing.aim == "near":
        return min(due / there, there / due) if there > 0 else 0.0
    return there / due


def attainment(standing: Standing) -> float | None:
    """The share of the whole target: 1.0 is reached.

    Where less is better, target by value; of an amount that may still grow, only at the end.
    """
    if standing.target <= 0:
        return None
    if standing.aim == "lower":
        open_end = standing.kind != "direct" and not standing.over
        return None if open_end or standing.actual <= 0 else standing.target / standing.actual
    return standing.actual / standing.target


def projected(standing: Standing) -> float | None:
    """The value at the deadline if things go on as since the start.

    None for rates, which do not grow with time, and for people: the same ones come back.
    """
    total = standing.total
    if standing.kind not in ("flow", "stock") or total is None or standing.elapsed <= 0:
        return None
    start = standing.start_value if standing.kind == "stock" else 0.0
    return start + (standing.actual - start) * total / standing.elapsed


def projected_recent(standing: Standing, change: float | None) -> float | None:
    """The value at the deadline if things go on as in the last seven days, which brought `change`.

    None before seven days are gone.
    """
    total = standing.total
    if change is None or total is None or standing.elapsed < RECENT:
        return None
    return standing.actual + change / RECENT * (total - standing.elapsed)


def status_of(standing: Standing, thresholds: Thresholds) -> tuple[Status, Reason]:
    """The status, and the key of the reason where the numbers alone do not say it.

    - higher: amounts, levels and people are met once reached, rates at the end; until then the
      pace decides.
    - lower: never met before the end; an amount is off track once it is above the target.
    - budget: off track once it is broken, at risk when spent much too fast, met at the end when
      at least 95 % of it is spent.
    - near: met at the end, and on track before, within a tenth either side.

    What has not been reached by the end is off track.
    """
    return _RULES[standing.aim](standing, thresholds)


def settled(standing: Standing, status: Status, reason: Reason) -> bool:
    """Whether figures that are left out cannot change the status: they would only add to it."""
    if standing.kind != "flow":
        return False
    reached = standing.aim == "higher" and status == "met"
    return reached or reason in ("exceeded", "over_budget")


def _higher(standing: Standing, thresholds: Thresholds) -> tuple[Status, Reason]:
    reached = _reaches(standing.actual, standing.target, "higher")
    if reached and (standing.over or standing.kind != "direct"):
        return "met", ""
    return _open(standing, thresholds)


def _lower(standing: Standing, thresholds: Thresholds) -> tuple[Status, Reason]:
    reached = _reaches(standing.actual, standing.target, "lower")
    if standing.kind in ("flow", "people") and not reached:
        return "off_track", "exceeded"
    if reached and standing.over:
        return "met", ""
    return _open(standing, thresholds)


def _budget(standing: Standing, thresholds: Thresholds) -> tuple[Status, Reason]:
    if standing.actual > standing.target * BUDGET_BROKEN:
        return "off_track", "over_budget"
    if standing.over:
        used = standing.actual >= standing.target * BUDGET_USED
        return ("met", "") if used else ("off_track", "unspent")
    now = pace(standing)
    if now is not None and now * thresholds.at_risk > 1 + SLACK:
        return "at_risk", "fast"
    return _open(standing, thresholds)


def _near(standing: Standing, thresholds: Thresholds) -> tuple[Status, Reason]:
    now = pace(standing)
    near = now is not None and now >= 1 - NEAR - SLACK
    if near:
        return ("met" if standing.over else "on_track"), ""
    return _open(standing, thresholds)


_RULES: dict[Aim, Callable[[Standing, Thresholds], tuple[Status, Reason]]] = {
    "higher": _higher,
    "lower": _lower,
    "budget": _budget,
    "near": _near,
}


def _open(standing: Standing, thresholds: Thresholds) -> tuple[Status, Reason]:
    """What has not been settled: missed after the end, else as the pace says."""
    if standing.over:
        return "off_track", "missed"
    due, now = expected(standing), pace(standing)
    if due is None:
        return "undated", ""
    if now is None:  # no share of nothing: there is enough, or there is not
        aim: Aim = "lower" if standing.aim in ("lower", "budget") else "higher"
        return ("on_track" if _reaches(standing.actual, due, aim) else "off_track"), ""
    if now >= thresholds.on_track - SLACK:
        return "on_track", ""
    return ("at_risk" if now >= thresholds.at_risk - SLACK else "off_track"), ""


def _reaches(value: float, target: float, aim: Aim) -> bool:
    if math.isclose(value, target, rel_tol=SLACK):
        return True
    return value <= target if aim == "lower" else value >= target
