"""A TLS server between clients and a mock HCP, which interferes with chosen requests.

It terminates TLS, sends each request to the mock over a connection of its own, and passes the
response on, unless an interference says otherwise. It records whether it passed a request on.
"""

from __future__ import annotations

import itertools
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import trustme

RESET_AT_ONCE = struct.pack("ii", 1, 0)
# Seconds. A client that waits for more ends the connection itself.
LONGEST_SILENCE = 60


class End(Enum):
    """How the middlebox ends a connection."""

    # With and without the closure alert of TLS, with a TCP reset, and not at all.
    CLOSE = "close"
    CUT = "cut"
    RESET = "reset"
    SILENCE = "silence"


@dataclass(frozen=True)
class Pause:
    """A pause between parts of a response."""

    seconds: float


@dataclass(frozen=True)
class Raw:
    """Bytes below TLS: no valid record."""

    data: bytes


Part = bytes | End | Pause | Raw


@dataclass(frozen=True)
class Exchange:
    """A request with HCP's response; empty if the request was not passed on.

    :ivar last: the previous response on the same connection
    """

    method: str
    path: str
    response: bytes
    last: bytes = b""

    @property
    def head(self) -> bytes:
        return self.response.partition(b"\r\n\r\n")[0]

    @property
    def body(self) -> bytes:
        return self.response.partition(b"\r\n\r\n")[2]


@dataclass(frozen=True)
class Interference:
    """What happens instead of passing a response on.

    :ivar place: the place in the life of a request
    :ivar event: what happens there
    :ivar respond: returns what to send instead of HCP's response
    :ivar passes_on: whether the request reaches HCP
    :ivar on_connection: what to do with a connection before TLS; no request comes then
    :ivar is_silent: whether the client can only wait for its timeout
    :ivar spoils_content: whether a complete response of HCP has other content than HCP sent
    """

    place: str
    event: str
    respond: Callable[[Exchange], Iterable[Part]] = lambda exchange: [exchange.response]
    passes_on: bool = True
    on_connection: Iterable[Part] | None = None
    is_silent: bool = False
    spoils_content: bool = False

    @property
    def name(self) -> str:
        return f"{self.place}: {self.event}"

    @property
    def is_timed(self) -> bool:
        """Whether the outcome may depend on what comes first."""
        return self.is_silent or self.place in ("closing", "next use")


@dataclass
class Seen:
    """A request that came, and what became of it."""

    method: str
    path: str
    hit: bool
    passed_on: bool


@dataclass
class Rule:
    """Which requests of a lane an interference hits; ``matches`` gets their method and path."""

    lane: int
    interference: Interference
    matches: Callable[[str, str], bool]


class _Upstream:
    """Connections to the mock."""

    def __init__(self) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._context.check_hostname = False
        self._context.verify_mode = ssl.CERT_NONE
        self._idle: dict[int, list[ssl.SSLSocket]] = {}

    def ask(self, port: int, method: str, request: bytes) -> bytes:
        """Send a request to the mock; return its response with a Content-Length."""
        idle = self._idle.setdefault(port, [])
        connection = idle.pop() if idle else self._connect(port)
        connection.sendall(request)
        response = HTTPResponse(connection, method=method)
        response.begin()
        content = _as_bytes(response, method, response.read())
        if response.will_close:
            connection.close()
        else:
            idle.append(connection)
        return content

    def _connect(self, port: int) -> ssl.SSLSocket:
        plain = socket.create_connection(("127.0.0.1", port))
        return self._context.wrap_socket(plain, server_hostname="middlebox.example")

    def close(self) -> None:
        for connection in itertools.chain.from_iterable(self._idle.values()):
            connection.close()


