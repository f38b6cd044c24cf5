"""The history: nothing that was read is lost, nothing counts twice, whatever happens meanwhile."""

from __future__ import annotations

import csv
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tracksheet.core.dataset import Dataset, merge
from tracksheet.core.exports import Column, Export, ExportError, ReadOptions, Table, read_export
from tracksheet.core.history import (
    Dialect,
    History,
    HistoryError,
    Kept,
    Source,
    digest_of,
    matching,
    merge_kept,
)
from tracksheet.core.history.cells import values_of
from tracksheet.core.history.versions import Part, Version, counting
from tracksheet.core.restated import summary
from tracksheet.core.results import compute
from tracksheet.samples import write_samples

REFERENCE = Path(__file__).resolve().parents[2].parent / "shared" / "reference" / "exports"
AT = datetime(2026, 10, 1, 9)
POSTS = (
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,"
    "Permalink,Post type,Views,Reach,Likes,Comments,Shares,Saves\n"
)

Write = Callable[..., Source]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of some day of 2026, and read it as a refresh does."""

    def written(
        place: str, text: str, made: str = "2026-08-01", options: ReadOptions | None = None
    ) -> Source:
        path = tmp_path / "project" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        moment = datetime.fromisoformat(f"{made}T12:00").timestamp()
        os.utime(path, (moment, moment))
        options = options or ReadOptions(day_first=False)
        return Source(read_export(path, options=options), digest_of(path), place)

    return written


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite"


def refreshed(path: Path, *sources: Source, at: datetime = AT, reported: bool = True) -> Dataset:
    """One refresh: add, merge, and (the report is on the disk) mark it as written."""
    with History(path) as history:
        history.add(sources, at=at)
        dataset = merge_kept(history.exports())
        if reported:
            history.report_written(at)
    return dataset


def kept(path: Path) -> list[Kept]:
    with History(path) as history:
        return history.exports()


def counted(path: Path) -> list[Kept]:
    return [one for one in kept(path) if not one.aside]


def post(letter: str, day: str, likes: int, *, reach: int = 50) -> str:
    number = f"1790000000000000{ord(letter) - ord('A')}"
    return (
        f"{number},17841400000000001,cafe,Café,Post {letter},0,{day} 10:00,"
        f"https://www.instagram.com/p/{letter}/,IG image,100,{reach},{likes},1,2,3\n"
    )


def likes(dataset: Dataset) -> dict[str, float]:
    """Likes of each post by its letter."""
    names = dataset.rows["text"].str[-1]
    return dict(zip(names, dataset.rows["likes"], strict=True))


# The story --------------------------------------------------------------------------------------

JULY = POSTS + post("A", "07/03/2026", 10) + post("B", "07/20/2026", 20)
AUGUST = (
    POSTS
    + post("A", "07/03/2026", 10)
    + post("B", "07/20/2026", 26)
    + post("C", "08/05/2026", 30)
    + post("D", "08/28/2026", 5)
)
SEPTEMBER = (
    POSTS + post("C", "08/05/2026", 28) + post("D", "08/28/2026", 12) + post("E", "09/10/2026", 40)
)
OCTOBER = POSTS + post("E", "09/10/2026", 40) + post("F", "10/10/2026", 7)


def by_month(dataset: Dataset) -> dict[str, object]:
    rows = compute(dataset, ["likes"], period="month").rows
    return {str(row["period"])[:7]: row["likes"] for row in rows}


def changes(dataset: Dataset) -> list[tuple[object, ...]]:
    table = summary(dataset.restated, "month")
    columns = ["period", "metric", "before", "after", "change", "rows"]
    return [
        (str(row[0])[:7], *row[1:]) for row in table[columns].itertuples(index=False, name=None)
    ]


def test_three_monthly_exports_whose_files_are_deleted(write: Write, path: Path) -> None:
    first = refreshed(path, write("exports/posts.csv", JULY, "2026-08-01"))
    assert by_month(first) == {"2026-07": 30}
    assert first.restated.empty

    second = refreshed(path, write("exports/posts.csv", AUGUST, "2026-09-01"))
    assert by_month(second) == {"2026-07": 36, "2026-08": 35}  # 10 + 26, 30 + 5
    assert changes(second) == [("2026-07", "likes", 20, 26, 6, 1)]

    third = refreshed(path, write("exports/posts.csv", SEPTEMBER, "2026-10-01"))
    assert by_month(third) == {"2026-07": 36, "2026-08": 40, "2026-09": 40}
    assert compute(third, ["likes"], period="year").rows[0]["likes"] == 116
    assert changes(third) == [("2026-08", "likes", 35, 40, 5, 2)]
    assert sorted(third.restated["after"]) == [12, 28]

    again = refreshed(path)  # no file is left: the same report, word for word
    assert by_month(again) == by_month(third)
    assert changes(again) == changes(third)

    page = write("exports/posts.csv", OCTOBER, "2026-11-01")
    assert changes(refreshed(path, page)) == []


def test_what_is_said_of_exports_that_are_only_remembered(write: Write, path: Path) -> None:
    refreshed(path, write("exports/posts.csv", JULY, "2026-08-01"))
    refreshed(path, write("exports/posts.csv", AUGUST, "2026-09-01"))
    dataset = refreshed(path, write("exports/posts.csv", SEPTEMBER, "2026-10-01"))
    assert [(f.severity, f.where, f.message) for f in dataset.findings] == [
        (
            "info",
            "history",
            "2 exports from the history, made from 2026-08-01 to 2026-09-01: their files are no "
            "longer there, their figures still count",
        ),
        (
            "info",
            "history",
            "2 rows that posts.csv has too: counted once, with the newer values (likes 35 → 40)",
        ),
    ]
    assert [(t.file, t.rows, t.superseded, t.from_history) for t in dataset.tables] == [
        ("posts.csv (2026-08-01)", 2, 2, True),
        ("posts.csv (2026-09-01)", 4, 2, True),
        ("posts.csv", 3, 0, False),
    ]
    silent = refreshed(path)
    assert len(silent.findings) == 1
    assert silent.findings[0].message.startswith("3 exports from the history")


def test_a_refresh_that_dies_before_the_report(write: Write, path: Path) -> None:
    refreshed(path, write("a.csv", JULY, "2026-08-01"))
    dead = refreshed(path, write("b.csv", AUGUST, "2026-09-01"), reported=False)
    again = refreshed(path)
    assert_frame_equal(again.restated, dead.restated)
    assert changes(again) == [("2026-07", "likes", 20, 26, 6, 1)]


def test_a_curve_of_followers_over_three_exports(write: Write, path: Path) -> None:
    head = "sep=,\nFacebook followers\nDate,Channel,Followers\n"
    for month, first in ((7, 100), (8, 200), (9, 300)):
        lines = "".join(f"2026-{month:02}-{day:02},facebook,{first + day}\n" for day in (1, 2))
        refreshed(path, write(f"{month}.csv", head + lines, f"2026-{month:02}-28"))
    rows = merge_kept(kept(path)).rows.sort_values("date")
    assert rows["followers"].tolist() == [101, 102, 201, 202, 301, 302]
    assert rows["date"].dt.month.tolist() == [7, 7, 8, 8, 9, 9]


# The same file again ----------------------------------------------------------------------------


def test_a_file_that_is_known_is_only_seen_again(write: Write, path: Path) -> None:
    source = write("exports/a.csv", JULY)
    with History(path) as history:
        assert history.add([source], at=AT).new == ("exports/a.csv",)
        later = datetime(2026, 11, 1)
        assert history.add([source], at=later).known == ("exports/a.csv",)
        (entry,) = history.contents()
    assert (entry.read_at, entry.seen_at) == (AT, later)


def test_a_copy_counts_once_and_is_as_old_as_the_first(write: Write, path: Path) -> None:
    with History(path) as history:
        history.add([write("exports/a.csv", JULY, "2026-08-01")], at=AT)
        added = history.add(
            [write("old/a.csv", JULY, "2026-12-01"), write("old/b.csv", JULY, "2026-12-02")], at=AT
        )
    assert [finding.message for finding in added.findings] == [
        "the same file as old/a.csv, byte for byte: counted once"
    ]
    (one,) = kept(path)
    assert one.export.made == datetime(2026, 8, 1, 12)
    assert one.place in ("old/a.csv", "old/b.csv")


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        ("2026-08-01", "2026-12-01", "2026-08-01"),
        ("2026-12-01", "2026-08-01", "2026-08-01"),
        ("2026-08-01", "1980-01-01", "2026-08-01"),  # out of an archive without dates
        ("1980-01-01", "2026-08-01", "2026-08-01"),
    ],
)
def test_when_a_copied_file_was_made(
    write: Write, path: Path, first: str, second: str, counts: str
) -> None:
    for made in (first, second):
        refreshed(path, write("a.csv", JULY, made))
    assert str(kept(path)[0].export.made.date()) == counts


AMBIGUOUS = "Date,Channel,Followers\n03/04/2026,facebook,100\n"
DAY_FIRST = ReadOptions(day_first=True)


def test_a_file_that_is_read_differently_now(write: Write, path: Path) -> None:
    refreshed(path, write("a.csv", AMBIGUOUS))
    with History(path) as history:
        added = history.add([write("a.csv", AMBIGUOUS, options=DAY_FIRST)], at=AT)
    assert added.reread == ("a.csv",)
    assert "read differently than before" in added.findings[0].message
    now, aside = kept(path)
    assert now.export.tables[0].frame["date"].tolist() == [pd.Timestamp("2026-04-03")]
    assert (now.aside, aside.aside) == (False, True)  # what the last report said
    assert len(merge_kept([now, aside]).rows) == 1
    refreshed(path, write("b.csv", JULY))
    refreshed(path, write("c.csv", SEPTEMBER, "2026-10-01"))
    assert not any(one.aside for one in kept(path))  # the report knows the new reading now

    refreshed(path, write("a.csv", AMBIGUOUS))  # and back again
    (one,) = (one for one in kept(path) if one.place == "a.csv" and not one.aside)
    assert one.export.tables[0].frame["date"].tolist() == [pd.Timestamp("2026-03-04")]
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM snapshots").fetchone() == (4,)


def test_a_file_that_was_moved_and_is_read_differently(write: Write, path: Path) -> None:
    refreshed(path, write("a.csv", AMBIGUOUS))
    refreshed(path, write("july/b.csv", AMBIGUOUS, options=DAY_FIRST))
    (one,) = counted(path)
    assert one.place == "july/b.csv"


def test_the_same_bytes_of_two_accounts_are_two_things(write: Write, path: Path) -> None:
    text = "sep=,\nInstagram reach\nDate,Primary\n2026-07-03T00:00:00,0\n"
    ours = write("ours/reach.csv", text, options=ReadOptions(account="ours"))
    theirs = write("theirs/reach.csv", text, options=ReadOptions(account="theirs"))
    refreshed(path, ours, theirs)
    assert len(merge_kept(kept(path)).rows) == 2
    refreshed(path, theirs)  # only one of the files was deleted
    assert len(merge_kept(kept(path)).rows) == 2
    refreshed(path, write("ours/reach.csv", text, options=ReadOptions(account="mine")))
    names = {one.export.tables[0].frame["account_name"].iloc[0] for one in counted(path)}
    assert names == {"mine", "theirs"}


# A person's own table ---------------------------------------------------------------------------


def own(*days: tuple[int, int]) -> str:
    return "Date,Channel,Followers\n" + "".join(
        f"2026-07-{day:02},facebook,{count}\n" for day, count in days
    )


def followers(dataset: Dataset) -> dict[int, float]:
    return dict(zip(dataset.rows["date"].dt.day, dataset.rows["followers"], strict=True))


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        # A row that was deleted is gone, one that was corrected is right.
        ([own((1, 10), (2, 99), (3, 12)), own((1, 11), (3, 12))], {1: 11, 3: 12}),
        # A connector lists the last days only.
        ([own((1, 10), (2, 11)), own((2, 21), (3, 12)), own((3, 13))], {1: 10, 2: 21, 3: 13}),
        # An older version that was put back is the newer one.
        ([own((1, 10), (2, 11)), own((1, 55), (2, 55)), own((1, 10), (2, 11))], {1: 10, 2: 11}),
        # A connector that failed corrects nothing.
        ([own((1, 10), (2, 11)), own()], {1: 10, 2: 11}),
    ],
)
def test_an_own_table_that_was_edited(
    write: Write, path: Path, versions: Sequence[str], expected: dict[int, float]
) -> None:
    for text in versions:
        dataset = refreshed(path, write("followers.csv", text))
    assert followers(dataset) == expected


def test_a_corrected_figure_is_told_as_restated(write: Write, path: Path) -> None:
    refreshed(path, write("f.csv", own((1, 10), (2, 99), (3, 12))))
    dataset = refreshed(path, write("f.csv", own((1, 10), (2, 11))))
    (row,) = dataset.restated.to_dict("records")
    assert (row["metric"], row["before"], row["after"]) == ("followers", 99, 11)
    assert len(refreshed(path).restated) == 1  # the same report again
    assert refreshed(path, write("g.csv", JULY)).restated.empty


def test_own_tables_of_two_files_both_count(write: Write, path: Path) -> None:
    refreshed(path, write("a.csv", own((1, 10))), write("b.csv", own((2, 11))))
    assert followers(refreshed(path, write("b.csv", own((2, 12))))) == {1: 10, 2: 12}


def test_an_own_table_without_dates_is_replaced_whole(write: Write, path: Path) -> None:
    for text in ("Campaign,Spend\nA,10\nB,20\n", "Campaign,Spend\nA,11\n"):
        dataset = refreshed(path, write("costs.csv", text))
    assert dataset.rows["spend"].tolist() == [11]


def test_a_platforms_exports_of_one_name_are_all_kept(write: Write, path: Path) -> None:
    refreshed(path, write("posts.csv", JULY, "2026-08-01"))
    refreshed(path, write("posts.csv", SEPTEMBER, "2026-10-01"))
    assert [one.export.made.month for one in kept(path)] == [8, 10]


def version(number: int, first: int | None, *, places: dict[str, int], rows: int = 5) -> Version:
    day = date(2026, 7, first) if first else None
    return Version(number, places, (Part(number, "", True, rows, day),))


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ([version(1, 1, places={"a": 1})], {1: None}),
        ([version(1, 1, places={"a": 1}), version(2, 5, places={"a": 2})],
         {1: date(2026, 7, 5), 2: None}),
        ([version(1, 5, places={"a": 1}), version(2, 1, places={"a": 2})],
         {1: date(2026, 7, 1), 2: None}),
        # The newest version that begins early speaks for all after it.
        ([version(1, 1, places={"a": 1}), version(2, 9, places={"a": 2}),
          version(3, 5, places={"a": 3})],
         {1: date(2026, 7, 5), 2: date(2026, 7, 5), 3: None}),
        # Of a copy that still lies elsewhere as it was, everything counts.
        ([version(1, 1, places={"a": 1, "b": 2}), version(2, 5, places={"a": 2})],
         {1: None, 2: None}),
        # It was moved, and edited there.
        ([version(1, 1, places={"a": 1, "b": 2}), version(2, 5, places={"b": 3})],
         {1: date(2026, 7, 5), 2: None}),
        ([version(1, None, places={"a": 1}), version(2, 5, places={"a": 2})], {2: None}),
        ([version(1, 1, places={"a": 1}), version(2, None, places={"a": 2})], {2: None}),
        ([version(1, 1, places={"a": 1}), version(2, None, places={"a": 2}, rows=0)],
         {1: None, 2: None}),
    ],
)  # fmt: skip
def test_which_rows_of_own_tables_count(
    versions: Sequence[Version], expected: dict[int, date | None]
) -> None:
    assert counting(versions) == expected


# Back as it was read ----------------------------------------------------------------------------


def assert_same(one: Export, other: Export) -> None:
    assert (one.file, one.encoding, one.delimiter, one.made) == (
        other.file, other.encoding, other.delimiter, other.made,
    )  # fmt: skip
    assert len(one.tables) == len(other.tables)
    for ours, theirs in zip(one.tables, other.tables, strict=True):
        for name in ("profile", "title", "grain", "keys", "columns", "unmapped"):
            assert getattr(ours, name) == getattr(theirs, name)
        assert_frame_equal(ours.frame, theirs.frame)
        assert_frame_equal(ours.totals, theirs.totals)


def export_of(frame: pd.DataFrame, *, file: str = "a.csv", title: str = "") -> Export:
    table = Table(
        "meta_instagram_posts", title, "post", ("account_id", "post_id"),
        (Column("Likes", "likes"), Column("Likes", None)), ("Odd",), frame, frame.iloc[:0], (),
    )  # fmt: skip
    return Export(file, "utf-8", ",", AT, (table,))


def round_trip(path: Path, *exports: Export) -> list[Export]:
    sources = [Source(export, str(i), f"{i}.csv") for i, export in enumerate(exports)]
    with History(path) as history:
        history.add(sources, at=AT)
    return [one.export for one in kept(path)]


@pytest.mark.parametrize(
    "data",
    [
        {"likes": [1.0, float("nan"), float("inf"), -float("inf"), -0.0, 1e308, 5e-324]},
        {"likes": [float(2**63), 123456789012345678.0, 0.1 + 0.2]},
        {"post_id": ["17900000000000001", "00017", "1e5", "", None, "-"]},
        {"text": ["☕ café", "a\0b", "\x1f", "line\nbreak", "'; DROP TABLE figures; --", "=1+1"]},
        {"date": np.array(["2026-07-03", "NaT"], dtype="datetime64[s]")},
        {
            "published_at": np.array(
                ["2026-07-03T10:05:06.000001", "1999-01-01"], dtype="datetime64[us]"
            )
        },
        {"likes": pd.Series([], dtype="float64"), "text": pd.Series([], dtype="str")},
        {'a "quoted" name': [1.0], "select": ["x"], "row": ["y"]},
        {},
    ],
)
def test_values_come_back_as_they_were(path: Path, data: dict[str, object]) -> None:
    frame = pd.DataFrame(data)
    for name in frame:
        if frame[name].dtype == object:
            frame[name] = frame[name].astype("str")
    export = export_of(frame)
    assert_same(round_trip(path, export)[0], export)


def test_half_a_character_is_no_reason_to_fail(path: Path) -> None:
    export = export_of(pd.DataFrame({"likes": [1.0]}), file="bad\ud800.csv", title="\udfff")
    (restored,) = round_trip(path, export)
    assert (restored.file, restored.tables[0].title) == ("bad?.csv", "?")


def test_a_file_without_tables(path: Path) -> None:
    export = Export("empty.csv", "utf-8", "", AT, ())
    assert round_trip(path, export) == [export]


def test_a_field_that_becomes_a_number_later(path: Path) -> None:
    exports = [
        export_of(pd.DataFrame({"period": pd.Series(["007"], dtype="str")})),
        export_of(pd.DataFrame({"period": [7.5]})),
        export_of(pd.DataFrame({"line": [7.5]})),
        export_of(pd.DataFrame({"line": pd.Series(["007"], dtype="str")})),
    ]
    for restored, export in zip(round_trip(path, *exports), exports, strict=True):
        assert_same(restored, export)


METRICS = st.sampled_from(["likes", "views", "spend", "reach", "followers"])
TEXTS = st.sampled_from(["text", "post_id", "campaign", "channel", "note"])
MOMENTS = st.sampled_from(["date", "date_end", "published_at"])


Cell = TypeVar("Cell")


@st.composite
def frames(draw: st.DrawFn) -> pd.DataFrame:
    size = draw(st.integers(0, 4))

    def column(cells: st.SearchStrategy[Cell]) -> list[Cell]:
        return draw(st.lists(cells, min_size=size, max_size=size))

    data: dict[str, object] = {}
    for name in draw(st.lists(METRICS, unique=True)):
        data[name] = pd.Series(column(st.floats()), dtype="float64")
    for name in draw(st.lists(TEXTS, unique=True)):
        texts = column(st.none() | st.text(max_size=8))
        data[name] = pd.Series(texts, dtype="str")
    for name in draw(st.lists(MOMENTS, unique=True)):
        moments = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1))
        unit = draw(st.sampled_from(["s", "us"]))
        data[name] = pd.Series(np.array(column(st.none() | moments), dtype=f"datetime64[{unit}]"))
    return pd.DataFrame(data, index=range(size))


@settings(deadline=None, max_examples=40)
@given(st.lists(frames(), min_size=1, max_size=3))
def test_what_is_added_comes_back(tables: list[pd.DataFrame]) -> None:
    exports = [export_of(frame, file=f"{i}.csv") for i, frame in enumerate(tables)]
    with tempfile.TemporaryDirectory() as folder:
        restored = round_trip(Path(folder) / "history.sqlite", *exports)
    for one, other in zip(restored, exports, strict=True):
        assert_same(one, other)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> list[Source]:
    """Every sample, and every reference export where these are there."""
    folder = tmp_path_factory.mktemp("samples")
    write_samples(folder)
    files = sorted(folder.iterdir())
    files += sorted(REFERENCE.glob("*.[cx]*")) if REFERENCE.is_dir() else []
    sources = []
    for file in files:
        try:
            sources.append(Source(read_export(file), digest_of(file), file.name))
        except ExportError:
            continue
    return sources


def in_order(dataset: Dataset, columns: list[str]) -> pd.DataFrame:
    return dataset.rows[columns].sort_values("table", kind="stable", ignore_index=True)


def test_real_exports_give_the_same_figures(path: Path, real: Sequence[Source]) -> None:
    read = [source.export for source in real]
    restored = round_trip(path, *read)
    for one in restored:
        (original,) = [export for export in read if export.file == one.file]
        assert_same(one, original)
    ours, theirs = merge(restored), merge(read)
    order = sorted(map(str, theirs.rows))
    assert sorted(map(str, ours.rows)) == order
    assert_frame_equal(in_order(ours, order), in_order(theirs, order))
    assert_frame_equal(ours.totals, theirs.totals, check_like=True)


def test_what_was_just_read_keeps_its_findings(path: Path, real: Sequence[Source]) -> None:
    with History(path) as history:
        history.add(real, at=AT)
        given_back = history.exports()
    assert all(one.here for one in given_back)
    said = sum(len(table.findings) for source in real for table in source.export.tables)
    assert said == sum(len(table.findings) for one in given_back for table in one.export.tables)


# A file that cannot be used ---------------------------------------------------------------------


def test_a_file_that_is_no_database(path: Path) -> None:
    path.write_bytes(b"this is not a database" * 100)
    with pytest.raises(HistoryError, match=r"history\.sqlite: it is damaged .* Restore it"):
        History(path)
    assert path.read_bytes().startswith(b"this is not")  # never overwritten


def test_a_damaged_database(write: Write, path: Path) -> None:
    refreshed(path, write("a.csv", JULY))
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * len(data[4096:])
    path.write_bytes(bytes(data))
    with pytest.raises(HistoryError, match="it is damaged"), History(path) as history:
        history.exports()
    assert path.read_bytes() == bytes(data)


def test_a_newer_format(path: Path) -> None:
    with History(path):
        pass
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(HistoryError, match=r"newer Tracksheet \(format 99; this one knows 1\)"):
        History(path)


def test_a_database_of_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(HistoryError, match="a database of another program"):
        History(path)


def test_a_table_that_somebody_dropped(write: Write, path: Path) -> None:
    refreshed(path, write("a.csv", JULY))
    with closing(sqlite3.connect(path)) as database:
        database.execute("DROP TABLE places")
    with pytest.raises(HistoryError, match="it lacks places"):
        History(path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="it cannot be written"):
        History(tmp_path / "gone" / "history.sqlite")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_write_protected(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    with pytest.raises(HistoryError, match="it cannot be written"):
        History(folder / "history.sqlite")


def test_a_file_that_is_write_protected_can_still_be_read(write: Write, path: Path) -> None:
    refreshed(path, write("a.csv", JULY))
    with History(path, read_only=True) as history:
        assert len(history.exports()) == 1
        with pytest.raises(HistoryError, match="it cannot be written"):
            history.add([], at=AT)


def test_reading_makes_no_history(path: Path) -> None:
    with pytest.raises(HistoryError, match="there is no history yet"):
        History(path, read_only=True)
    assert not path.exists()


def test_an_empty_file_is_a_new_history(path: Path) -> None:
    path.touch()
    assert kept(path) == []


# Crashes and neighbours -------------------------------------------------------------------------

BATCH = 12
ADDING = """
import os, sys
from datetime import datetime
from pathlib import Path
import pandas as pd
from tracksheet.core.exports import Export, Table
from tracksheet.core.history import History, Source
at = datetime(2026, 10, 1)
frame = pd.DataFrame({"likes": [float(i) for i in range(400)]})
frame["text"] = pd.Series([f"post {i} " * 20 for i in range(400)], dtype="str")
table = Table(None, "", "post", (), (), (), frame, frame.iloc[:0], ())

