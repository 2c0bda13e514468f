"""Multipart uploads. S3 reference: multipart."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ...models.namespaces.namespace import OptimizedFor
from ...models.permissions import DataPermission as P
from ...state.blobs import Data
from ...state.objects import Grant, Part, Retention, Upload, Version
from ..clock import Clock
from . import preconditions, retention
from .buckets import Bucket
from .errors import S3Error, denied
from .objects import ObjectDraft, ObjectService
from .request import Headers

MAX_PARTS = 10_000
MAX_PART = 5 * 1024**3
MIN_PART = 1024**2
MAX_OBJECT = 5 * 1024**4


@dataclass
class UploadDraft:
    content_type: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    acl: list[Grant] = field(default_factory=list)
    encryption: bool = False


@dataclass
class MultipartService:
    clock: Clock
    objects: ObjectService

    @staticmethod
    def check_supported(bucket: Bucket) -> None:
        """Only namespaces with CLOUD optimization have multipart uploads (inferred)."""
        if bucket.namespace.settings.optimizedFor is not OptimizedFor.CLOUD:
            raise denied("The bucket does not support multipart uploads.")

    def start(self, bucket: Bucket, key: str, draft: UploadDraft, headers: Headers) -> Upload:
        now = self.clock.now()
        object_retention = (
            retention.initial_retention(bucket, headers, now) if bucket.locks else Retention()
        )
        upload = Upload(
            id=str(bucket.store.new_version_id()),
            key=key,
            initiator=bucket.caller.identity,
            initiated=now,
            content_type=draft.content_type,
            metadata=draft.metadata,
            acl=draft.acl,
            retention=object_retention,
            encryption=draft.encryption,
        )
        bucket.store.uploads[upload.id] = upload
        return upload

    @staticmethod
    def find(bucket: Bucket, key: str, upload_id: str, *, owner_too: bool = False) -> Upload:
        """Return the upload for its initiator, and in some cases for the bucket's owner."""
        bucket.require_authenticated()
        upload = bucket.store.uploads.get(upload_id)
        if upload is None or upload.key != key:
            raise S3Error("NoSuchUpload")
        if upload.initiator.id != bucket.caller.identity.id and not (
            owner_too and bucket.caller.owns(bucket.namespace)
        ):
            raise denied("The upload belongs to another user.")
        return upload

    def put_part(self, bucket: Bucket, upload: Upload, number: int, data: Data, md5: str) -> Part:
        if upload.id not in bucket.store.uploads:
            raise S3Error("OperationAborted", "The upload has ended meanwhile.")
        upload.parts.pop(number, None)
        self.objects.check_quota(bucket, data.size)
        part = Part(data, data.size, md5, self.clock.now())
        upload.parts[number] = part
        bucket.namespace.usage.record_write(part.changed, part.size)
        return part

    def complete(
        self, bucket: Bucket, upload: Upload, named: list[tuple[int, str]], headers: Headers
    ) -> Version:
        """Errors about parts and preconditions are sent in the body of a 200."""
        chosen = self._chosen(upload, named)
        preconditions.check_write(headers, bucket.store.current(upload.key))
        digests = b"".join(bytes.fromhex(part.etag) for part in chosen)
        etag = hashlib.md5(digests, usedforsecurity=False).hexdigest()
        data = Data.concatenate([part.data for part in chosen])
        if data.size > MAX_OBJECT:
            raise S3Error("EntityTooLarge")
        now = self.clock.now()
        object_retention = (
            upload.retention if bucket.locks else retention.initial_retention(bucket, headers, now)
        )
        draft = ObjectDraft(
            key=upload.key,
            data=data,
            etag=f"{etag}-{len(chosen)}",
            content_type=upload.content_type,
            metadata=upload.metadata,
            acl=upload.acl,
            retention=object_retention,
            encryption=upload.encryption,
            parts=len(chosen),
        )
        del bucket.store.uploads[upload.id]
        try:
            return self.objects.store_uncounted(bucket, draft)
        except S3Error:
            # A completion that fails keeps the parts.
            bucket.store.uploads[upload.id] = upload
            raise

    @staticmethod
    def _chosen(upload: Upload, named: list[tuple[int, str]]) -> list[Part]:
        numbers = [number for number, _unused in named]
        if numbers != sorted(set(numbers)):
            raise S3Error("InvalidPartOrder")
        chosen: list[Part] = []
        for number, etag in named:
            part = upload.parts.get(number)
            if part is None or part.etag != etag:
                raise S3Error("InvalidPart")
            chosen.append(part)
        if any(part.size < MIN_PART for part in chosen[:-1]):
            raise S3Error("EntityTooSmall")
        return chosen

    def abort(self, bucket: Bucket, upload: Upload) -> None:
        bucket.require(P.DELETE)
        del bucket.store.uploads[upload.id]

    @staticmethod
    def abort_date(bucket: Bucket, upload: Upload) -> datetime | None:
        days = bucket.namespace.settings.multipartUploadAutoAbortDays
        return upload.initiated + timedelta(days=days) if days else None
