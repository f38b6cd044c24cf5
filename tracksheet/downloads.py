"""New exports in a person's downloads folder, told by their content from all that lies there."""

from __future__ import annotations

import filecmp
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Literal

import pandas as pd

from .config import Config
from .core.accounts import NAMES, folded
from .core.brands import AccountEntry
from .core.catalogue import catalogue
from .core.exports import Export, ExportError, ReadOptions, read_export
from .core.exports.blocks import find_blocks
from .core.exports.layout import choose_layout
from .core.exports.preamble import read_title
from .core.exports.profile import profiles, vocabulary
from .core.exports.read import vertical_words
from .core.exports.source import Cell, Grid, TextFile, load
from .core.findings import Finding
from .inputs import Inputs, find_inputs, in_downloads
from .plan.sheets import sort_sheets

RECENT = timedelta(days=62)  # two months: what is older was read, or left, at an earlier refresh
LARGEST = 50_000_000  # bytes; an export is hardly ever a tenth of it
MOST_FILES = 500  # the newest ones; all that lies there must not make every refresh slow
HEAD_CHARACTERS = 100_000
HEAD_ROWS = 60
SHOWN = 5  # kinds of exports named in one finding

Verdict = Literal["taken", "nameless", "mixed", "unread", "ignored"]
# Why files are left where they are, in a finding without their names.
_LEFT: Mapping[Verdict, str] = {
    "nameless": "do not say which account they are of",
    "mixed": "are of an account on the Accounts tab and of others that are not",
    "unread": "cannot be read without guessing, so that nobody knows whose they are",
}


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A file with the headings of an export. `error` says why it could not be read, if so."""

    path: Path
    export: Export | None
    error: str = ""

    @property
    def kind(self) -> str:
        """Which exports it holds, in words."""
        titles = {profile.id: profile.title for profile in profiles()}
        tables = self.export.tables if self.export else ()
        kinds = dict.fromkeys(titles[table.profile] for table in tables if table.profile)
        return ", ".join(kinds) or "an export"

    @property
    def saved(self) -> str:
        return f"{datetime.fromtimestamp(self.path.stat().st_mtime):%Y-%m-%d}"


@dataclass(frozen=True, slots=True)
class _Named:
    """An account as a file names it."""

    channel: str
    names: frozenset[str]


def find_downloads(
    config: Config,
    accounts: Sequence[AccountEntry],
    *,
    exports: Iterable[Path] | None = None,
    now: datetime | None = None,
) -> Inputs:
    """The new exports in the downloads folder, if tracksheet.toml names one.

    A file counts when it is recent and holds figures of a platform. Where `accounts` are listed,
    it must also name one of them and no other, so that a client's report never holds another's
    figures; the findings do not even hold the name of such a file. `exports` are the files that
    are read anyway (those of `find_inputs` unless given): a copy of one is passed over.
    """
    if config.downloads is None:
        return Inputs((), ())
    if not config.downloads.is_dir():
        return Inputs((), (_no_folder(config),))
    known = find_inputs(config).files if exports is None else exports
    judged: dict[Verdict, list[_Candidate]] = {}
    for path in _without_copies(_recent(config, now or datetime.now()), known):
        candidate = _candidate(path, config.options_for(path))
        if candidate is not None:
            judged.setdefault(_verdict(candidate, accounts), []).append(candidate)
    taken = sorted(candidate.path for candidate in judged.get("taken", ()))
    return Inputs(tuple(taken), tuple(_findings(judged, listed=bool(accounts))))


def _no_folder(config: Config) -> Finding:
    return Finding(
        "warning",
        config.path.name,
        f"downloads: there is no folder {config.downloads} on this computer; correct it, or "
        'leave it empty (""); "~/Downloads" is right on most computers',
    )


def _recent(config: Config, now: datetime) -> list[Path]:
    """The tables that may be new, those with the shortest name first: a copy's is longer."""
    found = []
    for path in in_downloads(config):
        try:
            about = path.stat()
        except OSError:
            continue
        if datetime.fromtimestamp(about.st_mtime) >= now - RECENT and about.st_size <= LARGEST:
            found.append((about.st_mtime, path))
    newest = sorted(found, reverse=True)[:MOST_FILES]
    return sorted((path for _, path in newest), key=lambda path: (len(path.name), path.name))


def _without_copies(paths: Iterable[Path], known: Iterable[Path]) -> Iterator[Path]:
    """The files whose bytes are not those of a file before."""
    seen: dict[int, list[Path]] = {}
    for path in known:
        seen.setdefault(path.stat().st_size, []).append(path)
    for path in paths:
        try:
            alike = seen.setdefault(path.stat().st_size, [])
            copied = any(filecmp.cmp(path, other, shallow=False) for other in alike)
        except OSError:
            continue
        if not copied:
            alike.append(path)
            yield path


