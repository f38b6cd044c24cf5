"""What is in the history, for people who want to see it or have it forgotten."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fnmatch import fnmatchcase
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading of a file, and its tables as (profile, title).

    `places` are where it lay, the last one first. One that does not `count` was read differently
    since.
    """

    id: int
    digest: str
    file: str
    places: tuple[str, ...]
    made: datetime
    read_at: datetime
    seen_at: datetime
    counts: bool
    tables: tuple[tuple[str | None, str], ...]
    rows: int
    first: date | None
    last: date | None


def contents(database: sqlite3.Connection) -> list[Entry]:
    """Everything in the history, the oldest export first."""
    places: dict[int, list[str]] = {}
    for snapshot, place in database.execute(
        "SELECT snapshot_id, place FROM places ORDER BY refresh_id DESC, place"
    ):
        places.setdefault(snapshot, []).append(place)
    tables: dict[int, list[tuple[str | None, str]]] = {}
    for snapshot, profile, title in database.execute(
        "SELECT snapshot_id, profile, title FROM tables ORDER BY snapshot_id, position"
    ):
        tables.setdefault(snapshot, []).append((profile, title))
    rows = database.execute(
        "SELECT snapshots.id, digest, file, made, read_at, seen_at, replaced_by IS NULL, "
        "coalesce(sum(rows), 0), min(first_day), max(last_day) FROM snapshots "
        "LEFT JOIN tables ON tables.snapshot_id = snapshots.id "
        "GROUP BY snapshots.id ORDER BY made, snapshots.id"
    )
    return [
        Entry(
            id=id,
            digest=digest,
            file=file,
            places=tuple(places.get(id, (file,))),
            made=datetime.fromisoformat(made),
            read_at=datetime.fromisoformat(read_at),
            seen_at=datetime.fromisoformat(seen_at),
            counts=bool(counts),
            tables=tuple(tables.get(id, ())),
            rows=number,
            first=date.fromisoformat(first) if first else None,
            last=date.fromisoformat(last) if last else None,
        )
        for id, digest, file, made, read_at, seen_at, counts, number, first, last in rows
    ]


def matching(entries: Sequence[Entry], name: str) -> list[Entry]:
    """The entries that a name, a place, a pattern with * or an id stands for.

    Other readings of the same file are among them: what a person wants forgotten is in all.
    """
    wanted = name.strip().replace("\\", "/").casefold()
    digests = {entry.digest for entry in entries if _fits(entry, wanted)}
    return [entry for entry in entries if entry.digest in digests]


def _fits(entry: Entry, wanted: str) -> bool:
    if re.fullmatch(r"[0-9]+", wanted) and entry.id == int(wanted):
        return True
    names = {entry.file, *entry.places, *(PurePosixPath(place).name for place in entry.places)}
    folded = {name.casefold() for name in names}
    # Only * is special: brackets are common in the names of downloads, as in "posts [1].csv".
    pattern = re.sub(r"[\[?]", lambda found: f"[{found[0]}]", wanted)
    return wanted in folded or any(fnmatchcase(name, pattern) for name in folded)
