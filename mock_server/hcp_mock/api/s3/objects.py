"""Operations on objects: put, get, head, delete."""

from __future__ import annotations

import mimetypes

from ...models.permissions import DataPermission as P
from ...services.s3 import keys, preconditions, retention
from ...services.s3.acl import check_may_grant
from ...services.s3.buckets import Bucket
from ...services.s3.callers import owner_of
from ...services.s3.digests import is_checksum
from ...services.s3.errors import S3Error, no_such_key, not_implemented
from ...services.s3.objects import ObjectDraft, ObjectVersion
from ...services.s3.permissions import FULL_CONTROL
from ...state.objects import EMPTY_MD5, Grant, Kind, Version
from .context import RequestContext
from .responses import Pairs, Response, empty, http_date

MAX_OBJECT = 5 * 1024**4
_OVERRIDES = {
    "response-content-type": "Content-Type",
    "response-content-disposition": "Content-Disposition",
    "response-content-encoding": "Content-Encoding",
    "response-content-language": "Content-Language",
    "response-cache-control": "Cache-Control",
    "response-expires": "Expires",
}


def object_acl(context: RequestContext, bucket: Bucket) -> list[Grant]:
    """Return the ACL that the headers of a new object request."""
    acl = context.services.acl.from_headers(
        context.tenant, context.request.headers, owner=bucket.namespace
    )
    if acl:
        # The caller will own the object, and therefore has every permission to grant.
        check_may_grant(acl, FULL_CONTROL, owner_of(bucket.tenant, bucket.namespace))
    return acl or []


def version_header(bucket: Bucket, version: Version) -> Pairs:
    return [("x-amz-version-id", str(version.id))] if bucket.versioned else []


def encryption_header(wanted: bool) -> Pairs:
    """Report that the mock does not encrypt, if the request asks for it with any value."""
    return [("x-amz-server-side-encryption", "None")] if wanted else []


def wants_encryption(context: RequestContext) -> bool:
    return "x-amz-server-side-encryption" in context.request.headers


def check_upload(context: RequestContext) -> int:
    """Return the declared length. Releases before 10 refuse the checksums of current SDKs."""
    length = context.body.require_length()
    if length > MAX_OBJECT:
        raise S3Error("EntityTooLarge")
    if not context.services.world.rules.trailing_checksums:
        for name, _unused in context.request.headers.with_prefix("x-amz-"):
            if is_checksum(name) or name == "x-amz-sdk-checksum-algorithm":
                raise not_implemented(name)
    return length


async def put_object(context: RequestContext) -> Response:
    headers, services = context.request.headers, context.services
    content_type = headers.get("content-type")
    keys.check_key(context.key)
    bucket = context.bucket
    bucket.require(P.WRITE)
    if keys.is_folder(context.key, content_type):
        return await _put_folder(context, bucket)
    length = check_upload(context)
    draft = ObjectDraft(
        key=context.key,
        data=services.spool.store(b""),
        etag=EMPTY_MD5,
        content_type=content_type,
        metadata=keys.metadata(headers),
        acl=object_acl(context, bucket),
        retention=retention.initial_retention(bucket, headers, services.objects.now()),
        encryption=wants_encryption(context),
    )
    services.objects.check_storable(bucket, context.key)
    services.objects.check_quota(bucket, length)
    draft.data, draft.etag = await context.body.store(services.spool.writer())
    version = services.objects.store(bucket, draft)
    return empty(
        200,
        ("ETag", f'"{version.etag}"'),
        *version_header(bucket, version),
        *encryption_header(draft.encryption),
    )


async def _put_folder(context: RequestContext, bucket: Bucket) -> Response:
    if "content-length" not in context.request.headers:
        raise S3Error("MissingContentLength", status=400)
    await context.body.drain()
    version = context.services.objects.make_folder(bucket, context.key)
    bucket.namespace.usage.record_write(version.created, 0)
    return empty(200, ("ETag", f'"{EMPTY_MD5}"'), *version_header(bucket, version))


def _content_type(context: RequestContext, version: Version) -> str:
    guessed = mimetypes.guess_type(context.key)[0]
    return version.content_type or guessed or "application/octet-stream"


def object_headers(context: RequestContext, bucket: Bucket, version: Version) -> Pairs:
    pairs: Pairs = [
        ("Accept-Ranges", "bytes"),
        ("ETag", f'"{version.etag}"'),
        ("Last-Modified", http_date(version.changed)),
        ("Content-Type", _content_type(context, version)),
        *version_header(bucket, version),
        *((f"x-amz-meta-{name}", value) for name, value in version.metadata.items()),
        *retention.retention_headers(bucket, version.retention),
        *encryption_header(version.encryption),
    ]
    for parameter, header in _OVERRIDES.items():
        value = context.request.query.get(parameter)
        if value is not None:
            pairs = [pair for pair in pairs if pair[0] != header]
            pairs.append((header, value))
    return pairs


def _find(context: RequestContext, bucket: Bucket) -> ObjectVersion:
    if "partNumber" in context.request.query:
        raise not_implemented("partNumber")
    number = context.request.query.get("versionId")
    return context.services.objects.find(bucket, context.key, number)


async def get_object(context: RequestContext) -> Response:
    bucket = context.bucket
    version = _find(context, bucket).version
    if version.kind is Kind.FOLDER:
        raise no_such_key(context.key)
    preconditions.check_read(context.request.headers, version)
    headers = object_headers(context, bucket, version)
    part = preconditions.parse_range(context.request.headers.get("range"), version.size)
    size = version.size if part is None else part[1]
    bucket.namespace.usage.record_read(context.services.objects.now(), size)
    if part is None:
        return Response(200, headers, stream=version.data.read(), length=version.size)
    start, length = part
    headers.append(("Content-Range", f"bytes {start}-{start + length - 1}/{version.size}"))
    return Response(206, headers, stream=version.data.read(start, length), length=length)


async def head_object(context: RequestContext) -> Response:
    bucket = context.bucket
    version = _find(context, bucket).version
    preconditions.check_read(context.request.headers, version)
    return Response(200, object_headers(context, bucket, version), length=version.size)


async def delete_object(context: RequestContext) -> Response:
    done = context.services.objects.delete(
        context.bucket, context.key, context.request.query.get("versionId"), context.request.headers
    )
    pairs: Pairs = []
    if done.version_id is not None:
        pairs.append(("x-amz-version-id", str(done.version_id)))
    if done.marker:
        pairs.append(("x-amz-delete-marker", "true"))
    return empty(204, *pairs)
