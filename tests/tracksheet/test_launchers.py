"""The files to double-click: run for real in a shell, read line by line for Windows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from tracksheet.launchers import (
    batch,
    batch_path,
    launcher_here,
    shell,
    shell_path,
    write_batch,
    write_shell,
)

LANGS = ("en", "fr")
SYSTEM = "/usr/bin:/bin"
SAYS_ITS_NAME = '#!/bin/sh\ncase "$*" in *"import tracksheet"*) exit {imports};; esac\n'
SAYS_ITS_NAME += 'printf "{name}"; printf "[%s]" "$@"; exit {code}\n'

needs_a_shell = pytest.mark.skipif(os.name != "posix", reason="runs /bin/sh")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def program(path: Path, name: str, *, code: int = 0, imports: int = 0) -> None:
    """An executable that prints its name and what it was called with."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SAYS_ITS_NAME.format(name=name, code=code, imports=imports))
    path.chmod(0o755)


def launcher(folder: Path, *, lang: str = "fr", python: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "Launch.command"
    path.write_text(shell(lang, python=python), encoding="utf-8")
    return path


def run(path: Path, *, home: Path, commands: Path | None = None) -> Ran:
    """The launcher as a double click runs it: from the home folder, with nothing typed."""
    search = SYSTEM if commands is None else f"{commands}:{SYSTEM}"
    done = subprocess.run(
        ["/bin/sh", str(path)],
        cwd=home,
        env={"PATH": search, "HOME": str(home), "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "clients" / 'Été & fils $HOME (100%) l\'"1"'


@needs_a_shell
def test_the_environments_are_tried_in_order(folder: Path, tmp_path: Path) -> None:
    """Each stands back once the one before it is gone."""
    known = tmp_path / "my env" / "bin" / "python"
    path = launcher(folder, python=shell_path(known, home=tmp_path))
    places = [
        (folder / ".venv/bin/python", "own"),
        (folder.parent / ".venv/bin/python", "above"),
        (known, "known"),
        (tmp_path / "bin" / "tracksheet", "command"),
    ]
    for place, name in places:
        program(place, name)
    for place, name in places:
        ran = run(path, home=tmp_path, commands=tmp_path / "bin")
        called = "" if name == "command" else "[-P][-m][tracksheet]"
        assert f"\n{name}{called}[refresh][--open][{folder}]\n" in ran.out
        assert (ran.code, ran.err) == (0, "")
        place.unlink()
    assert "introuvable" in run(path, home=tmp_path, commands=tmp_path / "bin").out


@needs_a_shell
def test_an_environment_without_tracksheet_is_passed_over(folder: Path, tmp_path: Path) -> None:
    program(folder / ".venv/bin/python", "bare", imports=1)
    program(tmp_path / ".local/bin/tracksheet", "installed")
    out = run(launcher(folder), home=tmp_path).out
    assert "installed[refresh]" in out and "bare" not in out


@needs_a_shell
def test_a_copy_of_tracksheet_around_the_project_is_run_with_uv(
    folder: Path, tmp_path: Path
) -> None:
    path = launcher(folder)
    program(tmp_path / "bin" / "uv", "uv")
    (folder.parent / "pyproject.toml").write_text('[project]\nname = "something"\n')
    assert run(path, home=tmp_path, commands=tmp_path / "bin").code == 2
    (folder.parent / "pyproject.toml").write_text('[project]\nname = "tracksheet"\n')
    ran = run(path, home=tmp_path, commands=tmp_path / "bin")
    assert f"uv[run][--project][{folder}/..][tracksheet][refresh][--open][{folder}]" in ran.out


SAID = [
    (0, "Done: the report is up to date.", "C’est fait : le rapport est à jour."),
    (1, "Something needs a look", "Quelque chose est à vérifier"),
    (2, "No report was made.", "Le rapport n’a pas été fait."),
    (3, "broke off (code 3)", "s’est arrêtée (code 3)"),
    (127, "Tracksheet was not found", "Tracksheet est introuvable"),
]


@needs_a_shell
@pytest.mark.parametrize(("code", "en", "fr"), SAID)
def test_how_it_ended_is_said_in_words(
    folder: Path, tmp_path: Path, code: int, en: str, fr: str
) -> None:
    if code != 127:
        program(tmp_path / "bin" / "tracksheet", "", code=code)
    for lang, said in (("en", en), ("fr", fr)):
        ran = run(launcher(folder, lang=lang), home=tmp_path, commands=tmp_path / "bin")
        assert ran.code == (2 if code == 127 else code)
        assert ran.err == ""
        assert [text for _, *both in SAID for text in both if text in ran.out] == [said]


@needs_a_shell
def test_the_python_that_made_the_project_runs_it(tmp_path: Path) -> None:
    path = tmp_path / launcher_here("en")
    write_shell(path, lang="en")
    assert os.access(path, os.X_OK)
    home = Path.home()
    assert shell_path(Path(sys.executable), home=home) in path.read_text("utf-8")
    ran = run(path, home=home)  # a folder without tracksheet.toml
    assert ran.code == 2
    assert "Making the report" in ran.out and "No report was made." in ran.out


def test_a_launcher_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    for write, name in ((write_batch, "a.bat"), (write_shell, "a.command")):
        (tmp_path / name).write_text("mine")
        with pytest.raises(FileExistsError):
            write(tmp_path / name, lang="fr")
        assert (tmp_path / name).read_text() == "mine"


@pytest.mark.parametrize("lang", LANGS)
def test_line_ends_are_those_of_the_system(tmp_path: Path, lang: str) -> None:
    write_batch(tmp_path / "a.bat", lang=lang)
    write_shell(tmp_path / "a.command", lang=lang)
    windows = (tmp_path / "a.bat").read_bytes()
    assert windows.count(b"\n") == windows.count(b"\r\n") == windows.count(b"\r")
    assert b"\r" not in (tmp_path / "a.command").read_bytes()


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_left_to_fill_in(lang: str) -> None:
    assert not re.search(r"@\{|\{code\}", batch(lang) + shell(lang))


PYTHON = r"%USERPROFILE%\R&D (x86)\100%%\python.exe"


def lines(lang: str) -> list[str]:
    return batch(lang, python=PYTHON).split("\r\n")


@pytest.mark.parametrize("lang", LANGS)
def test_windows_reads_only_ascii_before_it_is_told_utf_8(lang: str) -> None:
    text = batch(lang)
    assert text.startswith("@echo off\r\n")
    before, _, _ = text.partition("chcp 65001")
    assert before.isascii()


ALLOWED = re.compile(r"%%~\$PATH:N|%%[PNC]|%~dp0|%run%|%code%|%errorlevel%|%USERPROFILE%|%%(?=\\)")


@pytest.mark.parametrize("lang", LANGS)
def test_no_percent_sign_is_taken_for_a_variable(lang: str) -> None:
    for line in lines(lang):
        assert "%" not in ALLOWED.sub("", line), line


@pytest.mark.parametrize("lang", LANGS)
def test_no_sign_of_a_text_is_taken_for_a_command(lang: str) -> None:
    for line in lines(lang):
        _, echo, said = line.partition("echo ")
        if echo:
            assert not re.search(r"(?<!\^)[&|<>()]", said), line
            assert '"' not in said, line


@pytest.mark.parametrize("lang", LANGS)
def test_every_path_is_in_quotes(lang: str) -> None:
    """Outside of quotes a space, & or bracket in the name of a folder would cut the line."""
    for line in lines(lang):
        outside = re.sub(r'"[^"]*"', '""', line)
        assert not re.search(r"%~dp0|\$PATH|USERPROFILE|\\", outside), line


@pytest.mark.parametrize("lang", LANGS)
def test_no_folder_name_can_break_the_structure(lang: str) -> None:
    """Labels are searched byte by byte, and a ) in a path may end a block of several lines."""
    text = "\n".join(lines(lang))
    assert "EnableExtensions DisableDelayedExpansion" in text  # a ! in a path is a !
    assert not re.search(r"^\s*:|goto|call ", text, re.MULTILINE)
    assert not re.search(r"\(\s*$", text, re.MULTILINE)


@pytest.mark.parametrize("lang", LANGS)
def test_the_window_stays_open_and_the_code_is_passed_on(lang: str) -> None:
    assert lines(lang)[-3:] == ["pause >nul", "exit /b %code%", ""]
    assert 'if defined run %run% refresh --open "%~dp0."' in lines(lang)  # holds on \\server too


def test_windows_tries_the_environments_in_order() -> None:
    text = "\n".join(lines("en"))
    places = [
        r'"%~dp0.venv\Scripts\python.exe"', r'"%~dp0..\.venv\Scripts\python.exe"', f'"{PYTHON}"',
        "tracksheet.exe", "py -3 -P -m tracksheet", "uv run",
    ]  # fmt: skip
    found = [text.index(place) for place in places]
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("file", "home", "expected"),
    [
        (r"C:\Users\Zoé\env\python.exe", r"C:\Users\Zoé", r"%USERPROFILE%\env\python.exe"),
        (r"D:\50% off\python.exe", r"C:\Users\Zoé", r"D:\50%% off\python.exe"),
        (r"\\srv\tools\python.exe", r"C:\Users\Zoé", r"\\srv\tools\python.exe"),
    ],
)
def test_a_windows_path(file: str, home: str, expected: str) -> None:
    assert batch_path(PureWindowsPath(file), home=PureWindowsPath(home)) == expected


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("/home/zoe/.venv/bin/python", '"$HOME"/.venv/bin/python'),
        ("/home/zoe/a b$/python", "\"$HOME\"/'a b$/python'"),
        ("/opt/l'env/python", "'/opt/l'\"'\"'env/python'"),
    ],
)
def test_a_shell_path(file: str, expected: str) -> None:
    assert shell_path(PurePosixPath(file), home=PurePosixPath("/home/zoe")) == expected
