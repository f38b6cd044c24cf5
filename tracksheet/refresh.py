"""From exports on the disk to a KPI workbook: the one walk that every command takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

from .config import Config
from .core.brands import AccountEntry, with_brands, zone_for
from .core.dataset import Dataset, merge
from .core.exports import Export, ExportError, ReadOptions, read_export
from .core.findings import Finding
from .core.grains import left_out_of_periods
from .core.history import History, Source, digest_of, merge_kept
from .core.periods import RANGE, end
from .core.posts import with_content
from .core.report import Report
from .core.targets import Judged, judge
from .downloads import find_downloads
from .inputs import find_inputs
from .plan import People
from .plan.reading import read_plan
from .tabs import Material, build_report
from .word_files import words_in

OptionsFor = Callable[[Path], ReadOptions]
OnFile = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A report as written, with the material it was made from.

    `remembered` is how many exports came from the history alone.
    """

    path: Path
    material: Material
    report: Report
    remembered: int = 0

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.material.dataset.findings


class NothingToReport(ValueError):
    """No file could be read; the message says why for each."""


@cache
def default_kpis() -> tuple[str, ...]:
    """The KPIs a report puts forward unless told otherwise."""
    return tuple(words_in("defaults.toml")["headline"])


def read_files(
    files: Sequence[Path], options_for: OptionsFor, *, on_file: OnFile = lambda file: None
) -> tuple[list[Export], list[Finding]]:
    """Read each file; one that cannot be read becomes a finding and the others go on."""
    read, findings = _read(files, options_for, on_file=on_file)
    return [export for _, export in read], findings


def _read(
    files: Sequence[Path],
    options_for: OptionsFor,
    *,
    accounts: Sequence[AccountEntry] = (),
    on_file: OnFile,
) -> tuple[list[tuple[Path, Export]], list[Finding]]:
    """Files with what was read; an account's time zone is known only once its file is read."""
    read: list[tuple[Path, Export]] = []
    findings: list[Finding] = []
    for file in files:
        on_file(file)
        options = options_for(file)
        try:
            export = read_export(file, options=options)
            zone = zone_for(export, accounts)
            if zone is not None and options.time_zone is None:
                export = read_export(file, options=replace(options, time_zone=zone))
            read.append((file, export))
        except ExportError as error:
            findings.append(Finding("error", file.name, str(error)))
    return read, findings


def make_dataset(
    files: Sequence[Path],
    options_for: OptionsFor,
    *,
    findings: Iterable[Finding] = (),
    on_file: OnFile = lambda file: None,
) -> Dataset:
    """Read and merge files; raises `NothingToReport` if not one figure came of them."""
    exports, unread = read_files(files, options_for, on_file=on_file)
    return _with_findings(merge(exports), (*findings, *unread))


def _with_findings(dataset: Dataset, findings: Iterable[Finding]) -> Dataset:
    everything = tuple(dict.fromkeys((*findings, *dataset.findings)))
    if not dataset.metrics:
        reasons = [str(finding) for finding in everything if finding.severity != "info"]
        raise NothingToReport("\n".join(reasons) or "there are no figures in these files to report")
    return replace(dataset, findings=everything)


def write_report(
    dataset: Dataset,
    output: Path,
    *,
    lang: str = "en",
    title: str = "",
    period: str = "month",
    kpis: Sequence[str] = (),
    people: People | None = None,
    judged: Sequence[Judged] = (),
    about: date | None = None,
) -> Refreshed:
    """Compute the KPIs and write the workbook; an existing report is replaced as a whole."""
    from .excel_addin import write_workbook

    remembered = {table.file for table in dataset.tables if table.from_history}
    found = (
        finding
        for finding in left_out_of_periods(dataset.rows, period)
        if finding.where not in remembered  # said when they were new
    )
    dataset = replace(dataset, findings=(*dataset.findings, *found))
    heading = {"en": "KPI report", "fr": "Rapport de KPI"}[lang]
    material = Material(
        dataset,
        lang,
        f"{title} – {heading}" if title else heading,
        period,
        tuple(kpis) or default_kpis(),
        client=title,
        people=people or People(),
        judged=tuple(judged),
        about=about,
    )
    material = _with_periods(material)
    report = build_report(material)
    write_workbook(report, output)
    return Refreshed(output, material, report)


def _with_periods(material: Material) -> Material:
    """The same over the whole range where no row fits into a period.

    Raises `NothingToReport` where the period that was asked for lies outside the data.
    """
    if material.period == RANGE or material.range is None:
        return material
    first, last = (moment.date() for moment in material.range)
    focus = material.focus
    if focus is not None and (focus > last or end(focus, material.period) < first):
        raise NothingToReport(
            f"--for {material.about}: figures are known from {first} to {last}; name a day in "
            "between. The report was left as it is"
        )
    if material.known(material.by_period, material.kpis):
        return material
    return replace(material, period=RANGE)


def refresh(
    config: Config,
    *,
    about: date | None = None,
    now: datetime | None = None,
    on_file: OnFile = lambda file: None,
) -> Refreshed:
    """Read the exports and the plan of a project, remember them, and write its report.

    `about` is a day of the period that the Overview is to tell of. What was read is in the history
    before the report is written: if that fails, nothing is lost.
    """
    now = now or datetime.now()
    plan = read_plan(config.plan, options=config.options_for(config.plan))
    people = plan.people
    found = find_inputs(config)
    fetched = find_downloads(config, people.accounts, exports=found.files, now=now)
    read, unread = _read(
        (*found.files, *fetched.files),
        config.options_for,
        accounts=people.accounts,
        on_file=on_file,
    )
    sources = [Source(export, digest_of(file), _place(file, config)) for file, export in read]
    sources += [Source(sheet.export, sheet.digest, sheet.export.file) for sheet in plan.sheets]
    with History(config.history) as history:
        added = history.add(sources, at=now)
        kept = history.exports()
        said = (
            *_no_plan(config),
            *found.findings,
            *fetched.findings,
            *people.findings,
            *unread,
            *added.findings,
        )
        dataset = _with_findings(merge_kept(kept), said)
        dataset = with_content(with_brands(dataset, people.accounts), people.content)
        judged, remarks = judge(
            people.targets, dataset, today=now.date(), thresholds=config.thresholds
        )
        refreshed = write_report(
            replace(dataset, findings=(*dataset.findings, *remarks)),
            config.output,
            lang=config.lang,
            title=config.client,
            period=config.period,
            kpis=config.kpis,
            people=people,
            judged=judged,
            about=about,
        )
        history.report_written(now)
    return replace(refreshed, remembered=sum(not one.here and not one.aside for one in kept))


def _no_plan(config: Config) -> tuple[Finding, ...]:
    """A plan that was moved or renamed would leave targets and comments out without a word."""
    if config.plan.exists():
        return ()
    message = (
        "not found: its targets, comments and labels are missing from this report. Put it back, "
        "or name it with plan in tracksheet.toml; tracksheet init makes an empty one"
    )
    return (Finding("warning", config.plan.name, message),)


def _place(file: Path, config: Config) -> str:
    """Where a file lies, seen from the project."""
    path = file.absolute()
    inside = path.is_relative_to(config.directory)
    return (path.relative_to(config.directory) if inside else path).as_posix()
