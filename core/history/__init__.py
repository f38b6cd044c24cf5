"""The history of a project: every figure that was ever read, kept in one SQLite file.

Platforms forget and restate; the history only grows. Nothing in it changes once it is written,
but for what a person asks to forget.
"""

from .addition import Added, Source
from .contents import Entry, matching
from .database import HistoryError
from .dump import Dialect
from .history import History, Kept, digest_of
from .remembered import merge_kept

__all__ = [
    "Added",
    "Dialect",
    "Entry",
    "History",
    "HistoryError",
    "Kept",
    "Source",
    "digest_of",
    "matching",
    "merge_kept",
]
