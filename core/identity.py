"""What a row is, so that the same post, campaign or day is known again in another export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from .exports.profile import IDENTITIES

SEPARATOR = "\x1f"  # between the parts of a key; no export prints it
NAMED = (("campaign_id", "campaign"), ("ad_group_id", "ad_group"), ("ad_id", "ad"))
LATER = f"{SEPARATOR}date_end=later"  # in the key of a row that covers more than a day
_PERIOD = rf"{SEPARATOR}date(?:_end)?=[^{SEPARATOR}]*"


def with_ids(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the id of each campaign, ad group and ad that only another file gives.

    A name that several ids share in the same account says nothing.
    """
    who = [name for name in ("channel", "account_id") if name in rows]
    for identifier, name in NAMED:
        if identifier not in rows or name not in rows:
            continue
        columns = [*who, name]
        lacking = rows[identifier].isna() & rows[name].notna()
        known = rows.loc[rows[identifier].notna() & rows[name].notna(), [*columns, identifier]]
        if known.empty or not lacking.any():
            continue
        known = known.drop_duplicates().drop_duplicates(columns, keep=False)
        found = rows.loc[lacking, columns].merge(known, on=columns, how="left")[identifier]
        filled = rows[identifier].copy()
        filled[lacking] = found.to_numpy()
        rows = rows.assign(**{identifier: filled})
    return rows


def row_keys(
    rows: pd.DataFrame, columns_of: Mapping[str, Sequence[str]]
) -> tuple[pd.Series[str], pd.Series[int]]:
    """A text that says what each row is, and how many rows like it its table has before it.

    `columns_of` holds the key columns of each `table`. A row that names nothing is the same only
    as one with the same figures: a file given twice. Two rows of one table are two things,
    however alike: a breakdown we do not know, or two campaigns of one name. Only another file can
    bring a newer value of the same row.
    """
    who = rows["grain"].astype("str")
    for name in ("channel", "account_id"):
        if name in rows:
            who = who + SEPARATOR + rows[name].astype("str").fillna("")
    alike: dict[tuple[str, ...], list[str]] = {}
    for table in rows["table"].unique():
        alike.setdefault(tuple(columns_of[table]), []).append(table)
    parts = [_key(rows[rows["table"].isin(tables)], names) for names, tables in alike.items()]
    key = pd.concat(parts).reindex(rows.index) if parts else pd.Series("", index=rows.index)
    again = key.groupby([rows["table"], key]).cumcount()
    numbered = key.where(again == 0, key + SEPARATOR + again.astype("str"))
    return who + numbered, again


def without_period(keys: pd.Series[str]) -> pd.Series[str]:
    """The same for every period of the same thing."""
    return keys.str.replace(_PERIOD, "", regex=True)


def _key(part: pd.DataFrame, names: Sequence[str]) -> pd.Series[str]:
    columns = [name for name in names or sorted(IDENTITIES) if name in part]
    key = pd.Series("", index=part.index, dtype="str")
    known = pd.Series(False, index=part.index)
    for name in columns:
        if name.startswith("account_"):  # resolved over all files
            continue
        column = part[name]
        known |= column.notna()
        text = _text(column)
        identifier = next((i for i, named in NAMED if named == name and i in columns), None)
        if identifier is not None:  # a campaign may be renamed
            text = text.where(part[identifier].isna(), "")
        key = key + SEPARATOR + name + "=" + text
    if {"date", "date_end"} <= set(part):
        key = key.where(~(part["date_end"] > part["date"]), key + LATER)
    if known.all():
        return key
    unknown = part[~known].groupby("table", sort=False)
    return pd.concat([key[known], *(_contents(rows) for _, rows in unknown)])


def _contents(part: pd.DataFrame) -> pd.Series[str]:
    """A text that only rows with the same values in the same columns share."""
    columns = sorted(set(part.columns[part.notna().any()]) - {"file", "table"})
    texts = part[columns].apply(_text)
    values = pd.util.hash_pandas_object(texts, index=False).astype("str")
    return f"{SEPARATOR}{'+'.join(columns)}=" + values


def _text(column: pd.Series) -> pd.Series[str]:
    """A column as text, empty where nothing is known; a moment always in the same form."""
    if pd.api.types.is_datetime64_dtype(column.dtype):
        seconds = column.astype("datetime64[s]").astype("int64").astype("str")
        return seconds.where(column.notna(), "")
    return column.astype("str").where(column.notna(), "")
