"""The journal: requests and the status of their responses, without secrets."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_plus

from ...services.clock import Clock
from ..asgi import Receive, Scope, Send, header_map, raw_path
from ..credentials import claimed_user
from ..interface import Interface
from .faults import AppliedFault

_KEPT = 20000
_SECRET = frozenset(
    {"signature", "awsaccesskeyid", "x-amz-signature", "x-amz-credential", "x-amz-security-token"}
)


def mask_secrets(query: str) -> str:
    """Mask the values of secret parameters in a query string."""
    return "&".join(_mask_pair(pair) for pair in query.split("&"))


def _mask_pair(pair: str) -> str:
    name, equals, _unused = pair.partition("=")
    known = unquote_plus(name).casefold()
    return f"{name}=***" if equals and ("password" in known or known in _SECRET) else pair


@dataclass
class Journal:
    clock: Clock
    entries: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=_KEPT))
    seq: int = 0

    def open(self, scope: Scope, interface: Interface) -> dict[str, Any]:
        self.seq += 1
        headers = header_map(scope)
        entry = {
            "seq": self.seq,
            "time": self.clock.now().timestamp(),
            "connection": scope.get("extensions", {}).get("hcp_mock", {}).get("connection"),
            "interface": interface.value,
            "method": scope["method"],
            "host": headers.get("host", ""),
            "path": raw_path(scope).decode("ascii", "replace"),
            "query": mask_secrets(scope["query_string"].decode("ascii", "replace")),
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
    """Record each request that is passed to ``inner``."""

    inner: Any
    journal: Journal
    interface: Interface

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["hcp_mock.interface"] = self.interface
        entry = self.journal.open(scope, self.interface)

        async def watched(message: Any) -> None:
            if message["type"] == "http.response.start":
                entry["status"] = message["status"]
            await send(message)

        scope["hcp_mock.hit"] = hit = AppliedFault()
        try:
            await self.inner(scope, receive, watched)
        finally:
            entry["fault"] = hit.fault
            entry["operation"] = scope.get("hcp_mock.operation")
