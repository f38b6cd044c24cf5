"""An invented café and its monthly report, in English and French."""

from __future__ import annotations

from datetime import date

import pytest

from tracksheet.core.report import (
    Card,
    CellRef,
    Change,
    Chart,
    Column,
    Comment,
    Comments,
    Overview,
    Passage,
    Report,
    ReportTable,
    Statement,
    Tab,
)

MONTHS = [date(2026, month, 1) for month in range(4, 10)]
REACH = (812_400, 934_120, 1_002_350, 1_090_800, 1_081_417, 1_211_188)
RATES = (0.0231, 0.0228, 0.0244, 0.0239, 0.0246, 0.0250)
SPEND = (420.0, 515.5, 480.25, None, 610.4, 655.9)

PERIODS = ReportTable(
    "kpi_periods",
    "By month",
    (
        Column("month", "Month", "date"),
        Column("reach", "Reach", "count"),
        Column("rate", "Engagement rate", "ratio"),
        Column("spend", "Spend", "currency", currency="EUR"),
        Column("reach_change", "Reach vs previous month", "change", good="higher"),
        Column("rate_change", "Rate vs previous month", "points", good="higher"),
    ),
    tuple(
        (month, reach, rate, spend, None if not at else reach / REACH[at - 1] - 1, 0.04)
        for at, (month, reach, rate, spend) in enumerate(
            zip(MONTHS, REACH, RATES, SPEND, strict=True)
        )
    ),
)
CHANNELS = ReportTable(
    "kpi_channels",
    "By channel",
    (
        Column("channel", "Channel"),
        Column("reach", "Reach", "count"),
        Column("rate", "Engagement rate", "ratio"),
        Column("cpc", "Cost per click vs previous month", "change", good="lower"),
        Column("status", "Target", tones={"on track": "good", "off track": "bad"}),
    ),
    (
        ("Instagram", 611_203, 0.0312, 0.062, "on track"),
        ("Facebook", 402_110, 0.0098, -0.121, "off track"),
        ("LinkedIn", 121_500, 0.0277, 0.0001, "no data"),
        ("TikTok", 76_375, None, None, ""),
    ),
)
DATA = ReportTable(
    "Data",
    "",
    (Column("date", "date", "date"), Column("kpi", "kpi"), Column("value", "value", "number")),
    tuple((month, "reach", float(reach)) for month, reach in zip(MONTHS, REACH, strict=True)),
)
LAST = len(MONTHS) - 1


def best_posts(lang: str) -> ReportTable:
    """Three posts with a long text, a link and figures."""
    french = lang == "fr"
    return ReportTable(
        "best_posts",
        "Meilleures publications" if french else "Best posts",
        (
            Column("published", "Date", "date"),
            Column("channel", "Canal" if french else "Channel"),
            Column("text", "Publication" if french else "Post"),
            Column("reach", "Couverture" if french else "Reach", "count"),
            Column("rate", "Taux d’engagement" if french else "Engagement rate", "ratio"),
            Column("link", "Lien" if french else "Link", "url"),
        ),
        (
            (
                date(2026, 9, 12), "Instagram",
                "=The first pumpkin loaves are out of the oven 🎃\nCome before ten, they never "
                "last, and bring somebody who has not tried the new filter coffee yet",
                84_210, 0.0641, "https://www.instagram.com/p/C1aBcDeFgHi/",
            ),
            (
                date(2026, 9, 3), "Facebook", "Live music on Friday night", 41_077, 0.0388,
                "https://www.facebook.com/events/1234567890123456",
            ),
            (date(2026, 9, 21), "LinkedIn", "We hire a pastry chef", 12_904, None, "no link"),
        ),
    )  # fmt: skip


def cards(lang: str) -> tuple[Card, ...]:
    """Eight figures: up and down, good and bad, with and without target, trend and comparison."""
    fr = lang == "fr"
    previous, year = ("vs août 2026", "vs sept. 2025") if fr else ("vs 2026-08", "vs 2025-09")
    on_track, at_risk, off_track = (
        ("en bonne voie", "à risque", "hors objectif")
        if fr
        else ("on track", "at risk", "off track")
    )

    def ref(column: str) -> CellRef:
        return CellRef("kpi_periods", LAST, column)

    return (
        Card(
            "Couverture" if fr else "Reach", 1_211_188, "count", changes=(
                Change(previous, 0.12, "change", "good"), Change(year, 0.318, "change", "good"),
            ), status=on_track, tone="good", trend=REACH, source=ref("reach"),
        ),
        Card(
            "Taux d’engagement" if fr else "Engagement rate", 0.025, "ratio",
            note="par publication, sur la couverture" if fr else "per post, by reach", changes=(
                Change(previous, 0.04, "points", "good"), Change(year, -0.2, "points", "bad"),
            ), status=at_risk, tone="warn", trend=RATES, source=ref("rate"),
        ),
        Card(
            "Dépenses publicitaires" if fr else "Ad spend", 655.9, "currency", "EUR", changes=(
                Change(previous, 0.0745, "change"), Change(year, None, "change"),
            ), trend=SPEND, source=ref("spend"),
        ),
        Card(
            "Coût par clic" if fr else "Cost per click", 0.48, "currency", "EUR",
            note="toutes campagnes" if fr else "all campaigns", changes=(
                Change(previous, 0.09, "change", "bad"), Change(year, -0.031, "change", "good"),
            ), status=off_track, tone="bad", trend=(0.41, 0.43, 0.40, None, 0.44, 0.48),
        ),
        Card(
            "Abonnés" if fr else "Followers", 24_318, "count", changes=(
                Change(previous, 0.0142, "change", "good"), Change(year, 0.221, "change", "good"),
            ), trend=(22_100, 22_480, 22_950, 23_400, 23_977, 24_318),
        ),
        Card(
            "Visites du site" if fr else "Website visits", 8_214, "count",
            note="depuis les réseaux sociaux" if fr else "from social media", changes=(
                Change(previous, -0.054, "change", "bad"), Change(year, 0.11, "change", "good"),
            ), status=at_risk, tone="warn", trend=(7_400, 7_950, 8_210, 9_040, 8_683, 8_214),
        ),
        Card(
            "Réservations" if fr else "Bookings", 186, "count", changes=(
                Change(previous, 0.0, "change"), Change(year, 0.42, "change", "good"),
            ), status=on_track, tone="good", trend=(120, 133, 151, 170, 186, 186),
        ),
        Card(
            "Temps de réponse" if fr else "Response time", None, "hours",
            note="médian, en messagerie" if fr else "median, in messages",
            changes=(Change(previous, None, "change"),), trend=(None, 2.0, None, None, None, None),
        ),
    )  # fmt: skip


