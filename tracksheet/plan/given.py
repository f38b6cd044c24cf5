"""Rows that a program writes into a new plan, such as those of the sample project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from ..core.nearest import did_you_mean
from .tabs import TABS

GivenRows = Sequence[Mapping[str, object]]

LONGEST_TEXT: Final = 32_767  # characters that a cell of Excel holds
MOST_ROWS: Final = 100_000
YES_NO: Final[Mapping[str, Mapping[bool, str]]] = {
    "en": {True: "yes", False: "no"},
    "fr": {True: "oui", False: "non"},
}


def check_rows(rows: Mapping[str, GivenRows]) -> None:
    """Raise `ValueError` for a tab, a heading or a value that a plan cannot have."""
    headings = {tab.key: [heading.key for heading in tab.headings] for tab in TABS}
    for tab, given in rows.items():
        if tab not in headings:
            raise ValueError(f"the plan has no tab {tab!r}.{did_you_mean(tab, headings)}")
        if len(given) > MOST_ROWS:
            raise ValueError(f"{tab}: {len(given):,} rows are more than {MOST_ROWS:,}")
        for number, row in enumerate(given, start=1):
            for key, value in row.items():
                if key not in headings[tab]:
                    near = did_you_mean(key, headings[tab])
                    raise ValueError(f"{tab}, row {number}: there is no heading {key!r}.{near}")
                fault = _fault(value)
                if fault:
                    raise ValueError(f"{tab}, row {number}, {key}: {fault}")


def written(value: object, lang: str) -> str | float | date | None:
    """The value as a cell holds it: yes and no as words of the drop-down."""
    if isinstance(value, bool):
        return YES_NO[lang][value]
    assert value is None or isinstance(value, str | int | float | date)
    return value


def _fault(value: object) -> str:
    if isinstance(value, str):
        size = len(value.encode("utf-16-le", "surrogatepass")) // 2
        return f"{size:,} characters do not fit in a cell" if size > LONGEST_TEXT else ""
    if isinstance(value, float) and (value != value or abs(value) == float("inf")):
        return f"{value} is not a number that a cell can hold"
    if value is None or isinstance(value, int | float | date):
        return ""
    return f"a {type(value).__name__} cannot be written; give a text, number, date or bool"
