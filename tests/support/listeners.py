"""Ports that behave badly, or that lead to a mock HCP for a while and behave badly then."""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
import ssl
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trustme

# What a port does with a connection once it leads to the mock no more.
REFUSES, IS_SILENT, IS_PLAIN = "refuses", "is silent", "is plain"
EXPIRED, WRONG_NAME = "expired", "wrong name"

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True)
class Certificates:
    """Certificates of an authority that clients are told to trust, and that one's file."""

    ca_path: str
    contexts: dict[str, ssl.SSLContext]

    @classmethod
    def issue(cls, folder: Path, name: str) -> Certificates:
        """Make them; ``name`` is the host name, with a wildcard if need be."""
        authority = trustme.CA()
        path = folder / "listeners.pem"
        authority.cert_pem.write_to_path(str(path))
        yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
        issued = {
            EXPIRED: authority.issue_cert(name, not_after=yesterday),
            WRONG_NAME: authority.issue_cert("elsewhere.example"),
        }
        contexts = {}
        for kind, certificate in issued.items():
            contexts[kind] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            certificate.configure_cert(contexts[kind])
        return cls(str(path), contexts)


class Listeners:
    """Ports of this host, served by a thread of their own."""

    def __init__(self, certificates: Certificates) -> None:
        self.certificates = certificates
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._servers: list[asyncio.Server] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._kept: list[socket.socket] = []

    def open(
        self,
        behaviour: str,
        target: int = 0,
        lives: int | None = 0,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> int:
        """Open a port that leads to ``target`` for ``lives`` connections; for all if ``None``."""
        return int(self._wait(self._open(behaviour, target, lives, host, port)))

    def stop(self) -> None:
        """Close all of them."""
        self._wait(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        for each in self._kept:
            each.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _open(
        self, behaviour: str, target: int, lives: int | None, host: str, port: int
    ) -> int:
        left = lives
        server: asyncio.Server

        def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal left
            leads = left is None or left > 0
            left = None if left is None else left - 1
            if left == 0 and behaviour == REFUSES:
                self._refuse(server)
            work = _pipe((reader, writer), target) if leads else self._misbehave(behaviour, writer)
            task = self._loop.create_task(_quietly(work, writer))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        server = await asyncio.start_server(accept, host, port)
        number = int(server.sockets[0].getsockname()[1])
        self._servers.append(server)
        if lives == 0 and behaviour == REFUSES:
            self._refuse(server)
        return number

    def _refuse(self, server: asyncio.Server) -> None:
        """Let nobody in any more, but keep the port, so that nobody else gets it."""
        place = server.sockets[0].getsockname()
        server.close()
        kept = socket.socket()
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        kept.bind(place)
        self._kept.append(kept)

    async def _misbehave(self, behaviour: str, writer: asyncio.StreamWriter) -> None:
        if behaviour == IS_SILENT:
            await asyncio.sleep(3600)
        elif behaviour == IS_PLAIN:
            writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
        elif behaviour in self.certificates.contexts:
            await writer.start_tls(self.certificates.contexts[behaviour])


async def _quietly(work: Coroutine[Any, Any, None], writer: asyncio.StreamWriter) -> None:
    try:
        with suppress(OSError, asyncio.IncompleteReadError):
            await work
    finally:
        writer.close()


async def _pipe(near: Streams, port: int) -> None:
    far = await asyncio.open_connection("127.0.0.1", port)
    ways = [(near[0], far[1]), (far[0], near[1])]
    tasks = [asyncio.ensure_future(_copy(reader, writer)) for reader, writer in ways]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        far[1].close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()


@contextmanager
def listening(folder: Path, name: str) -> Iterator[Listeners]:
    """Ports for as long as it takes."""
    listeners = Listeners(Certificates.issue(folder, name))
    yield listeners
    listeners.stop()
