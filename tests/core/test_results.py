"""KPIs of several exports: each from rows that can give it, nothing counted twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracksheet.core.dataset import Dataset, merge
from tracksheet.core.exports import read_export
from tracksheet.core.results import Results, compute

HEADER = (
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,"
    "Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Comments,Saves,Follows\n"
)
# Two posts of one account: 10+1+2+3 = 16 and 20+2+3+4 = 29 interactions.
POSTS = HEADER + (
    "17900000000000001,1784,cafe,Café,One,0,06/14/2026 10:00,https://www.instagram.com/p/a/,"
    "IG image,,Lifetime,200,100,10,1,2,3,5\n"
    "17900000000000002,1784,cafe,Café,Two,0,06/20/2026 10:00,https://www.instagram.com/p/b/,"
    "IG reel,,Lifetime,400,300,20,2,3,4,\n"
)
# A post without a reach must not add its interactions to a rate by reach.
NO_REACH = HEADER + (
    "17900000000000003,1784,cafe,Café,Three,0,06/25/2026 10:00,https://www.instagram.com/p/c/,"
    "IG reel,,Lifetime,100,,50,0,0,0,\n"
)
DAILY_VIEWS = 'sep=,\n"Views"\n"Date","Primary"\n' + "".join(
    f'"2026-06-{day:02}T00:00:00","100"\n' for day in range(1, 31)
)
FOLLOWERS = """\
Date,Channel,Account,Followers
2026-06-01,Instagram,cafe,1000
2026-06-30,Instagram,cafe,1100
"""
FILES = {
    "posts.csv": POSTS,
    "no_reach.csv": NO_REACH,
    "Instagram views.csv": DAILY_VIEWS.replace('"Views"', '"Instagram views"'),
    "followers.csv": FOLLOWERS,
}


def dataset(folder: Path, *names: str) -> Dataset:
    exports = []
    for name in names:
        path = folder / name
        path.write_text(FILES[name], encoding="utf-8")
        exports.append(read_export(path))
    return merge(exports)


def values(results: Results) -> dict[str, object]:
    return {str(entry["kpi"]): entry["value"] for entry in results.as_list()}


RATES = ("engagement_rate", "engagement_rate_post", "engagement_rate_reach",
         "engagement_rate_views", "engagement_rate_dash")  # fmt: skip


def test_the_definitions_of_the_engagement_rate_by_hand(tmp_path: Path) -> None:
    data = dataset(tmp_path, "posts.csv", "followers.csv")
    found = values(compute(data, RATES, by=["channel"], period="month"))
    assert found == {
        "engagement_rate": pytest.approx(45 / 1100),  # the period's last followers
        "engagement_rate_post": pytest.approx(45 / 2000),  # 1,000 known at each of two posts
        "engagement_rate_reach": pytest.approx(45 / 400),
        "engagement_rate_views": pytest.approx(45 / 600),
        "engagement_rate_dash": pytest.approx(35 / 1100),
    }


def test_both_sides_of_a_rate_come_from_the_same_posts(tmp_path: Path) -> None:
    data = dataset(tmp_path, "posts.csv", "no_reach.csv", "followers.csv")
    found = values(compute(data, ["engagement_rate_reach", "interactions"], by=["channel"]))
    assert found["interactions"] == 95
    assert found["engagement_rate_reach"] == pytest.approx(45 / 400)


def test_views_by_day_and_by_post_are_not_added(tmp_path: Path) -> None:
    data = dataset(tmp_path, "posts.csv", "Instagram views.csv")
    found = values(compute(data, ["views", "engagement_rate_views"], by=["channel"]))
    assert found["views"] == 3000  # the account's days, not 3,600
    assert found["engagement_rate_views"] == pytest.approx(45 / 600)  # posts over posts


@pytest.mark.parametrize("by", [[], ["channel"]])
def test_follows_beside_posts_are_not_the_new_followers_of_the_account(
    by: list[str], tmp_path: Path
) -> None:
    data = dataset(tmp_path, "posts.csv")
    (entry,) = compute(data, ["new_followers"], by=by).as_list()
    assert entry["value"] is None


def test_followers_grow_from_the_first_to_the_last_value(tmp_path: Path) -> None:
    data = dataset(tmp_path, "followers.csv")
    found = values(compute(data, ["followers", "net_follower_growth", "follower_growth_rate"]))
    assert found == {
        "followers": 1100,
        "net_follower_growth": 100,
        "follower_growth_rate": pytest.approx(0.1),
    }


def test_a_kpi_says_what_it_lacks(tmp_path: Path) -> None:
    data = dataset(tmp_path, "posts.csv")
    (entry,) = compute(data, ["cpm"]).as_list()
    assert (entry["value"], entry["unit"]) == (None, "currency")
    assert "spend" in str(entry["note"])


def test_grouping_by_a_field_uses_rows_that_have_it(tmp_path: Path) -> None:
    data = dataset(tmp_path, "posts.csv", "Instagram views.csv")
    entries = compute(data, ["views"], by=["post_type"]).as_list()
    found = {entry["post_type"]: entry["value"] for entry in entries}
    assert found == {"IG image": 200, "IG reel": 400}


def test_no_rows_give_no_entries() -> None:
    assert compute(merge([]), ["views"]).as_list() == []
