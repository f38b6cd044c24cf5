"""The real TikTok exports of the reference folder, read from the file to the figures.

Expected values were added up from the files by hand-written readers that know nothing of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from tracksheet.core.exports import ReadOptions, Table, read_export

REFERENCE = Path(__file__).resolve().parents[2].parent / "shared" / "reference" / "exports"

pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="needs the reference exports")


@dataclass(frozen=True, slots=True)
class Case:
    """What one file must read as. `first` is its first row, `known` counts values not empty."""

    file: str
    profile: str
    grain: str
    rows: int
    dates: tuple[str, str]
    sums: dict[str, float]
    first: dict[str, object]
    year: int | None = None
    known: dict[str, int] = field(default_factory=dict)


CASES = (
    Case(
        "tiktok_business_overview_nan.csv",
        "tiktok_business_overview",
        "day",
        39,
        ("2025-10-31", "2025-12-08"),
        {
            "video_views": 152208,
            "profile_visits": 1435,
            "likes": 2426,
            "shares": 468,
            "comments": 294,
            "phone_clicks": 0,
            "leads": 0,
            "net_followers": 237,
            "new_followers": 240,
            "lost_followers": 3,
        },
        {"date": "2025-10-31", "video_views": 715, "reach": None, "likes": 26, "channel": "tiktok"},
        known={"reach": 38},
    ),
    Case(
        "tiktok_business_videos.csv",
        "tiktok_business_posts",
        "post",
        15,
        ("2025-10-31", "2025-12-31"),
        {"video_views": 338956, "likes": 4626, "comments": 86, "shares": 1521, "saves": 392},
        {
            "text": "Sample text 1, with a comma",
            "permalink": "https://www.tiktok.com/sample/1",
            "post_id": "1",
            "published_at": "2025-10-31T18:19:10",
            "video_views": 172353,
            "saves": 180,
        },
    ),
    Case(
        "tiktok_studio_content_en.csv",
        "tiktok_studio_posts",
        "post",
        13,
        ("2025-04-08", "2026-02-01"),
        {"video_views": 537161, "likes": 4063, "comments": 117, "shares": 275},
        {
            "text": "Sample text 1, with a comma",
            "post_id": "1",
            "published_at": "2025-07-16T00:00:00",
            "likes": 533,
            "video_views": 191265,
        },
        year=2026,
        known={"text": 11},
    ),
    Case(
        "tiktok_studio_overview_en_noyear.csv",
        "tiktok_studio_overview",
        "day",
        39,
        ("2025-02-28", "2025-04-07"),
        {
            "video_views": 82728,
            "profile_visits": 908,
            "likes": 2328,
            "comments": 346,
            "shares": 68,
        },
        {"date": "2025-02-28", "video_views": 0},
        year=2025,
    ),
    Case(
        "tiktok_studio_viewers_undefined.csv",
        "tiktok_studio_viewers",
        "day",
        19,
        ("2025-02-28", "2025-03-18"),
        {"new_viewers": 0, "returning_viewers": 0},
        {"date": "2025-02-28", "viewers": None, "new_viewers": 0},
        year=2025,
        known={"viewers": 0},
    ),
    Case(
        "tiktok_studio_follower_history_undefined.csv",
        "tiktok_studio_followers",
        "day",
        39,
        ("2025-02-28", "2025-04-07"),
        {"net_followers": 1159},
        {"date": "2025-02-28", "followers": None, "net_followers": 0},
        year=2025,
        known={"followers": 14},
    ),
)
BY_FILE = {case.file: case for case in CASES}


@cache
def table(file: str) -> Table:
    export = read_export(REFERENCE / file, options=ReadOptions(year=BY_FILE[file].year))
    assert len(export.tables) == 1
    return export.tables[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file)
def test_profile_and_rows(case: Case) -> None:
    read = table(case.file)
    assert (read.profile, read.grain, len(read.frame)) == (case.profile, case.grain, case.rows)
    assert len(read.totals) == 0
    assert read.unmapped == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file)
def test_sums(case: Case) -> None:
    frame = table(case.file).frame
    assert {name: frame[name].sum() for name in case.sums} == case.sums


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file)
def test_first_row(case: Case) -> None:
    record = table(case.file).as_dict()["records"][0]  # type: ignore[index]
    assert {name: record[name] for name in case.first} == case.first


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file)
def test_dates(case: Case) -> None:
    dates = table(case.file).frame["date"]
    assert (f"{dates.min():%Y-%m-%d}", f"{dates.max():%Y-%m-%d}") == case.dates


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file)
def test_not_available_is_empty_and_not_zero(case: Case) -> None:
    frame = table(case.file).frame
    assert {name: int(frame[name].notna().sum()) for name in case.known} == case.known


def test_followers_are_the_days_own_figure() -> None:
    frame = table("tiktok_studio_follower_history_undefined.csv").frame.set_index("date")
    assert frame["followers"][pd.Timestamp("2025-03-25")] == 37
    assert frame["followers"][pd.Timestamp("2025-04-07")] == 1196


def test_ids_are_text_and_told_from_the_link() -> None:
    assert table("tiktok_business_videos.csv").frame["post_id"].tolist() == [
        str(number) for number in range(1, 16)
    ]


@pytest.mark.parametrize("case", [case for case in CASES if case.year], ids=lambda case: case.file)
def test_a_year_that_was_guessed_is_said(case: Case) -> None:
    guessed = read_export(REFERENCE / case.file).tables[0]
    said = [finding for finding in guessed.findings if "no year" in finding.message]
    assert said
    assert {finding.severity for finding in said} == {"warning"}
    assert "--year" in said[0].message


def test_a_year_that_was_given_is_no_warning() -> None:
    severities = {
        finding.severity for finding in table("tiktok_studio_overview_en_noyear.csv").findings
    }
    assert "warning" not in severities


def test_months_follow_the_language_and_headers_do_not(tmp_path: Path) -> None:
    path = tmp_path / "Overview.csv"
    path.write_text(
        '"Date","Video Views","Profile Views","Likes","Comments","Shares"\n'
        '"30 de diciembre","10","1","2","0","0"\n"31 de diciembre","20","1","2","0","0"\n'
        '"1 de enero","5","1","1","0","0"\n',
        encoding="utf-8",
    )
    (read,) = read_export(path, options=ReadOptions(year=2026)).tables
    assert read.profile == "tiktok_studio_overview"
    assert read.frame["date"].dt.strftime("%Y-%m-%d").tolist() == [
        "2025-12-30",
        "2025-12-31",
        "2026-01-01",
    ]
