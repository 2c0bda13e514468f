"""Object properties: how each may be used in queries, and how its value is computed.

Query reference: the table of object properties.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ...models.query import names_in
from .errors import bad_value, unknown_object_property
from .index import IndexEntry
from .metadata import ANNOTATION

# Data protection levels and POSIX attributes are not modelled: these are the values of objects
# that were stored without them.
_DPL, _OWNER_ID, _MODE = 2, 0, 400
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}([+-]\d{4})?")


class Kind(StrEnum):
    NUMBER = "number"
    BOOLEAN = "boolean"
    TIME = "time"
    TEXT = "text"
    WORDS = "words"
    OWNER = "owner"
    GRANT = "grant"
    VERSION = "version"
    RETENTION = "retention"


class Shown(StrEnum):
    ALWAYS = "always"
    VERBOSE = "verbose"
    NAMED = "named"  # only if named in the request
    NEVER = "never"


@dataclass(frozen=True)
class Field:
    name: str
    kind: Kind
    get: Callable[[IndexEntry], Any]
    shown: Shown = Shown.VERBOSE
    queryable: bool = True
    sortable: bool = True
    ranges: bool = False
    wildcards: bool = False
    fold: bool = False  # queries ignore case

    def value(self, entry: IndexEntry) -> Any:
        """Return the value for comparing and sorting."""
        value = self.get(entry)
        return value.casefold() if self.fold and isinstance(value, str) else value

    def rendered(self, entry: IndexEntry) -> Any:
        """Return the value for results: a text, a number or a boolean."""
        value = self.get(entry)
        if isinstance(value, Decimal):
            return f"{value:.2f}"
        return format_time(value) if isinstance(value, datetime) else value


def format_time(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S%z")


def seconds(when: datetime) -> int:
    return int(when.timestamp())


_WORDS = {"0": "Deletion Allowed", "-1": "Deletion Prohibited", "-2": "Initial Unspecified"}


def _retention(entry: IndexEntry) -> str:
    retained = entry.version.retention
    return (
        format_time(retained.until)
        if retained.until is not None
        else _WORDS[retained.special or "0"]
    )


def _time_fields(name: str, get: Callable[[IndexEntry], datetime]) -> tuple[Field, Field]:
    """Return the two properties of a time: in seconds, and as a string."""
    return (
        Field(name, Kind.NUMBER, lambda entry: seconds(get(entry)), ranges=True),
        Field(f"{name}String", Kind.TIME, get, ranges=True),
    )


def _created(entry: IndexEntry) -> datetime:
    return entry.version.created


def _annotations(entry: IndexEntry) -> str:
    return ANNOTATION if entry.version.metadata else ""


def _shown_only(name: str, get: Callable[[IndexEntry], Any], shown: Shown = Shown.VERBOSE) -> Field:
    return Field(name, Kind.TEXT, get, shown, queryable=False, sortable=False)


def _boolean(name: str, get: Callable[[IndexEntry], bool], shown: Shown = Shown.VERBOSE) -> Field:
    return Field(name, Kind.BOOLEAN, get, shown)


_ALL = (
    Field("version", Kind.VERSION, lambda f: f.number, Shown.ALWAYS),
    _shown_only("urlName", lambda f: f.url, Shown.ALWAYS),
    _shown_only("operation", lambda f: f.operation.value, Shown.ALWAYS),
    Field(
        "changeTimeMilliseconds", Kind.NUMBER, lambda f: f.change_time, Shown.ALWAYS, ranges=True
    ),
    Field("changeTimeString", Kind.TIME, lambda f: f.changed, ranges=True),
    *_time_fields("accessTime", _created),
    *_time_fields("ingestTime", _created),
    *_time_fields("updateTime", _created),
    _boolean("acl", lambda f: bool(f.acl)),
    Field("aclGrant", Kind.GRANT, lambda f: None, Shown.NEVER, sortable=False),
    _boolean("customMetadata", lambda f: bool(f.version.metadata)),
    # The samples of verbose results lack these two: a client has to name them.
    Field("customMetadataAnnotation", Kind.TEXT, _annotations, Shown.NAMED),
    _boolean("replicationCollision", lambda f: False, Shown.NAMED),
    Field(
        "customMetadataContent",
        Kind.WORDS,
        lambda f: f.content_terms,
        Shown.NEVER,
        sortable=False,
        wildcards=True,
    ),
    Field("dpl", Kind.NUMBER, lambda f: _DPL, ranges=True),
    _shown_only("gid", lambda f: _OWNER_ID),
    _shown_only("uid", lambda f: _OWNER_ID),
    _shown_only("permissions", lambda f: _MODE),
    Field("hash", Kind.TEXT, lambda f: f.hash, ranges=True, wildcards=True),
    Field(
        "hashScheme",
        Kind.TEXT,
        lambda f: str(f.scope.namespace.settings.hashScheme or ""),
        ranges=True,
        wildcards=True,
    ),
    _boolean("hold", lambda f: f.version.retention.on_hold),
    _boolean("index", lambda f: f.version.index),
    Field("namespace", Kind.TEXT, lambda f: f.scope.name, fold=True),
    Field("objectPath", Kind.WORDS, lambda f: f.path, wildcards=True, fold=True),
    Field("owner", Kind.OWNER, lambda f: f.owner, fold=True),
    _shown_only("replicated", lambda f: False),
    Field("retention", Kind.NUMBER, lambda f: f.retention, ranges=True),
    Field(
        "retentionClass",
        Kind.TEXT,
        lambda f: f.version.retention.class_name or "",
        ranges=True,
        wildcards=True,
    ),
    Field("retentionString", Kind.RETENTION, _retention, ranges=True),
    _boolean("shred", lambda f: f.version.shred),
    Field("size", Kind.NUMBER, lambda f: f.size, ranges=True),
    _shown_only("type", lambda f: "object"),
    Field(
        "utf8Name",
        Kind.TEXT,
        lambda f: f.key.rpartition("/")[2],
        ranges=True,
        wildcards=True,
    ),
)
FIELDS = {field.name: field for field in _ALL}


def parse_number(name: str, text: str) -> Decimal:
    if not re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,18})?", text):
        raise bad_value(name)
    return Decimal(text)


def parse_time(name: str, text: str) -> datetime:
    """Parse ISO 8601. The offset is optional; the system is in UTC."""
    match = _DATE.fullmatch(text)
    try:
        if match is not None:
            whole = text if match[1] else f"{text}+0000"
            return datetime.strptime(whole, "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        pass
    raise bad_value(name)


def parse_boolean(name: str, text: str) -> bool:
    """Only ``index`` also accepts 1, as samples show."""
    if name == "index" and text == "1":
        return True
    if text not in ("true", "false"):
        raise bad_value(name)
    return text == "true"


def select(verbose: bool | None, wanted: str | None) -> list[Field]:
    """Return the properties of each result: fixed ones, and named ones or those of ``verbose``."""
    names = names_in(wanted)
    for name in names:
        if name not in FIELDS or FIELDS[name].shown is Shown.NEVER:
            raise unknown_object_property(name)
    extra = {Shown.VERBOSE} if verbose and not names else set()
    return [f for f in _ALL if f.shown is Shown.ALWAYS or f.shown in extra or f.name in names]


_HIDDEN_WHEN_STALE = ("version", "changeTimeMilliseconds")


def row(entry: IndexEntry, fields: list[Field], *, stale: bool = False) -> dict[str, Any]:
    """Return one result. A stale entry lacks two values."""
    hidden = _HIDDEN_WHEN_STALE if stale else ()
    return {field.name: field.rendered(entry) for field in fields if field.name not in hidden}
