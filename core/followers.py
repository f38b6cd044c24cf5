"""The followers an account had when each of its posts came out."""

from __future__ import annotations

import pandas as pd


def followers_at_posts(rows: pd.DataFrame) -> pd.DataFrame:
    """Beside each post the account's followers when it was published, as last known by then.

    Where the first known figure is later than the post, that one is used.
    """
    if "followers" not in rows or "date" not in rows or "channel" not in rows:
        return rows
    by = [name for name in ("channel", "account_id") if name in rows]
    columns = ["date", *by, "followers"]
    known = rows.loc[rows["followers"].notna() & rows["date"].notna(), columns].sort_values("date")
    posts = rows.loc[(rows["grain"] == "post") & rows["date"].notna(), ["date", *by]]
    if known.empty or posts.empty:
        return rows
    for name in by:
        known[name], posts[name] = known[name].fillna(""), posts[name].fillna("")
    ordered = posts.sort_values("date")
    then = pd.merge_asof(ordered, known, on="date", by=by)["followers"]
    later = pd.merge_asof(ordered, known, on="date", by=by, direction="forward")["followers"]
    values = then.fillna(later)
    values.index = ordered.index
    at_post = values.reindex(rows.index)
    if "followers_at_post" in rows:
        at_post = rows["followers_at_post"].fillna(at_post)
    return rows.assign(followers_at_post=at_post)
