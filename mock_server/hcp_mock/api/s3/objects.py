"""Operations on objects: put, get, head, delete."""

from __future__ import annotations

import mimetypes

from ...models.permissions import DataPermission as P
from ...services.s3 import conditions, names, retention
from ...services.s3.acl import check_may_grant
from ...services.s3.buckets import Bucket
from ...services.s3.callers import owner_of
from ...services.s3.checks import is_checksum
from ...services.s3.errors import S3Error, no_such_key, not_implemented
from ...services.s3.objects import Draft, Found
from ...services.s3.permissions import FULL_CONTROL
from ...state.objects import EMPTY_MD5, Grant, Kind, Version
from .answers import Answer, Pairs, empty, http_date
from .call import Call

MAX_OBJECT = 5 * 1024**4
_OVERRIDES = {
    "response-content-type": "Content-Type",
    "response-content-disposition": "Content-Disposition",
    "response-content-encoding": "Content-Encoding",
    "response-content-language": "Content-Language",
    "response-cache-control": "Cache-Control",
    "response-expires": "Expires",
}


def object_acl(call: Call, bucket: Bucket) -> list[Grant]:
    """The ACL that the headers of a new object ask for."""
    found = call.services.acl.from_headers(call.tenant, call.asked.headers, owner=bucket.namespace)
    if found:
        # Who stores an object owns it, and so has everything he could give away.
        check_may_grant(found, FULL_CONTROL, owner_of(bucket.tenant, bucket.namespace))
    return found or []


def version_header(bucket: Bucket, version: Version) -> Pairs:
    return [("x-amz-version-id", str(version.id))] if bucket.versioned else []


def encryption_header(wanted: bool) -> Pairs:
    """Any value only asks for being told whether HCP encrypts; the mock's HCP does not."""
    return [("x-amz-server-side-encryption", "None")] if wanted else []


def wants_encryption(call: Call) -> bool:
    return "x-amz-server-side-encryption" in call.asked.headers


def check_upload(call: Call) -> int:
    """The announced length. Checksums of current SDKs were refused before release 10."""
    length = call.body.need_length()
    if length > MAX_OBJECT:
        raise S3Error("EntityTooLarge")
    if not call.services.world.rules.trailing_checksums:
        for name, _unused in call.asked.headers.starting("x-amz-"):
            if is_checksum(name) or name == "x-amz-sdk-checksum-algorithm":
                raise not_implemented(name)
    return length


async def put_object(call: Call) -> Answer:
    headers, services = call.asked.headers, call.services
    content_type = headers.get("content-type")
    names.check_key(call.key)
    bucket = call.bucket
    bucket.need(P.WRITE)
    if names.is_folder(call.key, content_type):
        return await _put_folder(call, bucket)
    length = check_upload(call)
    draft = Draft(
        key=call.key,
        data=services.spool.keep(b""),
        etag=EMPTY_MD5,
        content_type=content_type,
        metadata=names.metadata(headers),
        acl=object_acl(call, bucket),
        retention=retention.at_birth(bucket, headers, services.objects.now()),
        encryption=wants_encryption(call),
    )
    services.objects.check_storable(bucket, call.key)
    services.objects.check_room(bucket, length)
    draft.data, draft.etag = await call.body.store(services.spool.writer())
    version = services.objects.store(bucket, draft)
    return empty(
        200,
        ("ETag", f'"{version.etag}"'),
        *version_header(bucket, version),
        *encryption_header(draft.encryption),
    )


async def _put_folder(call: Call, bucket: Bucket) -> Answer:
    if "content-length" not in call.asked.headers:
        raise S3Error("MissingContentLength", status=400)
    await call.body.drain()
    version = call.services.objects.make_folder(bucket, call.key)
    bucket.namespace.usage.wrote(version.created, 0)
    return empty(200, ("ETag", f'"{EMPTY_MD5}"'), *version_header(bucket, version))


def _content_type(call: Call, version: Version) -> str:
    guessed = mimetypes.guess_type(call.key)[0]
    return version.content_type or guessed or "application/octet-stream"


def object_headers(call: Call, bucket: Bucket, version: Version) -> Pairs:
    pairs: Pairs = [
        ("Accept-Ranges", "bytes"),
        ("ETag", f'"{version.etag}"'),
        ("Last-Modified", http_date(version.changed)),
        ("Content-Type", _content_type(call, version)),
        *version_header(bucket, version),
        *((f"x-amz-meta-{name}", value) for name, value in version.metadata.items()),
        *retention.as_headers(bucket, version.retention),
        *encryption_header(version.encryption),
    ]
    for parameter, header in _OVERRIDES.items():
        value = call.asked.query.get(parameter)
        if value is not None:
            pairs = [pair for pair in pairs if pair[0] != header]
            pairs.append((header, value))
    return pairs


def _find(call: Call, bucket: Bucket) -> Found:
    if "partNumber" in call.asked.query:
        raise not_implemented("partNumber")
    number = call.asked.query.get("versionId")
    return call.services.objects.find(bucket, call.key, number)


async def get_object(call: Call) -> Answer:
    bucket = call.bucket
    version = _find(call, bucket).version
    if version.kind is Kind.FOLDER:
        raise no_such_key(call.key)
    conditions.check(call.asked.headers, version)
    headers = object_headers(call, bucket, version)
    part = conditions.read_range(call.asked.headers.get("range"), version.size)
    size = version.size if part is None else part[1]
    bucket.namespace.usage.read(call.services.objects.now(), size)
    if part is None:
        return Answer(200, headers, stream=version.data.read(), length=version.size)
    start, length = part
    headers.append(("Content-Range", f"bytes {start}-{start + length - 1}/{version.size}"))
    return Answer(206, headers, stream=version.data.read(start, length), length=length)


async def head_object(call: Call) -> Answer:
    bucket = call.bucket
    version = _find(call, bucket).version
    conditions.check(call.asked.headers, version)
    return Answer(200, object_headers(call, bucket, version), length=version.size)


async def delete_object(call: Call) -> Answer:
    done = call.services.objects.delete(
        call.bucket, call.key, call.asked.query.get("versionId"), call.asked.headers
    )
    pairs: Pairs = []
    if done.version_id is not None:
        pairs.append(("x-amz-version-id", str(done.version_id)))
    if done.marker:
        pairs.append(("x-amz-delete-marker", "true"))
    return empty(204, *pairs)
