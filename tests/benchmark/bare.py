"""What the mock is measured against: a FastAPI application that does nothing but answer.

    python -m benchmark.bare BODY READY_FILE

It is served as the mock is: same configuration of Uvicorn, same certificates, same protocol.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.responses import Response
from uvicorn.protocols.http.h11_impl import H11Protocol

from hcp_mock.server import MockServer, configured, listen, write_ready_file
from hcp_mock.tls import Certificates

from .wire import DOMAIN


def application(body: dict[str, Any]) -> FastAPI:
    """Answers reads with ``body``, and writes with nothing."""
    app = FastAPI(openapi_url=None)

    @app.get("/mapi/tenants/{tenant}/namespaces/{namespace}")
    async def read(tenant: str, namespace: str) -> dict[str, Any]:
        return body

    @app.post("/mapi/tenants/{tenant}/namespaces/{namespace}")
    async def modify(tenant: str, namespace: str, settings: dict[str, Any]) -> Response:
        return Response()

    return app


async def serve(app: FastAPI, ready_file: Path) -> None:
    certificates = Certificates(DOMAIN, ready_file.parent)
    with listen("127.0.0.1", 0) as bound:
        server = MockServer(configured(app, H11Protocol, certificates))
        serving = asyncio.create_task(server.serve(sockets=[bound]))
        await server.ready.wait()
        facts = {"port": bound.getsockname()[1], "ca": str(certificates.ca_file)}
        write_ready_file(ready_file, facts)
        await serving


def main() -> None:
    body, ready_file = (Path(given) for given in sys.argv[1:])
    asyncio.run(serve(application(json.loads(body.read_text())), ready_file))


if __name__ == "__main__":
    main()
