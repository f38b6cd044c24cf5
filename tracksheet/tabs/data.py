"""The long tab that people's own sheets can look figures up in."""

from __future__ import annotations

from ..core.periods import label as period_label
from ..core.plain import plain
from ..core.report import Column, ReportTable, Tab, Unit, Value
from ..core.results import period_start
from ..labels import kpi_name, label
from .material import Material

# The same in every language, so that a formula of last year still works.
HEADINGS: tuple[tuple[str, Unit], ...] = (
    ("period", "text"),
    ("start", "date"),
    ("channel", "text"),
    ("kpi", "text"),
    ("name", "text"),
    ("value", "number"),
    ("unit", "text"),
    ("low", "number"),
    ("high", "number"),
    ("previous", "number"),
    ("change", "ratio"),
    ("last_year", "number"),
    ("note", "text"),
)


def data_tab(material: Material) -> Tab:
    """One row a KPI, channel and period, where it has a value or bounds: made for SUMIFS."""
    results = material.by_period
    rows: list[tuple[Value, ...]] = []
    latest = ""
    entries = iter(results.as_list())
    for record in results.rows:
        latest = period_label(period_start(record), material.period)
        for kpi in results.kpis:
            entry = next(entries)
            low, high = plain(record.get(f"{kpi.id}_low")), plain(record.get(f"{kpi.id}_high"))
            value = plain(record[kpi.id])
            if value is None and high is None:
                continue
            rows.append(
                (
                    latest,
                    plain(record["period"]),
                    plain(record["channel"]),
                    kpi.id,
                    kpi_name(kpi, material.lang),
                    value,
                    str(entry["unit"]),
                    low,
                    high,
                    plain(record.get(f"{kpi.id}_previous")),
                    plain(record.get(f"{kpi.id}_change")),
                    plain(record.get(f"{kpi.id}_last_year")),
                    str(entry["note"]) or None,
                )
            )
    columns = tuple(Column(name, name, unit) for name, unit in HEADINGS)
    table = ReportTable("Data", "", columns, tuple(rows))
    return Tab(
        label("tab", "data", material.lang),
        label("title", "data", material.lang),
        (label("intro", "data", material.lang).format(period=latest or "2026-07"),),
        (table,),
    )
