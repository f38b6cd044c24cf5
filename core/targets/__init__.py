"""Targets: what a KPI should reach by when, and how it stands."""

from .target import Judged, Reason, Status, Target, Thresholds, judge

__all__ = ["Judged", "Reason", "Status", "Target", "Thresholds", "judge"]
