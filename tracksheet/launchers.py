"""Files to double-click that refresh a project: for people who never open a terminal."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Mapping
from importlib import resources
from pathlib import Path, PurePath

from .word_files import words_in

NAMES: Mapping[str, str] = {"en": "Refresh", "fr": "Actualiser"}
BATCH, SHELL = ".bat", ".command"  # Windows; macOS and, by a right click, Linux
LAUNCHER_NAMES = frozenset(name + suffix for name in NAMES.values() for suffix in (BATCH, SHELL))

# What batch reads as more than a letter where a text is echoed; % is doubled instead.
_BATCH_SIGNS = re.compile(r"[&|<>()^]")
_PLACE = re.compile(r"@\{(\w+)\}")
# The code with which the refresh leaves, by what is then said.
_CODES = {"done": "0", "remarks": "1", "failed": "2", "missing": "missing"}


def batch(lang: str, *, python: str = "") -> str:
    """The text of the launcher for Windows. `python` is written by `batch_path`.

    It has no labels and no brackets around several lines: the signs in the name of a folder
    cannot end one.
    """
    words = _words(lang, BATCH)
    texts = {
        name: _echoed(lines, f'if "%code%"=="{_CODES[name]}" ')
        for name, lines in words.items()
        if name in _CODES
    }
    texts["unexpected"] = _echoed(words["unexpected"], "if not defined known ", code="%code%")
    texts["about"] = "\n".join(f"rem {line}" for line in words["about"])
    texts["working"], texts["close"] = (_plain(words[name][0]) for name in ("working", "close"))
    texts["python"] = f' "{python}"' if python else ""
    return _filled("launcher.bat", texts).replace("\n", "\r\n")


def shell(lang: str, *, python: str = "") -> str:
    """The text of the launcher for macOS and Linux. `python` is written by `shell_path`."""
    words = _words(lang, SHELL)
    texts = {name: shlex.join(lines) for name, lines in words.items() if name != "about"}
    # The number is put between two quoted pieces.
    texts["unexpected"] = texts["unexpected"].replace("{code}", "'\"$code\"'")
    texts["about"] = "\n".join(f"# {line}" for line in words["about"])
    texts["python"] = python or "''"
    return _filled("launcher.sh", texts)


def batch_path(file: PurePath, *, home: PurePath) -> str:
    r"""A path for a batch file; one in the person's own folder holds on the next computer too.

    >>> from pathlib import PureWindowsPath as P
    >>> batch_path(P(r"C:\Users\Zoé\100%\python.exe"), home=P(r"C:\Users\Zoé"))
    '%USERPROFILE%\\100%%\\python.exe'
    """
    own = file.is_relative_to(home)
    path = str(file.relative_to(home) if own else file).replace("%", "%%")
    return f"%USERPROFILE%\\{path}" if own else path


def shell_path(file: PurePath, *, home: PurePath) -> str:
    """A path for a shell, in quotes where it needs them.

    >>> from pathlib import PurePosixPath as P
    >>> shell_path(P("/Users/zoe/my env/bin/python"), home=P("/Users/zoe"))
    '"$HOME"/\\'my env/bin/python\\''
    """
    if file.is_relative_to(home):
        return f'"$HOME"/{shlex.quote(str(file.relative_to(home)))}'
    return shlex.quote(str(file))


def write_batch(path: Path, *, lang: str) -> None:
    """Write the launcher for Windows; a file that is there is never touched."""
    python = batch_path(Path(sys.executable), home=Path.home()) if os.name == "nt" else ""
    with path.open("x", encoding="utf-8", newline="") as file:
        file.write(batch(lang, python=python))


def write_shell(path: Path, *, lang: str) -> None:
    """Write the launcher for macOS and Linux and make it executable for those who may read it."""
    python = shell_path(Path(sys.executable), home=Path.home()) if os.name == "posix" else ""
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(shell(lang, python=python))
    mode = path.stat().st_mode
    path.chmod(mode | (mode & 0o444) >> 2)


def launcher_here(lang: str) -> str:
    """The name of the launcher that this computer opens."""
    return NAMES[lang] + (BATCH if os.name == "nt" else SHELL)


def _words(lang: str, suffix: str) -> dict[str, tuple[str, ...]]:
    """The lines of each text; where there is one for each kind of launcher, the one of this."""
    return {
        name: tuple(entry.get(suffix.removeprefix("."), entry)[lang])
        for name, entry in words_in("launchers.toml").items()
    }


def _resource(name: str) -> str:
    return (resources.files(__package__) / name).read_text("utf-8")


def _filled(template: str, texts: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda found: texts[found[1]], _resource(template))


def _echoed(lines: tuple[str, ...], condition: str, *, code: str = "") -> str:
    said = (_plain(line).replace("{code}", code) for line in lines)
    return "\n".join(f"{condition}echo {line}" for line in said)


def _plain(text: str) -> str:
    return _BATCH_SIGNS.sub(lambda found: f"^{found[0]}", text.replace("%", "%%"))
