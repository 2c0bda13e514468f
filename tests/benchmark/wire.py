"""The client of the benchmarks: HTTP/1.1 over TLS with as little work of its own as possible."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

SECONDS = 60


class WireError(Exception):
    """The answer is not the one that is measured."""


@dataclass(frozen=True)
class Account:
    username: str
    password: str

    @property
    def token(self) -> str:
        """The value of the Authorization header."""
        name = base64.b64encode(self.username.encode()).decode()
        digest = hashlib.md5(self.password.encode(), usedforsecurity=False).hexdigest()
        return f"HCP {name}:{digest}"


DOMAIN = "hcp.example.com"
TENANT = "bench"
HOST = f"{TENANT}.{DOMAIN}"
ADMIN = Account("bench-admin", "Bench-Admin-1")


@dataclass(frozen=True)
class Place:
    """Where a server listens, and whose certificate it has."""

    host: str
    port: int
    ca: str

    def connect(self) -> Connection:
        """A connection to what says it is the tenant."""
        context = ssl.create_default_context(cafile=self.ca)
        plain = socket.create_connection((self.host, self.port), timeout=SECONDS)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return Connection(context.wrap_socket(plain, server_hostname=HOST))


@dataclass(frozen=True)
class Request:
    """A request of the tenant's administrator, as the modules of the collection send it."""

    method: str
    path: str
    body: Any = None

    @property
    def headers(self) -> dict[str, str]:
        headers = {
            "Host": HOST,
            "Authorization": ADMIN.token,
            "Accept": "application/json",
        }
        return headers if self.body is None else {**headers, "Content-Type": "application/json"}

    @property
    def content(self) -> bytes:
        return b"" if self.body is None else json.dumps(self.body).encode()

    @property
    def raw(self) -> bytes:
        lines = [f"{self.method} {self.path} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.body is not None:
            lines.append(f"Content-Length: {len(self.content)}")
        return "\r\n".join([*lines, "", ""]).encode() + self.content


@dataclass
class Connection:
    """One connection, over which one request after the other goes."""

    stream: ssl.SSLSocket
    _rest: bytes = field(default=b"", init=False)

    def ask(self, raw: bytes) -> tuple[int, bytes]:
        """The status and the body that come back for a request."""
        self.stream.sendall(raw)
        head, _mark, rest = self._until(b"\r\n\r\n")
        status = int(head[9:12])
        length = 0
        for line in head.split(b"\r\n")[1:]:
            name, _colon, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        while len(rest) < length:
            rest += self._more()
        self._rest = rest[length:]
        return status, rest[:length]

    def _until(self, mark: bytes) -> tuple[bytes, bytes, bytes]:
        seen = self._rest
        while mark not in seen:
            seen += self._more()
        return seen.partition(mark)

    def _more(self) -> bytes:
        found = self.stream.recv(65536)
        if not found:
            raise WireError("The server closed the connection in the middle of an answer.")
        return found

    def close(self) -> None:
        self.stream.close()


def ask(place: Place, request: Request, expected: int = 200) -> bytes:
    """The body that comes back for one request over a connection of its own."""
    connection = place.connect()
    try:
        status, body = connection.ask(request.raw)
    finally:
        connection.close()
    if status != expected:
        raise WireError(f"{request.method} {request.path} was answered {status}, not {expected}.")
    return body


def rate(place: Place, requests: Sequence[Request], connections: int, each: int) -> float:
    """Requests per second of ``connections`` at once, over each of which ``each`` requests go.

    The connections are there, and each has carried a request, before the clock starts.
    """
    raw = [request.raw for request in requests]
    ready = threading.Barrier(connections + 1)
    drivers = [_Driver(place.connect(), raw, each, ready) for _unused in range(connections)]
    for driver in drivers:
        driver.start()
    started = time.perf_counter()
    with contextlib.suppress(threading.BrokenBarrierError):
        ready.wait(SECONDS)
        started = time.perf_counter()
    for driver in drivers:
        driver.join()
    seconds = time.perf_counter() - started
    problem = next((driver.problem for driver in drivers if driver.problem), None)
    if problem:
        raise WireError(f"{requests[0].method} {requests[0].path}: {problem}")
    return connections * each / seconds


class _Driver(threading.Thread):
    """Asks the same few requests over and over."""

    def __init__(
        self, connection: Connection, raw: list[bytes], each: int, ready: threading.Barrier
    ) -> None:
        super().__init__()
        self._connection, self._raw, self._each, self._ready = connection, raw, each, ready
        self.problem: str | None = None

    def run(self) -> None:
        try:
            self._ask(0)
            self._ready.wait(SECONDS)
            for number in range(self._each):
                self._ask(number)
        except threading.BrokenBarrierError:
            pass
        except (OSError, WireError) as error:
            self.problem = str(error)
            self._ready.abort()
        finally:
            self._connection.close()

    def _ask(self, number: int) -> None:
        status, _body = self._connection.ask(self._raw[number % len(self._raw)])
        if status != 200:
            raise WireError(f"answered {status}")
