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

    def __str__(self) -> str:
        """Where and what in one line; a message that begins with its place says it once."""
        if self.message.startswith(self.where):
            return self.message
        return f"{self.where}: {self.message}"


def counted(number: int, what: str) -> str:
    """A number with its noun.

    >>> counted(1, "row"), counted(1200, "row")
    ('1 row', '1,200 rows')
    """
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
