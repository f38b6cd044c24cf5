"""The settings of tracksheet.toml by the heading they belong under."""

from __future__ import annotations

TOP_KEYS = (
    "lang", "client", "inputs", "downloads", "output", "plan", "history", "period", "kpis",
    "currency", "time_zone", "targets", "file", "columns",
)  # fmt: skip
FILE_KEYS = (
    "match", "channel", "account", "profile", "day_first", "decimal", "year", "currency",
    "time_zone", "columns",
)  # fmt: skip
TARGET_KEYS = ("on_track", "at_risk")

# A line added at the end of a TOML file belongs to the last heading: the classic slip.
TO_TOP = dict.fromkeys(TOP_KEYS, "at the top of the file, above the first [ heading")
TO_FILE = dict.fromkeys(FILE_KEYS, "under a [[file]] heading with its match")
TO_TARGETS = dict.fromkeys(TARGET_KEYS, "under the heading [targets]")


def misplaced(key: str) -> str:
    """Where a setting belongs that stands among the headings of [columns]; nothing for others."""
    place = (TO_TOP | TO_TARGETS).get(key)
    return f" The setting {key} belongs {place}." if place else ""
