"""From a figure or a sentence to the cells it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from ..core.report import CellRef
from .canvas import Link
from .tables import Place
from .words import words

TIP_LENGTH = 255  # https://support.microsoft.com/office/excel-specifications-and-limits
SHEET_LENGTH = 10
LISTED = 1  # cells named beside a sentence; the tip names more


@dataclass(frozen=True, slots=True)
class Links:
    """Where the tables of the report lie, by their name in the report."""

    places: Mapping[str, Place]
    lang: str

    def link(self, refs: Sequence[CellRef], name: str) -> Link | None:
        """A link to the first cell; its tip names them all. None without a cell.

        `ValueError` says `name` and which cell the report does not have.
        """
        cells = self._cells(refs, name)
        if not cells:
            return None
        sheet, cell = cells[0]
        word = words(self.lang)["source" if len(cells) == 1 else "sources"]
        tip = word.format(cells=_listed(cells))
        tip = tip if len(tip) <= TIP_LENGTH else tip[: TIP_LENGTH - 1] + "…"
        return Link(f"internal:{_quoted(sheet)}!{cell}", tip)

    def label(self, refs: Sequence[CellRef], name: str) -> str:
        """The cells in words: "→ Data!F12, G12"."""
        cells = self._cells(refs, name)
        more = f" +{len(cells) - LISTED}" if len(cells) > LISTED else ""
        shown = [(_short(sheet), cell) for sheet, cell in cells[:LISTED]]
        return f"→\xa0{_listed(shown)}{more}"

    def _cells(self, refs: Sequence[CellRef], name: str) -> list[tuple[str, str]]:
        return list(dict.fromkeys(self._cell(ref, name) for ref in refs))

    def _cell(self, ref: CellRef, name: str) -> tuple[str, str]:
        place = self.places.get(ref.table)
        if place is None:
            raise ValueError(
                f"{name} points to table {ref.table!r}, which is on no tab or has no rows"
            )
        if not 0 <= ref.row < len(place.table.rows):
            raise ValueError(
                f"{name} points to row {ref.row} of table {ref.table!r}, "
                f"which has {len(place.table.rows)} rows"
            )
        try:
            column = place.left + place.table.column(ref.column)
        except KeyError as error:
            raise ValueError(f"{name}: {error.args[0]}") from None
        return place.sheet, xl_rowcol_to_cell(place.row + 1 + ref.row, column)


def _listed(cells: Sequence[tuple[str, str]]) -> str:
    """Each sheet is named once: Data!F12, G12, Posts!C4."""
    parts: list[str] = []
    last = ""
    for sheet, cell in cells:
        parts.append(cell if sheet == last else f"{sheet}!{cell}")
        last = sheet
    return ", ".join(parts)


def _short(sheet: str) -> str:
    """The name of a sheet as far as there is room for it; the tip has all of it."""
    return sheet if len(sheet) <= SHEET_LENGTH else sheet[: SHEET_LENGTH - 1].rstrip() + "…"


def _quoted(sheet: str) -> str:
    quoted: str = quote_sheetname(sheet)
    return quoted
