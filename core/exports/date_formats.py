"""The ways exports print a date, as a table; reads one text and decides nothing else."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from babel import Locale

from .characters import plain_hyphens, tidy

LANGUAGES = ("en", "fr", "es", "de", "pt", "it")
# Spellings that CLDR does not list: British "Sept", older German "Mrz".
MORE_MONTHS = {"sept": 9, "mrz": 3, "maerz": 3}

# Longer cells are prose.
LONGEST = 80
# No social-media export is about a day outside these years; a typing slip often is.
FIRST_YEAR, LAST_YEAR = 1970, 2199
# Two-digit years: 69 is 2069 and 70 is 1970, as in POSIX.
PIVOT = 70
NO_OFFSET = 100_000
LARGEST_OFFSET = 14 * 60


class Reading(NamedTuple):
    """What a text says, as numbers. Whether such a day exists is not yet checked.

    `year` is 0 when there is none. `loose` is 1 when it is open which of `first` and `second` is
    the month; otherwise `first` is the month and `second` the day. `seconds` counts from midnight,
    `offset` is minutes ahead of UTC or `NO_OFFSET`. `monthly` is 1 when no day is printed, and the
    day is then 1.
    """

    year: int
    first: int
    second: int
    loose: int
    seconds: int
    offset: int
    monthly: int


_ZONE = r"(?P<zone>z|(?:utc|gmt)?(?P<sign>[+-])(?P<zone_h>\d\d)(?::?(?P<zone_m>\d\d))?|utc|gmt)"
_TIME = (
    r"(?:(?:t|,? (?:(?:at|a|a las|um|as|alle|ore) )?)(?P<hour>\d\d?)(?::| ?h ?)(?P<minute>\d\d)"
    rf"(?::(?P<second>\d\d)(?:[.,]\d{{1,9}})?)?(?: ?(?P<half>[ap])\.? ?m\.?)?(?: ?{_ZONE})?)?"
)
_YEAR = r"(?P<y>\d{4})"
_NAME = r"(?P<name>[a-z]+)\.?"
_LEAD = r"(?:(?P<lead>[a-z]+(?:-[a-z]+)?)(?:\.,|[.,])? ?)??"  # "Tue, ", "mar. ", "le "
_NTH = r"(?:st|nd|rd|th|er|\.|º|ª|°)?"

# Name and form. Text is folded before: lower case, no accents, single spaces, ASCII hyphens.
FORMATS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.ASCII))
    for name, pattern in (
        ("year first", rf"{_YEAR}(?P<sep>[-/.])(?P<m>\d\d?)(?P=sep)(?P<d>\d\d?){_TIME}"),
        ("digits", rf"{_YEAR}(?P<m>\d\d)(?P<d>\d\d)(?:(?P<hour>\d\d)(?P<minute>\d\d)?)?"),
        (
            "day or month first",
            rf"(?P<a>\d\d?)(?P<sep>[-/])(?P<b>\d\d?)(?P=sep)(?P<y>\d{{4}}|\d\d){_TIME}",
        ),
        # Dots are day first wherever they are used.
        ("dots", rf"(?P<d>\d\d?)\. ?(?P<m>\d\d?)\. ?(?P<y>\d{{4}}|\d\d){_TIME}"),
        ("dots, no year", rf"(?P<d>\d\d?)\. ?(?P<m>\d\d?)\.{_TIME}"),
        ("month name first", rf"{_LEAD}{_NAME}[ -](?P<d>\d\d?){_NTH}(?:, ?| |-){_YEAR}{_TIME}"),
        ("month name first, no year", rf"{_LEAD}{_NAME} (?P<d>\d\d?)(?:st|nd|rd|th)?{_TIME}"),
        (
            "day first, month name",
            rf"{_LEAD}(?P<d>\d\d?){_NTH}[ /-]?(?:de |of )?{_NAME}"
            rf"(?:,? (?:de |del )?{_YEAR}|[-/](?P<y2>\d{{4}}|\d\d))?{_TIME}",
        ),
        ("month", rf"{_YEAR}[-/](?P<m>\d\d?)"),
        ("month before year", rf"(?P<m>\d\d?)[-/]{_YEAR}"),
        ("month name", rf"{_NAME}(?: |-|/|, )(?:de |del |of )?{_YEAR}"),
    )
)
_ARTICLES = frozenset({"le", "el", "il", "am", "den", "the", "o"})


def fold(text: str) -> str:
    """The text in the form `FORMATS` expects."""
    clean = plain_hyphens(tidy(text)).casefold()
    if not clean.isascii():
        # NFD, not NFKD: it takes accents off and leaves "²" alone.
        letters = unicodedata.normalize("NFD", clean)
        clean = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(clean.split())


@cache
def month_names() -> dict[str, int]:
    """Folded month names, wide and abbreviated, in all languages: "fevr" is 2."""
    names = dict(MORE_MONTHS)
    for locale in map(Locale, LANGUAGES):
        for forms in locale.months.values():
            for width in ("wide", "abbreviated"):
                names.update({fold(n).rstrip("."): number for number, n in forms[width].items()})
    return names


@cache
def lead_words() -> frozenset[str]:
    """Folded words that may stand in front of a date: days of the week and articles."""
    days = {
        fold(name).rstrip(".")
        for locale in map(Locale, LANGUAGES)
        for forms in locale.days.values()
        for width in ("wide", "abbreviated")
        for name in forms[width].values()
    }
    return frozenset(days | _ARTICLES | {"tues", "thur", "thurs"})


def match_date(folded: str) -> re.Match[str] | None:
    """The first format whose form the folded text has, with its names known."""
    if len(folded) > LONGEST:
        return None
    for _name, pattern in FORMATS:
        match = pattern.fullmatch(folded)
        if match is None:
            continue
        words = match.groupdict()
        if words.get("name") and words["name"] not in month_names():
            continue
        if words.get("lead") and words["lead"] not in lead_words():
            continue
        return match
    return None


def read_date(text: str) -> Reading | str:
    """What one text says, or why it is no date, in words that complete "<text> …"."""
    match = match_date(fold(text)) if len(text) <= LONGEST else None
    if match is None:
        return "is not a date in a known form"
    return reading_of(match)


def reading_of(match: re.Match[str]) -> Reading | str:
    """The numbers of a match of `match_date`."""
    parts = match.groupdict()
    seconds = _seconds(parts)
    offset = _offset(parts)
    if seconds is None or offset is None:
        return "has a time that does not exist"
    digits = parts.get("y") or parts.get("y2") or ""
    year = full_year(digits)
    if digits and not FIRST_YEAR <= year <= LAST_YEAR:
        return f"has the year {year}, outside {FIRST_YEAR} to {LAST_YEAR}"
    if parts.get("a"):
        return Reading(year, int(parts["a"]), int(parts["b"]), 1, seconds, offset, 0)
    name = parts.get("name")
    month = month_names()[name] if name else int(parts["m"])
    day = parts.get("d")
    return Reading(year, month, int(day or 1), 0, seconds, offset, 0 if day else 1)


def full_year(digits: str) -> int:
    """The year of four or two digits; 0 for none."""
    if len(digits) != 2:
        return int(digits or 0)
    return int(digits) + (2000 if int(digits) < PIVOT else 1900)


def _seconds(parts: dict[str, str]) -> int | None:
    hour, minute, second = (int(parts.get(unit) or 0) for unit in ("hour", "minute", "second"))
    half = parts.get("half")
    if half:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return hour * 3600 + minute * 60 + second


def _offset(parts: dict[str, str]) -> int | None:
    if not parts.get("zone"):
        return NO_OFFSET
    size = int(parts["zone_h"] or 0) * 60 + int(parts["zone_m"] or 0)
    if size > LARGEST_OFFSET or int(parts["zone_m"] or 0) > 59:
        return None
    return -size if parts["sign"] == "-" else size
