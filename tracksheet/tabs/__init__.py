"""The tabs of the KPI workbook, one module each. To add one, write it and list it here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ..core.report import Comments, Report, Tab
from .all_notes import notes_tab
from .channels import channels_tab
from .coverage import coverage_tab
from .data import data_tab
from .engagement import engagement_tab
from .funnel import funnel_tab
from .material import Material
from .notes import notes_for
from .overview import overview
from .periods import periods_tab
from .posts import post_list_tab, posts_page
from .quality import quality_tab
from .targets import targets_tab

# Each tab, and the sections of people's notes that are shown on it.
TABS: tuple[tuple[Callable[[Material], Tab | None], tuple[str, ...]], ...] = (
    (channels_tab, ("channels", "campaigns")),
    (periods_tab, ()),
    (funnel_tab, ()),
    (posts_page, ("posts",)),
    (post_list_tab, ()),
    (engagement_tab, ()),
    (targets_tab, ("targets",)),
    (notes_tab, ()),
    (coverage_tab, ()),
    (quality_tab, ()),
    (data_tab, ()),
)


def build_report(material: Material) -> Report:
    """The report: its overview, and every tab that the data allows."""
    return Report(material.title, material.lang, tuple(_tabs(material)), overview(material))


def _tabs(material: Material) -> Iterator[Tab]:
    for build, sections in TABS:
        tab = build(material)
        if tab is not None:
            yield replace(tab, comments=_comments(material, sections))


def _comments(material: Material, sections: tuple[str, ...]) -> Comments | None:
    """What people wrote about the sections of a tab."""
    found = [comments for name in sections if (comments := notes_for(material, name)) is not None]
    if not found:
        return None
    together = tuple(comment for comments in found for comment in comments.comments)
    return replace(found[0], comments=together)


__all__ = ["TABS", "Material", "build_report"]
