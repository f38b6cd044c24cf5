"""The period that a monthly reader asks about, and the lines that say so under a title."""

from __future__ import annotations

from ..core.periods import previous
from ..core.results import Results
from ..labels import label
from .columns import in_period
from .coverage import gaps
from .coverage_words import periods_name, word
from .intro import opening
from .material import Material
from .wording import capitalised, period_name


def focus_results(material: Material) -> Results:
    """KPIs by channel in the focus period; over the whole range where there is none."""
    if material.focus is None:
        return material.by_channel
    return in_period(material.by_period, material.focus)


def focus_name(material: Material) -> str:
    """The focus period as people call it; empty where there is none."""
    if material.focus is None:
        return ""
    return period_name(material.focus, material.period, material.lang)


def previous_name(material: Material) -> str:
    """The period before the focus, with which it is compared."""
    if material.focus is None:
        return ""
    return period_name(previous(material.focus, material.period), material.period, material.lang)


def focus_opening(material: Material, line: str) -> tuple[str, ...]:
    """What the tab tells of, in the words of `line`, and where definitions are."""
    if material.focus is None:
        return opening(material)
    first = word(
        "focus", line, material.lang,
        period=focus_name(material), previous=previous_name(material),
    )  # fmt: skip
    return capitalised(first), label("intro", "definitions", material.lang)


def caveats(material: Material) -> tuple[str, ...]:
    """A line for each account of which the period, or the one before, is known only in part.

    Its sums are then not like for like: they would seem to rise or fall.
    """
    lang = material.lang
    return tuple(
        word(
            "focus", "caveat", lang,
            account=one.account(lang), known=one.gap.known, days=one.gap.days,
            period=periods_name(one.gap.start, one.gap.end, material.period, lang),
        )
        for one in gaps(material)
        if one.gap.reason == "partial" and material.focus is not None
    )  # fmt: skip


def titled(group: str, material: Material) -> str:
    """A table's title with the period it tells of."""
    period = focus_name(material)
    return word("focus", "of", material.lang, title=group, period=period) if period else group
