"""The tab of posts: hand-computed tables of small accounts, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from string import Formatter

import pandas as pd
import pytest

from tracksheet.core.catalogue import catalogue
from tracksheet.core.dataset import Dataset
from tracksheet.core.posts.content import ContentRule, with_content
from tracksheet.core.posts.table import post_table, posts_of
from tracksheet.core.report import ReportTable, Tab, Value
from tracksheet.tabs.material import Material
from tracksheet.tabs.post_best import ranking_tables, rankings
from tracksheet.tabs.post_groups import group_tables
from tracksheet.tabs.post_list import post_list
from tracksheet.tabs.post_words import weekday
from tracksheet.tabs.posts import best_posts, post_list_tab, posts_page
from tracksheet.word_files import words_in

LANGS = ("en", "fr")
Post = dict[str, object]


def post(number: int, likes: float | None, reach: float | None = None, **more: object) -> Post:
    """A post of September 2026, one a day, at 18:30."""
    return {
        "grain": "post", "channel": "instagram", "account_id": "1", "account_name": "Café",
        "post_id": f"p{number}", "text": f"Post {number}", "table": "a.csv#0", "file": "a.csv",
        "permalink": f"https://www.instagram.com/p/p{number}/", "likes": likes, "reach": reach,
        "published_at": pd.Timestamp(2026, 9, number, 18, 30),
        "date": pd.Timestamp(2026, 9, number),
        **more,
    }  # fmt: skip


def material(
    posts: Sequence[Post],
    lang: str = "en",
    *,
    period: str = "month",
    rules: Sequence[ContentRule] = (),
    about: date | None = date(2026, 9, 1),
) -> Material:
    none = pd.DataFrame({"table": pd.Series(dtype="str")})
    dataset = with_content(Dataset(pd.DataFrame(list(posts)), none, (), ()), rules)
    return Material(dataset, lang, "Report", period, ("interactions",), about=about)


def tab_of(found: Material) -> Tab:
    """The page with the list of all posts below it."""
    page, every = posts_page(found), post_list_tab(found)
    assert page is not None
    return page if every is None else replace(page, tables=(*page.tables, *every.tables))


def by_name(tables: Iterable[ReportTable]) -> dict[str, ReportTable]:
    return {table.name: table for table in tables}


def tables(found: Material) -> dict[str, ReportTable]:
    return by_name(tab_of(found).tables)


def ranked(found: Material) -> dict[str, ReportTable]:
    return by_name(ranking_tables(rankings(found), found))


def grouped(found: Material) -> dict[str, ReportTable]:
    return by_name(group_tables(posts_of(found.dataset.rows), found.lang))


def column(table: ReportTable, key: str) -> list[Value]:
    place = table.column(key)
    return [row[place] for row in table.rows]


def picked(table: ReportTable, *keys: str) -> list[tuple[Value, ...]]:
    return list(zip(*(column(table, key) for key in keys), strict=True))


EIGHT = [post(day, likes, 1000) for day, likes in enumerate([80, 10, 70, 20, 60, 30, 50, 40], 1)]


# Best and weakest ---------------------------------------------------------------------------------


def test_five_best_and_three_weakest_of_eight() -> None:
    found = ranked(material([*EIGHT, post(9, 3, 50)]))
    best, weakest = found["Best_posts"], found["Weakest_posts"]
    assert picked(best, "text", "published", "interactions", "reach", "engagement_rate_reach") == [
        ("Post 1", date(2026, 9, 1), 80, 1000, 0.08),
        ("Post 3", date(2026, 9, 3), 70, 1000, 0.07),
        ("Post 5", date(2026, 9, 5), 60, 1000, 0.06),
        ("Post 7", date(2026, 9, 7), 50, 1000, 0.05),
        ("Post 8", date(2026, 9, 8), 40, 1000, 0.04),
    ]
    assert column(weakest, "text") == ["Post 2", "Post 4", "Post 6"]
    assert best.title == "Best posts – September 2026"
    assert best.note == (
        "Ranked by Engagement rate by reach, among 8 posts of Instagram. 1 post with fewer than "
        "100 people, impressions or views is not ranked: too little to judge."
    )


def test_fewer_than_eight_have_only_best() -> None:
    found = ranked(material(EIGHT[:7]))
    assert len(found["Best_posts"].rows) == 5
    assert "Weakest_posts" not in found


def test_channels_are_ranked_apart_and_name_their_basis() -> None:
    other = [
        post(day, likes, impressions=2000.0, channel="linkedin", post_id=f"l{day}")
        for day, likes in ((1, 900), (2, 100))
    ]
    best = ranked(material([*EIGHT, *other]))["Best_posts"]
    assert picked(best, "channel", "interactions", "seen", "rate", "ranked_by") == [
        ("LinkedIn", 900, 2000, 0.45, "Engagement rate by impressions"),
        ("LinkedIn", 100, 2000, 0.05, "Engagement rate by impressions"),
        ("Instagram", 80, 1000, 0.08, "Engagement rate by reach"),
        ("Instagram", 70, 1000, 0.07, "Engagement rate by reach"),
        ("Instagram", 60, 1000, 0.06, "Engagement rate by reach"),
    ]


def test_only_posts_of_the_period_are_ranked() -> None:
    august = post(1, 999, 1000, post_id="old", published_at=pd.Timestamp("2026-08-31 23:59"),
                  date=pd.Timestamp("2026-08-31"))  # fmt: skip
    found = material([*EIGHT, august])
    assert 999 not in column(ranked(found)["Best_posts"], "interactions")
    assert column(post_list(found), "interactions")[0] == 999
    everything = ranked(material([*EIGHT, august], period="range"))["Best_posts"]
    assert (everything.title, column(everything, "interactions")[0]) == ("Best posts", 999)


def test_a_period_without_posts_says_so() -> None:
    found = material(EIGHT, about=date(2026, 8, 1))
    tab = tab_of(found)
    assert "Best_posts" not in by_name(tab.tables)
    assert "No post was published in this period: August 2026." in tab.intro
    assert best_posts(found) is None


def test_boosted_posts_are_not_ranked_with_the_others() -> None:
    found = tables(material(EIGHT, rules=[ContentRule(post="p1", boosted=True)]))
    assert column(found["Best_posts"], "text")[0] == "Post 3"
    assert "1 boosted post is not ranked" in found["Best_posts"].note
    assert picked(found["Posts_boosted"], "boosted", "posts", "engagement_rate_reach") == [
        ("boosted", 1, 0.08),
        ("not marked", 7, 0.04),  # 280 of 7,000
    ]


def test_best_posts_for_the_overview() -> None:
    table = best_posts(material(EIGHT))
    assert table is not None
    assert picked(table, "channel", "text", "interactions", "engagement_rate_reach") == [
        ("Instagram", "Post 1", 80, 0.08),
        ("Instagram", "Post 3", 70, 0.07),
        ("Instagram", "Post 5", 60, 0.06),
    ]
    assert column(table, "permalink")[0] == "https://www.instagram.com/p/p1/"


def test_the_overview_has_the_best_of_each_channel() -> None:
    other = [post(day, 2.0 * day, 500.0, channel="facebook", post_id=f"f{day}") for day in (1, 2)]
    table = best_posts(material([*EIGHT, *other]))
    assert table is not None
    assert picked(table, "channel", "interactions") == [
        ("Instagram", 80), ("Instagram", 70), ("Facebook", 4),
    ]  # fmt: skip


# Groups -------------------------------------------------------------------------------------------

FORMATS = [
    post(1, 10, 100, post_type="reel"),  # 1 September 2026 is a Tuesday
    post(2, 20, 400, post_type="reel"),
    post(3, 7, 100, post_type="image"),
    post(8, 3, None, post_type="image"),
]


def test_by_format() -> None:
    table = grouped(material(FORMATS))["Posts_format"]
    keys = ("post_type", "posts", "avg_interactions_per_post", "engagement_rate_reach")
    assert picked(table, *keys) == [
        ("reel", 2, 15, 0.06),  # 30 of 500, not the mean of 0.1 and 0.05
        ("image", 2, 5, 0.07),  # the post without a reach counts on neither side
    ]


def test_by_label_with_the_posts_that_have_none() -> None:
    rules = [ContentRule(post="p1", label="Food"), ContentRule(post="p3", label="Food")]
    table = grouped(material(FORMATS, rules=rules))["Posts_label"]
    assert picked(table, "label", "posts", "avg_interactions_per_post") == [
        ("Food", 2, 8.5), ("(no label)", 2, 11.5),
    ]  # fmt: skip
    assert "Posts_label" not in grouped(material(FORMATS))


def test_by_weekday() -> None:
    table = grouped(material(FORMATS))["Posts_weekday"]
    assert picked(table, "weekday", "posts", "avg_interactions_per_post") == [
        ("Tuesday", 2, 6.5), ("Wednesday", 1, 20), ("Thursday", 1, 7),
    ]  # fmt: skip


def test_by_weekday_and_hour() -> None:
    tuesdays = [post(day, likes, 100) for day, likes in ((1, 10), (8, 20), (15, 60), (2, 5))]
    found = grouped(material(tuesdays))
    averages, counts = found["Posts_hours"], found["Posts_hours_count"]
    assert picked(averages, "hours", "day2", "day3") == [("18:00–21:00", 30, None)]
    assert picked(counts, "hours", "day2", "day3") == [("18:00–21:00", 3, 1)]
    assert "at least 3 posts" in averages.note
    assert [one.heading for one in counts.columns][2:] == [
        "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
    ]  # fmt: skip


def test_days_without_a_time_are_not_midnight() -> None:
    days = [post(day, 5, 100, published_at=pd.Timestamp(2026, 9, day)) for day in (1, 2, 3)]
    found = grouped(material(days))
    assert "Posts_hours_count" not in found
    assert len(found["Posts_weekday"].rows) == 3


def test_averages_of_posts_are_those_of_the_kpis() -> None:
    found = material(EIGHT)
    kpis = [catalogue().kpi("avg_interactions_per_post"), catalogue().kpi("interactions")]
    (row,) = post_table(posts_of(found.dataset.rows), kpis, by=["channel"]).to_dict("records")
    assert (row["avg_interactions_per_post"], row["interactions"]) == (45, 360)
    shown = column(post_list(found), "interactions")
    assert sum(value for value in shown if isinstance(value, int)) == 360


# The list, and what was left out ------------------------------------------------------------------


def test_left_out_posts_are_listed_with_the_reason() -> None:
    rule = ContentRule(post="p1", leave_out=True, reason="Giveaway", where="Content, row 4")
    found = tables(material(EIGHT, rules=[rule]))
    assert picked(found["Posts_left_out"], "text", "interactions", "reason", "where") == [
        ("Post 1", 80, "Giveaway", "Content, row 4")
    ]
    assert 80 not in column(found["Posts"], "interactions")
    everything = material([EIGHT[0]], rules=[rule])
    assert [table.name for table in tab_of(everything).tables] == ["Posts_left_out"]


def test_the_list_says_what_people_said() -> None:
    rules = [ContentRule(post="p2", label="Food", boosted=True)]
    table = post_list(material(EIGHT[:2], rules=rules))
    keys = ("text", "published", "period", "label", "boosted", "interactions")
    assert picked(table, *keys) == [
        ("Post 1", datetime(2026, 9, 1, 18, 30), "2026-09", None, None, 80),
        ("Post 2", datetime(2026, 9, 2, 18, 30), "2026-09", "Food", "boosted", 10),
    ]


def test_organic_and_sponsored_rows_are_one_post_in_each_count() -> None:
    rows = [
        post(1, 10, distribution="Organic", impressions=100.0, channel="linkedin"),
        post(1, 30, distribution="Sponsored", impressions=900.0, campaign="x", channel="linkedin"),
        post(1, 20, distribution="Sponsored", impressions=600.0, campaign="y", channel="linkedin"),
    ]
    found = tables(material(rows))
    keys = ("boosted", "interactions", "impressions")
    assert picked(found["Posts"], *keys) == [("boosted", 50, 1500), ("organic", 10, 100)]
    assert column(found["Best_posts"], "interactions") == [10]
    assert column(found["Posts_weekday"], "posts") == [1]


def test_page_and_list_apart() -> None:
    found = material(EIGHT)
    page, every = posts_page(found), post_list_tab(found)
    assert page is not None
    assert every is not None
    assert (*page.tables, *every.tables) == tab_of(found).tables
    assert page.name != every.name


# Whatever comes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "posts",
    [
        pytest.param([{"grain": "post", "channel": "tiktok", "views": 300.0}], id="only views"),
        pytest.param([{"grain": "post", "channel": "x", "likes": None}], id="no figures"),
        pytest.param([{"grain": "post", "channel": None, "likes": 3.0}], id="no channel"),
        pytest.param(
            [post(day, 5, 200, published_at=pd.NaT, date=pd.NaT) for day in range(1, 4)],
            id="no dates",
        ),
        pytest.param(
            [
                post(1, 5, 200, text="=2+3", title="@SUM(A1)", post_type="+1"),
                post(2, 0, 0, text="🎉" * 500),
                post(3, float("inf"), 200, text="مرحبا\n\x00\x1f\u202eabc"),
                post(4, 1e300, 1e-300, text="", permalink="javascript:alert(1)"),
                post(5, -3, 500, text=None, post_type=""),
            ],
            id="hostile",
        ),
    ],
)
def test_whatever_comes_makes_a_tab(posts: list[Post]) -> None:
    rows = [{"date": pd.NaT, "file": "a", "table": "a#0", **one} for one in posts]
    for found in tables(material(rows, "fr", about=None)).values():
        assert {len(row) for row in found.rows} <= {len(found.columns)}
        headings = [one.heading.casefold() for one in found.columns]
        assert len(set(headings)) == len(headings)
        for row in found.rows:
            assert all(value == value for value in row)  # no NaN
    best_posts(material(rows, "fr", about=None))


def test_texts_stay_texts() -> None:
    found = post_list(material([post(1, 5, 200, text="=2+3"), post(2, 4, 200, text=None)]))
    assert column(found, "text") == ["=2+3", "(no text)"]


def test_posts_that_only_have_views_are_ranked_by_them() -> None:
    rows = [post(day, None, views=views) for day, views in ((1, 300.0), (2, 900.0), (3, 20.0))]
    best = ranked(material(rows))["Best_posts"]
    assert picked(best, "text", "views") == [("Post 2", 900), ("Post 1", 300)]
    assert best.note.startswith("Ranked by Views, among 2 posts of Instagram. 1 post with fewer")


def test_no_posts_no_tab() -> None:
    days = [
        {"grain": "day", "channel": "instagram", "likes": 3.0, "date": pd.Timestamp(2026, 9, 1)}
    ]
    found = material(days)
    assert posts_page(found) is None
    assert post_list_tab(found) is None
    assert best_posts(found) is None


# Words --------------------------------------------------------------------------------------------


def test_french() -> None:
    rules = [ContentRule(post="p1", leave_out=True, reason="Concours")]
    tab = tab_of(material(FORMATS, "fr", rules=rules))
    assert [table.title for table in tab.tables] == [
        "Meilleures publications – septembre 2026",
        "Par format",
        "Par jour de la semaine",
        "Par jour et par heure\xa0: nombre de publications",
        "Publications exclues des chiffres",
        "Toutes les publications, par interactions décroissantes",
    ]
    found = {table.name: table for table in tab.tables}
    assert column(found["Posts_weekday"], "weekday") == ["Mardi", "Mercredi", "Jeudi"]
    assert column(found["Posts_hours_count"], "hours") == ["18\xa0h – 21\xa0h"]


def test_every_word_has_both_languages_and_the_same_values() -> None:
    for name, said in words_in("tabs/posts.toml").items():
        assert set(said) == {"en", "fr"}, name
        names = [{part[1] for part in Formatter().parse(said[lang])} for lang in LANGS]
        assert names[0] == names[1], name
        assert "'" not in said["fr"], name


@pytest.mark.parametrize(("lang", "first"), [("en", "Mon"), ("fr", "Lun.")])
def test_weekdays(lang: str, first: str) -> None:
    assert weekday(0, lang, short=True) == first
