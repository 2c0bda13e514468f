"""Lists of names. MAPI reference: paging, sorting, filtering."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from ..models.quota import quota_bytes
from ..state.records import NamespaceRecord, TenantRecord

T = TypeVar("T")
N = TypeVar("N", TenantRecord, NamespaceRecord)


@dataclass(frozen=True)
class Page:
    """The requested part of a list, validated."""

    offset: int = 0
    count: int | None = None
    sort: str | None = None
    descending: bool = False
    filter_by: str | None = None
    prefix: str | None = None


@dataclass(frozen=True)
class ListKind:
    """The sort and filter keys of a list.

    The first sort key is the default if ``sorted_by_default``.
    """

    sort_keys: tuple[str, ...] = ()
    filter_keys: tuple[str, ...] = ()
    sorted_by_default: bool = True


BY_NAME = ListKind(("name", "hardQuota"), ("name", "tag"))
BY_USERNAME = ListKind(("username",), ("username",), sorted_by_default=False)
PLAIN = ListKind(sorted_by_default=False)


@dataclass
class Listing:
    """Sorts, filters and pages lists.

    Without a requested order the order is arbitrary and differs between requests.
    """

    chance: random.Random = field(default_factory=lambda: random.Random(9700))  # noqa: S311

    def shuffled(self, items: Iterable[T]) -> list[T]:
        result = list(items)
        self.chance.shuffle(result)
        return result

    def page_of_names(self, items: Iterable[N], page: Page) -> list[N]:
        """Return tenants or namespaces, sorted by name or quota, filtered by name or tag."""
        return self.page(
            items,
            page,
            BY_NAME,
            {
                "name": lambda item: item.name.casefold(),
                "hardQuota": lambda item: quota_bytes(item.settings.hardQuota or "0 GB"),
            },
            {"name": lambda item: [item.name], "tag": lambda item: item.settings.tags or []},
        )

    def page(
        self,
        items: Iterable[T],
        page: Page,
        kind: ListKind,
        sort_by: Mapping[str, Callable[[T], object]],
        filter_by: Mapping[str, Callable[[T], Iterable[str]]],
    ) -> list[T]:
        rows = list(items)
        if page.prefix is not None:
            wanted = page.prefix.casefold()
            values = filter_by[page.filter_by or kind.filter_keys[0]]
            rows = [
                row for row in rows if any(v.casefold().startswith(wanted) for v in values(row))
            ]
        if page.sort is None and not kind.sorted_by_default and not page.descending:
            rows = self.shuffled(rows)
        else:
            key = sort_by[page.sort or kind.sort_keys[0]]
            rows.sort(key=key, reverse=page.descending)  # type: ignore[arg-type]
        end = None if page.count is None else page.offset + page.count
        return rows[page.offset : end]
