"""Lists of keys, of versions and of uploads."""

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


def _encoder(wanted: ListFilter) -> Callable[[str], str]:
    return (lambda text: quote(text, safe="/")) if wanted.encoded else str


def _common(wanted: ListFilter, encoded: Callable[[str], str]) -> list[Node]:
    result = [Node("Delimiter", encoded(wanted.delimiter))] if wanted.delimiter else []
    if wanted.encoded:
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
    """Version 1: for every ``list-type`` but 2."""
    query = context.request.query
    bucket = context.bucket
    bucket.require(P.BROWSE)
    wanted = listing.parse_filter(query)
    marker = query.get("marker") or ""
    listed = listing.list_keys(bucket.store, wanted, listing.skip_folder(bucket.store, marker))
    encoded = _encoder(wanted)
    following = []
    if listed.truncated and wanted.delimiter:
        following.append(Node("NextMarker", encoded(listed.last_key)))
    return context.document(
        root(
            "ListBucketResult",
            Node("Name", bucket.name),
            Node("Prefix", encoded(wanted.prefix)),
            Node("Marker", encoded(marker)),
            *following,
            Node("MaxKeys", str(wanted.limit)),
            *_common(wanted, encoded),
            Node("IsTruncated", boolean(listed.truncated)),
            *(_contents(row, encoded, owner=True) for row in listed.rows),
            *_prefixes(listed.prefixes, encoded),
        )
    )


async def list_objects_v2(context: RequestContext) -> Response:
    bucket, query = context.bucket, context.request.query
    bucket.require(P.BROWSE)
    wanted = listing.parse_filter(query)
    token, after = query.get("continuation-token"), query.get("start-after") or ""
    marker = after if token is None else listing.parse_token(token)
    listed = listing.list_keys(bucket.store, wanted, marker)
    encoded = _encoder(wanted)
    echoed = [Node("StartAfter", encoded(after))] if after else []
    if token is not None:
        echoed.append(Node("ContinuationToken", token))
    if listed.truncated:
        echoed.append(Node("NextContinuationToken", listing.continuation_token(listed.last_key)))
    owner = query.get("fetch-owner") == "true"
    return context.document(
        root(
            "ListBucketResult",
            Node("Name", bucket.name),
            Node("Prefix", encoded(wanted.prefix)),
            *echoed,
            Node("KeyCount", str(len(listed.rows) + len(listed.prefixes))),
            Node("MaxKeys", str(wanted.limit)),
            *_common(wanted, encoded),
            Node("IsTruncated", boolean(listed.truncated)),
            *(_contents(row, encoded, owner) for row in listed.rows),
            *_prefixes(listed.prefixes, encoded),
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


def _next_version(listed: ListPage, encoded: Callable[[str], str]) -> list[Node]:
    if not listed.truncated:
        return []
    number = "" if listed.last_version is None else str(listed.last_version)
    return [Node("NextKeyMarker", encoded(listed.last_key)), Node("NextVersionIdMarker", number)]


async def list_versions(context: RequestContext) -> Response:
    bucket, query = context.bucket, context.request.query
    bucket.require(P.BROWSE)
    wanted = listing.parse_filter(query)
    marker = query.get("key-marker") or ""
    number = listing.parse_number(query, "version-id-marker", 10**18)
    listed = listing.list_versions(bucket.store, wanted, marker, number)
    encoded = _encoder(wanted)
    return context.document(
        root(
            "ListVersionsResult",
            Node("Name", bucket.name),
            Node("Prefix", encoded(wanted.prefix)),
            Node("KeyMarker", encoded(marker)),
            Node("VersionIdMarker", "" if number is None else str(number)),
            *_next_version(listed, encoded),
            Node("MaxKeys", str(wanted.limit)),
            *_common(wanted, encoded),
            Node("IsTruncated", boolean(listed.truncated)),
            *(_version(row, encoded) for row in listed.rows),
            *_prefixes(listed.prefixes, encoded),
        )
    )


async def list_uploads(context: RequestContext) -> Response:
    bucket, query = context.bucket, context.request.query
    bucket.require_authenticated()
    bucket.require(P.BROWSE)
    wanted = ListFilter(
        query.get("prefix") or "",
        query.get("delimiter") or "",
        listing.parse_limit(query, "max-uploads", listing.PAGE, capped=False),
        listing.parse_encoding(query),
    )
    marker = query.get("key-marker") or ""
    id_marker = (query.get("upload-id-marker") or "") if marker else ""
    listed = listing.list_uploads(bucket.store, wanted, marker, id_marker)
    encoded = _encoder(wanted)
    following = []
    if listed.truncated:
        following = [
            Node("NextKeyMarker", encoded(listed.last_key)),
            Node("NextUploadIdMarker", listed.last_id),
        ]
    return context.document(
        root(
            "ListMultipartUploadsResult",
            Node("Bucket", bucket.name),
            Node("KeyMarker", encoded(marker)),
            Node("UploadIdMarker", id_marker),
            *following,
            *([Node("Prefix", encoded(wanted.prefix))] if wanted.prefix else []),
            Node("MaxUploads", str(wanted.limit)),
            *_common(wanted, encoded),
            Node("IsTruncated", boolean(listed.truncated)),
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
                for upload in listed.uploads
            ),
            *_prefixes(listed.prefixes, encoded),
        )
    )
