"""The real X exports of the reference folder, read from the file to the figures.

Expected values were added up from the files by hand-written readers that know nothing of ours.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from tracksheet.core.exports import Export, Table, read_export
from tracksheet.core.exports.export import records

REFERENCE = Path(__file__).resolve().parents[2].parent / "shared" / "reference" / "exports"

pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="needs the reference exports")

TWEETS = "x_tweet_activity_2015.csv"
DAILY = "x_account_overview_a.csv"


@cache
def export(file: str) -> Export:
    return read_export(REFERENCE / file)


def table(file: str) -> Table:
    (only,) = export(file).tables
    return only


@pytest.mark.parametrize(
    ("file", "profile", "grain", "rows", "dates"),
    [
        (TWEETS, "x_tweets", "post", 47, ("2015-09-02", "2015-09-30")),
        (DAILY, "x_daily", "day", 50, ("2024-12-31", "2025-02-18")),
    ],
)
def test_profile_rows_and_dates(
    file: str, profile: str, grain: str, rows: int, dates: tuple[str, str]
) -> None:
    read = table(file)
    assert (read.profile, read.grain, len(read.frame), len(read.totals)) == (
        profile,
        grain,
        rows,
        0,
    )
    assert read.unmapped == ()
    assert [f for f in read.findings if f.severity != "info"] == []
    column = read.frame["date"]
    assert (f"{column.min():%Y-%m-%d}", f"{column.max():%Y-%m-%d}") == dates


@pytest.mark.parametrize(
    ("file", "sums"),
    [
        (
            TWEETS,
            {
                "impressions": 16133,
                "interactions_platform": 42,
                "shares": 2,
                "comments": 1,
                "likes": 11,
                "link_clicks": 13,
                "profile_visits": 4,
                "detail_expands": 4,
                "new_followers": 0,
                "video_views": 7,
            },
        ),
        (
            DAILY,
            {
                "impressions": 9699,
                "likes": 366,
                "interactions_platform": 1051,
                "saves": 2,
                "shares": 4,
                "new_followers": 139,
                "lost_followers": 4,
                "comments": 95,
                "reposts": 63,
                "profile_visits": 123,
                "posts": 77,
            },
        ),
    ],
)
def test_sums(file: str, sums: dict[str, float]) -> None:
    frame = table(file).frame
    assert {name: frame[name].sum() for name in sums} == sums


@pytest.mark.parametrize(
    ("file", "values"),
    [
        (
            TWEETS,
            {
                "post_id": "370330735889011811",
                "permalink": "https://twitter.com/AcmeOrg/status/370330735889011811",
                "published_at": "2015-09-30T18:42:00",
                "impressions": 373,
                "likes": 2,
                "impressions_paid": None,
                "channel": "x",
            },
        ),
        (
            DAILY,
            {
                "date": "2025-02-18",
                "impressions": 62,
                "likes": 0,
                "new_followers": 1,
                "lost_followers": 0,
                "posts": 0,
                "channel": "x",
            },
        ),
    ],
)
def test_first_row(file: str, values: dict[str, object]) -> None:
    record = records(table(file).frame)[0]
    assert {name: record[name] for name in values} == values


def test_ids_of_eighteen_digits_stay_apart() -> None:
    ids = table(TWEETS).frame["post_id"]
    assert ids.nunique() == 47
    assert ids.str.fullmatch(r"\d{18}").all()


def test_a_dash_means_not_promoted_and_never_zero() -> None:
    assert table(TWEETS).frame["impressions_paid"].isna().all()


def test_engagement_rate_from_sums_and_not_the_mean_of_the_column() -> None:
    for file, rate in ((TWEETS, 0.002603), (DAILY, 0.108362)):
        frame = table(file).frame
        found = frame["interactions_platform"].sum() / frame["impressions"].sum()
        assert found == pytest.approx(rate, abs=1e-6)


# --- Files of our own in shapes that the reference folder lacks -----------------------------------


def test_posts_since_2024(tmp_path: Path) -> None:
    path = tmp_path / "account_analytics_content.csv"
    path.write_text(
        "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,"
        "New follows,Replies,Reposts,Profile visits,Detail Expands,URL Clicks,Hashtag Clicks,"
        "Permalink Clicks\n"
        '1900000000000000001,"Tue, Jul 14, 2026","Two\nlines",https://x.com/acme/status/'
        "1900000000000000001,500,12,40,3,1,2,4,5,6,7,8,0,1\n",
        encoding="utf-8",
    )
    (only,) = read_export(path).tables
    assert (only.profile, only.grain, only.unmapped) == ("x_posts", "post", ())
    assert only.frame["published_at"].tolist() == [pd.Timestamp("2026-07-14")]
    (record,) = records(only.frame)
    counts = {"saves": 3, "shares": 1, "comments": 4, "reposts": 5, "link_clicks": 8}
    assert {name: record[name] for name in counts} == counts
    assert record["post_id"] == "1900000000000000001"
    assert record["interactions"] == 12 + 4 + 1 + 5 + 3  # reposts stand beside shares on X


def test_the_tool_that_renamed_favourites(tmp_path: Path) -> None:
    path = tmp_path / "tweet_activity_metrics.csv"
    path.write_text(
        '"Tweet id","Tweet text","time","impressions","engagements","retweets","replies","likes",'
        '"promoted impressions"\n'
        '"900000000000000001","Hi","2019-03-01 23:30 +0000","100","9","1","0","3","250"\n',
        encoding="utf-8",
    )
    (only,) = read_export(path).tables
    (record,) = records(only.frame)
    assert (only.profile, record["likes"], record["impressions_paid"]) == ("x_tweets", 3, 250)


def test_interactions_hold_reposts_and_shares() -> None:
    # 366 likes, 95 replies, 4 shares, 63 reposts, 2 bookmarks
    assert table(DAILY).frame["interactions"].sum() == 530
