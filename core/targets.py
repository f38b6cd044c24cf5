"""Targets: what a KPI should reach by when, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Status = Literal["met", "on_track", "at_risk", "off_track", "no_data", "upcoming", "undated"]


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
    `reason` is the key of a sentence that says why, in labels.toml; empty where the numbers do.
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
    reason: str = ""
