"""Numbers as exports print them: one right reading, or the reason why there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

import numpy as np
import numpy.typing as npt

from .characters import MISSING, is_missing
from .number_forms import COMMA_LANGUAGES_ONLY, LONGEST, NO_NUMBER, Printed, power_of, read_form

__all__ = [
    "MISSING",
    "Evidence",
    "Mark",
    "Number",
    "NumberColumn",
    "NumberError",
    "decimal_evidence",
    "is_missing",
    "parse_column",
    "parse_number",
]

Mark = Literal[".", ","]
Floats = npt.NDArray[np.float64]

# Above this a float64 no longer tells two neighbouring whole numbers apart.
LARGEST_EXACT = 2**53
# Below the 10^308 of a float64, so that every number read fits one.
LARGEST_POWER = 300

AMBIGUOUS = (
    "is ambiguous, thousands or decimals: settle it with --decimal, or `decimal` in tracksheet.toml"
)


class NumberError(ValueError):
    """A text that is no number, or not one number for sure; `why` completes "<text> …"."""

    def __init__(self, text: str, why: str) -> None:
        shown = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        super().__init__(f"{shown!r} {why}")
        self.text = text
        self.why = why


@dataclass(frozen=True, slots=True)
class Number:
    """A number, the ISO code of its currency if it names one, and whether it had a percent sign.

    `value` is None for what exports print when there is nothing. A percent is a fraction.
    """

    value: float | int | None
    currency: str = ""
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """For each decimal mark one cell that proves it, or "" when none does.

    `ambiguous` is a cell that could be read with either, if one came before the first proof.
    """

    dot: str
    comma: str
    ambiguous: str

    @property
    def mark(self) -> Mark | None:
        """The decimal mark, when the cells prove exactly one."""
        if bool(self.dot) == bool(self.comma):
            return None
        return "." if self.dot else ","


@dataclass(frozen=True, slots=True, eq=False)
class NumberColumn:
    """A column of numbers.

    `values` is float64 with NaN where there is nothing; when a whole number beyond 2**53 occurs it
    is an object array of exact int, float and None instead, which pandas takes as "Int64".
    `currencies` are the distinct codes in order of appearance, `percents` how many cells had a
    percent sign. `bad` is the position, text and reason of each cell that is no number, and
    `ambiguous` the first of them that would be one if the decimal mark were known.
    """

    values: Floats | npt.NDArray[np.object_]
    currencies: tuple[str, ...]
    percents: int
    bad: tuple[tuple[int, str, str], ...]
    ambiguous: int | None


def parse_number(text: str, *, decimal: Mark | None, whole: bool = False) -> Number:
    """Read one number; `NumberError` says why a text is none or could be two.

    `decimal` is the decimal mark of the file if known. `whole` tells that the column counts things,
    so that three digits after a lone mark are thousands when `decimal` is not known, and "373.0"
    is 373.

    >>> parse_number("1 234,5 €", decimal=None)
    Number(value=1234.5, currency='EUR', percent=False)
    >>> parse_number("77.77%", decimal=None).value
    0.7777
    """
    printed = read_form(text)
    if isinstance(printed, str):
        if is_missing(text):
            return Number(None)
        raise NumberError(text, printed)
    affixes = printed.affixes
    whole = whole and not affixes.percent
    mark = _decimal_mark(text, printed, decimal=decimal, whole=whole)
    value = _value(text, printed, mark=mark, whole=whole)
    return Number(
        -value if affixes.negative and value else value, affixes.currency, affixes.percent
    )


def _decimal_mark(text: str, printed: Printed, *, decimal: Mark | None, whole: bool) -> Mark | None:
    """The decimal mark to read this text with; None when it has no mark and none is known."""
    scale = printed.affixes.scale.casefold()
    mark = decimal
    if printed.proof == "." or printed.proof == ",":
        mark = printed.proof
        if decimal and decimal != mark:
            raise NumberError(
                text,
                f"does not fit the decimal mark {decimal!r}: if that mark is wrong, change "
                "--decimal, or `decimal` in tracksheet.toml",
            )
    elif printed.proof == "?" and mark is None:
        # "1,234K" stays open: it counts things and can still have decimals.
        if scale or not whole:
            raise NumberError(text, AMBIGUOUS)
        mark = "." if "," in printed.figures else ","
    if scale in COMMA_LANGUAGES_ONLY and mark != ",":
        raise NumberError(text, "could be thousands (Spanish) or millions (English)")
    return mark


_NO_GROUPS = str.maketrans("", "", " '.,")


def _value(text: str, printed: Printed, *, mark: Mark | None, whole: bool) -> float | int:
    """The size of the number, worked out on whole numbers so that no digit is lost."""
    figures = printed.figures
    units, _, decimals = figures.partition(mark) if mark else (figures, "", "")
    digits = units.translate(_NO_GROUPS) + decimals
    power = power_of(printed.affixes.scale) + printed.power - len(decimals)
    power -= 2 if printed.affixes.percent else 0
    mantissa = int(digits)
    if mantissa and len(digits) + power > LARGEST_POWER:
        raise NumberError(text, "is too large to be a number of anything")
    size: int = 10 ** min(abs(power), LARGEST_POWER)
    if power >= 0:
        return mantissa * size
    if whole and mantissa % size == 0:
        return mantissa // size
    return float(f"{mantissa}e{power}")


def decimal_evidence(texts: Iterable[str]) -> Evidence:
    """Which decimal marks the cells prove; texts that are no number say nothing.

    Ends as soon as both marks are proved.

    >>> decimal_evidence(["1,234", "12,5", "n/a"])
    Evidence(dot='', comma='12,5', ambiguous='1,234')
    """
    found: dict[str, str] = {}
    for text in texts:
        has_dot, has_comma = "." in text, "," in text
        if not (has_dot or has_comma):
            continue
        # After one mark is proved, only cells with the other can tell anything new.
        if ("." in found and not has_comma) or ("," in found and not has_dot):
            continue
        printed = read_form(text)
        if isinstance(printed, str):
            continue
        found.setdefault(printed.proof, text)
        if "." in found and "," in found:
            break
    return Evidence(found.get(".", ""), found.get(",", ""), found.get("?", ""))


def parse_column(
    texts: Sequence[object], *, decimal: Mark | None, whole: bool = False
) -> NumberColumn:
    """Read a column; a cell that is no number is listed in `bad` and left empty.

    Cells are text, or what a workbook holds (numbers, None, dates). When `decimal` is not known and
    the column itself proves one mark, that mark is used; when it proves both, nothing ambiguous is
    read.
    """
    plain = _plain_values(texts, decimal)
    distinct = dict.fromkeys(texts if plain is None else ())
    if plain is None and decimal is None:
        evidence = decimal_evidence(cell for cell in distinct if isinstance(cell, str))
        decimal = evidence.mark
        whole = whole and not (evidence.dot and evidence.comma)
        plain = _plain_values(texts, decimal) if decimal else None
    if plain is not None:
        return NumberColumn(plain, currencies=(), percents=0, bad=(), ambiguous=None)
    numbers: dict[object, Number] = {}
    wrong: dict[object, str] = {}
    for cell in distinct:
        try:
            numbers[cell] = _cell(cell, decimal=decimal, whole=whole)
        except NumberError as error:
            numbers[cell], wrong[cell] = Number(None), error.why
    bad = tuple(
        (position, str(cell), wrong[cell])
        for position, cell in enumerate(texts if wrong else ())
        if cell in wrong
    )
    percents = {cell for cell, number in numbers.items() if number.percent}
    return NumberColumn(
        values=_array([numbers[cell].value for cell in texts]),
        currencies=tuple(dict.fromkeys(n.currency for n in numbers.values() if n.currency)),
        percents=sum(cell in percents for cell in texts) if percents else 0,
        bad=bad,
        ambiguous=next((position for position, _, why in bad if why == AMBIGUOUS), None),
    )


def _plain_form(decimal: Mark | None) -> re.Pattern[str]:
    """Lines that are empty or a number without sign or unit, in a file with this decimal mark."""
    line = r"\d*"
    if decimal is not None:
        group, point = (re.escape(mark) for mark in (_OTHER[decimal], decimal))
        line = rf"(?:(?:[1-9]\d{{0,2}}(?:{group}\d{{3}})+|\d+)(?:{point}\d+)?)?"
    return re.compile(rf"{line}(?:\n{line})*+", re.ASCII)


_OTHER: dict[Mark, Mark] = {".": ",", ",": "."}
_PLAIN_FORMS: dict[Mark | None, re.Pattern[str]] = {
    mark: _plain_form(mark) for mark in (".", ",", None)
}


def _plain_values(texts: Sequence[object], decimal: Mark | None) -> Floats | None:
    """The values of a column of nothing but plain figures and empty cells; None for any other.

    Most columns are like that, and float() reads them as `parse_number` does, but faster.
    """
    try:
        lines = "\n".join(texts)  # type: ignore[arg-type]  # fails on cells that are no text
    except TypeError:
        return None
    # A cell with a line break in it would shift all that follow.
    if lines.count("\n") != len(texts) - 1 or _PLAIN_FORMS[decimal].fullmatch(lines) is None:
        return None
    if decimal and _OTHER[decimal] in lines:
        lines = lines.replace(_OTHER[decimal], "")
    if decimal == ",":
        lines = lines.replace(",", ".")
    values = np.array([float(line or "nan") for line in lines.split("\n")], dtype=np.float64)
    return None if (values > LARGEST_EXACT).any() else values


def _cell(cell: object, *, decimal: Mark | None, whole: bool) -> Number:
    """The number in a cell of any type a file can hold."""
    if isinstance(cell, str):
        return parse_number(cell, decimal=decimal, whole=whole)
    if cell is None or cell != cell:
        return Number(None)
    if isinstance(cell, (date, time, timedelta)):
        raise NumberError(str(cell), "is a date or time, perhaps a number a spreadsheet changed")
    if isinstance(cell, (int, np.integer)) and not isinstance(cell, bool):
        return Number(int(cell))
    if isinstance(cell, (float, np.floating)) and abs(cell) != float("inf"):
        return Number(int(cell) if whole and cell == int(cell) else float(cell))
    raise NumberError(str(cell), NO_NUMBER)


def _array(values: list[float | int | None]) -> Floats | npt.NDArray[np.object_]:
    """An array that keeps every value exact."""
    if any(isinstance(value, int) and abs(value) > LARGEST_EXACT for value in values):
        exact = np.empty(len(values), dtype=object)
        exact[:] = values
        return exact
    return np.array(values, dtype=np.float64)
