"""What may stand in the body of a request, by its route."""

from __future__ import annotations

from typing import Any

from ..errors import InvalidRequest
from .decode import MALFORMED, read_document
from .media import content_type, existing_type
from .routing import Route


def request_body(route: Route, media_type: str | None, body: bytes) -> Any:
    """A checked document, the bytes of an upload, or nothing."""
    if route.upload:
        existing_type(media_type)
    elif body:
        media_type = content_type(media_type)
    if route.body is None and not route.upload:
        return None
    if not body:
        # What HCP says to a modification without any document is unconfirmed.
        raise InvalidRequest(MALFORMED)
    if route.body is None:
        return body
    operation = "put" if route.method == "PUT" else "post"
    return read_document(body, media_type or "", route.body, route.root, operation, route.also)
