"""The tab that says how every file was read and what needs a look."""

from __future__ import annotations

from ..core.exports.profile import profiles
from ..core.findings import SEVERITIES
from ..core.report import Column, ReportTable, Tab
from ..labels import label
from .material import Material


def quality_tab(material: Material) -> Tab:
    """Files with what was read, set aside, superseded and not placed; then every finding."""
    lang = material.lang
    titles = {profile.id: profile.title for profile in profiles()}
    files = ReportTable(
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
        tuple(
            (
                table.file,
                table.title or None,
                titles.get(table.profile) or label("profile", "none", lang),
                table.rows,
                table.totals,
                table.superseded,
                ", ".join(table.unmapped) or None,
            )
            for table in sorted(material.dataset.tables, key=lambda table: table.file)
        ),
    )
    grave_first = sorted(
        material.dataset.findings, key=lambda finding: -SEVERITIES.index(finding.severity)
    )
    findings = ReportTable(
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
    return Tab(
        label("tab", "quality", lang),
        label("title", "quality", lang),
        (label("intro", "quality", lang),),
        (files, findings),
    )
