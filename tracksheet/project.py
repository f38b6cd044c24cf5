"""Makes a new project: a folder for exports, settings, a workbook to type in, and launchers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .config import FILE_NAME, Lang
from .core.catalogue import catalogue
from .inputs import READ_ME_NAMES
from .labels import kpi_name
from .launchers import BATCH, NAMES, SHELL, launcher_here, write_batch, write_shell
from .plan.workbook import write_plan
from .project_words import KPIS_KEPT, NEXT, READ_ME, SETTINGS
from .toml_table import ConfigError

EXPORTS = "exports"
PLAN = "plan.xlsx"


@dataclass(frozen=True, slots=True)
class Made:
    """The files that were made, and those that were there already and stay as they are."""

    made: tuple[Path, ...]
    kept: tuple[Path, ...]


def init(directory: Path, *, lang: Lang = "en", client: str = "", kpis: Sequence[str] = ()) -> Made:
    """Make a project in a folder, new or not; a file that is there is never touched.

    `kpis` are the ids of KPIs to put forward, none for the usual ones. Raises `ConfigError`
    where a file stands in the way of a folder.
    """
    launcher = NAMES[lang]
    read_me = READ_ME[lang].format(launcher=launcher)
    writers: dict[Path, Callable[[Path], None]] = {
        directory / EXPORTS / READ_ME_NAMES[lang]: lambda path: _write_new(path, read_me),
        directory / FILE_NAME: lambda path: _write_new(
            path, settings(lang=lang, client=client, kpis=kpis)
        ),
        directory / PLAN: lambda path: write_plan(path, lang=lang),
        directory / f"{launcher}{BATCH}": lambda path: write_batch(path, lang=lang),
        directory / f"{launcher}{SHELL}": lambda path: write_shell(path, lang=lang),
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


def settings(*, lang: Lang = "en", client: str = "", kpis: Sequence[str] = ()) -> str:
    """The text of a new tracksheet.toml, which explains every setting."""
    # A JSON string is a TOML string, but for the one control character that JSON lets pass.
    name = json.dumps(client, ensure_ascii=False).replace("\x7f", "")
    chosen = kpi_setting(kpis, lang=lang) if kpis else "#kpis = []"
    return SETTINGS[lang].format(client=name, kpis=chosen, launcher=NAMES[lang])


def kpi_setting(kpis: Sequence[str], *, lang: Lang = "en") -> str:
    """The setting `kpis` with one id and its name a line.

    >>> print(kpi_setting(["cpc"], lang="fr"))
    kpis = [
      "cpc",  # Coût par clic (CPC)
    ]
    """
    known = catalogue().kpis
    lines = (f'  "{kpi}",  # {kpi_name(known[kpi], lang)}' for kpi in kpis)
    return "\n".join(("kpis = [", *lines, "]"))


def next_step(made: Made, directory: Path, *, lang: Lang = "en", kpis: Sequence[str] = ()) -> str:
    """What to do now, and what of the wishes could not be done because a file was there."""
    folder = directory / EXPORTS
    text = NEXT[lang].format(
        exports=folder, launcher=launcher_here(lang), project=shown_argument(directory)
    )
    if kpis and directory / FILE_NAME in made.kept:
        text = f"{KPIS_KEPT[lang]}\n{kpi_setting(kpis, lang=lang)}\n\n{text}"
    return text


def shown_argument(path: Path) -> str:
    """A path as it is typed after a command: in quotes where it has spaces or signs."""
    text = str(path)
    return text if re.fullmatch(r"[\w./\\:~-]+", text) else f'"{text}"'


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
