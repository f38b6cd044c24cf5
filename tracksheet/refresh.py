"""From exports on the disk to a KPI workbook: the one walk that every command takes."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path

from .config import Config
from .core.dataset import Dataset, merge
from .core.exports import Export, ExportError, ReadOptions, read_export
from .core.findings import Finding
from .core.grains import left_out_of_periods
from .inputs import find_inputs
from .tabs import Material, build_report

OptionsFor = Callable[[Path], ReadOptions]
OnFile = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A report as written, with the material it was made from."""

    path: Path
    material: Material

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.material.dataset.findings


class NothingToReport(ValueError):
    """No file could be read; the message says why for each."""


@cache
def default_kpis() -> tuple[str, ...]:
    """The KPIs a report puts forward unless told otherwise."""
    text = (resources.files(__package__) / "defaults.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["headline"])


def read_files(
    files: Sequence[Path], options_for: OptionsFor, *, on_file: OnFile = lambda file: None
) -> tuple[list[Export], list[Finding]]:
    """Read each file; one that cannot be read becomes a finding and the others go on."""
    exports: list[Export] = []
    findings: list[Finding] = []
    for file in files:
        on_file(file)
        try:
            exports.append(read_export(file, options=options_for(file)))
        except ExportError as error:
            findings.append(Finding("error", file.name, str(error)))
    return exports, findings


def make_dataset(
    files: Sequence[Path],
    options_for: OptionsFor,
    *,
    findings: Iterable[Finding] = (),
    on_file: OnFile = lambda file: None,
) -> Dataset:
    """Read and merge files; raises `NothingToReport` if not one figure came of them."""
    exports, unread = read_files(files, options_for, on_file=on_file)
    dataset = merge(exports)
    everything = (*findings, *unread, *dataset.findings)
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
) -> Refreshed:
    """Compute the KPIs and write the workbook; an existing report is replaced as a whole."""
    from .excel_addin import write_workbook

    found = left_out_of_periods(dataset.rows, period)
    dataset = replace(dataset, findings=(*dataset.findings, *found))
    heading = {"en": "KPI report", "fr": "Rapport de KPI"}[lang]
    material = Material(
        dataset,
        lang,
        f"{title} – {heading}" if title else heading,
        period,
        tuple(kpis) or default_kpis(),
    )
    write_workbook(build_report(material), output)
    return Refreshed(output, material)


def refresh(config: Config, *, on_file: OnFile = lambda file: None) -> Refreshed:
    """Read the exports of a project and write its report."""
    inputs = find_inputs(config)
    dataset = make_dataset(
        inputs.files, config.options_for, findings=inputs.findings, on_file=on_file
    )
    return write_report(
        dataset,
        config.output,
        lang=config.lang,
        title=config.client,
        period=config.period,
        kpis=config.kpis,
    )
