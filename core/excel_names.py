"""Which names Excel refuses or already uses, so that no KPI function takes one.

A function in a cell, a LAMBDA name and a defined name share one name space with the cells and
with everything Excel brings along. A clash is silent: Excel calls its own function, or reads the
name as a cell.
"""

from __future__ import annotations

import re
from functools import cache

MAX_LENGTH = 64  # Excel takes 255; a longer function name than this cannot be read in a cell
LAST_COLUMN = "XFD"  # the size of a sheet since Excel 2007
LAST_ROW = 1_048_576

_SPELLING = r"[A-Za-z_][A-Za-z0-9_.]*"
_CELL = r"([A-Z]{1,3})([0-9]+)"
_R1C1 = r"R[0-9]*(?:C[0-9]*)?|C[0-9]*"
_INTERNAL = "_XL"  # _xlfn, _xlpm, _xlws, _xlnm: prefixes of the file format

_USES = {
    "worksheet": "Excel has a function of this name",
    "macro": "Excel 4 macros have a function of this name, and a cell may not use it",
    "command": "Excel 4 macros have a command of this name, and a cell may not use it",
    "reserved": "Excel gives this name a meaning of its own in every workbook",
}


def refusal(name: str) -> str | None:
    """Why Excel would not take this name for a function of ours; `None` when it would.

    The name is judged as Excel reads it, in any case.

    >>> refusal("ENGAGEMENT_RATE")
    >>> refusal("CPM1")
    'Excel reads it as the cell CPM1'
    """
    upper = name.upper()
    if len(name) > MAX_LENGTH:
        return f"it has {len(name)} characters, at most {MAX_LENGTH} are allowed"
    if not re.fullmatch(_SPELLING, name):
        return "it may hold only the letters A to Z, digits, _ and ., and not begin with a digit"
    if upper in ("TRUE", "FALSE"):
        return "Excel reads it as a truth value"
    if upper.startswith(_INTERNAL):
        return f"names that begin with {_INTERNAL} belong to the file format"
    if _is_cell(upper):
        return f"Excel reads it as the cell {upper}"
    if re.fullmatch(_R1C1, upper):
        return "Excel reads it as a row, a column or a cell in R1C1 style"
    return next((why for group, why in _USES.items() if upper in taken()[group]), None)


@cache
def taken() -> dict[str, frozenset[str]]:
    """The names in use, by group: "worksheet", "macro", "command" and "reserved"."""
    import tomllib  # slow to import, and rarely needed by a cell
    from importlib import resources

    text = resources.files(__package__).joinpath("excel_names.toml").read_text(encoding="utf-8")
    return {group: frozenset(names) for group, names in tomllib.loads(text).items()}


def _is_cell(name: str) -> bool:
    match = re.fullmatch(_CELL, name)
    if not match:
        return False
    column, row = match.groups()
    within = (len(column), column) <= (len(LAST_COLUMN), LAST_COLUMN)
    return within and 1 <= int(row) <= LAST_ROW
