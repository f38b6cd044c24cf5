"""From a block of cells to a table: rows set apart, columns typed, the rest said in findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from ..catalogue import FIELDS, catalogue
from ..findings import Finding
from .blocks import Block
from .columns import as_columns, regular_rows
from .context import Context
from .export import Column, Table
from .figures import NUMERIC_FIELDS, decimal_marks
from .headers import normalise
from .layout import Layout, Place, grain_of
from .profile import Target
from .remarks import set_aside, unmapped_headers
from .source import Row
from .table import typed_frame
from .totals import Mask, check_sums, split_totals, without_total_words


def build_table(
    block: Block,
    context: Context,
    *,
    columns: list[pd.Series] | None = None,
    lines: Sequence[int] = (),
) -> Table:
    """The table of a block; `columns` and `lines` stand in for its rows where already known."""
    if columns is None:
        if context.layout.profile is not None and context.layout.profile.wide is not None:
            block, context = _melted(block, context)
        rows, lines, extra = regular_rows(block, context)
        columns = as_columns(rows, len(block.header))
    else:
        extra = np.zeros(len(lines), dtype=bool)
    context = replace(context, layout=_without_copies(context.layout, columns, context))
    layout = context.layout
    split = split_totals(columns, layout, extra)
    columns = without_total_words(columns, layout, split.totals)
    everything = typed_frame(columns, lines, decimal_marks(columns, context), context)
    everything = _derived(everything, layout)
    frame = _rows(everything, split.data)
    totals = _rows(everything, split.totals)
    apart = _rows(everything, split.totals | split.subtotals)
    context.findings.extend(set_aside(block, layout, split, lines, context.name))
    flows = catalogue().of_kind("flow", frame)
    context.findings.extend(check_sums(frame, totals, flows, context.name))
    return Table(
        profile=layout.profile.id if layout.profile is not None else None,
        title=context.preamble.title,
        grain=grain_of(layout),
        keys=layout.profile.keys if layout.profile is not None else (),
        columns=tuple(
            Column(place.header, place.target.name if place.target is not None else None)
            for place in layout.places
        ),
        unmapped=unmapped_headers(layout),
        frame=frame,
        totals=apart,
        findings=tuple(context.findings),
    )


def _rows(frame: pd.DataFrame, wanted: Mask) -> pd.DataFrame:
    if wanted.all():
        return frame
    return frame[wanted].reset_index(drop=True) if wanted.any() else frame.iloc[:0]


def figure_columns(layout: Layout) -> frozenset[int]:
    """Positions of the columns that alone hold the figures of a metric."""
    targets = Counter(place.target.name for place in layout.places if place.target is not None)
    return frozenset(
        place.position
        for place in layout.places
        if place.target is not None
        and targets[place.target.name] == 1  # two are compared as they are written
        and (place.target.name not in FIELDS or place.target.name in NUMERIC_FIELDS)
    )


def _melted(block: Block, context: Context) -> tuple[Block, Context]:
    """A table whose headers are values of one dimension, turned into a row for each."""
    layout = context.layout
    assert layout.profile is not None
    assert layout.profile.wide is not None
    dimension, target = layout.profile.wide
    rows: list[Row] = []
    lines: list[int] = []
    for row, line in zip(block.rows, block.lines, strict=True):
        for header, cell in zip(block.header, row, strict=False):
            if header:
                rows.append([header, cell])
                lines.append(line)
    places = (Place(0, dimension, Target(dimension)), Place(1, target.name, target))
    tall = replace(block, header=[dimension, target.name], rows=rows, lines=lines)
    return tall, replace(context, layout=replace(layout, places=places))


def _without_copies(layout: Layout, columns: Sequence[pd.Series], context: Context) -> Layout:
    """Two columns for one metric: one stays if they agree, neither if they do not."""
    seen: dict[str, Place] = {}
    aside: set[int] = set()
    for place in sorted(layout.places, key=lambda place: _rank(place, layout)):
        if place.target is None:
            continue
        name = place.target.name
        first = seen.setdefault(name, place)
        if first is place:
            continue
        aside.add(place.position)
        where = f"{context.name}, column {place.header!r}"
        if columns[first.position].equals(columns[place.position]):
            context.findings.append(
                Finding(
                    "info", where, f"occurs twice for {name} with the same values; counted once"
                )
            )
        elif first.header == place.header:
            aside.add(first.position)
            context.findings.append(
                Finding(
                    "error",
                    where,
                    f"occurs twice for {name} with different values; neither is used. Rename or "
                    "delete one of them in the file",
                )
            )
        else:
            context.findings.append(
                Finding("info", where, f"also means {name}; {first.header!r} is used")
            )
    if not aside:
        return layout
    return replace(
        layout,
        places=tuple(
            replace(place, target=None, skipped=True) if place.position in aside else place
            for place in layout.places
        ),
    )


def _rank(place: Place, layout: Layout) -> tuple[bool, int, int]:
    """Of two columns for one metric a person's choice comes first, then the profile's order."""
    header = normalise(place.header)
    headers = [*(layout.profile.columns.get(place.language, ()) if layout.profile else ())]
    listed = headers.index(header) if header in headers else len(headers)
    return (not place.said, listed, place.position)


def _derived(frame: pd.DataFrame, layout: Layout) -> pd.DataFrame:
    """Columns a profile derives from others: a post's id from its link, position × impressions."""
    profile = layout.profile
    if profile is None:
        return frame
    source = profile.post_id_from
    if source and source in frame and "post_id" not in frame:
        # ".../video/7301234567890", "urn:li:activity:7301234567890", ".../reel/Cx12/"
        frame["post_id"] = frame[source].str.extract(r"([^/:?#]+)/?(?:[?#].*)?$", expand=False)
    for name, parts in profile.sums.items():
        present = [part for part in parts if part in frame]
        if present and name not in frame:
            frame[name] = frame[present].sum(axis="columns", min_count=1)
    for name, (by, product) in profile.weighted.items():
        if name in frame and by in frame:
            frame[product] = frame[name] * frame[by]
    return frame
