"""The command line as a person or a program meets it: words, JSON and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import openpyxl
import pytest

from tracksheet.cli import main

ADS = (
    "Reporting starts,Reporting ends,Campaign name,Reach,Impressions,Amount spent (EUR)\n"
    "2026-06-01,2026-06-30,,900,2100,30.00\n"
    "2026-06-01,2026-06-30,Summer,600,1100,10.00\n"
    "2026-06-01,2026-06-30,Autumn,500,1000,20.00\n"
)
POSTS = (
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,"
    "Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Comments,Saves,Follows\n"
    "17900000000000001,1784,cafe,Café,One,0,06/14/2026 10:00,https://www.instagram.com/p/a/,"
    "IG image,,Lifetime,200,100,10,1,2,3,\n"
    "17900000000000002,1784,cafe,Café,=2+2,0,06/20/2026 10:00,https://www.instagram.com/p/b/,"
    "IG reel,,Lifetime,400,300,20,2,3,4,\n"
)
AMBIGUOUS = 'Campaign name,Amount spent (EUR)\nSummer,"1,234"\n'


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def run(*arguments: str | Path, cwd: Path) -> Ran:
    """The command in this process, as a folder's owner would type it there."""
    out, err = StringIO(), StringIO()
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as end:
        main([str(argument) for argument in arguments])
    code = end.value.code
    assert isinstance(code, int)
    return Ran(code, out.getvalue(), err.getvalue())


