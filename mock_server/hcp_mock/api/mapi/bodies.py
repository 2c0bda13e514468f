"""The body of a request, as its route defines it."""

from __future__ import annotations

from typing import Any

from ...errors import InvalidRequest
from ...models.accounts import EmptyDocument
from ..decode import MALFORMED, parse_document
from ..media import FORM, XML, content_type, existing_type
from .routing import Route


def request_body(route: Route, action: str | None, media_type: str | None, body: bytes) -> Any:
    """Return a checked document, the bytes of an upload, or ``None``."""
    if route.upload:
        return _uploaded(route, media_type, body)
    if body and action is not None and route.action_document:
        form = existing_type(media_type) == FORM
        kind = XML if form else content_type(media_type)
        parse_document(body, kind, EmptyDocument, route.root, "post")
        return None
    if body and (route.no_body or action is not None):
        raise InvalidRequest("The request must not have a body.")
    if body:
        media_type = content_type(media_type)
    if route.body is None or action is not None:
        return None
    if not body:
        # The response to a modification without a document is unconfirmed.
        raise InvalidRequest(MALFORMED)
    operation = "put" if route.method == "PUT" else "post"
    return parse_document(
        body, media_type or "", route.body, route.root, operation, route.alternative_root
    )


def _uploaded(route: Route, media_type: str | None, body: bytes) -> bytes:
    if media_type is not None or not route.content_type_optional:
        existing_type(media_type)
    if not body:
        raise InvalidRequest(MALFORMED)
    return body
