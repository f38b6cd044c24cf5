"""Makes the workbooks that visitors can download, or says whether they are out of date.

uv run python examples/make.py          writes examples/en and examples/fr
uv run python examples/make.py --check  leaves with 1 where a cell would be another one
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from python_calamine import CalamineWorkbook

from tracksheet.config import find, load
from tracksheet.demo import make_demo
from tracksheet.refresh import refresh

HERE = Path(__file__).resolve().parent
LANGS = ("en", "fr")
WORKBOOKS = ("plan.xlsx", "report.xlsx")
NOW = datetime(2026, 10, 1, 9)  # the morning after the last day of the samples


def make(lang: str, directory: Path) -> None:
    """Write the plan and the report of the sample project into a folder."""
    with tempfile.TemporaryDirectory() as name:
        project = Path(name) / "project"
        make_demo(project, lang=lang)
        refresh(load(find(project)), now=NOW)
        directory.mkdir(parents=True, exist_ok=True)
        for workbook in WORKBOOKS:
            shutil.copyfile(project / workbook, directory / workbook)


def differences(ours: Path, theirs: Path) -> Iterator[str]:
    """Where two workbooks hold different cells, the first place of each sheet."""
    old, new = CalamineWorkbook.from_path(ours), CalamineWorkbook.from_path(theirs)
    if old.sheet_names != new.sheet_names:
        yield f"{ours.name}: sheets {old.sheet_names} would be {new.sheet_names}"
        return
    for name in old.sheet_names:
        before, after = (
            book.get_sheet_by_name(name).to_python(skip_empty_area=False) for book in (old, new)
        )
        if before == after:
            continue
        row = next(
            (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
            min(len(before), len(after)),
        )
        yield f"{ours.name}, sheet {name!r}, row {row + 1} would be another one"


def stale() -> list[str]:
    """What is out of date, in words."""
    found: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        for lang in LANGS:
            made = Path(name) / lang
            make(lang, made)
            for workbook in WORKBOOKS:
                there = HERE / lang / workbook
                if there.exists():
                    found += [f"{lang}/{said}" for said in differences(there, made / workbook)]
                else:
                    found.append(f"{lang}/{workbook} is not there")
    return found


def main() -> None:
    if sys.argv[1:] == ["--check"]:
        found = stale()
        print("\n".join(found) or "the examples are up to date")
        sys.exit(1 if found else 0)
    for lang in LANGS:
        make(lang, HERE / lang)
        print(f"written: {', '.join(f'{lang}/{name}' for name in WORKBOOKS)}")


if __name__ == "__main__":
    main()
