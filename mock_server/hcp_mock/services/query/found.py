"""An object, an old version or what is left of one, as queries look at it."""

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
from .metadata import full_text
from .people import owner_name
from .searchers import Place
from .terms import terms


@dataclass
class Found:
    place: Place
    key: str
    version: Version
    operation: Operation
    number: int
    changed: datetime
    acl: list[Grant]
    numbers: frozenset[int] = field(default_factory=frozenset)

    @property
    def gone(self) -> bool:
        return self.operation is not Operation.CREATED

    @cached_property
    def change_time(self) -> Decimal:
        return milliseconds(self.changed)

    @property
    def path(self) -> str:
        return f"/{self.key}"

    @property
    def url(self) -> str:
        host = self.place.namespace.settings.fullyQualifiedName
        return f"https://{host}/rest/{quote(self.key)}"

    @cached_property
    def position(self) -> tuple[Decimal, str, int]:
        """Where a record stands among all records of operations."""
        return self.change_time, self.url, self.number

    @property
    def size(self) -> int:
        return 0 if self.gone else self.version.size

    @property
    def owner(self) -> str:
        return owner_name(self.version.owner, self.place.tenant.name).text

    @property
    def hash(self) -> str:
        """Of the data, with the algorithm of the namespace; each version's is computed once."""
        scheme = self.place.namespace.settings.hashScheme or ""
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
        return full_text(self.place.namespace, self.version)

    @property
    def retention(self) -> int:
        """Seconds since 1970; 0, -1 and -2 for what has no date."""
        kept = self.version.retention
        return int(kept.until.timestamp()) if kept.until is not None else int(kept.special or 0)


def current_objects(place: Place, now: datetime, delay: timedelta) -> Iterator[Found]:
    """What the index holds: current versions, once the index has come to know them."""
    for entry in place.namespace.store:
        version = entry.current
        if version is None or version.kind is not Kind.OBJECT:
            continue
        if version.created + delay <= now:
            yield _created(place, entry, version)


def lost_objects(place: Place, now: datetime, delay: timedelta) -> Iterator[Found]:
    """What is gone, while the index does not know it yet."""
    for removal in place.namespace.removals:
        gone = removal.gone
        unknown = gone.created + delay <= removal.when < now < removal.when + delay
        if unknown and place.namespace.store.current(removal.key) is None:
            found = _removed(place, removal)
            found.operation = Operation.NOT_FOUND
            yield found


def records(place: Place) -> Iterator[Found]:
    """All that was stored and still has a version, and all that was removed."""
    for entry in place.namespace.store:
        for version in entry.versions:
            if version.kind is Kind.OBJECT:
                yield _created(place, entry, version)
    for removal in place.namespace.removals:
        yield _removed(place, removal)


def _created(place: Place, entry: Entry, version: Version) -> Found:
    numbers = frozenset(v.id for v in entry.versions if v.kind is Kind.OBJECT)
    return Found(
        place,
        entry.key,
        version,
        Operation.CREATED,
        version.id,
        version.changed,
        entry.acl,
        numbers,
    )


def _removed(place: Place, removal: Removal) -> Found:
    return Found(
        place,
        removal.key,
        removal.gone,
        removal.operation,
        removal.number,
        removal.when,
        list(removal.acl),
    )
