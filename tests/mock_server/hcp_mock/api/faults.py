"""Faults on demand: chosen requests get another answer, a late one, half of one or none."""

from __future__ import annotations

import asyncio
import fnmatch
import re
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .door import Door, door_of, path_of
from .mapi import Receive, Scope, Send, header_map


class Matching(BaseModel):
    """Which requests a fault is for; what is not given matches everything."""

    model_config = ConfigDict(extra="forbid")

    door: Door | None = None
    method: str | None = None
    # A glob over the path (of MAPI: behind /mapi), or a regular expression when it starts with "^".
    path: str | None = None
    host: str | None = None
    # The first matching request that is hit (1-based), and how many from there; null for all.
    nth: Annotated[int, Field(ge=1)] = 1
    times: Annotated[int, Field(ge=1)] | None = 1

    @model_validator(mode="after")
    def _compiles(self) -> Matching:
        if self.path and self.path.startswith("^"):
            try:
                re.compile(self.path)
            except re.error as error:
                raise ValueError(f"path is not a regular expression: {error}") from None
        return self

    def fits(self, door: Door, method: str, path: str, host: str) -> bool:
        if self.door is not None and self.door is not door:
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


class Action(BaseModel):
    """What happens instead of, before or after carrying the request out."""

    model_config = ConfigDict(extra="forbid")

    delay: Annotated[float, Field(ge=0, le=3600)] = 0
    status: Annotated[int, Field(ge=100, le=599)] | None = None
    headers: dict[str, str] = {}
    body: str = ""
    cut: Literal["before", "after"] | None = None
    hold: Literal["before", "after"] | None = None
    truncate: bool = False
    # With a status: whether the request is carried out all the same.
    carry_out: bool = False

    @model_validator(mode="after")
    def _says_one_thing(self) -> Action:
        chosen = [self.status, self.cut, self.hold, self.truncate or None]
        count = sum(each is not None for each in chosen)
        if count > 1:
            raise ValueError("only one of status, cut, hold and truncate can be used")
        if not count and not self.delay:
            raise ValueError("one of status, cut, hold, truncate and delay is needed")
        return self


class Fault(BaseModel):
    model_config = ConfigDict(extra="forbid")

    match: Matching = Matching()
    action: Action


@dataclass
class Installed:
    id: int
    fault: Fault
    seen: int = 0
    hits: int = 0

    def takes(self, door: Door, method: str, path: str, host: str) -> bool:
        match = self.fault.match
        if not match.fits(door, method, path, host):
            return False
        self.seen += 1
        due = self.seen >= match.nth and (match.times is None or self.hits < match.times)
        self.hits += due
        return due

    def report(self) -> dict[str, Any]:
        return {"id": self.id, **self.fault.model_dump(), "seen": self.seen, "hits": self.hits}


@dataclass
class Faults:
    installed: list[Installed] = field(default_factory=list)
    last_id: int = 0

    def add(self, fault: Fault) -> Installed:
        self.last_id += 1
        self.installed.append(Installed(self.last_id, fault))
        return self.installed[-1]

    def clear(self) -> None:
        self.installed.clear()

    def remove(self, fault_id: int) -> bool:
        left = [entry for entry in self.installed if entry.id != fault_id]
        found = len(left) != len(self.installed)
        self.installed = left
        return found

    def pick(self, door: Door, method: str, path: str, host: str) -> Installed | None:
        """The first fault that is due; every fault counts the requests that fit it."""
        due = [entry for entry in self.installed if entry.takes(door, method, path, host)]
        for other in due[1:]:
            other.hits -= 1
        return due[0] if due else None


@dataclass
class Hit:
    """Tells the journal which fault was applied."""

    fault: dict[str, Any] | None = None


async def _cut(scope: Scope, receive: Receive) -> None:
    """Close the connection without another byte."""
    transport = scope.get("extensions", {}).get("hcp_mock", {}).get("transport")
    if transport is not None:
        transport.abort()
        await _gone(receive)


async def _gone(receive: Receive) -> None:
    """Wait until the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


@dataclass
class Injector:
    """Lets requests through to ``inner``, apart from those a fault is due for."""

    inner: Any
    faults: Faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self.faults.installed:
            await self.inner(scope, receive, send)
            return
        host = header_map(scope).get("host", "")
        entry = self.faults.pick(door_of(scope), scope["method"], path_of(scope), host)
        if entry is None:
            await self.inner(scope, receive, send)
            return
        action = entry.fault.action
        scope["hcp_mock.hit"].fault = {"id": entry.id, **action.model_dump(exclude_defaults=True)}
        if action.delay:
            await asyncio.sleep(action.delay)
        if "after" in (action.cut, action.hold):
            await self.inner(scope, receive, _nowhere)
        if action.cut:
            await _cut(scope, receive)
        elif action.hold:
            await _gone(receive)
        elif action.truncate:
            await self._truncated(scope, receive, send)
        elif action.status is not None:
            if action.carry_out:
                await self.inner(scope, receive, _nowhere)
            else:
                await _drained(receive)
            await _answer(action, action.status, send)
        else:
            await self.inner(scope, receive, send)

    async def _truncated(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The whole length is promised, half of the body is sent, then the connection ends."""
        messages: list[Any] = []

        async def collect(message: Any) -> None:
            messages.append(message)

        await self.inner(scope, receive, collect)
        start, content = messages[0], b"".join(message.get("body", b"") for message in messages[1:])
        if not content:
            # There is nothing to cut in half: more is promised than there is.
            start["headers"] = [
                pair for pair in start["headers"] if pair[0].lower() != b"content-length"
            ]
            start["headers"].append((b"Content-Length", b"64"))
        await send(start)
        await send(
            {"type": "http.response.body", "body": content[: len(content) // 2], "more_body": True}
        )
        transport = scope.get("extensions", {}).get("hcp_mock", {}).get("transport")
        if transport is not None:
            transport.close()
            await _gone(receive)


async def _nowhere(message: Any) -> None:
    """An answer that nobody gets."""


async def _drained(receive: Receive) -> None:
    """The body goes by first: clients do not hear an answer while they still write."""
    while (message := await receive())["type"] != "http.disconnect":
        if not message.get("more_body"):
            return


async def _answer(action: Action, status: int, send: Send) -> None:
    body = action.body.encode("utf-8")
    pairs = [*action.headers.items(), ("Content-Length", str(len(body)))]
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in pairs]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
