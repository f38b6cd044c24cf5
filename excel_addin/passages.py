"""Sentences under a heading, and people's own words beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from ..core.report import Comment, Comments, Passage, Statement, Tone
from .canvas import Block, Canvas, Fill
from .formats import ACCENT, INK, RULE, TONE_INK
from .links import Links
from .measures import text_height

# Pixels.
HEADING: Final = 26
RULE_HEIGHT: Final = 2
BELOW_RULE: Final = 6
MARK_WIDTH: Final = 16
ITEM_GAP: Final = 6
COMMENT_GAP: Final = 10
LINK_WIDTH: Final = 104
BAR: Final = 3
BAR_GAP: Final = 11

TEXT: Final = 10
SMALL: Final = 8.5

# Before a sentence; they tell the tones apart without any colour.
MARKS: Final[Mapping[Tone, str]] = MappingProxyType(
    {"good": "+", "bad": "–", "warn": "!", "neutral": "•"}
)
TODO_MARKS: Final[Mapping[Tone, str]] = MappingProxyType(
    {"good": "+", "bad": "!!", "warn": "!", "neutral": "•"}
)
COLONS: Final = MappingProxyType({"fr": "\xa0: "})


def add_heading(canvas: Canvas, text: str, *, x: int, y: int, width: int) -> int:
    """A heading with a line under it; returns where the text below begins."""
    canvas.add(Block(x, y, width, HEADING, text, "passage"))
    canvas.fills.append(Fill(x, y + HEADING, width, RULE_HEIGHT, RULE))
    return y + HEADING + RULE_HEIGHT + BELOW_RULE


def add_passage(
    canvas: Canvas,
    passage: Passage,
    *,
    links: Links,
    x: int,
    y: int,
    width: int,
    marks: Mapping[Tone, str] = MARKS,
) -> None:
    """Put a passage on the page, each sentence with the cells it comes from on its right."""
    y = add_heading(canvas, passage.heading, x=x, y=y, width=width)
    name = f"{passage.heading!r}"
    linked = any(statement.sources for statement in passage.statements)
    right = x + width
    text_right = canvas.clear(right - LINK_WIDTH) if linked else right
    for statement in passage.statements:
        mark = marks[statement.tone]
        y = _add_statement(canvas, statement, mark, links, name, (x, y), text_right, right)


def _add_statement(
    canvas: Canvas,
    statement: Statement,
    mark: str,
    links: Links,
    name: str,
    corner: tuple[int, int],
    text_right: int,
    right: int,
) -> int:
    x, y = corner
    room = text_right - x - MARK_WIDTH
    label = links.label(statement.sources, name) if statement.sources else ""
    height = text_height(statement.text, room, size=TEXT)
    if label:
        height = max(height, text_height(label, right - text_right, size=SMALL))
    look = {"font_size": TEXT, "bold": True, "font_color": TONE_INK[statement.tone]}
    canvas.add(Block(x, y, MARK_WIDTH, height, mark, "prose", look))
    look = {"font_size": TEXT}
    canvas.add(Block(x + MARK_WIDTH, y, room, height, statement.text, "prose", look))
    if label:
        link = links.link(statement.sources, name)
        look = {"font_size": SMALL}
        canvas.add(Block(text_right, y, right - text_right, height, label, "link", look, link=link))
    return y + height + ITEM_GAP


def add_comments(
    canvas: Canvas, comments: Comments, *, lang: str, x: int, y: int, width: int
) -> None:
    """Put people's own words on the page, along a bar of the accent colour."""
    y = add_heading(canvas, comments.heading, x=x, y=y, width=width)
    left, room = x + BAR + BAR_GAP, width - BAR - BAR_GAP
    for comment in comments.comments:
        top = y
        for block in comment_blocks(comment, comments, lang=lang, x=left, y=y, width=room):
            canvas.add(block)
            y = block.y + block.height
        canvas.fills.append(Fill(x, top, BAR, y - top, ACCENT))
        y += COMMENT_GAP


def comment_blocks(
    comment: Comment, comments: Comments, *, lang: str, x: int, y: int, width: int
) -> Iterator[Block]:
    """What one person wrote, one block under the other: about what, the text, what comes next."""
    if comment.section:
        look: dict[str, object] = {"font_size": SMALL, "bold": True, "font_color": ACCENT}
        height = text_height(comment.section, width, bold=True, size=SMALL)
        yield Block(x, y, width, height, comment.section, "prose", look)
        y += height
    if comment.text.strip():
        height = text_height(comment.text, width, size=TEXT)
        yield Block(x, y, width, height, comment.text, "prose", {"font_size": TEXT})
        y += height
    if comment.next_step:
        lead = lead_in(comments.next_step, lang)
        height = text_height(lead + comment.next_step, width, size=TEXT, bold=True)
        look = {"font_size": TEXT, "font_color": INK}
        yield Block(x, y, width, height, comment.next_step, "prose", look, lead=lead)


def lead_in(words: str, lang: str) -> str:
    """The words before what comes next, ended by a colon as the language writes it.

    >>> lead_in("Prochaine étape", "fr"), lead_in("Next step:", "en")
    ('Prochaine étape\\xa0: ', 'Next step: ')
    """
    bare = words.rstrip(" :\xa0\u202f")
    return bare + COLONS.get(lang, ": ") if bare else ""
