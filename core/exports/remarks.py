"""What to tell a person about a table that was read: what was set aside, what was not placed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ..findings import Finding, counted
from .blocks import Block
from .export import Table
from .headers import nearest
from .layout import Layout
from .options import ReadOptions
from .profile import vocabulary
from .source import TextFile, Workbook
from .totals import Mask, Split

SHOWN = 12  # headers listed in one finding


def nothing_found(
    file: str, source: TextFile | Workbook, tables: Sequence[Table]
) -> Iterator[Finding]:
    """No table in a file, or none with rows."""
    text = isinstance(source, TextFile)
    if tables:
        if not any(len(table.frame) or len(table.totals) for table in tables):
            yield Finding("warning", file, "there are headings and no rows under them")
    elif isinstance(source, TextFile) and not source.text.strip():
        yield Finding("warning", file, "the file is empty: export it again")
    else:
        yield Finding(
            "warning",
            file,
            f"no table was found in this {'file' if text else 'workbook'}: a row of headings with "
            "figures under it is needed. Is it the right file?",
        )


def assumed_encoding(file: str, encoding: str) -> Iterator[Finding]:
    """A file that is not Unicode: the alphabet was told by its letters, which can go wrong."""
    pages = encoding.split("+")
    if pages[-1] in _ALPHABETS:
        mixed = "in part " if len(pages) > 1 else ""
        yield Finding(
            "info",
            file,
            f"{mixed}not in Unicode, read as {_ALPHABETS[pages[-1]]} ({pages[-1]}). If names look "
            "wrong, save it as “CSV UTF-8”",
        )


_ALPHABETS = {
    "cp1252": "Western European",
    "cp1250": "Central European",
    "cp1251": "Cyrillic",
    "cp1253": "Greek",
    "cp1254": "Turkish",
    "mac_roman": "a Mac’s Western European",
}


def misfit(layout: Layout, options: ReadOptions, name: str) -> Iterator[Finding]:
    """A profile that was asked for although the table lacks what it needs."""
    profile = layout.profile
    missing = [need for need in profile.needs if need not in layout.names] if profile else []
    if profile and options.profile == profile.id and missing:
        yield Finding(
            "error",
            name,
            f"asked to be read as {profile.title!r}, but it has no column for "
            f"{', '.join(missing)}; leave the profile out to let the headings tell",
        )


def unmapped_headers(layout: Layout) -> tuple[str, ...]:
    """Headers that have no place and were not set aside on purpose."""
    return tuple(
        place.header for place in layout.places if place.target is None and not place.skipped
    )


def set_aside(
    block: Block, layout: Layout, split: Split, lines: Sequence[int], name: str
) -> Iterator[Finding]:
    """Totals, subtotals, repeated headers, notes and columns that are not in the table."""
    yield from _rows_apart(split.totals, lines, name, "total")
    yield from _rows_apart(split.subtotals, lines, name, "subtotal")
    if block.repeated:
        yield Finding(
            "info",
            name,
            f"the header comes again {_times(block.repeated)} inside the table; not data",
        )
    if block.notes:
        yield Finding(
            "info",
            f"{name}, line {block.notes[0]}",
            f"{counted(len(block.notes), 'line')} under the table not part of it: left out",
        )
    headers = unmapped_headers(layout)
    if headers:
        shown = "; ".join(_with_nearest(header) for header in headers[:SHOWN])
        more = f" and {len(headers) - SHOWN} more" if len(headers) > SHOWN else ""
        yield Finding(
            "info",
            name,
            f"columns not placed: {shown}{more}. Map them in "
            "tracksheet.toml under [columns] if you need them.",
        )


def _rows_apart(mask: Mask, lines: Sequence[int], name: str, kind: str) -> Iterator[Finding]:
    count = int(mask.sum())
    if count:
        first = lines[int(np.argmax(mask))]
        yield Finding(
            "info",
            f"{name}, line {first}",
            f"{counted(count, f'{kind} row')} of the platform kept apart, not added to the others",
        )


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _with_nearest(header: str) -> str:
    certain = vocabulary().certain
    names = dict.fromkeys(certain[name].name for name in nearest(header, certain.keys()))
    return f"{header!r} (nearest: {', '.join(names)})" if names else repr(header)
