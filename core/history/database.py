"""Opening history.sqlite, writing to it all or nothing, and saying in words what goes wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from .schema import APPLICATION_ID, DDL, TABLES, VERSION

WAIT_S: Final = 30.0  # for another refresh to finish writing


class HistoryError(ValueError):
    """The history cannot be used; the message names the file and what to do."""


_BROKEN = (
    "it is damaged or no history of Tracksheet ({error}). Restore it from a backup or from an "
    "earlier version in your cloud drive; or rename it, and the next refresh begins a new history "
    "from the exports that are still there"
)
_CLOSED = (
    "it cannot be written ({error}): check that the folder is there, that you may write in it, "
    "and that the file is not write-protected"
)
# By the beginning of SQLite's name for the error: https://www.sqlite.org/rescode.html
_REASONS: Final = {
    "SQLITE_NOTADB": _BROKEN,
    "SQLITE_CORRUPT": _BROKEN,
    "SQLITE_CANTOPEN": _CLOSED,
    "SQLITE_READONLY": _CLOSED,
    "SQLITE_PERM": _CLOSED,
    "SQLITE_AUTH": _CLOSED,
    "SQLITE_BUSY": "another program is using it: close that one, or wait until its refresh is "
    "done, and try again",
    "SQLITE_LOCKED": "another program is using it: close that one and try again",
    "SQLITE_FULL": "the disk is full: make room and try again; nothing was changed",
    "SQLITE_IOERR": "it cannot be read or written ({error}): check that the drive is connected, "
    "and try again",
}


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn an error of SQLite into a `HistoryError` with the file and the fix."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        reason = next((said for code, said in _REASONS.items() if name.startswith(code)), None)
        if reason is None:
            raise  # a mistake of ours, not of the file
        raise HistoryError(f"{path}: {reason.format(error=error)}") from error


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open a history; one that is not there yet is made, unless it is only to be read.

    The changes of a transaction first go to a rollback journal beside the file, which works on
    network shares and cloud drives; SQLite's write-ahead log does not.
    """
    if read_only and not path.is_file():
        raise HistoryError(f"{path}: there is no history yet; the first refresh begins it")
    with in_words(path):
        database = sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)
        try:
            database.execute("PRAGMA foreign_keys = ON")
            database.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten
            database.execute("PRAGMA synchronous = EXTRA")  # whole even when the power fails
            database.execute("PRAGMA fullfsync = ON")  # the same on a Mac
            _check(database, path)
            if read_only:
                database.execute("PRAGMA query_only = ON")
            else:
                _make(database, path)
        except BaseException:
            database.close()
            raise
    return database


@contextmanager
def transaction(database: sqlite3.Connection, *, write: bool = True) -> Iterator[None]:
    """All of what is done inside, or nothing; reading sees one state throughout."""
    database.execute("BEGIN IMMEDIATE" if write else "BEGIN")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


def _make(database: sqlite3.Connection, path: Path) -> None:
    """Lay out an empty database; two refreshes may well arrive here at once."""
    if _number(database, "user_version"):
        if _text(database, "journal_mode") == "wal":  # another tool set it
            database.execute("PRAGMA journal_mode = DELETE")
        return
    with transaction(database):
        if not _number(database, "user_version"):
            for statement in DDL:
                database.execute(statement)
        _check(database, path)


def _check(database: sqlite3.Connection, path: Path) -> None:
    version, owner = _number(database, "user_version"), _number(database, "application_id")
    if owner == APPLICATION_ID and version > VERSION:
        raise HistoryError(
            f"{path}: written by a newer Tracksheet (format {version}; this one knows {VERSION}): "
            "update Tracksheet"
        )
    there = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    if owner != APPLICATION_ID and (there or version):
        raise HistoryError(
            f"{path}: a database of another program; give the history another name with "
            '"history" in tracksheet.toml'
        )

    if owner == APPLICATION_ID and not there.issuperset(TABLES):
        lost = ", ".join(sorted(TABLES - there))
        raise HistoryError(f"{path}: {_BROKEN.format(error=f'it lacks {lost}')}")


def _number(database: sqlite3.Connection, pragma: str) -> int:
    (value,) = database.execute(f"PRAGMA {pragma}").fetchone()
    return int(value)


def _text(database: sqlite3.Connection, pragma: str) -> str:
    (value,) = database.execute(f"PRAGMA {pragma}").fetchone()
    return str(value)
