"""Object queries and operation queries. Query reference: requests, paging, status.

Query reference: requests, paging, status.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from ...errors import missing_property
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
from ..housekeeping import run_housekeeping
from ..s3.callers import Caller
from . import fields
from .errors import not_sortable
from .facets import Facet, parse_facets
from .fields import FIELDS
from .identities import AccountName, account_name
from .index import IndexEntry, current_entries, operation_records, stale_entries
from .matching import Compiler, Condition
from .metadata import IndexedProperty, content_properties
from .searchers import NamespaceScope, Searcher
from .syntax import parse

OBJECTS, OPERATIONS = 100, 10_000  # results of a page without a count
_DEFAULT = ("create", "delete", "purge")
_TRANSACTIONS = {
    "create": Operation.CREATED,
    "delete": Operation.DELETED,
    "dispose": Operation.DISPOSED,
    "prune": Operation.PRUNED,
    "purge": Operation.PURGED,
}
_DEFAULT_END_LAG = timedelta(minutes=1)


@dataclass
class Result:
    """``complete``: this is the last page. Only object queries have a total."""

    rows: list[dict[str, Any]]
    complete: bool
    expression: str | None = None
    limits: tuple[int, int] | None = None
    total: int | None = None
    facets: list[Facet] | None = None
    content_properties: list[IndexedProperty] | None = None


@dataclass(frozen=True)
class Order:
    """A property that results are sorted by. Results without it come last."""

    name: str
    descending: bool
    content: IndexedProperty | None = None

    def value(self, entry: IndexEntry) -> Any:
        if self.content is None:
            return FIELDS[self.name].value(entry)
        values = self.content.values(entry.scope, entry.version)
        return values[0] if values else None

    def apply(self, entries: list[IndexEntry]) -> list[IndexEntry]:
        pairs = [(self.value(item), item) for item in entries]
        known = [pair for pair in pairs if pair[0] is not None]
        known.sort(key=lambda pair: pair[0], reverse=self.descending)
        return [item for _unused, item in known] + [item for value, item in pairs if value is None]


def _orders(text: str | None, known: dict[str, IndexedProperty]) -> list[Order]:
    result: list[Order] = []
    for part in names_in(text):
        name, _unused, direction = part.partition("+")
        content, own = known.get(name), FIELDS.get(name)
        matches = (
            not content.definition.multivalued if content else own is not None and own.sortable
        )
        if not matches or direction not in ("", "asc", "desc") or part.endswith("+"):
            raise not_sortable(part)
        result.append(Order(name, direction == "desc", content))
    return result


def _sorted(
    entries: list[IndexEntry], orders: list[Order], condition: Condition
) -> list[IndexEntry]:
    """Sort by the requested properties, or else by the score."""
    if not orders:
        return sorted(entries, key=condition.score, reverse=True)
    for order in reversed(orders):
        entries = order.apply(entries)
    return entries


@dataclass
class QueryService:
    world: World
    clock: Clock

    def objects(self, searcher: Searcher, request: ObjectQuery) -> Result:
        if request.query is None:
            raise missing_property("query")
        now = self.clock.now()
        scopes = [scope for scope in searcher.scopes if scope.indexed]
        known = content_properties(scopes)
        tree = parse(request.query)
        condition = Compiler(_searcher_account(searcher), known).condition(tree)
        orders = _orders(request.sort, known)
        facets = parse_facets(request.facets, known, now)
        shown = fields.select(request.verbose, request.objectProperties)
        include_stale = bool(request.verbose) and not request.objectProperties
        entries = [
            f for f in self._index(scopes, now, include_stale=include_stale) if condition.matches(f)
        ]
        entries = _sorted(entries, orders, condition)
        start = request.offset or 0
        count = OBJECTS if request.count is None else request.count
        end = len(entries) if count == -1 else start + count
        page = entries[start:end]
        return Result(
            rows=[fields.row(f, shown, stale=f.operation is Operation.NOT_FOUND) for f in page],
            complete=end >= len(entries),
            expression=request.query,
            total=len(entries),
            facets=facets.count(entries) if request.facets else None,
            content_properties=list(known.values()) if request.contentProperties else None,
        )

    def _index(
        self, scopes: list[NamespaceScope], now: datetime, *, include_stale: bool
    ) -> Iterable[IndexEntry]:
        delay = timedelta(seconds=self.world.rules.index_delay)
        for scope in scopes:
            run_housekeeping(scope.namespace, now)
            yield from current_entries(scope, now, delay)
            if include_stale:
                yield from stale_entries(scope, now, delay)

    def operations(self, searcher: Searcher, request: OperationQuery) -> Result:
        now = self.clock.now()
        criteria = request.systemMetadata or SystemMetadata()
        shown = fields.select(request.verbose, request.objectProperties)
        times = criteria.changeTime or ChangeTimes()
        start = times.start or Decimal(0)
        end = times.end if times.end is not None else milliseconds(now - _DEFAULT_END_LAG)
        after = _parse_last_result(request.lastResult)
        scopes = searcher.scopes
        if criteria.namespaces:
            scopes = tuple(searcher.select(criteria.namespaces))
        for scope in scopes:
            run_housekeeping(scope.namespace, now)
        everything = itertools.chain.from_iterable(operation_records(scope) for scope in scopes)
        entries = sorted(
            (f for f in everything if start <= f.change_time < end and _matches(f, criteria)),
            key=lambda f: f.position,
        )
        if after is not None:
            entries = [f for f in entries if f.position > after]
        count = OPERATIONS if request.count is None else request.count
        page = entries if count == -1 else entries[:count]
        return Result(
            rows=[fields.row(f, shown) for f in page],
            complete=len(page) == len(entries),
            limits=(int(start), int(end)),
        )


def _matches(entry: IndexEntry, criteria: SystemMetadata) -> bool:
    select = criteria.transactions or _DEFAULT
    if entry.operation not in {_TRANSACTIONS[name] for name in select}:
        return False
    if criteria.indexable is not None and entry.version.index is not criteria.indexable:
        return False
    # Nothing is replicated here, so nothing collides.
    if criteria.replicationCollision:
        return False
    folders = [folder.rstrip("/") + "/" for folder in criteria.directories or []]
    return not folders or entry.path.startswith(tuple(folders))


def _parse_last_result(last: LastResult | None) -> tuple[Decimal, str, int] | None:
    if last is None:
        return None
    for name in ("urlName", "changeTimeMilliseconds", "version"):
        if getattr(last, name) is None:
            raise missing_property(name)
    return last.changeTimeMilliseconds or Decimal(0), last.urlName or "", last.version or 0


def _searcher_account(searcher: Searcher) -> AccountName | None:
    """Return the account that ``USER`` alone stands for. System-level accounts have none."""
    caller: Caller | None = searcher.caller
    if caller is None or searcher.tenant is None or not caller.identity.id:
        return None
    return account_name(caller.identity, searcher.tenant.name)
