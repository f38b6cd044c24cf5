"""New exports in the downloads folder: whose they are decides, and nothing else is touched."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tracksheet.config import Config, parse
from tracksheet.core.brands import AccountEntry
from tracksheet.downloads import MOST_FILES, RECENT, find_downloads
from tracksheet.inputs import Inputs
from tracksheet.plan.workbook import write_plan

NOW = datetime(2026, 7, 10, 12)
POSTS = (
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,"
    "Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Comments,Saves,Follows\n"
)
POST = "1790000000000000{n},{who},One,0,06/14/2026 10:00,,IG reel,,Lifetime,{n},1,1,1,1,1,\n"
OURS = POST.replace("{who}", "1784,cafe,Café")
THEIRS = POST.replace("{who}", "1999,rival,Rival")
INSTAGRAM = POSTS + OURS.format(n=1)
RIVAL = POSTS + THEIRS.format(n=2)
BOTH = POSTS + OURS.format(n=3) + THEIRS.format(n=4)
TIKTOK = (
    "Date,Video views,Reached audience,Profile views,Likes,Shares,Comments,Net growth\n"
    "2026/07/01,584,404,13,29,7,6,8\n"
)
UNCLEAR = TIKTOK.replace("2026/07/01", "07/01/2026")
FOLLOWERS = "Date,Channel,Account,Followers\n2026-07-01,instagram,cafe,900\n"
BANK = "Date;Libellé;Montant;Devise\n01/02/2026;Loyer;1 234,50;EUR\n"
LINKS = "utm_source,utm_medium,utm_campaign,full_url\nnews,email,may,https://cafe.example/\n"

CAFE = AccountEntry(channel="instagram", account="cafe")


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "project" / "exports").mkdir(parents=True)
    return parse('downloads = "../inbox"', path=tmp_path / "project" / "tracksheet.toml")


def save(config: Config, name: str, text: str | bytes, *, age: timedelta = timedelta()) -> Path:
    """A file that lies in the downloads folder for so long."""
    assert config.downloads is not None
    path = config.downloads / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    saved = (NOW - age).timestamp()
    os.utime(path, (saved, saved))
    return path


def find(config: Config, *accounts: AccountEntry) -> Inputs:
    return find_downloads(config, accounts, now=NOW)


def names(inputs: Inputs) -> list[str]:
    return [path.name for path in inputs.files]


def test_nobody_looks_where_nobody_asked(tmp_path: Path) -> None:
    config = parse("", path=tmp_path / "tracksheet.toml")
    assert find_downloads(config, ()) == Inputs((), ())


def test_a_folder_of_another_computer_is_a_finding(config: Config) -> None:
    assert config.downloads is not None
    config.downloads.rmdir()
    inputs = find(config)
    assert inputs.files == ()
    (finding,) = inputs.findings
    assert (finding.severity, finding.where) == ("warning", "tracksheet.toml")
    assert f"there is no folder {config.downloads}" in finding.message


WHOLE_FOLDER = [
    ("posts.csv", INSTAGRAM, True),
    ("POSTS.CSV", INSTAGRAM, True),
    ("tiktok.txt", TIKTOK, True),
    ("followers.csv", FOLLOWERS, True),
    ("bank.csv", BANK, False),
    ("links.csv", LINKS, False),
    ("posts.csv.crdownload", INSTAGRAM, False),
    ("posts.zip", INSTAGRAM, False),
    ("~$posts.csv", INSTAGRAM, False),
    ("empty.csv", "", False),
    ("blank.csv", "\n \n,,,\n", False),
    ("notes.txt", "Call the printer", False),
    ("image.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", False),
    ("zeros.csv", bytes(5000), False),
    ("broken.xlsx", b"PK\x03\x04 xl/ and no more", False),
    ("old.xls", b"\xd0\xcf\x11\xe0" + bytes(3000), False),
    ("page.xls", "<html><body>Sign in</body></html>", False),
    ("open quote.csv", 'Post ID,"Views\n' * 3, False),
]


@pytest.mark.parametrize(
    ("name", "content", "taken"), WHOLE_FOLDER, ids=lambda part: str(part)[:20]
)
def test_a_platforms_export_is_told_by_its_content(
    config: Config, name: str, content: str | bytes, taken: bool
) -> None:
    save(config, name, content)
    inputs = find(config)
    assert names(inputs) == ([name] if taken else [])
    assert [finding.severity for finding in inputs.findings] == (["info"] if taken else [])


def test_what_is_taken_is_said(config: Config) -> None:
    save(config, "posts.csv", INSTAGRAM)
    (finding,) = find(config).findings
    assert str(finding).startswith("posts.csv: read from inbox: Instagram posts")


def test_long_texts_hide_no_export(config: Config) -> None:
    row = '1790000000000{n},1784,cafe,Café,"{text}",0,06/14/2026 10:00,,IG image,,Lifetime,1,1,1\n'
    rows = (row.format(n=1000 + n, text="So, to say\n" * 500) for n in range(40))
    save(config, "posts.csv", POSTS + "".join(rows))
    assert names(find(config, CAFE)) == ["posts.csv"]


def test_folders_in_the_folder_are_left_alone(config: Config) -> None:
    assert config.downloads is not None
    (config.downloads / "client").mkdir()
    (config.downloads / "folder.csv").mkdir()
    save(config, "client/posts.csv", INSTAGRAM)
    assert find(config) == Inputs((), ())


@pytest.mark.parametrize(
    ("age", "taken"), [(RECENT, True), (RECENT + timedelta(minutes=1), False), (-RECENT, True)]
)
def test_only_recent_files_count(config: Config, age: timedelta, taken: bool) -> None:
    save(config, "posts.csv", INSTAGRAM, age=age)
    assert bool(find(config).files) == taken


def test_a_very_large_file_is_not_opened(config: Config) -> None:
    path = save(config, "posts.csv", INSTAGRAM)
    os.truncate(path, 50_000_001)
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    assert find(config) == Inputs((), ())


def test_only_the_newest_of_very_many_files_are_opened(config: Config) -> None:
    save(config, "a.csv", INSTAGRAM, age=timedelta(days=2))
    for number in range(MOST_FILES):
        save(config, f"{number}.txt", "", age=timedelta(days=1))
    save(config, "b.csv", RIVAL)
    assert names(find(config)) == ["b.csv"]


def test_the_plan_and_copies_of_it_are_no_exports(config: Config) -> None:
    assert config.downloads is not None
    write_plan(config.downloads / "plan of another client.xlsx", lang="fr")
    os.utime(config.downloads / "plan of another client.xlsx", (NOW.timestamp(),) * 2)
    assert find(config) == Inputs((), ())


def test_copies_are_passed_over(config: Config) -> None:
    (config.directory / "exports" / "june.csv").write_text(INSTAGRAM, newline="")
    save(config, "posts.csv", INSTAGRAM)
    for name in ("tiktok (1).csv", "tiktok.csv", "tiktok (2).csv"):
        save(config, name, TIKTOK)
    save(config, "posts (1).csv", INSTAGRAM + OURS.format(n=9))
    assert names(find(config)) == ["posts (1).csv", "tiktok.csv"]


def test_a_downloads_folder_that_is_the_exports_folder_adds_nothing(tmp_path: Path) -> None:
    config = parse('downloads = "exports"', path=tmp_path / "tracksheet.toml")
    (tmp_path / "exports").mkdir()
    save(config, "posts.csv", INSTAGRAM)
    assert find(config) == Inputs((), ())


LISTED = [
    (CAFE, INSTAGRAM, True),
    (AccountEntry(channel="Instagram", account="@CAFE"), INSTAGRAM, True),
    (AccountEntry(account="Café"), INSTAGRAM, True),
    (AccountEntry(account="1784"), INSTAGRAM, True),
    (AccountEntry(account="act_17-84"), INSTAGRAM, True),
    (CAFE, FOLLOWERS, True),
    (AccountEntry(channel="facebook", account="cafe"), INSTAGRAM, False),
    (AccountEntry(channel="instagram"), INSTAGRAM, False),
    (AccountEntry(account="caf"), INSTAGRAM, False),
    (CAFE, RIVAL, False),
]


@pytest.mark.parametrize(("entry", "content", "taken"), LISTED)
def test_where_accounts_are_listed_a_file_must_name_one(
    config: Config, entry: AccountEntry, content: str, taken: bool
) -> None:
    save(config, "posts.csv", content)
    inputs = find(config, AccountEntry(channel="x", account="other"), entry)
    assert names(inputs) == (["posts.csv"] if taken else [])
    assert len(inputs.findings) == int(taken)  # nothing is said of another client


LEFT = [
    ({"a.csv": TIKTOK}, "do not say which account they are of"),
    ({"a.csv": BOTH}, "are of an account on the Accounts tab and of others that are not"),
    ({"a.csv": UNCLEAR}, "cannot be read without guessing"),
]


@pytest.mark.parametrize(("files", "why"), LEFT)
def test_what_may_be_ours_is_said_without_its_name(
    config: Config, files: dict[str, str], why: str
) -> None:
    for name, content in files.items():
        save(config, f"secret client {name}", content, age=timedelta(days=1))
    inputs = find(config, CAFE)
    assert inputs.files == ()
    (finding,) = inputs.findings
    assert (finding.severity, finding.where) == ("warning", "inbox")
    assert why in finding.message
    assert "saved on 2026-07-09" in finding.message
    assert "into exports/" in finding.message
    assert not any(word in str(finding) for word in ("secret", "rival", "Rival", "1999"))


def test_many_files_without_account_are_one_finding(config: Config) -> None:
    for number in range(8):
        save(config, f"{number}.csv", TIKTOK + "\n" * number, age=timedelta(days=number))
    (finding,) = find(config, CAFE).findings
    assert finding.message.count("saved on") == 5
    assert " …" in finding.message


def test_a_rule_may_say_whose_a_file_is(config: Config) -> None:
    text = 'downloads = "../inbox"\n[[file]]\nmatch = "tiktok*"\nchannel = "tiktok"\n'
    config = parse(text + 'account = "Café"', path=config.path)
    save(config, "tiktok.csv", TIKTOK)
    assert names(find(config, AccountEntry(channel="tiktok", account="café"))) == ["tiktok.csv"]
    assert names(find(config, CAFE)) == []


def test_without_accounts_an_export_that_is_unclear_is_named(config: Config) -> None:
    save(config, "tiktok.csv", UNCLEAR)
    inputs = find(config)
    assert inputs.files == ()
    (finding,) = inputs.findings
    assert (finding.severity, finding.where) == ("warning", "tiktok.csv")
    assert "day_first" in finding.message


def test_the_same_folder_gives_the_same(config: Config) -> None:
    for name, content in (("b.csv", TIKTOK), ("a.csv", INSTAGRAM), ("cc.csv", RIVAL)):
        save(config, name, content)
    assert find(config) == find(config)
    assert names(find(config)) == ["a.csv", "b.csv", "cc.csv"]
