"""Which files a project reads: the globs of tracksheet.toml, looked up on the disk."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .config import Config
from .core.exports.source import SHEET_SUFFIXES, TEXT_SUFFIXES
from .core.findings import Finding
from .launchers import LAUNCHER_NAMES

READABLE = TEXT_SUFFIXES | SHEET_SUFFIXES
# Written by `tracksheet init` into exports/, in the language of the project.
READ_ME_NAMES = {"en": "README.txt", "fr": "LISEZMOI.txt"}
_LOCK_PREFIX = "~$"  # Excel keeps such a file beside an open workbook
_ARCHIVES = frozenset({".zip", ".gz", ".7z", ".rar"})


@dataclass(frozen=True, slots=True)
class Inputs:
    """The export files found, in the order of their paths, and what was odd about the globs."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]


def find_inputs(config: Config) -> Inputs:
    """The exports of a project; its own files and what is no table are left out."""
    files: dict[Path, Path] = {}
    findings: list[Finding] = []
    folders: list[Path] = []
    for pattern in config.inputs:
        found = tuple(_matches(pattern, config.directory))
        exports = [path for path in found if is_export(path) and not is_own(path, config)]
        files |= {path.resolve(): path for path in exports}
        folders += [path for path in found if path.is_dir()]
        strangers = (path for path in found if _is_stranger(path) and not is_own(path, config))
        findings += [_not_read(path) for path in strangers]
        if not exports:
            findings.append(_nothing(pattern, config))
    ordered = tuple(files[key] for key in sorted(files))
    findings += [_folder(path, config) for path in folders if _is_passed_over(path, ordered)]
    findings += _idle_rules(config, ordered)
    return Inputs(ordered, tuple(dict.fromkeys(findings)))


def in_downloads(config: Config) -> tuple[Path, ...]:
    """The tables in the person's downloads folder, in the order of their names.

    Nothing where the folder is not there or may not be opened.
    """
    if config.downloads is None:
        return ()
    try:
        paths = sorted(config.downloads.iterdir())
        return tuple(path for path in paths if is_export(path) and not is_own(path, config))
    except OSError:
        return ()


def _matches(pattern: str, directory: Path) -> Iterator[Path]:
    """What a glob finds, or the one file whose very name it is (names may hold brackets)."""
    literal = directory / pattern
    if literal.is_file():
        return iter((literal,))
    # Not Path.glob: it refuses a pattern that leads out of the project.
    found = glob.glob(pattern, root_dir=directory, recursive=True)  # noqa: PTH207
    return (directory / name for name in sorted(found))


def is_export(path: Path) -> bool:
    """Whether a file may be an export, by its name."""
    return path.suffix.lower() in READABLE and not _is_quiet(path) and path.is_file()


def is_own(path: Path, config: Config) -> bool:
    """Whether a file is one that Tracksheet made, or the plan: a project may be one flat folder.

    A database has files of its name beside it while it is open.
    """
    real, history = path.resolve(), config.history.resolve()
    if real.parent == history.parent and real.name.startswith(history.name):
        return True
    own = (config.path, config.plan, config.output)
    return path.name in LAUNCHER_NAMES or real in {file.resolve() for file in own}


def _is_stranger(path: Path) -> bool:
    return path.suffix.lower() not in READABLE and not _is_quiet(path) and path.is_file()


def _is_quiet(path: Path) -> bool:
    return path.name.startswith(_LOCK_PREFIX) or path.name in READ_ME_NAMES.values()


def _is_passed_over(folder: Path, files: tuple[Path, ...]) -> bool:
    """A folder that holds exports of which none is read."""
    if any(file.is_relative_to(folder) for file in files):
        return False
    return any(is_export(path) for path in folder.rglob("*"))


def _not_read(path: Path) -> Finding:
    fix = "unpack it here" if path.suffix.lower() in _ARCHIVES else "export it as .csv or .xlsx"
    return Finding("warning", path.name, f"not read: not a table; {fix}, or move it elsewhere")


def _nothing(pattern: str, config: Config) -> Finding:
    return Finding(
        "warning",
        config.path.name,
        f'inputs: no export fits "{pattern}" in {config.directory}; put your downloads there, '
        "or correct the pattern",
    )


def _folder(path: Path, config: Config) -> Finding:
    inside = path.relative_to(config.directory) if path.is_relative_to(config.directory) else path
    return Finding(
        "warning",
        config.path.name,
        f"the folder {inside.as_posix()} holds exports that are not read; add "
        f'"{inside.as_posix()}/*" to inputs',
    )


def _idle_rules(config: Config, files: tuple[Path, ...]) -> list[Finding]:
    """A [[file]] that fits no file is most often a misspelt name."""
    if not config.files:
        return []
    everywhere = (*files, *in_downloads(config))
    used = {rule.match for file in everywhere for rule in config.rules_for(file)}
    return [
        Finding("warning", config.path.name, f'[[file]] match = "{rule.match}" fits no export')
        for rule in config.files
        if rule.match not in used
    ]