@dataclass
class Middlebox:
    """The server. It has several lanes, so that tasks at the same time do not meet.

    :ivar ports: lane and port of the mock → port of the middlebox
    """

    context: ssl.SSLContext
    ca_path: str
    ports: dict[tuple[int, int], int] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    rules: dict[int, Rule] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _upstream: _Upstream = field(default_factory=_Upstream)

    def close(self) -> None:
        """Close the connections to the mock."""
        self._upstream.close()

    def interfere(self, *rules: Rule) -> None:
        """Replace the rules, and forget what was seen."""
        with self._lock:
            self.rules, self.seen = {rule.lane: rule for rule in rules}, []

    def serve(self, server: socket.socket, lane: int, target: int) -> None:
        """Accept connections until the server is closed."""
        while True:
            try:
                connection, _address = server.accept()
            except OSError:
                return
            threading.Thread(
                target=self._connection, args=(connection, lane, target), daemon=True
            ).start()

    def _connection(self, connection: socket.socket, lane: int, target: int) -> None:
        with connection, suppress(OSError, ValueError):
            rule = self.rules.get(lane)
            if rule and rule.interference.on_connection is not None:
                _send(connection, rule.interference.on_connection)
                return
            with self.context.wrap_socket(connection, server_side=True) as tls:
                self._requests(tls, lane, target)

    def _requests(self, tls: ssl.SSLSocket, lane: int, target: int) -> None:
        last = b""
        stream = tls.makefile("rb")
        while request := _read_request(stream):
            method, path, content = request
            rule = self.rules.get(lane)
            hit = rule.interference if rule and rule.matches(method, path) else None
            passed_on = hit is None or hit.passes_on
            with self._lock:
                self.seen.append(Seen(method, path, hit is not None, passed_on))
            response = self._upstream.ask(target, method, content) if passed_on else b""
            exchange = Exchange(method, path, response, last)
            if not _send(tls, hit.respond(exchange) if hit else [response]):
                return
            last = response or last


def _read_request(stream: Any) -> tuple[str, str, bytes] | None:
    """Read a whole request; return its method, its path and its bytes."""
    lines = []
    length = 0
    for line in iter(stream.readline, b""):
        lines.append(line)
        name, _colon, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
        if not line.strip():
            break
    if not lines:
        return None
    method, path = lines[0].split()[:2]
    return method.decode(), path.decode(), b"".join(lines) + stream.read(length)


def _as_bytes(response: HTTPResponse, method: str, body: bytes) -> bytes:
    lines = [f"HTTP/1.1 {response.status} {response.reason}"]
    framing = ("transfer-encoding", "content-length", "connection")
    lines += [
        f"{name}: {value}" for name, value in response.getheaders() if name.lower() not in framing
    ]
    length = response.getheader("Content-Length") if method == "HEAD" else str(len(body))
    lines += [f"Content-Length: {length or 0}", "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def _send(connection: socket.socket, parts: Iterable[Part]) -> bool:
    """Send parts of a response. Return whether the connection goes on."""
    for part in parts:
        if isinstance(part, bytes):
            connection.sendall(part)
        elif isinstance(part, Pause):
            time.sleep(part.seconds)
        elif isinstance(part, Raw):
            # Not through the method of ssl.SSLSocket.
            socket.socket.sendall(connection, part.data)
        else:
            _end(connection, part)
            return False
    return True


def _end(connection: socket.socket, end: End) -> None:
    if end is End.RESET:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_ONCE)
    elif end is End.SILENCE:
        connection.settimeout(LONGEST_SILENCE)
        while connection.recv(65536):
            pass
    elif end is End.CLOSE and isinstance(connection, ssl.SSLSocket):
        connection.setblocking(False)
        with suppress(OSError):
            connection.unwrap()


@contextmanager
def middlebox(folder: Path, domain: str, targets: Sequence[int], lanes: int) -> Iterator[Middlebox]:
    """Run a middlebox in front of some ports of a mock HCP."""
    authority = trustme.CA()
    ca_path = folder / "middlebox.pem"
    authority.cert_pem.write_to_path(str(ca_path))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(f"*.{domain}", f"*.research.{domain}").configure_cert(context)
    box = Middlebox(context, str(ca_path))
    servers = []
    for lane, target in itertools.product(range(lanes), targets):
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)
        box.ports[lane, target] = server.getsockname()[1]
        threading.Thread(target=box.serve, args=(server, lane, target), daemon=True).start()
    try:
        yield box
    finally:
        for server in servers:
            # Wakes the thread up, for which closing alone is not enough.
            server.shutdown(socket.SHUT_RDWR)
            server.close()
        box.close()
