"""The words of the report in its language, from labels.toml."""

from __future__ import annotations

from .core.catalogue import Kpi
from .word_files import words_in


def label(group: str, name: str, lang: str) -> str:
    """A word of the report.

    >>> label("column", "month", "fr")
    'Mois'
    """
    return str(words_in("labels.toml")[group][name][lang])


def channel_name(channel: str, lang: str) -> str:
    """How people write a channel; one that we do not know is written as it is."""
    known = words_in("labels.toml")["channel"].get(channel)
    return str(known[lang]) if known is not None else channel


def kpi_name(kpi: Kpi, lang: str) -> str:
    """The KPI's name in the language of the report."""
    return kpi.fr if lang == "fr" else kpi.en
