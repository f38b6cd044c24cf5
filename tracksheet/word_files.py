"""Files of words that come with the package."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any


@cache
def words_in(file: str) -> Mapping[str, Any]:
    """What a TOML file of this folder holds, such as "labels.toml" or "tabs/posts.toml".

    >>> words_in("labels.toml")["column"]["month"]["fr"]
    'Mois'
    """
    return tomllib.loads((resources.files(__package__) / file).read_text("utf-8"))


def word_in(file: str, group: str, name: str, lang: str, **values: object) -> str:
    """A word or sentence of such a file, with its values filled in."""
    return str(words_in(file)[group][name][lang]).format(**values)
