"""A server that gives every request the same answer, for answers that the mock HCP never gives."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import trustme


def _read(connection: socket.socket) -> None:
    """Take a whole request: where some of it is left, closing the connection breaks it."""
    with connection.makefile("rb") as stream:
        length = 0
        for line in iter(stream.readline, b""):
            name, _colon, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            if not line.strip():
                break
        stream.read(length)


@contextmanager
def constant_server(folder: Path, host: str, headers: dict[str, str], body: bytes) -> Iterator[Any]:
    """The options with which a module reaches such a server, on one port for everything."""
    authority = trustme.CA()
    certificates = folder / "answering.pem"
    authority.cert_pem.write_to_path(str(certificates))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    lines = ["HTTP/1.1 200 OK", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    answer = "\r\n".join([*lines, "", ""]).encode() + body

    def serve(server: socket.socket) -> None:
        while True:
            try:
                connection, _address = server.accept()
                with context.wrap_socket(connection, server_side=True) as secure:
                    _read(secure)
                    secure.sendall(answer)
            except OSError:
                if server.fileno() == -1:
                    return

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, args=(server,), daemon=True).start()
        port = server.getsockname()[1]
        yield {"port": port, "ca_path": str(certificates)}
        # Wakes the thread up, for which closing alone is not enough.
        server.shutdown(socket.SHUT_RDWR)
