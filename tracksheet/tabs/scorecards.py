"""The scorecards of the Overview: which KPIs it shows, and each with its changes and its trend."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from ..core.catalogue import Kpi, catalogue
from ..core.overall import ALL, EARLIER
from ..core.report import Card, Change, Tone, Unit
from ..labels import channel_name, kpi_name
from . import wording
from .columns import change_unit, in_groups
from .lookup import Figure, Figures
from .targets import status_for, status_tone, status_word

CHOSEN = 12  # as many KPIs, or fewer, are somebody's choice: all of them are shown
SHOWN = 8  # of a longer list
TREND = 12  # periods
TINY = 0.005  # a change of less than half a percent means nothing
TINY_POINTS = 0.05  # points that round to 0.0
NAMED = 2  # channels; more would not fit under a title

_WITH_EXTRA = re.compile(r"(?P<name>.+?)\s*\((?P<extra>[^()]+)\)")


def cards(figures: Figures) -> tuple[Card, ...]:
    """The scorecards along the funnel, what was paid for last; a person's own list in its order.

    Every card has the same comparisons, those that at least one of them knows.
    """
    chosen = tuple(chosen_figures(figures))
    leaps = [then for then in EARLIER if any(then in figure.changes for figure in chosen)]
    return tuple(_card(figure, figures, leaps) for figure in chosen)


def chosen_figures(figures: Figures) -> Iterator[Figure]:
    """The figures to show, those of all channels where there are any.

    People reached on several channels cannot be added up: the channel that reached most of them
    stands for the KPI then, and says so.
    """
    headline = dict.fromkeys(catalogue().kpi(name).id for name in figures.material.headline)
    found = {kpi: one for kpi in headline if (one := _figure(figures, kpi)) is not None}
    if len(headline) <= CHOSEN:
        yield from found.values()
        return
    yield from (found[kpi] for kpi in sorted(_balanced(found, figures), key=_place))


def _figure(figures: Figures, kpi: str) -> Figure | None:
    whole = figures.get(kpi)
    if whole is not None:
        return whole
    each = figures.by_channel(kpi)
    unique = catalogue().metrics.get(catalogue().kpis[kpi].formula)
    if not each or unique is None or unique.kind != "unique":
        return None
    return max(each, key=lambda figure: figure.value)


def _balanced(found: Mapping[str, Figure], figures: Figures) -> list[str]:
    """KPIs with a target first, then one from each other line of overview.toml, then the rest."""
    alike = wording.ids("cards", "alike")
    ranked = [
        sorted((name for name in line if name in found), key=lambda name: _rank(found[name]))
        for line in wording.lines("cards", "lines")
    ]
    targeted = [name for name in found if _has_target(name, figures)]
    firsts = [line[0] for line in ranked if line and not set(line) & set(targeted)]
    seconds = [name for line in ranked for name in line]
    chosen: list[str] = []
    for name in dict.fromkeys([*targeted, *firsts, *seconds, *found]):
        again = name in alike and any(other in alike for other in chosen)
        if len(chosen) < SHOWN and not again:
            chosen.append(name)
    return chosen


def _place(name: str) -> int:
    """The line of a KPI; for one that is on none, the last line that is of its topic."""
    lines = wording.lines("cards", "lines")
    for place, line in enumerate(lines):
        if name in line:
            return place
    topics = [{_topic(other) for other in line} for line in lines]
    same = [place for place, topic in enumerate(topics) if _topic(name) in topic]
    return max(same, default=len(lines))


def _topic(name: str) -> str:
    return next(group.id for group in in_groups([catalogue().kpis[name]]))


def _rank(figure: Figure) -> bool:
    """A figure of one channel comes after those of all."""
    return figure.channel != ALL


def _has_target(kpi: str, figures: Figures) -> bool:
    return status_for(figures.given, kpi) is not None


def _card(figure: Figure, figures: Figures, leaps: Sequence[str]) -> Card:
    name, extra = short_name(figure.kpi, figures.lang)
    status, tone = _status(figure, figures)
    return Card(
        title=name,
        value=figure.value,
        unit=cast(Unit, figure.kpi.unit),
        currency=figure.currency,
        note=" · ".join([*extra, *_about(figure, figures)]),
        changes=tuple(_change(figure, then, figures) for then in leaps),
        status=status,
        tone=tone,
        trend=_trend(figure, figures),
        source=figure.cell,
    )


def short_name(kpi: Kpi, lang: str) -> tuple[str, list[str]]:
    """The name, and what stands in brackets behind it: "(CPA)", "(by followers)"."""
    name = kpi_name(kpi, lang)
    match = _WITH_EXTRA.fullmatch(name)
    return (match["name"], [match["extra"]]) if match else (name, [])


def _about(figure: Figure, figures: Figures) -> Iterator[str]:
    """Which channels the figure is of, where that is not all of them or not all of their days."""
    lang, kpi = figures.lang, figure.kpi.id
    counted = figures.counted(kpi)
    if figure.channel != ALL:
        yield _channels("only", [figure.channel], lang)
        return
    without, in_part = figures.without(kpi), figures.in_part(figure)
    if without:
        yield _channels("without", without, lang)
    elif len(counted) <= NAMED and len(figures.channels) > len(counted) and in_part != counted:
        yield ", ".join(channel_name(name, lang) for name in counted)
    if in_part:
        yield _channels("in_part", in_part, lang)
    elif "previous" in figure.changes and (before := figures.in_part(figure, "previous")):
        yield _channels("in_part_before", before, lang)


def _channels(entry: str, names: Sequence[str], lang: str) -> str:
    shown = wording.enumerated([channel_name(name, lang) for name in names], lang)
    return wording.word("word", entry, lang, channels=shown)


def _change(figure: Figure, then: str, figures: Figures) -> Change:
    assert figures.focus is not None
    start = EARLIER[then](figures.focus, figures.period)
    name = "" if start is None else wording.period_name(start, figures.period, figures.lang)
    value = figure.changes.get(then)
    return Change(
        wording.word("word", "versus", figures.lang, name=name),
        value,
        change_unit(figure.kpi),
        tone(figure.kpi, value),
    )


def is_tiny(kpi: Kpi, change: float) -> bool:
    """Whether a change is too small to speak of."""
    return abs(change) < (TINY_POINTS if change_unit(kpi) == "points" else TINY)


def tone(kpi: Kpi, change: float | None) -> Tone:
    """Whether a change is good news."""
    if change is None or kpi.good == "neutral" or is_tiny(kpi, change):
        return "neutral"
    return "good" if (change > 0) == (kpi.good == "higher") else "bad"


def _status(figure: Figure, figures: Figures) -> tuple[str, Tone]:
    """How the target stands; without one a KPI is only an indicator, said where others have one."""
    channel = "" if figure.channel == ALL else figure.channel
    judged = status_for(figures.given, figure.kpi.id, channel)
    if judged is not None:
        word = status_word(judged.status, figures.lang)
        return word, status_tone(judged.status)
    others = bool(figures.given.judged)
    return (wording.word("word", "indicator", figures.lang) if others else ""), "neutral"


def _trend(figure: Figure, figures: Figures) -> tuple[float | None, ...]:
    values = figures.trend(figure.kpi.id, TREND, figure.channel)
    return values if sum(value is not None for value in values) > 1 else ()
