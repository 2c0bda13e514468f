"""The gateway's endpoint: one request through place, signature, operation and handler."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from ...errors import HcpError
from ...services.s3.authentication import Verified
from ...services.s3.callers import ANONYMOUS
from ...services.s3.container import S3Services
from ...services.s3.errors import S3Error
from ...services.s3.request import Asked, Headers, Query
from ..asgi import Receive, Scope, Send, raw_path
from . import cors
from .answers import Answer, failure
from .body import Body, Gone
from .call import Call
from .operations import LISTS, PREFLIGHT, choose

LARGE = 16 * 1024**2


def read_request(scope: Scope) -> Asked:
    client = scope.get("client")
    pairs = [(n.decode("latin-1").lower(), v.decode("latin-1")) for n, v in scope["headers"]]
    return Asked(
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
        asked = read_request(scope)
        body = self._body(asked, receive, Verified(ANONYMOUS))
        try:
            answer = await self._answer(scope, asked, body)
            await _let_go(body)
        except Gone:
            return
        if not body.finished:
            answer.headers.append(("Connection", "close"))
        await _send(asked, answer, send)

    def _body(self, asked: Asked, receive: Receive, verified: Verified) -> Body:
        rules = self.services.world.rules
        return Body(asked, receive, verified, rules.trailing_checksums)

    async def _answer(self, scope: Scope, asked: Asked, body: Body) -> Answer:
        pretty = asked.headers.text("x-hcp-pretty-print").strip().lower() == "true"
        try:
            return await self._perform(scope, asked, body)
        except S3Error as error:
            return failure(error, pretty)
        except HcpError as error:
            return failure(S3Error("InvalidRequest", error.message or None), pretty)

    async def _perform(self, scope: Scope, asked: Asked, body: Body) -> Answer:
        services = self.services
        place = services.place(asked)
        tenant = services.tenant(place)
        call = Call(services, asked, place, tenant, body.verified, body)
        if asked.method == "OPTIONS" and place.bucket is not None:
            scope["hcp_mock.operation"] = PREFLIGHT
            return cors.preflight(call)
        operation = choose(asked, place)
        scope["hcp_mock.operation"] = operation.name
        if not operation.form or "authorization" in asked.headers:
            body.verified = call.verified = services.verify(asked, place, tenant)
        answer = await operation.handler(call)
        if operation.name in LISTS:
            usage = call.bucket.namespace.usage
            usage.listed(services.clock.now(), len(answer.body))
        answer.headers += cors.response_headers(call)
        return answer


async def _let_go(body: Body) -> None:
    """Let the rest of the body come, so that the client hears the answer and stays connected.

    Only a large one is not asked for, if the client waits for 100 Continue before it sends it.
    """
    waiting = "100-continue" in body.asked.headers.text("expect").lower()
    length = body.asked.headers.text("content-length")
    large = len(length) > 12 or int(length if length.isdecimal() else 0) > LARGE
    if not body.finished and not (waiting and large and not body.started):
        await body.drain()


def _gzipped(asked: Asked, answer: Answer) -> Iterator[bytes] | None:
    """HCP compresses what it sends to clients that take gzip, objects too."""
    offered = {
        word.partition(";")[0].strip().lower()
        for value in asked.headers.every("accept-encoding")
        for word in value.split(",")
    }
    chosen = any(name.lower() == "content-encoding" for name, _unused in answer.headers)
    content = answer.stream if answer.stream is not None else iter((answer.body,))
    if "gzip" not in offered or answer.status != 200 or chosen or asked.method == "HEAD":
        return None
    if answer.stream is None and not answer.body:
        return None
    return _compressed(content)


def _compressed(content: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(1, wbits=31)
    for piece in content:
        packed = packer.compress(piece)
        if packed:
            yield packed
    yield packer.flush()


async def _send(asked: Asked, answer: Answer, send: Send) -> None:
    stream = _gzipped(asked, answer)
    headers = answer.all_headers()
    if stream is not None:
        headers.append(("Content-Encoding", "gzip"))
    else:
        stream = answer.stream if answer.stream is not None else iter((answer.body,))
        length = len(answer.body) if answer.length is None else answer.length
        if answer.status not in (204, 304):
            headers.append(("Content-Length", str(length)))
    raw = [(n.encode("latin-1"), _header_value(v)) for n, v in headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    if asked.method != "HEAD":
        for piece in stream:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def _header_value(text: str) -> bytes:
    """Header values as bytes, without what would end the header."""
    return text.replace("\r", " ").replace("\n", " ").encode("latin-1", "replace").strip()
