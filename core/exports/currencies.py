"""Currency signs as exports print them, and the codes that are real."""

from __future__ import annotations

from functools import cache

from babel.core import get_global

# Currencies that stopped being tender before this year cannot be in a social-media export; later
# ones can (kuna until 2022, lev until 2025).
OLDEST = 2010

# A sign shared by several countries gives "": the amount is read, its currency stays unknown.
SIGNS: dict[str, str] = {
    "$": "", "¥": "", "￥": "", "kr": "", "kr.": "", "Kr": "", "Rs": "", "Rs.": "", "Bs": "",
    "€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "₤": "GBP",
    "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "lei": "RON", "лв": "BGN", "лв.": "BGN",
    "Fr.": "CHF", "SFr.": "CHF", "₽": "RUB", "руб.": "RUB", "₴": "UAH", "грн": "UAH", "грн.": "UAH",
    "₹": "INR", "₺": "TRY", "₩": "KRW", "₫": "VND", "₪": "ILS", "฿": "THB", "₱": "PHP",
    "₦": "NGN", "₵": "GHS", "₡": "CRC", "₲": "PYG", "₸": "KZT", "₾": "GEL", "₼": "AZN",
    "֏": "AMD", "₮": "MNT", "₭": "LAK", "៛": "KHR", "RM": "MYR", "Rp": "IDR", "S/": "PEN",
    "S/.": "PEN", "R$": "BRL", "CN¥": "CNY", "JP¥": "JPY",
    "RMB": "CNY", "FCFA": "", "F CFA": "", "FCFP": "XPF",
}  # fmt: skip

# "US$5", "5 $US", "5 $ US": before or after the sign, with or without a space.
DOLLARS: dict[str, str] = {
    "US": "USD", "CA": "CAD", "C": "CAD", "A": "AUD", "AU": "AUD", "NZ": "NZD", "HK": "HKD",
    "NT": "TWD", "S": "SGD", "SG": "SGD", "MX": "MXN", "Mex": "MXN",
}  # fmt: skip


def _signs() -> dict[str, str]:
    dollars = {
        spelling: code
        for country, code in DOLLARS.items()
        for spelling in (f"{country}$", f"{country} $", f"${country}", f"$ {country}")
    }
    return {**SIGNS, **dollars}


ALL_SIGNS = _signs()


@cache
def codes() -> frozenset[str]:
    """ISO 4217 codes that were legal tender somewhere since 2010, from Unicode CLDR."""
    return frozenset(
        code
        for uses in get_global("territory_currencies").values()
        for code, _start, end, tender in uses
        if tender and (end is None or end[0] >= OLDEST)
    )


def currency_code(sign: str) -> str | None:
    """The ISO code of a sign or a code: "€" gives "EUR", "$" gives "", "XYZ" gives None.

    A code may carry a dollar sign, as in "MXN$".
    """
    if sign in ALL_SIGNS:
        return ALL_SIGNS[sign]
    code = sign.removesuffix("$").rstrip()
    return code if code in codes() else None
