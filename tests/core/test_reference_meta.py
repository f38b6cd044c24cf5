"""The real Meta exports of the reference folder, read from the file to the figures.

Expected values were added up from the files by hand-written readers that know nothing of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from tracksheet.core.exports import Export, Table, read_export
from tracksheet.core.exports.export import records

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
    known: dict[str, int] = field(default_factory=dict)
    encoding: str = "utf-8"
    totals: int = 0


POSTS = (
    Case(
        "meta_mbs_instagram_posts_en.csv",
        "meta_instagram_posts",
        "post",
        21,
        ("2026-05-26", "2026-06-21"),
        {
            "views": 541645,
            "likes": 31172,
            "shares": 4776,
            "comments": 1082,
            "saves": 3255,
            "new_followers": 525,
            "duration_s": 737,
        },
        {
            "post_id": "17553162855640796",
            "account_id": "11111111111111111",
            "account_handle": "sample_account",
            "text": "Sample text 1, with a comma\nand a second line",
            "published_at": "2026-05-26T10:23:00",
            "permalink": "https://www.instagram.com/sample/1",
            "post_type": "IG reel",
            "views": 4993,
            "reach": 3206,
            "comments": 0,
            "channel": "instagram",
        },
        known={"reach": 20, "new_followers": 20},
        encoding="utf-8-sig",
    ),
    Case(
        "meta_mbs_instagram_posts_en_2025.csv",
        "meta_instagram_posts",
        "post",
        15,
        ("2025-03-18", "2025-03-22"),
        {"views": 3070, "likes": 78, "shares": 2, "comments": 0, "saves": 2, "new_followers": 2},
        {"post_id": "18797323787600883", "views": 52, "reach": 37, "new_followers": None},
        known={"new_followers": 1, "text": 14},
        encoding="utf-8-sig",
    ),
    Case(
        "meta_mbs_facebook_posts_en_2025.csv",
        "meta_facebook_posts",
        "post",
        25,
        ("2025-02-16", "2025-02-23"),
        {
            "views": 1078,
            "interactions_platform": 15,
            "likes": 11,
            "comments": 3,
            "shares": 1,
            "clicks": 8,
            "link_clicks": 2,
            "other_clicks": 4,
            "photo_clicks": 2,
            "watch_time_s": 202.708,
        },
        {
            "post_id": "939551233035298",
            "account_id": "111111111111111",
            "title": "Sample text 1, with a comma\nand a second line",
            "text": None,
            "post_type": "Photos",
            "views": 40,
            "reach": 15,
            "link_clicks": None,
            "currency": "USD",
            "channel": "facebook",
        },
        known={"link_clicks": 1, "watch_time_s": 1, "earnings": 1},
        encoding="utf-8-sig",
    ),
    Case(
        "meta_mbs_facebook_posts_en_dup_views_header.csv",
        "meta_facebook_posts",
        "post",
        15,
        ("2025-03-18", "2025-04-14"),
        {"views": 0, "interactions_platform": 3, "likes": 3, "clicks": 4, "video_views": 0},
        {"post_id": "961066634107080", "views": 0, "reach": 37, "reach_organic": 37, "clicks": 2},
        known={"link_clicks": 0, "other_clicks": 2, "reach_paid": 15},
        encoding="utf-8-sig",
    ),
)
DAILY = (
    Case(
        "meta_mbs_reach_daily_en_utf16_sep.csv",
        "meta_daily",
        "day",
        28,
        ("2026-05-25", "2026-06-21"),
        {},
        {"date": "2026-05-25", "reach": 14551, "channel": "meta"},
        known={"reach": 28},
        encoding="utf-16le",
    ),
    Case(
        "meta_mbs_reach_daily_es_utf16_sep.csv",
        "meta_daily",
        "day",
        28,
        ("2026-02-24", "2026-03-23"),
        {},
        {"date": "2026-02-24", "reach": 2, "channel": "meta"},
        known={"reach": 28},
        encoding="utf-16le",
    ),
    Case(
        "meta_mbs_follows_daily_en_utf16_sep.csv",
        "meta_daily",
        "day",
        20,
        ("2026-05-25", "2026-06-13"),
        {"new_followers": 2736},
        {"date": "2026-05-25", "new_followers": 65, "channel": "instagram"},
        encoding="utf-16le",
    ),
    Case(
        "meta_mbs_follows_daily_es_utf16_sep.csv",
        "meta_daily",
        "day",
        19,
        ("2026-02-25", "2026-03-16"),
        {"new_followers": 3243},
        {"date": "2026-02-25", "new_followers": 1, "channel": "instagram"},
        encoding="utf-16le",
    ),
    Case(
        "meta_mbs_link_clicks_daily_en_utf16_sep.csv",
        "meta_daily",
        "day",
        28,
        ("2026-05-25", "2026-06-21"),
        {"link_clicks": 9838},
        {"date": "2026-05-25", "link_clicks": 407, "channel": "instagram"},
        encoding="utf-16le",
    ),
)
ADS = (
    Case(
        "meta_ads_manager_totals_first_row_UAH.csv",
        "meta_ads_ad",
        "ad",
        50,
        ("2023-04-14", "2023-04-14"),
        {"impressions": 3159843, "spend": 77818.01},
        {
            "ad": "Sample ad 1",
            "ad_group": "Sample ad 1",
            "date": "2023-04-14",
            "date_end": "2024-03-11",
            "status": "not_delivering",
            "result_type": "actions:post_engagement",
            "reach": 16625,
            "impressions": 31537,
            "spend": 1197.7,
            "currency": "UAH",
            "channel": "meta_ads",
        },
        known={"reach": 48, "spend": 48},
        totals=1,
    ),
    Case(
        "meta_ads_ads_totals_first.xlsx",
        "meta_ads_ad",
        "ad",
        50,
        ("2023-04-14", "2023-04-14"),
        {"impressions": 3159843, "spend": 77818.01},
        {
            "ad": 'Допис: "🤔 Як знайти фахового психолога чи психотерапевта?"',
            "date_end": "2024-03-11",
            "reach": 16625,
            "spend": 1197.7,
            "currency": "UAH",
        },
        known={"reach": 48},
        encoding="xlsx",
        totals=1,
    ),
    Case(
        "facebook_ads_manager_2017_us.csv",
        "meta_ads_campaign",
        "campaign",
        60,
        ("2017-04-19", "2017-04-19"),
        {
            "impressions": 69028,
            "link_clicks": 148,
            "shares": 266,
            "comments": 100,
            "likes": 3893,
            "interactions_platform": 4899,
            "spend": 488.39,
        },
        {
            "campaign": 'Post: "Hydrogen cyanide is found in rat poison. It’s..."',
            "campaign_id": "3767210457152",
            "date": "2017-04-19",
            "date_end": "2017-07-19",
            "likes": 66,
            "spend": 8.27,
            "currency": "USD",
        },
        known={"link_clicks": 48, "shares": 30, "comments": 33},
    ),
)
CASES = (*POSTS, *DAILY, *ADS)


def name_of(case: Case) -> str:
    return case.file


@cache
def export(file: str) -> Export:
    return read_export(REFERENCE / file)


def table(file: str) -> Table:
    (only,) = export(file).tables
    return only


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_profile_and_rows(case: Case) -> None:
    read = table(case.file)
    assert (read.profile, read.grain, len(read.frame)) == (case.profile, case.grain, case.rows)
    assert len(read.totals) == case.totals
    assert read.unmapped == ()
    assert export(case.file).encoding == case.encoding


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_sums(case: Case) -> None:
    frame = table(case.file).frame
    assert {name: frame[name].sum() for name in case.sums} == pytest.approx(case.sums)


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_first_row(case: Case) -> None:
    record = records(table(case.file).frame)[0]
    assert {name: record[name] for name in case.first} == case.first


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_dates(case: Case) -> None:
    dates = table(case.file).frame["date"]
    assert (f"{dates.min():%Y-%m-%d}", f"{dates.max():%Y-%m-%d}") == case.dates


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_not_available_is_empty_and_not_zero(case: Case) -> None:
    frame = table(case.file).frame
    assert {name: int(frame[name].notna().sum()) for name in case.known} == case.known


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_nothing_to_warn_of(case: Case) -> None:
    assert [f for f in table(case.file).findings if f.severity != "info"] == []


@pytest.mark.parametrize("case", POSTS, ids=name_of)
def test_each_post_keeps_its_own_id(case: Case) -> None:
    ids = table(case.file).frame["post_id"]
    assert ids.nunique() == case.rows
    assert ids.str.fullmatch(r"\d{15,17}").all()


def test_a_header_that_occurs_twice_is_counted_once_and_said() -> None:
    read = table("meta_mbs_facebook_posts_en_dup_views_header.csv")
    views = [column for column in read.columns if column.metric == "views"]
    assert len(views) == 1
    assert any("twice" in finding.message for finding in read.findings)


@pytest.mark.parametrize("case", ADS[:2], ids=name_of)
def test_the_total_row_is_kept_apart_and_is_the_only_true_reach(case: Case) -> None:
    read = table(case.file)
    (total,) = records(read.totals)
    assert total["reach"] == 1211188
    assert total["impressions"] == 3159843
    assert total["spend"] == pytest.approx(77818.01)
    assert read.frame["reach"].sum() == 2166883  # what a sum over the ads would claim
    assert any("total row" in finding.message for finding in read.findings)


def test_results_keep_what_they_count() -> None:
    frame = table("meta_ads_ads_totals_first.xlsx").frame
    by_kind = frame.groupby("result_type")["results"].agg(["count", "sum"])
    assert by_kind.T.to_dict("list") == {
        "actions:link_click": [6, 11855],
        "actions:post_engagement": [40, 170932],
        "video_thruplay_watched_actions": [2, 92543],
    }


def test_campaigns_of_one_name_stay_apart_by_id() -> None:
    frame = table("facebook_ads_manager_2017_us.csv").frame
    assert (frame["campaign"].nunique(), frame["campaign_id"].nunique()) == (30, 60)
    assert (frame["campaign"] == "Instagram Post").sum() == 30


def test_cost_per_thousand_from_sums() -> None:
    frame = table("facebook_ads_manager_2017_us.csv").frame
    assert frame["spend"].sum() / frame["impressions"].sum() * 1000 == pytest.approx(7.075245)


AGE_GENDER = {
    "18-24": (0.106, 0.065),
    "25-34": (0.262, 0.191),
    "35-44": (0.099, 0.099),
    "45-54": (0.043, 0.033),
    "55-64": (0.033, 0.019),
    "65+": (0.03, 0.02),
}
COUNTRIES = {
    "South Africa": 0.751,
    "Nigeria": 0.059,
    "United States": 0.021,
    "Ghana": 0.015,
    "Mozambique": 0.015,
    "Botswana": 0.012,
    "Kenya": 0.012,
    "United Kingdom": 0.011,
    "Zambia": 0.011,
    "Pakistan": 0.007,
}


def test_three_audience_tables_of_one_file() -> None:
    tables = export("meta_mbs_audience_en_utf16_multiblock.csv").tables
    assert [(t.profile, t.grain, len(t.frame)) for t in tables] == [
        ("meta_audience_age_gender", "audience", 6),
        ("meta_audience_countries", "audience", 10),
        ("meta_audience_cities", "audience", 10),
    ]
    assert [t.title for t in tables] == ["Age & gender", "Top countries", "Top cities"]
    assert [t.unmapped for t in tables] == [(), (), ()]


def test_audience_shares_are_fractions() -> None:
    ages, countries, cities = (
        t.frame for t in export("meta_mbs_audience_en_utf16_multiblock.csv").tables
    )
    for age, women, men in zip(
        ages["age"], ages["audience_share_women"], ages["audience_share_men"], strict=True
    ):
        assert (women, men) == pytest.approx(AGE_GENDER[age])
    shares = dict(zip(countries["country"], countries["audience_share"], strict=True))
    assert shares == pytest.approx(COUNTRIES)
    assert cities["city"].tolist()[:2] == ["Cape Town, South Africa", "Pretoria, South Africa"]
    assert cities["audience_share"].sum() == pytest.approx(0.377)


def test_shares_that_excel_turned_into_dates_are_refused_by_name() -> None:
    """A Bulgarian Excel made 3.4 into "3.апр" (3 April): the figure cannot be told any more."""
    read = export("meta_mbs_audience_broken_by_excel_cp1251.csv")
    assert (read.encoding, read.delimiter) == ("cp1251", ";")
    ages = read.tables[0]
    assert ages.profile == "meta_audience_age_gender"
    frame = ages.frame.set_index("age")
    assert frame.index.tolist() == list(AGE_GENDER)
    assert frame["audience_share_women"].dropna().to_dict() == pytest.approx({"45-54": 0.15})
    assert frame["audience_share_men"].dropna().empty
    warnings = [f for f in ages.findings if f.severity == "warning"]
    assert {text for f in warnings for text in ("3.апр", "1.юни") if text in f.message} == {
        "3.апр",
        "1.юни",
    }


# --- Files of our own in shapes that the reference folder lacks -----------------------------------


def written(folder: Path, text: str, encoding: str = "utf-8") -> Table:
    path = folder / "export.csv"
    path.write_bytes(text.encode(encoding))
    (only,) = read_export(path).tables
    return only


FRENCH_ADS = (
    "Début des rapports,Fin des rapports,Nom de la campagne,Nom de l'ensemble de publicités,"
    "Résultats,Indicateur de résultats,Couverture,Impressions,Montant dépensé (EUR),"
    "Clics sur un lien,CPM (Coût pour 1 000 impressions) (EUR),Achats,"
    "Valeur de conversion des achats\n"
    "2026-01-01,2026-01-31,Hiver,Lyon,12,actions:link_click,900,1500,20.5,30,13.67,2,80\n"
    "2026-01-01,2026-01-31,Hiver,Paris,7,actions:link_click,400,500,9.5,10,19,1,40.25\n"
)


@pytest.mark.parametrize(
    "text",
    [
        FRENCH_ADS,
        FRENCH_ADS.replace("'", "’").replace("1 000 ", "1\u202f000\u00a0"),
        FRENCH_ADS.encode().decode("cp1252"),  # re-saved by a spreadsheet: "Montant dÃ©pensÃ©"
    ],
    ids=["straight apostrophe", "curly apostrophe, narrow spaces", "mojibake"],
)
def test_french_ads(tmp_path: Path, text: str) -> None:
    read = written(tmp_path, text)
    assert (read.profile, read.grain, read.unmapped) == ("meta_ads_ad_set", "ad_group", ())
    sums = read.frame[["spend", "impressions", "link_clicks", "conversions", "revenue"]].sum()
    assert sums.to_dict() == pytest.approx(
        {"spend": 30, "impressions": 2000, "link_clicks": 40, "conversions": 3, "revenue": 120.25}
    )
    assert set(read.frame["currency"]) == {"EUR"}


def test_spanish_ads_by_day(tmp_path: Path) -> None:
    read = written(
        tmp_path,
        "Nombre de la campaña;Nombre del anuncio;Día;Importe gastado (EUR);Impresiones;Alcance\n"
        "Otoño;A;2026-09-20;11,52;1204;900\n"
        "Otoño;A;2026-09-21;12,00;1300;950\n",
    )
    assert (read.profile, read.unmapped) == ("meta_ads_ad", ())
    assert read.frame["spend"].tolist() == [11.52, 12.0]
    assert read.frame["date"].tolist() == [
        pd.Timestamp("2026-09-20"),
        pd.Timestamp("2026-09-21"),
    ]


def test_the_day_is_the_date_of_a_row_and_not_the_range(tmp_path: Path) -> None:
    read = written(
        tmp_path,
        "Reporting starts,Reporting ends,Campaign name,Day,Impressions,Amount spent (USD)\n"
        "2026-05-01,2026-05-02,Spring,2026-05-01,100,2.50\n"
        "2026-05-01,2026-05-02,Spring,2026-05-02,300,4.25\n",
    )
    assert read.profile == "meta_ads_campaign"
    assert read.frame["date"].dt.day.tolist() == [1, 2]


def test_french_instagram_posts_that_cannot_tell_day_from_month(tmp_path: Path) -> None:
    """Whether French files write the month first is not known: ask, do not guess."""
    header = (
        "Identifiant de publication,Identifiant du compte,Nom d’utilisateur du compte,"
        "Heure de publication,Vues,Couverture,Mentions J’aime,Partages,Commentaires\n"
    )
    with pytest.raises(ValueError, match=r"line 2.*03/04/2026.*day"):
        written(
            tmp_path,
            header + "17900000000000001,17800000000000001,acme,03/04/2026 10:00,10,9,1,0,0\n",
        )
    read = written(
        tmp_path, header + "17900000000000001,17800000000000001,acme,23/04/2026 10:00,10,9,1,0,0\n"
    )
    assert read.profile == "meta_instagram_posts"
    assert read.frame["published_at"].tolist() == [pd.Timestamp("2026-04-23 10:00")]


def test_spanish_facebook_posts(tmp_path: Path) -> None:
    read = written(
        tmp_path,
        "Identificador de la publicación,Identificador de la página,Nombre de la página,Título,"
        "Hora de publicación,Fecha,Alcance,Reacciones,Comentarios,Veces que se compartió,"
        "Visualizaciones de video de 3 segundos\n"
        "900000000000001,100000000000001,Acme,Hola,06/02/2026 19:00,Total,50,4,1,2,30\n",
    )
    assert (read.profile, read.unmapped) == ("meta_facebook_posts", ())
    (record,) = records(read.frame)
    assert record["published_at"] == "2026-06-02T19:00:00"  # month first in Spanish files too
    assert (record["likes"], record["shares"], record["video_views"]) == (4, 2, 30)


@pytest.mark.parametrize(
    ("title", "header", "metric", "channel"),
    [
        ("Facebook reach", '"Date","Primary"', "reach", "facebook"),
        ("Views", '"Date","Primary"', "views", "meta"),
        ("Content interactions", '"Date","Primary"', "interactions", "meta"),
        ("Instagram profile visits", '"Date","Primary"', "profile_visits", "instagram"),
        ("Visitas al perfil de Instagram", '"Fecha","Primary"', "profile_visits", "instagram"),
        ("Interacciones con el contenido", '"Fecha","Primary"', "interactions", "meta"),
        ("Couverture", '"Date","Primary"', "reach", "meta"),
        ("Followers Instagram", '"Date","Primary"', "new_followers", "instagram"),
    ],
)
def test_the_title_names_the_metric_of_a_daily_file(
    tmp_path: Path, title: str, header: str, metric: str, channel: str
) -> None:
    text = f'sep=,\n"{title}"\n{header}\n"2026-05-25T00:00:00","65"\n"2026-05-26T00:00:00","7"\n'
    read = written(tmp_path, text, "utf-16")
    assert read.profile == "meta_daily"
    assert read.frame[metric].tolist() == [65, 7]
    assert set(read.frame["channel"]) == {channel}


def test_a_daily_file_of_an_unknown_metric_is_listed_and_not_guessed(tmp_path: Path) -> None:
    read = written(
        tmp_path, 'sep=,\n"Something new"\n"Date","Primary"\n"2026-05-25T00:00:00","65"\n', "utf-16"
    )
    assert "Primary" in read.unmapped
    assert not {"reach", "views", "new_followers"} & set(read.frame)


def test_french_facebook_posts(tmp_path: Path) -> None:
    read = written(
        tmp_path,
        "Identifiant de la publication,ID de la Page,Nom de la Page,Titre,Heure de publication,"
        "Permalien,Type de publication,Vues,Couverture,"
        '"Réactions, commentaires et partages",Réactions,Commentaires,Partages,Total des clics,'
        "Clics sur un lien,Couverture de Publications organiques\n"
        "900000000000000001,100000000000001,Acme,Bonjour,01/16/2026 09:30,"
        "https://www.facebook.com/1,Photos,80,50,7,4,1,2,9,3,45\n",
    )
    assert (read.profile, read.unmapped) == ("meta_facebook_posts", ())
    (record,) = records(read.frame)
    expected = {"views": 80, "reach": 50, "likes": 4, "shares": 2, "link_clicks": 3, "clicks": 9}
    assert {name: record[name] for name in expected} == expected
    assert record["published_at"] == "2026-01-16T09:30:00"


def test_instagram_stories(tmp_path: Path) -> None:
    read = written(
        tmp_path,
        "Post ID,Account ID,Account username,Publish time,Post type,Views,Reach,Likes,Replies,"
        "Profile visits,Link clicks,Follows,Navigation,Sticker taps\n"
        "17900000000000001,17800000000000001,acme,05/26/2026 10:23,IG story,90,80,5,2,3,4,1,70,6\n",
    )
    assert (read.profile, read.unmapped) == ("meta_instagram_posts", ())
    assert read.frame[["comments", "profile_visits", "link_clicks"]].iloc[0].tolist() == [2, 3, 4]
