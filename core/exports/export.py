"""A file as it was understood: plain values for programs, a report, or `tracksheet read`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from ..findings import Finding
from ..plain import plain
from .profile import DATE_FIELDS

DAYS = DATE_FIELDS - {"published_at"}  # fields without a time of day


@dataclass(frozen=True, slots=True)
class Column:
    """A header of the file and the metric or field it was taken for, None if for none."""

    name: str
    metric: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file.

    `frame` has a column per metric (floats, NaN where the file has no value) and field (text
    or dates), and `channel`, `currency` where known. `totals` has the same columns for
    the rows that the platform added up itself. `keys` say which rows are the same thing in
    another export.
    """

    profile: str | None
    title: str
    grain: str
    keys: tuple[str, ...]
    columns: tuple[Column, ...]
    unmapped: tuple[str, ...]
    frame: pd.DataFrame
    totals: pd.DataFrame
    findings: tuple[Finding, ...]

    def as_dict(self) -> dict[str, object]:
        """The table as `tracksheet read --json` prints it."""
        return {
            "profile": self.profile,
            "title": self.title,
            "rows": len(self.frame),
            "columns": [{"name": column.name, "metric": column.metric} for column in self.columns],
            "unmapped": list(self.unmapped),
            "records": records(self.frame),
            "totals": records(self.totals),
            "findings": [_finding(finding) for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class Export:
    """A file and its tables. `made` is when the platform made it, or the file was last written."""

    file: str
    encoding: str
    delimiter: str
    made: datetime
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The file as `tracksheet read --json` prints it."""
        return {
            "file": self.file,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "tables": [table.as_dict() for table in self.tables],
            "findings": [_finding(finding) for finding in self.findings],
        }


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "severity": finding.severity,
        "where": finding.where,
        "message": finding.message,
    }


def records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Rows as dictionaries of plain values: whole numbers as int, dates in ISO form, else None."""
    columns = [str(name) for name in frame]
    cells = {name: [_plain(value, name) for value in frame[name]] for name in columns}
    return [
        dict(zip(columns, values, strict=True))
        for values in zip(*(cells[name] for name in columns), strict=True)
    ]


def _plain(value: object, name: str) -> object:
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat() if name in DAYS else value.isoformat()
    return plain(value)
