"""The post that drew the most interactions in the period, as a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from ..core.periods import period_of
from ..core.plain import number
from ..core.posts import BOOSTED, posts_of
from ..core.report import CellRef, ReportTable, Value
from . import post_words, wording
from .lookup import Figures
from .post_list import post_list
from .wording import word

INTERACTIONS: Final = "interactions"
QUOTED: Final = 45  # characters of the post's text
WORTH_A_SHARE: Final = 0.05
FEWEST: Final = 3  # posts: the best of two is no news


@dataclass(frozen=True, slots=True)
class BestPost:
    """The sentence without full stop, and the cells of its post and of those it is a share of."""

    text: str
    sources: tuple[CellRef, ...]


def best_post(figures: Figures) -> BestPost | None:
    """The post, boosted ones apart; None where there are too few to speak of a best one."""
    if posts_of(figures.material.dataset.rows).empty:
        return None
    table = post_list(figures.material)
    if not {INTERACTIONS, "published"} <= {column.key for column in table.columns}:
        return None
    known = _of_period(table, figures)
    boosted = post_words.word(f"boosted.{BOOSTED}", figures.lang)
    own = {row: value for row, value in known.items() if _cell(table, row, "boosted") != boosted}
    if len(own) < FEWEST or not max(own.values()):
        return None
    best = max(own, key=lambda row: (own[row], -row))
    others = (row for row in known if row != best)
    return BestPost(
        _sentence(table, best, own[best] / sum(known.values()), len(own) < len(known), figures),
        tuple(CellRef(table.name, row, INTERACTIONS) for row in (best, *others)),
    )


def _of_period(table: ReportTable, figures: Figures) -> dict[int, float]:
    """The interactions of the posts of the period, by their row."""
    found = {}
    for row in range(len(table.rows)):
        day, value = _day(_cell(table, row, "published")), number(_cell(table, row, INTERACTIONS))
        if day is None or value is None:
            continue
        if figures.focus is None or period_of(day, figures.period) == figures.focus:
            found[row] = value
    return found


def _sentence(table: ReportTable, row: int, share: float, boosted: bool, figures: Figures) -> str:
    lang = figures.lang
    day, value = _day(_cell(table, row, "published")), number(_cell(table, row, INTERACTIONS))
    assert day is not None and value is not None
    percent = wording.percent(share, lang)
    period = wording.of_period(figures.focus, figures.period, lang)
    of_all = word("story", "post_share", lang, share=percent, of_period=period)
    return word(
        "story",
        "post_organic" if boosted else "post",
        lang,
        channel=_cell(table, row, "channel"),
        day=wording.day_name(day, lang, year=figures.focus is None),
        value=wording.amount(value, "count", lang),
        share=of_all if share >= WORTH_A_SHARE else "",
        title=_quoted(_cell(table, row, "text"), lang),
    )


def _quoted(text: Value, lang: str) -> str:
    """The beginning of what the post says, cut between two words."""
    if not isinstance(text, str) or text == post_words.word("text.none", lang):
        return ""
    if len(text) > QUOTED:
        text = text[:QUOTED].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"
    return word("story", "post_title", lang, text=text)


def _cell(table: ReportTable, row: int, key: str) -> Value:
    keys = [column.key for column in table.columns]
    return table.rows[row][keys.index(key)] if key in keys else None


def _day(value: Value) -> date | None:
    return (
        value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None
    )
