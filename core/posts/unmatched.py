"""A post that somebody named and no export has: what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..findings import Finding
from ..nearest import did_you_mean, shortened
from .links import EXCEL_DIGITS, cut_id, is_link, link_key

SEPARATORS: Final = re.compile("[/:=]")
COMPARED: Final = 200  # names looked at in full: among 100,000 posts the others are too far


def unmatched_post(post: str, where: str, names: Sequence[str]) -> Finding:
    """The warning about an id or link that no post has; `names` are the ids or links there are."""
    what = "link" if is_link(post) else "id"
    message = f"no post of these exports has the {what} {shortened(post)}."
    cut = None if is_link(post) else cut_id(post)
    hint = _nearest(post, names) if cut is None else _cut_hint(cut, names)
    return Finding("warning", where, message + hint)


def _cut_hint(between: tuple[int, int], ids: Sequence[str]) -> str:
    low, high = between
    long = {id for id in ids if id.isascii() and id.isdigit() and len(id) > EXCEL_DIGITS}
    meant = [id for id in long if low <= int(id) <= high]
    hint = f" Did you mean {meant[0]!r}?" if len(meant) == 1 else ""
    return (
        f"{hint} A spreadsheet keeps {EXCEL_DIGITS} digits of a number: "
        "format the cell as text before you paste the id, or paste the post's link"
    )


def _nearest(post: str, names: Sequence[str]) -> str:
    """The nearest id or link, of those that share a half: one typing error leaves one as it was."""
    name = SEPARATORS.split(link_key(post).rstrip("/"))[-1] if is_link(post) else post
    half = len(name) // 2
    start, last = name[:half], name[half:]
    alike = [one for one in names if one.rstrip("/").endswith(last) or (start and start in one)]
    near = did_you_mean(post, list(dict.fromkeys(alike))[:COMPARED]) if last else ""
    return near or " Check it, or paste it again from the export"
