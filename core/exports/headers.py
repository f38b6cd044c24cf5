"""Headers of exports: what their spellings share, the currency they carry, which one is meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from difflib import SequenceMatcher
from functools import lru_cache

from .characters import plain_hyphens, tidy
from .currencies import currency_code

# UTF-8 read as Windows-1252 or Latin-1 ("Ã©", "â€™"), as Mac Roman ("√©"), as DOS ("├®") or as
# Windows-1251 ("Г©"). Only such headers pay for loading ftfy, which decides.
_LOOKS_BROKEN = re.compile(
    r"[ÂÃÄÅâï][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[\u0080-\u009f]|[√├┬‚Г][^\s]"
)
# Spellings kept: many files' worth of headers.
KEPT = 2**15
_QUOTES = str.maketrans(dict.fromkeys("“”„«»″", '"'))
_BRACKETS = re.compile(r"([(\[])\s*(?:in |en )?([^()\[\]]{1,6}?)\s*([)\]])")
# Fewer shared letters than this and a suggestion confuses more than it helps.
CLOSE_ENOUGH = 0.7


def repair(text: str) -> str:
    """The text with mojibake undone where it is certain: "dÃ©pensÃ©" gives "dépensé"."""
    if text.isascii() or not _LOOKS_BROKEN.search(text):
        return text
    import ftfy

    return ftfy.fix_encoding(text)


@lru_cache(maxsize=KEPT)
def normalise(header: str) -> str:
    """What two spellings of the same header share, to compare them by.

    Case, kinds of spaces, apostrophes, quotes and hyphens, a byte-order mark, a final colon and
    mojibake do not matter; accents and words do.

    >>> normalise("\\ufeffMentions J’aime :") == normalise("mentions j'aime")
    True
    """
    text = unicodedata.normalize("NFKC", tidy(repair(header)))
    text = unicodedata.normalize("NFKC", text.casefold())
    text = plain_hyphens(tidy(text)).translate(_QUOTES)
    return " ".join(text.split()).rstrip(" :")


@lru_cache(maxsize=KEPT)
def split_currency(header: str) -> tuple[str, str]:
    """The header with the currency in its brackets as "(*)", and the ISO code.

    A sign that several currencies share ("$") is replaced too and gives no code. A header without
    a currency comes back as it is.

    >>> split_currency("Amount spent (UAH)")
    ('Amount spent (*)', 'UAH')
    >>> split_currency("Reach (all)")
    ('Reach (all)', '')
    """
    text = repair(header)
    for found in reversed(list(_BRACKETS.finditer(text))):
        code = currency_code(tidy(found[2]))
        if code is not None:
            return f"{text[: found.start()]}(*){text[found.end() :]}", code
    return header, ""


def nearest(header: str, known: Collection[str], n: int = 3) -> tuple[str, ...]:
    """The known headers a person may have meant, best first, at most `n`.

    Letters are compared in the order written and with the words sorted, so that "Total likes" is
    near "Likes (total)".
    """
    wanted = normalise(header)
    plain, by_word = SequenceMatcher(b=wanted), SequenceMatcher(b=_sorted_words(wanted))
    scored: list[tuple[float, int, str]] = []
    for position, candidate in enumerate(known):
        spelling = normalise(candidate)
        score = max(_score(plain, spelling), _score(by_word, _sorted_words(spelling)))
        if score >= CLOSE_ENOUGH:
            scored.append((-score, position, candidate))
    return tuple(candidate for _, _, candidate in sorted(scored)[:n])


@lru_cache(maxsize=KEPT)
def _sorted_words(text: str) -> str:
    return " ".join(sorted(re.findall(r"\w+", text)))


def _score(matcher: SequenceMatcher[str], candidate: str) -> float:
    matcher.set_seq1(candidate)
    if matcher.real_quick_ratio() < CLOSE_ENOUGH or matcher.quick_ratio() < CLOSE_ENOUGH:
        return 0.0
    return matcher.ratio()
