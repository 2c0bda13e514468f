"""How often values occur among the results. Query reference: facets."""

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

from ...errors import InvalidRequest
from ...models.tenants.content_classes import ContentPropertyType
from .found import Found
from .metadata import Content

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


Values = Callable[[Found], Iterable[str]]


def _bad(text: str) -> InvalidRequest:
    return InvalidRequest(f"'{text}' is not a valid facet.")


def _retention(now: datetime) -> Values:
    """An object that may be deleted counts as expired (unconfirmed)."""

    def values(found: Found) -> list[str]:
        kept = found.version.retention
        if kept.until is None and kept.special in ("-1", "-2"):
            return ["neverDeletable" if kept.special == "-1" else "initialUnspecified"]
        return ["not expired" if kept.retained(now) else "expired"]

    return values


def _of_class(found: Found) -> list[str]:
    name = found.version.retention.of_class
    return [name] if name else []


def _fixed(name: str, now: datetime) -> Values | None:
    known: dict[str, Values] = {
        "hold": lambda found: ["true" if found.version.retention.held else "false"],
        "namespace": lambda found: [found.place.name],
        "retention": _retention(now),
        "retentionClass": _of_class,
    }
    return known.get(name)


@dataclass(frozen=True)
class Facets:
    """What is to be counted, by property."""

    wanted: list[tuple[str, Values]]

    def count(self, results: Iterable[Found]) -> list[Facet]:
        found = list(results)
        return [
            Facet(name, _frequency(Counter(v for item in found for v in values(item))))
            for name, values in self.wanted
        ]


def _frequency(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MAX_VALUES]


def read_facets(text: str | None, contents: Mapping[str, Content], now: datetime) -> Facets:
    wanted: list[tuple[str, Values]] = []
    for part in (text or "").split(",") if text else []:
        match = _WANTED.fullmatch(part.strip())
        if match is None:
            raise _bad(part.strip())
        name, limits = match[1], match.groups()[1:]
        fixed = _fixed(name, now)
        if fixed is None and name not in contents:
            raise _bad(part.strip())
        if fixed is not None and limits[0] is not None:
            raise _bad(part.strip())
        wanted.append((name, fixed or _of_content(contents[name], limits, now, part.strip())))
    return Facets(wanted)


def _of_content(content: Content, limits: tuple[str, ...], now: datetime, text: str) -> Values:
    kinds = ContentPropertyType
    if content.type in (kinds.STRING, kinds.BOOLEAN) and limits[0] is None:
        return lambda found: [
            str(v).lower() if isinstance(v, bool) else v for v in _values(content, found)
        ]
    if content.type in (kinds.STRING, kinds.BOOLEAN, kinds.FULLTEXT) or limits[0] is None:
        raise _bad(text)
    dates = content.type is kinds.DATE
    steps = _dates(limits, now, text) if dates else _numbers(limits, text)

    def values(found: Found) -> list[str]:
        starts = [_start(v, steps) for v in _values(content, found)]
        return [_shown(start) for start in starts if start is not None]

    return values


def _values(content: Content, found: Found) -> list[Any]:
    return content.values(found.place, found.version)


def _shown(start: Any) -> str:
    return start.astimezone(UTC).strftime(_FORM) if isinstance(start, datetime) else str(start)


def _start(value: Any, steps: list[Any]) -> Any:
    """The beginning of the interval around a value; the end of the last one belongs to it."""
    for low, high in itertools.pairwise(steps):
        if low <= value < high or (high == steps[-1] and value == high):
            return low
    return None


def _numbers(limits: tuple[str, ...], text: str) -> list[Decimal]:
    number = r"-?[0-9]{1,18}(\.[0-9]{1,18})?"
    low, high, step = (limit.strip().removeprefix("+") for limit in limits)
    if not all(re.fullmatch(number, limit) for limit in (low, high, step)) or Decimal(step) <= 0:
        raise _bad(text)
    return _steps(Decimal(low), Decimal(high), lambda at, count: at + Decimal(step) * count, text)


def _dates(limits: tuple[str, ...], now: datetime, text: str) -> list[datetime]:
    low, high, step = (limit.strip() for limit in limits)
    span = list(_SPAN.finditer(step))
    if not span or "".join(match[0] for match in span) != step:
        raise _bad(text)

    def advanced(at: datetime, count: int) -> datetime:
        for match in span:
            at = _moved(at, (-1 if match[1] == "-" else 1) * int(match[2]) * count, match[3])
        return at

    return _steps(_date(low, now, text, first=True), _date(high, now, text), advanced, text)


def _date(limit: str, now: datetime, text: str, *, first: bool = False) -> datetime:
    if limit == "NOW":
        return now
    if limit == "*":
        return datetime(1970, 1, 1, tzinfo=UTC) if first else now
    try:
        return datetime.strptime(limit, _FORM).replace(tzinfo=UTC)
    except ValueError:
        raise _bad(text) from None


def _moved(at: datetime, count: int, unit: str) -> datetime:
    if unit not in _CALENDAR:
        return at + timedelta(seconds=count * _SECONDS[unit])
    years, month = divmod(at.year * 12 + at.month - 1 + count * _CALENDAR[unit], 12)
    day = min(at.day, calendar.monthrange(years, month + 1)[1])
    return at.replace(year=years, month=month + 1, day=day)


def _steps(low: Any, high: Any, advanced: Callable[[Any, int], Any], text: str) -> list[Any]:
    """The beginnings of the intervals and the end of the last one, which is not cut short."""
    result = [low]
    try:
        while result[-1] < high:
            following = advanced(low, len(result))
            if following <= result[-1] or len(result) > _MAX_INTERVALS:
                raise _bad(text)
            result.append(following)
    except (OverflowError, ValueError):
        raise _bad(text) from None
    return result
