"""The words of the Posts tab, from posts.toml."""

from __future__ import annotations

from babel.dates import get_day_names
from babel.numbers import format_decimal

from ..word_files import words_in

FILE = "tabs/posts.toml"


def word(name: str, lang: str, **values: str | int) -> str:
    """A word or sentence, with values put in; numbers are written as the language does.

    >>> word("title.best_in", "fr", period="septembre 2026")
    'Meilleures publications – septembre 2026'
    """
    return str(words_in(FILE)[name][lang]).format(**values)


def counted(name: str, count: int, lang: str, **values: str | int) -> str:
    """A sentence about so many posts; nothing for none.

    >>> counted("undated", 1200, "en")
    '1,200 posts without a date are not counted.'
    """
    if not count:
        return ""
    form = "one" if count == 1 else "many"
    return word(f"{name}.{form}", lang, count=format_decimal(count, locale=lang), **values)


def weekday(day: int, lang: str, *, short: bool = False) -> str:
    """The name of a weekday, Monday being 0.

    >>> weekday(0, "fr"), weekday(6, "en", short=True)
    ('Lundi', 'Sun')
    """
    name: str = get_day_names("abbreviated" if short else "wide", locale=lang)[day]
    return name[0].upper() + name[1:]


def sentences(*parts: str) -> str:
    """The sentences that are not empty, one after the other."""
    return " ".join(part for part in parts if part)
