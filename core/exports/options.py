"""What a person may say about a file that the file does not say itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Settles what cannot be told from a file; everything left out is inferred or refused.

    `day_first` is the order of 03/04/2026, `decimal` the decimal mark, `year` the year of the
    newest date where dates carry none, `columns` maps a header to a metric or field, `time_zone`
    (IANA name) is where the account's days begin and end.
    """

    day_first: bool | None = None
    decimal: Literal[".", ","] | None = None
    year: int | None = None
    currency: str | None = None
    channel: str | None = None
    account: str | None = None
    profile: str | None = None
    time_zone: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
