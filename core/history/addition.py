"""What was read on its way into the history: what is new, what is known, what takes whose place."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ..exports import Export
from ..findings import Finding
from . import queries
from .cells import clean
from .figures import write_table
from .readings import Reading, replaced


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read. `digest` is of its content, `place` where it lies in the project."""

    export: Export
    digest: str
    place: str


@dataclass(frozen=True, slots=True)
class Added:
    """The places of sources that were new, known already, and known but read differently now.

    `findings` tell of copies, and of what is read differently.
    """

    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    reread: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Addition:
    """What one call of `add` does, file by file."""

    database: sqlite3.Connection
    at: datetime
    refresh: int = 0
    here: dict[int, Export] = field(default_factory=dict)
    places: dict[str, list[str]] = field(
        default_factory=lambda: {"new": [], "known": [], "reread": []}
    )
    findings: list[Finding] = field(default_factory=list)

    def add_all(self, sources: Sequence[tuple[Source, str]]) -> None:
        """Add sources, each with the fingerprint of what was read."""
        self.refresh = queries.inserted(
            self.database, "INSERT INTO refreshes (at) VALUES (?)", self.at.isoformat()
        )
        alike: dict[str, list[tuple[Source, str]]] = {}
        for source, mark in sources:
            alike.setdefault(source.digest, []).append((source, mark))
        for of_file in alike.values():
            self.add_file(of_file)

    def added(self) -> Added:
        """What to tell of it."""
        places = {state: tuple(those) for state, those in self.places.items()}
        return Added(**places, findings=tuple(self.findings))

    def add_file(self, of_file: Sequence[tuple[Source, str]]) -> None:
        """Add the sources of one content: most often one, more where it was copied."""
        known = queries.readings(self.database, of_file[0][0].digest)
        fresh = not any(reading.counts for reading in known.values())
        now: dict[int, set[str]] = {}
        for source, mark in of_file:
            reading = next((r for r in known.values() if r.mark == mark), None)
            if reading is None:
                reading = Reading(self._write(source, mark), mark, False, frozenset())
                known[reading.id] = reading
            state = "new" if fresh else "known" if reading.counts else "reread"
            self.places[state].append(source.place)
            if reading.id in now:
                self.findings.append(_copy(source, of_file[0][0]))
            elif state == "reread":
                self.findings.append(_read_differently(source))
            self._see(reading.id, source)
            now.setdefault(reading.id, set()).add(source.place)
            self.here.setdefault(reading.id, source.export)
        for old, new in replaced(known.values(), now).items():
            self.database.execute("UPDATE snapshots SET replaced_by = ? WHERE id = ?", (new, old))

    def _write(self, source: Source, mark: str) -> int:
        export = source.export
        snapshot = queries.inserted(
            self.database,
            "INSERT INTO snapshots (file, made, read_at, seen_at, digest, reading, encoding, "
            "delimiter) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            clean(export.file),
            export.made.isoformat(),
            self.at.isoformat(),
            self.at.isoformat(),
            source.digest,
            mark,
            export.encoding,
            export.delimiter,
        )
        for position, table in enumerate(export.tables):
            write_table(self.database, snapshot, position, table)
        return snapshot

    def _see(self, snapshot: int, source: Source) -> None:
        self.database.execute(
            "UPDATE snapshots SET seen_at = ? WHERE id = ?", (self.at.isoformat(), snapshot)
        )
        self.database.execute(
            "INSERT INTO places (snapshot_id, place, refresh_id) VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET refresh_id = excluded.refresh_id",
            (snapshot, clean(source.place), self.refresh),
        )
        queries.set_made(self.database, source.digest, source.export.made)


def _copy(source: Source, first: Source) -> Finding:
    return Finding(
        "info", source.place, f"the same file as {first.place}, byte for byte: counted once"
    )


def _read_differently(source: Source) -> Finding:
    return Finding(
        "info",
        source.place,
        "the same file is read differently than before, because of what tracksheet.toml says or "
        "of a newer Tracksheet: the new reading counts",
    )
