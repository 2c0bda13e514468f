"""Copies of objects, and of ranges of objects as parts."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from ...models.permissions import DataPermission as P
from ...services.s3 import keys, preconditions, retention
from ...services.s3.acl import check_may_grant
from ...services.s3.buckets import Bucket
from ...services.s3.digests import new_md5
from ...services.s3.errors import S3Error, bad_argument, no_such_key
from ...services.s3.objects import ObjectDraft, ObjectVersion
from ...services.s3.permissions import FULL_CONTROL
from ...state.blobs import Data
from ...state.objects import Kind
from .context import RequestContext
from .objects import encryption_header, object_acl, version_header, wants_encryption
from .responses import Pairs, Response, iso_date
from .xml import Node, root

SOURCE = "x-amz-copy-source"
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{1,15})")


@dataclass
class Source:
    bucket: Bucket
    stored: ObjectVersion
    key: str

    @property
    def header(self) -> Pairs:
        version = self.stored.version
        return [(f"{SOURCE}-version-id", str(version.id))] if self.bucket.versioned else []


def find_source(context: RequestContext) -> Source:
    """Find ``/bucket/key?versionId=...``; the leading slash is optional."""
    path, _unused, query = context.request.headers.text(SOURCE).partition("?")
    bucket_name, slash, key = unquote(path).removeprefix("/").partition("/")
    if not slash or not bucket_name or not key:
        raise bad_argument(SOURCE)
    number = None
    for name, value in parse_qsl(query):
        if name.casefold() == "versionid":
            number = value
    bucket = context.open(bucket_name)
    try:
        stored = context.services.objects.find(bucket, key, number)
    except S3Error as error:
        # An invalid version ID is not found; the headers of a delete marker are not returned.
        raise no_such_key(key) if error.status in (400, 404) else error from None
    if stored.version.kind is Kind.FOLDER:
        raise no_such_key(key)
    preconditions.check_read(context.request.headers, stored.version, f"{SOURCE}-", reading=False)
    return Source(bucket, stored, key)


async def copy_object(context: RequestContext) -> Response:
    headers, services = context.request.headers, context.services
    keys.check_key(context.key)
    bucket = context.bucket
    bucket.require(P.WRITE)
    await context.body.drain()
    source = find_source(context)
    version = source.stored.version
    directive = headers.get("x-amz-metadata-directive", "COPY")
    if directive not in ("COPY", "REPLACE"):
        raise bad_argument("x-amz-metadata-directive")
    replacing = directive == "REPLACE"
    draft = ObjectDraft(
        key=context.key,
        data=version.data,
        etag=version.etag,
        content_type=headers.get("content-type") if replacing else version.content_type,
        metadata=keys.metadata(headers) if replacing else dict(version.metadata),
        encryption=wants_encryption(context),
    )
    onto_itself = source.bucket.namespace is bucket.namespace and source.key == context.key
    if onto_itself and replacing and not bucket.versioned:
        stored = services.objects.replace_metadata(bucket, source.stored, draft, headers)
        sent = services.acl.from_headers(context.tenant, headers, owner=bucket.namespace)
        if sent is not None:
            check_may_grant(sent, FULL_CONTROL, bucket.caller.identity)
            source.stored.entry.acl = sent
    else:
        draft.acl = object_acl(context, bucket)
        draft.retention = retention.initial_retention(bucket, headers, services.objects.now())
        stored = services.objects.store(bucket, draft)
    result = root(
        "CopyObjectResult",
        Node("LastModified", iso_date(stored.changed)),
        Node("ETag", f'"{stored.etag}"'),
    )
    return context.document(
        result,
        *version_header(bucket, stored),
        *source.header,
        *encryption_header(draft.encryption),
    )


def part_of_source(context: RequestContext, source: Source) -> Data:
    """Return the range for a part. An invalid range is an error, unlike elsewhere."""
    text, version = context.request.headers.get(f"{SOURCE}-range"), source.stored.version
    if text is None:
        return version.data
    match = _RANGE.fullmatch(text.strip())
    if match is None or int(match[1]) > int(match[2]) or int(match[1]) >= version.size:
        raise bad_argument(f"{SOURCE}-range")
    start, end = int(match[1]), min(int(match[2]), version.size - 1)
    return version.data.slice(start, end - start + 1)


async def md5_of(data: Data) -> str:
    """Compute the MD5 in a thread, because it may take long."""

    def compute() -> str:
        digest = new_md5()
        for chunk in data.read():
            digest.update(chunk)
        return digest.digest().hex()

    return await asyncio.to_thread(compute)
