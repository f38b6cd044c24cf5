"""Turning KPI results into the columns and rows of report tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

import pandas as pd

from ..core.catalogue import Kpi
from ..core.report import Column, ReportTable, Unit, Value
from ..core.results import Results
from .labels import channel_name, label

Record = Mapping[str, object]


def plain(value: object) -> Value:
    """A cell of a data frame as a plain value; missing becomes None."""
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date() if value == value.normalize() else value.to_pydatetime()
    if hasattr(value, "item"):  # a numpy number
        return cast(Value, value.item())
    return cast(Value, value)


def kpi_name(kpi: Kpi, lang: str) -> str:
    return kpi.fr if lang == "fr" else kpi.en


def kpi_column(kpi: Kpi, lang: str, *, currency: str = "") -> Column:
    """A column of one KPI, with its definition as the note on the heading."""
    about = kpi.about_fr if lang == "fr" else kpi.about_en
    note = f"{about}\n\n= {kpi.formula}\n\n={kpi.excel}(…)"
    return Column(
        kpi.id,
        kpi_name(kpi, lang),
        cast(Unit, kpi.unit),
        note,
        currency if kpi.unit == "currency" else "",
    )


def one_currency(table: pd.DataFrame) -> str:
    """The currency of a whole table, empty if there are several or none."""
    if "currency" not in table:
        return ""
    codes = table["currency"].dropna().unique()
    return str(codes[0]) if len(codes) == 1 else ""


def change_column(kpi: Kpi, lang: str) -> Column:
    return Column(
        kpi.id, kpi_name(kpi, lang), "ratio", kpi.about_fr if lang == "fr" else kpi.about_en
    )


def channel_column(lang: str) -> tuple[Column, Callable[[Record], Value]]:
    return (
        Column("channel", label("column", "channel", lang)),
        lambda row: channel_name(str(plain(row["channel"]) or "—"), lang),
    )


def results_table(
    results: Results,
    kpis: Sequence[Kpi],
    *,
    name: str,
    title: str,
    lang: str,
    leading: Sequence[tuple[Column, Callable[[Record], Value]]],
    value: Callable[[Record, Kpi], Value] | None = None,
    changes: bool = False,
) -> ReportTable:
    """A row per group and a column per KPI; groups without any of these KPIs are left out."""
    frame = results.table
    currency = one_currency(frame)
    several = "currency" in frame and not currency and any(k.unit == "currency" for k in kpis)
    take = value or (lambda row, kpi: plain(row[kpi.id]))
    columns = [column for column, _ in leading]
    columns += [
        change_column(kpi, lang) if changes else kpi_column(kpi, lang, currency=currency)
        for kpi in kpis
    ]
    if several and not changes:
        columns.append(Column("currency", label("column", "currency", lang)))
    if not changes:
        columns.append(Column("notes", label("column", "notes", lang), width=60))
    rows = []
    for row in frame.to_dict("records"):
        values = [take(row, kpi) for kpi in kpis]
        notes = _notes(row, kpis, lang)
        if all(cell is None for cell in values) and not notes:
            continue
        cells = [cell(row) for _, cell in leading] + values
        if several and not changes:
            cells.append(plain(row["currency"]))
        if not changes:
            cells.append(notes or None)
        rows.append(tuple(cells))
    return ReportTable(name, title, tuple(columns), tuple(rows))


def _notes(row: Record, kpis: Sequence[Kpi], lang: str) -> str:
    """The bounds of what people counts leave empty; the other notes stand on the Data tab."""
    words = {
        "en": "{name}: between {low:,.0f} and {high:,.0f} people",
        "fr": "{name} : entre {low:,.0f} et {high:,.0f} personnes",
    }[lang]
    notes = []
    for kpi in kpis:
        low, high = plain(row.get(f"{kpi.id}_low")), plain(row.get(f"{kpi.id}_high"))
        if (
            plain(row[kpi.id]) is None
            and isinstance(low, float | int)
            and isinstance(high, float | int)
        ):
            text = words.format(name=kpi_name(kpi, lang), low=low, high=high)
            notes.append(text.replace(",", "\u202f") if lang == "fr" else text)
    return "; ".join(notes)
