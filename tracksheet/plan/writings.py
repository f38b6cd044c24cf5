"""Rows of the Plan and of the Notes: what goes online, and what people say about the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..core.findings import Finding
from .known import SECTIONS, section
from .people import Note, Placement
from .rows import TabRow, repeated

_TEXTS = ("status", "campaign", "source", "medium", "content", "term", "landing_page", "owner")


def placement_of(row: TabRow) -> Placement | None:
    """A placement; a date or budget that cannot be read is empty, and said."""
    start, end = row.day("start"), row.day("end")
    if start is not None and end is not None and start > end:
        row.doubt(f"it starts on {start} after its end on {end}: correct one of them")
    return Placement(
        row_id=row.text("row_id"),
        start=start,
        end=end,
        budget=row.count("budget", whole=False),
        note=row.verbatim("note"),
        where=row.where,
        **{key: row.text(key) for key in _TEXTS},
    )


def repeated_ids(placements: Iterable[Placement]) -> Iterator[Finding]:
    """Rows with the id of an earlier row."""
    return repeated(
        ((one.row_id.casefold(), one.where) for one in placements if one.row_id),
        lambda row: f"{row} has the same Row ID: give each row its own",
    )


def note_of(row: TabRow) -> Note | None:
    """A note; None where it says nothing, or about no period."""
    period = row.period("period")
    section_key = row.named("section", lambda typed: (section(typed), "")) or SECTIONS[0]
    words, next_step = row.verbatim("text", needed=True), row.verbatim("next_step", needed=True)
    if period is None and not row.left_out:
        row.refuse(f"no month: fill in {row.heading('period')}, as in 2026-09")
    if not words and not next_step and not row.left_out:
        row.refuse(f"nothing is said: fill in {row.heading('text')}")
    if period is None:
        return None
    return Note(period, section_key, words, next_step, row.where)
