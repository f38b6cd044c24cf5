"""Exports that people, or a connector, put into other sheets of the plan."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from ..core.exports import Export, ExportError, ReadOptions
from ..core.exports.read import read_sheet, sheet_content
from ..core.exports.source import Cell, Grid
from ..core.findings import Finding
from .cells import is_blank
from .sheets import is_empty, lookalike, place


@dataclass(frozen=True, slots=True)
class SheetExport:
    """An export in a sheet. `digest` is the same for the same cells, whatever file they are in."""

    export: Export
    digest: str


def sheet_exports(
    grids: Sequence[Grid], *, file: str, made: datetime, options: ReadOptions | None = None
) -> tuple[tuple[SheetExport, ...], tuple[Finding, ...]]:
    """The exports among the sheets that are no human tabs, and what to say of the others."""
    exports: list[SheetExport] = []
    findings: list[Finding] = []
    for grid in grids:
        if is_empty(grid):
            continue
        try:
            found = _read(grid, file, made, options or ReadOptions())
        except ExportError as error:
            findings.append(Finding("error", place(file, grid.sheet), str(error)))
            continue
        if isinstance(found, Finding):
            findings.append(found)
        else:
            exports.append(SheetExport(found, digest_of(grid)))
    return tuple(exports), tuple(findings)


def digest_of(grid: Grid) -> str:
    """The SHA-256 of the cells of a sheet. Empty rows and columns around them do not count."""
    rows = [[_plain(cell) for cell in row] for row in grid.rows]
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    canonical = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _read(grid: Grid, file: str, made: datetime, options: ReadOptions) -> Export | Finding:
    where = place(file, grid.sheet)
    content = sheet_content(grid, file=file, options=options)
    alike = lookalike(grid)
    if content == "export" and alike is not None and alike.tab.like_export:
        name = " or ".join(repr(word) for word in dict.fromkeys(alike.tab.name.values()))
        return Finding(
            "error",
            where,
            f"the sheet is not read: it could be the tab {name}, or figures of your own accounts. "
            f"Call it {name} if it is that tab; if not, give the column "
            f"{_heading(grid, alike.columns['brand'], alike.row)!r} another heading",
        )
    if content == "export":
        return _calm(read_sheet(grid, file=file, made=made, options=options))
    if alike is not None and alike.share >= 0.5:
        name = alike.tab.name[alike.lang or "en"]
        return Finding(
            "warning", where, f"not read, but it looks like the tab {name!r}: call it so if it is"
        )
    if content == "figures":
        return Finding(
            "warning",
            where,
            "not read: there are figures, but no column says of which day, post or campaign they "
            "are. Add one, if they should be in the report",
        )
    return Finding("info", where, "not read: no heading in it is known, so it is left to you")


def _calm(export: Export) -> Export:
    """A sheet that is ready for figures and has none yet is no cause for alarm."""
    if any(len(table.frame) or len(table.totals) for table in export.tables):
        return export
    return replace(export, findings=tuple(replace(one, severity="info") for one in export.findings))


def _heading(grid: Grid, column: int, row: int) -> str:
    return str(grid.rows[row][column]).strip()


def _plain(cell: Cell) -> object:
    """A cell as JSON has it, the same for 5 and 5.0 and for a date with and without midnight."""
    if is_blank(cell):
        return None
    if isinstance(cell, bool | str):
        return cell
    if isinstance(cell, datetime):
        moment = cell.isoformat() if cell.time() != time() else cell.date().isoformat()
        return {"date": moment}
    if isinstance(cell, date | time):
        return {"date": cell.isoformat()}
    if isinstance(cell, timedelta):
        return {"seconds": cell.total_seconds()}
    return int(cell) if float(cell).is_integer() else float(cell)
