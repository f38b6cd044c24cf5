"""The command line. Each command reads its arguments, calls one function and prints the result."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from . import show
from .core.catalogue import catalogue
from .core.findings import Finding
from .history_cli import history_app

if TYPE_CHECKING:
    from .core.exports.options import ReadOptions

app = typer.Typer(
    name="tracksheet",
    help="Social-media KPIs from the exports you already download.\n\nStart with: tracksheet demo",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
kpi_app = typer.Typer(no_args_is_help=True, help="Look up KPIs, and compute them from exports.")
app.add_typer(kpi_app, name="kpi")
app.add_typer(history_app, name="history")

FINE, FOUND, COULD_NOT, BROKE = range(4)  # exit codes: 1 where something had to be left out

Files = Annotated[
    list[Path],
    typer.Argument(help="Export files: .csv, .tsv, .txt, .xlsx, .xls", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for another program.")]
Lang = Annotated[Literal["en", "fr"], typer.Option(help="Language of the labels.")]
Period = Annotated[
    Literal["day", "week", "month", "quarter", "year"],
    typer.Option(help="How the report cuts time; weeks are ISO weeks."),
]
_HOW = "How to read the files"
DayFirst = Annotated[
    bool | None,
    typer.Option(
        "--day-first/--month-first",
        help="Order of dates such as 03/04/2026, where the file cannot tell.",
        rich_help_panel=_HOW,
        show_default=False,
    ),
]
Decimal = Annotated[
    Literal[".", ","] | None,
    typer.Option(
        help="Decimal mark, where 1,234 or 1.234 may mean two things.", rich_help_panel=_HOW
    ),
]
Year = Annotated[
    int | None,
    typer.Option(
        help="Year of the newest date, where dates carry no year.",
        min=2000,
        max=2100,
        rich_help_panel=_HOW,
    ),
]
Currency = Annotated[
    str | None,
    typer.Option(help="Currency of amounts without one, such as EUR.", rich_help_panel=_HOW),
]
Channel = Annotated[
    str | None, typer.Option(help="Channel of all rows, such as instagram.", rich_help_panel=_HOW)
]
AccountName = Annotated[
    str | None,
    typer.Option("--account", help="Account of rows that name none.", rich_help_panel=_HOW),
]
ProfileId = Annotated[
    str | None,
    typer.Option(
        "--profile",
        help="Read as this platform's export instead of recognising it.",
        rich_help_panel=_HOW,
    ),
]
TimeZone = Annotated[
    str | None,
    typer.Option(
        "--time-zone", help="Time zone of the account, such as Europe/Paris.", rich_help_panel=_HOW
    ),
]


@app.command()
def demo(
    directory: Annotated[Path, typer.Argument(help="Folder to make.")] = Path("tracksheet-demo"),
    lang: Lang = "en",
) -> None:
    """Make a project with sample exports, refresh it and print its KPIs.

    Everything in it is invented. Nothing outside the folder is touched.
    """
    from .demo import make_demo

    made = make_demo(directory, lang=lang)
    show.note(
        f"{directory} holds a project with {len(made.files)} sample exports "
        "(invented), plan.xlsx and tracksheet.toml."
    )
    _refresh(directory)
    show.note(
        f"\nNext: put your own exports into {directory / 'exports'} or a new project "
        "(tracksheet init my-client), and run tracksheet refresh."
    )


@app.command()
def init(
    directory: Annotated[Path, typer.Argument(help="Folder of the new project.")] = Path(),
    lang: Lang = "en",
    client: Annotated[str, typer.Option(help="Name of the client or brand, for the title.")] = "",
    objective: Annotated[
        list[str] | None,
        typer.Option(
            help="What the work is for: awareness, community, engagement, service or conversion; "
            "several by repeating it. Its 5 to 12 KPIs are put forward instead of the usual ones.",
            metavar="NAME",
        ),
    ] = None,
    kpi: Annotated[
        list[str] | None,
        typer.Option(
            help="A KPI to put forward, by id or name; several by repeating it.", metavar="NAME"
        ),
    ] = None,
) -> None:
    """Make a project: exports folder, plan.xlsx, tracksheet.toml and files to double-click.

    What is already there is kept as it is.

    Example: tracksheet init my-client --objective awareness --objective conversion --kpi CPM
    """
    from .objectives import kpis_for
    from .project import init as make_project
    from .project import next_step

    kpis = kpis_for(objective or (), more=kpi or ())
    made = make_project(directory, lang=lang, client=client, kpis=kpis)
    show.project(made)
    show.note(f"\n{next_step(made, directory, lang=lang, kpis=kpis)}")


@app.command()
def refresh(
    directory: Annotated[Path, typer.Argument(help="Folder of the project.")] = Path(),
    about: Annotated[
        str,
        typer.Option(
            "--for",
            help="Period of the Overview, by any of its days: 2026-09-30, or 2026-09 "
            "(default: the last one that is over).",
            show_default=False,
        ),
    ] = "",
    open_report: Annotated[
        bool, typer.Option("--open", help="Open the report when it is written.")
    ] = False,
) -> None:
    """Read the exports and the plan of a project, and write its report.

    The report is written anew each time; exports and plan.xlsx are only read, and what was read
    is kept in history.sqlite.
    """
    code = _refresh(directory, about=_day(about), open_report=open_report)
    raise typer.Exit(code)


def _refresh(directory: Path, *, about: date | None = None, open_report: bool = False) -> int:
    from .config import find, load
    from .refresh import refresh as run

    config = load(find(directory))
    with show.progress("Reading") as on_file:
        refreshed = run(config, about=about, on_file=on_file)
    show.results(refreshed)
    if open_report:
        typer.launch(str(refreshed.path))
    return _code(refreshed.findings)


def _day(text: str) -> date | None:
    """The day of an option, the first of the month where it names a month."""
    if not text:
        return None
    try:
        return date.fromisoformat(text if len(text) > len("2026-09") else f"{text}-01")
    except ValueError:
        raise typer.BadParameter(
            f"--for {text}: write a day such as 2026-09-30 or a month such as 2026-09"
        ) from None


@app.command()
def report(
    files: Files,
    output: Annotated[Path, typer.Option("--output", "-o", help="Workbook to write.")] = Path(
        "report.xlsx"
    ),
    lang: Lang = "en",
    title: Annotated[str, typer.Option(help="Name of the client or brand.")] = "",
    period: Period = "month",
    kpi: Annotated[
        str,
        typer.Option(help="KPIs to put forward, separated by commas (default: the usual ones)."),
    ] = "",
    day_first: DayFirst = None,
    decimal: Decimal = None,
    year: Year = None,
    currency: Currency = None,
    channel: Channel = None,
    account: AccountName = None,
    profile: ProfileId = None,
    time_zone: TimeZone = None,
) -> None:
    """Turn export files into a KPI workbook, without a project.

    Example: tracksheet report instagram.csv linkedin.xls -o june.xlsx --lang fr
    """
    from .refresh import make_dataset, write_report

    if output.suffix.lower() != ".xlsx":
        raise typer.BadParameter(f"{output}: the report is an Excel workbook; end it in .xlsx")
    options = _options(day_first, decimal, year, currency, channel, account, profile, time_zone)
    with show.progress("Reading") as on_file:
        dataset = make_dataset(_found(files), lambda file: options, on_file=on_file)
    refreshed = write_report(
        dataset, output, lang=lang, title=title, period=period, kpis=_kpi_ids(kpi)
    )
    show.results(refreshed)
    raise typer.Exit(_code(refreshed.findings))


@app.command()
def read(
    files: Files,
    as_json: AsJson = False,
    day_first: DayFirst = None,
    decimal: Decimal = None,
    year: Year = None,
    currency: Currency = None,
    channel: Channel = None,
    account: AccountName = None,
    profile: ProfileId = None,
    time_zone: TimeZone = None,
) -> None:
    """Show how export files are understood: platform, columns, totals, what was set aside.

    Nothing is written. Use it when a number looks wrong.
    """
    from .refresh import read_files

    options = _options(day_first, decimal, year, currency, channel, account, profile, time_zone)
    exports, unread = read_files(_found(files), lambda file: options)
    if as_json:
        show.exports_as_json(exports, unread, single=len(files) == 1)
    else:
        show.exports(exports, unread)
    if not exports:
        raise typer.Exit(COULD_NOT)
    everything = [
        finding for export in exports for table in export.tables for finding in table.findings
    ]
    raise typer.Exit(_code([*unread, *everything]))


@kpi_app.command("list")
def kpi_list(
    stage: Annotated[
        Literal["ToFu", "MoFu", "BoFu", "Ops"] | None,
        typer.Option(help="Only this stage of the funnel."),
    ] = None,
    search: Annotated[str, typer.Option(help="Only KPIs with this word in their name.")] = "",
    lang: Lang = "en",
    as_json: AsJson = False,
) -> None:
    """List all KPIs with their Excel names and formulas."""
    word = search.casefold()
    kpis = [
        kpi
        for kpi in catalogue().kpis.values()
        if (stage is None or kpi.stage == stage)
        and word in f"{kpi.id} {kpi.excel} {kpi.en} {kpi.fr}".casefold()
    ]
    show.kpi_list(kpis, lang, as_json=as_json)


@kpi_app.command("show")
def kpi_show(
    name: Annotated[str, typer.Argument(help="A KPI by id or Excel name: ctr, ENGAGEMENT_RATE")],
    lang: Lang = "en",
    as_json: AsJson = False,
) -> None:
    """Show one KPI: what it means, its formula, an example, and where the field disagrees."""
    show.kpi(catalogue().kpi(name), lang, as_json=as_json)


@kpi_app.command("compute")
def kpi_compute(
    files: Files,
    kpi: Annotated[
        str, typer.Option(help="KPIs by id or Excel name, separated by commas.", show_default=False)
    ],
    by: Annotated[
        str,
        typer.Option(
            help="Group by fields, separated by commas: channel, account_id, campaign, post_type … "
            "and one of day, week, month, quarter, year."
        ),
    ] = "",
    as_json: AsJson = False,
    day_first: DayFirst = None,
    decimal: Decimal = None,
    year: Year = None,
    currency: Currency = None,
    channel: Channel = None,
    account: AccountName = None,
    profile: ProfileId = None,
    time_zone: TimeZone = None,
) -> None:
    """Compute KPIs from export files.

    Example: tracksheet kpi compute ads.csv --kpi reach,cpm,spend --by channel,month
    """
    from .core.grains import left_out_of_periods
    from .core.results import compute
    from .refresh import make_dataset

    options = _options(day_first, decimal, year, currency, channel, account, profile, time_zone)
    names = _kpi_ids(kpi)
    fields, period = _grouping(by)
    dataset = make_dataset(_found(files), lambda file: options)
    results = compute(dataset, names, by=fields, period=period)
    findings = [*dataset.findings, *left_out_of_periods(dataset.rows, period)]
    show.computed(results, findings, as_json=as_json)
    raise typer.Exit(_code(findings))


def _options(
    day_first: bool | None,
    decimal: Literal[".", ","] | None,
    year: int | None,
    currency: str | None,
    channel: str | None,
    account: str | None,
    profile: str | None,
    time_zone: str | None,
) -> ReadOptions:
    from .core.exports.options import ReadOptions

    return ReadOptions(
        day_first=day_first,
        decimal=decimal,
        year=year,
        currency=currency.upper() if currency else None,
        channel=channel,
        account=account,
        profile=profile,
        time_zone=time_zone,
    )


def _kpi_ids(text: str) -> tuple[str, ...]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    return tuple(dict.fromkeys(catalogue().kpi(name).id for name in names))


def _grouping(text: str) -> tuple[tuple[str, ...], str]:
    """Fields to group by and the period among them, "range" if there is none."""
    from .core.periods import PERIODS

    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    periods = [name for name in names if name in PERIODS]
    if len(periods) > 1:
        raise typer.BadParameter(f"--by {text}: give one period, not {' and '.join(periods)}")
    return tuple(name for name in names if name not in PERIODS), (periods or ["range"])[0]


def _found(files: Sequence[Path]) -> list[Path]:
    """The files of the arguments; a folder stands for the files in it."""
    from .inputs import READABLE

    found: list[Path] = []
    for file in files:
        if file.is_dir():
            found += sorted(
                path
                for path in file.iterdir()
                if path.suffix.lower() in READABLE and not path.name.startswith("~$")
            )
        else:
            found.append(file)
    if not found:
        raise typer.BadParameter(f"there are no exports in {files[0]}")
    return found


def _code(findings: Sequence[Finding]) -> int:
    return FOUND if any(finding.severity == "error" for finding in findings) else FINE


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code; a user's mistake prints no traceback."""
    show.use_utf8()
    try:
        _run(arguments)
    except Exception:  # a fault of ours: told in full, and apart from what a person can mend
        traceback.print_exc()
        sys.exit(BROKE)


def _run(arguments: Sequence[str] | None) -> None:
    try:
        app(args=arguments)
    except OSError as error:
        show.failure(
            str(error) if error.strerror is None else f"{error.filename}: {error.strerror}"
        )
    except (LookupError, ValueError) as error:
        if not _is_said_to_people(error):
            raise
        show.failure(str(error))
    sys.exit(COULD_NOT)


def _is_said_to_people(error: Exception) -> bool:
    """Whether an error is one of ours, whose message names the thing, the value and the fix."""
    return type(error).__module__.partition(".")[0] == __package__
