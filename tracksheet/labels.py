"""The words of the report in its language, from labels.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from .core.catalogue import Kpi


@cache
def _labels() -> dict[str, dict[str, dict[str, str]]]:
    text = (resources.files(__package__) / "labels.toml").read_text("utf-8")
    labels: dict[str, dict[str, dict[str, str]]] = tomllib.loads(text)
    return labels


def label(group: str, name: str, lang: str) -> str:
    """A word of the report.

    >>> label("column", "month", "fr")
    'Mois'
    """
    return _labels()[group][name][lang]


def channel_name(channel: str, lang: str) -> str:
    """How people write a channel; one that we do not know is written as it is."""
    known = _labels()["channel"].get(channel)
    return known[lang] if known is not None else channel


def kpi_name(kpi: Kpi, lang: str) -> str:
    """The KPI's name in the language of the report."""
    return kpi.fr if lang == "fr" else kpi.en
