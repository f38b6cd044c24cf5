"""The tables of the tab of targets: one for each unit, since a column has one number format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from ..core.catalogue import Kpi, catalogue
from ..core.plain import number
from ..core.report import Column, ReportTable, Unit, Value
from ..core.targets import Judged, Status
from ..core.targets.pacing import aim_of
from ..labels import channel_name, kpi_name
from .material import Material
from .target_words import TONES, sentence, status_word, word

# What needs a hand comes first.
ORDER: tuple[Status, ...] = (
    "off_track", "at_risk", "no_data", "on_track", "undated", "met", "upcoming",
)  # fmt: skip
UNITS: tuple[Unit, ...] = (
    "count", "number", "ratio", "currency", "seconds", "hours", "points",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Field:
    """A column of the tables and where its values come from. A `unit` of None is the table's."""

    key: str
    value: Callable[[Judged, str], Value]
    unit: Unit | None = "text"
    width: float | None = None
    wrap: bool = False


def target_tables(material: Material) -> Iterator[tuple[ReportTable, list[Judged]]]:
    """A table for each unit and currency, and the targets of its rows.

    All have the same columns, so that they stand in line on the sheet: those that no target fills
    are left out.
    """
    lang, one_currency = material.lang, _one_currency(material)
    fields = [one for one in FIELDS if any(one.value(j, lang) is not None for j in material.judged)]
    by_unit: dict[tuple[Unit, str], list[Judged]] = {}
    for judged in material.judged:
        unit = cast(Unit, _kpi(judged).unit)
        currency = (judged.currency or one_currency) if unit == "currency" else ""
        by_unit.setdefault((unit, currency), []).append(judged)
    for unit, currency in sorted(by_unit, key=lambda key: (UNITS.index(key[0]), key[1])):
        rows = sorted(by_unit[unit, currency], key=lambda one: _rank(one, lang))
        yield _table(rows, fields, unit, currency, lang), rows


def _one_currency(material: Material) -> str:
    """The currency of all amounts of the data, empty if there are several."""
    rows = material.dataset.rows
    codes = {str(code) for code in rows["currency"].dropna().unique()} if "currency" in rows else {}
    return next(iter(codes)) if len(codes) == 1 else ""


def _rank(judged: Judged, lang: str) -> tuple[object, ...]:
    target = judged.target
    return (
        ORDER.index(judged.status),
        target.end or date.max,
        kpi_name(_kpi(judged), lang),
        target.brand,
        target.channel,
        target.campaign,
    )


def _table(
    rows: Sequence[Judged], fields: Sequence[_Field], unit: Unit, currency: str, lang: str
) -> ReportTable:
    letters = "".join(letter for letter in currency if letter.isalnum())
    name = f"Targets_{unit}_{letters}" if letters else f"Targets_{unit}"
    key = "currency_of" if currency else unit
    return ReportTable(
        name,
        word("unit", key, lang, currency=currency),
        tuple(_column(one, unit, currency, lang) for one in fields),
        tuple(tuple(one.value(judged, lang) for one in fields) for judged in rows),
    )


def _column(one: _Field, unit: Unit, currency: str, lang: str) -> Column:
    tones = {status_word(status, lang): tone for status, tone in TONES.items()}
    return Column(
        one.key,
        word("column", one.key, lang),
        one.unit or unit,
        word("note", one.key, lang) if one.key in NOTED else "",
        currency if one.unit is None else "",
        one.width,
        one.wrap,
        tones=tones if one.key == "status" else {},
    )


def _kpi(judged: Judged) -> Kpi:
    return catalogue().kpis[judged.target.kpi]


def _scope(judged: Judged, lang: str) -> str:
    """What the target is limited to: brand, channel, campaign."""
    target = judged.target
    names = (target.brand, channel_name(target.channel, lang), target.campaign)
    return " · ".join(name for name in names if name) or word("column", "all", lang)


def _ahead(judged: Judged, value: float | None) -> float | None:
    """A projection, where there are days left to project."""
    return None if judged.as_of == judged.target.end else number(value)


FIELDS = (
    _Field("kpi", lambda one, lang: kpi_name(_kpi(one), lang), width=30, wrap=True),
    _Field("scope", _scope, width=22, wrap=True),
    _Field("status", lambda one, lang: status_word(one.status, lang), width=16),
    _Field("aim", lambda one, lang: word("aim", aim_of(_kpi(one)), lang), width=11),
    _Field("target", lambda one, lang: number(one.target.target), None),
    _Field("actual", lambda one, lang: number(one.actual), None),
    _Field("expected", lambda one, lang: number(one.expected), None),
    _Field("attainment", lambda one, lang: number(one.attainment), "ratio"),
    _Field("projected", lambda one, lang: _ahead(one, one.projected), None),
    _Field("projected_recent", lambda one, lang: _ahead(one, one.projected_recent), None, 15),
    _Field("start", lambda one, lang: one.target.start, "date"),
    _Field("end", lambda one, lang: one.target.end, "date"),
    _Field("as_of", lambda one, lang: one.as_of, "date"),
    _Field("owner", lambda one, lang: one.target.owner or None, width=14, wrap=True),
    _Field("why", sentence, width=40, wrap=True),
    _Field("note", lambda one, lang: one.target.note or None, width=26, wrap=True),
)
NOTED = frozenset({"expected", "attainment", "projected", "projected_recent", "as_of"})
