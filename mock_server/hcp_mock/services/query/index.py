"""The search index: objects, old versions and removals, as queries see them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from urllib.parse import quote

from ...models.query import milliseconds
from ...state.objects import Entry, Grant, Kind, Version
from ...state.operations import Operation, Removal
from .identities import owner_account
from .metadata import full_text
from .searchers import NamespaceScope
from .terms import terms


@dataclass
class IndexEntry:
    scope: NamespaceScope
    key: str
    version: Version
    operation: Operation
    number: int
    changed: datetime
    acl: list[Grant]
    numbers: frozenset[int] = field(default_factory=frozenset)

    @property
    def removed(self) -> bool:
        return self.operation is not Operation.CREATED

    @cached_property
    def change_time(self) -> Decimal:
        return milliseconds(self.changed)

    @property
    def path(self) -> str:
        return f"/{self.key}"

    @property
    def url(self) -> str:
        host = self.scope.namespace.settings.fullyQualifiedName
        return f"https://{host}/rest/{quote(self.key)}"

    @cached_property
    def position(self) -> tuple[Decimal, str, int]:
        """The position among all operation records."""
        return self.change_time, self.url, self.number

    @property
    def size(self) -> int:
        return 0 if self.removed else self.version.size

    @property
    def owner(self) -> str:
        return owner_account(self.version.owner, self.scope.tenant.name).text

    @property
    def hash(self) -> str:
        """The hash of the data in the namespace's scheme. It is computed once per version."""
        scheme = self.scope.namespace.settings.hashScheme or ""
        if self.version.hash is None:
            digest = hashlib.new(scheme.replace("-", ""), usedforsecurity=False)
            for chunk in self.version.data.read():
                digest.update(chunk)
            self.version.hash = f"{scheme} {digest.hexdigest().upper()}"
        return self.version.hash

    @cached_property
    def path_terms(self) -> list[str]:
        return terms(self.key)

    @cached_property
    def content_terms(self) -> list[str]:
        return full_text(self.scope.namespace, self.version)

    @property
    def retention(self) -> int:
        """Seconds since 1970, or 0, -1 or -2 without a date."""
        retained = self.version.retention
        return (
            int(retained.until.timestamp())
            if retained.until is not None
            else int(retained.special or 0)
        )


def current_entries(scope: NamespaceScope, now: datetime, delay: timedelta) -> Iterator[IndexEntry]:
    """Yield the current versions that are indexed."""
    for entry in scope.namespace.store:
        version = entry.current
        if version is None or version.kind is not Kind.OBJECT:
            continue
        if version.created + delay <= now:
            yield _created(scope, entry, version)


def stale_entries(scope: NamespaceScope, now: datetime, delay: timedelta) -> Iterator[IndexEntry]:
    """Yield deleted objects that are still indexed."""
    for removal in scope.namespace.removals:
        version = removal.version
        still_indexed = version.created + delay <= removal.when < now < removal.when + delay
        if still_indexed and scope.namespace.store.current(removal.key) is None:
            stale = _removed(scope, removal)
            stale.operation = Operation.NOT_FOUND
            yield stale


def operation_records(scope: NamespaceScope) -> Iterator[IndexEntry]:
    """Yield all stored versions and all removals."""
    for entry in scope.namespace.store:
        for version in entry.versions:
            if version.kind is Kind.OBJECT:
                yield _created(scope, entry, version)
    for removal in scope.namespace.removals:
        yield _removed(scope, removal)


def _created(scope: NamespaceScope, entry: Entry, version: Version) -> IndexEntry:
    numbers = frozenset(v.id for v in entry.versions if v.kind is Kind.OBJECT)
    return IndexEntry(
        scope,
        entry.key,
        version,
        Operation.CREATED,
        version.id,
        version.changed,
        entry.acl,
        numbers,
    )


def _removed(scope: NamespaceScope, removal: Removal) -> IndexEntry:
    return IndexEntry(
        scope,
        removal.key,
        removal.version,
        removal.operation,
        removal.number,
        removal.when,
        list(removal.acl),
    )
