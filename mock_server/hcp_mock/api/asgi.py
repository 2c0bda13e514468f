"""The ASGI types, and what every application reads of a request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def header_map(scope: Scope) -> dict[str, str]:
    """Return the headers by lower-case name. They are parsed once per request."""
    result: dict[str, str] | None = scope.get("hcp_mock.headers")
    if result is None:
        scope["hcp_mock.headers"] = result = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope["headers"]
        }
    return result


def raw_path(scope: Scope) -> bytes:
    """Return the path as sent: an encoded slash is not a slash."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode("utf-8")
    return raw
