"""On which channels a figure moved or stands, as the end of a sentence.

What a channel brought is arithmetic, not a cause: a sentence says where, never why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..core.report import CellRef
from ..labels import channel_name
from . import wording
from .lookup import Figure, Figures, additive
from .wording import word

HALF = 0.5  # of a difference: from here on one channel explains most of it
NOTABLE = 0.02  # of a figure: what a channel gains or loses beyond is worth a word
LARGE_SHARE = 0.4  # of a figure, on one channel
EXACT = 1e-6  # of a figure: its channels add up to it, but for the digits of a float

Piece = tuple[str, tuple[CellRef, ...]]


def on_channels(figure: Figure, figures: Figures, key: str) -> Iterator[Piece]:
    """Where the movement took place, the most telling way to put it first."""
    each = figures.by_channel(figure.kpi.id)
    if len(each) < 2:
        return
    if not additive(figure.kpi):
        yield from _best(each, figures.lang)
        return
    if _adds_up(figure, each):
        if key != "level":
            yield from _moved(figure, each, figures.lang)
        if key in ("level", "stable"):
            yield from _share(figure, each, figures.lang)


def _adds_up(figure: Figure, each: Sequence[Figure]) -> bool:
    """Whether the figures of the channels make up the whole, now and, if compared, back then."""
    now = abs(sum(one.value for one in each) - figure.value) <= EXACT * abs(figure.value)
    previous = figure.earlier.get("previous")
    if previous is None:
        return now
    then = sum(one.earlier.get("previous", 0) for one in each)
    return now and abs(then - previous) <= EXACT * abs(previous)


def _moved(figure: Figure, each: Sequence[Figure], lang: str) -> Iterator[Piece]:
    """The channel that explains most of a difference, or the two that pull against each other."""
    ranked = sorted(each, key=lambda one: one.delta)
    down, up, whole = ranked[0], ranked[-1], figure.delta
    least = max(HALF * abs(whole), NOTABLE * figure.value)
    if up.delta >= least and -down.delta >= least:
        text = word(
            "piece", "balance", lang,
            up=channel_name(up.channel, lang), gain=_signed(up, lang),
            down=channel_name(down.channel, lang), loss=_signed(down, lang),
        )  # fmt: skip
        yield text, (*up.sources("previous"), *down.sources("previous"))
        return
    most = up if whole > 0 else down
    same_way = sum(abs(one.delta) for one in each if one.delta * whole > 0)
    if abs(most.delta) >= least and abs(most.delta) > HALF * same_way and most.delta * whole > 0:
        name = channel_name(most.channel, lang)
        text = word("piece", "mostly", lang, channel=name, delta=_signed(most, lang))
        yield text, most.sources("previous")


def _share(figure: Figure, each: Sequence[Figure], lang: str) -> Iterator[Piece]:
    *_, second, most = sorted(each, key=lambda one: one.value)
    if second.value < most.value < figure.value and most.value >= LARGE_SHARE * figure.value:
        name, share = channel_name(most.channel, lang), most.value / figure.value
        text = word("piece", "share", lang, channel=name, share=wording.percent(share, lang))
        yield text, most.sources()


def _best(each: Sequence[Figure], lang: str) -> Iterator[Piece]:
    """The channel with the highest rate, where higher is better."""
    best = max(each, key=lambda one: one.value)
    if best.kpi.good == "higher":
        name = channel_name(best.channel, lang)
        yield word("piece", "best", lang, channel=name, value=best.written(lang)), best.sources()


def _signed(figure: Figure, lang: str) -> str:
    return wording.difference(figure.delta, figure.kpi.unit, lang, figure.currency)
