"""`tracksheet history`: what people see, take along and have forgotten."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from datetime import datetime
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from tracksheet.config import Config, load
from tracksheet.core.exports import Export, ReadOptions, Table, read_export
from tracksheet.core.history import History, HistoryError, Source, digest_of
from tracksheet.history import NothingForgotten, chosen, export, forget, listing
from tracksheet.history_cli import history_app

POSTS = (
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,"
    "Permalink,Post type,Views,Reach,Likes,Comments,Shares,Saves\n"
    "17900000000000001,1,cafe,Café,=2+2,0,07/03/2026 10:00,https://www.instagram.com/p/a/,"
    "IG image,100,50,10,1,2,3\n"
)
FOLLOWERS = "Date,Channel,Followers\n2026-07-01,facebook,100\n2026-07-02,facebook,101\n"

Shown = Callable[..., str]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A project that remembers two files, of which one is still there, and a sheet of its plan."""
    toml = tmp_path / "tracksheet.toml"
    toml.write_text('lang = "fr"\ninputs = ["exports/*"]\n', "utf-8")
    config = load(toml)
    sources = [_source(tmp_path, "posts.csv", POSTS), _source(tmp_path, "followers.csv", FOLLOWERS)]
    frame = pd.DataFrame({"likes": [1.0]})
    sheet = Table(None, "Sales", "total", (), (), (), frame, frame.iloc[:0], ())
    of_plan = Export("plan.xlsx", "xlsx", "", datetime(2026, 7, 1), (sheet,))
    sources.append(Source(of_plan, "digest", "plan.xlsx, sheet 'Sales'"))
    with History(config.history) as history:
        history.add(sources, at=datetime(2026, 8, 2))
    (tmp_path / "exports" / "posts.csv").unlink()
    return config


def _source(folder: Path, name: str, text: str) -> Source:
    file = folder / "exports" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    moment = datetime(2026, 8, 1, 12).timestamp()
    os.utime(file, (moment, moment))
    read = read_export(file, options=ReadOptions(day_first=False))
    return Source(read, digest_of(file), f"exports/{name}")


@pytest.fixture
def shown(config: Config) -> Shown:
    """Run a command and give back what it prints."""

    def run(*arguments: str) -> str:
        out = StringIO()
        with redirect_stdout(out):
            history_app(args=list(arguments), standalone_mode=False)
        return out.getvalue()

    return run


def test_the_list(config: Config) -> None:
    listed = listing(config)
    assert [(one.entry.places[0], one.what, one.days, one.there) for one in listed] == [
        ("plan.xlsx, sheet 'Sales'", "Sales", "no dates", None),
        ("exports/posts.csv", "Instagram posts (Meta Business Suite)", "2026-07-03", False),
        (
            "exports/followers.csv",
            "Followers by day (your own list)",
            "2026-07-01 – 2026-07-02",
            True,
        ),
    ]
    assert listed[2].line == (
        "2  exports/followers.csv: Followers by day (your own list), 2 rows, "
        "2026-07-01 – 2026-07-02, made 2026-08-01"
    )


def test_the_list_as_it_is_printed(
    config: Config, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = shown("list", str(config.directory))
    assert "exports/posts.csv" in text
    assert "Instagram posts (Meta" in text
    assert "3 exports in" in text


def test_no_history_yet(config: Config) -> None:
    config.history.unlink()
    with pytest.raises(HistoryError, match="there is no history yet"):
        listing(config)


@pytest.mark.parametrize(
    ("names", "places"),
    [
        (["posts.csv"], ["exports/posts.csv"]),
        (["1", "followers*"], ["exports/posts.csv", "exports/followers.csv"]),
        (["plan.xlsx, sheet 'Sales'"], ["plan.xlsx, sheet 'Sales'"]),
    ],
)
def test_what_is_chosen(config: Config, names: Sequence[str], places: list[str]) -> None:
    assert [one.entry.places[0] for one in chosen(listing(config), names)] == places


def test_a_name_that_stands_for_nothing(config: Config) -> None:
    with pytest.raises(NothingForgotten, match=r"nothing named 'post\.csv'\. Did you mean 'posts"):
        chosen(listing(config), ["posts.csv", "post.csv"])


def test_all_versions_of_a_file_are_forgotten(config: Config) -> None:
    edited = _source(config.directory, "followers.csv", FOLLOWERS + "2026-07-03,facebook,102\n")
    with History(config.history) as history:
        history.add([edited], at=datetime(2026, 8, 3))
    forget(config, chosen(listing(config), ["followers.csv"]))
    assert [one.entry.file for one in listing(config)] == ["plan.xlsx", "posts.csv"]


def test_forget_says_what_and_that_the_file_is_still_there(config: Config, shown: Shown) -> None:
    text = shown("forget", "*.csv", "--project", str(config.directory), "--yes")
    assert "1  exports/posts.csv: Instagram posts (Meta Business Suite), 1 row" in text
    assert "unless you move or delete them too: exports/followers.csv." in " ".join(text.split())
    assert "Forgotten: 2 exports." in text
    assert [one.entry.file for one in listing(config)] == ["plan.xlsx"]


def test_forget_asks_first(config: Config, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("n\n"))
    text = shown("forget", "posts.csv", "--project", str(config.directory))
    assert "Nothing was changed." in text
    assert len(listing(config)) == 3


def test_export_in_the_language_of_the_project(config: Config, tmp_path: Path) -> None:
    (path,) = export(config, tmp_path / "all.csv")
    lines = path.read_text("utf-8-sig").splitlines()
    assert "'=2+2" in lines[2]
    assert lines[0].count(";") == lines[2].count(";")


def test_export_says_what_it_wrote(config: Config, shown: Shown, tmp_path: Path) -> None:
    text = shown("export", str(tmp_path / "out"), "-p", str(config.directory))
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["followers_list.csv", "meta_instagram_posts.csv", "own_tables.csv"]
    assert text.count("written") == 3
