"""Imports run one way, and each outside library has one place."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("core", "utm", "sheets_addon", "excel_addin")
MAY_USE = {
    "core": set(),
    "utm": set(),
    "sheets_addon": {"core", "utm"},
    "excel_addin": {"core", "utm"},
}
ONLY_IN = {
    "gspread": "sheets_addon",
    "google": "sheets_addon",
    "xlwings": "excel_addin",
    "xlsxwriter": None,  # excel_addin and the plan that `tracksheet init` makes
    "typer": "tracksheet",
    "rich": "tracksheet",
}
FORBIDDEN = ("xlwings.pro", "xlwings.server")


def modules(folder: str) -> Iterator[Path]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        if not any(parent.is_symlink() for parent in path.parents):
            yield path


def imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield node.level, node.module or ""
        elif isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_uses_only_what_the_design_allows(package: str) -> None:
    for path in modules(package):
        depth = len(path.relative_to(ROOT).parts) - 1  # levels that stay inside the package
        for level, name in imports(path):
            first = name.split(".")[0]
            assert first != "tracksheet", f"{path} imports {name}; use a relative import"
            if level > depth:
                used = first
                assert used in MAY_USE[package] | {""}, f"{path} must not use {used}"


@pytest.mark.parametrize("library", [name for name, place in ONLY_IN.items() if place])
def test_a_library_has_one_place(library: str) -> None:
    place = ONLY_IN[library]
    for package in (*PACKAGES, "tracksheet"):
        for path in modules(package):
            used = {name.split(".")[0] for level, name in imports(path) if level == 0}
            assert library not in used or package == place, f"{path} must not import {library}"


def test_libraries_under_another_licence_are_never_imported() -> None:
    for package in (*PACKAGES, "tracksheet"):
        for path in modules(package):
            for _, name in imports(path):
                assert not name.startswith(FORBIDDEN), f"{path} imports {name}"


@pytest.mark.parametrize("module", ["tracksheet.core.catalogue", "tracksheet.core.formula"])
def test_what_a_cell_calls_imports_no_data_frames(module: str) -> None:
    code = (
        f"import sys, {module}; "
        "print([m for m in ('pandas', 'narwhals', 'numpy', 'rich', 'typer') if m in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert shown.strip() == "[]"
