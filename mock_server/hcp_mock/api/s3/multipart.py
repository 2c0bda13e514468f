"""Multipart uploads: create, upload parts, list parts, complete, abort."""

from __future__ import annotations

import re

from ...models.permissions import DataPermission as P
from ...services.s3 import keys, listing
from ...services.s3.buckets import Bucket
from ...services.s3.errors import S3Error, bad_argument, malformed
from ...services.s3.multipart import MAX_PART, MAX_PARTS, UploadDraft
from ...state.objects import Upload
from .context import RequestContext
from .copies import find_source, md5_of, part_of_source
from .objects import check_upload, encryption_header, object_acl, version_header, wants_encryption
from .responses import Pairs, Response, empty, http_date, iso_date
from .xml import Node, boolean, children, identity_node, parse_document, root, text_of

COMPLETE_NS = "http://s3.amazonaws.com/doc/2020-09-01/"  # HCP's value


def _abort_date(context: RequestContext, bucket: Bucket, upload: Upload) -> Pairs:
    when = context.services.multipart.abort_date(bucket, upload)
    return [("x-amz-abort-date", http_date(when))] if when is not None else []


async def create_upload(context: RequestContext) -> Response:
    headers, services = context.request.headers, context.services
    keys.check_key(context.key)
    bucket = context.bucket
    bucket.require_authenticated()
    bucket.require(P.WRITE)
    services.multipart.check_supported(bucket)
    for name in ("x-hcp-retention", "x-hcp-retentionhold", "x-hcp-labelretentionhold"):
        if name in headers:
            raise S3Error("InvalidArgument", f"'{name}' belongs to the completion.")
    await context.body.drain()
    draft = UploadDraft(
        content_type=headers.get("content-type"),
        metadata=keys.metadata(headers),
        acl=object_acl(context, bucket),
        encryption=wants_encryption(context),
    )
    upload = services.multipart.start(bucket, context.key, draft, headers)
    result = root(
        "InitiateMultipartUploadResult",
        Node("Bucket", bucket.name),
        Node("Key", upload.key),
        Node("UploadId", upload.id),
    )
    extra = (*_abort_date(context, bucket, upload), *encryption_header(upload.encryption))
    return context.document(result, *extra)


def _number(context: RequestContext) -> int:
    text = context.request.query.any_case("partNumber") or ""
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= MAX_PARTS:
        raise bad_argument("partNumber")
    return int(text)


def _refuse_metadata(context: RequestContext) -> None:
    if context.request.headers.with_prefix(keys.META):
        raise S3Error("InvalidArgument", "Metadata belongs to the start of the upload.")


def _upload_for_part(context: RequestContext, bucket: Bucket) -> Upload:
    upload_id = context.request.query.any_case("uploadId") or ""
    upload = context.services.multipart.find(bucket, context.key, upload_id)
    bucket.require(P.WRITE)
    _refuse_metadata(context)
    return upload


async def upload_part(context: RequestContext) -> Response:
    services, bucket = context.services, context.bucket
    number = _number(context)
    upload = _upload_for_part(context, bucket)
    length = check_upload(context)
    if length > MAX_PART:
        raise S3Error("EntityTooLarge")
    services.objects.check_quota(bucket, length)
    data, md5 = await context.body.store(services.spool.writer())
    part = services.multipart.put_part(bucket, upload, number, data, md5)
    return empty(200, ("ETag", f'"{part.etag}"'), *encryption_header(wants_encryption(context)))


async def upload_part_copy(context: RequestContext) -> Response:
    services, bucket = context.services, context.bucket
    number = _number(context)
    upload = _upload_for_part(context, bucket)
    await context.body.drain()
    source = find_source(context)
    data = part_of_source(context, source)
    if data.size > MAX_PART:
        raise S3Error("EntityTooLarge")
    part = services.multipart.put_part(bucket, upload, number, data, await md5_of(data))
    result = root(
        "CopyPartResult",
        Node("LastModified", iso_date(part.changed)),
        Node("ETag", f'"{part.etag}"'),
    )
    return context.document(result, *source.header)


def _upload(context: RequestContext, bucket: Bucket, *, owner_too: bool) -> Upload:
    upload_id = context.request.query.get("uploadId") or ""
    return context.services.multipart.find(bucket, context.key, upload_id, owner_too=owner_too)


async def list_parts(context: RequestContext) -> Response:
    bucket, query = context.bucket, context.request.query
    upload = _upload(context, bucket, owner_too=True)
    bucket.require(P.READ)
    limit = listing.parse_limit(query, "max-parts", listing.PAGE, capped=False)
    listing.parse_encoding(query)
    marker = listing.parse_number(query, "part-number-marker", MAX_PARTS) or 0
    after = [number for number in sorted(upload.parts) if number > marker]
    chosen = after[:limit]
    result = root(
        "ListPartsResult",
        Node("Bucket", bucket.name),
        Node("Key", upload.key),
        Node("UploadId", upload.id),
        identity_node("Initiator", upload.initiator),
        identity_node("Owner", upload.initiator),
        Node("StorageClass", "STANDARD"),
        Node("PartNumberMarker", str(marker)),
        Node("NextPartNumberMarker", str(chosen[-1] if chosen else marker)),
        Node("MaxParts", str(limit)),
        Node("IsTruncated", boolean(len(after) > len(chosen) and limit > 0)),
        *(
            Node(
                "Part",
                Node("PartNumber", str(number)),
                Node("LastModified", iso_date(upload.parts[number].changed)),
                Node("ETag", f'"{upload.parts[number].etag}"'),
                Node("Size", str(upload.parts[number].size)),
            )
            for number in chosen
        ),
    )
    return context.document(result, *_abort_date(context, bucket, upload))


async def complete_upload(context: RequestContext) -> Response:
    services, bucket = context.services, context.bucket
    upload = _upload(context, bucket, owner_too=False)
    bucket.require(P.WRITE)
    _refuse_metadata(context)
    rules = services.world.rules
    sent = context.request.headers.text("content-type").strip()
    if rules.complete_needs_content_type and not sent:
        raise S3Error("InvalidArgument", "The Content-Type is missing.")
    document = parse_document(await context.body.document(), "CompleteMultipartUpload")
    parts = children(document, "Part")["Part"]
    if not parts:
        raise malformed()
    named: list[tuple[int, str]] = []
    for element in parts:
        elements = children(
            element,
            "PartNumber",
            "ETag",
            "ChecksumCRC32",
            "ChecksumCRC32C",
            "ChecksumCRC64NVME",
            "ChecksumSHA1",
            "ChecksumSHA256",
        )
        number, etag = text_of(elements["PartNumber"]) or "", text_of(elements["ETag"]) or ""
        if not re.fullmatch(r"[0-9]{1,5}", number) or not etag:
            raise malformed()
        named.append((int(number), etag.strip('"')))
    version = services.multipart.complete(bucket, upload, named, context.request.headers)
    etag = f'"{version.etag}"'
    host = f"{bucket.name}.{bucket.tenant.settings.fullyQualifiedName}"
    result = Node(
        "CompleteMultipartUploadResult",
        Node("Location", f"https://{host}/hs3/{upload.key}"),
        Node("Bucket", bucket.name),
        Node("Key", upload.key),
        Node("ETag", etag),
        xmlns=COMPLETE_NS,
    )
    return context.document(result, ("ETag", etag), *version_header(bucket, version))


async def abort_upload(context: RequestContext) -> Response:
    bucket = context.bucket
    upload = _upload(context, bucket, owner_too=True)
    context.services.multipart.abort(bucket, upload)
    return empty(204)
