"""As much of StorageGRID's tenant API as an unchanged task of its container module asks for."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme

from .wire import Place


@contextmanager
def serve(folder: Path, containers: Sequence[str]) -> Iterator[Place]:
    """A server on this machine which has these containers."""
    found = [{"name": name, "region": "us-east-1"} for name in containers]
    answers: dict[str, Any] = {
        "/api/v3/org/config/product-version": {"productVersion": "11.9.0"},
        "/api/v4/org/containers": found,
    }

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            data = answers.get(self.path.partition("?")[0])
            body = json.dumps({"status": "success", "data": data}).encode()
            self.send_response(404 if data is None else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Nothing: nobody reads it."""

    authority = trustme.CA()
    ca = folder / "storagegrid.pem"
    authority.cert_pem.write_to_path(ca)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}).start()
        try:
            yield Place("127.0.0.1", server.server_address[1], str(ca))
        finally:
            server.shutdown()
