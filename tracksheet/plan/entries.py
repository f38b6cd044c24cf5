"""Rows of the tabs about accounts, posts and competitors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ..core.brands import AccountEntry
from ..core.findings import Finding
from ..core.posts import ContentRule
from .known import Known, brand_key, currency, time_zone
from .people import Competitor
from .rows import TabRow, repeated

_COUNTS = (
    "followers", "posts", "interactions", "mentions", "positive_mentions", "neutral_mentions",
    "negative_mentions",
)  # fmt: skip


def account_of(row: TabRow, known: Known) -> AccountEntry | None:
    """An account; None for a row that names none."""
    channel = row.named("channel", known.channel, needed=True)
    account = row.identifier("account", needed=True)
    if not channel and not account and not row.left_out:
        row.refuse(
            f"no account: fill in {row.heading('account')}, or {row.heading('channel')} where it "
            "has only one"
        )
    return AccountEntry(
        row.text("brand"),
        channel,
        account,
        row.named("currency", lambda typed: (currency(typed), "")),
        row.named("time_zone", lambda typed: (time_zone(typed), "")),
        row.where,
    )


def spelt_alike(accounts: tuple[AccountEntry, ...]) -> tuple[AccountEntry, ...]:
    """The accounts with each brand as its first row spells it."""
    brands = brand_spellings(accounts)
    return tuple(replace(one, brand=brands.get(brand_key(one.brand), "")) for one in accounts)


def brand_spellings(accounts: Iterable[AccountEntry]) -> Mapping[str, str]:
    """Each brand of the accounts by the key of its spellings."""
    found: dict[str, str] = {}
    for one in accounts:
        if one.brand:
            found.setdefault(brand_key(one.brand), one.brand)
    return found


def repeated_accounts(accounts: Iterable[AccountEntry]) -> Iterator[Finding]:
    """Accounts that an earlier row has too."""
    return repeated(
        (((one.channel, one.account.casefold().lstrip("@")), one.where) for one in accounts),
        lambda row: f"{row} is about the same account, and counts: delete one of the two",
    )


def rule_of(row: TabRow) -> ContentRule | None:
    """What a row says about posts; None where it names none."""
    post = row.identifier("post", needed=True)
    keyword = row.text("keyword", needed=True)
    if not post and not keyword and not row.left_out:
        row.refuse(
            f"no post: give its link or id under {row.heading('post')}, or a word of its text "
            f"under {row.heading('keyword')}"
        )
    label, boosted = row.text("label"), row.flag("boosted")
    leave_out, reason = row.flag("leave_out"), row.verbatim("reason")
    if leave_out and not reason:
        row.doubt(f"left out without a word why: fill in {row.heading('reason')}")
    if not row.findings and not label and boosted is None and leave_out is None:
        row.doubt(
            f"the row changes nothing: fill in {row.heading('label')}, {row.heading('boosted')} "
            f"or {row.heading('leave_out')}"
        )
    return ContentRule(post, keyword, label, boosted, leave_out, reason, row.where)


def competitor_of(row: TabRow, known: Known) -> Competitor | None:
    """A reading of a competitor's profile; None for a row without the brand."""
    brand = row.text("brand", needed=True)
    if not brand and not row.left_out:
        row.refuse(f"whose profile is it? Fill in {row.heading('brand')}")
    channel, day = row.named("channel", known.channel), row.day("date")
    counts = {key: row.count(key) for key in _COUNTS}
    if not row.findings and day is None:
        row.doubt(f"no day, so the figures have no place in time: fill in {row.heading('date')}")
    if not row.findings and all(value is None for value in counts.values()):
        row.doubt("there is no figure in this row")
    note = row.verbatim("note")
    return Competitor(brand, channel, day, **counts, note=note, where=row.where)


def repeated_readings(competitors: Iterable[Competitor]) -> Iterator[Finding]:
    """Readings of the same brand, channel and day."""
    return repeated(
        (((brand_key(one.brand), one.channel, one.date), one.where) for one in competitors),
        lambda row: f"{row} is about the same brand, channel and day: delete one of the two",
    )
