"""What the command line prints: tables for people on the screen, JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table

from .core.catalogue import Kpi
from .core.findings import Finding, counted
from .core.formula import to_excel
from .core.report import Overview, Tone
from .labels import channel_name, kpi_name, label

if TYPE_CHECKING:  # a look at the catalogue need not wait for pandas
    from .core.exports import Export
    from .core.plain import Record
    from .core.results import Results
    from .project import Made
    from .refresh import Refreshed

COLOURS = {"info": "cyan", "warning": "yellow", "error": "red"}
SHOWN_FINDINGS = 12
MARKS: dict[Tone, str] = {"good": "+", "bad": "-", "warn": "!", "neutral": "·"}
KPI_WIDTH = 36
CHANNEL_WIDTH = 15


def use_utf8() -> None:
    """Names and arrows print everywhere: Windows pipes would otherwise use an old code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _out() -> Console:
    return Console(soft_wrap=False, highlight=False)


def _err() -> Console:
    return Console(stderr=True, highlight=False)


def note(text: str) -> None:
    """A line of plain words."""
    _out().print(escape(text))


def failure(message: str) -> None:
    """Why nothing could be done, on the error stream."""
    _err().print(f"[red]Error:[/red] {escape(message)}", soft_wrap=True)


def print_json(value: object) -> None:
    """JSON on standard output, accents kept."""
    print(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


@contextmanager
def progress(words: str) -> Iterator[Callable[[Path], None]]:
    """A spinner with the file being read, on the error stream; silent where that is no screen."""
    screen = _err()
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        console=screen,
        transient=True,
        disable=not screen.is_terminal,
    ) as bar:
        task = bar.add_task(words)
        yield lambda file: bar.update(task, description=f"{words} {escape(file.name)}")


def project(made: Made) -> None:
    """The files that were made, and those that were there already and kept."""
    for path in made.made:
        _out().print(f"[green]made[/green]  {escape(str(path))}")
    for path in made.kept:
        _out().print(f"[yellow]kept[/yellow]  {escape(str(path))} (it was there already)")


def findings(items: Sequence[Finding], *, console: Console | None = None) -> None:
    """Warnings and errors one by one; the infos only counted, they stand in the report."""
    console = console or _out()
    grave = [item for item in items if item.severity != "info"]
    for item in grave[:SHOWN_FINDINGS]:
        console.print(_in_words(item))
    if len(grave) > SHOWN_FINDINGS:
        console.print(f"… and {len(grave) - SHOWN_FINDINGS} more")


def _in_words(item: Finding) -> str:
    colour = COLOURS[item.severity]
    return f"[{colour}]{item.severity}[/{colour}]  {escape(str(item))}"


