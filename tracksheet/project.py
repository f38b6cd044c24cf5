"""Makes a new project: a folder for the exports, the settings, and the workbook to type in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .config import FILE_NAME, Lang
from .inputs import READ_ME_NAMES
from .plan.workbook import write_plan
from .project_words import READ_ME, SETTINGS
from .toml_table import ConfigError

EXPORTS = "exports"
PLAN = "plan.xlsx"


@dataclass(frozen=True, slots=True)
class Made:
    """The files that were made, and those that were there already and stay as they are."""

    made: tuple[Path, ...]
    kept: tuple[Path, ...]


def init(directory: Path, *, lang: Lang = "en", client: str = "") -> Made:
    """Make a project in a folder, new or not; a file that is there is never touched.

    Raises `ConfigError` where a file stands in the way of a folder.
    """
    writers: dict[Path, Callable[[Path], None]] = {
        directory / EXPORTS / READ_ME_NAMES[lang]: lambda path: _write_new(path, READ_ME[lang]),
        directory / FILE_NAME: lambda path: _write_new(path, settings(lang=lang, client=client)),
        directory / PLAN: lambda path: write_plan(path, lang=lang),
    }
    made, kept = [], []
    _make_folder(directory / EXPORTS)
    for path, write in writers.items():
        if path.exists():
            kept.append(path)
        else:
            write(path)
            made.append(path)
    return Made(tuple(made), tuple(kept))


def settings(*, lang: Lang = "en", client: str = "") -> str:
    """The text of a new tracksheet.toml, which explains every setting."""
    # A JSON string is a TOML string, but for the one control character that JSON lets pass.
    name = json.dumps(client, ensure_ascii=False).replace("\x7f", "")
    return SETTINGS[lang].format(client=name)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise ConfigError(
            f"cannot make the folder {folder}: a file of that name is in the way; "
            "choose another folder, or move the file"
        ) from None


def _write_new(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
