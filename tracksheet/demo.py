"""A project with invented exports, so that a newcomer sees a report before having data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .config import Lang
from .plan.workbook import write_plan
from .project import PLAN, init
from .samples import BRAND, plan_rows, write_samples


class DemoError(ValueError):
    """The demo cannot be made where it was asked for."""


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made: the project's folder and its sample exports."""

    directory: Path
    files: tuple[Path, ...]


def make_demo(directory: Path, *, lang: str = "en") -> Demo:
    """Make a project with sample exports; a folder that holds anything else is refused.

    Running it again renews the samples and keeps everything else as it is.
    """
    if directory.is_file():
        raise DemoError(f"{directory} is a file; give the name of a new folder")
    if directory.is_dir() and any(directory.iterdir()) and not _is_demo(directory):
        raise DemoError(f"{directory} is not empty and not a demo; give the name of a new folder")
    language: Lang = "fr" if lang == "fr" else "en"
    plan = directory / PLAN
    if not plan.exists():
        directory.mkdir(parents=True, exist_ok=True)
        write_plan(plan, lang=language, rows=plan_rows(language))
    init(directory, lang=language, client=BRAND)
    samples = write_samples(directory / "exports")
    return Demo(directory, tuple(sample.path for sample in samples))


def _is_demo(directory: Path) -> bool:
    config = directory / "tracksheet.toml"
    return config.is_file() and BRAND in config.read_text("utf-8", errors="replace")
