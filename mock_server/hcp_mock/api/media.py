"""Media types. MAPI reference: Accept and Content-Type.

A type that does not exist is a bad request. A type that exists but is not one of MAPI's is an
unsupported media type.
"""

from __future__ import annotations

from ..errors import HcpError, InvalidRequest

XML = "application/xml"
JSON = "application/json"
JAVASCRIPT = "application/javascript"
CSV = "text/csv"
TEXT = "text/plain"
ZIP = "application/zip"
FORM = "application/x-www-form-urlencoded"
WADL = "application/vnd.sun.wadl+xml"
DOCUMENTS = (XML, JSON, JAVASCRIPT)

# A sample of real media types is enough to tell "unsupported" from "nonexistent".
_KNOWN = frozenset(
    {
        "application/atom+xml",
        "application/gzip",
        "application/ld+json",
        "application/msword",
        "application/octet-stream",
        "application/pdf",
        "application/problem+json",
        "application/rtf",
        "application/soap+xml",
        "application/sql",
        "application/vnd.sun.wadl+xml",
        "application/x-tar",
        "application/x-www-form-urlencoded",
        "application/xhtml+xml",
        "application/x-yaml",
        "application/yaml",
        "application/zip",
        "audio/mpeg",
        "image/gif",
        "image/jpeg",
        "image/png",
        "image/svg+xml",
        "multipart/form-data",
        "multipart/mixed",
        "text/css",
        "text/csv",
        "text/html",
        "text/javascript",
        "text/markdown",
        "text/plain",
        "text/xml",
        "text/yaml",
        "video/mp4",
        *DOCUMENTS,
    }
)


class UnsupportedMedia(HcpError):
    """The media type exists but is not supported here, or the body has none."""


def _essence(value: str) -> str:
    return value.partition(";")[0].strip().lower()


def content_type(header: str | None) -> str:
    """Return the media type of a request document."""
    media_type = existing_type(header)
    if media_type in (XML, JSON):
        return media_type
    raise _media_error(media_type)


def existing_type(header: str | None) -> str:
    """Return the media type of an upload: any type that exists."""
    if header is None or not header.strip():
        raise UnsupportedMedia("The Content-Type header is required.")
    media_type = _essence(header)
    if media_type not in _KNOWN:
        raise _media_error(media_type)
    return media_type


def _media_error(media_type: str) -> HcpError:
    if media_type in _KNOWN:
        return UnsupportedMedia(f"The media type '{media_type}' is not supported.")
    return InvalidRequest(f"The media type '{media_type}' does not exist.")


def _quality(part: str) -> float:
    for parameter in part.split(";")[1:]:
        name, _unused, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def negotiate(header: str | None, offered: tuple[str, ...] = DOCUMENTS) -> str:
    """Return the best offered media type: the first one, unless the client prefers another."""
    if header is None or not header.strip():
        return offered[0]
    parts = [part for part in header.split(",") if part.strip()]
    wanted = sorted(((-_quality(part), _essence(part)) for part in parts), key=lambda pair: pair[0])
    for quality, media_type in wanted:
        if quality == 0:
            continue
        for candidate in offered:
            if media_type in ("*/*", candidate) or media_type == candidate.partition("/")[0] + "/*":
                return candidate
    real = [
        media_type
        for _unused, media_type in wanted
        if media_type in _KNOWN or media_type.endswith("/*")
    ]
    raise _media_error(real[0] if real and real[0] in _KNOWN else wanted[0][1])
