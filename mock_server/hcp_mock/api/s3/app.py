"""The S3 application: target, signature, operation, handler."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from ...errors import HcpError
from ...services.s3.authentication import Verified
from ...services.s3.callers import ANONYMOUS
from ...services.s3.container import S3Services
from ...services.s3.errors import S3Error
from ...services.s3.request import Headers, Query, S3Request
from ..asgi import Receive, Scope, Send, raw_path
from . import cors
from .body import Body, ClientDisconnected
from .context import RequestContext
from .operations import LISTS, PREFLIGHT, select_operation
from .responses import Response, error_response

LARGE = 16 * 1024**2


def parse_request(scope: Scope) -> S3Request:
    client = scope.get("client")
    pairs = [(n.decode("latin-1").lower(), v.decode("latin-1")) for n, v in scope["headers"]]
    return S3Request(
        method=scope["method"],
        raw_path=raw_path(scope).decode("ascii", "replace"),
        query=Query(scope["query_string"].decode("ascii", "replace")),
        headers=Headers(pairs),
        address=client[0] if client else None,
        secure=scope["scheme"] == "https",
    )


@dataclass
class S3App:
    services: S3Services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = parse_request(scope)
        body = self._body(request, receive, Verified(ANONYMOUS))
        try:
            response = await self._respond(scope, request, body)
            await _drain_rest(body)
        except ClientDisconnected:
            return
        if not body.finished:
            response.headers.append(("Connection", "close"))
        await _send(request, response, send)

    def _body(self, request: S3Request, receive: Receive, verified: Verified) -> Body:
        rules = self.services.world.rules
        return Body(request, receive, verified, rules.trailing_checksums)

    async def _respond(self, scope: Scope, request: S3Request, body: Body) -> Response:
        pretty = request.headers.text("x-hcp-pretty-print").strip().lower() == "true"
        try:
            return await self._perform(scope, request, body)
        except S3Error as error:
            return error_response(error, pretty)
        except HcpError as error:
            return error_response(S3Error("InvalidRequest", error.message or None), pretty)

    async def _perform(self, scope: Scope, request: S3Request, body: Body) -> Response:
        services = self.services
        target = services.target(request)
        tenant = services.tenant(target)
        context = RequestContext(services, request, target, tenant, body.verified, body)
        if request.method == "OPTIONS" and target.bucket is not None:
            scope["hcp_mock.operation"] = PREFLIGHT
            return cors.preflight(context)
        operation = select_operation(request, target)
        scope["hcp_mock.operation"] = operation.name
        if not operation.form or "authorization" in request.headers:
            body.verified = context.verified = services.verify(request, target, tenant)
        response = await operation.handler(context)
        if operation.name in LISTS:
            usage = context.bucket.namespace.usage
            usage.record_list(services.clock.now(), len(response.body))
        response.headers += cors.response_headers(context)
        return response


async def _drain_rest(body: Body) -> None:
    """Read the rest of the body, so that the client reads the response and stays connected.

    A large body is not read if the client waits for 100 Continue before it sends it.
    """
    waiting = "100-continue" in body.request.headers.text("expect").lower()
    length = body.request.headers.text("content-length")
    large = len(length) > 12 or int(length if length.isdecimal() else 0) > LARGE
    if not body.finished and not (waiting and large and not body.started):
        await body.drain()


def _gzip_stream(request: S3Request, response: Response) -> Iterator[bytes] | None:
    """Compress the response for clients that accept gzip, as HCP does, objects included."""
    offered = {
        word.partition(";")[0].strip().lower()
        for value in request.headers.get_all("accept-encoding")
        for word in value.split(",")
    }
    chosen = any(name.lower() == "content-encoding" for name, _unused in response.headers)
    content = response.stream if response.stream is not None else iter((response.body,))
    if "gzip" not in offered or response.status != 200 or chosen or request.method == "HEAD":
        return None
    if response.stream is None and not response.body:
        return None
    return _compressed(content)


def _compressed(content: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(1, wbits=31)
    for piece in content:
        packed = packer.compress(piece)
        if packed:
            yield packed
    yield packer.flush()


async def _send(request: S3Request, response: Response, send: Send) -> None:
    stream = _gzip_stream(request, response)
    headers = response.all_headers()
    if stream is not None:
        headers.append(("Content-Encoding", "gzip"))
    else:
        stream = response.stream if response.stream is not None else iter((response.body,))
        length = len(response.body) if response.length is None else response.length
        if response.status not in (204, 304):
            headers.append(("Content-Length", str(length)))
    raw = [(n.encode("latin-1"), _header_value(v)) for n, v in headers]
    await send({"type": "http.response.start", "status": response.status, "headers": raw})
    if request.method != "HEAD":
        for piece in stream:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def _header_value(text: str) -> bytes:
    """Encode a header value; line breaks become blanks."""
    return text.replace("\r", " ").replace("\n", " ").encode("latin-1", "replace").strip()
