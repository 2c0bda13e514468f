"""Listings of keys, versions and multipart uploads."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from ...models.permissions import DataPermission as P
from ...services.s3 import listing
from ...services.s3.callers import NOBODY
from ...services.s3.listing import ListFilter, ListPage, ListRow
from ...state.objects import Kind
from .context import RequestContext
from .responses import Response, iso_date
from .xml import Node, boolean, identity_node, root


def _encoder(list_filter: ListFilter) -> Callable[[str], str]:
    return (lambda text: quote(text, safe="/")) if list_filter.encoded else str


def _common(list_filter: ListFilter, encoded: Callable[[str], str]) -> list[Node]:
    result = [Node("Delimiter", encoded(list_filter.delimiter))] if list_filter.delimiter else []
    if list_filter.encoded:
        result.append(Node("EncodingType", "url"))
    return result


def _prefixes(prefixes: list[str], encoded: Callable[[str], str]) -> list[Node]:
    return [Node("CommonPrefixes", Node("Prefix", encoded(prefix))) for prefix in prefixes]


def _owner(row: ListRow) -> Node:
    return identity_node("Owner", row.version.owner or NOBODY)


def _contents(row: ListRow, encoded: Callable[[str], str], owner: bool) -> Node:
    version = row.version
    return Node(
        "Contents",
        Node("Key", encoded(row.entry.key)),
        Node("LastModified", iso_date(version.changed)),
        Node("ETag", f'"{version.etag}"'),
        Node("Size", str(version.size)),
        *([_owner(row)] if owner else []),
        Node("StorageClass", "STANDARD"),
    )


async def list_objects(context: RequestContext) -> Response:
    """List objects, version 1: for every ``list-type`` except 2."""
    query = context.request.query
    bucket = context.bucket
    bucket.require(P.BROWSE)
    list_filter = listing.parse_filter(query)
    marker = query.get("marker") or ""
    page = listing.list_keys(bucket.store, list_filter, listing.skip_folder(bucket.store, marker))
    encoded = _encoder(list_filter)
    following = []
    if page.truncated and list_filter.delimiter:
        following.append(Node("NextMarker", encoded(page.last_key)))
    return context.document(
        root(
            "ListBucketResult",
            Node("Name", bucket.name),
            Node("Prefix", encoded(list_filter.prefix)),
            Node("Marker", encoded(marker)),
            *following,
            Node("MaxKeys", str(list_filter.limit)),
            *_common(list_filter, encoded),
            Node("IsTruncated", boolean(page.truncated)),
            *(_contents(row, encoded, owner=True) for row in page.rows),
            *_prefixes(page.prefixes, encoded),
        )
    )


async def list_objects_v2(context: RequestContext) -> Response:
    bucket, query = context.bucket, context.request.query
    bucket.require(P.BROWSE)
    list_filter = listing.parse_filter(query)
    token, after = query.get("continuation-token"), query.get("start-after") or ""
    marker = after if token is None else listing.parse_token(token)
    page = listing.list_keys(bucket.store, list_filter, marker)
    encoded = _encoder(list_filter)
    echoed = [Node("StartAfter", encoded(after))] if after else []
    if token is not None:
        echoed.append(Node("ContinuationToken", token))
    if page.truncated:
        echoed.append(Node("NextContinuationToken", listing.continuation_token(page.last_key)))
    owner = query.get("fetch-owner") == "true"
    return context.document(
        root(
            "ListBucketResult",
            Node("Name", bucket.name),
            Node("Prefix", encoded(list_filter.prefix)),
            *echoed,
            Node("KeyCount", str(len(page.rows) + len(page.prefixes))),
            Node("MaxKeys", str(list_filter.limit)),
            *_common(list_filter, encoded),
            Node("IsTruncated", boolean(page.truncated)),
            *(_contents(row, encoded, owner) for row in page.rows),
            *_prefixes(page.prefixes, encoded),
        )
    )


def _version(row: ListRow, encoded: Callable[[str], str]) -> Node:
    version = row.version
    head = (
        Node("Key", encoded(row.entry.key)),
        Node("VersionId", str(version.id)),
        Node("IsLatest", boolean(row.latest)),
        Node("LastModified", iso_date(version.changed)),
    )
    if version.kind is Kind.MARKER:
        return Node("DeleteMarker", *head, _owner(row))
    return Node(
        "Version",
        *head,
        Node("ETag", f'"{version.etag}"'),
        Node("Size", str(version.size)),
        _owner(row),
        Node("StorageClass", "STANDARD"),
    )


def _next_version(page: ListPage, encoded: Callable[[str], str]) -> list[Node]:
    if not page.truncated:
        return []
    number = "" if page.last_version is None else str(page.last_version)
    return [Node("NextKeyMarker", encoded(page.last_key)), Node("NextVersionIdMarker", number)]


async def list_versions(context: RequestContext) -> Response:
    bucket, query = context.bucket, context.request.query
    bucket.require(P.BROWSE)
    list_filter = listing.parse_filter(query)
    marker = query.get("key-marker") or ""
    number = listing.parse_number(query, "version-id-marker", 10**18)
    page = listing.list_versions(bucket.store, list_filter, marker, number)
    encoded = _encoder(list_filter)
    return context.document(
        root(
            "ListVersionsResult",
            Node("Name", bucket.name),
            Node("Prefix", encoded(list_filter.prefix)),
            Node("KeyMarker", encoded(marker)),
            Node("VersionIdMarker", "" if number is None else str(number)),
            *_next_version(page, encoded),
            Node("MaxKeys", str(list_filter.limit)),
            *_common(list_filter, encoded),
            Node("IsTruncated", boolean(page.truncated)),
            *(_version(row, encoded) for row in page.rows),
            *_prefixes(page.prefixes, encoded),
        )
    )


async def list_uploads(context: RequestContext) -> Response:
    bucket, query = context.bucket, context.request.query
    bucket.require_authenticated()
    bucket.require(P.BROWSE)
    list_filter = ListFilter(
        query.get("prefix") or "",
        query.get("delimiter") or "",
        listing.parse_limit(query, "max-uploads", listing.PAGE, capped=False),
        listing.parse_encoding(query),
    )
    marker = query.get("key-marker") or ""
    id_marker = (query.get("upload-id-marker") or "") if marker else ""
    page = listing.list_uploads(bucket.store, list_filter, marker, id_marker)
    encoded = _encoder(list_filter)
    following = []
    if page.truncated:
        following = [
            Node("NextKeyMarker", encoded(page.last_key)),
            Node("NextUploadIdMarker", page.last_id),
        ]
    return context.document(
        root(
            "ListMultipartUploadsResult",
            Node("Bucket", bucket.name),
            Node("KeyMarker", encoded(marker)),
            Node("UploadIdMarker", id_marker),
            *following,
            *([Node("Prefix", encoded(list_filter.prefix))] if list_filter.prefix else []),
            Node("MaxUploads", str(list_filter.limit)),
            *_common(list_filter, encoded),
            Node("IsTruncated", boolean(page.truncated)),
            *(
                Node(
                    "Upload",
                    Node("Key", encoded(upload.key)),
                    Node("UploadId", upload.id),
                    identity_node("Initiator", upload.initiator),
                    identity_node("Owner", upload.initiator),
                    Node("StorageClass", "STANDARD"),
                    Node("Initiated", iso_date(upload.initiated)),
                )
                for upload in page.uploads
            ),
            *_prefixes(page.prefixes, encoded),
        )
    )
