"""The history itself: add what was read, give back all that counts, mark what was reported."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from ..exports import Export
from . import queries
from .addition import Added, Addition, Source
from .cells import fingerprint
from .contents import Entry, contents
from .database import connect, in_words, transaction
from .dump import Dialect, write_figures
from .figures import read_tables, rows_between
from .versions import Counting, counting

Span = tuple[date | None, date | None]
"""Rows from a day on and before a day; None where there is no limit."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An input from the history.

    `reported` says that the last report knew it; `here`, that it was added just now, not only
    remembered. One that is `aside` counts no longer, because its file was corrected or is read
    differently now: its rows only say what the last report said.
    """

    export: Export
    digest: str
    place: str
    read_at: datetime
    reported: bool
    here: bool = False
    aside: bool = False


def digest_of(path: Path) -> str:
    """What tells a file's content from any other."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class History:
    """An open history, to be used in a `with` block.

    A refresh adds what it read, takes what counts, writes the report, and marks it as written. If
    it dies in between, nothing is lost. Raises `HistoryError` in words for people.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._database = connect(path, read_only=read_only)
        self._here: dict[int, Export] = {}
        self._given: Counting | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def add(self, sources: Sequence[Source], *, at: datetime) -> Added:
        """Add what was read, all of it or nothing; what is known already is noted as seen."""
        read = [(source, fingerprint(source.export)) for source in sources]
        done = Addition(self._database, at)
        with in_words(self.path), transaction(self._database):
            done.add_all(read)
        self._here |= done.here
        return done.added()

    def exports(self) -> list[Kept]:
        """Every input that counts, the oldest made first; those that stand `aside` come last.

        What this object added is given back as it was read, findings included.
        """
        with in_words(self.path), transaction(self._database, write=False):
            now = counting(queries.versions(self._database))
            then = queries.reported(self._database, now)
            self._given = now
            spans: dict[int, Span] = {table: (None, until) for table, until in now.items()}
            return [
                *self._kept(spans, then),
                *self._kept(_gone(now, then), then, aside=True),
            ]

    def _kept(
        self, spans: Mapping[int, Span], then: Counting, *, aside: bool = False
    ) -> list[Kept]:
        wanted = [
            snapshot
            for snapshot in queries.snapshots(self._database)
            if any(table in spans for table in snapshot.tables)
            or (snapshot.counts and not snapshot.tables and not aside)
        ]
        stored = [
            table
            for snapshot in wanted
            if snapshot.id not in self._here
            for table in snapshot.tables
            if table in spans
        ]
        read = read_tables(self._database, stored)
        kept = []
        for snapshot in wanted:
            here = self._here.get(snapshot.id)
            tables = dict(zip(snapshot.tables, here.tables, strict=True)) if here else read
            parts = [rows_between(tables[t], *spans[t]) for t in snapshot.tables if t in spans]
            export = here or Export(
                snapshot.file, snapshot.encoding, snapshot.delimiter, snapshot.made, ()
            )
            kept.append(
                Kept(
                    replace(export, made=snapshot.made, tables=tuple(parts)),
                    snapshot.digest,
                    snapshot.place,
                    snapshot.read_at,
                    reported=any(table in then for table in snapshot.tables),
                    here=here is not None,
                    aside=aside,
                )
            )
        return kept

    def report_written(self, at: datetime) -> None:
        """Mark what `exports` gave last as what the newest report says."""
        with in_words(self.path), transaction(self._database):
            given = self._given
            if given is None:
                given = counting(queries.versions(self._database))
            queries.mark_reported(self._database, given, at)

    def contents(self) -> list[Entry]:
        """What is in the history, the oldest export first."""
        with in_words(self.path), transaction(self._database, write=False):
            return contents(self._database)

    def write_figures(self, target: Path, *, dialect: Dialect | None = None) -> list[Path]:
        """Write all figures as CSV; see `dump.write_figures`."""
        with in_words(self.path), transaction(self._database, write=False):
            return write_figures(self._database, target, dialect=dialect or Dialect())

    def forget(self, ids: Collection[int]) -> None:
        """Delete these readings and every trace of their figures from the file."""
        with in_words(self.path):
            with transaction(self._database):
                self._database.executemany(
                    "DELETE FROM snapshots WHERE id = ?", [(id,) for id in ids]
                )
            self._database.execute("VACUUM")
        for id in ids:
            self._here.pop(id, None)


def _gone(now: Counting, then: Counting) -> dict[int, Span]:
    """What the last report counted and counts no longer."""
    return {
        table: (now.get(table), until)
        for table, until in then.items()
        if table not in now
        or ((start := now[table]) is not None and (until is None or until > start))
    }
