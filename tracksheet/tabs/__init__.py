"""The tabs of the KPI workbook, one module each. To add one, write it and list it here."""

from __future__ import annotations

from collections.abc import Callable

from ..core.report import Report, Tab
from .channels import channels_tab
from .data import data_tab
from .engagement import engagement_tab
from .funnel import funnel_tab
from .material import Material
from .periods import periods_tab
from .posts import posts_tab
from .quality import quality_tab

TABS: tuple[Callable[[Material], Tab | None], ...] = (
    channels_tab,
    periods_tab,
    engagement_tab,
    funnel_tab,
    posts_tab,
    quality_tab,
    data_tab,
)


def build_report(material: Material) -> Report:
    """The report with every tab that the data allows."""
    tabs = tuple(tab for tab in (build(material) for build in TABS) if tab is not None)
    return Report(material.title, material.lang, tabs)


__all__ = ["TABS", "Material", "build_report"]
