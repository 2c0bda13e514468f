"""Objects and folders: store, find, delete. S3 reference: object calls, versioning."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from ...models.permissions import DataPermission as P
from ...models.quota import quota_bytes
from ...state.blobs import Data
from ...state.objects import Entry, Grant, Identity, Kind, Retention, Version
from ...state.operations import Operation
from ..clock import Clock
from ..housekeeping import record_removal
from . import permissions, retention
from .buckets import Bucket
from .errors import S3Error, bad_argument, denied, no_such_key
from .keys import folder_name, is_folder, parents
from .request import Headers


@dataclass
class ObjectDraft:
    """An object before it is stored."""

    key: str
    data: Data
    etag: str
    content_type: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    acl: list[Grant] = field(default_factory=list)
    retention: Retention = field(default_factory=Retention)
    encryption: bool = False
    parts: int = 0


@dataclass
class DeleteResult:
    """The result of a deletion: the new delete marker, or the removed version."""

    version_id: int | None = None
    marker: bool = False


@dataclass(frozen=True)
class ObjectVersion:
    entry: Entry
    version: Version


@dataclass
class ObjectService:
    clock: Clock

    def now(self) -> datetime:
        return self.clock.now()

    def find(
        self, bucket: Bucket, key: str, version_id: str | None, require: P = P.READ
    ) -> ObjectVersion:
        """Return the current or the requested version, if the caller may read it."""
        entry = bucket.store.entry(key)
        wanted = self._parse_version_id(bucket, version_id)
        version = None
        if entry is not None:
            version = entry.current if wanted is None else entry.version(wanted)
        if entry is None or version is None or not version.visible:
            bucket.require(require)
            raise self._not_found(key, entry, wanted)
        if require not in self.rights(bucket, entry, version):
            raise denied()
        return ObjectVersion(entry, version)

    @staticmethod
    def rights(bucket: Bucket, entry: Entry, version: Version) -> frozenset[P]:
        return permissions.object_permissions(
            bucket.tenant, bucket.namespace, bucket.caller, entry, version
        )

    @staticmethod
    def _parse_version_id(bucket: Bucket, version_id: str | None) -> int | None:
        """A version ID is ignored while versioning is off."""
        if version_id is None or not bucket.versioned:
            return None
        if not version_id.isascii() or not version_id.isdecimal():
            raise bad_argument("versionId")
        return int(version_id)

    @staticmethod
    def _not_found(key: str, entry: Entry | None, wanted: int | None) -> S3Error:
        """Return the 404, with the headers of a delete marker if there is one."""
        last = None
        if entry is not None:
            last = entry.versions[-1] if wanted is None else entry.version(wanted)
        if last is None or last.kind is not Kind.MARKER:
            return no_such_key(key)
        marker = (("x-amz-delete-marker", "true"), ("x-amz-version-id", str(last.id)))
        return S3Error("NoSuchKey", headers=marker, Key=key)

    def check_quota(self, bucket: Bucket, size: int) -> None:
        """Check the hard quota. The soft quota has no effect."""
        quota = quota_bytes(bucket.namespace.settings.hardQuota or "0 GB")
        if bucket.store.used + size > quota:
            raise S3Error("OutOfSpace")

    def check_storable(self, bucket: Bucket, key: str) -> None:
        """Check whether an object with this key may be stored now."""
        store = bucket.store
        if store.current(folder_name(key)) is not None:
            raise S3Error("OperationAborted", "A folder of that name exists.")
        for folder in parents(key):
            if store.current(folder.removesuffix("/")) is not None:
                raise S3Error("OperationAborted", "An object has the name of a folder.")
        current = store.current(key)
        if current is None:
            return
        overwrite = bucket.namespace.settings.s3UnversionedOverwrite
        if not bucket.versioned and not overwrite:
            raise S3Error("OperationAborted", "The object exists, and versioning is off.")
        retention.check_replaceable(current.retention, self.now())

    def store(self, bucket: Bucket, draft: ObjectDraft) -> Version:
        version = self.store_uncounted(bucket, draft)
        bucket.namespace.usage.record_write(self.now(), version.size)
        return version

    def store_uncounted(self, bucket: Bucket, draft: ObjectDraft) -> Version:
        """Store an object without counting it as a write."""
        self.check_storable(bucket, draft.key)
        self.check_quota(bucket, draft.data.size)
        store, now = bucket.store, self.now()
        entry = store.entry(draft.key)
        version = Version(
            id=store.new_version_id(),
            kind=Kind.OBJECT,
            created=now,
            changed=now,
            data=draft.data,
            size=draft.data.size,
            etag=draft.etag,
            content_type=draft.content_type,
            metadata=draft.metadata,
            owner=self.owner(bucket),
            retention=draft.retention,
            encryption=draft.encryption,
            index=bool(bucket.namespace.settings.indexingDefault),
            shred=bool(bucket.namespace.compliance.shreddingDefault),
            parts=draft.parts,
        )
        self._make_folders(bucket, draft.key, now)
        replaced = entry.current if entry is not None and not bucket.versioned else None
        added = store.add(draft.key, version)
        added.acl = draft.acl
        if replaced is not None:
            store.remove_version(added, replaced)
        return version

    @staticmethod
    def owner(bucket: Bucket) -> Identity | None:
        """Objects that an anonymous caller stores have no owner."""
        return None if bucket.caller.anonymous else bucket.caller.identity

    def _make_folders(self, bucket: Bucket, key: str, now: datetime) -> None:
        for folder in parents(key):
            if bucket.store.entry(folder) is None:
                self._add_folder(bucket, folder, now, None)

    @staticmethod
    def _add_folder(bucket: Bucket, name: str, now: datetime, owner: Identity | None) -> Version:
        number = bucket.store.new_version_id()
        version = Version(number, Kind.FOLDER, created=now, changed=now, owner=owner)
        bucket.store.add(name, version)
        return version

    def make_folder(self, bucket: Bucket, key: str) -> Version:
        name = folder_name(key)
        store = bucket.store
        if store.entry(name) is not None or store.current(name.removesuffix("/")) is not None:
            raise S3Error("OperationAborted", "An object or folder of that name exists.")
        now = self.now()
        self._make_folders(bucket, name, now)
        # Listings show folders without an owner, whoever created them.
        return self._add_folder(bucket, name, now, None)

    def replace_metadata(
        self, bucket: Bucket, existing: ObjectVersion, draft: ObjectDraft, headers: Headers
    ) -> Version:
        """Copy an object onto itself while versioning is off: only the metadata changes."""
        version, now = existing.version, self.now()
        if not bucket.locks:
            version.retention = retention.apply_headers(
                bucket, version.retention, headers, version.created, now
            )
        bucket.store.recount_metadata(version.metadata, -1)
        version.metadata, version.content_type = draft.metadata, draft.content_type
        bucket.store.recount_metadata(version.metadata, 1)
        version.changed = now
        bucket.namespace.usage.record_write(now, 0)
        return version

    def delete(
        self, bucket: Bucket, key: str, version_id: str | None, headers: Headers
    ) -> DeleteResult:
        """Delete an object. Deleting a missing object succeeds."""
        entry = bucket.store.entry(key)
        if entry is None:
            bucket.require(P.DELETE)
            return DeleteResult()
        if version_id is not None and (bucket.versioned or bucket.namespace.ever_versioned):
            return self._delete_version(bucket, entry, version_id, headers)
        current = entry.current
        if current is None:
            bucket.require(P.DELETE)
            return DeleteResult()
        self._require_delete(bucket, entry, current)
        if is_folder(key):
            return self._delete_folder(bucket, entry, current)
        retention.check_deletable(bucket, current.retention, headers, self.now())
        return self._delete_current(bucket, entry, current)

    def _require_delete(self, bucket: Bucket, entry: Entry, version: Version) -> None:
        if P.DELETE not in self.rights(bucket, entry, version):
            raise denied()

    def _delete_folder(self, bucket: Bucket, entry: Entry, version: Version) -> DeleteResult:
        # The status for folders that are not empty is not documented.
        if bucket.store.has_children(entry.key):
            raise S3Error("OperationAborted", "The folder is not empty.")
        bucket.store.remove_version(entry, version)
        bucket.namespace.usage.record_delete(self.now())
        return DeleteResult()

    def _delete_current(self, bucket: Bucket, entry: Entry, current: Version) -> DeleteResult:
        """With versioning the old version stays below a delete marker or an invisible record."""
        store, now = bucket.store, self.now()
        number = store.new_version_id()
        record_removal(bucket.namespace, Operation.DELETED, entry, current, now, number)
        bucket.namespace.usage.record_delete(now)
        if not bucket.versioned:
            store.add(entry.key, Version(number, Kind.RECORD, now, now))
            store.remove_version(entry, current)
            return DeleteResult()
        if not bucket.namespace.versioning.useDeleteMarkers:
            store.add(entry.key, Version(number, Kind.RECORD, now, now))
            return DeleteResult()
        marker = Version(number, Kind.MARKER, now, now, owner=self.owner(bucket))
        store.add(entry.key, marker)
        return DeleteResult(marker.id, marker=True)

    def _delete_version(
        self, bucket: Bucket, entry: Entry, version_id: str, headers: Headers
    ) -> DeleteResult:
        """Delete one version, if delete markers are enabled. Otherwise do nothing.

        The manual contradicts itself: its support table denies this operation altogether.
        """
        number = int(version_id) if version_id.isascii() and version_id.isdecimal() else -1
        version = entry.version(number)
        if version is None or not bucket.namespace.versioning.useDeleteMarkers:
            bucket.require(P.DELETE)
            return DeleteResult()
        if version.kind is Kind.MARKER:
            bucket.require(P.DELETE)
        else:
            self._require_delete(bucket, entry, version)
        if version.kind is Kind.FOLDER:
            return self._delete_folder(bucket, entry, version)
        retention.check_deletable(bucket, version.retention, headers, self.now())
        bucket.store.remove_version(entry, version)
        # How queries report a deleted single version is not documented.
        record_removal(bucket.namespace, Operation.DELETED, entry, version, self.now())
        bucket.namespace.usage.record_delete(self.now())
        return DeleteResult(version.id, marker=version.kind is Kind.MARKER)
