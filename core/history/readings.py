"""One file read in several ways: which reading counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading of some content that the history has. `mark` is what it understood."""

    id: int
    mark: str
    counts: bool
    places: frozenset[str]


def replaced(
    readings: Iterable[Reading], now: Mapping[int, Iterable[str]]
) -> dict[int, int | None]:
    """For readings of one content whose state changes, by which reading they are replaced.

    `now` are the readings just given, with their places. A new one takes the place of what counted
    for its own file until now; the same bytes in another file, such as a week without a click of
    another account, stay what they are.
    """
    before = {reading.id: reading for reading in readings}
    gone = [reading for reading in before.values() if reading.counts and reading.id not in now]
    changes: dict[int, int | None] = {}
    for id, places in now.items():
        if before[id].counts:
            continue
        changes[id] = None
        here = [reading for reading in gone if reading.places & set(places)]
        changes |= dict.fromkeys([old.id for old in here or gone], id)
    return changes
