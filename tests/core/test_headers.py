"""Headers: the spellings that are the same, the currency in them, the nearest known one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracksheet.core.exports.headers import nearest, normalise, repair, split_currency


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Post ID", "post id"),
        ("\ufeffPost ID", "Post ID"),
        ("Phone number clicks ", "Phone number clicks"),
        ("Total followers:", "Total followers"),
        ("Vues\u00a0:", "Vues"),
        ("Mentions J’aime", "Mentions J'aime"),
        ("CPM (coût pour 1\u00a0000 impressions)", "CPM (coût pour 1 000 impressions)"),
        ("CPM (coût pour 1\u202f000 impressions)", "CPM (coût pour 1 000 impressions)"),
        ("Reach\nfrom  Organic posts", "Reach from organic posts"),
        ("Clics – lien", "Clics - lien"),
        ("« Vues »", '" Vues "'),
        (unicodedata.normalize("NFD", "Durée"), "Durée"),
        ("Montant dÃ©pensÃ©", "Montant dépensé"),
        ("MontantÂ dÃ©pensÃ©", "Montant dépensé"),
        ("Mentions Jâ€™aime", "Mentions J'aime"),
        ("Ã€ propos", "À propos"),
        ("Duraciã³n".replace("ã³", "Ã³n")[:-1], "Duración"),
        ("D√©pense", "Dépense"),
        ("ï»¿Date", "Date"),
        ("J\x92aime", "J'aime"),
    ],
)
def test_spellings_of_the_same_header(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Clics", "Clicks"),
        ("Reach", "Reach (*)"),
        ("Dépense", "Depense"),
        ("Likes", "Likes 1"),
        ("Stayed to watch (%)", "Stayed to watch"),
    ],
)
def test_headers_that_are_not_the_same(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize(
    "header",
    ["Âge", "Coût", "À propos", "Êtes-vous", "Île", "Ãge", "Βαθμός", "Ціль", "Größe", "ÇA", "Año"],
)
def test_right_spellings_are_not_repaired(header: str) -> None:
    assert repair(header) == header


@pytest.mark.parametrize(
    ("header", "general", "code"),
    [
        ("Amount spent (UAH)", "Amount spent (*)", "UAH"),
        ("Montant dépensé (€)", "Montant dépensé (*)", "EUR"),
        ("Montant dÃ©pensÃ© (â‚¬)", "Montant dépensé (*)", "EUR"),
        (
            "CPM (Coût pour 1 000 impressions) (EUR)",
            "CPM (Coût pour 1 000 impressions) (*)",
            "EUR",
        ),
        ("CPC (EUR) (all)", "CPC (*) (all)", "EUR"),
        ("Cost ($)", "Cost (*)", ""),
        ("Cost (US$)", "Cost (*)", "USD"),
        ("Gross sales [USD]", "Gross sales (*)", "USD"),
        ("Estimated earnings (in USD)", "Estimated earnings (*)", "USD"),
        ("Estimated earnings ( USD )", "Estimated earnings (*)", "USD"),
        ("Impressions", "Impressions", ""),
        ("Impressions (organic)", "Impressions (organic)", ""),
        ("Clicks (all)", "Clicks (all)", ""),
        ("Duration (sec)", "Duration (sec)", ""),
        ("Start Date (in UTC)", "Start Date (in UTC)", ""),
        ("Stayed to watch (%)", "Stayed to watch (%)", ""),
        ("Amount spent (usd)", "Amount spent (usd)", ""),
        ("Amount spent ()", "Amount spent ()", ""),
        ("EUR", "EUR", ""),
        ("", "", ""),
    ],
)
def test_the_currency_of_a_header(header: str, general: str, code: str) -> None:
    assert split_currency(header) == (general, code)


KNOWN = ["Likes", "Total likes", "Link clicks", "Reach", "Impressions", "Comments", "Shares"]


@pytest.mark.parametrize(
    ("header", "best"),
    [
        ("Like", "Likes"),
        ("Impresions", "Impressions"),
        ("likes (total)", "Total likes"),
        ("clicks, link", "Link clicks"),
        ("COMMENTS:", "Comments"),
    ],
)
def test_the_nearest_header_comes_first(header: str, best: str) -> None:
    assert nearest(header, KNOWN)[0] == best


def test_nothing_is_near_an_unknown_header() -> None:
    assert nearest("Wetterlage", KNOWN) == ()
    assert nearest("", KNOWN) == ()


def test_no_more_are_named_than_asked_for() -> None:
    assert len(nearest("Likes", ["Likes", "likes", "Like", "Liked"], n=2)) == 2


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing_in_plain_text(header: str) -> None:
    plain = "".join(letter for letter in header if letter.isalnum() or letter in " '():%-")
    once = normalise(plain)
    assert normalise(once) == once


@given(st.text(max_size=60))
def test_any_header_can_be_handled(header: str) -> None:
    assert isinstance(normalise(header), str)
    general, code = split_currency(header)
    assert (general == header) or "(*)" in general
    assert isinstance(code, str)
    nearest(header, KNOWN)


HEADERS = [
    "Montant dépensé", "Durée (s)", "Identifiant de l’annonce", "Coût pour 1 000 impressions",
    "Créé le", "À propos", "Élément", "Publicité vidéo", "Où", "Naïf", "Cœur", "Français",
    "Descripción", "Identificación", "Años", "Interacción", "Único", "Türkei", "Größe",
]  # fmt: skip


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_a_header_read_in_a_wrong_encoding_is_still_known(header: str, encoding: str) -> None:
    broken = header.encode("utf-8").decode(encoding, errors="replace")
    if "\ufffd" not in broken:
        assert normalise(broken) == normalise(header)
