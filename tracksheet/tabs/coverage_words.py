"""The words of coverage.toml, and days and periods that follow each other."""

from __future__ import annotations

from datetime import date

from ..core.periods import end, period_of
from ..word_files import word_in, words_in
from .wording import day_name, period_name

FILE = "tabs/coverage.toml"


def word(group: str, name: str, lang: str, **values: object) -> str:
    """A word or sentence of these tabs, with its values filled in.

    >>> word("cell", "partial", "fr", known=12, days=30)
    '12 sur 30'
    """
    return word_in(FILE, group, name, lang, **values)


def has(group: str, name: str) -> bool:
    """Whether there is such a word."""
    return name in words_in(FILE)[group]


def days(number: int, lang: str) -> str:
    """A number of days."""
    return word("days", "one" if number == 1 else "many", lang, number=number)


def periods_name(first: date, last: date, period: str, lang: str) -> str:
    """One period or several that follow each other, from a first day to a last.

    >>> periods_name(date(2026, 6, 1), date(2026, 8, 31), "month", "en")
    'June 2026 to August 2026'
    """
    name = period_name(first, period, lang)
    if last <= end(first, period):
        return name
    final = period_name(period_of(last, period), period, lang)
    return word("dates", "periods", lang, first=name, last=final)


def days_name(first: date, last: date, lang: str) -> str:
    """Days that follow each other.

    >>> days_name(date(2026, 6, 1), date(2026, 6, 1), "fr")
    'le 1er juin 2026'
    >>> days_name(date(2026, 6, 13), date(2026, 7, 2), "en")
    '13 June 2026 to 2 July 2026'
    """
    until = day_name(last, lang)
    if first == last:
        return word("dates", "day", lang, first=until)
    return word("dates", "range", lang, first=day_name(first, lang), last=until)
