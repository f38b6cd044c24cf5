"""What needs a hand: what is behind, missing, in doubt or still to come, the gravest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from ..core.findings import Severity
from ..core.periods import previous
from ..core.report import Passage, Statement
from ..labels import channel_name, label
from . import wording
from .coverage import gaps
from .lookup import Figures
from .restatements import cells, restatements, sentence
from .standings import behind, current, so_far, target_name
from .target_words import sentence as sentence_why
from .targets import status_tone, status_word, target_cells
from .wording import word

MOST = 6
TARGETS = 3  # named one by one
GAPS = 2
OF_WEIGHT = 0.05  # of a figure that the last report showed

Rule = Callable[[Figures], Iterator[Statement]]


def attention(figures: Figures) -> Passage:
    """At most six statements under their heading; none where all is well."""
    found = (statement for rule in RULES for statement in rule(figures))
    return Passage(word("word", "todo", figures.lang), tuple(islice(found, MOST)))


def _errors(figures: Figures) -> Iterator[Statement]:
    yield from _findings(figures, "error", "errors")


def _warnings(figures: Figures) -> Iterator[Statement]:
    yield from _findings(figures, "warning", "warnings")


def _findings(figures: Figures, severity: Severity, key: str) -> Iterator[Statement]:
    material = figures.given
    findings = (*material.dataset.findings, *material.people.findings)
    count = len({one for one in findings if one.severity == severity})
    if count:
        lang = figures.lang
        text = word(
            "todo", f"{key}_one" if count == 1 else key, lang,
            count=wording.amount(count, "count", lang), tab=label("tab", "quality", lang),
        )  # fmt: skip
        yield Statement(text, tone="bad" if severity == "error" else "warn")


def _no_result(figures: Figures) -> Iterator[Statement]:
    """Money that brought nothing: a cost per result has no value then, and is easily missed."""
    for name in wording.ids("theme", "spend"):
        for spent in figures.by_channel(name):
            each = [figures.get(kpi, spent.channel) for kpi in wording.ids("theme", "result")]
            results = [figure for figure in each if figure is not None]
            if spent.value > 0 and results and not any(one.value for one in results):
                channel = channel_name(spent.channel, figures.lang)
                text = word(
                    "todo", "no_result", figures.lang, channel=channel,
                    spend=spent.written(figures.lang),
                )  # fmt: skip
                cells = (*spent.sources(), *(cell for one in results for cell in one.sources()))
                yield Statement(text, cells, "bad")


def _targets(figures: Figures) -> Iterator[Statement]:
    lang, late = figures.lang, behind(current(figures))
    for judged in late[:TARGETS]:
        status, why = status_word(judged.status, lang), sentence_why(judged, lang)
        text = word(
            "todo", "target", lang, status=status,
            name=target_name(judged, lang), figures=so_far(judged, lang),
            owner=f" ({judged.target.owner})" if judged.target.owner else "",
            why=f" {why}" if why else "",
        )  # fmt: skip
        cells = target_cells(figures.given, judged)
        yield Statement(text, cells, status_tone(judged.status))
    more = len(late) - TARGETS
    if more > 0:
        text = word("todo", "targets_more_one" if more == 1 else "targets_more", lang, count=more)
        yield Statement(text, tone="warn")


def _gaps(figures: Figures) -> Iterator[Statement]:
    for gap in gaps(figures.given)[:GAPS]:
        yield Statement(gap.words(figures.lang), tone="warn")


def _restated(figures: Figures) -> Iterator[Statement]:
    """Changes of periods that the story does not tell of already."""
    if figures.focus is None:
        return
    told = previous(figures.focus, figures.period)
    found = [one for one in restatements(figures, OF_WEIGHT) if one.start != told]
    for one in found[:1]:
        yield Statement(sentence(one, figures, "todo"), cells(one, figures), "warn")


def _ownerless(figures: Figures) -> Iterator[Statement]:
    names = [target_name(one, figures.lang) for one in current(figures) if not one.target.owner]
    if names:
        joined = wording.enumerated(list(dict.fromkeys(names)), figures.lang)
        yield Statement(word("todo", "ownerless", figures.lang, names=joined))


def _unsettled(figures: Figures) -> Iterator[Statement]:
    if figures.unsettled:
        lang, last = figures.lang, max(one.until for one in figures.unsettled)
        text = word(
            "todo", "unsettled", lang, day=wording.day_name(last, lang),
            of_period=wording.of_period(figures.focus, figures.period, lang),
        )  # fmt: skip
        yield Statement(text)


RULES: tuple[Rule, ...] = (
    _errors,
    _no_result,
    _targets,
    _gaps,
    _restated,
    _warnings,
    _ownerless,
    _unsettled,
)
