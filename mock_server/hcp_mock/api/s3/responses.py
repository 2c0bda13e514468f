"""Responses of the S3 gateway. S3 reference: common response headers, error body."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime

from ...services.s3.errors import S3Error
from .xml import Node, write_xml

XML = "application/xml;charset=UTF-8"
ALWAYS = (
    ("Pragma", "no-cache"),
    (
        "Content-Security-Policy",
        (
            "default-src 'self'; script-src 'self' 'unsafe-eval' 'unsafe-inline'; "
            "connect-src 'self'; img-src 'self'; style-src 'self' 'unsafe-inline'; "
            "object-src 'self'; frame-ancestors 'self';"
        ),
    ),
    ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-DNS-Prefetch-Control", "off"),
    ("X-Download-Options", "noopen"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("X-XSS-Protection", "1; mode=block"),
)
_NOT_KEPT = (
    ("Cache-Control", "no-cache, no-store, must-revalidate"),
    ("Expires", "Thu, 01 Jan 1970 00:00:00 GMT"),
)

Pairs = list[tuple[str, str]]


@dataclass
class Response:
    """A status, headers, and a body in memory or as a stream."""

    status: int = 200
    headers: Pairs = field(default_factory=list)
    body: bytes = b""
    stream: Iterator[bytes] | None = None
    length: int | None = None

    def all_headers(self) -> Pairs:
        """Return the common headers, unless the response sets them itself, and its own."""
        own = {name.lower() for name, _unused in self.headers}
        fixed = [*ALWAYS, *(_NOT_KEPT if self.status < 400 else ())]
        return [*(pair for pair in fixed if pair[0].lower() not in own), *self.headers]


def empty(status: int = 200, *headers: tuple[str, str]) -> Response:
    return Response(status, list(headers))


def document(root: Node, pretty: bool, *headers: tuple[str, str], status: int = 200) -> Response:
    return Response(status, [("Content-Type", XML), *headers], write_xml(root, pretty))


def error_response(error: S3Error, pretty: bool = False) -> Response:
    """S3 reference, error body. Some errors have status 200. A 304 has no body."""
    if error.status == 304:
        return Response(304, list(error.headers))
    root = Node(
        "Error",
        Node("Code", error.code),
        Node("Message", error.text),
        Node("RequestId", secrets.token_hex(8).upper()),
        Node("HostId", secrets.token_urlsafe(24)),
        *(Node(name, value) for name, value in error.details.items()),
    )
    return document(root, pretty, *error.headers, status=error.status)


def http_date(when: datetime) -> str:
    return format_datetime(when.astimezone(UTC), usegmt=True)


def iso_date(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{when.microsecond // 1000:03d}Z"
