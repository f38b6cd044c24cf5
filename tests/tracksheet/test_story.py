"""The sentences of the Overview: what they say of figures made by hand, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracksheet.core.catalogue import catalogue
from tracksheet.core.dataset import Dataset
from tracksheet.core.overall import ALL
from tracksheet.core.restated import RESTATED
from tracksheet.core.targets import Judged, Status, Target
from tracksheet.tabs import wording
from tracksheet.tabs.lookup import Figure, Figures
from tracksheet.tabs.material import Material
from tracksheet.tabs.movements import movement
from tracksheet.tabs.standings import standing
from tracksheet.tabs.story import MOST, story

JULY, AUGUST, SEPTEMBER = (date(2026, month, 1) for month in (7, 8, 9))
LATER = datetime(2026, 12, 1)
HEADLINE = (
    "interactions", "views", "followers", "engagement_rate_views", "conversions", "leads",
    "spend", "cpa",
)  # fmt: skip

Row = Mapping[str, object]


class Few(Material):
    """A material with the KPIs that these tests are about: a tenth of the work."""

    @cached_property
    def kpis(self) -> tuple[str, ...]:
        return (*HEADLINE, "likes")


def row(channel: str, start: date, /, **figures: object) -> Row:
    """One row that tells of a whole month."""
    last = pd.Timestamp(start) + pd.offsets.MonthEnd(0)
    kept = {"date": pd.Timestamp(start), "date_end": last, "grain": "total"}
    return {**kept, "channel": channel, "account_id": "a", "file": "f", "table": "t", **figures}


def dataset(*rows: Row) -> Dataset:
    return Dataset(
        pd.DataFrame(list(rows)),
        pd.DataFrame({"table": pd.Series(dtype="str")}),
        (),
        (),
        made=LATER,
    )


def material(
    *rows: Row, lang: str = "en", period: str = "month", judged: tuple[Judged, ...] = ()
) -> Material:
    return Few(dataset(*rows), lang, "Report", period, HEADLINE, judged=judged)


def told(*rows: Row, lang: str = "en", period: str = "month") -> list[str]:
    passage = story(Figures(material(*rows, lang=lang, period=period)))
    return [one.text.replace("\u00a0", " ") for one in passage.statements]


MONTHS = (
    row("instagram", AUGUST, likes=1000, views=20000, followers=5000),
    row("facebook", AUGUST, likes=500, views=10000, followers=2000),
    row("meta_ads", AUGUST, spend=500.0, conversions=20, currency="EUR"),
    row("instagram", SEPTEMBER, likes=1300, views=20000, followers=5600),
    row("facebook", SEPTEMBER, likes=530, views=10000, followers=2000),
    row("meta_ads", SEPTEMBER, spend=600.0, conversions=30, currency="EUR"),
)  # fmt: skip


# 1830/1500 = 1.22; 330 more, 300 of them on Instagram. 30000 views both times, 20000 of them on
# Instagram. 7600/7000 = 1.0857. Rate by views 1830/30000 = 6.1 % after 5.0 %; Instagram
# 1300/20000 = 6.5 %. 600/500 = 1.2; CPA 20 after 25.
def test_what_moved_and_where() -> None:
    assert told(*MONTHS) == [
        "Compared with August 2026, interactions rose by 22% to 1,830, mostly on Instagram (+300).",
        "Views held steady at 30,000, 67% of which on Instagram.",
        "The community grew by 600 followers to 7,600 (+8.6%), mostly on Instagram (+600).",
        "The engagement rate by views rose by 1.1 points to 6.1%; Instagram leads with 6.5%.",
        "Conversions rose by 50% to 30.",
        "Ad spend rose by 20% to €600; the cost per acquisition fell by 20% to €20.00.",
    ]


def test_the_same_in_french() -> None:
    assert told(*MONTHS, lang="fr") == [
        "Par rapport à août 2026, les interactions ont augmenté de 22 %, à 1 830, surtout sur "
        "Instagram (+300).",
        "Les vues restent stables, à 30 000, dont 67 % sur Instagram.",
        "La communauté a gagné 600 abonnés et en compte 7 600 (+8,6 %), surtout sur Instagram "
        "(+600).",
        "Le taux d’engagement par vues a augmenté de 1,1 point, à 6,1 % ; Instagram est en tête "
        "avec 6,5 %.",
        "Les conversions ont augmenté de 50 %, à 30.",
        "Les dépenses publicitaires ont augmenté de 20 %, à 600 € ; le coût par acquisition a "
        "baissé de 20 %, à 20,00 €.",
    ]


def test_a_first_report_compares_nothing() -> None:
    assert told(row("instagram", SEPTEMBER, likes=71), row("tiktok", SEPTEMBER, likes=29)) == [
        "Interactions came to 100, 71% of which on Instagram."
    ]


def test_channels_that_pull_against_each_other_are_both_named() -> None:
    assert told(
        row("instagram", AUGUST, likes=1000), row("tiktok", AUGUST, likes=1000),
        row("instagram", SEPTEMBER, likes=1400), row("tiktok", SEPTEMBER, likes=601),
    ) == [
        "Compared with August 2026, interactions held steady at 2,001: Instagram +400, TikTok −399."
    ]  # fmt: skip


def test_no_channel_is_named_that_explains_less_than_half() -> None:
    channels = ("instagram", "tiktok", "facebook")
    assert told(
        *(row(name, AUGUST, likes=100) for name in channels),
        *(row(name, SEPTEMBER, likes=110) for name in channels),
    ) == ["Compared with August 2026, interactions rose by 10% to 330."]


@pytest.mark.parametrize(
    ("before", "now", "sentence"),
    [
        (0, 50, "Interactions came to 50."),  # from nothing there is no change
        (3, 9, "Compared with August 2026, interactions went from 3 to 9."),
        (1000, 1004, "Compared with August 2026, interactions held steady at 1,004."),
        (1000, 1006, "Compared with August 2026, interactions rose by 0.6% to 1,006."),
        (1000, 400, "Compared with August 2026, interactions fell by 60% to 400."),
    ],
)
def test_a_change_is_told_by_its_size(before: int, now: int, sentence: str) -> None:
    assert told(row("x", AUGUST, likes=before), row("x", SEPTEMBER, likes=now)) == [sentence]


def test_a_record_needs_six_months() -> None:
    months = [date(2026, month, 1) for month in range(4, 10)]
    rows = [row("x", month, likes=100 + 10 * n) for n, month in enumerate(months)]
    record = "Compared with August 2026, interactions rose by 7.1% to 150, the highest in 6 months."
    assert told(*rows) == [record]
    assert told(*rows[1:]) == [record.replace(", the highest in 6 months", "")]


def test_the_same_month_last_year_stands_beside() -> None:
    assert told(
        row("x", date(2025, 9, 1), likes=100),
        row("x", AUGUST, likes=100),
        row("x", SEPTEMBER, likes=130),
    ) == ["Compared with August 2026, interactions rose by 30% to 130 (+30% on September 2025)."]


def test_a_channel_that_is_missing_is_said_and_nothing_compared() -> None:
    assert told(
        row("instagram", AUGUST, likes=100), row("linkedin", AUGUST, likes=50),
        row("instagram", SEPTEMBER, likes=120),
    ) == ["Interactions came to 120 (without LinkedIn)."]  # fmt: skip


def daily(channel: str, start: date, days: int, likes: int) -> list[Row]:
    """One row a day."""
    month = row(channel, start, likes=likes)
    return [
        {
            **month,
            "grain": "day",
            "date": pd.Timestamp(start) + pd.Timedelta(days=day),
            "date_end": pd.NaT,
        }
        for day in range(days)
    ]


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (
            29,
            "Compared with August 2026, interactions fell by 6.5% to 290 (Instagram only in part).",
        ),
        (12, "Interactions came to 120 (Instagram only in part)."),  # not a fall by 61 %
    ],
)
def test_a_period_known_in_part_says_so(days: int, sentence: str) -> None:
    rows = [*daily("instagram", AUGUST, 31, 10), *daily("instagram", SEPTEMBER, days, 10)]
    assert told(*rows) == [sentence]


def test_a_period_that_is_not_over_is_not_compared() -> None:
    rows = [*daily("instagram", AUGUST, 31, 10), *daily("instagram", SEPTEMBER, 12, 10)]
    found = dataset(*rows)
    early = Dataset(found.rows, found.totals, (), (), made=datetime(2026, 9, 13))
    about = Few(early, "en", "", "month", HEADLINE, about=SEPTEMBER)
    assert [one.text for one in story(Figures(about)).statements] == ["Interactions came to 120."]


def test_weeks_and_the_whole_range() -> None:
    rows = [*daily("x", date(2026, 8, 24), 7, 10), *daily("x", date(2026, 8, 31), 7, 20)]
    assert told(*rows, period="week", lang="fr") == [
        "Par rapport à la semaine 35 de 2026, les interactions ont augmenté de 100 %, à 140."
    ]
    assert told(*rows, period="range") == ["Interactions came to 210."]


def test_what_a_platform_restated_in_the_month_before() -> None:
    changes = [
        ("x", "a", "day", pd.Timestamp(2026, 8, 3), pd.NaT, "likes", 10.0, 30.0, "f"),
        ("x", "a", "day", pd.Timestamp(2026, 8, 4), pd.NaT, "likes", 10.0, 20.0, "f"),
        ("x", "a", "post", pd.Timestamp(2026, 8, 4), pd.NaT, "likes", 10.0, 11.0, "f"),
        ("x", "a", "day", pd.Timestamp(2026, 8, 4), pd.NaT, "reach", 10.0, 99.0, "f"),
    ]
    found = dataset(row("x", AUGUST, likes=1000), row("x", SEPTEMBER, likes=1000))
    restated = pd.DataFrame(changes, columns=list(RESTATED))
    changed = Dataset(found.rows, found.totals, (), (), restated=restated, made=LATER)
    passage = story(Figures(Few(changed, "fr", "", "month", HEADLINE)))
    assert passage.statements[-1].text.replace("\u00a0", " ") == (
        "Depuis le dernier rapport, X a modifié ses chiffres d’août 2026 : J’aime et réactions +30."
    )


def test_no_more_than_six_sentences_and_no_kpi_twice() -> None:
    names = ("likes", "views", "link_clicks", "leads", "conversions")
    everything: Row = dict.fromkeys(names, 100)
    rows = [
        row("instagram", AUGUST, **everything, followers=100, sessions=90, impressions=10),
        row("instagram", SEPTEMBER, **everything, followers=900, sessions=20, impressions=90),
        row("meta_ads", AUGUST, spend=5.0, conversions=3),
        row("meta_ads", SEPTEMBER, spend=9.0, conversions=9),
    ]
    sentences = told(*rows)
    assert len(sentences) <= MOST
    assert len({sentence.split()[0] for sentence in sentences}) == len(sentences)


def judged(kpi: str, status: Status, actual: float, due: float, pace: float) -> Judged:
    target = Target(kpi, 100, start=SEPTEMBER, end=date(2026, 12, 31), channel="meta_ads")
    as_of = date(2026, 9, 30)
    return Judged(target, status, as_of=as_of, actual=actual, expected=due, pace=pace)


GOOD = judged("conversions", "on_track", 30, 25, 1.2)
LATE = judged("leads", "off_track", 18, 25, 0.72)
LATER_STILL = judged("website_clicks", "off_track", 5, 25, 0.2)
RISKY = judged("followers", "at_risk", 23, 25, 0.92)


@pytest.mark.parametrize(
    ("targets", "sentence"),
    [
        ((GOOD, GOOD), "all 2 targets are met or on track"),
        (
            (GOOD, GOOD, LATE, RISKY),
            "2 of 4 targets are met or on track; furthest off: Leads (Meta Ads), "
            "18 instead of 25 by now",
        ),
        (
            (GOOD, RISKY, LATE, LATER_STILL),
            "1 of 4 targets is met or on track; furthest off: Link clicks (Meta Ads), "
            "5 instead of 25 by now",
        ),
        (
            (RISKY, LATE),
            "none of the 2 targets is met or on track; furthest off: Leads (Meta Ads), "
            "18 instead of 25 by now",
        ),
    ],
)
def test_how_targets_stand(targets: tuple[Judged, ...], sentence: str) -> None:
    found = standing(Figures(material(row("x", SEPTEMBER, likes=1), judged=targets)))
    assert found is not None
    assert found.text == sentence


def test_targets_of_another_time_are_not_counted() -> None:
    past = Judged(Target("leads", 10, end=date(2026, 6, 30)), "off_track", actual=1.0)
    assert standing(Figures(material(row("x", SEPTEMBER, likes=1), judged=(past,)))) is None


@pytest.fixture(scope="module")
def figures() -> Figures:
    return Figures(material(row("x", SEPTEMBER, likes=1)))


@settings(deadline=None)
@given(now=st.integers(1, 10**9), before=st.integers(1, 10**9))
def test_a_sentence_never_contradicts_its_numbers(now: int, before: int, figures: Figures) -> None:
    by = now / before - 1
    figure = Figure(
        catalogue().kpis["interactions"], ALL, now, {"previous": before}, {"previous": by}, "", None
    )
    text = movement(figure, figures).text
    assert ("rose" in text) <= (now > before)
    assert ("fell" in text) <= (now < before)
    assert "by 0" not in text.replace("by 0.", "")
    assert figure.written("en") in text


@pytest.mark.parametrize("lang", ["en", "fr"])
@settings(deadline=None)
@given(value=st.floats(-1e12, 1e12))
@pytest.mark.parametrize("unit", ["count", "ratio", "currency", "number", "seconds"])
def test_every_number_can_be_written(value: float, unit: str, lang: str) -> None:
    text = wording.amount(value, unit, lang, "EUR")
    assert any(sign.isdigit() for sign in text)
    assert "\u202f" not in text
