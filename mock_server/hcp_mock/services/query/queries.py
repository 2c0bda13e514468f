"""Object queries and operation queries over what the mock holds.

Query reference: requests, paging, status.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from ...errors import InvalidRequest, missing_property
from ...models.query import (
    ChangeTimes,
    LastResult,
    ObjectQuery,
    OperationQuery,
    SystemMetadata,
    milliseconds,
    names_in,
)
from ...state.operations import Operation
from ...state.world import World
from ..clock import Clock
from ..s3.callers import Caller
from ..s3.housekeeping import tidy
from . import fields
from .facets import Facet, read_facets
from .fields import FIELDS
from .found import Found, current_objects, lost_objects, records
from .matching import Compiler, Condition
from .metadata import Content, contents
from .people import Name, name_of
from .searchers import Place, Searcher
from .syntax import parse

OBJECTS, OPERATIONS = 100, 10_000  # results of a page if a query does not say how many
_DEFAULT = ("create", "delete", "purge")
_TRANSACTIONS = {
    "create": Operation.CREATED,
    "delete": Operation.DELETED,
    "dispose": Operation.DISPOSED,
    "prune": Operation.PRUNED,
    "purge": Operation.PURGED,
}
_EARLIER = timedelta(minutes=1)


@dataclass
class Result:
    """``complete``: there is nothing behind this page. Object queries know how many there are."""

    rows: list[dict[str, Any]]
    complete: bool
    expression: str | None = None
    limits: tuple[int, int] | None = None
    total: int | None = None
    facets: list[Facet] | None = None
    contents: list[Content] | None = None


@dataclass(frozen=True)
class Order:
    """One property that results are sorted by; those without it come last."""

    name: str
    descending: bool
    content: Content | None = None

    def value(self, found: Found) -> Any:
        if self.content is None:
            return FIELDS[self.name].value(found)
        values = self.content.values(found.place, found.version)
        return values[0] if values else None

    def apply(self, found: list[Found]) -> list[Found]:
        pairs = [(self.value(item), item) for item in found]
        known = [pair for pair in pairs if pair[0] is not None]
        known.sort(key=lambda pair: pair[0], reverse=self.descending)
        return [item for _unused, item in known] + [item for value, item in pairs if value is None]


def _orders(text: str | None, known: dict[str, Content]) -> list[Order]:
    result: list[Order] = []
    for part in names_in(text):
        name, _unused, direction = part.partition("+")
        content, own = known.get(name), FIELDS.get(name)
        fits = not content.definition.multivalued if content else own is not None and own.sortable
        if not fits or direction not in ("", "asc", "desc") or part.endswith("+"):
            raise InvalidRequest(f"The results cannot be sorted by '{part}'.")
        result.append(Order(name, direction == "desc", content))
    return result


def _sorted(found: list[Found], orders: list[Order], condition: Condition) -> list[Found]:
    """By the properties asked for, or else those first that meet most criteria."""
    if not orders:
        return sorted(found, key=condition.score, reverse=True)
    for order in reversed(orders):
        found = order.apply(found)
    return found


@dataclass
class QueryService:
    world: World
    clock: Clock

    def objects(self, searcher: Searcher, request: ObjectQuery) -> Result:
        if request.query is None:
            raise missing_property("query")
        now = self.clock.now()
        places = [place for place in searcher.places if place.indexed]
        known = contents(places)
        tree = parse(request.query)
        condition = Compiler(_name(searcher), known).condition(tree)
        orders = _orders(request.sort, known)
        facets = read_facets(request.facets, known, now)
        shown = fields.chosen(request.verbose, request.objectProperties)
        lost_too = bool(request.verbose) and not request.objectProperties
        found = [f for f in self._index(places, now, lost_too=lost_too) if condition.fits(f)]
        found = _sorted(found, orders, condition)
        start = request.offset or 0
        count = OBJECTS if request.count is None else request.count
        end = len(found) if count == -1 else start + count
        page = found[start:end]
        return Result(
            rows=[fields.row(f, shown, lost=f.operation is Operation.NOT_FOUND) for f in page],
            complete=end >= len(found),
            expression=request.query,
            total=len(found),
            facets=facets.count(found) if request.facets else None,
            contents=list(known.values()) if request.contentProperties else None,
        )

    def _index(self, places: list[Place], now: datetime, *, lost_too: bool) -> Iterable[Found]:
        delay = timedelta(seconds=self.world.rules.index_delay)
        for place in places:
            tidy(place.namespace, now)
            yield from current_objects(place, now, delay)
            if lost_too:
                yield from lost_objects(place, now, delay)

    def operations(self, searcher: Searcher, request: OperationQuery) -> Result:
        now = self.clock.now()
        criteria = request.systemMetadata or SystemMetadata()
        shown = fields.chosen(request.verbose, request.objectProperties)
        times = criteria.changeTime or ChangeTimes()
        start = times.start or Decimal(0)
        end = times.end if times.end is not None else milliseconds(now - _EARLIER)
        after = _after(request.lastResult)
        places = searcher.places
        if criteria.namespaces:
            places = tuple(searcher.chosen(criteria.namespaces))
        for place in places:
            tidy(place.namespace, now)
        everything = itertools.chain.from_iterable(records(place) for place in places)
        found = sorted(
            (f for f in everything if start <= f.change_time < end and _wanted(f, criteria)),
            key=lambda f: f.position,
        )
        if after is not None:
            found = [f for f in found if f.position > after]
        count = OPERATIONS if request.count is None else request.count
        page = found if count == -1 else found[:count]
        return Result(
            rows=[fields.row(f, shown) for f in page],
            complete=len(page) == len(found),
            limits=(int(start), int(end)),
        )


def _wanted(found: Found, criteria: SystemMetadata) -> bool:
    chosen = criteria.transactions or _DEFAULT
    if found.operation not in {_TRANSACTIONS[name] for name in chosen}:
        return False
    if criteria.indexable is not None and found.version.index is not criteria.indexable:
        return False
    # Nothing is replicated here, so nothing collides.
    if criteria.replicationCollision:
        return False
    folders = [folder.rstrip("/") + "/" for folder in criteria.directories or []]
    return not folders or found.path.startswith(tuple(folders))


def _after(last: LastResult | None) -> tuple[Decimal, str, int] | None:
    if last is None:
        return None
    for name in ("urlName", "changeTimeMilliseconds", "version"):
        if getattr(last, name) is None:
            raise missing_property(name)
    return last.changeTimeMilliseconds or Decimal(0), last.urlName or "", last.version or 0


def _name(searcher: Searcher) -> Name | None:
    """Whom a bare ``USER`` means; system-level accounts own nothing in tenants."""
    caller: Caller | None = searcher.caller
    if caller is None or searcher.tenant is None or not caller.person.id:
        return None
    return name_of(caller.person, searcher.tenant.name)
