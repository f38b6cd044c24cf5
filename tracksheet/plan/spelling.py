"""Names as people spell them: capitals, accents, spaces and punctuation do not matter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from ..core.exports.characters import tidy
from ..core.nearest import LONGEST

NEAR = 0.7  # less alike, and the question confuses more than it helps
KEPT = 2**13  # spellings remembered; a plan has fewer headings and names


@lru_cache(maxsize=KEPT)
def fold(text: str) -> str:
    """The letters and digits of a text, without accents and in small letters.

    >>> fold(" Étiquette :") == fold("etiquette")
    True
    """
    letters = unicodedata.normalize("NFKD", tidy(text)).casefold()
    return "".join(letter for letter in letters if letter.isalnum())


class Names:
    """Finds what a typed name stands for."""

    def __init__(
        self, spellings: Iterable[tuple[str, str]], more: Iterable[tuple[str, str]] = ()
    ) -> None:
        """Each spelling with its value; `more` are looser ones, which never beat the first."""
        self._values: dict[str, tuple[str, ...]] = {}
        self._written: dict[str, str] = {}
        for pairs in (spellings, more):
            self._values = {**self._meanings(pairs), **self._values}

    def _meanings(self, pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
        meanings: dict[str, dict[str, None]] = {}
        for spelling, value in pairs:
            if key := fold(spelling):
                self._written.setdefault(tidy(spelling).casefold(), spelling)
                meanings.setdefault(key, {})[value] = None
        return {key: tuple(values) for key, values in meanings.items()}

    def find(self, typed: str) -> str | None:
        """The value of a name in any spelling; None for an unknown one, or one of several."""
        values = self.meanings(typed)
        return values[0] if len(values) == 1 else None

    def meanings(self, typed: str) -> tuple[str, ...]:
        """All that a name stands for."""
        return self._values.get(fold(typed), ())

    def near(self, typed: str) -> str:
        """A question that names the nearest spelling, to be put after a message; or nothing."""
        import difflib  # slow to import: only a mistake needs it

        wanted = tidy(typed).casefold()[:LONGEST]
        near = difflib.get_close_matches(wanted, self._written, n=1, cutoff=NEAR)
        return f" Did you mean {self._written[near[0]]!r}?" if near else ""
