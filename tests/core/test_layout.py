"""Which platform a header is of, and what each column is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tracksheet.core.exports import ExportError, ReadOptions, Table, read_export
from tracksheet.core.exports.layout import Layout, check_options, choose_layout, grain_of
from tracksheet.core.exports.profile import profiles, vocabulary


def layout(header: Sequence[str], *, title: str = "", **options: Any) -> Layout:
    return choose_layout(
        header,
        title=title,
        profiles=profiles(),
        words=vocabulary(),
        options=ReadOptions(**options),
    )


def targets(header: Sequence[str], **options: Any) -> list[str | None]:
    places = layout(header, **options).places
    return [place.target.name if place.target else None for place in places]


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def write_and_read(text: str, **options: Any) -> Table:
        (tmp_path / "file.csv").write_text(text, "utf-8")
        (table,) = read_export(tmp_path / "file.csv", options=ReadOptions(**options)).tables
        return table

    return write_and_read


# A file of no known platform --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("Likes", "likes"),
        ("  LIKES ", "likes"),
        ("J’aime", "likes"),
        ("J'aime", "likes"),
        ("Jâ€™aime", "likes"),
        ("Gefällt mir", "likes"),
        ("Me gusta", "likes"),
        ("Impressions", "impressions"),
        ("date", "date"),
        ("Datum", "date"),
        ("Portée", "reach"),
        ("Abonnés", "followers"),
        ("Seguidores", "followers"),
        ("Campaign name", "campaign"),
        ("Nom de la campagne", "campaign"),
        ("Amount spent (EUR)", "spend"),
        ("Dépenses (€)", "spend"),
        ("post_id", "post_id"),
        ("Post ID", "post_id"),
        ("link_clicks", "link_clicks"),
        ("watch_time_s", "watch_time_s"),
        ("Watch time", None),  # seconds or hours
        ("Value", None),
        ("Score", None),
        ("", None),
    ],
)
def test_words_that_are_certain(header: str, target: str | None) -> None:
    found = layout(["Shop", header])
    assert found.profile is None
    assert targets(["Shop", header])[1:] == ([target] if header else [])


def test_the_currency_of_a_header() -> None:
    assert [p.currency for p in layout(["Shop", "Amount spent (UAH)"]).places] == ["", "UAH"]


def test_others_are_listed_with_what_they_may_be(read: Any) -> None:
    table = read("date,Likes,Coments,Colour\n2026-01-03,1,2,red\n")
    assert table.unmapped == ("Coments", "Colour")
    (finding,) = table.findings
    assert finding.message == (
        "columns not placed: 'Coments' (nearest: comments); 'Colour'. Map them in "
        "tracksheet.toml under [columns] if you need them."
    )


@pytest.mark.parametrize(
    ("header", "grain"),
    [
        (["Post ID", "date", "Likes"], "post"),
        (["date", "campaign", "Likes"], "campaign"),
        (["ad", "campaign", "Likes"], "ad"),
        (["date", "Likes"], "day"),
        (["Shop", "Likes"], "total"),
    ],
)
def test_grain(header: list[str], grain: str) -> None:
    assert grain_of(layout(header)) == grain


# What a person says -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said", ["Coments", "COMENTS", "  coments ", "coments:", "“Coments”"[1:-1]]
)
def test_columns_in_any_spelling(said: str) -> None:
    assert targets(["date", "Coments"], columns={said: "comments"}) == ["date", "comments"]


def test_a_factor() -> None:
    (_, place) = layout(["date", "Watch time"], columns={"watch time": "watch_time_s*3600"}).places
    assert place.target is not None
    assert (place.target.name, place.target.factor) == ("watch_time_s", 3600)


def test_a_person_knows_better_than_a_profile(read: Any) -> None:
    header = "Campaign name,Amount spent (EUR),Impressions,All clicks,Link clicks,Day\n"
    row = "A,10,100,9,7,2026-01-03\n"
    table = read(header + row, columns={"All clicks": "link_clicks"})
    assert table.profile == "meta_ads_campaign"
    assert table.frame["link_clicks"].tolist() == [9]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"columns": {"Foo": "likess"}}, "column 'Foo' cannot go to 'likess'"),
        ({"columns": {"Foo": "likess"}}, "Did you mean 'likes'?"),
        ({"columns": {"Foo": "so many!"}}, "column 'Foo' cannot go to 'so many!'"),
        ({"profile": "meta_ads_campaing"}, "Did you mean 'meta_ads_campaign'?"),
        ({"profile": "zzz"}, "Known: "),
        ({"time_zone": "Europe/Pariss"}, "use a name such as Europe/Paris"),
    ],
)
def test_options_that_cannot_be(options: Mapping[str, Any], says: str) -> None:
    with pytest.raises(ExportError) as caught:
        check_options(ReadOptions(**options), "file.csv")
    assert str(caught.value).startswith("file.csv: ")
    assert says in str(caught.value)


def test_a_profile_that_is_asked_for(read: Any) -> None:
    text = "query,Clicks,Impressions\nshoes,3,40\n"
    assert read(text).profile == "search_console_queries"
    table = read(text, profile="google_ads_search_terms")
    assert table.profile == "google_ads_search_terms"


def test_a_profile_that_does_not_fit_is_said(read: Any) -> None:
    table = read("date,Likes\n2026-01-03,4\n", profile="meta_ads_campaign")
    (error,) = [f for f in table.findings if f.severity == "error"]
    assert "has no column for campaign, impressions" in error.message


# Two columns for one metric ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "likes", "severity", "says"),
    [
        ("date,Likes,Likes\n2026-01-01,3,3\n2026-01-02,4,4\n", [3, 4], "info", "counted once"),
        ("date,Likes,Likes\n2026-01-01,3,3\n2026-01-02,4,5\n", None, "error", "neither is used"),
        (
            "date,Likes,J’aime\n2026-01-01,3,3\n2026-01-02,4,5\n",
            [3, 4],
            "info",
            "also means likes; 'Likes' is used",
        ),
    ],
)
def test_duplicate_headers(
    read: Any, text: str, likes: list[int] | None, severity: str, says: str
) -> None:
    table = read(text)
    assert ("likes" in table.frame) == (likes is not None)
    assert likes is None or table.frame["likes"].tolist() == likes
    (finding,) = table.findings
    assert finding.severity == severity
    assert says in finding.message


def test_shifted_rows_are_left_out_and_said(read: Any) -> None:
    table = read("date,Likes,text\n2026-01-01,3,a\n2026-01-02,4,b,c\n2026-01-03,5\n")
    assert table.frame["likes"].tolist() == [3, 5]
    (finding,) = table.findings
    assert (finding.severity, finding.where) == ("error", "file.csv, line 3")
    assert "4 cells where the header has 3: the row is left out" in finding.message


def test_a_list_of_ones_own_may_hold_more_than_followers(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "Date,Channel,Account,Followers,Likes,Impressions\n2026-01-05,instagram,cafe,1000,10,500\n",
        encoding="utf-8",
    )
    (table,) = read_export(path).tables
    assert table.unmapped == ()
    figures = table.frame[["followers", "likes", "impressions"]]
    assert figures.to_numpy().tolist() == [[1000, 10, 500]]
