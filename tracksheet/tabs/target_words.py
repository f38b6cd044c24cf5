"""The words of targets.toml, and why a target stands as it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..core.catalogue import catalogue
from ..core.report import Tone
from ..core.targets import Judged, Reason, Status
from ..labels import channel_name
from ..word_files import word_in
from .wording import day_name, enumerated

FILE = "tabs/targets.toml"
TONES: Mapping[Status, Tone] = {
    "met": "good", "on_track": "good", "at_risk": "warn", "off_track": "bad",
}  # fmt: skip


def word(group: str, name: str, lang: str, **values: object) -> str:
    """A word or sentence of the tab, with its values filled in.

    >>> word("unit", "currency_of", "fr", currency="EUR")
    'Argent en EUR'
    """
    return word_in(FILE, group, name, lang, **values)


def status_word(status: Status, lang: str) -> str:
    """The status as people say it.

    >>> status_word("off_track", "en"), status_word("at_risk", "fr")
    ('off track', 'à risque')
    """
    return word("status", status, lang)


def status_tone(status: Status) -> Tone:
    """What the status means for the reader."""
    return TONES.get(status, "neutral")


def sentence(judged: Judged, lang: str) -> str | None:
    """Why a target stands as it does; None where its numbers say it."""
    if not judged.reason:
        return None
    reason = "never" if judged.reason == "not_yet" and judged.day is None else judged.reason
    spoken = _SPOKEN.get(judged.reason)
    names = [name if spoken is None else spoken(name, lang) for name in judged.about]
    return word(
        "reason",
        reason,
        lang,
        day=day_name(judged.day, lang) if judged.day is not None else "",
        about=enumerated(names, lang) if names else "",
    )


def _metric_name(metric: str, lang: str) -> str:
    known = catalogue().metrics[metric]
    return known.fr if lang == "fr" else known.en


_SPOKEN: Mapping[Reason, Callable[[str, str], str]] = {
    "needs": _metric_name,
    "not_told": _metric_name,
    "stopped": channel_name,
    "no_match": channel_name,
}
