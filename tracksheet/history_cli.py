"""The commands `tracksheet history list`, `export` and `forget`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from . import show
from .core.findings import counted

if TYPE_CHECKING:  # the help need not wait for pandas
    from .config import Config
    from .history import Listed

history_app = typer.Typer(
    no_args_is_help=True,
    help="What a project remembers of every export it ever read: list it, take it along, forget it."
    "\n\nPlatforms delete figures after a while; the history keeps them.",
)

ProjectFolder = Annotated[
    Path, typer.Option("--project", "-p", help="Folder of the project.", show_default="here")
]


@history_app.command("list")
def history_list(
    directory: Annotated[Path, typer.Argument(help="Folder of the project.")] = Path(),
) -> None:
    """List every export in the history, and whether its file is still there."""
    from .history import STILL_THERE, listing

    config = _config(directory)
    listed = listing(config)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    table.add_column("id", justify="right", no_wrap=True)
    table.add_column("export", overflow="fold")
    table.add_column("made", no_wrap=True)
    table.add_column("rows", justify="right", no_wrap=True)
    table.add_column("days")
    table.add_column("still there", width=5)
    for one in listed:
        entry = one.entry
        kind = one.what if entry.counts else f"{one.what}; an older reading"
        table.add_row(
            str(entry.id),
            f"{escape(entry.places[0])}\n[dim]{escape(kind)}[/dim]",
            f"{entry.made:%Y-%m-%d}",
            f"{entry.rows:,}",
            one.days.replace(" – ", " –\n"),
            STILL_THERE[one.there],
        )
    Console(highlight=False).print(table)
    files = len({one.entry.digest for one in listed})
    show.note(f"{counted(files, 'export')} in {config.history}.")


@history_app.command("export")
def history_export(
    target: Annotated[
        Path, typer.Argument(help="A name that ends in .csv, or a folder.", show_default=False)
    ],
    directory: ProjectFolder = Path(),
) -> None:
    """Write all figures as CSV: one file, or a folder with a file for each kind of export.

    Excel opens them with accents right. A text that Excel would take for a formula has an
    apostrophe before it. Nothing is overwritten.
    """
    from .history import export

    for path in export(_config(directory), target):
        show.note(f"written  {path}")


@history_app.command("forget")
def history_forget(
    names: Annotated[
        list[str],
        typer.Argument(
            help="What to forget: a file name, a place, a pattern with *, or an id of the list.",
            show_default=False,
        ),
    ],
    directory: ProjectFolder = Path(),
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete exports from the history for good, with every trace of their figures.

    What other exports say of the same posts and days stays. The files themselves are not touched.
    """
    from .history import chosen, forget, listing

    config = _config(directory)
    those = chosen(listing(config), names)
    show.note("This will be forgotten:")
    for one in those:
        show.note(f"  {one.line}")
    _warn_of_files(those)
    if not yes and not typer.confirm("Forget it for good?"):
        show.note("Nothing was changed.")
        return
    forget(config, those)
    show.note(f"Forgotten: {counted(len(those), 'export')}.")


def _warn_of_files(those: list[Listed]) -> None:
    there = [one.entry.places[0] for one in those if one.there or one.there is None]
    if there:
        show.note(
            "The next refresh reads these again unless you move or delete them too: "
            f"{'; '.join(there)}."
        )


def _config(directory: Path) -> Config:
    from .config import find, load

    return load(find(directory))
