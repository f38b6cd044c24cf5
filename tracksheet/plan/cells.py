"""What people typed into one cell, as a value; `CellError` where it is none, or could be two."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Final

from ..core.exports.characters import tidy
from ..core.exports.numbers import AMBIGUOUS, Number, NumberError, parse_number
from ..core.exports.source import Cell
from ..core.nearest import shortened

# What a cell shows instead of a value, and how to mend it. NOT_COMPUTED is ours: a program wrote
# the formula and nobody opened the file since.
NOT_COMPUTED: Final = "#NOT COMPUTED"
_MEND = "mend the formula, or type the value in its place"
FAULTS: Final = {
    **dict.fromkeys(
        ("#REF!", "#N/A", "#N/D", "#DIV/0!", "#VALUE!", "#VALEUR!", "#NAME?", "#NOM?", "#NUM!",
         "#NOMBRE!", "#NULL!", "#NUL!", "#SPILL!", "#CALC!", "#ERROR!", "#GETTING_DATA"),
        _MEND,
    ),
    NOT_COMPUTED: "open the file in Excel and save it, so that its formulas have values",
}  # fmt: skip

# Excel keeps 15 digits of a number: of longer ones the rest is lost.
KEPT_DIGITS: Final = 15
_ROUNDED = re.compile(r"\d[\d.,]*E\+\d+", re.IGNORECASE)

_UNSEEN = "\u200b\u200e\u200f\u2060\ufeff"  # what copying from web pages and chats leaves behind

_YES = frozenset({"yes", "y", "oui", "o", "x", "true", "vrai", "1", "✓", "✔", "☑"})
_NO = frozenset({"no", "n", "non", "false", "faux", "0", "-", "–", "—", "☐"})


class CellError(ValueError):
    """A cell that cannot be read as what its heading asks; the message completes "<heading> …"."""


class Percent(float):
    """A number that its cell shows as a percentage: 0.03 where people see 3 %."""

    __slots__ = ()


def is_blank(cell: Cell | None) -> bool:
    """Whether a person would say that the cell is empty."""
    if isinstance(cell, str):
        return not tidy(cell)
    return cell is None or cell != cell


def is_fault(cell: Cell) -> bool:
    """Whether the cell shows an error of its formula."""
    return isinstance(cell, str) and cell in FAULTS


def shown(cell: Cell) -> str:
    """The cell as a message quotes it."""
    if isinstance(cell, str):
        return shortened(tidy(cell))
    if isinstance(cell, Percent):
        return f"{cell * 100:g} %"
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def verbatim(cell: Cell) -> str:
    """The text word for word, line breaks included; what is no text as people see it."""
    if isinstance(cell, str):
        return cell
    return shown(cell)


def text(cell: Cell) -> str:
    """A name or a few words, without spaces around them."""
    return verbatim(cell).strip().strip(_UNSEEN).strip()


def identifier(cell: Cell) -> str:
    """An id as text; refuses one of which a spreadsheet lost digits."""
    number = isinstance(cell, int | float) and not isinstance(cell, bool)
    lost = number and abs(float(cell)) >= 10**KEPT_DIGITS  # type: ignore[arg-type]
    if lost or (isinstance(cell, str) and _ROUNDED.fullmatch(tidy(cell))):
        raise CellError(
            f"{shown(cell)} lost digits, because Excel took the id for a number: type an "
            "apostrophe (') before the id, or use the link"
        )
    return text(cell)


def flag(cell: Cell) -> bool:
    """Yes or no, in English or French."""
    word = tidy(verbatim(cell)).casefold().rstrip(".!")
    if word in _YES or cell is True:
        return True
    if word in _NO or cell is False:
        return False
    raise CellError(f"{shown(cell)} is neither yes nor no: write yes or no")


def number(cell: Cell, *, whole: bool = False) -> Number:
    """A number, with its currency and percent sign; `whole` tells that it counts things."""
    if isinstance(cell, str):
        try:
            return parse_number(cell, decimal=None, whole=whole)
        except NumberError as error:
            raise CellError(f"{shown(cell)} {_why(error)}") from None
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise CellError(f"{shown(cell)} is not a number")
    if abs(cell) == float("inf"):
        raise CellError(f"{shown(cell)} is not a number")
    if isinstance(cell, Percent):
        return Number(float(cell), percent=True)
    return Number(int(cell) if float(cell).is_integer() else cell)


def _why(error: NumberError) -> str:
    """The reason, without the settings of files: in the plan there is nothing to set."""
    if error.why == AMBIGUOUS:
        return "could be thousands or decimals: write it without a separator, such as 1200 or 1.25"
    return error.why
