"""How one large figure is shown: as exactly as its card has room for.

The value in the cell stays whole; only its number format and the size of its letters change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from ..core.report import Column, Unit, Value
from .formats import axis_format, number_format, shown, unit_of
from .measures import PADDING, text_width
from .tones import ANY_DIFFERENCE, SMALLEST

# Points; the first that fits is taken.
SIZES: Final = (22, 20, 18, 16, 14)
SMALLEST_SIZE: Final = 11

# From here on decimals say nothing.
ROUNDED_FROM: Final = 1000
DECIMALS: Final = frozenset({"currency", "number", "hours"})

# Where the whole figure has no room: millions, then billions, by language.
SCALABLE: Final = frozenset({"count", "currency", "number"})
SCALES: Final = MappingProxyType(
    {
        "en": ((1e6, ",,", "M"), (1e9, ",,,", "bn")),
        "fr": ((1e6, ",,", "M"), (1e9, ",,,", "Md")),
    }
)

CHANGE_FORMATS: Final = MappingProxyType(
    {"change": ("#,##0.0%", '#,##0.0"\xa0"%'), "points": ('#,##0.0#" pts"', '#,##0.0#"\xa0pt"')}
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number format, or "" for text, and the size in points."""

    code: str
    size: float

    @property
    def look(self) -> dict[str, object]:
        look: dict[str, object] = {"font_size": self.size}
        return look | {"num_format": self.code} if self.code else look


def figure(value: Value, unit: Unit, *, currency: str, lang: str, width: int) -> Figure:
    """The most exact and largest way to show a value on a width in pixels."""
    ways = list(_ways(value, unit_of(unit, [value]), currency, lang))
    for code, text in ways:
        for size in SIZES:
            if text_width(text, bold=True, size=size) + 2 * PADDING <= width:
                return Figure(code, size)
    return Figure(ways[-1][0], SMALLEST_SIZE)


def change_figure(value: float, unit: Literal["change", "points"], *, lang: str) -> tuple[str, str]:
    """The number format of a change with an arrow by its sign, and about what it shows.

    >>> change_figure(0.12, "change", lang="en")[0]
    '"▲ "+#,##0.0%;"▼ "-#,##0.0%'
    """
    code = CHANGE_FORMATS[unit][lang == "fr"]
    text = shown(abs(value), Column("", "", unit)).lstrip("+")  # a little wider than one decimal
    if abs(value) < SMALLEST.get(unit, ANY_DIFFERENCE):
        return f'"= "{code};"= "{code}', f"= {text}"
    return f'"▲ "+{code};"▼ "-{code}', f"▲ +{text}"


def _ways(value: Value, unit: Unit, currency: str, lang: str) -> Iterator[tuple[str, str]]:
    code = number_format(unit, lang=lang, currency=currency)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        yield ("" if code == "General" else code), shown(value, Column("", "", unit))
        return
    letters = f" {currency}" if unit == "currency" and currency else ""
    if unit in DECIMALS and abs(value) >= ROUNDED_FROM:
        rounded = axis_format(unit, largest=abs(value), currency=currency)
        yield rounded, f"{value:,.0f}{letters}"
    else:
        yield code, shown(value, Column("", "", unit, currency=currency))
    if unit in SCALABLE:
        for scale, commas, name in SCALES.get(lang, SCALES["en"]):
            if abs(value) >= scale:
                quoted = f'"\xa0{name}{letters}"'
                yield f"#,##0.0{commas}{quoted}", f"{value / scale:,.1f} {name}{letters}"
