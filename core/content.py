"""What people know about posts and platforms do not: themes, money behind them, what to leave out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ContentRule:
    """One row of the Content tab: about the `post` of this link or id, or every post whose text
    holds the `keyword`.

    `boosted` is None where the person did not say. `where` names the row.
    """

    post: str = ""
    keyword: str = ""
    label: str = ""
    boosted: bool | None = None
    leave_out: bool = False
    reason: str = ""
    where: str = ""
