"""What `tracksheet history` does: show, hand out and forget what a project remembers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .config import Config
from .core.exports.profile import profiles
from .core.findings import counted
from .core.history import Dialect, Entry, History, digest_of, matching
from .core.nearest import did_you_mean
from .inputs import find_inputs

# How Excel expects CSV in the language of the project.
DIALECTS = {"en": Dialect(",", "."), "fr": Dialect(";", ",")}
OWN_TABLE = "your own table"
STILL_THERE = {True: "yes", False: "no", None: "in the plan"}


class NothingForgotten(ValueError):
    """A name that stands for nothing in the history; the message says what is near."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list. `there` says whether the file is still among the inputs, as it was.

    It is None for a sheet of the plan, which is never looked into here.
    """

    entry: Entry
    there: bool | None

    @property
    def what(self) -> str:
        """The kinds of table in it, in words."""
        titles = {profile.id: profile.title for profile in profiles()}
        kinds = [
            titles.get(profile, profile) if profile is not None else title or OWN_TABLE
            for profile, title in self.entry.tables
        ]
        return ", ".join(dict.fromkeys(kinds)) or "no table"

    @property
    def days(self) -> str:
        """The first and the last day that its figures tell of."""
        first, last = self.entry.first, self.entry.last
        if first is None or last is None:
            return "no dates"
        return str(first) if first == last else f"{first} – {last}"

    @property
    def line(self) -> str:
        """All of it in one sentence, for what is about to be forgotten."""
        entry = self.entry
        return (
            f"{entry.id}  {entry.places[0]}: {self.what}, {counted(entry.rows, 'row')}, "
            f"{self.days}, made {entry.made:%Y-%m-%d}"
        )


def listing(config: Config) -> list[Listed]:
    """What the project remembers, the oldest export first; raises `HistoryError`."""
    with History(config.history, read_only=True) as history:
        entries = history.contents()
    there = {digest_of(file) for file in find_inputs(config).files}
    sheet = f"{config.plan.name}, sheet "
    return [
        Listed(entry, None if entry.places[0].startswith(sheet) else entry.digest in there)
        for entry in entries
    ]


def chosen(listed: Sequence[Listed], names: Sequence[str]) -> list[Listed]:
    """What the names, patterns and ids stand for; `NothingForgotten` where one stands for nothing.

    Every version of a file is among them, whatever was corrected in it since.
    """
    entries = [one.entry for one in listed]
    ids: set[int] = set()
    for name in names:
        found = matching(entries, name)
        if not found:
            known = [entry.file for entry in entries]
            near = did_you_mean(name, dict.fromkeys(known))
            raise NothingForgotten(
                f"the history has nothing named {name!r}.{near} "
                '"tracksheet history list" shows names and ids'
            )
        ids |= {entry.id for entry in found}
    return [one for one in listed if one.entry.id in ids]


def forget(config: Config, those: Sequence[Listed]) -> None:
    """Delete them from the history, for good."""
    with History(config.history) as history:
        history.forget([one.entry.id for one in those])


def export(config: Config, target: Path) -> list[Path]:
    """Write the figures as CSV, as Excel expects it in the language of the project."""
    with History(config.history, read_only=True) as history:
        return history.write_figures(target, dialect=DIALECTS[config.lang])
