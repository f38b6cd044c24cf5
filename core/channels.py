"""What is particular to each channel: its kind, what already holds its figures, when they settle.

Standard library alone, read once from channels.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Literal, get_args

from .section import CatalogueError, Section

FILE = "channels.toml"
LONGEST = 90  # days: the longest conversion window that an ad platform offers
UNKNOWN_SETTLES_AFTER = 3
UNKNOWN_SOURCE = "Estimate: a platform we do not know, taken for a social network."

Kind = Literal["social", "ads", "web", "search", "email"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_NEEDED = frozenset({"kind", "settles_after", "source"})
_OPTIONAL = frozenset({"included_in", "partly_included_in", "conversions_settle_after"})


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel.

    `included_in` names the channels whose own exports already hold (part of) its figures, so that
    adding both would count twice; `partly_included_in` does so for some metrics only.
    `settles_after` is in days after the end of a day: until then the platform still changes that
    day's figures; `conversions_settle_after` is the same for conversions and their value.
    `source` says who says so, and what is an estimate.
    """

    id: str
    kind: Kind
    included_in: tuple[str, ...]
    settles_after: int
    source: str
    conversions_settle_after: int
    partly_included_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def held_by(self, metric: str) -> tuple[str, ...]:
        """The channels whose exports already hold this metric's figures.

        >>> [channel("google_ads").held_by(metric) for metric in ("video_views", "clicks")]
        [('youtube',), ()]
        """
        return (*self.included_in, *self.partly_included_in.get(metric, ()))


@cache
def channels() -> Mapping[str, Channel]:
    """Every channel that the exports we read can be of, by id."""
    from importlib import resources  # slow to import: only when the channels are wanted

    return load((resources.files(__package__) / FILE).read_text(encoding="utf-8"))


def channel(id: str) -> Channel:
    """The channel of this id; one we do not know is taken for a social network of its own.

    >>> channel("meta_ads").included_in
    ('facebook', 'instagram', 'meta')
    >>> channel("mastodon").kind
    'social'
    """
    known = channels().get(id)
    if known is not None:
        return known
    days = UNKNOWN_SETTLES_AFTER
    return Channel(id, "social", (), days, UNKNOWN_SOURCE, days)


def load(text: str) -> Mapping[str, Channel]:
    """Read and check the text of the file; `CatalogueError` names the first wrong entry."""
    sections = [Section(FILE, id, table) for id, table in _document(text).items()]
    ids = frozenset(section.id for section in sections)
    return MappingProxyType({section.id: _channel(section, ids) for section in sections})


def _document(text: str) -> dict[str, dict[str, object]]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{FILE}: {error}") from None
    for id, table in document.items():
        if not isinstance(table, dict):
            raise CatalogueError(f"{FILE}: {id!r} stands outside any [section]")
    return document


def _channel(section: Section, ids: frozenset[str]) -> Channel:
    section.expect(_NEEDED, _OPTIONAL)
    days = _days(section, "settles_after", 0)
    partly = section.table.get("partly_included_in")
    by_metric = section.mapping("partly_included_in", partly) if partly is not None else {}
    return Channel(
        section.id,
        section.choice("kind", KINDS),
        _others(section, "included_in", section.table.get("included_in"), ids),
        days,
        section.text("source"),
        _days(section, "conversions_settle_after", days),
        MappingProxyType(
            {
                metric: _others(section, f"partly_included_in.{metric}", value, ids)
                for metric, value in by_metric.items()
            }
        ),
    )


def _days(section: Section, key: str, least: int) -> int:
    """A number of days, `least` where the key is not given."""
    value = section.table.get(key, least)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= LONGEST:
        raise section.error(f"{key} must be a whole number of days from {least} to {LONGEST}")
    return value


def _others(section: Section, key: str, value: object, ids: frozenset[str]) -> tuple[str, ...]:
    """Other channels of the file."""
    if value is None:
        return ()
    named = section.texts(key, value)
    for name in named:
        if name not in ids or name == section.id:
            raise section.error(f"{key}: {name!r} is not another channel of this file")
    return named
