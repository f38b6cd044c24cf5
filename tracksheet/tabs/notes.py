"""What people wrote about the period, word for word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..core.periods import end
from ..core.report import Comment, Comments
from ..plan import Note
from . import wording
from .material import Material
from .wording import word

OVERVIEW = "overview"
SHOWN = 5  # on the Overview, of those that have another tab to stand on


def overview_notes(material: Material) -> Comments:
    """Those on the whole and on topics of one's own, then of others as many as there is room for.

    Others stand on the tab of their section too, so that nothing that was written is lost.
    """
    notes = list(_of_period(material))
    whole = [note for note in notes if note.section in ("", OVERVIEW)]
    own = [note for note in notes if note.section and not _has_tab(note) and note not in whole]
    others = [note for note in notes if _has_tab(note)]
    room = max(0, SHOWN - len(whole) - len(own))
    return _comments([*whole, *own, *others[:room]], material.lang)


def notes_for(material: Material, section: str) -> Comments | None:
    """Those of the period on one section, such as "posts"; None where there are none."""
    found = [note for note in _of_period(material) if note.section == section]
    return _comments(found, material.lang) if found else None


def _of_period(material: Material) -> Iterator[Note]:
    """Notes about the period that the Overview tells of, all of them where there is none."""
    focus = material.focus
    for note in material.people.notes:
        if focus is None or focus <= note.period <= end(focus, material.period):
            yield note


def _has_tab(note: Note) -> bool:
    return note.section != OVERVIEW and wording.has("section", note.section)


def _comments(notes: Iterable[Note], lang: str) -> Comments:
    return Comments(
        word("word", "comments", lang),
        word("word", "next_step", lang),
        tuple(Comment(section_name(note, lang), note.text, note.next_step) for note in notes),
    )


def section_name(note: Note, lang: str) -> str:
    """The section in the language of the report, or the person's own word for it."""
    known = wording.has("section", note.section)
    return word("section", note.section, lang) if known else note.section
