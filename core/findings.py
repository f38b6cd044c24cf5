"""What a person should know about the data, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["info", "warning", "error"]

SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark: how grave it is, where it is (file, sheet, line, column) and what to do.

    An `error` means something was left out, a `warning` that a number needs a look, an `info`
    that a decision was taken which changes nothing a person would miss.
    """

    severity: Severity
    where: str
    message: str
