"""Targets: what a KPI should reach by when, and how it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ..catalogue import Kpi
    from ..dataset import Dataset
    from ..findings import Finding

Status = Literal["met", "on_track", "at_risk", "off_track", "no_data", "upcoming", "undated"]
Reason = Literal[
    "",
    "no_match",  # no row of this brand, channel or campaign: `about` says which
    "needs",  # `about` are the metrics that the data does not have
    "not_yet",  # nothing of these days; the data ends on `day`
    "across",  # some figures are of days in and outside the target's in one
    "people",  # who cannot be added up
    "currencies",  # `about` are several of them
    "not_told",  # nobody can say what the metrics in `about` are over these days
    "zero",  # nothing to divide by
    "spend_without_result",
    "missed",
    "exceeded",
    "over_budget",
    "unspent",
    "fast",
    "stopped",  # the data of the channels in `about` ends earlier
    "data_until",  # the data ends on `day`
    "started_later",  # a level is first known on `day`
    "data_from",  # the data begins on `day`
    "no_start",  # counted from the first day of the data, `day`
]


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to reach by a deadline.

    `kpi` is an id of the catalogue; an empty `channel`, `campaign` or `brand` counts all of them.
    `target` is a fraction for ratios. `where` names the cell or row that says so.
    """

    kpi: str
    target: float
    channel: str = ""
    campaign: str = ""
    brand: str = ""
    start: date | None = None
    end: date | None = None
    owner: str = ""
    note: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Shares of what should be there by now: from `on_track` on, from `at_risk` on."""

    on_track: float = 1.0
    at_risk: float = 0.8


@dataclass(frozen=True, slots=True)
class Judged:
    """A target and how it stands on the last day that the data tells of.

    `expected` is what should be there by `as_of`, `actual` what is; `pace` is how much of the
    expected is there (1.0 is exactly on time; for KPIs where less is better, the other way
    round). `attainment` is the share of the whole target. `projected` and `projected_recent` are
    the value at the deadline if things go on as since the start, or as in the last seven days.
    `reason` says why, where the numbers do not; `day` and `about` (names of channels or brands,
    ids of metrics, currencies) are what it speaks of. `thresholds` are those that it was judged by.
    """

    target: Target
    status: Status
    as_of: date | None = None
    actual: float | None = None
    start_value: float | None = None
    expected: float | None = None
    pace: float | None = None
    attainment: float | None = None
    projected: float | None = None
    projected_recent: float | None = None
    currency: str = ""
    reason: Reason = ""
    day: date | None = None
    about: tuple[str, ...] = ()
    thresholds: Thresholds = Thresholds()


def judge(
    targets: Sequence[Target],
    dataset: Dataset,
    *,
    today: date,
    thresholds: Thresholds = Thresholds(),
    choose: Callable[[Kpi, Iterable[str]], tuple[str, ...]] | None = None,
) -> tuple[list[Judged], list[Finding]]:
    """How each target stands, in the order given, and what to know of those without data.

    The KPI is computed from the rows of the target's brand, channel and campaign that lie within
    its days; `choose` says which channels count where the target names none, as in
    `core.overall.channels_for`. `core.targets.pacing` holds the rules. A target is missed only
    once the data tells of all its days; until then its pace is judged on the last day that is
    known, and a reason says so.
    """
    from .judging import judged  # what reads targets needs no data frames

    return judged(targets, dataset, today=today, thresholds=thresholds, choose=choose)
