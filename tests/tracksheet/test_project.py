"""A new project: what is made, what is kept, and that its settings explain themselves."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tracksheet.config import FILE_KEYS, TARGET_KEYS, TOP_KEYS, ConfigError, Lang, load, parse
from tracksheet.inputs import find_inputs
from tracksheet.objectives import kpis_for, objectives
from tracksheet.project import init, next_step, settings

LANGS: tuple[Lang, ...] = ("en", "fr")
READ_ME = {"en": "README.txt", "fr": "LISEZMOI.txt"}
LAUNCHER = {"en": "Refresh", "fr": "Actualiser"}


@pytest.mark.parametrize("lang", LANGS)
def test_a_project_is_a_folder_for_exports_settings_and_a_plan(tmp_path: Path, lang: Lang) -> None:
    folder = tmp_path / "new" / "client"
    made = init(folder, lang=lang, client="Café Exemple")
    assert [path.relative_to(folder).as_posix() for path in made.made] == [
        f"exports/{READ_ME[lang]}", "tracksheet.toml", "plan.xlsx",
        f"{LAUNCHER[lang]}.bat", f"{LAUNCHER[lang]}.command",
    ]  # fmt: skip
    assert made.kept == ()
    config = load(folder / "tracksheet.toml")
    assert (config.lang, config.client) == (lang, "Café Exemple")
    assert find_inputs(config).files == ()  # neither the read-me nor the plan is an export


def test_what_is_there_is_kept_to_the_byte(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    theirs = {
        tmp_path / "plan.xlsx": b"months of work",
        tmp_path / "tracksheet.toml": b'client = "ours"\r\n',
        tmp_path / "exports" / "README.txt": b"my own",
        tmp_path / "exports" / "posts.csv": b"a,b\n",
        tmp_path / "Refresh.bat": b"@echo mine",
        tmp_path / "Refresh.command": b"echo mine",
    }
    for path, content in theirs.items():
        path.write_bytes(content)
    made = init(tmp_path, lang="en", client="other")
    assert made.made == ()
    assert {path.name for path in made.kept} == {path.name for path in theirs} - {"posts.csv"}
    assert {path: path.read_bytes() for path in theirs} == theirs


def test_a_second_run_makes_what_was_deleted_and_nothing_else(tmp_path: Path) -> None:
    init(tmp_path)
    (tmp_path / "plan.xlsx").unlink()
    made = init(tmp_path)
    assert [path.name for path in made.made] == ["plan.xlsx"]


@pytest.mark.parametrize("place", ["taken", "taken/inside"])
def test_a_file_in_the_way_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ConfigError, match="file of that name is in the way"):
        init(tmp_path / place)


CLIENTS = ["", 'Say "hi" & Co', "back\\slash", "two\nlines", "été {x} #1", "\x7f\x01"]


@pytest.mark.parametrize("client", CLIENTS)
def test_any_client_name_can_be_read_back(client: str) -> None:
    config = parse(settings(client=client), path=Path("tracksheet.toml"))
    assert config.client == client.replace("\x7f", "").strip()


def uncommented(text: str) -> str:
    """The settings with every default and example switched on."""
    return re.sub(r"^#(?=[a-z\[\"])", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("lang", LANGS)
def test_the_defaults_that_the_file_shows_are_the_defaults(lang: Lang) -> None:
    path = Path("tracksheet.toml")
    before_blocks = uncommented(settings(lang=lang)).partition("[[file]]")[0]
    shown = parse(before_blocks, path=path)
    assert replace(shown, lang="en") == parse("", path=path)


@pytest.mark.parametrize("lang", LANGS)
def test_every_setting_is_shown_and_works_when_switched_on(lang: Lang) -> None:
    text = uncommented(settings(lang=lang))
    config = parse(text, path=Path("tracksheet.toml"))
    assert len(config.files) == 1
    assert config.columns
    for key in TOP_KEYS + FILE_KEYS + TARGET_KEYS:
        assert re.search(rf"^(\[+{key}\]+|{key} = )", text, re.MULTILINE), key


@pytest.mark.parametrize("lang", LANGS)
def test_chosen_kpis_are_written_with_their_names(lang: Lang) -> None:
    text = settings(lang=lang, kpis=["reach", "cpc"])
    names = {"en": ("Reach", "Cost per click (CPC)"), "fr": ("Portée", "Coût par clic (CPC)")}
    reach, cpc = names[lang]
    assert f'\nkpis = [\n  "reach",  # {reach}\n  "cpc",  # {cpc}\n]\n' in text
    assert parse(text, path=Path("tracksheet.toml")).kpis == ("reach", "cpc")


@pytest.mark.parametrize("lang", LANGS)
def test_the_kpis_of_all_objectives_can_be_read_back(tmp_path: Path, lang: Lang) -> None:
    kpis = kpis_for(objectives())
    init(tmp_path, lang=lang, kpis=kpis)
    assert load(tmp_path / "tracksheet.toml").kpis == kpis


def test_kpis_that_an_old_project_does_not_get_are_said(tmp_path: Path) -> None:
    first = init(tmp_path, kpis=["reach"])
    assert "kpis =" not in next_step(first, tmp_path, kpis=["reach"])
    again = init(tmp_path, kpis=["cpc"])
    assert load(tmp_path / "tracksheet.toml").kpis == ("reach",)
    assert '  "cpc",  # Cost per click (CPC)\n' in next_step(again, tmp_path, kpis=["cpc"])


def test_the_next_step_can_be_typed(tmp_path: Path) -> None:
    made = init(tmp_path / "Été & fils", lang="fr")
    said = next_step(made, Path("Été & fils"), lang="fr")
    assert 'tracksheet refresh "Été & fils"' in said
    assert "Actualiser." in said


@pytest.mark.parametrize("lang", LANGS)
def test_the_read_me_names_every_platform(tmp_path: Path, lang: Lang) -> None:
    init(tmp_path, lang=lang)
    text = (tmp_path / "exports" / READ_ME[lang]).read_text("utf-8")
    assert f"{LAUNCHER[lang]}.bat" in text and f"{LAUNCHER[lang]}.command" in text
    for platform in (
        "Meta Business Suite", "Meta Ads", "LinkedIn", "TikTok", "YouTube", "X ", "Pinterest",
        "Google Analytics 4", "Google Ads", "Search Console", "Mailchimp",
    ):  # fmt: skip
        assert platform in text
    assert max(map(len, text.splitlines())) <= 100
