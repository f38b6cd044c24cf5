"""Scorecards: one figure each, with its changes, its target and its trend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Final

from ..core.report import Card, Change
from .canvas import Block, Canvas, Fill
from .figures import change_figure, figure
from .formats import INK, MUTED, TINT, TONE_FILL, TONE_INK
from .links import Links
from .measures import text_height, text_width

# Cards in a line by the number of cards, so that no line is nearly empty; 4 for every other number.
IN_LINE: Final = MappingProxyType({1: 2, 2: 2, 3: 3, 5: 3, 6: 3, 9: 3})
MOST_IN_LINE: Final = 4

# Pixels.
GUTTER: Final = 14
PAD: Final = 16
EDGE: Final = 8  # above the title and below the last line
FIGURE_HEIGHT: Final = 38
FOOT_HEIGHT: Final = 24
FOOT_GAP: Final = 6
BARS_WIDTH: Final = 84
CHANGE_GAP: Final = 6
PILL_PAD: Final = 18

TITLE: Final = 10
NOTE: Final = 8.5
CHANGE: Final = 9
PILL: Final = 9

UNKNOWN: Final = "—"
ARROW: Final = "→"
FEWEST_BARS: Final = 2


def add_cards(canvas: Canvas, cards: Sequence[Card], *, links: Links, lang: str) -> None:
    """Put the cards on the page, line by line."""
    in_line = IN_LINE.get(len(cards), MOST_IN_LINE)
    width = (canvas.width - (in_line - 1) * GUTTER) // in_line
    changes = [change for card in cards for change in card.changes]
    column = _change_column(changes, lang, most=(width - 2 * PAD) // 2)
    for start in range(0, len(cards), in_line):
        line = cards[start : start + in_line]
        top = canvas.height
        heights = _Heights(line, width - 2 * PAD, column)
        for at, card in enumerate(line):
            x = at * (width + GUTTER)
            canvas.fills.append(Fill(x, top, width, heights.whole, TINT))
            canvas.add(*_card(card, x, top, width, heights, column, links, lang))
        canvas.height = top + heights.whole + GUTTER


class _Heights:
    """The heights of the parts of all cards in a line, so that they stand level."""

    def __init__(self, line: Sequence[Card], width: int, column: int) -> None:
        self.title = max(text_height(card.title, width, bold=True, size=TITLE) for card in line)
        notes = [text_height(card.note, width, size=NOTE) for card in line if card.note]
        self.note = max(notes, default=0)
        most = max(len(card.changes) for card in line)
        self.changes = [
            max(
                text_height(card.changes[at].words, width - column, size=CHANGE)
                for card in line
                if len(card.changes) > at
            )
            for at in range(most)
        ]
        self.foot = FOOT_HEIGHT if any(card.status or has_bars(card) for card in line) else 0

    @property
    def whole(self) -> int:
        foot = self.foot + FOOT_GAP if self.foot else 0
        return 2 * EDGE + self.title + self.note + FIGURE_HEIGHT + sum(self.changes) + foot


def has_bars(card: Card) -> bool:
    """Whether the trend has enough known values to be one."""
    return sum(value is not None for value in card.trend) >= FEWEST_BARS


def _card(
    card: Card,
    x: int,
    y: int,
    width: int,
    heights: _Heights,
    column: int,
    links: Links,
    lang: str,
) -> Iterator[Block]:
    left, room, y = x + PAD, width - 2 * PAD, y + EDGE
    name = f"card {card.title!r}"
    link = links.link([card.source] if card.source else [], name)
    look = {"font_size": TITLE, "bold": True, "font_color": INK}
    yield Block(left, y, room, heights.title, card.title, "prose", look)
    if link is not None:
        # In the margin of the card: the figure stays a number, and no edge crosses the sparkline.
        look = {"font_size": CHANGE, "text_wrap": False}
        yield Block(left + room, y, PAD, heights.title, ARROW, "link", look, link=link)
    y += heights.title
    if card.note:
        look = {"font_size": NOTE, "font_color": MUTED}
        yield Block(left, y, room, heights.note, card.note, "prose", look)
    y += heights.note
    yield _figure(card, left, y, room, lang, name)
    y += FIGURE_HEIGHT
    for change, height in zip(card.changes, heights.changes, strict=False):
        yield from _change(change, left, y, column, room, height, lang, name)
        y += height
    y += sum(heights.changes[len(card.changes) :]) + FOOT_GAP
    yield from _foot(card, left, y, room, name)


def _figure(card: Card, x: int, y: int, width: int, lang: str, name: str) -> Block:
    if card.value is None:
        look = {"font_size": 20, "font_color": MUTED}
        return Block(x, y, width, FIGURE_HEIGHT, UNKNOWN, "figure", look)
    chosen = figure(card.value, card.unit, currency=card.currency, lang=lang, width=width)
    return Block(
        x, y, width, FIGURE_HEIGHT, card.value, "figure", chosen.look, unit=card.unit, name=name
    )  # fmt: skip


def _change(
    change: Change, x: int, y: int, column: int, room: int, height: int, lang: str, name: str
) -> Iterator[Block]:
    if change.value is None:
        look: dict[str, object] = {"font_size": CHANGE, "font_color": MUTED}
        yield Block(x, y, column, height, UNKNOWN, "change", look)
    else:
        code, _ = change_figure(change.value, change.unit, lang=lang)
        look = {"font_size": CHANGE, "font_color": TONE_INK[change.tone], "num_format": code}
        yield Block(x, y, column, height, change.value, "change", look, name=name)
    look = {"font_size": CHANGE, "font_color": MUTED}
    yield Block(x + column, y, room - column, height, change.words, "prose", look)


def _foot(card: Card, x: int, y: int, room: int, name: str) -> Iterator[Block]:
    if card.status:
        wanted = round(text_width(card.status, bold=True, size=PILL)) + PILL_PAD
        look = {
            "font_size": PILL,
            "font_color": TONE_INK[card.tone],
            "bg_color": TONE_FILL[card.tone],
        }
        width = min(wanted, room - BARS_WIDTH - PAD)
        yield Block(x, y, width, FOOT_HEIGHT, card.status, "pill", look)
    if has_bars(card):
        left = x + room - BARS_WIDTH
        yield Block(left, y, BARS_WIDTH, FOOT_HEIGHT, bars=card.trend, role="ground", name=name)


def _change_column(changes: Sequence[Change], lang: str, *, most: int) -> int:
    """The width of the numbers before the words, the same on all cards."""
    texts = [
        change_figure(change.value, change.unit, lang=lang)[1]
        for change in changes
        if change.value is not None
    ]
    widest = max((text_width(text, bold=True, size=CHANGE) for text in texts), default=16)
    return min(round(widest) + CHANGE_GAP, most)
