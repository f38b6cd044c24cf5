"""Tables of exports written to the history, and read back many at a time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from ..exports import Column, Table
from .cells import Kind, Layout, clean, kind_of, layout_of, restored, values_of

DAYS = ("date", "date_end")


def write_table(database: sqlite3.Connection, snapshot: int, position: int, table: Table) -> None:
    """Add one table with its rows and totals."""
    first, last = _days(table.frame)
    layouts = [layout_of(frame) for frame in (table.frame, table.totals)]
    cursor = database.execute(
        "INSERT INTO tables (snapshot_id, position, profile, title, grain, rows, first_day, "
        "last_day, row_keys, headers, unmapped, layout, totals_layout) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            snapshot,
            position,
            table.profile,
            clean(table.title),
            table.grain,
            len(table.frame),
            first,
            last,
            json.dumps(table.keys),
            json.dumps([[column.name, column.metric] for column in table.columns]),
            json.dumps(table.unmapped),
            *(json.dumps(layout) for layout in layouts),
        ),
    )
    assert cursor.lastrowid is not None
    for is_total, frame in enumerate((table.frame, table.totals)):
        _write_rows(database, cursor.lastrowid, is_total, frame, layouts[is_total])


def _days(frame: pd.DataFrame) -> tuple[str | None, str | None]:
    """The first and the last day that the rows tell of."""
    days = [frame[name].dropna() for name in DAYS if name in frame]
    known = [column for column in days if len(column)]
    if not known:
        return None, None
    first, last = min(c.min() for c in known), max(c.max() for c in known)
    return first.date().isoformat(), last.date().isoformat()


def _write_rows(
    database: sqlite3.Connection, table: int, is_total: int, frame: pd.DataFrame, layout: Layout
) -> None:
    if not len(frame):
        return
    names = columns_for(database, layout)
    marks = ", ".join("?" * (len(names) + 3))
    listed = ", ".join(["table_id", "row_no", "is_total", *map(quoted, names)])
    columns = [values_of(frame[name]) for name in frame]
    count = range(len(frame))
    database.executemany(
        f"INSERT INTO figures ({listed}) VALUES ({marks})",
        zip([table] * len(frame), count, [is_total] * len(frame), *columns, strict=True),
    )


def columns_for(database: sqlite3.Connection, layout: Layout) -> list[str]:
    """The columns of `figures` that a frame is kept in; those that are new are added."""
    kinds = _kinds(database)
    names = [_column(name, kind_of(type_), kinds) for name, type_ in layout]
    for name, (_, type_) in zip(names, layout, strict=True):
        if name not in kinds:
            database.execute(f"ALTER TABLE figures ADD COLUMN {quoted(name)} {kind_of(type_)}")
    return names


def _kinds(database: sqlite3.Connection) -> dict[str, str]:
    return {name: kind for _, name, kind, *_ in database.execute("PRAGMA table_info (figures)")}


def _column(name: str, kind: Kind, kinds: Mapping[str, str]) -> str:
    """A field that was text and is a number since stays whole in a column of its own."""
    return name if kinds.get(name, kind) == kind else f"{name} {kind}"


def quoted(name: str) -> str:
    """An identifier of SQL, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def read_tables(database: sqlite3.Connection, tables: Collection[int]) -> dict[int, Table]:
    """Tables by id as they were written.

    All those with the same columns are read at once: years of exports are a few queries.
    """
    listed = ", ".join(map(str, tables))
    rows = database.execute(
        "SELECT id, profile, title, grain, row_keys, headers, unmapped, layout, totals_layout "
        f"FROM tables WHERE id IN ({listed})"
    ).fetchall()
    frames = _frames(database, {row[0]: _layout(row[7]) for row in rows}, is_total=0)
    totals = _frames(database, {row[0]: _layout(row[8]) for row in rows}, is_total=1)
    return {
        id: Table(
            profile=profile,
            title=title,
            grain=grain,
            keys=tuple(json.loads(keys)),
            columns=tuple(Column(name, metric) for name, metric in json.loads(headers)),
            unmapped=tuple(json.loads(unmapped)),
            frame=frames[id],
            totals=totals[id],
            findings=(),
        )
        for id, profile, title, grain, keys, headers, unmapped, *_ in rows
    }


def _layout(text: str) -> Layout:
    return tuple((name, type_) for name, type_ in json.loads(text))


def _frames(
    database: sqlite3.Connection, layouts: Mapping[int, Layout], *, is_total: int
) -> dict[int, pd.DataFrame]:
    alike: dict[Layout, list[int]] = {}
    for table, layout in layouts.items():
        alike.setdefault(layout, []).append(table)
    frames: dict[int, pd.DataFrame] = {}
    for layout, tables in alike.items():
        together, sizes = _together(database, layout, sorted(tables), is_total)
        start = 0
        for table in sorted(tables):
            end = start + sizes.get(table, 0)
            frames[table] = together.iloc[start:end].reset_index(drop=True)
            start = end
    return frames


def _together(
    database: sqlite3.Connection, layout: Layout, tables: Sequence[int], is_total: int
) -> tuple[pd.DataFrame, dict[int, int]]:
    """The rows of tables that share a layout, in order, and how many each of them has."""
    names = [_column(name, kind_of(type_), _kinds(database)) for name, type_ in layout]
    there = f"FROM figures WHERE table_id IN ({', '.join(map(str, tables))}) AND is_total = ?"
    sizes = dict(
        database.execute(f"SELECT table_id, count(*) {there} GROUP BY table_id", (is_total,))
    )
    rows: Iterable[Sequence[float | str | None]] = ()
    if sizes and names:
        rows = database.execute(
            f"SELECT {', '.join(map(quoted, names))} {there} ORDER BY table_id, row_no",
            (is_total,),
        ).fetchall()
    columns = list(zip(*rows, strict=True)) or [()] * len(layout)
    data = {
        name: restored(values, type_) for (name, type_), values in zip(layout, columns, strict=True)
    }
    return pd.DataFrame(data, index=range(sum(sizes.values()))), sizes


def rows_between(table: Table, start: date | None, until: date | None) -> Table:
    """The rows of a table whose first day is from `start` on and before `until`, without totals.

    Rows without a day are only in the whole table, which is given back as it is.
    """
    if start is None and until is None:
        return table
    frame = table.frame
    day = frame["date"] if "date" in frame else pd.Series(pd.NaT, index=frame.index)
    if "date_end" in frame:
        day = day.fillna(frame["date_end"])
    wanted = day.notna()
    if start is not None:
        wanted &= day >= pd.Timestamp(start)
    if until is not None:
        wanted &= day < pd.Timestamp(until)
    return replace(table, frame=frame[wanted].reset_index(drop=True), totals=table.totals.iloc[:0])
