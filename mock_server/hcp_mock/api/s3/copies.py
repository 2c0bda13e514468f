"""Copying objects, and ranges of them into parts."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from ...models.permissions import DataPermission as P
from ...services.s3 import conditions, names, retention
from ...services.s3.acl import check_may_grant
from ...services.s3.buckets import Bucket
from ...services.s3.checks import new_md5
from ...services.s3.errors import S3Error, bad_argument, no_such_key
from ...services.s3.objects import Draft, Found
from ...services.s3.permissions import FULL_CONTROL
from ...state.blobs import Data
from ...state.objects import Kind
from .answers import Answer, Pairs, iso_date
from .call import Call
from .objects import encryption_header, object_acl, version_header, wants_encryption
from .xml import Node, root

SOURCE = "x-amz-copy-source"
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{1,15})")


@dataclass
class Source:
    bucket: Bucket
    found: Found
    key: str

    @property
    def header(self) -> Pairs:
        version = self.found.version
        return [(f"{SOURCE}-version-id", str(version.id))] if self.bucket.versioned else []


def find_source(call: Call) -> Source:
    """``/bucket/key?versionId=...``; the slash in front may be missing."""
    path, _unused, query = call.asked.headers.text(SOURCE).partition("?")
    bucket_name, slash, key = unquote(path).removeprefix("/").partition("/")
    if not slash or not bucket_name or not key:
        raise bad_argument(SOURCE)
    number = None
    for name, value in parse_qsl(query):
        if name.casefold() == "versionid":
            number = value
    bucket = call.open(bucket_name)
    try:
        found = call.services.objects.find(bucket, key, number)
    except S3Error as error:
        # A version ID that is not one names nothing; the headers of a marker are not passed on.
        raise no_such_key(key) if error.status in (400, 404) else error from None
    if found.version.kind is Kind.FOLDER:
        raise no_such_key(key)
    conditions.check(call.asked.headers, found.version, f"{SOURCE}-", reading=False)
    return Source(bucket, found, key)


async def copy_object(call: Call) -> Answer:
    headers, services = call.asked.headers, call.services
    names.check_key(call.key)
    bucket = call.bucket
    bucket.need(P.WRITE)
    await call.body.drain()
    source = find_source(call)
    version = source.found.version
    directive = headers.get("x-amz-metadata-directive", "COPY")
    if directive not in ("COPY", "REPLACE"):
        raise bad_argument("x-amz-metadata-directive")
    replacing = directive == "REPLACE"
    draft = Draft(
        key=call.key,
        data=version.data,
        etag=version.etag,
        content_type=headers.get("content-type") if replacing else version.content_type,
        metadata=names.metadata(headers) if replacing else dict(version.metadata),
        encryption=wants_encryption(call),
    )
    onto_itself = source.bucket.namespace is bucket.namespace and source.key == call.key
    if onto_itself and replacing and not bucket.versioned:
        stored = services.objects.edit(bucket, source.found, draft, headers)
        sent = services.acl.from_headers(call.tenant, headers, owner=bucket.namespace)
        if sent is not None:
            check_may_grant(sent, FULL_CONTROL, bucket.caller.person)
            source.found.entry.acl = sent
    else:
        draft.acl = object_acl(call, bucket)
        draft.retention = retention.at_birth(bucket, headers, services.objects.now())
        stored = services.objects.store(bucket, draft)
    result = root(
        "CopyObjectResult",
        Node("LastModified", iso_date(stored.changed)),
        Node("ETag", f'"{stored.etag}"'),
    )
    return call.document(
        result,
        *version_header(bucket, stored),
        *source.header,
        *encryption_header(draft.encryption),
    )


def part_of_source(call: Call, source: Source) -> Data:
    """The range that a part takes; unlike elsewhere one that makes no sense is refused."""
    text, version = call.asked.headers.get(f"{SOURCE}-range"), source.found.version
    if text is None:
        return version.data
    match = _RANGE.fullmatch(text.strip())
    if match is None or int(match[1]) > int(match[2]) or int(match[1]) >= version.size:
        raise bad_argument(f"{SOURCE}-range")
    start, end = int(match[1]), min(int(match[2]), version.size - 1)
    return version.data.cut(start, end - start + 1)


async def md5_of(data: Data) -> str:
    """Computed beside the event loop, because it may be long."""

    def compute() -> str:
        digest = new_md5()
        for chunk in data.read():
            digest.update(chunk)
        return digest.digest().hex()

    return await asyncio.to_thread(compute)
