"""What happened, in three to six sentences, each made from figures of the report.

Every rule of the table at the end may offer a sentence with a weight. The heaviest are told, in
the order of the table, and no KPI twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from ..core.catalogue import catalogue
from ..core.periods import previous
from ..core.report import CellRef, Passage, Statement, Tone
from . import wording
from .best_post import best_post
from .columns import POINTS
from .lookup import Figure, Figures
from .movements import Movement, community, movement
from .restatements import cells, restatements, sentence
from .scorecards import tone
from .standings import standing
from .targets import status_for
from .wording import word

MOST = 6  # sentences
LARGEST = 3.0  # what a change can add to the weight of its sentence
PER_CHANGE = 10.0  # weight of a change of 100 %
RECORD = 2.0
WORTH_SAYING = 0.01  # of a figure that the last report showed
NOTHING_NEW = -3.0  # a figure that stays, or that nothing is known to compare with


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that could be told: `text` without full stop, small letter first.

    `compared` says that it tells of a change on the period before.
    """

    text: str
    weight: float
    kpis: frozenset[str]
    sources: tuple[CellRef, ...] = ()
    tone: Tone = "neutral"
    compared: bool = False


Rule = Callable[[Figures], Told | None]


def story(figures: Figures) -> Passage:
    """The sentences, under their heading."""
    heading = word("word", "story", figures.lang)
    told = _chosen([one for rule in RULES if (one := rule(figures)) is not None])
    if not told and figures.known:  # the cards say it all
        return Passage(heading, ())
    if not told:
        name = wording.of_period(figures.focus, figures.period, figures.lang)
        text = word("story", "nothing", figures.lang, of_period=name)
        return Passage(heading, (Statement(_sentence(text)),))
    return Passage(heading, tuple(_statements(told, figures)))


def _chosen(offered: Iterable[Told]) -> list[Told]:
    """The heaviest, in their order, without those on a KPI that a heavier one tells of."""
    order = list(offered)
    chosen: list[Told] = []
    for told in sorted(order, key=lambda one: -one.weight):
        if len(chosen) < MOST and not any(told.kpis & other.kpis for other in chosen):
            chosen.append(told)
    return [told for told in order if any(told is one for one in chosen)]


def _statements(told: Iterable[Told], figures: Figures) -> Iterator[Statement]:
    """The first change says what it is compared with; the others go without saying."""
    said = False
    for one in told:
        text = one.text
        if one.compared and not said and figures.focus is not None:
            before = previous(figures.focus, figures.period)
            text = f"{wording.against(before, figures.period, figures.lang)}, {text}"
            said = True
        yield Statement(_sentence(text), one.sources, one.tone)


def _sentence(text: str) -> str:
    return wording.capitalised(text) + ("" if text.endswith((".", "…", "!", "?")) else ".")


def _asked(figures: Figures) -> frozenset[str]:
    """KPIs that somebody wants to hear of: put forward, or with a target."""
    targets = (one.target.kpi for one in figures.given.judged)
    return frozenset([*(catalogue().kpi(name).id for name in figures.material.headline), *targets])


def _first(theme: str, figures: Figures) -> Figure | None:
    """The first KPI of a theme with a figure of all channels, those with a target first."""
    asked = _asked(figures)
    known = [
        figure
        for name in wording.ids("theme", theme)
        if name in asked and (figure := figures.get(name)) is not None
    ]
    known.sort(key=lambda one: status_for(figures.given, one.kpi.id) is None)
    return known[0] if known else None


def _theme(name: str, figures: Figures, *, lead: bool = False) -> Told | None:
    """The KPI of a theme, and how it moved."""
    figure = _first(name, figures)
    if figure is None or not (figure.value or figure.earlier.get("previous")):
        return None
    return _told(figure, movement(figure, figures, lead=lead), wording.weight(name))


def _told(figure: Figure, moved: Movement, weight: float) -> Told:
    return Told(
        moved.text,
        weight + _news(figure, moved),
        frozenset([figure.kpi.id]),
        moved.sources,
        tone(figure.kpi, moved.by),
        moved.by is not None,
    )


def _news(figure: Figure, moved: Movement) -> float:
    """What the change adds to the weight of a sentence."""
    if moved.by is None or moved.stable:
        return NOTHING_NEW
    change = abs(moved.by) / POINTS.get(figure.kpi.unit, 1.0)
    if figure.kpi.unit in POINTS and figure.earlier.get("previous"):
        change = abs(figure.value / figure.earlier["previous"] - 1)
    return min(LARGEST, PER_CHANGE * change) + (RECORD if moved.record else 0)


def _community(figures: Figures) -> Told | None:
    figure = _first("community", figures)
    if figure is None:
        return None
    return _told(figure, community(figure, figures), wording.weight("community"))


def _money(figures: Figures) -> Told | None:
    """What was spent, and what a result cost: two figures that say little without each other."""
    spent = _first("spend", figures)
    if spent is None or not spent.value:
        return None
    weight = wording.weight("spend")
    told = _told(spent, movement(spent, figures), weight)
    bought = _first("efficiency", figures)
    if bought is None:
        return told
    moved = movement(bought, figures)
    if told.compared != (moved.by is not None):
        return told
    return replace(
        told,
        text=word("piece", "both", figures.lang, one=told.text, other=moved.text),
        weight=max(told.weight, weight + _news(bought, moved)),
        kpis=told.kpis | {bought.kpi.id},
        sources=(*told.sources, *moved.sources),
        tone=tone(bought.kpi, moved.by),
    )


def _post(figures: Figures) -> Told | None:
    found = best_post(figures)
    if found is None:
        return None
    return Told(found.text, wording.weight("post"), frozenset(), found.sources)


def _targets(figures: Figures) -> Told | None:
    found = standing(figures)
    if found is None:
        return None
    return Told(found.text, wording.weight("targets"), frozenset(), found.sources, found.tone)


def _restated(figures: Figures) -> Told | None:
    """Of the period before: whoever has the last report at hand finds another figure there."""
    if figures.focus is None:
        return None
    before = previous(figures.focus, figures.period)
    found = [one for one in restatements(figures, WORTH_SAYING) if one.start == before]
    if not found:
        return None
    text, sources = sentence(found[0], figures, "story"), cells(found[0], figures)
    return Told(text, wording.weight("restated"), frozenset(), sources)


RULES: tuple[Rule, ...] = (
    partial(_theme, "interaction", lead=True),
    partial(_theme, "awareness"),
    _community,
    partial(_theme, "rate"),
    _post,
    partial(_theme, "service"),
    partial(_theme, "traffic"),
    partial(_theme, "email"),
    partial(_theme, "conversion"),
    partial(_theme, "leads"),
    _money,
    _targets,
    _restated,
)
