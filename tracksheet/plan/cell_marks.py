"""What a value alone does not tell of a cell: that it is an error, a percentage, or merged.

The reader of workbooks gives values only, and an empty one for `#REF!`, so that a broken formula
would pass for a cell that nobody filled in.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import join, normpath
from typing import IO, Final
from xml.etree import ElementTree

from ..core.exports.source import Cell, Grid
from .cells import FAULTS, NOT_COMPUTED, Percent, is_blank

_PERCENT_IDS: Final = frozenset({9, 10})  # built-in number formats 0% and 0.00%
_QUOTED = re.compile(r'"[^"]*"|\\.')  # text in a number format
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_BOOK: Final = "xl/workbook.xml"
_LARGEST_MERGE: Final = 10_000  # rows; a column merged down to the end of the sheet is a slip

At = tuple[int, int]


@dataclass(slots=True)
class _Marks:
    """The marks of one sheet by row and column, counted from 0."""

    faults: dict[At, str] = field(default_factory=dict)
    percents: set[At] = field(default_factory=set)
    merged: list[tuple[At, At]] = field(default_factory=list)


def with_marks(path: Path, grids: Sequence[Grid], *, only: Collection[str]) -> tuple[Grid, ...]:
    """The grids of an .xlsx file, with marks in the sheets of these names.

    Errors become their text, percentages `Percent`, and merged cells have their value in each row.
    A file of another format, or one that is built in an unusual way, comes back as it is.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = _sheet_parts(archive)
            percents = _percent_styles(archive)
            marks = {name: _marks(archive, parts[name], percents) for name in only if name in parts}
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, ElementTree.ParseError):
        return tuple(grids)
    return tuple(_marked(grid, marks.get(grid.sheet, _Marks())) for grid in grids)


def _sheet_parts(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Where in the archive each sheet is."""
    targets = {
        element.get("Id"): element.get("Target", "")
        for element in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    return {
        element.get("name", ""): _inside(targets.get(value, ""))
        for element in _elements(archive, _BOOK, "sheet")
        for key, value in element.attrib.items()
        if _local(key) == "id"
    }


def _inside(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """The styles of cells that show a percentage."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    tree = ElementTree.fromstring(archive.read("xl/styles.xml"))
    own = {
        int(element.get("numFmtId", "0"))
        for element in tree.iter()
        if _local(element.tag) == "numFmt"
        and "%" in _QUOTED.sub("", element.get("formatCode", "").partition(";")[0])
    }
    for element in tree:
        if _local(element.tag) == "cellXfs":
            return frozenset(
                str(position)
                for position, style in enumerate(element)
                if int(style.get("numFmtId", "0")) in own | _PERCENT_IDS
            )
    return frozenset()


def _elements(archive: zipfile.ZipFile, part: str, tag: str) -> Iterator[ElementTree.Element]:
    tree = ElementTree.fromstring(archive.read(part))
    return (element for element in tree.iter() if _local(element.tag) == tag)


def _marks(archive: zipfile.ZipFile, part: str, percents: Collection[str]) -> _Marks:
    marks = _Marks()
    with archive.open(part) as file:
        for element in _finished(file):
            tag = _local(element.tag)
            if tag == "c":
                _note_cell(element, marks, percents)
                element.clear()
            elif tag == "row":
                element.clear()
            elif tag == "mergeCell":
                first, _, last = element.get("ref", "").partition(":")
                marks.merged.append((_at(first), _at(last or first)))
    return marks


def _finished(file: IO[bytes]) -> Iterator[ElementTree.Element]:
    return (element for _, element in ElementTree.iterparse(file))


def _note_cell(element: ElementTree.Element, marks: _Marks, percents: Collection[str]) -> None:
    fault, percent = element.get("t") == "e", element.get("s") in percents
    formula = len(element) > 0 and element[0].tag.endswith("}f")
    if not (fault or percent or formula) or not element.get("r"):
        return
    at = _at(element.get("r", ""))
    parts = {_local(child.tag): child.text or "" for child in element}
    uncomputed = formula and not parts.get("v") and element.get("t") != "str"  # "" is a text
    if fault:
        shown = parts.get("v", "")
        marks.faults[at] = shown if shown in FAULTS else "#VALUE!"
    elif uncomputed:
        marks.faults[at] = NOT_COMPUTED
    elif percent:
        marks.percents.add(at)


def _at(reference: str) -> At:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _marked(grid: Grid, marks: _Marks) -> Grid:
    rows: list[list[Cell]] = [list(row) for row in grid.rows]

    def at(row: int, column: int) -> bool:
        return row < len(rows) and column < len(rows[row])

    for (row, column), fault in marks.faults.items():
        if at(row, column) and is_blank(rows[row][column]):
            rows[row][column] = fault
    for row, column in marks.percents:
        value = rows[row][column] if at(row, column) else ""
        if isinstance(value, int | float) and not isinstance(value, bool):
            rows[row][column] = Percent(value)
    for (top, left), (bottom, _) in marks.merged:
        for row in range(top + 1, min(bottom, top + _LARGEST_MERGE) + 1):
            used = at(row, left) and not all(map(is_blank, rows[row]))
            if used and is_blank(rows[row][left]):
                rows[row][left] = rows[top][left]
    return Grid(grid.sheet, rows, grid.lines)
