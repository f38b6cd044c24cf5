"""What people typed into the plan, row by row, as values the rest of Tracksheet works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ..core.brands import AccountEntry
from ..core.findings import Finding
from ..core.posts import ContentRule
from ..core.targets import Target


@dataclass(frozen=True, slots=True)
class Placement:
    """One row of the Plan tab: what goes online, where it leads, when, and at what price."""

    row_id: str = ""
    status: str = ""
    campaign: str = ""
    source: str = ""
    medium: str = ""
    content: str = ""
    term: str = ""
    landing_page: str = ""
    start: date | None = None
    end: date | None = None
    budget: float | None = None
    owner: str = ""
    note: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Competitor:
    """One reading of a competitor's public profile. Counts are None where nothing was typed."""

    brand: str
    channel: str
    date: date | None
    followers: float | None = None
    posts: float | None = None
    interactions: float | None = None
    mentions: float | None = None
    positive_mentions: float | None = None
    neutral_mentions: float | None = None
    negative_mentions: float | None = None
    note: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What a person wrote about a month. `period` is its first day; `section` is a key of
    `tracksheet.plan.reading.SECTIONS`, or the person's own word.
    """

    period: date
    section: str
    text: str
    next_step: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """Everything people typed. `lists` are the columns of the Lists tab by key of the list.

    `findings` tell of every row that could not be used, and why; the other rows count.
    """

    placements: tuple[Placement, ...] = ()
    targets: tuple[Target, ...] = ()
    competitors: tuple[Competitor, ...] = ()
    notes: tuple[Note, ...] = ()
    content: tuple[ContentRule, ...] = ()
    accounts: tuple[AccountEntry, ...] = ()
    lists: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