def _is_export(path: Path, options: ReadOptions) -> bool:
    """Whether the first rows of a file, or of a sheet of it, have the headings of a platform.

    A file that cannot be opened is none of ours; in a plan people type, and it is of one project.
    """
    try:
        heads = _heads(path)
    except ExportError:
        return False
    if sort_sheets(heads, file=path.name).tabs:
        return False
    return any(_is_of_platform(head, options) for head in heads)


def _is_of_platform(head: Grid, options: ReadOptions) -> bool:
    words = vocabulary()
    layouts = (
        choose_layout(
            block.header,
            title=read_title(block.preamble, block.sheet),
            profiles=profiles(),
            words=words,
            options=options,
        )
        for block in find_blocks(head, words, vertical=vertical_words())
    )
    return any(layout.profile is not None for layout in layouts)


def _heads(path: Path) -> tuple[Grid, ...]:
    source = load(path, header_score=vocabulary().score)
    if isinstance(source, TextFile):
        beginning = replace(source, decoded=source.beginning(HEAD_CHARACTERS))
        rows: list[list[Cell]] = []
        lines: list[int] = []
        with suppress(ExportError):  # the beginning ends within a quotation
            for line, row in islice(beginning.rows(), HEAD_ROWS):
                rows.append([*row])
                lines.append(line)
        return (Grid("", rows, lines),)
    return tuple(
        replace(grid, rows=grid.rows[:HEAD_ROWS], lines=grid.lines[:HEAD_ROWS])
        for grid in source.grids
    )


def _candidate(path: Path, options: ReadOptions) -> _Candidate | None:
    if not _is_export(path, options):
        return None
    try:
        return _Candidate(path, read_export(path, options=options))
    except ExportError as error:
        return _Candidate(path, None, str(error))


def _verdict(candidate: _Candidate, accounts: Sequence[AccountEntry]) -> Verdict:
    if candidate.export is None:
        return "unread"
    if not _has_figures(candidate.export):
        return "ignored"
    if not accounts:
        return "taken"
    named = _named(candidate.export)
    if not named:
        return "nameless"
    ours = [one for one in named if any(_is_of(one, entry) for entry in accounts)]
    if not ours:
        return "ignored"
    return "taken" if len(ours) == len(named) else "mixed"


def _findings(judged: Mapping[Verdict, Sequence[_Candidate]], *, listed: bool) -> Iterator[Finding]:
    """What was taken, file by file, and what was left; without names once accounts are listed."""
    for one in judged.get("taken", ()):
        yield Finding("info", one.path.name, f"read from {one.path.parent.name}: {one.kind}")
    if not listed:
        for one in judged.get("unread", ()):
            said = f"in {one.path.parent.name}, not read: {one.error}; or move it elsewhere"
            yield Finding("warning", one.path.name, said)
        return
    for verdict, why in _LEFT.items():
        left = judged.get(verdict, ())
        if left:
            kinds = list(dict.fromkeys(f"{one.kind}, saved on {one.saved}" for one in left))
            what = "; ".join(kinds[:SHOWN]) + (" …" if len(kinds) > SHOWN else "")
            said = (
                f"exports there that {why}, are not read: {what}. Move those of this project "
                "into exports/"
            )
            yield Finding("warning", left[0].path.parent.name, said)


def _has_figures(export: Export) -> bool:
    """Whether any table of a known kind holds figures; a list of links does not."""
    metrics = catalogue().metrics.keys()
    return any(table.profile and metrics & set(table.frame) for table in export.tables)


def _named(export: Export) -> frozenset[_Named]:
    """The accounts that the rows of a file name."""
    found = set()
    for table in export.tables:
        for frame in (table.frame, table.totals):
            columns = [name for name in ("channel", *NAMES) if name in frame]
            distinct: pd.DataFrame = frame[columns].drop_duplicates()
            for row in distinct.to_dict("records"):
                names = {str(row[name]) for name in NAMES if isinstance(row.get(name), str)}
                if keys := frozenset(folded(name) for name in names if name.strip()):
                    channel = row.get("channel")
                    found.add(_Named(channel if isinstance(channel, str) else "", keys))
    return frozenset(found)


def _is_of(named: _Named, entry: AccountEntry) -> bool:
    """Whether an account is the one of a row of the Accounts tab; no channel fits any."""
    channels = {entry.channel.casefold(), named.channel.casefold()} - {""}
    return len(channels) < 2 and bool(entry.account) and folded(entry.account) in named.names
