"""Which rows of which tables count, where a person's own table was corrected or went on.

A platform's exports are all kept: of the same post, the newest says how many likes. A table that
a person keeps, or a connector fills, is another thing: the file as it is now is right, and what it
no longer says was taken back. A connector lists the last weeks only, so what lies before the first
day of the newer version stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from ..exports.profile import profiles

Counting = Mapping[int, date | None]
"""Tables that count: all their rows (None), or those before a day."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table of a snapshot as far as it matters here."""

    table: int
    title: str
    own: bool
    rows: int
    first: date | None


@dataclass(frozen=True, slots=True)
class Version:
    """A snapshot, and the refresh that last saw it at each of its places."""

    snapshot: int
    places: Mapping[str, int]
    parts: tuple[Part, ...]

    def newer(self, other: Version, place: str) -> bool:
        """Whether this is a newer version of what lies at a place than another."""
        return (self.places[place], self.snapshot) > (other.places[place], other.snapshot)


@cache
def _platforms() -> frozenset[str]:
    return frozenset(
        profile.id for profile in profiles() if profile.channel or profile.channel_words
    )


@cache
def is_own(profile: str | None) -> bool:
    """Whether a table is kept by people or filled by a connector, and is of no platform.

    >>> is_own(None), is_own("followers_list"), is_own("meta_instagram_posts")
    (True, True, False)
    """
    return profile is None or profile in {p.id for p in profiles()} - _platforms()


def counting(versions: Sequence[Version]) -> dict[int, date | None]:
    """The tables that count, each with the day from which a newer version speaks, if any."""
    at_place: dict[str, list[Version]] = {}
    for version in versions:
        for place in version.places:
            at_place.setdefault(place, []).append(version)
    found: dict[int, date | None] = {}
    for version in versions:
        newest = max(version.places.values())
        last_places = [place for place, seen in version.places.items() if seen == newest]
        corrections = [
            [other for other in at_place[place] if other.newer(version, place)]
            for place in last_places
        ]
        for part in version.parts:
            if not part.own or any(not newer for newer in corrections):  # as it is, somewhere
                found[part.table] = None
                continue
            days = [day for newer in corrections if (day := _until(part, newer)) is not None]
            if len(days) < len(corrections):
                found[part.table] = None
            elif max(days) > date.min:
                found[part.table] = max(days)
    return found


def _until(part: Part, newer: Iterable[Version]) -> date | None:
    """The day from which newer versions speak: `date.min` for all of it, None for nothing."""
    days = []
    for version in newer:
        filled = [other for other in version.parts if other.rows]
        same = [other for other in filled if other.title == part.title] or filled
        if not same:  # an empty table corrects nothing: a connector may have failed
            continue
        known = [other.first for other in same if other.first is not None]
        days.append(min(known) if part.first is not None and known else date.min)
    return min(days, default=None)
