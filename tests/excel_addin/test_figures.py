"""How large and how exactly the figure of a card is shown."""

from __future__ import annotations

from datetime import date

import pytest

from tracksheet.core.report import Unit, Value
from tracksheet.excel_addin.figures import change_figure, figure
from tracksheet.excel_addin.measures import fitted, text_height, text_width


@pytest.mark.parametrize(
    ("value", "unit", "currency", "lang", "width", "code", "size"),
    [
        (1_211_188, "count", "", "en", 180, "#,##0", 22),
        (1_211_188, "count", "", "en", 110, "#,##0", 18),
        (1_211_188, "count", "", "en", 70, '#,##0.0,,"\xa0M"', 18),
        (1_211_188_000_000, "count", "", "fr", 100, '#,##0.0,,,"\xa0Md"', 14),
        (655.9, "currency", "EUR", "en", 180, '#,##0.00 "EUR"', 22),
        (65_590.4, "currency", "EUR", "en", 180, '#,##0 "EUR"', 22),
        (-98_765_432.1, "number", "", "en", 180, "#,##0", 22),
        (0.025, "ratio", "", "fr", 180, '0.00"\xa0"%', 22),
        ("Short videos", "text", "", "en", 180, "", 22),
        ("A name of many words that goes on and on", "text", "", "en", 180, "", 11),
        (date(2026, 9, 1), "date", "", "fr", 180, "dd/mm/yyyy", 22),
    ],
)
def test_the_figure_of_a_card_fits(
    value: Value, unit: Unit, currency: str, lang: str, width: int, code: str, size: float
) -> None:
    chosen = figure(value, unit, currency=currency, lang=lang, width=width)
    assert (chosen.code, chosen.size) == (code, size)


@pytest.mark.parametrize(
    ("value", "unit", "lang", "code"),
    [
        (0.12, "change", "en", '"▲ "+#,##0.0%;"▼ "-#,##0.0%'),
        (-0.4, "points", "fr", '"▲ "+#,##0.0#"\xa0pt";"▼ "-#,##0.0#"\xa0pt"'),
        (0.0, "change", "en", '"= "#,##0.0%;"= "#,##0.0%'),
        (-0.0004, "change", "en", '"= "#,##0.0%;"= "#,##0.0%'),
    ],
)
def test_a_change_has_an_arrow_unless_it_is_none(
    value: float, unit: str, lang: str, code: str
) -> None:
    assert change_figure(value, unit, lang=lang)[0] == code  # type: ignore[arg-type]


def test_text_is_measured_at_its_size() -> None:
    assert text_width("Reach", size=22) == 2 * text_width("Reach")
    assert text_height("word " * 40, 200, size=10) > text_height("word " * 40, 400, size=10)
    assert text_height("one\ntwo\n\nfour", 400) == text_height("one", 400) * 4 - 3 * 2


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("short", 200, "short"),
        ("some words that do not fit", 90, "some words…"),
        ("instagram.com/p/C1aBcDeFgHi/somewhere", 90, "instagram.com/p…"),
        ("", 90, ""),
    ],
)
def test_a_text_is_cut_at_a_word_or_in_an_address(text: str, width: int, expected: str) -> None:
    cut = fitted(text, width, size=9)
    assert cut[:12] == expected[:12]
    assert cut.endswith("…") is expected.endswith("…")
    assert text_width(cut, size=9) <= width