def results(refreshed: Refreshed) -> None:
    """KPIs by channel as a table, what needs a look, and where the report is."""
    material = refreshed.material
    by_channel = material.by_channel
    kpis = material.known(by_channel, material.headline)
    records = by_channel.rows
    console = _out()
    when = ""
    if material.range is not None:
        start, end = material.range
        when = f", {start:%Y-%m-%d} to {end:%Y-%m-%d}"
    console.print(f"\n[bold]{escape(material.title)}[/bold]{when}")
    fitting = max(1, (console.width - KPI_WIDTH) // CHANNEL_WIDTH)
    for first in range(0, len(records), fitting):
        console.print(_by_channel(kpis, records[first : first + fitting], material.lang))
    _overview(refreshed.report.overview, console)
    findings(refreshed.findings)
    infos = sum(1 for item in refreshed.findings if item.severity == "info")
    files = len({table.file for table in material.dataset.tables if not table.from_history})
    where = f"the tab {label('tab', 'quality', material.lang)!r}"
    remarks = f" How they were read is on {where}: {counted(infos, 'note')}." if infos else ""
    past = counted(refreshed.remembered, "export")
    memory = f" {past} from the history." if refreshed.remembered else ""
    note(f"{counted(files, 'file')} read.{memory}{remarks}")
    console.print(f"Report: [bold]{escape(str(refreshed.path))}[/bold]", soft_wrap=True)


def _overview(overview: Overview | None, console: Console) -> None:
    """What happened and what needs a hand, in the words of the report."""
    for passage in (overview.story, overview.todo) if overview is not None else ():
        if passage.statements:
            console.print(f"\n[bold]{escape(passage.heading)}[/bold]")
        for statement in passage.statements:
            console.print(f"{MARKS[statement.tone]} {escape(statement.text)}")
    console.print()


def _by_channel(kpis: Sequence[Kpi], records: Sequence[Record], lang: str) -> Table:
    """Some channels beside each other; KPIs that none of them has are left out."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    table.add_column("KPI", no_wrap=True, width=KPI_WIDTH - 3)
    for record in records:
        table.add_column(channel_name(str(record["channel"]), lang), justify="right", no_wrap=True)
    for kpi in kpis:
        cells = [_formatted(kpi, record) for record in records]
        if any(cells):
            table.add_row(kpi_name(kpi, lang), *cells)
    return table


def _formatted(kpi: Kpi, record: Record) -> str:
    from .core.plain import number

    value = number(record.get(kpi.id))
    if value is None:
        high = number(record.get(f"{kpi.id}_high"))
        return f"≤ {high:,.0f}" if high is not None else ""
    if kpi.unit == "ratio":
        return f"{value:.2%}"
    if kpi.unit == "count":
        return f"{value:,.0f}"
    currency = record.get("currency")
    code = f" {currency}" if kpi.unit == "currency" and isinstance(currency, str) else ""
    decimals = 0 if abs(value) >= 1000 else 2
    return f"{value:,.{decimals}f}{code}"


def exports_as_json(items: Sequence[Export], unread: Sequence[Finding], *, single: bool) -> None:
    """Each file as an object; one file alone is not put into a list."""
    values = [export.as_dict() for export in items]
    values += [
        {
            "file": finding.where,
            "encoding": None,
            "delimiter": None,
            "tables": [],
            "findings": [
                {"severity": finding.severity, "where": finding.where, "message": finding.message}
            ],
        }
        for finding in unread
    ]
    print_json(values[0] if single and len(values) == 1 else values)


def exports(items: Sequence[Export], unread: Sequence[Finding]) -> None:
    """How each file was understood."""
    console = _out()
    for export in items:
        how = (
            f"{export.encoding}, separated by {export.delimiter!r}"
            if export.delimiter
            else export.encoding
        )
        console.print(f"\n[bold]{escape(export.file)}[/bold]  ({escape(how)})")
        for table in export.tables:
            kind = table.profile or "no known platform"
            console.print(
                f"  [bold]{escape(table.title or 'table')}[/bold]: {escape(kind)}, "
                f"{len(table.frame)} rows, {len(table.totals)} total rows set aside"
            )
            grid = Table(show_header=True, box=None, padding=(0, 2, 0, 4))
            grid.add_column("column")
            grid.add_column("read as")
            grid.add_column("sum or range", justify="right")
            for column in table.columns:
                if column.metric is not None:
                    grid.add_row(
                        escape(column.name), column.metric, _summary(table.frame, column.metric)
                    )
            console.print(grid)
            findings_all(table.findings)
        findings_all(export.findings)
    findings_all(unread)


def findings_all(items: Sequence[Finding]) -> None:
    """Every finding, infos too."""
    for item in items:
        _out().print(f"    {_in_words(item)}")


def _summary(frame: object, name: str) -> str:
    import pandas as pd

    from .core.catalogue import catalogue

    assert isinstance(frame, pd.DataFrame)
    if name not in frame or frame[name].isna().all():
        return "—"
    column = frame[name]
    metric = catalogue().metrics.get(name)
    if metric is not None and metric.kind == "flow":
        return f"{column.sum():,.2f}".removesuffix(".00")
    if pd.api.types.is_datetime64_any_dtype(column):
        return f"{column.min():%Y-%m-%d} – {column.max():%Y-%m-%d}"
    if metric is not None:
        return f"{column.min():,.10g} – {column.max():,.10g}"
    return f"{column.nunique():,} different"


def kpi_list(kpis: Sequence[Kpi], lang: str, *, as_json: bool) -> None:
    """KPIs with their names and formulas."""
    if as_json:
        print_json([kpi_as_dict(kpi) for kpi in kpis])
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("id", "Excel", "name", "formula"):
        table.add_column(heading, no_wrap=heading in ("id", "Excel"))
    for kpi in kpis:
        table.add_row(kpi.id, kpi.excel, escape(kpi_name(kpi, lang)), kpi.formula)
    _out().print(table)
    note(f"{len(kpis)} KPIs. More about one: tracksheet kpi show NAME")


def kpi_as_dict(kpi: Kpi) -> dict[str, object]:
    """A KPI as plain values."""
    return {
        "id": kpi.id,
        "excel": kpi.excel,
        "en": kpi.en,
        "fr": kpi.fr,
        "about_en": kpi.about_en,
        "about_fr": kpi.about_fr,
        "formula": kpi.formula,
        "inputs": list(kpi.inputs),
        "unit": kpi.unit,
        "good": kpi.good,
        "stage": kpi.stage,
        "phase": kpi.phase,
        "objective": kpi.objective,
        "scope": kpi.scope,
        "timing": kpi.timing,
        "source": kpi.source,
        "example": {"given": dict(kpi.example.given), "gives": kpi.example.gives},
        "note": kpi.note,
    }


def kpi(item: Kpi, lang: str, *, as_json: bool) -> None:
    """Everything about one KPI."""
    if as_json:
        print_json(kpi_as_dict(item))
        return
    given = ", ".join(f"{name} = {value:,.10g}" for name, value in item.example.given.items())
    lines = [
        f"[bold]{escape(kpi_name(item, lang))}[/bold]  ({item.id})",
        escape(" ".join((item.about_fr if lang == "fr" else item.about_en).split())),
        "",
        f"Formula   {escape(to_excel(item.tree))}",
        f"Excel     {item.excel}",
        f"Example   {given} gives {item.example.gives:,.10g}",
        f"Unit      {item.unit}; better: {item.good}",
        f"Place     {item.stage}, {item.phase}, {item.objective.replace('_', ' ')}, "
        f"{item.scope}, {item.timing}",
        f"Source    {escape(item.source)}",
    ]
    if item.note:
        lines.append(f"Note      {escape(' '.join(item.note.split()))}")
    _out().print("\n".join(lines), soft_wrap=True)


def computed(result: Results, found: Sequence[Finding], *, as_json: bool) -> None:
    """KPI values: a list of entries as JSON, or a table with the notes under it."""
    entries = result.as_list()
    if as_json:
        print_json(entries)
        findings(found, console=_err())
        return
    if not entries:
        note("No figures for these groups.")
        findings(found)
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    names = (
        [name for name in entries[0] if name not in ("value", "unit", "note")] if entries else []
    )
    for name in (*names, "value", "unit", "note"):
        table.add_column(name, justify="right" if name == "value" else "left")
    for entry in entries:
        value = entry["value"]
        shown = (
            f"{value:,.6g}"
            if isinstance(value, float)
            else (f"{value:,}" if isinstance(value, int) else "")
        )
        table.add_row(
            *(escape(str(entry[name] or "")) for name in names),
            shown,
            str(entry["unit"]),
            escape(str(entry["note"])),
        )
    _out().print(table)
    findings(found)
