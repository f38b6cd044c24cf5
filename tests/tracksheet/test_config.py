"""tracksheet.toml: what is understood, and what a person is told when it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracksheet.config import Config, ConfigError, find, load, parse
from tracksheet.core.exports.options import ReadOptions
from tracksheet.core.targets import Thresholds
from tracksheet.inputs import find_inputs

HERE = Path("/somewhere/project/tracksheet.toml")


def read(text: str) -> Config:
    return parse(text, path=HERE)


def test_an_empty_file_means_the_defaults() -> None:
    config = read("")
    assert config.lang == "en"
    assert config.inputs == ("exports/*",)
    assert config.output == HERE.absolute().parent / "report.xlsx"
    assert config.plan == HERE.absolute().parent / "plan.xlsx"
    assert config.history == HERE.absolute().parent / "history.sqlite"
    assert config.downloads is None
    assert config.thresholds == Thresholds(on_track=1.0, at_risk=0.8)
    assert (config.period, config.kpis, config.currency, config.time_zone) == ("month", (), "", "")
    assert config.options_for(Path("any.csv")) == ReadOptions()


def test_every_setting_is_understood() -> None:
    config = read(
        """
        lang = "fr"
        client = "Café Exemple"
        inputs = ["exports/*.csv", 'older\\*.xlsx']
        downloads = '..\\inbox'
        output = "../reports/june.xlsx"
        history = "kept/Past.DB"
        period = "week"
        kpis = ["CPM", "engagement_rate", "cpm", "Ad spend", "Coût par clic (CPC)"]
        currency = "eur"
        time_zone = "Europe/Paris"
        [targets]
        on_track = 97.5
        at_risk = 60
        [columns]
        "Vues totales" = "views"
        """
    )
    assert config.lang == "fr"
    assert config.inputs == ("exports/*.csv", "older/*.xlsx")
    assert config.downloads == config.directory / "../inbox"
    assert config.output.name == "june.xlsx"
    assert config.history == config.directory / "kept/Past.DB"
    assert config.thresholds == Thresholds(on_track=0.975, at_risk=0.6)
    assert config.kpis == ("cpm", "engagement_rate", "spend", "cpc")
    assert config.currency == "EUR"
    assert config.columns == {"Vues totales": "views"}


def test_a_single_input_needs_no_list() -> None:
    assert read('inputs = "exports/*.csv"').inputs == ("exports/*.csv",)


WRONG = [
    ('lnag = "fr"', 'lnag = "fr"', "Did you mean 'lang'?"),
    ("zzz = 3", "zzz = 3", "Known here: lang, client"),
    ('lang = "de"', 'lang = "de"', 'one of "en", "fr"'),
    ('period = "monthly"', 'period = "monthly"', "Did you mean 'month'?"),
    ("client = 12", "client = 12", "text in quotes"),
    ("inputs = [1, 2]", "inputs = [1, 2]", "list of texts"),
    ('inputs = [""]', 'inputs = [""]', "an entry is empty"),
    ('output = "report.pdf"', 'output = "report.pdf"', "report.xlsx"),
    ('output = "Plan.xlsx"', 'output = "Plan.xlsx"', "people type in"),
    ('history = "history.xlsx"', 'history = "history.xlsx"', "history.sqlite"),
    ("downloads = true", "downloads = true", "text in quotes"),
    ("on_track = 90", "on_track = 90", "under the heading [targets]"),
    ("targets = 90", "targets = 90", "[targets]"),
    ('[targets]\non_track = "90 %"', 'on_track = "90 %"', "without quotes"),
    ("[targets]\non_track = 0.9", "on_track = 0.9: at_risk (80 %)", "less than on_track (0.9 %)"),
    ("[targets]\non_track = 201", "on_track = 201", "up to 200"),
    ("[targets]\non_track = inf", "on_track = inf", "up to 200"),
    ("[targets]\nat_risk = nan", "at_risk = nan", "up to 200"),
    ("[targets]\nat_risk = true", "at_risk = true", "up to 200"),
    ("[targets]\nat_risk = 0", "at_risk = 0", "up to 200"),
    ("[targets]\nat_risk = 100", "at_risk = 100", "less than on_track (100 %)"),
    ("[targets]\nontrack = 90", "ontrack = 90", "Did you mean 'on_track'?"),
    ('[targets]\ncurrency = "EUR"', 'currency = "EUR"', "above the first [ heading"),
    ('[[file]]\nmatch = "a"\non_track = 90', "on_track = 90", "under the heading [targets]"),
    ('currency = "euro"', 'currency = "euro"', '"EUR"'),
    ('time_zone = "Paris"', 'time_zone = "Paris"', "Did you mean 'Europe/Paris'?"),
    ('time_zone = "Europe/Pari"', '"Europe/Pari"', "Did you mean 'Europe/Paris'?"),
    ('kpis = ["engagment_rate"]', "kpis =", "Did you mean 'engagement_rate'?"),
    ('kpis = ["Taux de clic (CTR)"]', "kpis =", "Did you mean 'Taux de clics (CTR)'?"),
    ("day_first = true", "day_first = true", "under a [[file]] heading"),
    ("file = 3", "file = 3", "double brackets"),
    ('[file]\nmatch = "a"', "file = {…}", "double brackets"),
    ('[[file]]\nchannel = "x"', "[[file]] number 1", "match = "),
    ('[[file]]\nmatch = "a"\nchannel = "My Page"', 'channel = "My Page"', "small letters"),
    ('[[file]]\nmatch = "a"\nday_first = "yes"', 'day_first = "yes"', "true or false"),
    ('[[file]]\nmatch = "a"\ndecimal = ";"', 'decimal = ";"', 'one of ".", ","'),
    ('[[file]]\nmatch = "a"\nyear = "2026"', 'year = "2026"', "without quotes"),
    ('[[file]]\nmatch = "a"\nyear = 26', "year = 26", "2000 to 2100"),
    ('[[file]]\nmatch = "a"\nyear = true', "year = true", "whole number"),
    ('[[file]]\nmatch = "a"\nlang = "fr"', 'lang = "fr"', "at the top of the file"),
    ('[[file]]\nmatch = "a"\nprofile = "meta_dayly"', "profile =", "'meta_daily'"),
    ('[columns]\n"Vues" = "vews"', 'Vues = "vews"', "Did you mean 'views'?"),
    ('[columns]\n"Vues" = 3', 'Vues = 3', "text in quotes"),
    ('[columns]\n"Vues" = "views*x"', "views*x", "optional factor"),
    ('[columns]\ncurrency = "EUR"', 'currency = "EUR"', "above the first [ heading"),
    ('columns = "views"', 'columns = "views"', "[columns]"),
    ("lang = fr", "tracksheet.toml: Invalid value", "quotes"),
    ('output = "C:\\Users\\x.xlsx"', "tracksheet.toml:", "paths with /"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "what", "fix"), WRONG, ids=[row[0] for row in WRONG])
def test_a_mistake_is_named_with_its_value_and_its_fix(text: str, what: str, fix: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(text)
    message = str(caught.value)
    assert message.startswith("tracksheet.toml")
    assert what in message
    assert fix in message


def test_options_of_a_file_are_those_of_all_rules_that_fit() -> None:
    config = read(
        """
        currency = "EUR"
        time_zone = "Europe/Paris"
        [columns]
        "Vues" = "views"
        [[file]]
        match = "facebook*"
        channel = "facebook"
        day_first = true
        [[file]]
        match = "exports/us/*"
        day_first = false
        currency = "USD"
        columns = { "Hours" = "watch_time_s*3600" }
        """
    )
    base = config.directory / "exports"
    everywhere = {"Vues": "views"}
    assert config.options_for(base / "other.csv") == ReadOptions(
        currency="EUR", time_zone="Europe/Paris", columns=everywhere
    )
    assert config.options_for(base / "Facebook_1.csv") == ReadOptions(
        currency="EUR", time_zone="Europe/Paris", channel="facebook", day_first=True,
        columns=everywhere,
    )  # fmt: skip
    assert config.options_for(base / "us" / "facebook.csv") == ReadOptions(
        currency="USD", time_zone="Europe/Paris", channel="facebook", day_first=False,
        columns={**everywhere, "Hours": "watch_time_s*3600"},
    )  # fmt: skip


def test_nothing_in_a_path_is_expanded() -> None:
    config = read('inputs = ["$HOME/*", "~/x.csv"]\noutput = "%USERPROFILE%/r.xlsx"')
    assert config.inputs == ("$HOME/*", "~/x.csv")
    assert config.output == config.directory / "%USERPROFILE%/r.xlsx"


@pytest.mark.parametrize(
    ("there", "written", "found"),
    [
        ("Downloads", "~/Downloads", "Downloads"),
        ("Downloads", "~/Téléchargements", "Downloads"),
        ("Téléchargements", "~/Téléchargements", "Téléchargements"),
        ("Downloads", "~\\\\Downloads", "Downloads"),
        ("Inbox", "~/Downloads", "Downloads"),
        ("Downloads", "~/Inbox", "Inbox"),
    ],
)
def test_the_downloads_folder_is_the_one_of_this_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: str, written: str, found: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / there).mkdir()
    assert read(f'downloads = "{written}"').downloads == tmp_path / found


def test_a_home_that_nobody_has_is_no_error() -> None:
    folder = read('downloads = "~nobody-of-that-name/Downloads"').downloads
    assert folder == HERE.absolute().parent / "~nobody-of-that-name/Downloads"


def test_find_looks_in_the_folder_and_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="tracksheet init"):
        find(tmp_path)
    with pytest.raises(ConfigError, match="there is no folder"):
        find(tmp_path / "nowhere")
    (tmp_path / "tracksheet.toml").write_text("")
    assert find(tmp_path) == find(tmp_path / "tracksheet.toml") == tmp_path / "tracksheet.toml"


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    path = tmp_path / "tracksheet.toml"
    path.write_bytes(b"\xef\xbb\xbf" + 'client = "Café"\r\n'.encode())
    assert load(path).client == "Café"
    path.write_bytes('client = "Café"'.encode("cp1252"))
    with pytest.raises(ConfigError, match="save it as UTF-8"):
        load(path)


def project(folder: Path, *files: str, text: str = "") -> Config:
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    return parse(text, path=folder / "tracksheet.toml")


def test_inputs_are_the_tables_and_nothing_else(tmp_path: Path) -> None:
    config = project(
        tmp_path,
        "exports/b.csv", "exports/A.XLSX", "exports/README.txt", "exports/~$A.xlsx",
        "exports/.DS_Store", "plan.xlsx", "report.xlsx",
        text='inputs = ["exports/*", "*.xlsx", "exports/b.csv"]',
    )  # fmt: skip
    inputs = find_inputs(config)
    assert sorted(path.name for path in inputs.files) == ["A.XLSX", "b.csv"]
    assert [finding.message for finding in inputs.findings] == [
        f'inputs: no export fits "*.xlsx" in {tmp_path}; put your downloads there, '
        "or correct the pattern"
    ]


FINDINGS = [
    (("exports/youtube.zip", "exports/a.csv"), "", "unpack it here"),
    (("exports/deck.pdf", "exports/a.csv"), "", "not a table"),
    (("exports/june/a.csv", "exports/b.csv"), "", 'add "exports/june/*" to inputs'),
    (("exports/a.csv",), '[[file]]\nmatch = "b*"', 'match = "b*" fits no export'),
    (("other/a.csv",), "", 'no export fits "exports/*"'),
]


@pytest.mark.parametrize(("files", "text", "expected"), FINDINGS)
def test_what_is_not_read_is_said(
    tmp_path: Path, files: tuple[str, ...], text: str, expected: str
) -> None:
    findings = find_inputs(project(tmp_path, *files, text=text)).findings
    assert [finding.severity for finding in findings] == ["warning"]
    assert expected in findings[0].message


def test_folders_are_read_where_asked(tmp_path: Path) -> None:
    text = 'inputs = ["exports/**"]'
    inputs = find_inputs(project(tmp_path, "exports/june/a.csv", "exports/b.csv", text=text))
    assert [path.name for path in inputs.files] == ["b.csv", "a.csv"]
    assert inputs.findings == ()


def test_a_project_may_be_one_flat_folder(tmp_path: Path) -> None:
    own = (
        "tracksheet.toml", "plan.xlsx", "report.xlsx", "history.sqlite", "history.sqlite-wal",
        "Refresh.bat", "Refresh.command", "~$plan.xlsx",
    )  # fmt: skip
    inputs = find_inputs(project(tmp_path, "a.csv", *own, text='inputs = ["*"]'))
    assert [path.name for path in inputs.files] == ["a.csv"]
    assert inputs.findings == ()


def test_a_rule_for_files_in_the_downloads_folder_is_used(tmp_path: Path) -> None:
    text = '[[file]]\nmatch = "b*"\n[[file]]\nmatch = "c*"'
    files = ("exports/a.csv", "inbox/b.csv", "inbox/c.pdf")
    config = project(tmp_path, *files, text=f'downloads = "inbox"\n{text}')
    assert [finding.message for finding in find_inputs(config).findings] == [
        '[[file]] match = "c*" fits no export'
    ]


def test_files_outside_the_project_and_with_brackets_in_their_name(tmp_path: Path) -> None:
    outside = tmp_path / "downloads"
    text = f'inputs = ["../downloads/*.csv", "exports/a [1].csv"]\noutput = "{outside}/r.xlsx"'
    (tmp_path / "project").mkdir()
    config = project(
        tmp_path / "project", "exports/a [1].csv", "../downloads/b.csv",
        text=text.replace("\\", "/"),
    )  # fmt: skip
    assert sorted(path.name for path in find_inputs(config).files) == ["a [1].csv", "b.csv"]
