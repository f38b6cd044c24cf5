"""The tab of everything people wrote, of every period."""

from __future__ import annotations

from ..core.periods import label as period_label
from ..core.report import Column, ReportTable, Tab
from ..labels import label
from .material import Material
from .notes import section_name


def notes_tab(material: Material) -> Tab | None:
    """Every note, the newest period first; None where there are none."""
    notes = sorted(material.people.notes, key=lambda note: note.period, reverse=True)
    if not notes:
        return None
    lang = material.lang
    columns = (
        Column("month", label("column", "month", lang), width=12),
        Column("section", label("column", "section", lang), width=18),
        Column("comment", label("column", "comment", lang), width=70, wrap=True),
        Column("next_step", label("column", "next_step", lang), width=50, wrap=True),
    )
    rows = tuple(
        (
            period_label(note.period, "month"),
            section_name(note, lang),
            note.text or None,
            note.next_step or None,
        )
        for note in notes
    )
    return Tab(
        label("tab", "notes", lang),
        label("title", "notes", lang),
        (label("intro", "notes", lang),),
        (ReportTable("Notes", "", columns, rows),),
    )
