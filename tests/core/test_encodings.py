"""Which encoding a file's bytes are in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracksheet.core.exports.encodings import decode

CODE_PAGES = [
    ("Été", "cp1252"),
    ("Genève", "cp1252"),
    ("fête, tête, bête", "cp1252"),
    ("J’aime", "cp1252"),
    ("Montant dépensé (EUR)", "cp1252"),
    ("CAMPAÑA AÑO", "cp1252"),
    ("Campaña de España, más acción", "cp1252"),
    ("Für schöne Größe", "cp1252"),
    ("Promoção de verão, você", "cp1252"),
    ("Perché più città è così", "cp1252"),
    ("København på øen", "cp1252"),
    ("Promo 10 – 20", "cp1252"),  # no letter tells: the commonest
    ("12,50 €", "cp1252"),
    ("Więcej żółtych łódek", "cp1250"),
    ("Příští kampaň v červnu", "cp1250"),
    ("Őszi akció, gyűjtő", "cp1250"),
    ("Campanie de vară şi toamnă în ţară", "cp1250"),
    ("Кампания весна", "cp1251"),
    ("ВЕСНА", "cp1251"),
    ("Кампанія весна, їжа", "cp1251"),
    ("Καλοκαιρινή εκστρατεία προϊόντων", "cp1253"),
    ("Yaz kampanyası için şık ürünler", "cp1254"),
    ("Montant dépensé à l’été", "mac_roman"),
    ("J’aime", "mac_roman"),
]


@pytest.mark.parametrize(("text", "page"), CODE_PAGES)
def test_code_pages(text: str, page: str) -> None:
    line = f"2026-01-03,{text},1,20\n"
    assert decode((line * 3).encode(page)) == (line * 3, page)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("date,é\n".encode(), "utf-8"),
        ("date,é\n".encode("utf-8-sig"), "utf-8-sig"),
        (b"\xff\xfe" + "date,é\n".encode("utf-16-le"), "utf-16le"),
        (b"\xfe\xff" + "date,é\n".encode("utf-16-be"), "utf-16be"),
        ("date,é\n".encode("utf-16-le"), "utf-16le"),
        ("date,é\n".encode("utf-16-be"), "utf-16be"),
    ],
)
def test_unicode(data: bytes, encoding: str) -> None:
    assert decode(data) == ("date,é\n", encoding)


def test_a_column_in_another_encoding() -> None:
    data = "été,à\nété,à\n".encode() + "Genève\n".encode("cp1252")
    assert decode(data) == ("été,à\nété,à\nGenève\n", "utf-8+cp1252")


@pytest.mark.parametrize("data", [b"date,Likes\n1,\x00", b"\x89PNG\r\n\x1a\n\x00abc\x00d"])
def test_no_text(data: bytes) -> None:
    assert decode(data) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_none(data: bytes) -> None:
    assert decode(data) is None or isinstance(decode(data), tuple)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufeff"), max_size=50))
def test_utf_8_comes_back(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")
