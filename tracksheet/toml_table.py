"""One table of a TOML file, read with errors that say which line to change and how."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from .core.nearest import did_you_mean

Choice = TypeVar("Choice", bound=str)
Default = TypeVar("Default")

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")  # toml.io/en/v1.0.0#keys: all others are quoted


class ConfigError(ValueError):
    """A setting that cannot be used; the message names the file, the key, the value and the fix."""


@dataclass(frozen=True, slots=True)
class TomlTable:
    """Keys and values under one heading of a file; `place` is empty at the top of the file."""

    file: str
    place: str
    values: Mapping[str, object]

    def error(self, key: str, fix: str) -> ConfigError:
        """An error about one key: where it is, what it holds, what to do."""
        where = f"{self.file}, {self.place}" if self.place else self.file
        name = key if BARE_KEY.fullmatch(key) else f'"{key}"'
        return ConfigError(f"{where}: {name} = {_shown(self.values.get(key))}: {fix}")

    def only(self, keys: Iterable[str], *, elsewhere: Mapping[str, str]) -> None:
        """Refuse unknown keys; `elsewhere` says where a key of another table belongs."""
        known = tuple(keys)
        for key in self.values:
            if key in known:
                continue
            if key in elsewhere:
                raise self.error(key, f"{key} belongs {elsewhere[key]}")
            hint = did_you_mean(key, known) or f" Known here: {', '.join(known)}."
            raise self.error(key, f"unknown setting.{hint}")

    def text(self, key: str, default: Default) -> str | Default:
        """A text, without spaces around it."""
        value = self.values.get(key)
        if value is None:
            return default
        if not isinstance(value, str):
            raise self.error(key, 'write a text in quotes, such as "…"')
        return value.strip()

    def texts(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """A list of texts; a single text is a list of one."""
        value = self.values.get(key)
        if value is None:
            return default
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
            raise self.error(key, 'write a list of texts, such as ["…", "…"]')
        return tuple(item.strip() for item in listed)

    def choice(self, key: str, choices: tuple[Choice, ...], default: Default) -> Choice | Default:
        """One of a few words."""
        value = self.values.get(key)
        if value is None:
            return default
        for choice in choices:
            if value == choice:
                return choice
        hint = did_you_mean(value.lower(), choices) if isinstance(value, str) else ""
        listed = ", ".join(_shown(choice) for choice in choices)
        raise self.error(key, f"use one of {listed}.{hint}")

    def flag(self, key: str) -> bool | None:
        """true, false or not given."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, bool):
            raise self.error(key, "write true or false, without quotes")
        return value

    def whole(self, key: str, *, low: int, high: int) -> int | None:
        """A whole number between two bounds, or not given."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.error(key, f"write a whole number from {low} to {high}, without quotes")
        return value

    def table(self, key: str) -> TomlTable:
        """The table written as [key]; empty when it is not there."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.error(key, f"write it as a table: [{key}] and its lines below")
        inner = f"{self.place}, [{key}]" if self.place else f"[{key}]"
        return TomlTable(self.file, inner, value)

    def tables(self, key: str) -> tuple[TomlTable, ...]:
        """The tables written as [[key]], in order."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.error(key, f"write [[{key}]] in double brackets and its lines below")
        return tuple(
            TomlTable(self.file, f"[[{key}]] number {position}", item)
            for position, item in enumerate(value, start=1)
        )


def _shown(value: object) -> str:
    """A value as it stands in the file, shortened."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[" + ", ".join(_shown(item) for item in value[:3]) + ("…]" if value[3:] else "]")
    text = str(value)
    short = text if len(text) <= 60 else text[:59] + "…"
    return f'"{short}"' if isinstance(value, str) else short