def cafe(lang: str) -> Report:
    """The report of a month."""
    return in_french() if lang == "fr" else in_english()


def in_english() -> Report:
    def statement(text: str, *columns: str, tone: str = "neutral") -> Statement:
        refs = tuple(CellRef("kpi_periods", LAST, column) for column in columns)
        return Statement(text, refs, tone)  # type: ignore[arg-type]

    overview = Overview(
        "Overview",
        "Café des Tilleuls",
        ("September 2026", "Amounts in EUR", "Compared with August 2026 and September 2025"),
        "Not settled yet: Instagram and TikTok still restate September until 14 October.",
        cards("en"),
        Passage("What happened", (
            statement("Reach rose by 12.0% to 1,211,188, the best month of the year so far.",
                      "reach", "reach_change", tone="good"),
            statement("The engagement rate per post stood at 2.50%, 0.04 points above August, "
                      "and 0.2 points under September 2025.", "rate", "rate_change"),
            statement("Instagram brought 50% of the reach, Facebook 33%.", "reach"),
            statement("A click cost 0.48 EUR, 9.0% more than in August.", "spend", tone="bad"),
            statement("Two of five targets are on track; bookings lead.", tone="warn"),
        )),
        Comments("In our words", "Next step", (
            Comment("Instagram", "The short clips from the bakehouse carried the month: people "
                    "save them and send them on. We filmed six in one morning.",
                    "Film the Christmas menu on 12 October."),
            Comment("Ads", "Clicks got dearer because a large chain bid on the same audiences in "
                    "the second half of the month. We paused the two weakest ad sets on the 24th.",
                    "Try narrower audiences around the two cafés."),
            Comment("", "=Thank you for the quick replies to comments!", ""),
        )),
        (
            Chart("line", "Reach by month", "kpi_periods", "month", ("reach",)),
            Chart("bar", "Engagement rate by channel", "kpi_channels", "channel", ("rate",)),
        ),
        (best_posts("en"),),
        Passage("What needs a hand", (
            statement("LinkedIn: no export for June. Export it again and put it beside the others.",
                      tone="warn"),
            statement("The target for cost per click has no owner.", tone="bad"),
        )),
    )  # fmt: skip
    comments = Comments("In our words", "Next step", (
        Comment("Instagram", "Short clips did it.", "Film more of them."),
    ))  # fmt: skip
    tabs = (
        Tab("Channels", "By channel", ("All channels.",), (CHANNELS,), (), comments),
        Tab("Months", "By month", (), (PERIODS,)),
        Tab("Data", "", (), (DATA,)),
    )
    return Report("Café des Tilleuls – September 2026", "en", tabs, overview)


def in_french() -> Report:
    report = in_english()
    assert report.overview is not None
    source = (CellRef("kpi_periods", LAST, "reach"),)
    overview = Overview(
        "Synthèse",
        "Café des Tilleuls",
        ("Septembre 2026", "Montants en EUR", "Comparé à août 2026 et à septembre 2025"),
        "Pas encore définitif : Instagram et TikTok corrigent septembre jusqu’au 14 octobre.",
        cards("fr"),
        Passage("Ce qui s’est passé", (
            Statement("La couverture a progressé de 12,0\xa0% pour atteindre 1\xa0211\xa0188, le "
                      "meilleur mois de l’année.", source, "good"),
            Statement("Le taux d’engagement par publication s’établit à 2,50\xa0%, soit 0,04 point "
                      "de plus qu’en août.", source),
        )),
        Comments("Nos commentaires", "Prochaine étape", (
            Comment("Instagram", "Les vidéos courtes tournées au fournil ont porté le mois.",
                    "Filmer la carte de Noël le 12 octobre."),
        )),
        report.overview.charts,
        (best_posts("fr"),),
        Passage("À faire", (Statement("L’export LinkedIn de juin manque.", (), "warn"),)),
    )  # fmt: skip
    return Report("Café des Tilleuls – septembre 2026", "fr", report.tabs, overview)


@pytest.fixture(scope="session")
def english() -> Report:
    return cafe("en")


@pytest.fixture(scope="session", params=["en", "fr"])
def report(request: pytest.FixtureRequest) -> Report:
    return cafe(request.param)
