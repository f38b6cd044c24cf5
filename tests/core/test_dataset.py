"""Several exports as one set of rows: people export every week, and nothing may count twice."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tracksheet.core.dataset import Dataset, merge
from tracksheet.core.exports import Export, ReadOptions, Table, read_export

REFERENCE = Path(__file__).resolve().parents[2].parent / "shared" / "reference" / "exports"
FIRST = datetime(2026, 1, 10)
POSTS = (
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,"
    "Permalink,Post type,Views,Reach,Likes,Comments,Shares,Saves\n"
)
CAMPAIGNS = "Campaign name,Amount spent (EUR),Impressions,Reach,Reporting starts,Reporting ends\n"
BY_DAY = "Campaign name,Amount spent (EUR),Impressions,Reach,Day\n"

Write = Callable[..., Export]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of some day of January 2026 and read it."""

    def written(name: str, text: str, day: int = 10, folder: str = "") -> Export:
        path = tmp_path / folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        moment = datetime(2026, 1, day, 12).timestamp()
        os.utime(path, (moment, moment))
        return read_export(path, options=ReadOptions(day_first=False))

    return written


def post(number: int, likes: int, *, account: int = 1, day: str = "01/03/2026") -> str:
    return (
        f"1799999999999999{number},{account},acc{account},Acc {account},text {number},0,"
        f"{day} 10:00,https://www.instagram.com/p/{number}/,IG image,100,50,{likes},1,2,3\n"
    )


def likes(dataset: Dataset) -> dict[str, float]:
    return dict(zip(dataset.rows["post_id"].str[-1], dataset.rows["likes"], strict=True))


def warnings(dataset: Dataset) -> list[str]:
    return [f.message for f in dataset.findings if f.severity == "warning"]


# The newest value of the same post --------------------------------------------------------------


def test_grown_likes(write: Write) -> None:
    old = write("week1.csv", POSTS + post(1, 10) + post(2, 20) + post(3, 5), 10)
    new = write("week2.csv", POSTS + post(1, 15) + post(2, 25) + post(4, 7), 17)
    for exports in ([old, new], [new, old]):
        dataset = merge(exports)
        assert likes(dataset) == {"1": 15, "2": 25, "3": 5, "4": 7}
        assert [(t.file, t.rows, t.superseded) for t in dataset.tables] == [
            ("week1.csv", 3, 2),
            ("week2.csv", 3, 0),
        ]
        (finding,) = dataset.findings
        assert finding.where == "week1.csv"
        assert finding.message == (
            "2 rows that week2.csv has too: counted once, with the newer values (likes 30 → 40)"
        )


def test_figures_that_fall_are_warned(write: Write) -> None:
    dataset = merge(
        [
            write("a.csv", POSTS + post(1, 100), 10),
            write("b.csv", POSTS + post(1, 40), 17),
        ]
    )
    (warning,) = warnings(dataset)
    assert warning.startswith("figures fall in b.csv, which was taken for the newer file: likes")


@pytest.mark.parametrize("swapped", [False, True])
def test_files_of_the_same_second(write: Write, swapped: bool) -> None:
    shorter = write("a.csv", POSTS + post(1, 10), 10)
    longer = write("b.csv", POSTS + post(1, 15) + post(2, 1, day="01/09/2026"), 10)
    exports = [longer, shorter] if swapped else [shorter, longer]
    assert likes(merge(exports)) == {"1": 15, "2": 1}  # the one that tells of a later day


def test_files_that_nothing_tells_apart_count_in_the_order_given(write: Write) -> None:
    one, two = write("a.csv", POSTS + post(1, 10)), write("b.csv", POSTS + post(1, 12))
    assert likes(merge([one, two])) == {"1": 12}
    assert likes(merge([two, one])) == {"1": 10}


def test_a_metric_that_only_the_old_file_has(write: Write) -> None:
    without = "\n".join(line.rpartition(",")[0] for line in (POSTS + post(1, 15)).splitlines())
    dataset = merge([write("a.csv", POSTS + post(1, 10), 10), write("b.csv", without + "\n", 17)])
    assert dataset.rows[["likes", "saves"]].to_dict("records") == [{"likes": 15, "saves": 3}]