def add(path, name, count):
    sources = [
        Source(Export(f"{name}-{i}.csv", "utf-8", ",", at, (table,)), f"{name}-{i}", f"{name}-{i}")
        for i in range(count)
    ]
    with History(path) as history:
        history.add(sources, at=at)

started = []
for line in sys.stdin:
    if line.strip() == "wait":
        print(*(os.waitpid(process, 0)[1] for process in started), flush=True)
        started = []
        continue
    path, name, count = line.rstrip("\\n").split("\\t")
    started.append(os.fork())
    if started[-1] == 0:
        add(Path(path), name, int(count))
        os._exit(0)
    print(started[-1], flush=True)
"""


class Adders:
    """Processes that add a batch each; the slow imports happen once."""

    def __init__(self) -> None:
        self._parent = subprocess.Popen(
            [sys.executable, "-c", ADDING],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, path: Path, name: str) -> int:
        """The id of a process that has begun to add."""
        return int(self._ask(f"{path}\t{name}\t{BATCH}"))

    def wait(self) -> list[int]:
        """How the processes ended that were started since: 0 if all went well."""
        return [int(code) for code in self._ask("wait").split()]

    def _ask(self, line: str) -> str:
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.write(line + "\n")
        self._parent.stdin.flush()
        return self._parent.stdout.readline()

    def close(self) -> None:
        self._parent.communicate()


@pytest.fixture(scope="module")
def adders() -> Iterator[Adders]:
    started = Adders()
    yield started
    started.close()


can_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")


@can_fork
def test_a_refresh_that_is_killed_leaves_all_or_nothing(path: Path, adders: Adders) -> None:
    with History(path):
        pass
    journal = path.with_name(path.name + "-journal")
    for delay in (0.0, 0.02, 0.06, 0.15, 0.4):  # after the first page was touched
        process = adders.start(path, f"killed{delay}")
        until = time.monotonic() + 20
        while not journal.exists() and time.monotonic() < until:
            time.sleep(0.0005)
        time.sleep(delay)
        os.kill(process, signal.SIGKILL)
        adders.wait()
        with History(path) as history:  # what was half done is undone here
            files = [entry.file for entry in history.contents()]
        assert len(files) % BATCH == 0
        with closing(sqlite3.connect(path)) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            (rows,) = database.execute("SELECT count(*) FROM figures").fetchone()
            assert rows == 400 * len(files)


@can_fork
def test_two_refreshes_at_once(path: Path, adders: Adders) -> None:
    for name in ("same", "same", "other"):  # on a path where there is no history yet
        adders.start(path, name)
    assert adders.wait() == [0, 0, 0]
    with History(path) as history:
        assert len(history.contents()) == 2 * BATCH
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM refreshes").fetchone() == (3,)


def test_a_history_that_another_program_keeps_busy(
    write: Write, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracksheet.core.history.database.WAIT_S", 0.05)
    with History(path) as history, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(HistoryError, match="another program is using it"):
            history.add([write("a.csv", JULY)], at=AT)


# With other tools, and at people's request ------------------------------------------------------


def test_any_sqlite_tool_can_read_it(write: Write, path: Path) -> None:
    refreshed(path, write("a.csv", JULY))
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute('SELECT from_file, text, "date", likes FROM latest').fetchall()
        assert rows == [
            ("a.csv", "Post A", "2026-07-03", 10.0),
            ("a.csv", "Post B", "2026-07-20", 20.0),
        ]
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            database.execute("UPDATE figures SET likes = 0")


def test_what_is_forgotten_leaves_no_trace(write: Write, path: Path) -> None:
    secret = JULY.replace("Post A", "Ada Lovelace")
    refreshed(path, write("exports/a.csv", secret), write("b.csv", SEPTEMBER))
    assert b"Ada Lovelace" in path.read_bytes()
    with History(path) as history:
        history.forget([entry.id for entry in matching(history.contents(), "a.csv")])
        assert [entry.file for entry in history.contents()] == ["b.csv"]
        assert [one.export.file for one in history.exports()] == ["b.csv"]
    assert b"Ada Lovelace" not in path.read_bytes()
    assert b"exports/a.csv" not in path.read_bytes()


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("posts [1].csv", ["posts [1].csv"]),
        ("exports/posts*", ["posts [1].csv"]),
        ("POSTS*", ["posts [1].csv"]),
        ("*.csv", ["posts [1].csv", "b.csv"]),
        ("old\\b.csv", ["b.csv"]),
        ("2", ["b.csv"]),
        ("posts ?1].csv", []),
        ("99", []),
        ("plan.xlsx, sheet 'Sales'", []),
    ],
)
def test_what_a_name_stands_for(write: Write, path: Path, name: str, files: list[str]) -> None:
    with History(path) as history:
        history.add([write("exports/posts [1].csv", JULY), write("old/b.csv", AUGUST)], at=AT)
        assert [entry.file for entry in matching(history.contents(), name)] == files


def read_csv(file: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))


def test_figures_as_csv(write: Write, path: Path, tmp_path: Path) -> None:
    text = JULY.replace("Post A", "=HYPERLINK(1)").replace("Post B", '"Été ☕, ""oui"""')
    refreshed(path, write("a.csv", text), write("f.csv", own((1, 10))))
    target = tmp_path / "all.csv"
    with History(path, read_only=True) as history:
        assert history.write_figures(target) == [target]
        folder = history.write_figures(tmp_path / "out")
        with pytest.raises(FileExistsError, match=r"all\.csv is there already"):
            history.write_figures(target)
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = read_csv(target)
    assert [row["text"] for row in rows] == ["'=HYPERLINK(1)", 'Été ☕, "oui"', ""]
    assert [row["likes"] for row in rows] == ["10", "20", ""]
    assert rows[0]["post_id"] == "17900000000000000"
    assert [file.name for file in folder] == ["followers_list.csv", "meta_instagram_posts.csv"]
    assert "likes" not in read_csv(folder[0])[0]


def test_figures_as_the_french_expect_them(path: Path, tmp_path: Path) -> None:
    frame = pd.DataFrame({"spend": [12.5, -3.0], "title": ["é", "=1"], "grain": ["x", "y"]})
    round_trip(path, export_of(frame))
    with History(path, read_only=True) as history:
        history.write_figures(tmp_path / "a.csv", dialect=Dialect(";", ","))
    rows = read_csv(tmp_path / "a.csv", ";")
    assert [(row["spend"], row["title"], row["from_grain"]) for row in rows] == [
        ("12,5", "é", "post"),
        ("-3", "'=1", "post"),
    ]


def test_writing_leaves_the_rows_as_they_were() -> None:
    # Without pyarrow pandas hands out the very array of a column of texts.
    with pd.option_context("mode.string_storage", "python"):
        column = pd.Series(["a", None, "b"], dtype="str")
        assert values_of(column) == ["a", None, "b"]
        assert column.isna().tolist() == [False, True, False]
