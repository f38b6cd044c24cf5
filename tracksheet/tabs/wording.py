"""The words of overview.toml, and numbers and periods as people write them in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

from ..core.report import Unit
from ..word_files import words_in

FILE = "tabs/overview.toml"

WHOLE_FROM = 100  # amounts of money from here on are written without cents
PLAIN = "#,##0.##"
CENTS = "#,##0.00"
NO_BREAK = "\u00a0"
MINUS = "−"
DAY = "d MMMM y"
VOWELS = frozenset("aàâeéèêëiîïoôuùûœ")


def _entry(group: str, entry: str) -> Mapping[str, object]:
    return cast(Mapping[str, object], words_in(FILE)[group][entry])


def ids(group: str, entry: str) -> tuple[str, ...]:
    """A list of KPIs of the file, such as those of the theme of a sentence."""
    return tuple(cast(Sequence[str], words_in(FILE)[group][entry]))


def lines(group: str, entry: str) -> tuple[tuple[str, ...], ...]:
    """Several lists of KPIs."""
    return tuple(
        tuple(line) for line in cast(Sequence[Sequence[str]], words_in(FILE)[group][entry])
    )


def weight(name: str) -> float:
    """How much a sentence weighs among the others."""
    return float(cast(float, words_in(FILE)["weight"][name]))


def has(group: str, entry: str) -> bool:
    """Whether the file has such a word."""
    return entry in words_in(FILE)[group]


def is_plural(kpi: str) -> bool:
    """Whether the French name of a KPI in a sentence is a plural."""
    return bool(_entry("name", kpi).get("plural", False))


def word(group: str, entry: str, lang: str, plural: bool = False, /, **values: object) -> str:
    """A word or sentence of the file with its values filled in.

    >>> word("units", "month", "fr")
    'mois'
    """
    said = _entry(group, entry)
    text = said.get(f"{lang}_plural") if plural else None
    return str(text or said[lang]).format(**values)


def tidy(text: str) -> str:
    """Every kind of space that must not break a line as the one that all fonts have."""
    return text.replace("\u202f", NO_BREAK)


def capitalised(text: str) -> str:
    """With a capital first letter, the others as they are."""
    return text[:1].upper() + text[1:]


def enumerated(names: Sequence[str], lang: str) -> str:
    """Names as in a sentence.

    >>> enumerated(["Facebook", "Instagram", "X"], "en")
    'Facebook, Instagram and X'
    """
    *firsts, last = names
    return f"{', '.join(firsts)} {word('word', 'and', lang)} {last}" if firsts else last


def of_names(names: Sequence[str], lang: str) -> str:
    """Names after "of", each with its own where the language wants it.

    >>> of_names(["Instagram", "TikTok"], "fr"), of_names(["Instagram", "TikTok"], "en")
    ('d’Instagram et de TikTok', 'of Instagram and of TikTok')
    """
    keys = ("of_vowel" if name[:1].casefold() in VOWELS else "of" for name in names)
    return enumerated(
        [word("word", key, lang, name=name) for key, name in zip(keys, names, strict=True)], lang
    )


def amount(value: float, unit: Unit | str, lang: str, currency: str = "") -> str:
    """A value in its unit: 8,214 or 2.3% or €24.28.

    >>> amount(0.0229, "ratio", "fr"), amount(2209.17, "currency", "en", "EUR")
    ('2,3\\xa0%', '€2,209')
    """
    if unit == "ratio":
        return percent(value, lang)
    if unit == "currency" and currency:
        return _money(value, currency, lang)
    shown = _rounded(value, unit)
    form = PLAIN if float(shown).is_integer() else CENTS
    return tidy(format_decimal(shown, format=form, locale=lang)) + _MARKS.get(unit, "")


def percent(value: float, lang: str) -> str:
    """A fraction as percent: none, one or two digits after the point, the fewer the larger it is.

    >>> percent(0.1234, "en"), percent(0.0123, "en"), percent(0.0041, "fr")
    ('12%', '1.2%', '0,41\\xa0%')
    """
    size = abs(value)
    return _percent(value, 0 if size >= 0.0995 else 1 if size >= 0.00995 else 2, lang)


def change(value: float, lang: str, *, signed: bool = False) -> str:
    """A change in percent, one digit after the point where it is less than ten.

    >>> change(-0.00163, "en", signed=True), change(0.12, "fr")
    ('−0.2%', '12\\xa0%')
    """
    return _percent(value, 0 if abs(value) >= 0.0995 else 1, lang, signed=signed)


def _percent(value: float, digits: int, lang: str, *, signed: bool = False) -> str:
    form = "#,##0" + (f".{'0' * digits}" if digits else "")
    form += f"{NO_BREAK}%" if lang == "fr" else "%"
    both = f"+{form};-{form}" if signed else form
    return tidy(format_percent(value, format=both, locale=lang)).replace("-", MINUS)


def points(value: float, lang: str) -> str:
    """A difference of two ratios in percentage points, without its sign.

    >>> points(0.494, "en"), points(0.494, "fr"), points(2.0, "fr")
    ('0.5 points', '0,5\\xa0point', '2\\xa0points')
    """
    size = round(abs(value), 1) or round(abs(value), 2)
    number = format_decimal(size, format=PLAIN, locale=lang)
    one = size < 2 if lang == "fr" else size == 1
    return word("points", "one" if one else "many", lang, number=tidy(number))


def difference(value: float, unit: Unit | str, lang: str, currency: str = "") -> str:
    """An amount with its sign: +640, −941."""
    sign = "+" if value >= 0 else MINUS
    return sign + amount(abs(value), unit, lang, currency)


def day_name(day: date, lang: str, *, year: bool = True) -> str:
    """A day as in a sentence: 1 October 2026, 1er octobre 2026."""
    text = str(format_date(day, DAY if year else DAY.removesuffix(" y"), locale=lang))
    return text.replace("1 ", "1er ", 1) if lang == "fr" and day.day == 1 else text


def period_name(start: date, period: str, lang: str) -> str:
    """A period as people call it.

    >>> period_name(date(2026, 9, 1), "month", "fr"), period_name(date(2026, 8, 31), "week", "en")
    ('septembre 2026', 'week 36 of 2026')
    """
    iso = start.isocalendar()
    return word(
        "period",
        period,
        lang,
        day=day_name(start, lang),
        week=iso.week,
        week_year=iso.year,
        month=format_date(start, "LLLL y", locale=lang),
        quarter=(start.month + 2) // 3,
        year=start.year,
    )


def against(start: date, period: str, lang: str) -> str:
    """What something is compared with, as the beginning of a sentence."""
    return word("against", period, lang, name=period_name(start, period, lang))


def of_period(start: date | None, period: str, lang: str) -> str:
    """A period after "of": of September 2026, d’août 2026."""
    if start is None:
        return word("of", "range", lang)
    name = period_name(start, period, lang)
    vowel = f"{period}_vowel"
    return word(
        "of",
        vowel if name[0].casefold() in VOWELS and has("of", vowel) else period,
        lang,
        name=name,
    )


def _money(value: float, currency: str, lang: str) -> str:
    form = None
    if abs(value) >= WHOLE_FROM:
        form = f"#,##0{NO_BREAK}¤" if lang == "fr" else "¤#,##0"
    digits = form is None
    return tidy(format_currency(value, currency, format=form, locale=lang, currency_digits=digits))


_MARKS: Mapping[str, str] = {"seconds": f"{NO_BREAK}s", "hours": f"{NO_BREAK}h"}


def _rounded(value: float, unit: str) -> float:
    """Whole numbers of what is counted, two digits after the point of small other numbers."""
    return round(value) if unit == "count" or abs(value) >= WHOLE_FROM else round(value, 2)