def test_the_same_file_twice(write: Write) -> None:
    text = POSTS + post(1, 10) + post(2, 20)
    once = merge([write("posts.csv", text)])
    again = merge([write("posts.csv", text), write("posts (1).csv", text)])
    assert again.rows["likes"].tolist() == once.rows["likes"].tolist()
    assert "which are the same" in again.findings[0].message


def test_files_of_one_name_in_two_folders(write: Write) -> None:
    dataset = merge(
        [
            write("posts.csv", POSTS + post(1, 10), 10, "january"),
            write("posts.csv", POSTS + post(1, 15), 17, "february"),
        ]
    )
    assert likes(dataset) == {"1": 15}
    assert [table.file for table in dataset.tables] == ["posts.csv", "posts.csv (2)"]
    assert "that posts.csv (2) has too" in dataset.findings[0].message


def test_rows_alike_in_one_table_both_stay(write: Write) -> None:
    one = write("a.csv", BY_DAY + "A,10,100,50,2026-01-01\nA,10,100,50,2026-01-01\n", 10)
    two = write("b.csv", BY_DAY + "A,11,100,50,2026-01-01\nA,12,100,50,2026-01-01\n", 17)
    assert merge([one]).rows["spend"].tolist() == [10, 10]
    assert merge([one, two]).rows["spend"].tolist() == [11, 12]


def test_a_post_twice_in_one_file_is_warned(write: Write) -> None:
    dataset = merge([write("a.csv", POSTS + post(1, 10) + POSTS + post(1, 12))])
    assert dataset.rows["likes"].tolist() == [10, 12]
    (warning,) = warnings(dataset)
    assert "1 row of a post that this file lists already (such as 17999999999999991)" in warning


@pytest.mark.parametrize("rows", ["Firefox,3\nChrome,5\n", "Firefox,3\nOther,3\n"])
def test_rows_that_nothing_names(write: Write, rows: str) -> None:
    exports = [write(name, f"Browser,Users\n{rows}") for name in ("a.csv", "a (1).csv")]
    assert len(merge(exports).rows) == 2


# Accounts ---------------------------------------------------------------------------------------


def test_two_accounts_stay_apart(write: Write) -> None:
    dataset = merge(
        [
            write("a.csv", POSTS + post(1, 10), 10),
            write("b.csv", POSTS + post(1, 99, account=2), 17),
        ]
    )
    assert dataset.rows[["account_id", "likes"]].to_numpy().tolist() == [["1", 10], ["2", 99]]


REACH = "sep=,\nInstagram reach\nDate,Primary\n2026-01-03T00:00:00,70\n"


def test_a_file_without_account_is_of_the_only_one(write: Write) -> None:
    dataset = merge([write("a.csv", POSTS + post(1, 10)), write("reach.csv", REACH)])
    assert set(dataset.rows["account_id"]) == {"1"}
    assert warnings(dataset) == []


def test_a_file_without_account_beside_two_is_asked_about(write: Write) -> None:
    posts = POSTS + post(1, 10) + post(2, 5, account=2)
    (warning,) = warnings(merge([write("a.csv", posts), write("reach.csv", REACH)]))
    assert warning.startswith("some files do not say which of the accounts 1, 2 they are of")


def test_followers_at_each_post(write: Write) -> None:
    followers = write(
        "followers.csv",
        "Date,Channel,Account,Followers\n2026-01-01,instagram,acc1,1000\n"
        "2026-01-10,instagram,acc1,1100\n2026-01-02,instagram,acc2,50\n",
    )
    posts = write(
        "posts.csv",
        POSTS
        + post(1, 1, day="12/20/2025")
        + post(2, 1, day="01/03/2026")
        + post(3, 1, day="01/15/2026")
        + post(4, 1, account=2, day="01/15/2026")
        + post(5, 1, account=3, day="01/15/2026"),
    )
    rows = merge([posts, followers]).rows
    found = rows[rows["grain"] == "post"]
    at_post = dict(
        zip(found["post_id"].str[-1], found["followers_at_post"].fillna(-1), strict=True)
    )
    # Before the first figure the first one holds; of the third account nothing is known.
    assert at_post == {"1": 1000, "2": 1000, "3": 1100, "4": 50, "5": -1}


