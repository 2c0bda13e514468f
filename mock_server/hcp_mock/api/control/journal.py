"""The journal: what was asked and what was answered, without secrets."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_plus

from ...services.clock import Clock
from ..asgi import Receive, Scope, Send, header_map, raw_path
from ..credentials import claimed_user
from ..interface import Door
from .faults import Hit

_KEPT = 20000
_SECRET = frozenset(
    {"signature", "awsaccesskeyid", "x-amz-signature", "x-amz-credential", "x-amz-security-token"}
)


def masked(query: str) -> str:
    """The query with the values of secret parameters put out of sight."""
    return "&".join(_masked_pair(pair) for pair in query.split("&"))


def _masked_pair(pair: str) -> str:
    name, equals, _unused = pair.partition("=")
    known = unquote_plus(name).casefold()
    return f"{name}=***" if equals and ("password" in known or known in _SECRET) else pair


@dataclass
class Journal:
    clock: Clock
    entries: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=_KEPT))
    seq: int = 0

    def open(self, scope: Scope, door: Door) -> dict[str, Any]:
        self.seq += 1
        headers = header_map(scope)
        entry = {
            "seq": self.seq,
            "time": self.clock.now().timestamp(),
            "connection": scope.get("extensions", {}).get("hcp_mock", {}).get("connection"),
            "door": door.value,
            "method": scope["method"],
            "host": headers.get("host", ""),
            "path": raw_path(scope).decode("ascii", "replace"),
            "query": masked(scope["query_string"].decode("ascii", "replace")),
            "status": None,
            "user": claimed_user(headers, scope["query_string"]),
            "operation": None,
            "fault": None,
        }
        self.entries.append(entry)
        return entry

    def clear(self) -> None:
        self.entries.clear()


@dataclass
class Recorder:
    """Writes down each request that goes through to ``inner``."""

    inner: Any
    journal: Journal
    door: Door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["hcp_mock.door"] = self.door
        entry = self.journal.open(scope, self.door)

        async def watched(message: Any) -> None:
            if message["type"] == "http.response.start":
                entry["status"] = message["status"]
            await send(message)

        scope["hcp_mock.hit"] = hit = Hit()
        try:
            await self.inner(scope, receive, watched)
        finally:
            entry["fault"] = hit.fault
            entry["operation"] = scope.get("hcp_mock.operation")
