"""What the history holds as one set of rows."""

from __future__ import annotations

from collections.abc import Sequence

from ..dataset import Dataset, merge
from .history import Kept


def merge_kept(kept: Sequence[Kept]) -> Dataset:
    """All that `History.exports` gave, each figure counted once, and what was restated."""
    return merge(
        [one.export for one in kept],
        reported=[i for i, one in enumerate(kept) if one.reported],
        quiet=[i for i, one in enumerate(kept) if not one.here and not one.aside],
        aside=[i for i, one in enumerate(kept) if one.aside],
    )
