"""The application of metadata queries. Query reference: URLs, request headers, status codes."""

from __future__ import annotations

import gzip
import re
import zlib
from dataclasses import dataclass
from urllib.parse import parse_qsl

from ...errors import AuthenticationFailed, HcpError, InvalidRequest, Refused
from ...models.query import OperationQuery, QueryRequest
from ...services.query.container import QueryServices
from ...services.query.errors import mixed_query
from ...services.query.queries import Result
from ...services.query.searchers import Searcher
from ..asgi import Receive, Scope, Send, header_map, raw_path
from ..credentials import parse_credentials
from ..decode import MALFORMED, parse_document
from ..media import JSON, XML, UnsupportedMedia
from ..responses import MethodNotAllowed, header_text
from .documents import write_result

PATH = "/query"
COOKIE = "hcp-ns-auth"
MAX_BODY = 8 * 1024
_FORMATS = (XML, JSON)
_PRESIGNED = re.compile(r"(?:^|&)(?:X-Amz-Algorithm|AWSAccessKeyId)=")


class NotAcceptable(HcpError):
    """The client accepts none of the formats or encodings."""


class BodyTooLarge(HcpError):
    """The body exceeds the limit of queries."""

    def __init__(self) -> None:
        super().__init__("The body of a query cannot be larger than 8 KB.")


_STATUS: tuple[tuple[type[HcpError], int], ...] = (
    (InvalidRequest, 400),
    (AuthenticationFailed, 403),
    (Refused, 403),
    (MethodNotAllowed, 405),
    (NotAcceptable, 406),
    (BodyTooLarge, 413),
    (UnsupportedMedia, 415),
)


def is_query(scope: Scope) -> bool:
    """``/query`` is also the path of an S3 bucket: requests with AWS signatures belong to S3."""
    if raw_path(scope) != PATH.encode("ascii"):
        return False
    signed = header_map(scope).get("authorization", "").startswith("AWS")
    presigned = _PRESIGNED.search(scope["query_string"].decode("ascii", "replace"))
    return not signed and not presigned


@dataclass
class _Response:
    content: bytes
    media_type: str
    session: str | None = None


@dataclass
class QueryApp:
    services: QueryServices

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, body = header_map(scope), await _read_body(receive)
        compressed = _accepts_gzip(headers)
        try:
            response = self._perform(scope, headers, body)
            status, pairs, content = 200, _headers(response), response.content
        except HcpError as error:
            status, pairs, content, compressed = *_error_response(error), b"", False
        if compressed:
            content = gzip.compress(content, 1)
            pairs.append(("Content-Encoding", "gzip"))
        if status != 200:
            pairs.append(("Content-Length", "0"))
        raw = [(name.encode("ascii"), value.encode("latin-1")) for name, value in pairs]
        # Without a length the server sends chunks, as HCP does.
        await send({"type": "http.response.start", "status": status, "headers": raw})
        await send({"type": "http.response.body", "body": content})

    def _perform(self, scope: Scope, headers: dict[str, str], body: bytes | None) -> _Response:
        credentials = parse_credentials(headers, COOKIE)
        searcher = self.services.searchers.login(headers.get("host", ""), credentials)
        if scope["method"] != "POST":
            # Other methods are not documented.
            raise MethodNotAllowed(["POST"])
        pretty = _parse_pretty(scope["query_string"])
        media_type = _negotiate(headers)
        sent = _content_type(headers)
        if body is None:
            raise BodyTooLarge
        request = parse_document(
            _decompress(headers, body), sent, QueryRequest, "queryRequest", "post"
        )
        scope["hcp_mock.operation"] = "ObjectQuery" if request.object else "OperationQuery"
        result = self._result(searcher, request)
        return _Response(
            write_result(result, media_type, pretty=pretty), media_type, searcher.session
        )

    def _result(self, searcher: Searcher, request: QueryRequest) -> Result:
        queries = self.services.queries
        if request.object is None:
            return queries.operations(searcher, request.operation or OperationQuery())
        if request.operation is not None:
            raise mixed_query()
        return queries.objects(searcher, request.object)


async def _read_body(receive: Receive) -> bytes | None:
    """Read the whole body. Return ``None`` if it is too large."""
    content, size = bytearray(), 0
    while True:
        message = await receive()
        piece: bytes = message.get("body", b"")
        size += len(piece)
        if size <= MAX_BODY:
            content += piece
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return bytes(content) if size <= MAX_BODY else None


def _parse_pretty(query: bytes) -> bool:
    try:
        names = [name for name, _unused in parse_qsl(query.decode("ascii"), keep_blank_values=True)]
    except (UnicodeDecodeError, ValueError):
        raise InvalidRequest("The URL is malformed.") from None
    for name in names:
        if name != "prettyprint":
            raise InvalidRequest(f"'{name}' is not a valid parameter.")
    return bool(names)


def _offered(header: str) -> list[str]:
    """Return what a header accepts, without the entries of quality 0."""
    result: list[str] = []
    for part in header.split(","):
        word, _unused, parameters = part.partition(";")
        if not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", parameters):
            result.append(word.strip().lower())
    return result


def _negotiate(headers: dict[str, str]) -> str:
    """Return the format of the response. ``*/*`` is not enough (strict reading)."""
    named = [word for word in _offered(headers.get("accept", "")) if word in _FORMATS]
    if not named:
        raise NotAcceptable("The Accept header has to name application/xml or application/json.")
    if "accept-encoding" in headers and not _accepts_gzip(headers):
        raise NotAcceptable("The Accept-Encoding header has to contain gzip.")
    return named[0]


def _accepts_gzip(headers: dict[str, str]) -> bool:
    return bool({"gzip", "*"} & set(_offered(headers.get("accept-encoding", ""))))


def _content_type(headers: dict[str, str]) -> str:
    result = headers.get("content-type", "").partition(";")[0].strip().lower()
    if result not in _FORMATS:
        raise UnsupportedMedia("The Content-Type has to be application/xml or application/json.")
    if headers.get("content-encoding", "gzip").strip().lower() != "gzip":
        raise UnsupportedMedia("The Content-Encoding can only be gzip.")
    return result


def _decompress(headers: dict[str, str], body: bytes) -> bytes:
    if "content-encoding" not in headers:
        return body
    if "chunked" not in headers.get("transfer-encoding", "").lower():
        # The response to a compressed body without chunks is not documented.
        raise InvalidRequest("A body in gzip format has to come in chunks.")
    decompressor = zlib.decompressobj(wbits=31)
    try:
        content = decompressor.decompress(body, MAX_BODY + 1)
    except zlib.error:
        raise InvalidRequest(MALFORMED) from None
    if len(content) > MAX_BODY:
        raise BodyTooLarge
    if not decompressor.eof:
        raise InvalidRequest(MALFORMED)
    return content


def _headers(response: _Response) -> list[tuple[str, str]]:
    pairs = [
        ("Content-Type", response.media_type),
        ("Expires", "Thu, 01 Jan 1970 00:00:00 GMT"),
    ]
    if response.session is not None:
        pairs.append(("Set-Cookie", f"HCAP-Login={response.session}; Path=/; Secure; HttpOnly"))
    return pairs


def _error_response(error: HcpError) -> tuple[int, list[tuple[str, str]]]:
    status = next(code for kind, code in _STATUS if isinstance(error, kind))
    pairs = [("X-HCP-ErrorMessage", header_text(error.message))] if error.message else []
    if isinstance(error, MethodNotAllowed):
        pairs.append(("Allow", error.allowed))
    return status, pairs
