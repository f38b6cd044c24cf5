"""What the columns of one table share while they are typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from ..findings import Finding, Severity
from .layout import Layout
from .options import ReadOptions
from .preamble import Preamble


@dataclass(frozen=True, slots=True)
class Context:
    """The layout of a table, what was said about its file, and the findings so far."""

    name: str  # file, and sheet or title
    layout: Layout
    preamble: Preamble
    options: ReadOptions
    latest: date  # no date of the file can be later: when it was written
    findings: list[Finding]
    delimiter: str = ""

    def where(self, lines: Sequence[int], position: int, header: str) -> str:
        """The place of a cell as people look it up."""
        return f"{self.name}, line {lines[position]}, column {header!r}"

    def report(self, severity: Severity, where: str, message: str) -> None:
        """Note a finding."""
        self.findings.append(Finding(severity, where, message))

    def report_bad(
        self, bad: Sequence[tuple[int, str, str]], lines: Sequence[int], header: str
    ) -> None:
        """Say once for a column which cells are left empty, and why the first of them is."""
        if bad:
            position, text, why = bad[0]
            more = f" and {len(bad) - 1} more like it" if len(bad) > 1 else ""
            where = self.where(lines, position, header)
            self.report("warning", where, f"{text!r}{more} left empty: {why}")


def cells_of(column: pd.Series) -> list[object]:
    """The cells of a column, "" in text and None in other cells where there is nothing."""
    if column.dtype == object:
        return [None if cell == "" else cell for cell in column.tolist()]
    return column.fillna("").tolist()
