"""The lines under the title of a tab."""

from __future__ import annotations

from ..labels import label
from .material import Material


def opening(material: Material) -> tuple[str, ...]:
    """The period of the data and where definitions are."""
    lines = [label("intro", "definitions", material.lang)]
    if material.range is not None:
        start, end = material.range
        form = "%d/%m/%Y" if material.lang == "fr" else "%Y-%m-%d"
        lines.insert(
            0,
            label("intro", "period", material.lang).format(
                start=start.strftime(form), end=end.strftime(form)
            ),
        )
    return tuple(lines)
