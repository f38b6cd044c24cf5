"""The characters exports differ in although people see the same text."""

from __future__ import annotations

_SPACES = (
    "\t\n\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u3000"
)
# Marks of direction, width and order, which print nothing.
_INVISIBLE = (
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_APOSTROPHES = "’‘‛ʼʹ′´`"
_HYPHENS = "−‐‑‒–﹣－"

_TIDY = str.maketrans(
    {
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(_INVISIBLE, None),
        **dict.fromkeys(_APOSTROPHES, "'"),
    }
)
_HYPHEN = str.maketrans(dict.fromkeys(_HYPHENS, "-"))

# What exports print for "no value", compared after `tidy` and casefold.
MISSING: frozenset[str] = frozenset({
    "", "-", "--", "---", "–", "—", "−", "nan", "<na>", "nat", "n/a", "na", "n.a.", "#n/a", "#n/d",
    "#div/0!", "undefined", "null", "(null)", "none", "nil", "nd", "n/d", "n.d.", "s.o.", "s/o",
    "k.a.", "k. a.", "not available", "(not available)", "not applicable", "no data",
    "non disponible", "(non disponible)", "indisponible", "sans objet", "no disponible",
    "(no disponible)", "sin datos", "nicht verfügbar", "(nicht verfügbar)", "keine daten",
})  # fmt: skip


def tidy(text: str) -> str:
    """The text with every kind of space as a plain one, straight apostrophes, nothing invisible."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return text.translate(_TIDY).strip()


def plain_hyphens(text: str) -> str:
    """The text with minus signs and short dashes as the ASCII hyphen."""
    return text if text.isascii() else text.translate(_HYPHEN)


def is_missing(text: str) -> bool:
    """Whether the text is what an export prints for "no value"."""
    return tidy(text).casefold() in MISSING
