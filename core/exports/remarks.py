"""What to tell a person about a table that was read: what was set aside, what was not placed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ..findings import Finding
from .blocks import Block
from .headers import nearest
from .layout import Layout
from .profile import vocabulary
from .totals import Mask, Split

SHOWN = 12  # headers listed in one finding


def nothing_found(file: str, *, text: bool) -> Finding:
    """No table in a file at all."""
    what = "file" if text else "workbook"
    return Finding(
        "warning",
        file,
        f"no table was found in this {what}: a row of headings with "
        "figures under it is needed. Is it the right file?",
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
            f"the header is repeated {block.repeated} times inside; those lines are not data",
        )
    if block.notes:
        yield Finding(
            "info",
            f"{name}, line {block.notes[0]}",
            f"{len(block.notes)} lines under the table are not part of it and left out",
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
        rows = f"{count} {kind} rows" if count > 1 else f"1 {kind} row"
        yield Finding(
            "info",
            f"{name}, line {first}",
            f"{rows} of the platform kept apart, not added to the others",
        )


def _with_nearest(header: str) -> str:
    certain = vocabulary().certain
    names = dict.fromkeys(certain[name].name for name in nearest(header, certain.keys()))
    return f"{header!r} (nearest: {', '.join(names)})" if names else repr(header)
