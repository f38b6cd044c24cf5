"""How the report looks: number formats by unit and language, colours and fonts.

One accent colour, dark grey ink, hairlines instead of boxes. Number formats are written in the
invariant notation of the file format; Excel shows the separators of the reader's own country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from babel.numbers import get_currency_precision
from xlsxwriter import Workbook
from xlsxwriter.format import Format

from ..core.report import Column, Tone, Unit, Value

# The widths of XlsxWriter are measured on Calibri 11, and every Excel since 2007 has it.
FONT: Final = "Calibri"

ACCENT: Final = "#17607A"
INK: Final = "#26323B"
MUTED: Final = "#606D78"
RULE: Final = "#E3E8EC"
TINT: Final = "#F3F7F9"

# What a tone looks like. Green leans to blue and red to orange, so that people who see neither tell
# them apart; words, signs and marks say the same without any colour.
TONE_INK: Final[Mapping[Tone, str]] = MappingProxyType(
    {"good": "#0B6E5A", "bad": "#B03A12", "warn": "#856000", "neutral": MUTED}
)
TONE_FILL: Final[Mapping[Tone, str]] = MappingProxyType(
    {"good": "#D5ECE6", "bad": "#F7DDD2", "warn": "#FAEDC8", "neutral": "#E6EBEF"}
)

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
        # A difference of two ratios: with its sign, and a second decimal where there is one.
        "points": '+#,##0.0#" pts";-#,##0.0#" pts";0.0" pts"',
    }
)
# The space before a French % or "pt" is one that no line breaks at.
FRENCH_NUMBER_FORMATS: Final = MappingProxyType(
    {
        "ratio": '0.00"\xa0"%',
        "change": '+0.0"\xa0"%;-0.0"\xa0"%;0.0"\xa0"%',
        "points": '+#,##0.0#"\xa0pt";-#,##0.0#"\xa0pt";0.0"\xa0pt"',
    }
)

AXIS_LETTERS: Final = MappingProxyType({"seconds": "s", "hours": "h", "points": "pts"})

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
        # People's own words and the sentences of a passage.
        "section": {"bold": True, "font_color": ACCENT, "text_wrap": True, "valign": "top"},
        "prose": {"font_color": INK, "text_wrap": True, "align": "left", "valign": "top"},
        "lead": {"font_color": MUTED, "bold": True},
        # The overview.
        "ground": {},
        "client": {
            "bold": True, "font_color": ACCENT, "text_wrap": True, "align": "left",
            "valign": "vcenter",
        },
        "band": {
            "font_color": TONE_INK["warn"], "text_wrap": True, "align": "left",
            "valign": "vcenter", "indent": 1,
        },
        "passage": {"bold": True, "font_size": 12, "font_color": INK, "align": "left"},
        "figure": {"bold": True, "font_color": INK, "align": "left", "valign": "vcenter",
                   "shrink": True},
        "change": {"bold": True, "align": "left", "valign": "top", "shrink": True},
        "pill": {"bold": True, "align": "center", "valign": "vcenter", "shrink": True},
        "link": {"font_color": ACCENT, "text_wrap": True, "align": "left", "valign": "top"},
        "short heading": {
            "bold": True, "font_color": ACCENT, "text_wrap": True, "valign": "bottom",
            "bottom": 1, "bottom_color": ACCENT,
        },
        "short cell": {
            "font_color": INK, "valign": "vcenter", "text_wrap": True, "bottom": 1,
            "bottom_color": RULE,
        },
    }
)  # fmt: skip


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
    french = FRENCH_NUMBER_FORMATS.get(unit) if lang == "fr" else None
    return french or NUMBER_FORMATS[unit]


def unit_of(unit: Unit, values: Iterable[Value]) -> Unit:
    """The unit to show values in: numbers that are all whole need no decimals.

    >>> unit_of("number", [105.0, None, 3]), unit_of("number", [2.5, 3])
    ('count', 'number')
    """
    if unit != "number":
        return unit
    figures = (value for value in values if isinstance(value, (int, float)))
    return "count" if all(float(value).is_integer() for value in figures) else "number"


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
    letters = AXIS_LETTERS.get(unit, "")
    return f'{places} "{letters}"' if letters else places


def shown(value: Value, column: Column) -> str:
    """About what Excel will show, to measure how wide a column must be."""
    if isinstance(value, datetime):
        return "0000-00-00 00:00"
    if isinstance(value, date):
        return "0000-00-00"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return "" if value is None else str(value)
    if column.unit in ("ratio", "change"):
        return f"{value:+,.2%}"
    if column.unit in ("text", "url"):
        return f"{value:.11g}"
    decimals = {"count": 0, "seconds": 0, "hours": 1}.get(column.unit, 2)
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

    def size(self, role: str) -> float:
        """The size of a role's letters in points."""
        size = ROLES[role].get("font_size", 11)
        return float(size) if isinstance(size, (int, float)) else 11

    def number(self, column: Column) -> dict[str, object]:
        """How the values of a column are written: their number format, or the look of a link."""
        if column.unit == "url":
            return {"font_color": ACCENT, "underline": 1}
        code = number_format(column.unit, lang=self.lang, currency=column.currency)
        return {} if code == "General" else {"num_format": code}

    def ink(self, tone: Tone) -> Format:
        """Only the colour of a tone, to lay over a cell's own format."""
        key: tuple[tuple[str, object], ...] = (("font_color", TONE_INK[tone]),)
        if key not in self._made:
            self._made[key] = self.book.add_format(dict(key))
        return self._made[key]

    def heading(self, column: Column) -> Format:
        """The heading stands over its values: numbers to the right, words to the left."""
        return self.role("heading", **_aligned(column))

    def cell(self, column: Column, *, role: str) -> Format:
        """The format of a column's values in this role: "cell", "top cell" or "plain cell"."""
        more = _aligned(column) | self.number(column)
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
