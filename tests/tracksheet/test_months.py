"""A project month after month: overlapping exports, restated figures, files that are deleted."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from tracksheet.config import Config, find, load
from tracksheet.core.plain import number, plain
from tracksheet.core.report import CellRef, Report, ReportTable, Value
from tracksheet.plan.workbook import write_plan
from tracksheet.project import init
from tracksheet.refresh import Refreshed, refresh

HEADER = (
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,"
    "Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Comments,Saves,Follows\n"
)
FACEBOOK = (
    "Post ID,Page ID,Page name,Title,Description,Duration (sec),Publish time,Permalink,Post type,"
    "Reach,Reactions,Comments,Shares\n"
)
Post = tuple[int, str, int]  # number, day, likes

# What each export lists. The second counts more likes for post 2; the third no longer lists the
# posts of July, and counts more likes for post 4.
EXPORTS: dict[datetime, tuple[str, Sequence[Post]]] = {
    datetime(2025, 10, 1, 9): ("last_year.csv", [(9, "2025-09-10", 50)]),
    datetime(2026, 8, 1, 9): (
        "to_july.csv", [(1, "2026-06-10", 10), (2, "2026-07-05", 20), (3, "2026-07-20", 30)],
    ),
    datetime(2026, 9, 1, 9): (
        "to_august.csv", [(2, "2026-07-05", 25), (3, "2026-07-20", 30), (4, "2026-08-10", 40)],
    ),
    datetime(2026, 10, 1, 9): (
        "to_september.csv", [(4, "2026-08-10", 44), (5, "2026-09-12", 60)],
    ),
}  # fmt: skip
FOLLOWERS = {
    datetime(2025, 10, 1, 9): ("2025-09-30", 800),
    datetime(2026, 8, 1, 9): ("2026-07-31", 1010),
    datetime(2026, 9, 1, 9): ("2026-08-31", 1030),
    datetime(2026, 10, 1, 9): ("2026-09-30", 1060),
}
# The page on Facebook was exported once, for July and August.
PAGE_EXPORTED = datetime(2026, 9, 1, 9)
PAGE = FACEBOOK + "".join(
    f"10000000000000{n},200,Café,Post {n},,0,{month}/15/2026 10:00,https://www.facebook.com/{n},"
    f"Photos,50,{n},0,0\n"
    for n, month in ((1, "07"), (2, "08"))
)
NOTE = "The first line.\nAnd a second, with = signs and “quotes”."
ROWS: dict[str, list[dict[str, object]]] = {
    "notes": [{"period": date(2026, 9, 1), "section": "Overview", "text": NOTE,
               "next_step": "Carry on."}],
    "content": [{"keyword": "#recipe", "label": "Recipes"}],
    "targets": [{"kpi": "interactions", "start": date(2026, 9, 1), "end": date(2026, 9, 30),
                 "target": 50, "owner": "Social media"}],
}  # fmt: skip


def posts(listed: Sequence[Post]) -> str:
    rows = (
        f"1790000000000000{n},1784,cafe,Café,A #recipe,0,{day[5:7]}/{day[8:]}/{day[:4]} 10:00,"
        f"https://www.instagram.com/p/{n}/,IG image,,Lifetime,500,300,{likes},0,0,0,0\n"
        for n, day, likes in listed
    )
    return HEADER + "".join(rows)


def put(path: Path, text: str, at: datetime) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, (at.timestamp(), at.timestamp()))


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    directory = tmp_path_factory.mktemp("client")
    write_plan(directory / "plan.xlsx", rows=ROWS)
    init(directory, client="Café")
    return load(find(directory))


@pytest.fixture(scope="module")
def reports(config: Config) -> list[Refreshed]:
    """One refresh a month. Every export is deleted as soon as it was read."""
    exports = config.directory / "exports"
    written = []
    for at, (name, listed) in EXPORTS.items():
        put(exports / name, posts(listed), at)
        day, count = FOLLOWERS[at]
        table = f"Date,Channel,Account,Followers\n{day},instagram,cafe,{count}\n"
        put(exports / f"followers_{day}.csv", table, at)
        if at == PAGE_EXPORTED:
            put(exports / "page.csv", PAGE, at)
        written.append(refresh(config, now=at))
        for file in exports.glob("*.csv"):
            file.unlink()
    return written


@pytest.fixture(scope="module")
def last(reports: list[Refreshed]) -> Report:
    return reports[-1].report


def table(report: Report, name: str) -> ReportTable:
    return next(one for tab in report.tabs for one in tab.tables if one.name == name)


def rows(found: ReportTable) -> Iterator[dict[str, Value]]:
    for row in found.rows:
        yield {column.key: value for column, value in zip(found.columns, row, strict=True)}


def data(report: Report, kpi: str, channel: str, period: str) -> dict[str, Value]:
    found = [
        row
        for row in rows(table(report, "Data"))
        if (row["kpi"], row["channel"], row["period"]) == (kpi, channel, period)
    ]
    assert len(found) == 1, f"{kpi} {channel} {period}: {found}"
    return found[0]


def value(report: Report, ref: CellRef) -> Value:
    found = table(report, ref.table)
    return found.rows[ref.row][found.column(ref.column)]


@pytest.mark.parametrize(
    ("period", "interactions"),
    [("2025-09", 50), ("2026-06", 10), ("2026-07", 55), ("2026-08", 44), ("2026-09", 60)],
)
def test_every_month_is_right_though_no_file_is_left(
    last: Report, period: str, interactions: int
) -> None:
    # July is 25 + 30: the newer figure of post 2, and post 3 once although two exports have it.
    assert data(last, "interactions", "instagram", period)["value"] == interactions


def test_the_month_is_compared_with_the_one_before_and_last_year(last: Report) -> None:
    september = data(last, "interactions", "instagram", "2026-09")
    assert september["previous"] == 44
    assert september["change"] == pytest.approx((60 - 44) / 44)
    assert september["last_year"] == 50
    assert september["last_year_change"] == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("period", "followers"),
    [("2025-09", 800), ("2026-07", 1010), ("2026-08", 1030), ("2026-09", 1060)],
)
def test_the_curve_of_followers_is_whole(last: Report, period: str, followers: int) -> None:
    assert data(last, "followers", "instagram", period)["value"] == followers


def test_what_was_restated_since_the_last_report_is_said(reports: list[Refreshed]) -> None:
    said = []
    for one in reports:
        restated = one.material.dataset.restated
        likes = restated[restated["metric"] == "likes"]
        said.append([(plain(row.before), plain(row.after)) for row in likes.itertuples()])
    # The first two reports know of no change; the third of post 2; the last of post 4 alone.
    assert said == [[], [], [(20, 25)], [(40, 44)]]


def test_a_month_without_figures_is_missed(last: Report) -> None:
    words = " ".join(str(cell) for row in table(last, "Gaps").rows for cell in row)
    assert "Facebook" in words
    assert "2026-09" in words or "September 2026" in words


def test_the_overview_tells_of_the_month(last: Report) -> None:
    assert last.overview is not None
    cards = {card.title: card for card in last.overview.cards}
    card = cards["Interactions"]
    assert card.value == 60
    assert card.status == "met"
    assert card.source is not None
    assert value(last, card.source) == 60


def test_what_people_wrote_survives_ten_refreshes(reports: list[Refreshed], config: Config) -> None:
    before = config.plan.read_bytes()
    seen = set()
    for at in range(10):
        again = refresh(config, now=datetime(2026, 10, 2, at))
        report = again.report
        assert report.overview is not None
        comment = report.overview.comments.comments[0]
        assert (comment.text, comment.next_step) == (NOTE, "Carry on.")
        assert {row["label"] for row in rows(table(report, "Posts")) if row["channel"] ==
                "Instagram"} == {"Recipes"}  # fmt: skip
        assert data(report, "interactions", "instagram", "2026-07")["value"] == 55
        seen.add(config.output.read_bytes())
    assert config.plan.read_bytes() == before
    assert len(seen) == 1, "the same input gives the same file"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals to kill with")
@pytest.mark.parametrize("seconds", [2.5, 4.5])
def test_a_killed_refresh_leaves_the_history_whole(
    config: Config, reports: list[Refreshed], seconds: float
) -> None:
    at = datetime(2026, 11, 1, 9)
    put(config.directory / "exports" / f"killed_{seconds}.csv",
        posts([(6, "2026-10-05", int(seconds * 10))]), at)  # fmt: skip
    command = [sys.executable, "-m", "tracksheet", "refresh", str(config.directory)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        time.sleep(seconds)
        run.send_signal(signal.SIGKILL)
    with sqlite3.connect(config.history) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    after = refresh(config, now=at)
    found = data(after.report, "interactions", "instagram", "2026-10")
    assert number(found["value"]) == int(seconds * 10)
    assert not list(config.directory.glob("*.tmp"))
