"""The tables of history.sqlite, named and laid out for people who open it with another tool."""

from __future__ import annotations

from typing import Final

VERSION: Final = 1
APPLICATION_ID: Final = 0x54524B53  # "TRKS": says whose file it is, to `file` and to us
TABLES: Final = frozenset(
    {"refreshes", "snapshots", "places", "tables", "figures", "reports", "reported"}
)

DDL: Final = (
    # Each time inputs were read; `places.refresh_id` orders what was seen where.
    "CREATE TABLE refreshes (id INTEGER PRIMARY KEY, at TEXT NOT NULL)",
    # One row for each reading of a file's content. The same content read differently, because a
    # person said how or the reader learned, is a new reading: it takes the place of the older one.
    """
    CREATE TABLE snapshots (
        id INTEGER PRIMARY KEY,
        file TEXT NOT NULL,
        made TEXT NOT NULL,
        read_at TEXT NOT NULL,
        seen_at TEXT NOT NULL,
        digest TEXT NOT NULL,
        reading TEXT NOT NULL,
        encoding TEXT NOT NULL,
        delimiter TEXT NOT NULL,
        replaced_by INTEGER REFERENCES snapshots (id) ON DELETE SET NULL,
        UNIQUE (digest, reading)
    )
    """,
    # Every place where the content lay, and the last refresh that found it there.
    """
    CREATE TABLE places (
        snapshot_id INTEGER NOT NULL REFERENCES snapshots (id) ON DELETE CASCADE,
        place TEXT NOT NULL,
        refresh_id INTEGER NOT NULL REFERENCES refreshes (id),
        PRIMARY KEY (snapshot_id, place)
    ) WITHOUT ROWID
    """,
    # `row_keys`, `headers`, `unmapped`, `layout` and `totals_layout` are JSON.
    """
    CREATE TABLE tables (
        id INTEGER PRIMARY KEY,
        snapshot_id INTEGER NOT NULL REFERENCES snapshots (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        profile TEXT,
        title TEXT NOT NULL,
        grain TEXT NOT NULL,
        rows INTEGER NOT NULL,
        first_day TEXT,
        last_day TEXT,
        row_keys TEXT NOT NULL,
        headers TEXT NOT NULL,
        unmapped TEXT NOT NULL,
        layout TEXT NOT NULL,
        totals_layout TEXT NOT NULL,
        UNIQUE (snapshot_id, position)
    )
    """,
    # A row of a table, with a column for each metric and field that any table ever had.
    """
    CREATE TABLE figures (
        table_id INTEGER NOT NULL REFERENCES tables (id) ON DELETE CASCADE,
        row_no INTEGER NOT NULL,
        is_total INTEGER NOT NULL
    )
    """,
    "CREATE INDEX figures_of_table ON figures (table_id)",
    "CREATE TABLE reports (id INTEGER PRIMARY KEY, at TEXT NOT NULL)",
    # What a report was made from: the rows of a table before `until`, or all of them.
    """
    CREATE TABLE reported (
        report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
        table_id INTEGER NOT NULL REFERENCES tables (id) ON DELETE CASCADE,
        until TEXT,
        PRIMARY KEY (report_id, table_id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TRIGGER figures_are_final BEFORE UPDATE ON figures
    BEGIN SELECT RAISE (ABORT, 'the history is append-only'); END
    """,
    """
    CREATE VIEW latest AS
    SELECT snapshots.file AS from_file, snapshots.made AS from_made,
           tables.profile AS from_profile, tables.title AS from_title,
           tables.grain AS from_grain, figures.*
    FROM figures
    JOIN tables ON tables.id = figures.table_id
    JOIN snapshots ON snapshots.id = tables.snapshot_id
    WHERE snapshots.replaced_by IS NULL
    """,
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {VERSION}",
)
