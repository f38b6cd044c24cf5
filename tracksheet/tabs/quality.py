"""The tab that says how every file was read, what platforms changed, and what needs a look."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from ..core.dataset import TableReport
from ..core.exports.profile import profiles
from ..core.findings import SEVERITIES
from ..core.report import Column, ReportTable, Tab, Value
from ..labels import label
from .coverage_words import word
from .material import Material
from .restated import restated_table


def quality_tab(material: Material) -> Tab:
    """Files with what was read and set aside; figures that were restated; every finding."""
    lang = material.lang
    restated = restated_table(material)
    return Tab(
        label("tab", "quality", lang),
        label("title", "quality", lang),
        (label("intro", "quality", lang),),
        (
            _files(material),
            *(() if restated is None else (restated,)),
            _findings(material),
        ),
    )


def _files(material: Material) -> ReportTable:
    """One row a table of a file that is there; one a platform for what is only remembered."""
    lang = material.lang
    there = [table for table in material.dataset.tables if not table.from_history]
    remembered = [table for table in material.dataset.tables if table.from_history]
    return ReportTable(
        "Files",
        label("title", "files", lang),
        (
            Column("file", label("column", "file", lang), width=34),
            Column("table", label("column", "table", lang), width=24),
            Column("profile", label("column", "profile", lang), width=34),
            Column("rows", label("column", "rows", lang), "count"),
            Column("totals", label("column", "totals", lang), "count"),
            Column("superseded", label("column", "superseded", lang), "count"),
            Column("unmapped", label("column", "unmapped", lang), width=60),
        ),
        (
            *(
                (
                    table.file,
                    table.title or None,
                    _platform(table.profile, lang),
                    table.rows,
                    table.totals,
                    table.superseded,
                    ", ".join(table.unmapped) or None,
                )
                for table in sorted(there, key=lambda table: table.file)
            ),
            *_remembered(remembered, lang),
        ),
    )


def _remembered(tables: Iterable[TableReport], lang: str) -> Iterable[tuple[Value, ...]]:
    """One row for each platform whose files are no longer there."""
    in_order = sorted(tables, key=lambda table: _platform(table.profile, lang))
    for platform, group in groupby(in_order, key=lambda table: _platform(table.profile, lang)):
        of_platform = list(group)
        number = len({table.file for table in of_platform})
        yield (
            word("quality", "history_one" if number == 1 else "history", lang, number=number),
            None,
            platform,
            sum(table.rows for table in of_platform),
            sum(table.totals for table in of_platform),
            sum(table.superseded for table in of_platform),
            None,
        )


def _platform(profile: str, lang: str) -> str:
    titles = {known.id: known.title for known in profiles()}
    return titles.get(profile) or label("profile", "none", lang)


def _findings(material: Material) -> ReportTable:
    lang = material.lang
    grave_first = sorted(
        material.dataset.findings, key=lambda finding: -SEVERITIES.index(finding.severity)
    )
    return ReportTable(
        "Findings",
        label("title", "findings", lang),
        (
            Column("severity", label("column", "severity", lang)),
            Column("where", label("column", "where", lang), width=34),
            Column("message", label("column", "message", lang), width=110),
        ),
        tuple(
            (label("severity", finding.severity, lang), finding.where, finding.message)
            for finding in grave_first
        ),
    )
