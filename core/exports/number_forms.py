"""What a printed number looks like: its figures and marks, and the signs and units around them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from .characters import plain_hyphens, tidy
from .currencies import currency_code

# What figures prove about the decimal mark: it is "." or ",", it is open ("?"), nothing ("").
Proof = Literal[".", ",", "?", ""]

# Longer cells are prose, and int() on thousands of digits is slow.
LONGEST = 64

# Powers of ten. Left out because they differ by language or mean something else: "m" (minutes,
# metres), "T" (thousand, trillion), "billion" and "Bio" (10^9 or 10^12), "mil." (Czech million).
SCALE_LETTERS: dict[str, int] = {"k": 3, "K": 3, "M": 6, "B": 9, "G": 9}
SCALE_WORDS: dict[str, int] = {
    "mil": 3, "mille": 3, "mila": 3, "tsd": 3, "tsd.": 3, "thousand": 3,
    "mio": 6, "mio.": 6, "mln": 6, "mln.": 6, "mill.": 6, "million": 6, "millions": 6,
    "millón": 6, "millones": 6, "millionen": 6, "milhão": 6, "milhões": 6, "milioni": 6,
    "md": 9, "mds": 9, "mrd": 9, "mrd.": 9, "bn": 9, "mld": 9, "mld.": 9, "milliard": 9,
    "milliards": 9, "milliarde": 9, "milliarden": 9, "miliardi": 9, "mil m": 9, "mil millones": 9,
}  # fmt: skip
# Thousand in Spanish and Portuguese, but slang for million in English: read only where the decimal
# mark is known to be a comma.
COMMA_LANGUAGES_ONLY = frozenset({"mil"})
# Read only in front of a number, where it cannot be a unit: the South African rand.
ONLY_IN_FRONT = {"R": "ZAR"}

NO_NUMBER = "is not a number"
_FIGURES = r"[\d.,' ]*\d[\d.,' ]*"
# Why a text that looks like a number is none: the first pattern found in it gives the words.
_REASONS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.ASCII), why)
    for pattern, why in (
        (r"^[<>≤≥]", "is a bound (less or more than), not a number"),
        (r"^[~≈±]", "is an approximation, not a number"),
        (rf"^{_FIGURES}\+$", "is a bound (so many or more), not a number"),
        (rf"^{_FIGURES}%? *[-—] *{_FIGURES}%?$", "is a range, not a number"),
        (r"^\d+(:\d\d){1,2}$", "is a duration, not a number"),
        (rf"^{_FIGURES}‰$", "is per thousand, which is not read"),
        (rf"^{_FIGURES}m$", "could be minutes or millions"),
        (
            rf"^{_FIGURES}(?i:t|bio\.?|billions?|billones|billón|mil\.)$",
            "has a unit that means another size in another language",
        ),
        (r"\d", "has digits, marks or a unit that do not make one number"),
    )
)

_SPACED = r"[1-9]\d{0,2}(?:(?: \d{3})+|(?:'\d{3})+)"


def _proving(point: str, group: str, *, lakh: bool) -> str:
    """A pattern of the figures that can only be read with `point` as the decimal mark."""
    p, g = re.escape(point), re.escape(group)
    forms = [
        rf"\d{{1,3}}{p}(?:\d{{0,2}}|\d{{4,}})",  # 77.77, 4.28010, and 12. of some workbooks
        rf"(?:0\d*|\d{{4,}})?{p}\d+",  # 0.123, 1234.567, .5
        rf"[1-9]\d{{0,2}}(?:{g}\d{{3}}){{2,}}(?:{p}\d*)?",  # 1,234,567 and 1,234,567.8
        rf"[1-9]\d{{0,2}}{g}\d{{3}}{p}\d*",  # 1,234.5
        rf"{_SPACED}{p}\d+",  # 1 234.5
    ]
    if lakh:
        forms.append(rf"[1-9]\d?(?:{g}\d{{2}})+{g}\d{{3}}(?:{p}\d*)?")  # 1,23,456 in India
    return "|".join(forms)


_FORM = re.compile(
    rf"(?P<bare>\d+|{_SPACED})|(?P<either>[1-9]\d{{0,2}}[.,]\d{{3}})"
    rf"|(?P<dot>{_proving('.', ',', lakh=True)})|(?P<comma>{_proving(',', '.', lakh=False)})",
    re.ASCII,
)
_PROVES: dict[str, Proof] = {"bare": "", "either": "?", "dot": ".", "comma": ","}
# Thousands are never grouped in front of an exponent.
_SCIENTIFIC = re.compile(r"(?P<bare>\d+)|(?P<dot>\d+\.\d+)|(?P<comma>\d+,\d+)", re.ASCII)

_BREAKS = re.compile(r"[\t-\r]")
_PARTS = re.compile(r"(\D*)(\d(?:[\d.,' ]*[\d.,])?)(?:[eE]([+-]?\d{1,3}))?(\D*)", re.ASCII)
_HEAD = re.compile(
    r"(?P<open>\()?(?P<sign>[+-])? *(?P<money>[^()%+-]*[^()%+ -])? *(?P<inner>[+-])? *"
    r"(?P<percent>%)? *"
)
_TAIL = re.compile(r" *(?P<percent>%)? *(?P<unit>[^()%]*[^()% ])? *(?P<close>\))?")


class Affixes(NamedTuple):
    """What stands around the figures. `scale` is a letter or word, `currency` an ISO code."""

    negative: bool = False
    percent: bool = False
    scale: str = ""
    currency: str = ""


class Printed(NamedTuple):
    """A number as printed: its figures with their marks, what those prove, exponent and affixes."""

    figures: str
    proof: Proof
    power: int
    affixes: Affixes


_PLAIN = Affixes()


def read_form(text: str) -> Printed | str:
    """Take a printed number apart, or say why it is none in words that complete "<text> …"."""
    form = _FORM.fullmatch(text) if len(text) <= LONGEST else None
    if form is not None:
        return Printed(text, _PROVES[form.lastgroup or ""], 0, _PLAIN)
    clean = plain_hyphens(tidy(text)).replace("％", "%")
    # A line break is no thousands separator, although `tidy` makes it a space.
    if len(clean) > LONGEST or _BREAKS.search(text.strip()):
        return NO_NUMBER
    parts = _PARTS.fullmatch(clean)
    if parts is None:
        return _why_not(clean)
    head, figures, power, tail = parts.groups()
    affixes = _affixes(head, tail)
    if isinstance(affixes, str) and head.endswith((".", ",")):
        # "-.5": the mark belongs to the figures, unless it ends a sign such as "Rs.".
        figures = head[-1] + figures
        affixes = _affixes(head[:-1], tail)
    form = (_SCIENTIFIC if power else _FORM).fullmatch(figures)
    if form is None or isinstance(affixes, str):
        return (affixes if isinstance(affixes, str) else "") or _why_not(clean)
    return Printed(figures, _PROVES[form.lastgroup or ""], int(power or 0), affixes)


def _why_not(clean: str) -> str:
    return next((why for pattern, why in _REASONS if pattern.search(clean)), NO_NUMBER)


@lru_cache(maxsize=4096)
def _affixes(head: str, tail: str) -> Affixes | str:
    """What the texts before and after the figures say; a reason, or "", when they fit no number."""
    front, back = _HEAD.fullmatch(head), _TAIL.fullmatch(tail)
    if front is None or back is None:
        return ""
    signs = [sign for sign in front.group("sign", "inner") if sign]
    brackets = bool(front["open"])
    if brackets != bool(back["close"]) or len(signs) + brackets > 1:
        return "has signs or brackets that do not fit together"
    unit = _unit(back["unit"] or "")
    money = front["money"] or ""
    code = ONLY_IN_FRONT.get(money, currency_code(money)) if money else ""
    if unit is None or code is None:
        return ""
    scale, code_after, has_money = unit
    if code and code_after and code != code_after:
        return "names two currencies"
    percent = bool(front["percent"]) + bool(back["percent"])
    if percent and (percent > 1 or money or scale or has_money):
        return "is a percent and something else"
    return Affixes(brackets or signs == ["-"], bool(percent), scale, code or code_after)


def _unit(text: str) -> tuple[str, str, bool] | None:
    """Scale, currency code and whether there is a currency at all: "M€" gives M, EUR, True."""
    if not text:
        return "", "", False
    code = currency_code(text)
    if code is not None:
        return "", code, True
    for length in range(len(text), 0, -1):
        scale, rest = text[:length].rstrip(), text[length:].lstrip()
        if scale not in SCALE_LETTERS and scale.casefold() not in SCALE_WORDS:
            continue
        code = currency_code(rest) if rest else ""
        if code is not None:
            return scale, code, bool(rest)
    return None


def power_of(scale: str) -> int:
    """The power of ten of a scale letter or word; 0 for none."""
    return SCALE_LETTERS.get(scale) or SCALE_WORDS.get(scale.casefold(), 0)
