"""The table of past figures that platforms changed since the last report."""

from __future__ import annotations

from datetime import date

from ..core.catalogue import catalogue
from ..core.plain import Record, number, plain, records
from ..core.report import Column, ReportTable, Unit, Value
from ..core.restated import summary
from ..labels import channel_name, label
from .coverage_words import has, word
from .material import Material
from .wording import period_name

SHOWN = 100  # rows: the newest periods, and of these what changed most


def restated_table(material: Material) -> ReportTable | None:
    """Before and after by account, period and figure; None where nothing was restated."""
    lang = material.lang
    if material.dataset.restated.empty:
        return None
    found = records(summary(material.dataset.restated, material.period))
    if not found:
        return None
    ordered = sorted(found, key=_newest_and_largest)
    note = word("restated", "note", lang)
    if len(ordered) > SHOWN:
        note += " " + word("restated", "cut", lang, shown=SHOWN, all=len(ordered))
    names = _account_names(material)
    units = {catalogue().metrics[str(row["metric"])].unit for row in ordered}
    unit: Unit = "count" if units == {"count"} else "number"
    columns = (
        Column("channel", label("column", "channel", lang)),
        Column("account", word("heading", "account", lang)),
        Column("figure", word("restated", "metric", lang)),
        Column("before", word("restated", "before", lang), unit),
        Column("after", word("restated", "after", lang), unit),
        Column("change", word("restated", "change", lang), "change"),
    )
    rows = tuple(_row(row, material, names) for row in ordered[:SHOWN])
    return ReportTable("Restated", word("restated", "title", lang), columns, rows, note)


def _newest_and_largest(row: Record) -> tuple[int, float]:
    start = plain(row["period"])
    newest = -start.toordinal() if isinstance(start, date) else 0
    return newest, -abs(_change(row) or 0)


def _change(row: Record) -> float | None:
    """The change as a fraction of what was; None where that was nothing."""
    before, after = number(row["before"]), number(row["after"])
    if not before or after is None:
        return None
    return (after - before) / abs(before)


def _row(row: Record, material: Material, names: dict[tuple[str, str], str]) -> tuple[Value, ...]:
    lang = material.lang
    start, metric = plain(row["period"]), catalogue().metrics[str(row["metric"])]
    channel, account = str(plain(row["channel"]) or "—"), str(plain(row["account_id"]) or "")
    grain = str(row["grain"])
    period = (
        period_name(start, material.period, lang)
        if isinstance(start, date)
        else word("restated", "several", lang)
    )
    figure = word(
        "restated", "figure", lang,
        metric=metric.fr if lang == "fr" else metric.en,
        period=period,
        grain=word("grain", grain, lang) if has("grain", grain) else grain.replace("_", " "),
    )  # fmt: skip
    return (
        channel_name(channel, lang),
        names.get((channel, account), account) or None,
        figure,
        number(row["before"]),
        number(row["after"]),
        _change(row),
    )


def _account_names(material: Material) -> dict[tuple[str, str], str]:
    """What people call each account, by channel and id."""
    rows = material.dataset.rows
    columns = ["channel", "account_id", "account_name"]
    if not set(columns) <= set(rows):
        return {}
    known = rows[columns].dropna().drop_duplicates(["channel", "account_id"], keep="last")
    return {
        (str(row["channel"]), str(row["account_id"])): str(row["account_name"])
        for row in records(known)
    }
