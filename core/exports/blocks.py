"""Finding the tables in a grid of cells: title lines, several tables, notes underneath."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .date_formats import read_date
from .headers import normalise
from .numbers import MISSING, NumberError, parse_number
from .profile import Vocabulary
from .source import Cell, Grid, Row

HEADER_SEARCH_ROWS = 25  # title lines above a header are fewer than this in every known export


@dataclass(slots=True)
class Block:
    """A table as found: lines above it, its header and its rows with their line numbers."""

    sheet: str
    preamble: list[Row]
    header: list[str]
    header_line: int
    rows: list[Row]
    lines: list[int]
    repeated: int = 0
    notes: list[int] = field(default_factory=list)  # lines under the table that are not of it


@dataclass(frozen=True, slots=True)
class _Segment:
    """Rows without an empty row between them: positions in the grid."""

    start: int
    stop: int


def find_blocks(grid: Grid, words: Vocabulary, *, vertical: frozenset[str]) -> list[Block]:
    """The tables of a grid in order. Lines that belong to none are `notes` of the one above.

    `vertical` holds first-column words that open a table of two columns, names beside values.
    """
    blocks: list[Block] = []
    preamble: list[Row] = []
    for segment in _segments(grid.rows):
        rows = grid.rows[segment.start : segment.stop]
        lines = grid.lines[segment.start : segment.stop]
        if blocks and not preamble and _continues(blocks[-1], rows, words):
            blocks[-1].rows.extend(rows)
            blocks[-1].lines.extend(lines)
            continue
        found = False
        for block in _tables(grid.sheet, rows, lines, preamble, words, vertical):
            found = True
            blocks.extend(map(_without_notes, _side_by_side(block)))
        if found:
            preamble = []
        elif _looks_like_title(rows):
            preamble = [*preamble, *rows]
        elif blocks:
            blocks[-1].notes.extend(lines)
    if preamble and blocks:
        wanted = {id(row) for row in preamble}
        blocks[-1].notes.extend(
            line for row, line in zip(grid.rows, grid.lines, strict=True) if id(row) in wanted
        )
    return blocks


def _segments(rows: Sequence[Row]) -> Iterator[_Segment]:
    start: int | None = None
    for position, row in enumerate(rows):
        blank = not any(row) and all(cell == "" for cell in row)
        if blank or _only_spaces(row):
            if start is not None:
                yield _Segment(start, position)
                start = None
        elif start is None:
            start = position
    if start is not None:
        yield _Segment(start, len(rows))


def _only_spaces(row: Row) -> bool:
    first = row[0]
    if first not in ("", " ") and not (isinstance(first, str) and first.isspace()):
        return False
    return all(isinstance(cell, str) and not cell.strip() for cell in row)


def _tables(
    sheet: str,
    rows: list[Row] | list[list[Cell]],
    lines: Sequence[int],
    above: list[Row],
    words: Vocabulary,
    vertical: frozenset[str],
) -> Iterator[Block]:
    """Tables of one segment: usually one; more where a title line opens the next."""
    if _is_vertical(rows, vertical):
        yield _turned(sheet, rows, lines, above)
        return
    start = 0
    while start < len(rows):
        head = _header_position(rows, start, words)
        if head is None:
            return
        header = [_text(cell) for cell in rows[head]]
        stop = _table_end(rows, head + 1, header, words)
        block = Block(sheet, [*above, *rows[start:head]], header, lines[head], [], [])
        for row, line in zip(rows[head + 1 : stop], lines[head + 1 : stop], strict=True):
            if row[0] == rows[head][0] and list(row) == list(rows[head]):
                block.repeated += 1  # two exports pasted under each other
            else:
                block.rows.append(row)
                block.lines.append(line)
        yield block
        start, above = stop, []


def _header_position(rows: Sequence[Row], start: int, words: Vocabulary) -> int | None:
    """The row that holds most known headers, else the first row of names above figures."""
    best, best_score = None, 0
    for position in range(start, min(start + HEADER_SEARCH_ROWS, len(rows))):
        row = rows[position]
        filled = [cell for cell in row if cell != ""]
        if len(filled) < 2 or str(row[0]).startswith("#"):
            continue
        score = words.score(filled)
        enough = score >= 2 or score == len(filled)
        if enough and score > best_score and score * 3 >= len(filled):
            best, best_score = position, score
    if best is not None:
        return best
    return _unknown_header(rows, start)


def _unknown_header(rows: Sequence[Row], start: int) -> int | None:
    for position in range(start, min(start + HEADER_SEARCH_ROWS, len(rows))):
        row = rows[position]
        filled = [cell for cell in row if cell != ""]
        if len(filled) < 2 or str(row[0]).startswith("#"):
            continue
        names = all(isinstance(cell, str) and not _is_figure(cell) for cell in filled)
        if not names or len(set(filled)) < len(filled):
            return None
        following = rows[position + 1 : position + 4]
        even = following and all(
            len([cell for cell in other if cell != ""]) >= 2 for other in following
        )
        if even and any(_is_figure(cell) for other in following for cell in other):
            return position
    return None


def _is_figure(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return True
    if cell.strip().casefold() in MISSING:
        return False
    try:
        parse_number(cell, decimal=".", whole=True)
    except NumberError:
        return bool(re.fullmatch(r"[\d.,\s%-]+", cell.strip()))
    return True


def _table_end(rows: Sequence[Row], start: int, header: list[str], words: Vocabulary) -> int:
    """Where the next title or header begins, without an empty line between; else the end."""
    width = len([name for name in header if name])
    for position in range(start, len(rows) - 1):
        row = rows[position]
        if position > start and _is_other_header(row, rows[position - 1], header, words):
            return position
        if len(row) - row.count("") > 1 or width < 2 or not isinstance(row[0], str) or not row[0]:
            continue
        following = [cell for cell in rows[position + 1] if cell != ""]
        known = words.score(following)
        if known >= 2 and known == len(following):
            return position
    return len(rows)


def _is_other_header(row: Row, above: Row, header: list[str], words: Vocabulary) -> bool:
    """A row of nothing but known headers, other ones than the table's, under a row of figures."""
    if any(not isinstance(cell, str) or cell[:1].isdigit() for cell in (row[0], row[-1])):
        return False
    if not words.knows(str(row[0])):
        return False
    filled = [cell for cell in row if cell != ""]
    known = words.score(filled)
    if known < 2 or known < len(filled) or [_text(cell) for cell in row] == header:
        return False
    return any(_is_figure(cell) for cell, name in zip(above, row, strict=False) if name != "")


