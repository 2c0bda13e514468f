"""Fault injection: chosen requests get another, a late, a truncated or no response."""

from __future__ import annotations

import asyncio
import fnmatch
import re
import socket
import struct
from collections import Counter
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .. import responses
from ..asgi import Receive, Scope, Send, header_map
from ..interface import Interface, interface_of, path_of
from ..s3 import responses as s3_responses

# What every response of an interface has. For metadata queries nothing is documented.
COMMON_HEADERS = {Interface.MAPI: responses.ALWAYS, Interface.S3: s3_responses.ALWAYS}


class FaultMatch(BaseModel):
    """Which requests a fault applies to. A field that is not set matches every request."""

    model_config = ConfigDict(extra="forbid")

    interface: Interface | None = None
    method: str | None = None
    # A glob over the path (of MAPI: behind /mapi), or a regular expression when it starts with "^".
    path: str | None = None
    host: str | None = None
    # The first matching request that is hit (from 1), and how many from there; null for all.
    nth: Annotated[int, Field(ge=1)] = 1
    times: Annotated[int, Field(ge=1)] | None = 1
    # Whether ``nth`` and ``times`` count for each path separately.
    per_path: bool = False

    @model_validator(mode="after")
    def _compiles(self) -> FaultMatch:
        if self.path and self.path.startswith("^"):
            try:
                re.compile(self.path)
            except re.error as error:
                raise ValueError(f"path is not a regular expression: {error}") from None
        return self

    def matches(self, interface: Interface, method: str, path: str, host: str) -> bool:
        if self.interface is not None and self.interface is not interface:
            return False
        if self.method is not None and self.method.upper() != method:
            return False
        if self.host is not None and not fnmatch.fnmatch(
            host.partition(":")[0].lower(), self.host.lower()
        ):
            return False
        if self.path is None:
            return True
        if self.path.startswith("^"):
            return re.search(self.path, path) is not None
        return fnmatch.fnmatchcase(path, self.path)


class FaultAction(BaseModel):
    """What happens instead of the request, before it or after it."""

    model_config = ConfigDict(extra="forbid")

    delay: Annotated[float, Field(ge=0, le=3600)] = 0
    status: Annotated[int, Field(ge=100, le=599)] | None = None
    headers: dict[str, str] = {}
    body: str = ""
    # With a status: whose response it is. Only HCP's has the headers that HCP always sends.
    origin: Literal["hcp", "proxy"] = "hcp"
    cut: Literal["before", "after"] | None = None
    hold: Literal["before", "after"] | None = None
    truncate: bool = False
    # Seconds between two bytes of the response.
    drip: Annotated[float, Field(gt=0, le=60)] | None = None
    # With cut or truncate: whether the connection is reset instead of closed.
    reset: bool = False
    # With a status: whether the request is performed nevertheless.
    carry_out: bool = False

    @model_validator(mode="after")
    def _says_one_thing(self) -> FaultAction:
        chosen = [self.status, self.cut, self.hold, self.truncate or None, self.drip]
        count = sum(each is not None for each in chosen)
        if count > 1:
            raise ValueError("only one of status, cut, hold, truncate and drip can be used")
        if not count and not self.delay and not self.headers:
            raise ValueError(
                "one of status, cut, hold, truncate, drip, headers and delay is needed"
            )
        if self.reset and not (self.cut or self.truncate):
            raise ValueError("reset goes with cut or truncate")
        return self


class Fault(BaseModel):
    model_config = ConfigDict(extra="forbid")

    match: FaultMatch = FaultMatch()
    action: FaultAction


@dataclass
class InstalledFault:
    id: int
    fault: Fault
    # The number of requests that matched and that were hit, by path with ``per_path``.
    seen: Counter[str] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)

    def is_due(self, interface: Interface, method: str, path: str, host: str) -> bool:
        match = self.fault.match
        if not match.matches(interface, method, path, host):
            return False
        counter_key = self._counter_key(path)
        self.seen[counter_key] += 1
        due = self.seen[counter_key] >= match.nth and (
            match.times is None or self.hits[counter_key] < match.times
        )
        self.hits[counter_key] += due
        return due

    def uncount(self, path: str) -> None:
        """Undo the count of a hit, because another fault was applied."""
        self.hits[self._counter_key(path)] -= 1

    def _counter_key(self, path: str) -> str:
        return path if self.fault.match.per_path else ""

    def report(self) -> dict[str, Any]:
        counted = {"seen": self.seen.total(), "hits": self.hits.total()}
        return {"id": self.id, **self.fault.model_dump(), **counted}


@dataclass
class Faults:
    installed: list[InstalledFault] = field(default_factory=list)
    last_id: int = 0

    def add(self, fault: Fault) -> InstalledFault:
        self.last_id += 1
        self.installed.append(InstalledFault(self.last_id, fault))
        return self.installed[-1]

    def clear(self) -> None:
        self.installed.clear()

    def remove(self, fault_id: int) -> bool:
        left = [entry for entry in self.installed if entry.id != fault_id]
        result = len(left) != len(self.installed)
        self.installed = left
        return result

    def select(
        self, interface: Interface, method: str, path: str, host: str
    ) -> InstalledFault | None:
        """Return the first fault that is due. Every fault counts the requests that it matches."""
        due = [entry for entry in self.installed if entry.is_due(interface, method, path, host)]
        for other in due[1:]:
            other.uncount(path)
        return due[0] if due else None


