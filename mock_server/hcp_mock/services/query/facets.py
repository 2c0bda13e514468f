"""Facets: the frequency of values in the results. Query reference: facets."""

from __future__ import annotations

import calendar
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from ...models.tenants.content_classes import ContentPropertyType
from .errors import bad_facet
from .index import IndexEntry
from .metadata import IndexedProperty

MAX_VALUES = 100
_MAX_INTERVALS = 10_000
_WANTED = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?:\(([^;()]*);([^;()]*);([^;()]*)\))?")
_SPAN = re.compile(r"([+-]?)(\d{1,4})(SECOND|MINUTE|HOUR|DAY|MONTH|YEAR)S?")
_FORM = "%Y-%m-%dT%H:%M:%SZ"
_CALENDAR = {"MONTH": 1, "YEAR": 12}
_SECONDS = {"SECOND": 1, "MINUTE": 60, "HOUR": 3600, "DAY": 86400}


@dataclass(frozen=True)
class Facet:
    property: str
    frequency: list[tuple[str, int]]


Values = Callable[[IndexEntry], Iterable[str]]


def _retention(now: datetime) -> Values:
    """An object that may be deleted counts as expired (unconfirmed)."""

    def values(entry: IndexEntry) -> list[str]:
        current = entry.version.retention
        if current.until is None and current.special in ("-1", "-2"):
            return ["neverDeletable" if current.special == "-1" else "initialUnspecified"]
        return ["not expired" if current.retained(now) else "expired"]

    return values


def _retention_class(entry: IndexEntry) -> list[str]:
    name = entry.version.retention.class_name
    return [name] if name else []


def _system_facet(name: str, now: datetime) -> Values | None:
    known: dict[str, Values] = {
        "hold": lambda entry: ["true" if entry.version.retention.on_hold else "false"],
        "namespace": lambda entry: [entry.scope.name],
        "retention": _retention(now),
        "retentionClass": _retention_class,
    }
    return known.get(name)


@dataclass(frozen=True)
class FacetCounter:
    """Counts the values of the requested properties."""

    wanted: list[tuple[str, Values]]

    def count(self, results: Iterable[IndexEntry]) -> list[Facet]:
        entries = list(results)
        return [
            Facet(name, _frequency(Counter(v for entry in entries for v in values(entry))))
            for name, values in self.wanted
        ]


def _frequency(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MAX_VALUES]


def parse_facets(
    text: str | None, content_properties: Mapping[str, IndexedProperty], now: datetime
) -> FacetCounter:
    wanted: list[tuple[str, Values]] = []
    for part in (text or "").split(",") if text else []:
        match = _WANTED.fullmatch(part.strip())
        if match is None:
            raise bad_facet(part.strip())
        name, limits = match[1], match.groups()[1:]
        fixed = _system_facet(name, now)
        if fixed is None and name not in content_properties:
            raise bad_facet(part.strip())
        if fixed is not None and limits[0] is not None:
            raise bad_facet(part.strip())
        wanted.append(
            (name, fixed or _content_facet(content_properties[name], limits, now, part.strip()))
        )
    return FacetCounter(wanted)


def _content_facet(
    content: IndexedProperty, limits: tuple[str, ...], now: datetime, text: str
) -> Values:
    kinds = ContentPropertyType
    if content.type in (kinds.STRING, kinds.BOOLEAN) and limits[0] is None:
        return lambda entry: [
            str(v).lower() if isinstance(v, bool) else v for v in _values(content, entry)
        ]
    if content.type in (kinds.STRING, kinds.BOOLEAN, kinds.FULLTEXT) or limits[0] is None:
        raise bad_facet(text)
    dates = content.type is kinds.DATE
    steps = _dates(limits, now, text) if dates else _numbers(limits, text)

    def values(entry: IndexEntry) -> list[str]:
        starts = [_start(v, steps) for v in _values(content, entry)]
        return [_shown(start) for start in starts if start is not None]

    return values


def _values(content: IndexedProperty, entry: IndexEntry) -> list[Any]:
    return content.values(entry.scope, entry.version)


def _shown(start: Any) -> str:
    return start.astimezone(UTC).strftime(_FORM) if isinstance(start, datetime) else str(start)


def _start(value: Any, steps: list[Any]) -> Any:
    """Return the start of the interval of a value. The last interval includes its end."""
    for low, high in itertools.pairwise(steps):
        if low <= value < high or (high == steps[-1] and value == high):
            return low
    return None


def _numbers(limits: tuple[str, ...], text: str) -> list[Decimal]:
    number = r"-?[0-9]{1,18}(\.[0-9]{1,18})?"
    low, high, step = (limit.strip().removeprefix("+") for limit in limits)
    if not all(re.fullmatch(number, limit) for limit in (low, high, step)) or Decimal(step) <= 0:
        raise bad_facet(text)
    return _steps(Decimal(low), Decimal(high), lambda at, count: at + Decimal(step) * count, text)


def _dates(limits: tuple[str, ...], now: datetime, text: str) -> list[datetime]:
    low, high, step = (limit.strip() for limit in limits)
    span = list(_SPAN.finditer(step))
    if not span or "".join(match[0] for match in span) != step:
        raise bad_facet(text)

    def advance(at: datetime, count: int) -> datetime:
        for match in span:
            at = _shift(at, (-1 if match[1] == "-" else 1) * int(match[2]) * count, match[3])
        return at

    return _steps(_date(low, now, text, first=True), _date(high, now, text), advance, text)


def _date(limit: str, now: datetime, text: str, *, first: bool = False) -> datetime:
    if limit == "NOW":
        return now
    if limit == "*":
        return datetime(1970, 1, 1, tzinfo=UTC) if first else now
    try:
        return datetime.strptime(limit, _FORM).replace(tzinfo=UTC)
    except ValueError:
        raise bad_facet(text) from None


def _shift(at: datetime, count: int, unit: str) -> datetime:
    if unit not in _CALENDAR:
        return at + timedelta(seconds=count * _SECONDS[unit])
    years, month = divmod(at.year * 12 + at.month - 1 + count * _CALENDAR[unit], 12)
    day = min(at.day, calendar.monthrange(years, month + 1)[1])
    return at.replace(year=years, month=month + 1, day=day)


def _steps(low: Any, high: Any, advance: Callable[[Any, int], Any], text: str) -> list[Any]:
    """Return the starts of the intervals and the end of the last one, which is not shortened."""
    result = [low]
    try:
        while result[-1] < high:
            following = advance(low, len(result))
            if following <= result[-1] or len(result) > _MAX_INTERVALS:
                raise bad_facet(text)
            result.append(following)
    except (OverflowError, ValueError):
        raise bad_facet(text) from None
    return result
