"""What the documents say is true: commands, settings, links, examples and made pages."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib.util
import io
import re
import subprocess
import sys
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from tracksheet.config import FILE_KEYS, TOP_KEYS, parse
from tracksheet.core.catalogue import catalogue, load
from tracksheet.core.exports import ReadOptions, read_export
from tracksheet.core.exports.profile import Profile, load_profiles, profiles
from tracksheet.core.results import compute
from tracksheet.refresh import make_dataset
from tracksheet.samples import write_samples
from tracksheet.tabs.data import HEADINGS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "examples").rglob("*.md"))
)
TWO_COMMANDS = (
    "pip install uv && uv run tracksheet demo",
    "pip install uv && uv run --group test pytest",
)

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
COMMAND = re.compile(r"(?<![/\w.-])tracksheet ((?:(?:kpi|history) )?[a-z]+)([^\n&|]*)")
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


def read(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def blocks(page: str) -> list[tuple[str, str]]:
    """Language and text of each fenced block."""
    return [(found[1], found[2]) for found in BLOCK.finditer(read(page))]


def code_of(page: str) -> list[str]:
    """What is shown as typed or printed: blocks but those of Python and TOML, and code in lines."""
    shown = [text for language, text in blocks(page) if language not in ("python", "toml")]
    return shown + INLINE.findall(BLOCK.sub("", read(page)))


@cache
def reference() -> ModuleType:
    """docs/reference.py, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look their module up
    spec.loader.exec_module(module)
    return module


# --- The made pages -----------------------------------------------------------------------------


def test_made_pages_are_up_to_date() -> None:
    assert reference().stale(DOCS) == []


def test_a_changed_or_missing_page_is_named(tmp_path: Path) -> None:
    for name, text in reference().pages().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert reference().stale(tmp_path) == []
    (tmp_path / "kpis.md").write_text("old", encoding="utf-8")
    (tmp_path / "cli.md").unlink()
    assert reference().stale(tmp_path) == ["kpis.md", "cli.md"]


def test_made_pages_hold_every_entry() -> None:
    made = reference().pages()
    assert all(f"\n### {kpi.en}\n" in made["kpis.md"] for kpi in catalogue().kpis.values())
    assert all(f"| `{name}` |" in made["metrics.md"] for name in catalogue().metrics)
    assert all(f"| `{profile.id}` |" in made["platforms.md"] for profile in profiles())
    assert all(f"\n## {command}\n" in made["cli.md"] for command in commands())


# --- Links --------------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """What a link may point to in a page: its headings, as GitHub names them, and own anchors."""
    text = page.read_text("utf-8")
    slugs = {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in HEADING.findall(BLOCK.sub("", text))
    }
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for link in LINK.findall(BLOCK.sub("", read(page))):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), f"{page}: {link}"
        if anchor:
            assert anchor in anchors(target), f"{page}: {link}"


# --- Commands -----------------------------------------------------------------------------------


@cache
def commands() -> dict[str, set[str]]:
    """The spellings of the options of each command."""
    module = reference()
    found = {}
    for name, callback in module.commands(module.app, "tracksheet"):
        names = " ".join(parameter.names for parameter in module.parameters_of(callback))
        found[name] = {*OPTION.findall(names.replace("/", " ")), "--help"}
    return found


@pytest.mark.parametrize("page", PAGES)
def test_commands_and_options_exist(page: str) -> None:
    for code in code_of(page):
        for name, rest in COMMAND.findall(code):
            command = f"tracksheet {name}"
            assert command in commands(), f"{page}: {command}"
            unknown = set(OPTION.findall(rest)) - commands()[command]
            assert not unknown, f"{page}: {command} {rest}: {unknown}"


def test_a_command_that_is_not_there_would_be_seen() -> None:
    assert COMMAND.findall("uv run tracksheet kpi show NAME --lang fr") == [
        ("kpi show", " NAME --lang fr")
    ]
    assert COMMAND.findall("pytest tests/tracksheet tests/excel_addin") == []
    assert set(commands()) >= {"tracksheet demo", "tracksheet kpi compute"}
    assert {"--day-first", "--month-first", "-o", "--output"} <= commands()["tracksheet report"]


def test_the_readme_opens_with_the_two_commands() -> None:
    assert [text.strip() for _, text in blocks("README.md")[:2]] == list(TWO_COMMANDS)


@pytest.mark.parametrize("file", [".ci/run", "CONTRIBUTING.md"])
def test_the_tests_are_run_as_the_readme_says(file: str) -> None:
    assert f"{TWO_COMMANDS[1]}\n" in read(file)


def test_the_hosted_ci_runs_the_same() -> None:
    workflow = read(".github/workflows/ci.yml")
    assert ".ci/run" in workflow
    assert TWO_COMMANDS[0] in workflow


# --- Examples -----------------------------------------------------------------------------------


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]


