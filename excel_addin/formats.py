"""How the report looks: number formats by unit and language, colours, fonts, and its few words.

One accent colour, dark grey ink, hairlines instead of boxes. Number formats are written in the
invariant notation of the file format; Excel shows the separators of the reader's own country.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from babel.numbers import get_currency_precision
from xlsxwriter import Workbook
from xlsxwriter.format import Format

from ..core.report import Column, Unit, Value

# The widths of XlsxWriter are measured on Calibri 11, and every Excel since 2007 has it.
FONT: Final = "Calibri"

ACCENT: Final = "#17607A"
INK: Final = "#26323B"
MUTED: Final = "#6A7782"
RULE: Final = "#E3E8EC"
TINT: Final = "#F3F7F9"

# Told apart by people who do not see red or green, and when printed in grey.
SERIES: Final = (
    ACCENT, "#E39B4B", "#7FB3C8", "#9A5B7B", "#8AA36B", "#C9B35B", "#5B6B8C", "#B9C2C9",
)  # fmt: skip

DATE_FORMATS: Final = MappingProxyType({"en": "yyyy-mm-dd", "fr": "dd/mm/yyyy"})
TIME_FORMAT: Final = "hh:mm"

NUMBER_FORMATS: Final = MappingProxyType(
    {
        "text": "General",
        "url": "General",
        "count": "#,##0",
        "number": "#,##0.00",
        # Rates of social media live between 0.1 % and 5 %: one decimal would make them all alike.
        "ratio": "0.00%",
        "change": "+0.0%;-0.0%;0.0%",
        # The value stays in seconds, so that formulas of people mean what the heading says.
        "seconds": '#,##0 "s"',
        "hours": '#,##0.0 "h"',
        "points": '#,##0.0 "pts"',
    }
)

NUMERIC: Final = frozenset(
    {"count", "number", "ratio", "change", "currency", "seconds", "hours", "points"}
)

ROLES: Final[Mapping[str, Mapping[str, object]]] = MappingProxyType(
    {
        "title": {"font_size": 20, "bold": True, "font_color": ACCENT, "valign": "vcenter"},
        "intro": {"font_color": MUTED, "valign": "vcenter"},
        "table title": {"font_size": 13, "bold": True, "font_color": INK, "valign": "vcenter"},
        "note": {"font_size": 10, "italic": True, "font_color": MUTED, "valign": "vcenter"},
        "heading": {
            "bold": True, "font_color": ACCENT, "bg_color": TINT, "text_wrap": True,
            "valign": "vcenter", "top": 1, "top_color": TINT, "bottom": 2, "bottom_color": ACCENT,
        },
        "cell": {"font_color": INK, "valign": "vcenter", "bottom": 1, "bottom_color": RULE},
        # For rows one line high with texts of several lines: the first is the one to show.
        "top cell": {"font_color": INK, "valign": "top", "bottom": 1, "bottom_color": RULE},
        "plain cell": {"font_color": INK, "valign": "top"},
    }
)  # fmt: skip

WORDS: Final = MappingProxyType(
    {
        "en": {
            "no data": "No data for this period.",
            "cut": "Texts cut at {limit} characters, the most a cell can hold: {count}",
            "links": "Links shown as plain text (a sheet holds {limit} at most): {count}",
            "page": "Page &P of &N",
        },
        "fr": {
            "no data": "Aucune donnée pour cette période.",
            "cut": "Textes coupés à {limit} caractères, le maximum d’une cellule : {count}",
            "links": "Liens affichés en simple texte (maximum d’une feuille : {limit}) : {count}",
            "page": "Page &P sur &N",
        },
    }
)


def words(lang: str) -> dict[str, str]:
    """The renderer's own words in this language; English for a language it does not speak."""
    return WORDS.get(lang, WORDS["en"])


def number_format(unit: Unit, *, lang: str = "en", currency: str = "") -> str:
    """The Excel number format of a unit.

    >>> number_format("currency", currency="EUR")
    '#,##0.00 "EUR"'
    >>> number_format("date", lang="fr")
    'dd/mm/yyyy'
    """
    if unit == "currency":
        return _money(currency, decimals=get_currency_precision(currency) if currency else 2)
    if unit in ("date", "datetime"):
        day = DATE_FORMATS.get(lang, DATE_FORMATS["en"])
        return day if unit == "date" else f"{day} {TIME_FORMAT}"
    return NUMBER_FORMATS[unit]


def axis_format(unit: Unit, *, largest: float, currency: str = "") -> str:
    """The number format of a chart axis: as few decimals as the largest value needs.

    >>> axis_format("ratio", largest=0.12), axis_format("ratio", largest=0.004)
    ('0%', '0.0%')
    """
    if unit in ("ratio", "change"):
        return "0%" if largest >= 0.05 else "0.0%" if largest >= 0.004 else "0.00%"
    decimals = 0 if largest >= 10 else 1 if largest >= 1 else 2
    if unit == "currency":
        return _money(currency, decimals=decimals)
    places = "#,##0" + (f".{'0' * decimals}" if decimals else "")
    _, quote, letters = NUMBER_FORMATS.get(unit, "").partition(' "')
    return places + quote + letters


def shown(value: Value, column: Column) -> str:
    """About what Excel will show, to measure how wide a column must be."""
    if isinstance(value, datetime):
        return "0000-00-00 00:00"
    if isinstance(value, date):
        return "0000-00-00"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return "" if value is None else str(value)
    if column.unit in ("ratio", "change"):
        return f"{value:+.2%}"
    if column.unit in ("text", "url"):
        return f"{value:.11g}"
    decimals = {"count": 0, "seconds": 0, "hours": 1, "points": 1}.get(column.unit, 2)
    suffix = {"seconds": " s", "hours": " h", "points": " pts", "currency": f" {column.currency}"}
    return f"{value:,.{decimals}f}{suffix.get(column.unit, '')}"


@dataclass(slots=True)
class Styles:
    """The cell formats of one workbook, each made once."""

    book: Workbook
    lang: str
    _made: dict[tuple[tuple[str, object], ...], Format] = field(default_factory=dict)

    def role(self, role: str, **more: object) -> Format:
        """The format of a part of the page, with more properties added."""
        properties: dict[str, object] = {"font_name": FONT, **ROLES[role], **more}
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self.book.add_format(properties)
        return self._made[key]

    def heading(self, column: Column) -> Format:
        """The heading stands over its values: numbers to the right, words to the left."""
        return self.role("heading", **_aligned(column))

    def cell(self, column: Column, *, role: str) -> Format:
        """The format of a column's values in this role: "cell", "top cell" or "plain cell"."""
        more = _aligned(column)
        code = number_format(column.unit, lang=self.lang, currency=column.currency)
        if code != "General":
            more["num_format"] = code
        if column.unit == "url":
            more |= {"font_color": ACCENT, "underline": 1}
        if column.wrap:
            more["text_wrap"] = True
        return self.role(role, **more)


def _aligned(column: Column) -> dict[str, object]:
    # The indent of words keeps them clear of the number on their left.
    if column.unit in NUMERIC:
        return {"align": "right"}
    return {"align": "left", "indent": 1}


def _money(currency: str, *, decimals: int) -> str:
    places = "#,##0" + (f".{'0' * decimals}" if decimals else "")
    letters = "".join(letter for letter in currency if letter.isalnum())
    return f'{places} "{letters}"' if letters else places