def run_alone(*arguments: str, cwd: Path) -> Ran:
    """The command in a process of its own, its output read as bytes the way a program does."""
    done = subprocess.run(
        [sys.executable, "-m", "tracksheet", *arguments],
        cwd=cwd,
        capture_output=True,
        env={**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "0"},
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


@pytest.fixture(autouse=True)
def small_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture
def ads(tmp_path: Path) -> Path:
    path = tmp_path / "ads.csv"
    path.write_text(ADS, encoding="utf-8")
    return path


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    path = tmp_path / "posts.csv"
    path.write_text(POSTS, encoding="utf-8")
    return path


def compute(*arguments: str | Path, cwd: Path) -> list[dict[str, object]]:
    ran = run("kpi", "compute", *arguments, "--json", cwd=cwd)
    assert ran.code == 0, ran.err
    entries: list[dict[str, object]] = json.loads(ran.out)
    return entries


def test_the_command_alone_prints_utf_8_for_programs(posts: Path, tmp_path: Path) -> None:
    ran = run_alone("read", "posts.csv", "--json", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["tables"][0]["records"][0]["account_name"] == "Café"
    assert ran.err == ""


def test_the_total_of_people_is_taken_from_the_platform(ads: Path, tmp_path: Path) -> None:
    entries = compute(ads, "--kpi", "reach,CPM,spend,frequency", cwd=tmp_path)
    assert [(e["kpi"], e["value"], e["unit"]) for e in entries] == [
        ("reach", 900, "count"),
        ("cpm", pytest.approx(30 / 2.1), "EUR"),
        ("spend", 30, "EUR"),
        ("frequency", pytest.approx(2100 / 900), "number"),
    ]


def test_people_of_several_rows_are_bounded_not_added(posts: Path, tmp_path: Path) -> None:
    (entry,) = compute(posts, "--kpi", "reach", "--by", "channel,month", cwd=tmp_path)
    assert entry["value"] is None
    assert entry["channel"] == "instagram"
    assert entry["month"] == "2026-06"
    assert "between 300 and 400" in str(entry["note"])


def test_a_kpi_that_the_files_cannot_give_says_what_it_lacks(posts: Path, tmp_path: Path) -> None:
    (entry,) = compute(posts, "--kpi", "cpm", cwd=tmp_path)
    assert entry["value"] is None
    assert "spend" in str(entry["note"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("kpi", "show", "engagment_rate"), "Did you mean 'engagement_rate'?"),
        (("kpi", "compute", "ads.csv", "--kpi", "cpn"), "Unknown KPI 'cpn'"),
        (("read", "nowhere.csv"), "no such file"),
        (("report", "nowhere.csv"), "no such file"),
        (("refresh", "."), "tracksheet init"),
        (("report", "ads.csv", "-o", "report.docx"), ".xlsx"),
        (("kpi", "compute", "ads.csv", "--kpi", "cpm", "--by", "colour"), "colour"),
        (("kpi", "compute", "ads.csv", "--kpi", "cpm", "--by", "week,month"), "one period"),
        (("demo", "ads.csv"), "is a file"),
    ],
)
def test_a_mistake_is_said_in_words(
    arguments: Sequence[str], said: str, ads: Path, tmp_path: Path
) -> None:
    ran = run(*arguments, cwd=tmp_path)
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert said in " ".join((ran.err + ran.out).split())


def test_rows_that_fit_no_single_period_are_said(tmp_path: Path) -> None:
    (tmp_path / "ads.csv").write_text(ADS.replace("2026-06-30", "2026-07-31"), encoding="utf-8")
    ran = run("kpi", "compute", "ads.csv", "--kpi", "spend", "--by", "month", cwd=tmp_path)
    assert ran.code == 0
    assert "No figures" in ran.out
    assert "ads.csv: 2 rows cover more than one month" in " ".join(ran.out.split())
    (entry,) = compute("ads.csv", "--kpi", "spend", cwd=tmp_path)
    assert entry["value"] == 30


def test_an_ambiguous_file_does_not_stop_the_others(ads: Path, tmp_path: Path) -> None:
    unclear = tmp_path / "unclear.csv"
    unclear.write_text(AMBIGUOUS, encoding="utf-8")
    ran = run("read", unclear, ads, "--json", cwd=tmp_path)
    read, refused = json.loads(ran.out)
    assert ran.code == 1
    assert read["tables"][0]["rows"] == 2
    assert refused["tables"] == []
    message = refused["findings"][0]["message"]
    for part in ("unclear.csv", "line 2", "Amount spent (EUR)", "1,234", "--decimal"):
        assert part in message
    assert run("read", unclear, "--decimal", ".", cwd=tmp_path).code == 0


def test_read_shows_how_a_file_was_understood(ads: Path, tmp_path: Path) -> None:
    ran = run("read", ads, cwd=tmp_path)
    assert ran.code == 0
    for part in ("ads.csv", "meta_ads_campaign", "Amount spent (EUR)", "spend", "total row"):
        assert part in ran.out


def test_read_json_has_the_agreed_form(ads: Path, tmp_path: Path) -> None:
    export = json.loads(run("read", ads, "--json", cwd=tmp_path).out)
    assert export.keys() >= {"file", "encoding", "delimiter", "tables"}
    (table,) = export["tables"]
    assert table.keys() == {
        "profile", "title", "rows", "columns", "unmapped", "records", "totals", "findings",
    }  # fmt: skip
    assert table["records"][0]["campaign"] == "Summer"
    assert table["records"][0]["date"] == "2026-06-01"
    assert table["totals"][0]["reach"] == 900


def test_report_writes_a_workbook(ads: Path, posts: Path, tmp_path: Path) -> None:
    ran = run("report", ads, posts, "-o", "out.xlsx", "--lang", "fr", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert "out.xlsx" in ran.out
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == [
        "Synthèse", "Canaux", "Périodes", "Entonnoir", "Publications", "Toutes les publications",
        "Taux d’engagement", "Objectifs", "Couverture", "Qualité des données", "Data",
    ]  # fmt: skip
    texts = [cell.value for row in book["Publications"].iter_rows() for cell in row]
    assert "=2+2" in texts
    formulas = [
        cell for sheet in book for row in sheet.iter_rows() for cell in row
        if cell.data_type == "f"
    ]  # fmt: skip
    assert formulas == []


def test_kpi_list_is_for_people_and_programs(tmp_path: Path) -> None:
    listed = json.loads(run("kpi", "list", "--json", cwd=tmp_path).out)
    assert len(listed) >= 90
    assert {"id", "excel", "en", "fr", "formula", "unit"} <= listed[0].keys()
    assert "ENGAGEMENT_RATE" in run("kpi", "list", "--search", "engagement", cwd=tmp_path).out
    shown = run("kpi", "show", "engagement_rate", "--lang", "fr", cwd=tmp_path).out
    assert "Taux d’engagement" in shown


def test_the_demo_makes_a_project_and_prints_its_kpis(tmp_path: Path) -> None:
    ran = run("demo", "shown", "--lang", "fr", cwd=tmp_path)
    assert ran.code == 0, ran.err
    made = {path.name for path in (tmp_path / "shown").iterdir()}
    assert {"exports", "plan.xlsx", "tracksheet.toml", "report.xlsx"} <= made
    assert "Instagram" in ran.out
    assert "Par rapport à août 2026" in ran.out
    assert "report.xlsx" in ran.out
    assert ran.err == ""
    plan = (tmp_path / "shown" / "plan.xlsx").read_bytes()
    again = run("demo", "shown", "--lang", "fr", cwd=tmp_path)
    assert again.code == 0, again.err
    assert (tmp_path / "shown" / "plan.xlsx").read_bytes() == plan


def test_the_demo_needs_nothing_that_only_the_tests_bring(tmp_path: Path) -> None:
    """The README's first command runs without the group of the tests: without pyarrow, above all,
    with which pandas keeps texts in another way.
    """
    code = (
        "import sys\n"
        "for name in ('pyarrow', 'polars', 'duckdb', 'openpyxl'): sys.modules[name] = None\n"
        "from tracksheet.cli import main\n"
        "main(['demo', 'shown'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "shown" / "report.xlsx").exists()


def test_the_demo_never_fills_a_folder_of_somebody(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    ran = run("demo", "mine", cwd=tmp_path)
    assert ran.code == 2
    assert "not empty" in ran.err
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_a_refresh_reads_new_exports_and_keeps_the_plan(ads: Path, tmp_path: Path) -> None:
    assert run("init", "client", "--client", "Exemple", cwd=tmp_path).code == 0
    project = tmp_path / "client"
    plan = (project / "plan.xlsx").read_bytes()
    empty = run("refresh", "client", cwd=tmp_path)
    assert empty.code == 2
    assert "exports" in empty.err
    ads.rename(project / "exports" / "ads.csv")
    assert run("refresh", "client", cwd=tmp_path).code == 0
    assert (project / "report.xlsx").is_file()
    assert (project / "plan.xlsx").read_bytes() == plan


def test_looking_up_a_kpi_needs_no_data_frames(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['tracksheet', 'kpi', 'show', 'ctr']\n"
        "from tracksheet.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "assert 'pandas' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=tmp_path)