@pytest.mark.parametrize(
    "page", [page for page in PAGES if any(language == "python" for language, _ in blocks(page))]
)
def test_python_prints_what_is_shown(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    shown = [*blocks(page), ("", "")]
    for (language, code), (after, expected) in pairwise(shown):
        if language != "python":
            continue
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, page, "exec"), names)
        if after == "text":
            assert lines(printed.getvalue()) == lines(expected)


@pytest.mark.parametrize(
    "page", ["docs/configuration.md", "docs/exports.md", "docs/fr/demarrage.md"]
)
def test_settings_that_are_shown_can_be_used(page: str, tmp_path: Path) -> None:
    shown = [text for language, text in blocks(page) if language == "toml"]
    assert shown
    for text in shown:
        parse(text, path=tmp_path / "tracksheet.toml")


def test_the_profile_that_is_shown_can_be_used() -> None:
    (text,) = (text for language, text in blocks("docs/profiles.md") if language == "toml")
    (profile,) = load_profiles({"pond.toml": text}, catalogue())
    assert profile.id == "pond_posts"


def test_the_kpi_that_is_shown_can_be_added() -> None:
    (text,) = (text for language, text in blocks("CONTRIBUTING.md") if language == "toml")
    folder = resources.files("tracksheet.core")
    metrics, kpis = ((folder / f"{name}.toml").read_text("utf-8") for name in ("metrics", "kpis"))
    assert load(metrics, kpis + text).kpi("saves_per_post").example.gives == 2.5


def test_the_five_engagement_rates_are_those_of_the_demo(tmp_path: Path) -> None:
    samples = [sample.path for sample in write_samples(tmp_path)]
    files = [path for path in samples if path.name.startswith(("instagram_posts", "followers"))]
    dataset = make_dataset(files, lambda file: ReadOptions())
    names = ("", "_post", "_reach", "_views", "_dash")
    results = compute(
        dataset,
        ["interactions", "posts", "followers", *(f"engagement_rate{name}" for name in names)],
        by=["channel"],
        period="month",
    )
    values = [
        entry["value"]
        for entry in results.as_list()
        if entry["channel"] == "instagram" and entry["month"] == "2026-08"
    ]
    interactions, posts, followers, *rates = values
    text = read("README.md")
    assert f"{interactions:,} interactions on {posts} posts and {followers:,} followers" in text
    shown = re.findall(r"^\|.*\| ([\d.]+) % \|$", text, re.MULTILINE)
    assert shown == [f"{rate:.2%}".rstrip("%") for rate in rates if isinstance(rate, float)]


# --- Lists that must be complete ----------------------------------------------------------------


def section(page: str, heading: str) -> str:
    """The text of a page under a heading, up to the next one."""
    return read(page).split(f"\n## {heading}", 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize(
    ("heading", "keys"), [("At the top", TOP_KEYS), ("`[[file]]`", FILE_KEYS)], ids=["top", "file"]
)
def test_every_setting_is_explained(heading: str, keys: tuple[str, ...]) -> None:
    explained = re.findall(
        r"^\| `(\w+)` \|", section("docs/configuration.md", heading), re.MULTILINE
    )
    assert sorted(explained) == sorted(keys)


def test_every_setting_of_a_profile_is_explained() -> None:
    text = section("docs/profiles.md", "Every setting")
    settings = {item.name for item in dataclasses.fields(Profile)} - {"id", "columns"}
    assert {name for name in settings if f"`{name}`" not in text} == set()


def test_every_heading_of_the_data_tab_is_explained() -> None:
    text = section("docs/workbook.md", "The Data tab")
    names = {name for name, _ in HEADINGS}
    assert {name for name in names if f"`{name}`" not in text} == set()
    for page in ("docs/workbook.md", "docs/fr/demarrage.md"):
        assert set(re.findall(r"Data\[(\w+)\]", read(page))) <= names


# --- Files that people copy ---------------------------------------------------------------------


@pytest.mark.parametrize("file", ["followers.csv", "abonnes.csv"])
def test_the_list_of_followers_is_read(file: str) -> None:
    (table,) = read_export(ROOT / "examples" / file).tables
    assert table.profile == "followers_list"
    assert table.frame["followers"].tolist() == [10022, 2301, 10075, 2318]
    assert table.unmapped == () and table.findings == ()


def test_the_script_reads_a_folder(tmp_path: Path) -> None:
    write_samples(tmp_path)
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 but no more")
    script = ROOT / "examples" / "kpis_from_exports.py"
    done = subprocess.run(
        [sys.executable, script, tmp_path], capture_output=True, encoding="utf-8", check=True
    )
    assert "instagram 2026-08 interactions 2646 count\n" in done.stdout
    assert "meta_ads 2026-08 spend 1155.57 EUR\n" in done.stdout
    assert "broken.xlsx" in done.stderr
