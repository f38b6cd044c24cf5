"""Words in the texts of posts, however they are cased and accented."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import pandas as pd

# What no decomposition of Unicode takes apart, and people write either way.
LETTERS: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "’": "'", "‘": "'"})
END: Final = "\n"  # after titles and texts; no folded text holds it


def folded(text: str) -> str:
    """The text without case, accents and line breaks, to be compared.

    >>> folded("Crème  BRÛLÉE")
    'creme brulee'
    """
    return _folded(text, _Words())


@dataclass(frozen=True, slots=True)
class Lines:
    """Texts in one piece, which is searched in one go: most of them hold nothing of interest.

    `starts` says where each begins.
    """

    joined: str
    starts: Sequence[int]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Lines:
        """Texts without line ends, or with some that no phrase runs over."""
        starts = accumulate((len(text) + len(END) for text in texts), initial=0)
        return cls("".join(f"{text}{END}" for text in texts), list(starts))

    def holding(self, phrase: str, *, whole: bool = False) -> list[int]:
        """The texts that hold the phrase, at least once as `whole` words if asked."""
        found: list[int] = []
        at = self.joined.find(phrase) if phrase else -1
        while at >= 0:
            following = at + 1
            if not whole or self._is_whole(phrase, at):
                found.append(bisect_right(self.starts, at) - 1)
                following = self.starts[found[-1] + 1]
            at = self.joined.find(phrase, following)
        return found

    def _is_whole(self, phrase: str, at: int) -> bool:
        """Whether no letter goes on before or after the phrase."""
        if at and _in_word(self.joined[at - 1]) and _in_word(phrase[0]):
            return False
        return not (_in_word(phrase[-1]) and _in_word(self.joined[at + len(phrase)]))


def folded_texts(posts: pd.DataFrame) -> Lines:
    """Title and text of each post, folded."""
    words = _Words()
    columns = [
        [_folded(str(text), words) for text in posts[name].fillna("").tolist()]
        for name in ("title", "text")
        if name in posts
    ]
    if not columns:
        return Lines.of([""] * len(posts))
    return Lines.of([END.join(parts) for parts in zip(*columns, strict=True)])


def having(lines: Lines, keyword: str) -> list[int]:
    """The folded texts that hold the keyword: a word, a phrase, or a hashtag with its "#".

    Only whole words: "#recette" is not in "#recettes". A word without "#" is also found as a
    hashtag.
    """
    return lines.holding(folded(keyword), whole=True)


class _Words(dict[str, str]):
    """Words folded so far: those of posts repeat each other."""

    def __missing__(self, word: str) -> str:
        apart = unicodedata.normalize("NFKD", word)
        bare = "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")
        self[word] = found = " ".join(bare.casefold().translate(LETTERS).split())
        return found


def _folded(text: str, words: _Words) -> str:
    if text.isascii():
        return " ".join(text.lower().split())
    return " ".join(map(words.__getitem__, text.split()))


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"
