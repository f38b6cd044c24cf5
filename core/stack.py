"""Tables of many exports on top of each other, as one frame."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .exports import Table


def concatenated(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Frames of different columns on top of each other; none give a frame without rows."""
    if not parts:
        return pd.DataFrame({"table": pd.Series(dtype="str")})
    # Columns of nothing but empty cells have no type to agree on.
    return pd.concat([part.loc[:, part.notna().any()] for part in parts], ignore_index=True)


def stacked(tables: Sequence[tuple[str, str, Table]]) -> pd.DataFrame:
    """The rows of tables in order, each with the name and file given with it, and its grain.

    Weekly exports of years are a thousand tables of a dozen layouts: those of the same layout go
    on top of each other first, which costs next to nothing.
    """
    alike: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for position, (_, _, table) in enumerate(tables):
        if len(table.frame):
            layout = tuple((str(name), str(type_)) for name, type_ in table.frame.dtypes.items())
            alike.setdefault(layout, []).append(position)
    parts = []
    for positions in alike.values():
        those = [tables[position] for position in positions]
        part = pd.concat([table.frame for _, _, table in those], ignore_index=True)
        sizes = [len(table.frame) for _, _, table in those]
        labels = {
            "file": [file for _, file, _ in those],
            "table": [name for name, _, _ in those],
            "grain": [table.grain for _, _, table in those],
        }
        parts.append(
            part.assign(
                **{
                    name: pd.Series(values, dtype="str").repeat(sizes).to_numpy()
                    for name, values in labels.items()
                }
            )
        )
    rows = concatenated(parts)
    order = np.concatenate(
        [np.repeat(those, [len(tables[i][2].frame) for i in those]) for those in alike.values()]
        or [np.array([], dtype=int)]
    )
    return rows.take(np.argsort(order, kind="stable")).reset_index(drop=True)
