"""What people say of posts: which post a row means, what counts, and what is left out."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracksheet.core.catalogue import catalogue
from tracksheet.core.compute import kpi_table
from tracksheet.core.dataset import Dataset
from tracksheet.core.posts.content import ContentRule, with_content
from tracksheet.core.posts.links import cut_id, ids_in, is_link, link_key
from tracksheet.core.posts.ranking import rank_posts
from tracksheet.core.posts.table import post_table, posts_of, with_figures
from tracksheet.core.posts.texts import folded_texts, having
from tracksheet.core.posts.times import DAY_PART, WEEKDAY, with_times

NO_TOTALS = pd.DataFrame({"table": pd.Series(dtype="str")})


def dataset(*rows: dict[str, object], totals: pd.DataFrame = NO_TOTALS) -> Dataset:
    basics = {"grain": "post", "channel": "instagram", "account_id": "1", "table": "a.csv#0"}
    return Dataset(pd.DataFrame([{**basics, **row} for row in rows]), totals, (), ())


def said(found: Dataset) -> list[str]:
    return [str(finding) for finding in found.findings]


REEL = "https://www.instagram.com/reel/Cx1_a/"
P1: dict[str, object] = {"post_id": "18820451764184890", "permalink": REEL, "likes": 5.0,
                         "text": "Ma #Recette d’Été"}  # fmt: skip
P2: dict[str, object] = {"post_id": "18911519907504507", "permalink": REEL.replace("Cx1", "Dy2"),
                         "text": "Mes #recettes", "likes": 7.0}  # fmt: skip


# Which post ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (REEL, "http://instagram.com/reel/Cx1_a", True),
        (REEL, "HTTPS://WWW.Instagram.COM/p/Cx1_a/?utm_source=mail&igsh=x#top", True),
        (REEL, "https://www.instagram.com/cafe.exemple/reel/Cx1_a/", True),
        (REEL, "https://www.instagram.com/reel/cx1_a/", False),  # short codes mind the case
        (REEL, "https://www.instagram.com/reel/Cx1_ab/", False),
        ("https://youtu.be/abc-DEF_123?si=1", "https://www.youtube.com/watch?v=abc-DEF_123", True),
        ("https://youtube.com/shorts/abc", "https://m.youtube.com/watch?app=d&v=abc", True),
        ("https://www.youtube.com/watch?v=one", "https://www.youtube.com/watch?v=two", False),
        ("https://twitter.com/cafe/status/12?s=20", "https://x.com/i/status/12", True),
        (
            "https://www.facebook.com/permalink.php?story_fbid=7&id=8&ref=x",
            "https://m.facebook.com/permalink.php?id=8&story_fbid=7",
            True,
        ),
        (
            "https://www.linkedin.com/feed/update/urn:li:activity:7123/",
            "https://linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7123",
            True,
        ),
    ],
)
def test_links_of_the_same_post(one: str, other: str, same: bool) -> None:
    assert (link_key(one) == link_key(other)) is same


@pytest.mark.parametrize(
    ("text", "link"),
    [(REEL, True), ("instagram.com/p/x", True), ("18820451764184890", False), ("", False)],
)
def test_what_is_a_link(text: str, link: bool) -> None:
    assert is_link(text) is link


@pytest.mark.parametrize(
    ("link", "ids"),
    [
        ("https://youtu.be/dQw4w9WgXcQ", {"dQw4w9WgXcQ"}),
        ("https://www.tiktok.com/@cafe/video/7640672625581748949", {"7640672625581748949"}),
        (
            "https://www.linkedin.com/posts/cafe_beans-activity-7123456789012345678-Ab1",
            {"7123456789012345678", "cafe_beans-activity-7123456789012345678-Ab1"},
        ),
        ("https://www.instagram.com/sample/1", set()),
    ],
)
def test_ids_in_links(link: str, ids: set[str]) -> None:
    assert ids_in(link) == ids


@pytest.mark.parametrize(
    ("text", "between"),
    [
        ("1.88204517641848E+16", (18820451764184700, 18820451764184900)),
        ("1,88205E16", (18820400000000000, 18820600000000000)),
        ("18820451764184800", (18820451764184700, 18820451764184900)),
        ("18820451764184890", None),
        ("1234567890", None),
        ("1.5E+1", None),
        ("1E+999999999", None),
        ("Cx1_a", None),
    ],
)
def test_ids_cut_by_a_spreadsheet(text: str, between: tuple[int, int] | None) -> None:
    assert cut_id(text) == between


@pytest.mark.parametrize(
    "post",
    [P1["post_id"], f"'{P1['post_id']}", f" {REEL}?utm_source=x ", "instagram.com/p/Cx1_a"],
)
def test_a_post_is_known_by_id_or_link(post: str) -> None:
    found = with_content(dataset(P1, P2), [ContentRule(post=post, label="Theme")])
    assert found.rows["label"].tolist() == ["Theme", *found.rows["label"][1:]]
    assert found.rows["label"].isna().tolist() == [False, True]
    assert said(found) == []


def test_a_link_finds_an_export_without_links() -> None:
    videos = dataset({"channel": "youtube", "post_id": "dQw4w9WgXcQ"}, {"post_id": "other-video"})
    found = with_content(videos, [ContentRule(post="https://youtu.be/dQw4w9WgXcQ", label="A")])
    assert found.rows["label"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("post", "hint"),
    [
        ("18820451764184800", "Did you mean '18820451764184890'? A spreadsheet keeps 15 digits"),
        ("1.88205E+16", "Did you mean '18820451764184890'? A spreadsheet keeps 15"),
        ("18820451764184891", "Did you mean '18820451764184890'?"),
        ("https://www.instagram.com/reel/Cx1_b/", f"Did you mean {REEL!r}?"),
        ("nothing like it", "paste it again from the export"),
    ],
)
def test_a_post_that_nobody_has_is_a_warning(post: str, hint: str) -> None:
    found = with_content(dataset(P1, P2), [ContentRule(post=post, where="Content, row 3")])
    assert [finding.severity for finding in found.findings] == ["warning"]
    assert said(found)[0].startswith("Content, row 3: no post of these exports has the ")
    assert hint in said(found)[0]


# Words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "keyword", "held"),
    [
        ("Ma #Recette", "#recette", True),
        ("Mes #recettes", "#recette", False),
        ("Ma #recette", "recette", True),
        ("Ma recette", "#recette", False),
        ("maRecette", "recette", False),
        ("CAFÉ glacé", "cafe", True),
        ("un cafe", "Café", True),
        ("L’été", "été", True),
        ("l'ete", "L’ÉTÉ", True),
        ("Un œuf", "oeuf", True),
        ("one\n  big   day", "big day", True),
        ("a big #day", "big day", False),
        ("#a#b", "#b", True),
        ("wow🎉", "🎉", True),
        ("☕️ time", "☕", True),
        ("مرحبا بالعالم", "مَرحبا", True),
        ("snow_day", "snow", False),
        ("anything", "  ", False),
        ("a.b", "a*b", False),
        ("", "word", False),
    ],
)
def test_words_in_texts(text: str, keyword: str, held: bool) -> None:
    lines = folded_texts(pd.DataFrame({"text": ["first", text, None]}))
    assert having(lines, keyword) == ([1] if held else [])


def test_no_phrase_runs_from_title_to_text() -> None:
    lines = folded_texts(pd.DataFrame({"title": ["one big"], "text": ["day out"]}))
    assert (having(lines, "big day"), having(lines, "day out")) == ([], [0])


@settings(deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=4), st.text(min_size=1, max_size=4))
def test_hostile_texts_are_searched(texts: list[str], keyword: str) -> None:
    found = having(folded_texts(pd.DataFrame({"text": texts})), keyword)
    assert found == sorted(set(found))
    assert all(0 <= place < len(texts) for place in found)


def test_a_word_that_no_post_has_is_an_info() -> None:
    found = with_content(dataset(P1), [ContentRule(keyword="#nope", label="A", where="row 2")])
    assert [finding.severity for finding in found.findings] == ["info"]
    assert said(found) == ["row 2: no post has '#nope' in its text or title"]


# Which rule ---------------------------------------------------------------------------------------


FOOD = ContentRule(keyword="#recette", label="Food")


@pytest.mark.parametrize(
    ("rules", "label", "findings"),
    [
        ([FOOD], "Food", 0),
        ([FOOD, ContentRule(post=REEL, label="Summer")], "Summer", 0),  # a post before a word
        ([FOOD, ContentRule(keyword="ma", label="Mine")], "Food", 1),  # the first of two words
        ([FOOD, ContentRule(keyword="ma", label="food ")], "Food", 0),  # the same label
        ([ContentRule(post=REEL, boosted=True), FOOD], "Food", 0),  # no label for the post
    ],
)
def test_labels(rules: list[ContentRule], label: str, findings: int) -> None:
    found = with_content(dataset(P1, P2), rules)
    assert found.rows["label"].fillna("").tolist() == [label, ""]
    assert len(found.findings) == findings


def test_two_rows_that_disagree_are_said() -> None:
    rules = [
        ContentRule(keyword="#recette", label="Food", where="Content, row 3"),
        ContentRule(keyword="ma", label="Mine", where="Content, row 4"),
    ]
    assert said(with_content(dataset(P1, P2), rules)) == [
        "Content, row 4: label: 'Mine' for 1 post that Content, row 3 gives 'Food': the first row "
        "counts. Change one of them, or name the post itself"
    ]


# Organic and boosted ------------------------------------------------------------------------------


def boosted(found: Dataset) -> list[str | None]:
    column = found.rows["boosted"].astype("object")
    return [None if pd.isna(value) else value for value in column]


@pytest.mark.parametrize(
    ("row", "answer", "expected", "warned"),
    [
        ({}, None, None, False),
        ({}, True, "boosted", False),
        ({}, False, "organic", False),
        ({"distribution": "Organic"}, None, "organic", False),
        ({"distribution": "sponsored "}, None, "boosted", False),
        ({"distribution": "Patrocinado"}, None, "boosted", False),
        ({"distribution": "else"}, None, None, False),
        ({"distribution": "Organic"}, True, "organic", True),
        ({"distribution": "Sponsored"}, False, "boosted", True),
        ({"views_paid": 20.0}, None, "boosted", False),
        ({"views_paid": 20.0}, False, "boosted", True),
        ({"views_paid": 0.0, "reach_paid": 0.0}, None, "organic", False),
        ({"views_paid": 0.0}, True, "boosted", False),
        ({"views_paid": float("nan")}, None, None, False),
    ],
)
def test_boosted(
    row: dict[str, object], answer: bool | None, expected: str | None, warned: bool
) -> None:
    found = with_content(dataset({**P1, **row}), [ContentRule(post=REEL, boosted=answer)])
    assert boosted(found) == [expected]
    assert bool(found.findings) is warned


def test_organic_and_sponsored_rows_of_a_boosted_post_stay_apart() -> None:
    rows = dataset({**P1, "distribution": "Organic"}, {**P1, "distribution": "Sponsored"})
    found = with_content(rows, [ContentRule(post=REEL, boosted=True)])
    assert boosted(found) == ["organic", "boosted"]
    assert found.findings == ()


# Left out -----------------------------------------------------------------------------------------

OUT = ContentRule(keyword="#recette", leave_out=True, reason="A test", where="Content, row 3")


def test_posts_left_out_are_kept_aside_with_the_reason() -> None:
    found = with_content(dataset(P1, P2), [OUT])
    assert found.rows["post_id"].tolist() == [P2["post_id"]]
    assert found.rows.index.tolist() == [0]
    aside = found.left_out
    assert aside[["post_id", "reason", "where"]].to_numpy().tolist() == [
        [P1["post_id"], "A test", "Content, row 3"]
    ]
    assert said(found) == [
        "Content, row 3: 1 post left out of all figures made from posts, because: A test"
    ]
    assert found.findings[0].severity == "info"


def test_a_row_about_a_post_makes_an_exception() -> None:
    rules = [OUT, ContentRule(post=REEL, leave_out=False)]
    assert len(with_content(dataset(P1, P2), rules).rows) == 2
    unsaid = [OUT, ContentRule(post=REEL, label="A")]
    assert len(with_content(dataset(P1, P2), unsaid).rows) == 1


def test_days_that_still_hold_the_post_are_said() -> None:
    day = {"grain": "day", "likes": 12.0, "reach": 100.0}
    other = {"grain": "day", "account_id": "2", "likes": 3.0}
    warning = with_content(dataset(P1, P2, day, other), [OUT]).findings[-1]
    assert (warning.severity, warning.where) == ("warning", "instagram 1")
    assert "1 post left out, but still in this account's figures by day (likes)" in warning.message
    views = {"grain": "day", "views": 12.0}
    assert len(with_content(dataset(P1, P2, views), [OUT]).findings) == 1


def test_totals_of_the_table_no_longer_hold() -> None:
    totals = pd.DataFrame({"reach": [50.0, 60.0], "table": ["a.csv#0", "b.csv#0"]})
    found = with_content(dataset(P1, P2, totals=totals), [OUT])
    assert found.totals["table"].tolist() == ["b.csv#0"]


def test_no_reason_is_said() -> None:
    rule = ContentRule(post=REEL, leave_out=True)
    assert "with no reason given" in said(with_content(dataset(P1, P2), [rule]))[0]


# Nothing ------------------------------------------------------------------------------------------


def test_nothing_to_mark() -> None:
    empty = Dataset(pd.DataFrame(), NO_TOTALS, (), ())
    assert with_content(empty, []) == empty
    days = dataset({"grain": "day", "likes": 1.0})
    assert "no export lists posts" in said(with_content(days, [OUT]))[0]
    assert with_content(days, []).findings == ()


def test_a_row_that_names_nothing_marks_nothing() -> None:
    found = with_content(dataset(P1), [ContentRule(label="A", leave_out=True)])
    assert found.rows["label"].isna().tolist() == [True]


def test_the_callers_frame_is_not_changed() -> None:
    before = dataset(P1, P2)
    columns = list(before.rows)
    with_content(before, [OUT])
    assert (list(before.rows), len(before.rows)) == (columns, 2)


@settings(deadline=None, max_examples=25)
@given(
    st.lists(
        st.builds(
            ContentRule,
            post=st.sampled_from(["", REEL, "18911519907504507", "x"]),
            keyword=st.sampled_from(["", "#recette", "mes", "ma"]),
            label=st.sampled_from(["", "A", "B"]),
            boosted=st.sampled_from([None, True, False]),
            leave_out=st.sampled_from([None, True, False]),
        ),
        max_size=4,
    )
)
def test_no_post_is_lost(rules: list[ContentRule]) -> None:
    before = dataset(P1, P2, {"grain": "day", "likes": 12.0})
    found = with_content(before, rules)
    assert len(found.rows) + len(found.left_out) == len(before.rows)
    assert set(boosted(found)) <= {None, "boosted", "organic"}
    assert with_content(before, rules).rows.equals(found.rows)


# Figures of posts ---------------------------------------------------------------------------------

LIKES = [catalogue().kpi(name) for name in ("interactions", "engagement_rate_reach")]


def test_figures_of_posts_are_those_of_the_kpis() -> None:
    rows = pd.DataFrame({
        "grain": "post", "channel": "instagram", "account_id": "1",
        "post_id": ["a", "b", "c"], "likes": [3.0, 1.0, None], "saves": [1.0, None, None],
        "reach": [100.0, None, 50.0],
    })  # fmt: skip
    found = with_figures(rows, LIKES)
    table = kpi_table(rows, [kpi.id for kpi in LIKES], by=["post_id"])
    assert found["interactions"].tolist()[:2] == table["interactions"].tolist()[:2] == [4, 1]
    assert found["interactions"].isna().tolist() == [False, False, True]
    assert found["engagement_rate_reach"].tolist()[0] == table["engagement_rate_reach"][0] == 0.04
    assert found["engagement_rate_reach"].isna().tolist() == [False, True, True]


def test_rows_of_one_post_are_added_but_not_its_people() -> None:
    rows = dataset(
        {"post_id": "a", "likes": 3.0, "reach": 10.0, "boosted": "boosted", "campaign": "x"},
        {"post_id": "b", "likes": 1.0, "reach": 20.0},
        {"post_id": "a", "likes": 4.0, "reach": 10.0, "boosted": "boosted", "campaign": "y"},
        {"post_id": "a", "likes": 9.0, "reach": 30.0, "boosted": "organic"},
    ).rows
    found = with_figures(rows, LIKES[:1])
    assert found["post_id"].tolist() == ["a", "b", "a"]
    assert found["likes"].tolist() == found["interactions"].tolist() == [7, 1, 9]
    assert found["reach"].isna().tolist() == [True, False, False]


def test_rows_without_an_id_are_posts_of_their_own() -> None:
    found = with_figures(dataset({"likes": 1.0}, {"likes": 2.0}).rows, LIKES[:1])
    assert found["interactions"].tolist() == [1, 2]
    blank = dataset({"post_id": None, "likes": 1.0}, {"post_id": None, "likes": 2.0}).rows
    assert with_figures(blank, LIKES[:1])["interactions"].tolist() == [1, 2]


def test_rates_count_posts_that_have_both_sides() -> None:
    rows = dataset(
        {"post_id": "a", "likes": 4.0, "reach": 100.0},
        {"post_id": "b", "likes": 50.0},  # no reach: not in the rate
        {"post_id": "c", "reach": 900.0},  # no interactions: nor this
    ).rows
    found = post_table(rows, LIKES, by=["channel"])
    assert found[["interactions", "engagement_rate_reach"]].to_numpy().tolist() == [[54, 0.04]]


# Rankings -----------------------------------------------------------------------------------------


def ranking_of(*figures: tuple[float, float]) -> pd.DataFrame:
    """Posts of these likes and reach."""
    return dataset(*(
        {"post_id": f"p{place}", "likes": likes, "reach": reach}
        for place, (likes, reach) in enumerate(figures)
    )).rows  # fmt: skip


def test_two_of_three_people_are_not_the_best_post() -> None:
    found = rank_posts(ranking_of((2, 3), (10, 200), (30, 1000), (1, 99)))
    (ranking,) = found.channels
    assert ranking.basis.kpi.id == "engagement_rate_reach"
    assert ranking.posts["post_id"].tolist() == ["p1", "p2"]
    assert (ranking.few, ranking.lacking) == (2, 0)


def test_what_many_strangers_saw_is_not_the_weakest() -> None:
    usual = [(float(likes), 1000.0) for likes in range(20, 28)]
    (ranking,) = rank_posts(ranking_of((500, 100_000), *usual)).channels
    assert ranking.posts["post_id"].tolist()[-1] == "p0"
    assert ranking.best(5)["post_id"].tolist() == ["p8", "p7", "p6", "p5", "p4"]
    assert ranking.weakest(3)["post_id"].tolist() == ["p1", "p2", "p3"]


@pytest.mark.parametrize(("count", "weakest"), [(7, 0), (8, 3)])
def test_few_posts_have_no_weakest(count: int, weakest: int) -> None:
    (ranking,) = rank_posts(ranking_of(*((likes, 1000.0) for likes in range(count)))).channels
    assert len(ranking.weakest(3)) == weakest
    assert not set(ranking.best(5)["post_id"]) & set(ranking.weakest(3)["post_id"])


@pytest.mark.parametrize(
    ("columns", "basis"),
    [
        ({"likes": 5.0, "reach": 200.0, "views": 300.0}, "engagement_rate_reach"),
        ({"likes": 5.0, "impressions": 200.0, "views": 300.0}, "engagement_rate_impressions"),
        ({"likes": 5.0, "views": 300.0}, "engagement_rate_views"),
        ({"likes": 5.0, "video_views": 300.0}, "interactions"),
        ({"likes": 5.0}, "interactions"),
        ({"views": 300.0}, "views"),
        ({"video_views": 300.0}, "video_views"),
        ({"channel": "youtube", "likes": 5.0, "impressions": 900.0}, "interactions"),
    ],
)
def test_what_posts_are_ranked_by(columns: dict[str, object], basis: str) -> None:
    (ranking,) = rank_posts(dataset({"post_id": "a", **columns}).rows).channels
    assert ranking.basis.kpi.id == basis
    assert len(ranking.posts) == 1


def test_one_post_without_reach_does_not_change_the_basis() -> None:
    rows = [{"post_id": str(i), "likes": 5.0, "reach": 200.0, "views": 300.0} for i in range(3)]
    (ranking,) = rank_posts(
        dataset(*rows, {"post_id": "x", "likes": 9.0, "views": 9e9}).rows
    ).channels
    assert (ranking.basis.kpi.id, ranking.lacking) == ("engagement_rate_reach", 1)


def test_boosted_posts_are_apart() -> None:
    rows = ranking_of((9, 200), (5, 200)).assign(boosted=pd.Series(["boosted"], dtype="str"))
    found = rank_posts(rows)
    assert found.channels[0].posts["post_id"].tolist() == ["p1"]
    assert (found.boosted, found.only_boosted) == (1, False)
    only = rank_posts(rows.head(1))
    assert (len(only.channels[0].posts), only.boosted, only.only_boosted) == (1, 0, True)


# Times --------------------------------------------------------------------------------------------


def test_midnight_is_a_time_only_where_others_have_one() -> None:
    rows = dataset(
        {"published_at": pd.Timestamp("2026-09-07 00:00"), "table": "days"},
        {"published_at": pd.Timestamp("2026-09-08 00:00"), "table": "days"},
        {"published_at": pd.Timestamp("2026-09-07 00:00"), "table": "hours"},
        {"published_at": pd.Timestamp("2026-09-13 18:00"), "table": "hours"},
        {"date": pd.Timestamp("2026-09-12"), "table": "hours"},
        {"table": "hours"},
    ).rows
    found = with_times(rows)
    assert found[WEEKDAY].fillna(-1).tolist() == [0, 1, 0, 6, 5, -1]
    assert found[DAY_PART].fillna(-1).tolist() == [-1, -1, 0, 5, -1, -1]


def test_no_posts_at_all() -> None:
    none = posts_of(dataset({"grain": "day", "likes": 1.0}).rows)
    assert rank_posts(none).channels == ()
    assert with_figures(none, LIKES).empty