@dataclass
class AppliedFault:
    """The fault that was applied to a request, for the journal."""

    fault: dict[str, Any] | None = None


async def _cut(scope: Scope, receive: Receive, action: FaultAction) -> None:
    """Close the connection without sending another byte."""
    transport = scope.get("extensions", {}).get("hcp_mock", {}).get("transport")
    if transport is not None:
        if action.reset:
            _reset_on_close(transport)
        transport.abort()
        await _wait_for_disconnect(receive)


def _reset_on_close(transport: asyncio.Transport) -> None:
    """Make the connection end with a TCP reset."""
    at_once = struct.pack("ii", 1, 0)
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)


async def _wait_for_disconnect(receive: Receive) -> None:
    """Wait until the client disconnects."""
    while (await receive())["type"] != "http.disconnect":
        pass


@dataclass
class Injector:
    """Pass requests to ``inner``, except those that a fault applies to."""

    inner: Any
    faults: Faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self.faults.installed:
            await self.inner(scope, receive, send)
            return
        host = header_map(scope).get("host", "")
        entry = self.faults.select(interface_of(scope), scope["method"], path_of(scope), host)
        if entry is None:
            await self.inner(scope, receive, send)
            return
        action = entry.fault.action
        scope["hcp_mock.hit"].fault = {"id": entry.id, **action.model_dump(exclude_defaults=True)}
        if action.delay:
            await asyncio.sleep(action.delay)
        await self._apply(action, scope, receive, send)

    async def _apply(self, action: FaultAction, scope: Scope, receive: Receive, send: Send) -> None:
        if "after" in (action.cut, action.hold):
            await self.inner(scope, receive, _discard)
        if action.cut:
            await _cut(scope, receive, action)
        elif action.hold:
            await _wait_for_disconnect(receive)
        elif action.truncate:
            await self._send_truncated(scope, receive, send, action)
        elif action.drip:
            await self._send_slowly(scope, receive, send, action.drip)
        elif action.status is not None:
            if action.carry_out:
                await self.inner(scope, receive, _discard)
            else:
                await _drain_body(receive)
            await _send_response(action, action.status, send, interface_of(scope))
        else:
            await self.inner(scope, receive, _with_headers(send, action.headers))

    async def _send_truncated(
        self, scope: Scope, receive: Receive, send: Send, action: FaultAction
    ) -> None:
        """Announce the whole length, send half of the body, then end the connection."""
        start, content = await self._collect_response(scope, receive)
        if not content:
            # There is no body to truncate: announce more than is sent.
            _set_content_length(start, 64)
        await send(start)
        await send(
            {"type": "http.response.body", "body": content[: len(content) // 2], "more_body": True}
        )
        transport = scope.get("extensions", {}).get("hcp_mock", {}).get("transport")
        if transport is not None:
            if action.reset:
                _reset_on_close(transport)
                transport.abort()
            transport.close()
            await _wait_for_disconnect(receive)

    async def _send_slowly(self, scope: Scope, receive: Receive, send: Send, pause: float) -> None:
        """Send the body one byte at a time; an empty body is replaced by blanks."""
        start, content = await self._collect_response(scope, receive)
        content = content or b" " * 64
        _set_content_length(start, len(content))
        await send(start)
        leaving = asyncio.ensure_future(_wait_for_disconnect(receive))
        for number in range(len(content)):
            await asyncio.wait([leaving], timeout=pause)
            if leaving.done():
                return
            body, more = content[number : number + 1], number + 1 < len(content)
            await send({"type": "http.response.body", "body": body, "more_body": more})
        leaving.cancel()

    async def _collect_response(self, scope: Scope, receive: Receive) -> tuple[Any, bytes]:
        """Perform the request and return the start and the body of its response."""
        messages: list[Any] = []

        async def collect(message: Any) -> None:
            messages.append(message)

        await self.inner(scope, receive, collect)
        return messages[0], b"".join(message.get("body", b"") for message in messages[1:])


def _set_content_length(start: Any, length: int) -> None:
    """Replace the Content-Length of a response."""
    headers_left = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
    start["headers"] = [*headers_left, (b"Content-Length", str(length).encode("ascii"))]


def _with_headers(send: Send, headers: dict[str, str]) -> Send:
    """Replace headers of the responses that are sent."""
    if not headers:
        return send
    others = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    names = {name.lower() for name, _value in others}

    async def send_with_headers(message: Any) -> None:
        if message["type"] == "http.response.start":
            headers_left = [pair for pair in message["headers"] if pair[0].lower() not in names]
            message = {**message, "headers": [*headers_left, *others]}
        await send(message)

    return send_with_headers


async def _discard(message: Any) -> None:
    """Drop a message of a response."""


async def _drain_body(receive: Receive) -> None:
    """Read the body first: clients do not read a response while they still write."""
    while (message := await receive())["type"] != "http.disconnect":
        if not message.get("more_body"):
            return


async def _send_response(
    action: FaultAction, status: int, send: Send, interface: Interface
) -> None:
    body = action.body.encode("utf-8")
    own = {name.lower() for name in action.headers}
    common = COMMON_HEADERS.get(interface, ()) if action.origin == "hcp" else ()
    pairs = [
        *(pair for pair in common if pair[0].lower() not in own),
        *action.headers.items(),
        ("Content-Length", str(len(body))),
    ]
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in pairs]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
