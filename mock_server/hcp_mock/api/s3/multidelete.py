"""Deletion of many objects with one request."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ...services.s3.errors import S3Error, malformed
from .context import RequestContext
from .cors import require_md5
from .responses import Response
from .xml import Node, children, parse_document, text_of

MAX_KEYS = 1000


async def delete_objects(context: RequestContext) -> Response:
    """Content-MD5 is required, whatever checksums SDKs send. Each key has its own result."""
    bucket = context.bucket
    require_md5(context)
    elements = children(parse_document(await context.body.document(), "Delete"), "Object", "Quiet")
    # The limit of a thousand keys is inferred.
    if not 1 <= len(elements["Object"]) <= MAX_KEYS:
        raise malformed()
    quiet = text_of(elements["Quiet"]) == "true"
    rows: list[Node] = []
    for key, version_id in [_parse_object(element) for element in elements["Object"]]:
        try:
            done = context.services.objects.delete(bucket, key, version_id, context.request.headers)
        except S3Error as error:
            rows.append(_error(key, version_id, error))
            continue
        if quiet:
            continue
        row = [Node("Key", key)]
        if version_id is not None:
            row.append(Node("VersionId", version_id))
        if done.marker:
            row.append(Node("DeleteMarker", "true"))
            # HCP writes this text instead of the marker's version ID.
            row.append(Node("DeleteMarkerVersionId", "Not Implemented"))
        rows.append(Node("Deleted", *row))
    return context.document(Node("DeleteResult", *rows))


def _parse_object(element: Element) -> tuple[str, str | None]:
    elements = children(element, "Key", "VersionId", "ETag", "LastModifiedTime", "Size")
    keys = elements["Key"]
    # White space may belong to a key.
    if len(keys) != 1 or not keys[0].text:
        raise malformed()
    return keys[0].text, text_of(elements["VersionId"]) or None


def _error(key: str, version_id: str | None, error: S3Error) -> Node:
    row = [Node("Key", key)]
    if version_id is not None:
        row.append(Node("VersionId", version_id))
    return Node("Error", *row, Node("Code", error.code), Node("Message", error.text))
