"""What the tables of the history say, as the values that the rest works with."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from .readings import Reading
from .versions import Counting, Part, Version, is_own


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A reading without its tables, but for their ids in order."""

    id: int
    file: str
    made: datetime
    read_at: datetime
    digest: str
    encoding: str
    delimiter: str
    place: str
    counts: bool
    tables: tuple[int, ...]


def snapshots(database: sqlite3.Connection) -> list[Snapshot]:
    """Every reading, the oldest made first."""
    tables: dict[int, list[int]] = {}
    for snapshot, table in database.execute(
        "SELECT snapshot_id, id FROM tables ORDER BY snapshot_id, position"
    ):
        tables.setdefault(snapshot, []).append(table)
    place = dict(database.execute("SELECT snapshot_id, place FROM places ORDER BY refresh_id"))
    rows = database.execute(
        "SELECT id, file, made, read_at, digest, encoding, delimiter, replaced_by IS NULL "
        "FROM snapshots"
    )
    found = [
        Snapshot(
            id,
            file,
            datetime.fromisoformat(made),
            datetime.fromisoformat(read_at),
            digest,
            encoding,
            delimiter,
            place.get(id, file),
            bool(counts),
            tuple(tables.get(id, ())),
        )
        for id, file, made, read_at, digest, encoding, delimiter, counts in rows
    ]
    return sorted(found, key=lambda snapshot: (snapshot.made, snapshot.id))


def readings(database: sqlite3.Connection, digest: str) -> dict[int, Reading]:
    """The readings of one content by id."""
    places: dict[int, set[str]] = {}
    for snapshot, place in database.execute(
        "SELECT snapshot_id, place FROM places JOIN snapshots ON snapshots.id = snapshot_id "
        "WHERE digest = ?",
        (digest,),
    ):
        places.setdefault(snapshot, set()).add(place)
    rows = database.execute(
        "SELECT id, reading, replaced_by IS NULL FROM snapshots WHERE digest = ?", (digest,)
    )
    return {
        id: Reading(id, mark, bool(counts), frozenset(places.get(id, ())))
        for id, mark, counts in rows
    }


def versions(database: sqlite3.Connection) -> list[Version]:
    """The readings that count, with where and when each was seen last."""
    places: dict[int, dict[str, int]] = {}
    for snapshot, place, refresh in database.execute(
        "SELECT snapshot_id, place, refresh_id FROM places"
    ):
        places.setdefault(snapshot, {})[place] = refresh
    parts: dict[int, list[Part]] = {}
    for snapshot, table, title, profile, rows, first in database.execute(
        "SELECT snapshot_id, tables.id, title, profile, rows, first_day FROM tables "
        "JOIN snapshots ON snapshots.id = snapshot_id WHERE replaced_by IS NULL "
        "ORDER BY snapshot_id, position"
    ):
        parts.setdefault(snapshot, []).append(
            Part(table, title, is_own(profile), rows, _day(first))
        )
    return [
        Version(snapshot, places.get(snapshot, {"": 0}), tuple(of_it))
        for snapshot, of_it in parts.items()
    ]


def reported(database: sqlite3.Connection, given: Counting) -> dict[int, date | None]:
    """The tables that the last report counted which was made from something else than `given`.

    A report that is written again from the same exports thus says the same again.
    """
    for report in reversed(_reports(database)):
        counted = _counted(database, report)
        if counted != given:
            return counted
    return {}


def mark_reported(database: sqlite3.Connection, given: Counting, at: datetime) -> None:
    """Write down what a report was made from, and forget all but the last different one."""
    there = {table for (table,) in database.execute("SELECT id FROM tables")}
    known = {table: until for table, until in given.items() if table in there}
    reports = _reports(database)
    if reports and _counted(database, reports[-1]) == known:
        return
    for report in reports[:-1]:
        database.execute("DELETE FROM reports WHERE id = ?", (report,))
    id = inserted(database, "INSERT INTO reports (at) VALUES (?)", at.isoformat())
    database.executemany(
        "INSERT INTO reported (report_id, table_id, until) VALUES (?, ?, ?)",
        [(id, table, until.isoformat() if until else None) for table, until in known.items()],
    )


def _reports(database: sqlite3.Connection) -> list[int]:
    return [id for (id,) in database.execute("SELECT id FROM reports ORDER BY id")]


def _counted(database: sqlite3.Connection, report: int) -> dict[int, date | None]:
    rows = database.execute("SELECT table_id, until FROM reported WHERE report_id = ?", (report,))
    return {table: _day(until) for table, until in rows}


def set_made(database: sqlite3.Connection, digest: str, made: datetime) -> None:
    """Keep the earliest time at which a content is known to have been made.

    A copy has the date of its copying. No export is made before the last day in it, so a date
    that was lost on the way (1980, out of an archive) does not count.
    """
    stored = [
        datetime.fromisoformat(text)
        for (text,) in database.execute(
            "SELECT made FROM snapshots WHERE digest = ? ORDER BY id", (digest,)
        )
    ]
    (last,) = database.execute(
        "SELECT max(last_day) FROM tables JOIN snapshots ON snapshots.id = snapshot_id "
        "WHERE digest = ?",
        (digest,),
    ).fetchone()
    day = _day(last) or date.min
    sound = [moment for moment in (*stored, made) if moment.date() >= day]
    earliest = min(sound) if sound else stored[0]
    database.execute(
        "UPDATE snapshots SET made = ? WHERE digest = ? AND made <> ?1",
        (earliest.isoformat(), digest),
    )


def inserted(database: sqlite3.Connection, statement: str, *values: str) -> int:
    """The id of the row that a statement adds."""
    id = database.execute(statement, values).lastrowid
    assert id is not None
    return id


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
