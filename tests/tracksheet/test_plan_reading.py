"""What people typed in the plan, read from grids of cells: nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracksheet.core.brands import AccountEntry
from tracksheet.core.catalogue import catalogue
from tracksheet.core.exports.source import Cell, Grid
from tracksheet.core.posts.content import ContentRule
from tracksheet.core.targets import Target
from tracksheet.plan import Competitor, Note, People, Placement, read_people
from tracksheet.plan.cells import NOT_COMPUTED, CellError, Percent, flag
from tracksheet.plan.days import day, period_start
from tracksheet.plan.headings import words_of
from tracksheet.plan.known import SECTIONS, currency, kpi, time_zone
from tracksheet.plan.reading import sheet_exports
from tracksheet.plan.tabs import LANGS, LISTS, READ_ME, TABS

FILE = "plan.xlsx"
SEPTEMBER = date(2026, 9, 1)


def grid(sheet: str, *rows: Sequence[Cell]) -> Grid:
    width = max(map(len, rows), default=0)
    padded: list[list[Cell]] = [[*row, *[""] * (width - len(row))] for row in rows]
    return Grid(sheet, padded, range(1, len(padded) + 1))


def people(*grids: Grid) -> People:
    return read_people(grids, file=FILE)[0]


def told(found: People) -> list[tuple[str, str]]:
    """Severity and text of each finding, without the name of the file."""
    return [(one.severity, str(one).removeprefix(f"{FILE}, ")) for one in found.findings]


TARGETS = ["KPI", "Channel", "Campaign", "Brand", "Start", "End", "Target", "Owner", "Note"]
OBJECTIFS = ["KPI", "Canal", "Campagne", "Marque", "Début", "Fin", "Cible", "Responsable", "Note"]
END, OWNER = date(2026, 12, 31), "Kim"


def targets(*rows: Sequence[Cell], sheet: str = "Targets") -> People:
    return people(grid(sheet, TARGETS if sheet == "Targets" else OBJECTIFS, *rows))


def one_target(kpi_name: Cell, figure: Cell) -> People:
    return targets([kpi_name, "", "", "", "", END, figure, OWNER, ""])


# ---------------------------------------------------------------------------------- figures

FIGURES: list[tuple[str, Cell, float]] = [
    ("new_followers", 600, 600),
    ("new_followers", 600.0, 600),
    ("new_followers", "600", 600),
    ("new_followers", "1 200", 1200),
    ("new_followers", "1\u202f200", 1200),
    ("new_followers", "1,200", 1200),
    ("new_followers", "1.200", 1200),
    ("new_followers", "12 k", 12_000),
    ("new_followers", "1,5 k", 1500),
    ("spend", "1 200,50", 1200.5),
    ("spend", "1,200.50", 1200.5),
    ("spend", "1 500 €", 1500),
    ("spend", "EUR 1500", 1500),
    ("spend", 1500, 1500),
    ("engagement_rate", "3 %", 0.03),
    ("engagement_rate", "3,5 %", 0.035),
    ("engagement_rate", "3.5%", 0.035),
    ("engagement_rate", 0.03, 0.03),
    ("engagement_rate", "0.03", 0.03),
    ("engagement_rate", "0,03", 0.03),
    ("engagement_rate", Percent(0.03), 0.03),
    ("roi", Percent(3.0), 3.0),
    ("roi", "300 %", 3.0),
    ("roi", Percent(-0.1), -0.1),
    ("follower_growth_rate", 0, 0.0),
    ("lost_followers", 0, 0.0),
    ("roas", 4.2, 4.2),
    ("roas", "4,2", 4.2),
    ("avg_response_time", 7200, 7200),
    ("avg_response_time", "2 h", 7200),
    ("avg_response_time", "90 min", 5400),
    ("watch_time_hours", "90 min", 1.5),
    ("nps", -5, -5),
]


@pytest.mark.parametrize(("kpi_name", "typed", "value"), FIGURES)
def test_a_figure_is_read_in_the_unit_of_its_kpi(kpi_name: str, typed: Cell, value: float) -> None:
    found = one_target(kpi_name, typed)
    assert [one.target for one in found.targets] == [pytest.approx(value)]
    assert told(found) == []


REFUSED: list[tuple[str, Cell, str]] = [
    ("engagement_rate", 3, "3 could be 3 % or 300 %, because engagement_rate is a rate: write "
     "3 % or 0.03"),
    ("engagement_rate", "3,5", "'3,5' could be 3.5 % or 350 %, because engagement_rate is a rate: "
     "write 3.5 % or 0.035"),
    ("engagement_rate", 1, "1 could be 1 % or 100 %, because engagement_rate is a rate: write 1 % "
     "or 0.01"),
    ("new_followers", "lots", "'lots' is not a number"),
    ("new_followers", "500-600", "'500-600' is a range, not a number"),
    ("new_followers", ">600", "'>600' is a bound (less or more than), not a number"),
    ("new_followers", -5, "-5 is below zero, which new_followers never is: write what to reach"),
    ("new_followers", 0, "0 is reached by doing nothing: write what to reach"),
    ("new_followers", "5 %", "'5 %' is a percentage, and new_followers is none: write the number"),
    ("new_followers", "5 €", "'5 €' is an amount, and new_followers counts no money: write a "
     "number"),
    ("new_followers", Percent(6.0), "600 % is a percentage, and new_followers is none: write the "
     "number"),
    ("spend", "1,200", "'1,200' could be thousands or decimals: write it without a separator, "
     "such as 1200 or 1.25"),
    ("new_followers", END, "2026-12-31 is not a number"),
    ("new_followers", True, "True is not a number"),
]  # fmt: skip


@pytest.mark.parametrize(("kpi_name", "typed", "why"), REFUSED)
def test_a_figure_that_could_be_wrong_is_refused(kpi_name: str, typed: Cell, why: str) -> None:
    found = one_target(kpi_name, typed)
    assert found.targets == ()
    assert told(found) == [("error", f"Targets, row 2: Target: {why}. The row is left out")]


@pytest.mark.parametrize("nothing", ["", "-", "n/a", None, float("nan")])
def test_a_target_without_a_figure_is_left_out(nothing: Cell) -> None:
    found = one_target("spend", nothing)
    assert found.targets == ()
    assert told(found) == [
        (
            "error",
            "Targets, row 2: no number to reach: fill in Target. The row is left out",
        )
    ]


# ---------------------------------------------------------------------------------- targets


@pytest.mark.parametrize("wanted", catalogue().kpis.values(), ids=lambda one: one.id)
def test_a_kpi_is_known_by_each_of_its_names(wanted: object) -> None:
    by_id = catalogue().kpis[getattr(wanted, "id", "")]
    for name in (by_id.id, by_id.excel, by_id.en, by_id.fr, f" {by_id.fr.upper()} "):
        assert kpi(name) is by_id


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("Click-through rate", "ctr"),
        ("taux de clics", "ctr"),
        ("Taux d'engagement par abonnés", "engagement_rate"),
        ("CONVERSION_RATE", "conversion_rate"),
        ("conversion rate", "conversion_rate"),
    ],
)
def test_the_brackets_of_a_name_may_be_left_out(typed: str, id: str) -> None:
    assert kpi(typed).id == id


def test_a_name_of_several_kpis_is_asked_for() -> None:
    with pytest.raises(CellError) as caught:
        kpi("taux d'engagement")
    assert str(caught.value) == (
        '"taux d\'engagement" could be engagement_rate or engagement_rate_dash: write the one you '
        "mean"
    )


def test_an_unknown_kpi_is_told_with_the_nearest() -> None:
    found = targets(["engagment_rate", "", "", "", "", END, 0.03, OWNER])
    assert told(found) == [
        (
            "error",
            "Targets, row 2: KPI: unknown KPI 'engagment_rate'. Did you mean 'engagement_rate'? "
            "The row is left out",
        )
    ]


def test_a_whole_target() -> None:
    found = targets(
        [
            "new_followers",
            "Instagram",
            "summer",
            "Acme",
            date(2026, 7, 1),
            END,
            600,
            " Kim ",
            "a\nb",
        ]
    )
    assert found.targets == (
        Target("new_followers", 600, "instagram", "summer", "Acme", date(2026, 7, 1), END, "Kim",
               "a\nb", "plan.xlsx, Targets, row 2"),
    )  # fmt: skip
    assert told(found) == []


def test_bad_rows_never_stop_the_others() -> None:
    found = targets(
        ["spend", "", "", "", END, date(2026, 1, 1), 5, OWNER],
        ["", "", "", "", "", END, 5, OWNER],
        ["spend", "a, b", "", "", "", END, 5, OWNER],
        ["spend", "", "", "", "soon", END, 5, OWNER],
        ["spend", "", "", "", "", END, 5, OWNER],
    )
    assert [one.where for one in found.targets] == ["plan.xlsx, Targets, row 6"]
    assert told(found) == [
        ("error", "Targets, row 2: the target starts on 2026-12-31 after its end on 2026-01-01: "
         "correct one of them. The row is left out"),
        ("error", "Targets, row 3: no KPI: choose one under KPI. The row is left out"),
        ("error", "Targets, row 4: Channel: 'a, b' is no channel: write one, such as instagram, "
         "or leave it empty. The row is left out"),
        ("error", "Targets, row 5: Start: 'soon' is not a date in a known form: write it as "
         "2026-09-01. The row is left out"),
    ]  # fmt: skip


def test_what_makes_a_target_hard_to_judge_is_told() -> None:
    found = targets(["spend", "", "", "", "", "", 5, ""])
    assert len(found.targets) == 1
    assert told(found) == [
        ("warning", "Targets, row 2: no deadline, so the target cannot be judged: fill in End"),
        ("warning", "Targets, row 2: nobody answers for this target: fill in Owner"),
    ]


def test_two_targets_for_the_same_are_told() -> None:
    row: list[Cell] = ["spend", "", "Summer", "", "", END, 5, OWNER]
    found = targets(row, ["spend", "", "summer", "", "", END, 7, "Max"])
    assert len(found.targets) == 2
    assert told(found) == [
        ("warning", "Targets, row 3: row 2 sets a target for the same KPI and days too: delete "
         "one of the two")
    ]  # fmt: skip


CHANNELS = [
    ("instagram", "instagram", ""), ("Instagram", "instagram", ""), ("Meta Ads", "meta_ads", ""),
    ("meta-ads", "meta_ads", ""), ("Site web (GA4)", "web", ""), ("GA4", "web", ""),
    ("Website (GA4)", "web", ""), ("Google Analytics 4", "web", ""), ("E-mail", "email", ""),
    ("Mailchimp", "email", ""), ("Twitter", "x", ""), ("fb", "facebook", ""), ("", "", ""),
    ("Instagrm", "Instagrm", "'Instagrm' is no channel of the Lists tab, and kept as it is. Did "
     "you mean 'instagram'?"),
    ("Threads", "Threads", "'Threads' is no channel of the Lists tab, and kept as it is."),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "channel", "remark"), CHANNELS)
def test_a_channel_is_known_in_both_languages(typed: str, channel: str, remark: str) -> None:
    found = targets(["spend", typed, "", "", "", END, 5, OWNER])
    assert [one.channel for one in found.targets] == [channel]
    assert told(found) == ([("warning", f"Targets, row 2: Channel: {remark}")] if remark else [])


def test_a_channel_that_people_add_to_their_lists_is_known() -> None:
    lists = grid("Lists", ["", "Channel", "Name"], ["", "threads", "Threads by Meta"])
    rows = grid("Targets", TARGETS, ["spend", "Threads by meta", "", "", "", END, 5, OWNER])
    found = people(lists, rows)
    assert [one.channel for one in found.targets] == ["threads"]
    assert told(found) == []


def test_a_brand_is_spelt_as_in_the_accounts() -> None:
    accounts = grid("Accounts", ["Brand", "Channel"], ["Café Acme", "x"], ["CAFÉ ACME", "tiktok"])
    rows = [["spend", "", "", brand, "", END, 5, OWNER] for brand in ("café  acme", "Cafe Acme")]
    found = people(accounts, grid("Targets", TARGETS, *rows))
    assert [one.brand for one in found.accounts] == ["Café Acme", "Café Acme"]
    assert [one.brand for one in found.targets] == ["Café Acme", "Cafe Acme"]
    assert told(found) == [
        ("warning", "Targets, row 3: Brand: 'Cafe Acme' is no brand of the Accounts tab. Did you "
         "mean 'Café Acme'?")
    ]  # fmt: skip


def test_an_amount_in_another_currency_than_the_accounts_is_told() -> None:
    accounts = grid("Accounts", ["Channel", "Currency"], ["x", "EUR"])
    rows: list[list[Cell]] = [
        ["spend", "", typed, "", "", END, typed, OWNER] for typed in ("5 €", "7 USD", 9)
    ]
    found = people(accounts, grid("Targets", TARGETS, *rows))
    assert [one.target for one in found.targets] == [5, 7, 9]
    assert told(found) == [
        ("warning", "Targets, row 3: Target: the amount is in USD, and amounts are never "
         "converted: the accounts are in EUR")
    ]  # fmt: skip


# ------------------------------------------------------------------------------------ dates

DAYS: list[tuple[Cell, bool | None, date]] = [
    (date(2026, 9, 1), None, SEPTEMBER),
    (datetime(2026, 9, 1, 10, 30), None, SEPTEMBER),
    (46266.0, None, SEPTEMBER),
    (20260901, None, SEPTEMBER),
    ("2026-09-01", None, SEPTEMBER),
    ("01/09/2026", True, SEPTEMBER),
    ("1/9/26", True, SEPTEMBER),
    ("25/09/2026", None, date(2026, 9, 25)),
    ("09/25/2026", None, date(2026, 9, 25)),
    ("09/09/2026", None, date(2026, 9, 9)),
    ("01.09.2026", None, SEPTEMBER),
    ("1 sept. 2026", None, SEPTEMBER),
    ("1er septembre 2026", None, SEPTEMBER),
    ("Sept 1, 2026", None, SEPTEMBER),
    ("September 1st, 2026", None, SEPTEMBER),
    ("mardi 1er septembre 2026", None, SEPTEMBER),
    ("1\u00a0septembre\u00a02026", None, SEPTEMBER),
]


@pytest.mark.parametrize(("typed", "day_first", "value"), DAYS)
def test_a_day(typed: Cell, day_first: bool | None, value: date) -> None:
    assert day(typed, day_first=day_first) == value


NO_DAYS: list[tuple[Cell, bool | None, str]] = [
    ("03/04/2026", None, "'03/04/2026' could be 2026-03-04 or 2026-04-03: write the one you mean "
     "in this way"),
    ("09/25/2026", True, "'09/25/2026' is no day that exists: write it as 2026-09-01"),
    ("31/09/2026", True, "'31/09/2026' is no day that exists: write it as 2026-09-01"),
    ("2026-09", None, "'2026-09' is a month: write the day too, as in 2026-09-01"),
    ("1 sept.", None, "'1 sept.' has no year: write it as 2026-09-01"),
    ("soon", None, "'soon' is not a date in a known form: write it as 2026-09-01"),
    (2026, None, "2026 is not a date: write it as 2026-09-01"),
    (True, None, "True is not a date: write it as 2026-09-01"),
    (time(10, 30), None, "10:30:00 is a time without a day: write it as 2026-09-01"),
    (date(1926, 9, 1), None, "1926-09-01 is in the year 1926: write it as 2026-09-01"),
    (20261301, None, "20261301 is not a date: write it as 2026-09-01"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "day_first", "why"), NO_DAYS)
def test_no_day(typed: Cell, day_first: bool | None, why: str) -> None:
    with pytest.raises(CellError) as caught:
        day(typed, day_first=day_first)
    assert str(caught.value) == why


PERIODS: list[tuple[Cell, date]] = [
    (date(2026, 9, 17), SEPTEMBER),
    ("2026-09-17", SEPTEMBER),
    ("09/2026", SEPTEMBER),
    ("9/2026", SEPTEMBER),
    ("2026-09", SEPTEMBER),
    ("septembre 2026", SEPTEMBER),
    ("Sept. 2026", SEPTEMBER),
    ("September 2026", SEPTEMBER),
    ("17 septembre 2026", SEPTEMBER),
    ("2026-W36", date(2026, 8, 31)),
    ("S36 2026", date(2026, 8, 31)),
    ("semaine 36, 2026", date(2026, 8, 31)),
    ("2026-T3", date(2026, 7, 1)),
    ("2026-Q3", date(2026, 7, 1)),
    ("Q3 2026", date(2026, 7, 1)),
    ("3e trimestre 2026", date(2026, 7, 1)),
    ("2026", date(2026, 1, 1)),
    (2026, date(2026, 1, 1)),
    (2026.0, date(2026, 1, 1)),
]


@pytest.mark.parametrize(("typed", "value"), PERIODS)
def test_a_period(typed: Cell, value: date) -> None:
    assert period_start(typed) == value


@pytest.mark.parametrize("typed", ["2026-W54", "2026-Q5", "last month", "03/04/2026", "09", 9])
def test_no_period(typed: Cell) -> None:
    with pytest.raises(CellError):
        period_start(typed)


def test_a_french_tab_writes_the_day_first_and_an_english_one_is_asked() -> None:
    french = targets(["spend", "", "", "", "03/04/2026", END, 5, OWNER], sheet="Objectifs")
    english = targets(["spend", "", "", "", "03/04/2026", END, 5, OWNER])
    settled, _ = read_people(
        [grid("Targets", TARGETS, ["spend", "", "", "", "03/04/2026", END, 5, OWNER])],
        file=FILE,
        day_first=False,
    )
    assert [one.start for one in french.targets] == [date(2026, 4, 3)]
    assert [one.start for one in english.targets] == []
    assert [one.start for one in settled.targets] == [date(2026, 3, 4)]


# ------------------------------------------------------------------------------- yes and no


@pytest.mark.parametrize("typed", ["yes", "Y", "oui", "O", "x", "TRUE", "vrai", "1", 1, 1.0, True])
def test_yes(typed: Cell) -> None:
    assert flag(typed) is True


@pytest.mark.parametrize("typed", ["no", "N", "non", "false", "FAUX", "0", 0, 0.0, False, "-"])
def test_no(typed: Cell) -> None:
    assert flag(typed) is False


CONTENT = ["Post", "Hashtag or word", "Label", "Boosted", "Leave out", "Reason"]


def content(*rows: Sequence[Cell]) -> People:
    return people(grid("Content", CONTENT, *rows))


def test_posts_and_words() -> None:
    found = content(
        ["https://x.com/a/status/1", "", "Launch", "yes", "", ""],
        ["17900000000000001", "", "", "", "oui", "a test"],
        [123456789, "", "", False, "", ""],
        ["", "#recipe", "Recipes", "", "no", ""],
    )
    where = "plan.xlsx, Content, row {}".format
    assert found.content == (
        ContentRule("https://x.com/a/status/1", label="Launch", boosted=True, where=where(2)),
        ContentRule("17900000000000001", leave_out=True, reason="a test", where=where(3)),
        ContentRule("123456789", boosted=False, where=where(4)),
        ContentRule("", "#recipe", "Recipes", leave_out=False, where=where(5)),
    )
    assert told(found) == []


@pytest.mark.parametrize("typed", [17900000000000001.0, 17900000000000001, "1.79E+16", "1,79E+16"])
def test_an_id_that_lost_digits_is_refused(typed: Cell) -> None:
    found = content([typed, "", "Launch"])
    assert found.content == ()
    ((severity, message),) = told(found)
    assert severity == "error"
    assert "lost digits" in message
    assert "type an apostrophe (') before the id, or use the link" in message


def test_rows_about_posts_that_need_a_look() -> None:
    found = content(
        ["", "", "Launch"], ["1", "", "", "", "yes", ""], ["2", "", "", "maybe"], ["3"]
    )  # fmt: skip
    assert [(one.post, one.leave_out, one.boosted) for one in found.content] == [
        ("1", True, None), ("2", None, None), ("3", None, None),
    ]  # fmt: skip
    assert told(found) == [
        ("error", "Content, row 2: no post: give its link or id under Post, or a word of its text "
         "under Hashtag or word. The row is left out"),
        ("warning", "Content, row 3: left out without a word why: fill in Reason"),
        ("warning", "Content, row 4: Boosted: 'maybe' is neither yes nor no: write yes or no"),
        ("warning", "Content, row 5: the row changes nothing: fill in Label, Boosted or Leave "
         "out"),
    ]  # fmt: skip


# ------------------------------------------------------------------------------------ notes


def notes(*rows: Sequence[Cell]) -> People:
    return people(grid("Notes", ["Period", "Section", "Text", "Next step"], *rows))


def test_notes_are_kept_word_for_word() -> None:
    found = notes(
        [date(2026, 9, 12), "Posts", "Line one,\nline two. ", "=SUM(1)"],
        ["2026-09", "Publications", "", "Next"],
        ["2026-09", "", "Overall", ""],
        ["2026-09", "My own word", "1 %", ""],
    )
    where = "plan.xlsx, Notes, row {}".format
    assert found.notes == (
        Note(SEPTEMBER, "posts", "Line one,\nline two. ", "=SUM(1)", where(2)),
        Note(SEPTEMBER, "posts", "", "Next", where(3)),
        Note(SEPTEMBER, "overview", "Overall", "", where(4)),
        Note(SEPTEMBER, "My own word", "1 %", "", where(5)),
    )
    assert told(found) == []


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Overview", "overview"), ("Synthèse", "overview"), ("canaux", "channels"),
        ("CAMPAGNES", "campaigns"), ("objectifs", "targets"), ("targets", "targets"),
    ],
)  # fmt: skip
def test_sections_are_known_in_both_languages(typed: str, key: str) -> None:
    assert notes(["2026-09", typed, "Text"]).notes[0].section == key
    assert key in SECTIONS


def test_notes_without_a_month_or_a_word_are_kept_out_and_named() -> None:
    found = notes(["", "Posts", "Text"], ["2026-09", "Posts", " ", ""], ["soon", "", "Text"])
    assert found.notes == ()
    assert told(found) == [
        ("error", "Notes, row 2: no month: fill in Period, as in 2026-09. The row is left out"),
        ("error", "Notes, row 3: nothing is said: fill in Text. The row is left out"),
        ("error", "Notes, row 4: Period: 'soon' is not a month in a known form: write it as "
         "2026-09. The row is left out"),
    ]  # fmt: skip


# --------------------------------------------------------------------------------- accounts

ACCOUNTS = ["Brand", "Channel", "Account", "Currency", "Time zone", "Note"]


def accounts(*rows: Sequence[Cell]) -> People:
    return people(grid("Accounts", ACCOUNTS, *rows))


def test_accounts() -> None:
    found = accounts(
        ["Acme", "Instagram", "@acme", "eur", "europe/paris"], ["Acme", "GA4"], ["", "", 123456]
    )
    where = "plan.xlsx, Accounts, row {}".format
    assert found.accounts == (
        AccountEntry("Acme", "instagram", "@acme", "EUR", "Europe/Paris", where(2)),
        AccountEntry("Acme", "web", where=where(3)),
        AccountEntry("", "", "123456", where=where(4)),
    )
    assert told(found) == []


def test_accounts_that_need_a_look() -> None:
    found = accounts(
        ["Acme", "", ""],
        ["Acme", "tiktok", "acme", "EUX", "Paris"],
        ["Beta", "tiktok", "@Acme"],
        ["Acme", "x", 12345678901234567.0],
    )
    assert [one.where[-1] for one in found.accounts] == ["3", "4"]
    assert [(one.currency, one.time_zone) for one in found.accounts] == [("", ""), ("", "")]
    assert told(found) == [
        ("error", "Accounts, row 2: no account: fill in Account, or Channel where it has only "
         "one. The row is left out"),
        ("warning", "Accounts, row 3: Currency: 'EUX' is not the code of a currency: write its "
         "three letters, such as EUR. Did you mean 'EUR'?"),
        ("warning", "Accounts, row 3: Time zone: 'Paris' is not a time zone: write one such as "
         "Europe/Paris. Did you mean 'Europe/Paris'?"),
        ("error", "Accounts, row 5: Account: 12345678901234568 lost digits, because Excel took "
         "the id for a number: type an apostrophe (') before the id, or use the link. The row is "
         "left out"),
        ("warning", "Accounts, row 4: row 3 is about the same account, and counts: delete one of "
         "the two"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "code"), [("EUR", "EUR"), ("eur", "EUR"), ("€", "EUR"), ("euro", "EUR")]
)
def test_a_currency(typed: str, code: str) -> None:
    assert currency(typed) == code


@pytest.mark.parametrize("typed", ["$", "XYZ", "money"])
def test_no_currency(typed: str) -> None:
    with pytest.raises(CellError):
        currency(typed)


def test_a_time_zone_is_asked_for_with_the_nearest() -> None:
    assert time_zone("america/new york") == "America/New_York"
    with pytest.raises(CellError, match="Did you mean 'America/Toronto'"):
        time_zone("America/Torronto")


# ------------------------------------------------------------------- the plan, competitors


def test_placements() -> None:
    headings = ["ID ligne", "Campagne", "Source", "Support", "Début", "Fin", "Budget", "Note"]
    found = people(
        grid(
            "Plan",
            headings,
            ["P1", "summer", "instagram", "social", "01/07/2026", "", "1 200,50 €", "hi"],
            ["p1", "summer", "", "", date(2026, 9, 2), SEPTEMBER, "free", ""],
        )
    )
    first, second = found.placements
    assert first == Placement(
        row_id="P1", campaign="summer", source="instagram", medium="social",
        start=date(2026, 7, 1), budget=1200.5, note="hi", where="plan.xlsx, Plan, row 2",
    )  # fmt: skip
    assert (second.start, second.end, second.budget) == (date(2026, 9, 2), SEPTEMBER, None)
    assert told(found) == [
        ("warning", "Plan, row 3: it starts on 2026-09-02 after its end on 2026-09-01: correct "
         "one of them"),
        ("warning", "Plan, row 3: Budget: 'free' is not a number"),
        ("warning", "Plan, row 3: row 2 has the same Row ID: give each row its own"),
    ]  # fmt: skip


def test_competitors() -> None:
    headings = ["Brand", "Channel", "Date", "Followers", "Posts", "Interactions", "Negative"]
    found = people(
        grid(
            "Competitors",
            headings,
            ["Roasters", "Instagram", SEPTEMBER, "14,2 k", 18, "-", ""],
            ["Roasters", "x", "", 5, "", "", ""],
            ["Roasters", "x", SEPTEMBER, "", "", "", ""],
            ["", "x", SEPTEMBER, 5, "", "", ""],
            ["Roasters", "x", SEPTEMBER, "-3", 4, "", ""],
        )
    )
    assert found.competitors[0] == Competitor(
        "Roasters", "instagram", SEPTEMBER, 14200, 18, where="plan.xlsx, Competitors, row 2"
    )
    assert [one.followers for one in found.competitors] == [14200, 5, None, None]
    assert told(found) == [
        ("warning", "Competitors, row 3: no day, so the figures have no place in time: fill in "
         "Date"),
        ("warning", "Competitors, row 4: there is no figure in this row"),
        ("error", "Competitors, row 5: whose profile is it? Fill in Brand. The row is left out"),
        ("warning", "Competitors, row 6: Followers: '-3' is below zero: write what was counted"),
        ("warning", "Competitors, row 6: row 4 is about the same brand, channel and day: delete "
         "one of the two"),
    ]  # fmt: skip


# ---------------------------------------------------------------- which sheet, which column


def test_no_two_headings_of_a_tab_are_spelt_alike() -> None:
    for tab in TABS:
        spellings = {one.key: {one.en, one.fr, one.key} for one in tab.headings}
        known = words_of(tab)
        for key, words in spellings.items():
            assert {known[word] for word in words if word in known} <= {key}
        assert set(known.values()) == set(spellings)


WHOLE: list[Cell] = ["spend", "", "", "", "", END, 5, OWNER, ""]
SHAPES: dict[str, Grid] = {
    "as made": grid("Targets", ["Targets"], ["What to reach"], TARGETS, WHOLE),
    "title rows deleted": grid("Targets", TARGETS, WHOLE),
    "lines of one's own above": grid(
        "Targets", *[[f"line {n}"] for n in range(30)], TARGETS, [], WHOLE
    ),
    "another name": grid("Goals 2026", TARGETS, WHOLE),
    "capitals, accents and spaces": grid(" OBJECTIFS ", [" kpi ", "CANAL", "campagne", "marque",
                                         "debut", "FIN", "cible :", "responsable", "note"], WHOLE),
    "both languages": grid("Targets", ["KPI", "Canal", "Campaign", "Marque", "Start", "Fin",
                                       "Target", "Responsable", "Note"], WHOLE),
    "another order": grid("Targets", TARGETS[::-1], WHOLE[::-1]),
    "a column of one's own": grid("Targets", ["", "Why", *TARGETS], ["", "because", *WHOLE]),
    "blank rows between": grid("Targets", TARGETS, [], [" ", "\u00a0"], WHOLE, []),
    "the headings again": grid("Targets", TARGETS, TARGETS, WHOLE),
    "the name of another tab": grid("Plan", TARGETS, WHOLE),
}  # fmt: skip


@pytest.mark.parametrize("sheet", SHAPES.values(), ids=SHAPES)
def test_people_may_shape_their_tab(sheet: Grid) -> None:
    found = people(sheet)
    assert [(one.kpi, one.target, one.end, one.owner) for one in found.targets] == [
        ("spend", 5, END, OWNER)
    ]
    line = next(n for n, row in zip(sheet.lines, sheet.rows, strict=True) if "spend" in row)
    assert found.targets[0].where == f"plan.xlsx, {sheet.sheet}, row {line}"
    assert told(found) == []


def test_a_row_with_cells_in_other_columns_only_is_not_ours() -> None:
    found = people(grid("Targets", [*TARGETS, "Mine"], WHOLE, [""] * 9 + ["a thought"]))
    assert len(found.targets) == 1
    assert told(found) == []


def test_ragged_rows_and_none_are_empty_cells() -> None:
    rows: list[list[Cell]] = [[*TARGETS], ["spend"], [], [*WHOLE]]
    found = people(Grid("Targets", [*rows, [None] * 9], range(1, 6)))  # type: ignore[list-item]
    assert [one.where for one in found.targets] == ["plan.xlsx, Targets, row 4"]
    assert [message for _, message in told(found)] == [
        "Targets, row 2: no number to reach: fill in Target. The row is left out"
    ]


def test_an_optional_column_may_be_missing() -> None:
    found = people(grid("Targets", ["KPI", "Target", "End", "Owner"], ["spend", 5, END, OWNER]))
    assert len(found.targets) == 1
    assert told(found) == []


UNUSABLE: dict[str, tuple[Grid, tuple[str, str]]] = {
    "a necessary column is missing": (
        grid("Targets", ["KPI", "Channel", "End", "Owner"], ["spend", "", END, OWNER]),
        ("error", "Targets: row 1 has no heading 'Target': add it above its column. Nothing in "
         "this tab was read"),
    ),
    "a necessary column is misspelt": (
        grid("Targets", ["Targets"], ["KPI", "Channel", "Tarrget", "Owner"]),
        ("error", "Targets: row 2 has no heading 'Target' (is it 'Tarrget'?): add it above its "
         "column. Nothing in this tab was read"),
    ),
    "a heading twice": (
        grid("Objectifs", [*OBJECTIFS, "Owner"], WHOLE),
        ("error", "Objectifs: row 1 has the heading 'Responsable' twice: rename or delete one of "
         "the two columns. Nothing in this tab was read"),
    ),
    "no headings": (
        grid("Commentaires", ["Pensez à appeler"], ["lundi"]),
        ("error", "Commentaires: no row of headings was found, so nothing in this tab was read. "
         "Write them in one row above what you typed: Période | Rubrique | Texte | Prochaine "
         "étape. If this is another table, give the sheet another name"),
    ),
    "an empty tab": (grid("Notes"), ("info", "Notes: the tab is empty")),
}  # fmt: skip


@pytest.mark.parametrize(("sheet", "expected"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_tab_is_never_guessed_at(sheet: Grid, expected: tuple[str, str]) -> None:
    found, others = read_people([sheet], file=FILE)
    assert told(found) == [expected]
    assert (found.targets, found.notes, others) == ((), (), ())


def test_a_misspelt_optional_heading_is_told() -> None:
    found = people(grid("Targets", ["KPI", "Chanel", "Target", "End", "Owner"],
                        ["spend", "x", 5, END, OWNER]))  # fmt: skip
    assert told(found) == [
        ("warning", "Targets: the column 'Chanel' is not read: it is perhaps meant to be called "
         "'Channel'")
    ]  # fmt: skip


def test_a_renamed_heading_beside_missing_ones_is_told() -> None:
    found = people(grid("Notes", ["Period", "Section", "Text", "Todo"],
                        ["2026-09", "Posts", "words", "film"]))  # fmt: skip
    assert told(found) == [
        ("info", "Notes: there is no column 'Next step', and these are not read: 'Todo'. If one "
         "of them is meant, give it that heading")
    ]  # fmt: skip


def test_two_tabs_of_one_kind_are_both_read() -> None:
    found = people(grid("Targets", TARGETS, WHOLE), grid("Targets (2)", TARGETS, WHOLE))
    assert [one.where for one in found.targets] == [
        "plan.xlsx, Targets, row 2", "plan.xlsx, Targets (2), row 2",
    ]  # fmt: skip
    assert ("warning", "Targets (2): 'Targets' and 'Targets (2)' have the same headings and are "
            "both read: if one is an old copy, delete it, or move it to another file") in told(
        found
    )  # fmt: skip


# --------------------------------------------------------------------------------- examples


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.key)
def test_an_example_row_is_passed_over(tab: object, lang: str) -> None:
    mine = next(one for one in TABS if one is tab)
    headings = [one.words(lang) for one in mine.headings]
    example = [mine.example[lang].get(one.key, "") for one in mine.headings]
    assert people(grid(mine.name[lang], headings, example)) == People()


def test_an_example_row_that_was_typed_over_is_told() -> None:
    row: list[Cell] = ["spend", "", "", "", "", END, 5, OWNER, "Exemple\u00a0: 200 par mois"]
    found = targets(row)
    assert found.targets == ()
    assert told(found) == [
        ("warning", "Targets, row 2: the row is left out as an example, because Note begins with "
         "'Exemple :'. If the row is real, delete that word")
    ]  # fmt: skip


def test_an_example_row_of_which_cells_were_cleared_is_none() -> None:
    assert told(targets(["", "", "", "", "", "", 600, "", "Example: 200 a month"])) == []


# ------------------------------------------------------------------------------- odd values


@pytest.mark.parametrize(
    ("column", "left_out", "message"),
    [
        (6, True, "cell G2 (Target) shows #REF!: mend the formula, or type the value in its place. "
         "The row is left out"),
        (7, False, "cell H2 (Owner) shows #REF!: mend the formula, or type the value in its place"),
    ],
)  # fmt: skip
def test_an_excel_error_names_its_cell(column: int, left_out: bool, message: str) -> None:
    row = list(WHOLE)
    row[column] = "#REF!"
    found = targets(row)
    assert (found.targets == ()) == left_out
    assert f"Targets, row 2: {message}" in [text for _, text in told(found)]


def test_a_formula_without_a_value_is_told() -> None:
    row = list(WHOLE)
    row[6] = NOT_COMPUTED
    ((severity, message),) = told(targets(row))
    assert severity == "error"
    assert "open the file in Excel and save it" in message


def test_the_same_remark_on_many_rows_is_told_once() -> None:
    row: list[Cell] = ["spend", "", "", "", "", END, 5, ""]
    found = targets(*([*row[:2], f"c{n}", *row[3:]] for n in range(2000)))
    assert len(found.targets) == 2000
    assert told(found) == [
        ("warning", "Targets, row 2: nobody answers for this target: fill in Owner (1999 more rows "
         "like it: 3, 4, 5 …)")
    ]  # fmt: skip


CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.text(max_size=8), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(),
    st.times(), st.timedeltas(), st.sampled_from(["#REF!", "Example:", "-", "3 %", "x", "1e400"]),
)  # fmt: skip


@settings(deadline=None)
@given(st.sampled_from(TABS), st.lists(st.lists(CELLS, max_size=14), max_size=4))
def test_no_cell_stops_the_reading_and_each_row_is_read_or_told(
    tab: object, rows: list[list[Cell]]
) -> None:
    mine = next(one for one in TABS if one is tab)
    sheet = grid(mine.name["en"], [one.en for one in mine.headings], *rows)
    found = people(sheet)
    kinds = (found.placements, found.targets, found.competitors, found.notes, found.content,
             found.accounts)  # fmt: skip
    named = {one.where for one in found.findings} | {row.where for kind in kinds for row in kind}
    for line, row in zip(sheet.lines[1:], sheet.rows[1:], strict=True):
        cells = [cell for cell in row[: len(mine.headings)] if not _blank(cell)]
        if len(cells) > 1 and not any("xample" in str(cell) for cell in cells):
            more = any(f" {line}" in one.message for one in found.findings)
            assert f"{FILE}, {sheet.sheet}, row {line}" in named or more


def _blank(cell: Cell) -> bool:
    return cell is None or cell != cell or (isinstance(cell, str) and not cell.strip())


# --------------------------------------------------------------------- lists, other sheets


def test_lists_are_read_by_their_headings() -> None:
    found = people(
        grid(
            "Listes",
            ["Listes"],
            ["Source", "Autres écritures", "", "Campagne", "Signification", "Statut"],
            ["facebook", "fb", "", "carte_automne", "Exemple : la nouvelle carte de septembre",
             "en ligne"],
            ["instagram", "", "", "soldes", "Hiver", ""],
        )
    )  # fmt: skip
    assert found.lists == {
        "sources": (("facebook", "fb"), ("instagram", "")),
        "campaigns": (("soldes", "Hiver"),),
        "statuses": (("en ligne",),),
    }


def test_sheets_that_are_no_tabs_come_back() -> None:
    export = grid("Followers", ["Date", "Channel", "Followers"], [SEPTEMBER, "instagram", 5])
    sheets = [grid(READ_ME["en"], ["hello"]), grid(LISTS["fr"]), export, grid("Ideas", ["a", "b"])]
    found, others = read_people(sheets, file=FILE)
    assert others == (export, sheets[3])
    assert found == People()


def pasted(*grids: Grid) -> tuple[list[str], list[tuple[str, str]]]:
    exports, findings = sheet_exports(grids, file=FILE, made=datetime(2026, 10, 1))
    return [one.export.file for one in exports], [(one.severity, str(one)) for one in findings]


FOLLOWERS: list[Cell] = ["Date", "Channel", "Followers"]
OTHERS: dict[str, tuple[Grid, list[str], list[tuple[str, str]]]] = {
    "one's own list of followers": (
        grid("Curve", FOLLOWERS, [SEPTEMBER, "instagram", 5]), ["plan.xlsx, sheet 'Curve'"], [],
    ),
    "a table of a connector": (
        grid("Ads", ["Campaign", "Day", "Spend", "Clicks"], ["a", "2026-09-01", 5, 1]),
        ["plan.xlsx, sheet 'Ads'"], [],
    ),
    "an empty sheet": (grid("Sheet1", ["", " "]), [], []),
    "notes of a person": (
        grid("Ideas", ["Ask Kim"], ["Call the printer", "Monday"]), [],
        [("info", "plan.xlsx, Ideas: not read: no heading in it is known, so it is left to you")],
    ),
    "figures of no day": (
        grid("Sums", ["Channel", "Likes", "Reach"], ["instagram", 5, 6], ["tiktok", 5, 6]), [],
        [("warning", "plan.xlsx, Sums: not read: there are figures, but no column says of which "
          "day, post or campaign they are. Add one, if they should be in the report")],
    ),
    "dates that could be two": (
        grid("Curve", FOLLOWERS, ["03/04/2026", "instagram", 5], ["04/05/2026", "x", 5]), [],
        [("error", "plan.xlsx, Curve: plan.xlsx, sheet 'Curve'")],
    ),
    "figures that may be a competitor's": (
        grid("Others", ["Brand", *FOLLOWERS], ["Roasters", SEPTEMBER, "instagram", 5]), [],
        [("error", "plan.xlsx, Others: the sheet is not read: it could be the tab 'Competitors' or "
          "'Concurrents', or figures of your own accounts. Call it 'Competitors' or 'Concurrents' "
          "if it is that tab; if not, give the column 'Brand' another heading")],
    ),
    "half a tab": (
        grid("Words", ["Period", "Text"], ["2026-09", "words"]), [],
        [("warning", "plan.xlsx, Words: not read, but it looks like the tab 'Notes': call it so if "
          "it is")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("sheet", "files", "said"), OTHERS.values(), ids=OTHERS)
def test_other_sheets(sheet: Grid, files: list[str], said: list[tuple[str, str]]) -> None:
    found, findings = pasted(sheet)
    assert found == files
    assert len(findings) == len(said)
    for (severity, text), (expected, begins) in zip(findings, said, strict=True):
        assert severity == expected
        assert text.startswith(begins)


def test_a_bad_sheet_never_stops_the_others() -> None:
    bad, good = OTHERS["dates that could be two"][0], OTHERS["a table of a connector"][0]
    files, findings = pasted(bad, good)
    assert files == ["plan.xlsx, sheet 'Ads'"]
    assert [severity for severity, _ in findings] == ["error"]


def digest(*rows: Sequence[Cell]) -> str:
    ((found,), _) = sheet_exports([grid("Any", *rows)], file=FILE, made=datetime(2026, 10, 1))
    return found.digest


def test_a_digest_is_of_the_cells_alone() -> None:
    first = digest(FOLLOWERS, [SEPTEMBER, "instagram", 5])
    assert first == digest(FOLLOWERS, [datetime(2026, 9, 1), "instagram", 5.0, ""], ["", ""])
    assert first != digest(FOLLOWERS, [SEPTEMBER, "instagram", 6])
    assert first != digest(FOLLOWERS, [SEPTEMBER, "instagram", "5"])
    assert len(first) == 64
