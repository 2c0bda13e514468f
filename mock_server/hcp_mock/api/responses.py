"""MAPI responses: common headers, and the one mapping of errors to HTTP statuses.

MAPI reference: response headers, status codes.
"""

from __future__ import annotations

import secrets
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field

from ..errors import (
    AlreadyExists,
    AuthenticationFailed,
    HcpError,
    InvalidRequest,
    NotFound,
    NotSupported,
    Refused,
)
from .media import XML, UnsupportedMedia

SOFTWARE_VERSION = "9.7.0.4"

ALWAYS = (
    ("X-HCP-SoftwareVersion", SOFTWARE_VERSION),
    ("Pragma", "no-cache"),
    (
        "Content-Security-Policy",
        (
            "default-src 'self'; script-src 'self' 'unsafe-eval' 'unsafe-inline'; "
            "connect-src 'self'; img-src 'self'; style-src 'self' 'unsafe-inline'; "
            "object-src 'self'; frame-ancestors 'self';"
        ),
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("X-DNS-Prefetch-Control", "off"),
    ("X-Download-Options", "noopen"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("X-XSS-Protection", "1; mode=block"),
)
_SUCCESS = (
    ("Cache-Control", "no-cache,no-store,must-revalidate"),
    ("Expires", "Thu, 01 Jan 1970 00:00:00 GMT"),
)


class MethodNotAllowed(HcpError):
    """The resource does not have this method."""

    def __init__(self, allowed: Iterable[str]) -> None:
        super().__init__()
        self.allowed = ",".join(allowed)


class PathTooLong(HcpError):
    """The path after ``/mapi`` exceeds HCP's limit."""


# Messages contain property names, which a request can choose freely.
MAX_TEXT = 2000
_STATUS: tuple[tuple[type[HcpError], int], ...] = (
    (InvalidRequest, 400),
    (AuthenticationFailed, 403),
    (Refused, 403),
    (NotFound, 404),
    (MethodNotAllowed, 405),
    (NotSupported, 405),
    (AlreadyExists, 409),
    (PathTooLong, 414),
    (UnsupportedMedia, 415),
)


@dataclass
class Response:
    status: int
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    # A body of unknown length, instead of ``body``.
    chunks: Generator[bytes] | None = None

    def raw_headers(self) -> list[tuple[bytes, bytes]]:
        pairs = list(self.headers)
        if self.chunks is None:
            pairs.append(("Content-Length", str(len(self.body))))
        return [(name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in pairs]


def _common(cookie_style: str | None) -> list[tuple[str, str]]:
    version = "; Version=1" if cookie_style == "RFC2109" else ""
    session = f"JSESSIONID={secrets.token_hex(16)}{version}; Path=/mapi; Secure; HttpOnly"
    return [*ALWAYS, ("Set-Cookie", session)]


def success(body: bytes, media_type: str, cookie_style: str | None = None) -> Response:
    headers = [*_common(cookie_style), *_SUCCESS, ("Content-Type", media_type)]
    return Response(200, headers, body)


def empty_success(cookie_style: str | None = None) -> Response:
    """The response to a write: empty, with the media type XML."""
    return success(b"", XML, cookie_style)


def download(
    content: bytes | Generator[bytes],
    media_type: str,
    name: str | None,
    cookie_style: str | None = None,
) -> Response:
    whole = content if isinstance(content, bytes) else b""
    response = success(whole, media_type, cookie_style)
    if not isinstance(content, bytes):
        response.chunks = content
    if name is not None:
        response.headers.append(("Content-Disposition", f"attachment; filename={name}"))
    return response


def header_text(text: str) -> str:
    """Escape what a header cannot contain, and limit the length."""
    shown = "".join(char if " " <= char <= "~" else ascii(char)[1:-1] for char in text[:MAX_TEXT])
    return shown if len(text) <= MAX_TEXT else f"{shown}..."


def error_response(error: HcpError, head: bool, cookie_style: str | None = None) -> Response:
    """Map an error to its response. HEAD returns 302 for both 403 and 404."""
    status = next(code for kind, code in _STATUS if isinstance(error, kind))
    if head and isinstance(error, NotFound | Refused):
        return Response(302, _common(cookie_style))
    headers = _common(cookie_style)
    if error.message:
        headers.append(("X-HCP-ErrorMessage", header_text(error.message)))
    if isinstance(error, MethodNotAllowed):
        headers.append(("Allow", error.allowed))
    if isinstance(error, NotSupported):
        headers.append(("Allow", "OPTIONS"))
    return Response(status, headers)
