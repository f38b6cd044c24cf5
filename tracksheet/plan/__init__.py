"""The workbook where people type: how it is made, and what was read from it."""

from .people import Competitor, Note, People, Placement
from .reading import PlanRead, SheetExport, read_people, read_plan

__all__ = [
    "Competitor",
    "Note",
    "People",
    "Placement",
    "PlanRead",
    "SheetExport",
    "read_people",
    "read_plan",
]
