"""Named items in memory. Lookup ignores case; the original spelling is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Repository(Generic[T]):
    def __init__(self) -> None:
        self._items: dict[str, tuple[str, T]] = {}

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._items

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T]:
        return (item for _unused, item in list(self._items.values()))

    def names(self) -> list[str]:
        return [name for name, _unused in self._items.values()]

    def get(self, name: str) -> T | None:
        entry = self._items.get(name.casefold())
        return entry[1] if entry else None

    def put(self, name: str, item: T) -> None:
        self._items[name.casefold()] = (name, item)

    def remove(self, name: str) -> None:
        self._items.pop(name.casefold(), None)

    def rename(self, old: str, new: str) -> None:
        _unused, item = self._items.pop(old.casefold())
        self._items[new.casefold()] = (new, item)
