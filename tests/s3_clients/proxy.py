"""An HTTP proxy that takes the place of DNS: it leads the names of the mocked system to the mock.

Every client knows proxies, and with one it keeps to the names and ports that its user gave it: it
connects to ``https://research.hcp.example.com`` and checks the certificate for that name.
"""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Self

CHUNK = 256 * 1024
LONGEST_REQUEST = 8192
PATIENCE = 120


class Tunnel(socketserver.BaseRequestHandler):
    """One connection of a client."""

    server: Proxy

    def handle(self) -> None:
        request = self._request()
        method, target = [*request.split(" "), "", ""][:2]
        host, _separator, port = target.rpartition(":")
        address = self.server.address(host, port) if method == "CONNECT" else None
        if address is None:
            self.server.refused.append(request)
            self.request.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            return
        with socket.create_connection(address, timeout=PATIENCE) as upstream:
            self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=carry, args=(upstream, self.request))
            back.start()
            carry(self.request, upstream)
            back.join()

    def _request(self) -> str:
        """The first line; a client sends nothing else before it has an answer."""
        self.request.settimeout(PATIENCE)
        head = b""
        while b"\r\n\r\n" not in head and len(head) < LONGEST_REQUEST:
            received = self.request.recv(LONGEST_REQUEST)
            if not received:
                break
            head += received
        return head.partition(b"\r\n")[0].decode("latin-1")


def carry(source: socket.socket, target: socket.socket) -> None:
    """Pass on what comes, until nothing more does."""
    with contextlib.suppress(OSError):
        while data := source.recv(CHUNK):
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


class Proxy(socketserver.ThreadingTCPServer):
    """Listens on this machine, and connects to no other."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, domain: str, ports: Mapping[str, int]) -> None:
        """``ports`` says where the mock listens for each port that clients use."""
        super().__init__(("127.0.0.1", 0), Tunnel)
        self.domain = domain
        self.ports = ports
        self.refused: list[str] = []

    @property
    def url(self) -> str:
        """What clients need to know."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def address(self, host: str, port: str) -> tuple[str, int] | None:
        """Where the mock listens, for a name and port of the mocked system."""
        if not host.lower().endswith(f".{self.domain}") or port not in self.ports:
            return None
        return "127.0.0.1", self.ports[port]

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.shutdown()
        self.server_close()
