"""How the targets of the period stand, in a sentence or one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..core.catalogue import catalogue
from ..core.periods import end
from ..core.report import CellRef, Tone
from ..core.targets import Judged, Status
from ..labels import channel_name
from . import wording
from .lookup import Figures
from .scorecards import short_name
from .targets import status_tone, status_word, target_cells
from .wording import word

GOOD: frozenset[Status] = frozenset({"met", "on_track"})
BEHIND: tuple[Status, ...] = ("off_track", "at_risk")  # the worse first


@dataclass(frozen=True, slots=True)
class Standing:
    """A sentence on all targets, without full stop, and the cells of those that it names."""

    text: str
    sources: tuple[CellRef, ...]
    tone: Tone


def standing(figures: Figures) -> Standing | None:
    """How many targets are met or on track, and which one is furthest behind."""
    judged = [one for one in current(figures) if one.status in (*GOOD, *BEHIND)]
    if not judged:
        return None
    lang, late = figures.lang, behind(judged)
    good = len(judged) - len(late)
    if len(judged) == 1:
        key = "target_single"
    elif not late:
        key = "targets_all"
    else:
        key = {0: "targets_none", 1: "targets_one"}.get(good, "targets_some")
    named = late[0] if late else judged[0]
    text = word(
        "story", key, lang, good=good, all=len(judged),
        name=target_name(named, lang), figures=so_far(named, lang),
        status=status_word(named.status, lang),
    )  # fmt: skip
    cells = target_cells(figures.given, named) if late or len(judged) == 1 else ()
    return Standing(text, cells, status_tone(named.status) if late else "good")


def current(figures: Figures) -> list[Judged]:
    """The targets that run in the period."""
    first = figures.focus
    if first is None:
        return list(figures.given.judged)
    last = end(first, figures.period)
    return [
        one
        for one in figures.given.judged
        if (one.target.end is None or one.target.end >= first)
        and (one.target.start is None or one.target.start <= last)
    ]


def behind(judged: Sequence[Judged]) -> list[Judged]:
    """Those that are behind, the furthest first."""
    late = [one for one in judged if one.status in BEHIND]
    return sorted(
        late, key=lambda one: (BEHIND.index(one.status), 0.0 if one.pace is None else one.pace)
    )


def target_name(judged: Judged, lang: str) -> str:
    """The KPI, and what the target is limited to: Leads (Meta Ads)."""
    target = judged.target
    name, _ = short_name(catalogue().kpi(target.kpi), lang)
    channel = channel_name(target.channel, lang) if target.channel else ""
    places = [place for place in (channel, target.campaign, target.brand) if place]
    return f"{name} ({', '.join(places)})" if places else name


def so_far(judged: Judged, lang: str) -> str:
    """What is there and what should be: "23 instead of 40 by now"."""
    target, unit = judged.target, catalogue().kpi(judged.target.kpi).unit
    over = target.end is not None and judged.as_of is not None and judged.as_of >= target.end
    due = target.target if over or judged.expected is None else judged.expected
    if judged.actual is None:
        return word("target", "unknown", lang, target=_amount(due, unit, lang, judged))
    key = "now" if due != target.target else "end"
    actual = _amount(judged.actual, unit, lang, judged)
    return word("target", key, lang, actual=actual, expected=_amount(due, unit, lang, judged))


def _amount(value: float, unit: str, lang: str, judged: Judged) -> str:
    return wording.amount(value, unit, lang, judged.currency)
