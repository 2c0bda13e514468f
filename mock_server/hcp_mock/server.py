"""The server: TLS, the ready file and shutdown."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import logging
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from .api.app import create_mock
from .models.seeds.seed import Seed
from .settings import Settings
from .tls import Certificates

IDLE_SECONDS = 600  # MAPI reference: how long HCP keeps an idle connection
STOP_SECONDS = 0.2


def connection_protocol() -> type[H11Protocol]:
    """Return Uvicorn's protocol, extended by the number of the connection and its transport."""
    numbers = itertools.count(1)

    class CountedProtocol(H11Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            inner, extension = self.app, {"connection": next(numbers), "transport": transport}

            async def tagged(scope: Any, receive: Any, send: Any) -> None:
                scope.setdefault("extensions", {})["hcp_mock"] = extension
                await inner(scope, receive, send)

            self.app = tagged

        def shutdown(self) -> None:
            # An idle client does not answer the end of a TLS session: do not wait for it.
            cycle: RequestResponseCycle | None = self.cycle
            idle = cycle is None or cycle.response_complete
            super().shutdown()
            if idle:
                self.transport.abort()

    return CountedProtocol


class MockServer(uvicorn.Server):
    """A server that leaves signals to its caller and reports when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


def listen(host: str, port: int) -> socket.socket:
    """Return a bound socket, so that port 0 becomes a number before the server starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Naming the protocol matters: asyncio only switches Nagle's delay off for sockets that do.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    return bound


def write_ready_file(path: Path, facts: dict[str, Any]) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(facts) + "\n", encoding="utf-8")
    draft.replace(path)


def url_host(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def run(settings: Settings, seed: Seed | None) -> None:
    with contextlib.ExitStack() as stack:
        bound = stack.enter_context(listen(settings.listen, settings.port))
        data = stack.enter_context(listen(settings.listen, settings.chosen_data_port))
        directory = settings.tls_dir
        if directory is None:
            directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hcp-mock-")))
        certificates = Certificates(settings.domain, directory)
        mock = create_mock(settings, seed, certificates.ca_file)
        stack.callback(mock.spool.clear)
        port, data_port = bound.getsockname()[1], data.getsockname()[1]
        host = url_host(settings.listen)
        facts = {
            "host": settings.listen,
            "port": port,
            "url": f"https://{host}:{port}",
            "data_port": data_port,
            "data_url": f"https://{host}:{data_port}",
            "ca": str(certificates.ca_file.resolve()),
            "domain": settings.domain,
            "pid": os.getpid(),
        }

        def ready() -> None:
            if settings.ready_file is not None:
                write_ready_file(settings.ready_file, facts)
            addresses = f"{facts['url']} data {facts['data_url']} domain {facts['domain']}"
            sys.stdout.write(f"hcp-mock listens on {addresses} ca {facts['ca']}\n")
            sys.stdout.flush()

        protocol = connection_protocol()
        listeners = [
            (configured(app, protocol, certificates), listener)
            for app, listener in ((mock.mapi, bound), (mock.data, data))
        ]
        asyncio.run(_serve(listeners, ready))


def configured(app: Any, protocol: type[H11Protocol], certificates: Certificates) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=protocol,
        loop="asyncio",
        interface="asgi3",
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,  # type: ignore[arg-type]
        ssl_context_factory=lambda _config, _default: certificates.context(),
    )


async def _serve(
    listeners: list[tuple[uvicorn.Config, socket.socket]], ready: Callable[[], None]
) -> None:
    loop = asyncio.get_running_loop()
    servers = [(MockServer(config), listener) for config, listener in listeners]

    def stop() -> None:
        # Incomplete responses are aborted, which uvicorn would log as errors.
        logging.getLogger("uvicorn.error").disabled = True
        for server, _unused in servers:
            server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    async with asyncio.TaskGroup() as group:
        for server, listener in servers:
            group.create_task(server.serve(sockets=[listener]))
        for server, _unused in servers:
            await server.ready.wait()
        ready()
