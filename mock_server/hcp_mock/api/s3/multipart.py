"""Uploads in parts: start, parts, completion, end."""

from __future__ import annotations

import re

from ...models.permissions import DataPermission as P
from ...services.s3 import listing, names
from ...services.s3.buckets import Bucket
from ...services.s3.errors import S3Error, bad_argument, malformed
from ...services.s3.multipart import MAX_PART, MAX_PARTS, UploadDraft
from ...state.objects import Upload
from .answers import Answer, Pairs, empty, http_date, iso_date
from .call import Call
from .copies import find_source, md5_of, part_of_source
from .objects import check_upload, encryption_header, object_acl, version_header, wants_encryption
from .xml import Node, children, person, read_document, root, text_of, truth

COMPLETE_NS = "http://s3.amazonaws.com/doc/2020-09-01/"  # as HCP has it


def _abort_date(call: Call, bucket: Bucket, upload: Upload) -> Pairs:
    when = call.services.multipart.abort_date(bucket, upload)
    return [("x-amz-abort-date", http_date(when))] if when is not None else []


async def create_upload(call: Call) -> Answer:
    headers, services = call.asked.headers, call.services
    names.check_key(call.key)
    bucket = call.bucket
    bucket.need_user()
    bucket.need(P.WRITE)
    services.multipart.check_supported(bucket)
    for name in ("x-hcp-retention", "x-hcp-retentionhold", "x-hcp-labelretentionhold"):
        if name in headers:
            raise S3Error("InvalidArgument", f"'{name}' belongs to the completion.")
    await call.body.drain()
    draft = UploadDraft(
        content_type=headers.get("content-type"),
        metadata=names.metadata(headers),
        acl=object_acl(call, bucket),
        encryption=wants_encryption(call),
    )
    upload = services.multipart.start(bucket, call.key, draft, headers)
    result = root(
        "InitiateMultipartUploadResult",
        Node("Bucket", bucket.name),
        Node("Key", upload.key),
        Node("UploadId", upload.id),
    )
    extra = (*_abort_date(call, bucket, upload), *encryption_header(upload.encryption))
    return call.document(result, *extra)


def _number(call: Call) -> int:
    text = call.asked.query.any_case("partNumber") or ""
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= MAX_PARTS:
        raise bad_argument("partNumber")
    return int(text)


def _no_metadata(call: Call) -> None:
    if call.asked.headers.starting(names.META):
        raise S3Error("InvalidArgument", "Metadata belongs to the start of the upload.")


def _upload_for_part(call: Call, bucket: Bucket) -> Upload:
    upload_id = call.asked.query.any_case("uploadId") or ""
    upload = call.services.multipart.find(bucket, call.key, upload_id)
    bucket.need(P.WRITE)
    _no_metadata(call)
    return upload


async def upload_part(call: Call) -> Answer:
    services, bucket = call.services, call.bucket
    number = _number(call)
    upload = _upload_for_part(call, bucket)
    length = check_upload(call)
    if length > MAX_PART:
        raise S3Error("EntityTooLarge")
    services.objects.check_room(bucket, length)
    data, md5 = await call.body.store(services.spool.writer())
    part = services.multipart.put_part(bucket, upload, number, data, md5)
    return empty(200, ("ETag", f'"{part.etag}"'), *encryption_header(wants_encryption(call)))


async def upload_part_copy(call: Call) -> Answer:
    services, bucket = call.services, call.bucket
    number = _number(call)
    upload = _upload_for_part(call, bucket)
    await call.body.drain()
    source = find_source(call)
    data = part_of_source(call, source)
    if data.size > MAX_PART:
        raise S3Error("EntityTooLarge")
    part = services.multipart.put_part(bucket, upload, number, data, await md5_of(data))
    result = root(
        "CopyPartResult",
        Node("LastModified", iso_date(part.changed)),
        Node("ETag", f'"{part.etag}"'),
    )
    return call.document(result, *source.header)


def _upload(call: Call, bucket: Bucket, *, owner_too: bool) -> Upload:
    upload_id = call.asked.query.get("uploadId") or ""
    return call.services.multipart.find(bucket, call.key, upload_id, owner_too=owner_too)


async def list_parts(call: Call) -> Answer:
    bucket, query = call.bucket, call.asked.query
    upload = _upload(call, bucket, owner_too=True)
    bucket.need(P.READ)
    limit = listing.read_limit(query, "max-parts", listing.PAGE, capped=False)
    listing.read_encoding(query)
    marker = listing.read_number(query, "part-number-marker", MAX_PARTS) or 0
    after = [number for number in sorted(upload.parts) if number > marker]
    chosen = after[:limit]
    result = root(
        "ListPartsResult",
        Node("Bucket", bucket.name),
        Node("Key", upload.key),
        Node("UploadId", upload.id),
        person("Initiator", upload.initiator),
        person("Owner", upload.initiator),
        Node("StorageClass", "STANDARD"),
        Node("PartNumberMarker", str(marker)),
        Node("NextPartNumberMarker", str(chosen[-1] if chosen else marker)),
        Node("MaxParts", str(limit)),
        Node("IsTruncated", truth(len(after) > len(chosen) and limit > 0)),
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
    return call.document(result, *_abort_date(call, bucket, upload))


async def complete_upload(call: Call) -> Answer:
    services, bucket = call.services, call.bucket
    upload = _upload(call, bucket, owner_too=False)
    bucket.need(P.WRITE)
    _no_metadata(call)
    rules = services.world.rules
    sent = call.asked.headers.text("content-type").strip()
    if rules.complete_needs_content_type and not sent:
        raise S3Error("InvalidArgument", "The Content-Type is missing.")
    document = read_document(await call.body.document(), "CompleteMultipartUpload")
    parts = children(document, "Part")["Part"]
    if not parts:
        raise malformed()
    named: list[tuple[int, str]] = []
    for element in parts:
        found = children(
            element,
            "PartNumber",
            "ETag",
            "ChecksumCRC32",
            "ChecksumCRC32C",
            "ChecksumCRC64NVME",
            "ChecksumSHA1",
            "ChecksumSHA256",
        )
        number, etag = text_of(found["PartNumber"]) or "", text_of(found["ETag"]) or ""
        if not re.fullmatch(r"[0-9]{1,5}", number) or not etag:
            raise malformed()
        named.append((int(number), etag.strip('"')))
    version = services.multipart.complete(bucket, upload, named, call.asked.headers)
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
    return call.document(result, ("ETag", etag), *version_header(bucket, version))


async def abort_upload(call: Call) -> Answer:
    bucket = call.bucket
    upload = _upload(call, bucket, owner_too=True)
    call.services.multipart.abort(bucket, upload)
    return empty(204)
