"""The route table: path, method, access, documents and handler of each operation.

A new resource needs a data type, a service method and one ``Route``. The table is plain data, so
that it can be compared with the reference.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes

from ...errors import InvalidRequest, bad_parameter
from ...models.accounts import EmptyDocument
from ...models.base import DataType
from ...services.access import Access, Admission, Caller
from ...services.listing import ListKind, Page
from ...state.records import TenantRecord
from ..media import DOCUMENTS


@dataclass
class Request:
    """An authorized request, as passed to the handlers."""

    parts: dict[str, str]
    query: dict[str, str]
    admission: Admission
    tenant_record: TenantRecord | None = None
    body: Any = None
    action: str | None = None

    @property
    def caller(self) -> Caller:
        return self.admission.caller

    @property
    def tenant(self) -> TenantRecord:
        if self.tenant_record is None:
            raise RuntimeError("The route of this request belongs to no tenant.")
        return self.tenant_record

    def flag(self, name: str) -> bool:
        """Return a boolean parameter. An invalid value is false, not an error."""
        return self.query.get(name, "") in {"true", "t", "1"}

    @property
    def verbose(self) -> bool:
        return self.flag("verbose")

    def page(self, kind: ListKind) -> Page:
        return parse_page(self.query, kind)


@dataclass(frozen=True)
class Document:
    """A document and the name of its XML root element."""

    document: DataType
    root: str
    columns: tuple[str, ...] = ()  # of its one list, for CSV


@dataclass(frozen=True)
class File:
    """A response that is not a document."""

    content: bytes | Generator[bytes]  # the latter goes out in chunks
    media_type: str
    name: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


Handler = Callable[[Request], Document | File | None]


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    access: Access
    handler: Handler
    body: type[DataType] | None = None
    root: str = ""
    # A second name of the root element in the reference.
    alternative_root: str | None = None
    # Only on the admin host, with a system-level account.
    system_only: bool = False
    offered: tuple[str, ...] = DOCUMENTS
    # The body is a file, not a document.
    upload: bool = False
    # Whether an upload may come without Content-Type.
    content_type_optional: bool = False
    # Query parameters that perform an action instead; they take no body.
    actions: tuple[str, ...] = ()
    # Actions may have an empty document, even with the media type of a form.
    action_document: bool = False
    # The operation never has a body.
    no_body: bool = False

    @property
    def segments(self) -> tuple[str, ...]:
        return tuple(self.path.strip("/").split("/"))


def select_action(route: Route, query: dict[str, str]) -> str | None:
    """Return the one action that the query names. Actions are flags; their values are ignored."""
    actions = [name for name in route.actions if name in query]
    if len(actions) > 1:
        raise InvalidRequest(f"'{actions[0]}' and '{actions[1]}' cannot be combined.")
    return actions[0] if actions else None


def empty_document(root: str) -> dict[str, Any]:
    """Return the arguments of routes whose body is an empty document of this name."""
    return {"body": EmptyDocument, "root": root}


@dataclass
class Match:
    routes: dict[str, Route]
    parts: dict[str, str]


@dataclass
class Router:
    routes: list[Route]
    _by_length: dict[int, dict[tuple[str, ...], dict[str, Route]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for route in self.routes:
            patterns = self._by_length.setdefault(len(route.segments), {})
            patterns.setdefault(route.segments, {})[route.method] = route

    def match(self, segments: list[str]) -> Match | None:
        """Return all methods of the resource. Literal segments win over placeholders."""
        best: Match | None = None
        fewest = len(segments) + 1
        for pattern, routes in self._by_length.get(len(segments), {}).items():
            parts = _match_segments(pattern, segments)
            if parts is not None and len(parts) < fewest:
                best, fewest = Match(routes, parts), len(parts)
        return best


def _match_segments(pattern: tuple[str, ...], segments: list[str]) -> dict[str, str] | None:
    parts: dict[str, str] = {}
    for wanted, segment in zip(pattern, segments, strict=True):
        if wanted.startswith("{"):
            parts[wanted[1:-1]] = segment
        elif wanted != segment:
            return None
    return parts


def decode_path(raw: bytes) -> list[str]:
    """Decode the segments of a path. An encoded slash stays inside its segment."""
    return [_percent_decoded(segment) for segment in raw.strip(b"/").split(b"/")]


def _percent_decoded(raw: bytes) -> str:
    for index, byte in enumerate(raw):
        if byte == 0x25:
            try:
                bytes.fromhex(raw[index + 1 : index + 3].decode("ascii"))
            except (ValueError, UnicodeDecodeError):
                raise InvalidRequest("The URL is malformed.") from None
            if len(raw) < index + 3:
                raise InvalidRequest("The URL is malformed.")
    try:
        return unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidRequest("The URL is malformed.") from None


def parse_page(query: dict[str, str], kind: ListKind) -> Page:
    """Parse the paging parameters. Lists without paging ignore them."""
    if not kind.sort_keys:
        return Page()
    sort = query.get("sortType")
    if sort is not None and sort not in kind.sort_keys:
        raise bad_parameter("sortType")
    order = query.get("sortOrder", "ascending")
    if order not in ("ascending", "descending"):
        raise bad_parameter("sortOrder")
    by = query.get("filterType")
    if by is not None and by not in kind.filter_keys:
        raise bad_parameter("filterType")
    prefix = query.get("filterString")
    if prefix is not None and (len(prefix) > 64 or "," in prefix):
        raise bad_parameter("filterString")
    if sort is None and "sortOrder" in query:
        sort = kind.sort_keys[0]
    offset, count = _number(query, "offset"), _number(query, "count")
    return Page(offset or 0, count, sort, order == "descending", by, prefix or None)


def _number(query: dict[str, str], name: str) -> int | None:
    value = query.get(name)
    if value is None:
        return None
    if not value.isascii() or not value.isdecimal():
        raise bad_parameter(name)
    return int(value)