def _without_notes(block: Block) -> Block:
    """The block with text under its last row of figures as notes: sources, explanations.

    Such a line is a sentence of several words that fills fewer cells than any row of the table
    and holds no figure or date. A link or an id alone is a row whose figures are missing.
    """
    above = [row for row in block.rows[:20] if any(_is_figure(cell) for cell in row)]
    if len(above) < 2:
        return block
    typical = min(len(row) - row.count("") for row in above)
    stop = len(block.rows)
    while stop > 1:
        row = block.rows[stop - 1]
        filled = [cell for cell in row if cell != ""]
        figures = any(_is_figure(cell) or _is_date(cell) for cell in filled)
        if figures or len(filled) >= typical or " " not in str(row[0]).strip():
            break
        stop -= 1
    block.notes[:0] = block.lines[stop:]
    del block.rows[stop:], block.lines[stop:]
    return block


def _is_date(cell: Cell) -> bool:
    return not isinstance(cell, str) or not isinstance(read_date(cell), str)


def _continues(block: Block, rows: Sequence[Row], words: Vocabulary) -> bool:
    """Rows after an empty line go on with the table above when they are as full as its rows."""
    if not block.rows or str(rows[0][0]).startswith("#"):
        return False
    names = [name for name in block.header if name]
    first = [cell for cell in rows[0] if cell != ""]
    typical = min(len([c for c in row if c != ""]) for row in block.rows[:20])
    if len(first) < max(2, typical) or len(first) > len(names) or words.score(first) >= 2:
        return False
    figures = [_is_figure(cell) for cell in block.rows[0]]
    return [_is_figure(cell) for cell in rows[0]][: len(figures)] == figures


def _looks_like_title(rows: Sequence[Row]) -> bool:
    """A few lines of one or two cells: a title for what follows, or notes if nothing does."""
    return len(rows) <= HEADER_SEARCH_ROWS and all(
        str(row[0]).startswith("#") or len([cell for cell in row if cell != ""]) <= 2
        for row in rows
    )


def _is_vertical(rows: Sequence[Row], vertical: frozenset[str]) -> bool:
    """Two columns, known names on the left: figures beside their names instead of under them."""
    if len(rows) > HEADER_SEARCH_ROWS or any(len(row) - row.count("") > 2 for row in rows):
        return False
    names = [normalise(row[0]) for row in rows if isinstance(row[0], str)]
    return sum(name in vertical for name in names) >= 2


def _turned(sheet: str, rows: Sequence[Row], lines: Sequence[int], above: list[Row]) -> Block:
    pairs = [(row, line) for row, line in zip(rows, lines, strict=True) if len(row) > 1]
    header = [_text(row[0]) for row, _ in pairs]
    values: Row = [row[1] for row, _ in pairs]
    return Block(
        sheet, [*above, *[row for row, _ in pairs]], header, lines[0], [values], [lines[0]]
    )


def _side_by_side(block: Block) -> Iterator[Block]:
    """Split a block where a column without header or values stands between two tables."""
    width = max([len(block.header), *(len(row) for row in block.rows[:50])])
    header = block.header + [""] * (width - len(block.header))
    while header and not header[-1]:
        header.pop()
    gaps = [
        position
        for position, name in enumerate(header)
        if not name
        and position > 0
        and all(len(row) <= position or row[position] == "" for row in block.rows)
    ]
    if not gaps:
        yield block
        return
    edges = [-1, *gaps, len(header)]
    for left, right in pairwise(edges):
        part = header[left + 1 : right]
        if len([name for name in part if name]) < 2:
            continue
        kept = [
            (row[left + 1 : right], line)
            for row, line in zip(block.rows, block.lines, strict=True)
            if any(cell != "" for cell in row[left + 1 : right])
        ]
        yield Block(
            block.sheet,
            block.preamble,
            part,
            block.header_line,
            [row for row, _ in kept],
            [line for _, line in kept],
            block.repeated,
        )


def _text(cell: Cell) -> str:
    return cell.strip().lstrip("\ufeff") if isinstance(cell, str) else str(cell)