# Days and periods -------------------------------------------------------------------------------


def daily(title: str, first: int, *values: int) -> str:
    days = (f"2026-01-{first + i:02}T00:00:00,{value}\n" for i, value in enumerate(values))
    return f"sep=,\n{title}\nDate,Primary\n{''.join(days)}"


def test_weekly_files_of_days_that_overlap(write: Write) -> None:
    one = write("w1.csv", daily("Instagram reach", 1, 1, 2, 3, 4, 5, 6, 7), 8)
    two = write("w2.csv", daily("Instagram reach", 7, 70, 8, 9), 15)
    other = write("fb.csv", daily("Facebook reach", 1, 500, 500), 15)
    rows = merge([two, other, one]).rows
    instagram = rows[rows["channel"] == "instagram"]
    assert instagram["reach"].tolist() == [1, 2, 3, 4, 5, 6, 70, 8, 9]
    assert instagram["date"].is_unique
    assert rows.loc[rows["channel"] == "facebook", "reach"].tolist() == [500, 500]


def test_month_to_date(write: Write) -> None:
    exports = [
        write(
            f"to_{end}.csv",
            CAMPAIGNS + f"A,{end},{end}0,{end},2026-01-01,2026-01-{end:02}\n",
            end + 1,
        )
        for end in (7, 14, 21)
    ]
    dataset = merge([exports[1], exports[2], exports[0]])
    assert dataset.rows["spend"].tolist() == [21]
    assert dataset.rows["date_end"].tolist() == [pd.Timestamp("2026-01-21")]
    assert warnings(dataset) == []


def test_by_day_and_as_a_whole(write: Write) -> None:
    days = "".join(f"A,10,100,50,2026-01-0{day}\n" for day in (1, 2, 3)) + "B,5,9,9,2026-01-02\n"
    whole = "A,30,300,90,2026-01-01,2026-01-03\nB,5,9,9,2026-01-01,2026-01-03\n"
    for first, second in ((10, 11), (11, 10)):
        dataset = merge(
            [
                write("days.csv", BY_DAY + days, first),
                write("whole.csv", CAMPAIGNS + whole, second),
            ]
        )
        assert dataset.rows["spend"].tolist() == [10, 10, 10, 5]
        assert [(t.file, t.superseded) for t in dataset.tables if t.superseded] == [
            ("whole.csv", 2)
        ]
        assert [f.message for f in dataset.findings] == [
            "2 rows for a whole period that days.csv has day by day: left out"
        ]


def test_a_few_days_do_not_replace_the_month(write: Write) -> None:
    days = write("days.csv", BY_DAY + "A,10,100,50,2026-01-01\nA,10,100,50,2026-01-02\n", 3)
    month = write("month.csv", CAMPAIGNS + "A,310,3100,90,2026-01-01,2026-01-31\n", 31)
    dataset = merge([days, month])
    assert dataset.rows["spend"].tolist() == [310]
    assert len(warnings(dataset)) == 1


def test_campaigns_with_and_without_ids(write: Write) -> None:
    with_ids = BY_DAY.replace("Campaign name", "Campaign ID,Campaign name")
    dataset = merge(
        [
            write("a.csv", with_ids + "71,Sale,10,100,50,2026-01-01\n", 10),
            write("b.csv", BY_DAY + "Sale,12,120,60,2026-01-01\n", 17),
            write("c.csv", with_ids + "71,Big sale,13,130,60,2026-01-01\n", 18),
        ]
    )
    assert dataset.rows[["campaign_id", "campaign", "spend"]].to_numpy().tolist() == [
        ["71", "Big sale", 13]
    ]


# Totals -----------------------------------------------------------------------------------------

WITH_TOTAL = (
    CAMPAIGNS
    + "A,10,100,30,2026-01-01,2026-01-07\nB,20,200,40,2026-01-01,2026-01-07\n"
    + "Total,30,300,50,2026-01-01,2026-01-07\n"
)


