"""The workbook where people type: how it is made, and what was read from it."""

from .people import Competitor, Note, People, Placement

__all__ = ["Competitor", "Note", "People", "Placement"]
