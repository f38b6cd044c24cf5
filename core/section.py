"""One section of a TOML file of definitions, read key by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from .nearest import did_you_mean

LARGEST = 1e15  # above this neither Excel nor a float keeps every digit of a whole number

Choice = TypeVar("Choice", bound=str)


class CatalogueError(ValueError):
    """A definition is wrong; the message names the file, the section and the fault."""


@dataclass(frozen=True, slots=True)
class Section:
    """A `[section]` and its file; every fault names both."""

    file: str
    id: str
    table: Mapping[str, object]

    def error(self, fault: str) -> CatalogueError:
        return CatalogueError(f"{self.file} [{self.id}]: {fault}")

    def expect(self, needed: frozenset[str], optional: frozenset[str]) -> None:
        """Refuse a missing key, and a key that nothing reads (most often a typing error)."""
        if missing := sorted(needed - self.table.keys()):
            raise self.error(f"{missing[0]!r} is missing")
        if extra := sorted(self.table.keys() - needed - optional):
            near = did_you_mean(extra[0], needed | optional)
            raise self.error(f"{extra[0]!r} is not a key of this file.{near}")

    def text(self, key: str) -> str:
        value = self.table[key]
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"{key!r} must be a text that is not empty")
        return value

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if key in self.table else None

    def choice(self, key: str, among: tuple[Choice, ...]) -> Choice:
        value = self.text(key)
        for known in among:
            if known == value:
                return known
        raise self.error(f"{key} = {value!r} is not one of {', '.join(among)}")

    def texts(self, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not value:
            raise self.error(f"{key!r} must be a list that is not empty")
        for item in value:
            if not isinstance(item, str) or not item.strip():
                raise self.error(f"{key!r} must hold texts, not {item!r}")
        return tuple(value)

    def mapping(self, key: str, value: object) -> Mapping[str, object]:
        if not isinstance(value, dict) or not value:
            raise self.error(f"{key!r} must be a table that is not empty")
        return value

    def number(self, key: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(f"{key!r} must be a number, not {value!r}")
        if not -LARGEST <= value <= LARGEST:
            raise self.error(f"{key!r} must be a number up to {LARGEST:g}")
        return float(value)
