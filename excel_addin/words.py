"""The few words that the renderer itself adds to a report."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

WORDS: Final = MappingProxyType(
    {
        "en": {
            "no data": "No data for this period.",
            "cut": "Texts cut at {limit} characters, the most a cell can hold: {count}",
            "links": "Links shown as plain text (a sheet holds {limit} at most): {count}",
            "page": "Page &P of &N",
            "trends": "Trends of the cards, oldest first",
            "source": "Look it up: {cells}",
            "sources": "Look them up: {cells}",
        },
        "fr": {
            "no data": "Aucune donnée pour cette période.",
            "cut": "Textes coupés à {limit} caractères, le maximum d’une cellule : {count}",
            "links": "Liens affichés en simple texte (maximum d’une feuille : {limit}) : {count}",
            "page": "Page &P sur &N",
            "trends": "Évolution des indicateurs, du plus ancien au plus récent",
            "source": "Voir la source : {cells}",
            "sources": "Voir les sources : {cells}",
        },
    }
)


def words(lang: str) -> dict[str, str]:
    """The renderer's own words in this language; English for a language it does not speak."""
    return WORDS.get(lang, WORDS["en"])