@pytest.mark.parametrize(
    ("texts", "reach"),
    [
        ([WITH_TOTAL], [50]),
        ([WITH_TOTAL.replace("Total,30,", "Total,31,")], []),  # of other rows than these
        ([WITH_TOTAL.replace("Total,30,300,50", "Total,30,300,")], []),
        ([WITH_TOTAL, WITH_TOTAL], [50]),
        # One of its campaigns counts from elsewhere: the 50 people are no longer of these rows.
        ([WITH_TOTAL, CAMPAIGNS + "A,11,110,31,2026-01-01,2026-01-07\n"], []),
    ],
)
def test_totals_of_whole_tables(write: Write, texts: Sequence[str], reach: list[float]) -> None:
    exports = [write(f"{i}.csv", text, 10 + i) for i, text in enumerate(texts)]
    totals = merge(exports).totals
    assert (totals["reach"].tolist() if "reach" in totals else []) == reach


# The reference exports --------------------------------------------------------------------------


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="needs the reference exports")
@pytest.mark.parametrize("file", ["linkedin_page_all_posts.csv", "ga4_snapshot_en.csv"])
def test_reference_files_twice(file: str) -> None:
    export = read_export(REFERENCE / file)
    once, twice = merge([export]), merge([export, export])
    assert len(twice.rows) == len(once.rows)
    for metric in once.metrics:
        assert twice.rows[metric].sum() == once.rows[metric].sum(), metric


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="needs the reference exports")
def test_organic_and_sponsored_figures_of_one_post_both_stay() -> None:
    rows = merge([read_export(REFERENCE / "linkedin_page_all_posts.csv")]).rows
    kinds = rows.groupby("post_id")["distribution"].agg(set)
    assert {"Organic", "Sponsored"} in kinds.tolist()


def test_nothing() -> None:
    dataset = merge([])
    assert (len(dataset.rows), dataset.metrics, dataset.tables, dataset.findings) == (0, [], (), ())


# Laws -------------------------------------------------------------------------------------------

ROW = st.tuples(
    st.sampled_from(["p1", "p2", "p3"]), st.sampled_from(["1", "2"]), st.integers(0, 99)
)


def export_of(number: int, rows: Sequence[tuple[str, str, int]]) -> Export:
    frame = pd.DataFrame(rows, columns=["post_id", "account_id", "likes"])
    frame = frame.assign(channel="instagram", likes=frame["likes"].astype("float64"))
    table = Table(
        "meta_instagram_posts", "", "post", ("account_id", "post_id"), (), (), frame,
        frame.iloc[:0], (),
    )  # fmt: skip
    return Export(f"{number}.csv", "utf-8", ",", FIRST + timedelta(days=number), (table,))


EXPORTS = st.lists(st.lists(ROW, min_size=1, max_size=5), min_size=1, max_size=4).map(
    lambda files: [export_of(number, rows) for number, rows in enumerate(files)]
)


def plain(dataset: Dataset) -> pd.DataFrame:
    columns = ["account_id", "post_id", "likes"]
    return dataset.rows[columns].sort_values(columns).reset_index(drop=True)


@settings(deadline=None)
@given(EXPORTS)
def test_merging_the_same_files_again_changes_nothing(exports: list[Export]) -> None:
    assert_frame_equal(plain(merge([*exports, *exports])), plain(merge(exports)))


@settings(deadline=None)
@given(EXPORTS, st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(exports: list[Export], random: object) -> None:
    shuffled = list(exports)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert_frame_equal(plain(merge(shuffled)), plain(merge(exports)))


@settings(deadline=None)
@given(EXPORTS)
def test_nothing_counts_twice(exports: list[Export]) -> None:
    frames = [table.frame for export in exports for table in export.tables]
    everything = pd.concat(frames)
    found = merge(exports).rows["likes"].sum()
    assert found <= everything["likes"].sum()
    seen = [set(zip(f["account_id"], f["post_id"], strict=True)) for f in frames]
    if len(set().union(*seen)) == sum(map(len, seen)):  # no post in two files
        assert found == everything["likes"].sum()


def test_the_frames_of_exports_are_not_changed() -> None:
    export = export_of(0, [("p1", "1", 3), ("p1", "1", 4)])
    before = export.tables[0].frame.copy()
    merge([export, export_of(1, [("p1", "1", 9)])])
    assert_frame_equal(export.tables[0].frame, before)
