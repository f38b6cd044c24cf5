"""Whose an account is, and what its exports do not say of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """One row of the Accounts tab. `account` is a name, handle or id as the exports show it.

    `currency` is an ISO 4217 code, `time_zone` an IANA name; empty where the person left it so.
    """

    brand: str = ""
    channel: str = ""
    account: str = ""
    currency: str = ""
    time_zone: str = ""
    where: str = ""
