"""The objects of one namespace: keys in UTF-8 order, versions and multipart uploads."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from .blobs import Data
from .usage import Contents

FIRST_VERSION = 87288758401473
VERSION_STEP = 64
EMPTY_MD5 = "d41d8cd98f00b204e9800998ecf8427e"


class Kind(StrEnum):
    OBJECT = "object"
    FOLDER = "folder"
    MARKER = "marker"  # a delete marker: seen in listings, and can be deleted
    RECORD = "record"  # what a deletion leaves without delete markers: never seen through S3


@dataclass(frozen=True)
class Identity:
    """The identity of an owner, grantee or initiator in S3."""

    id: str
    name: str


@dataclass(frozen=True)
class Grant:
    """An entry of an ACL: one S3 permission for an account or a group."""

    permission: str
    identity: Identity | None = None
    group: str | None = None

    @property
    def grantee(self) -> str:
        return self.identity.id if self.identity is not None else (self.group or "")


@dataclass
class Retention:
    """The retention of an object, of HCP or of S3 Object Lock."""

    special: str = "0"  # 0 allowed, -1 never, -2 unspecified; "" with a date
    until: datetime | None = None
    class_name: str | None = None
    hold: bool = False
    labels: dict[str, bool] = field(default_factory=dict)
    mode: str | None = None  # GOVERNANCE or COMPLIANCE
    legal_hold: bool = False
    legal_hold_set: bool = False

    @property
    def on_hold(self) -> bool:
        return self.hold or self.legal_hold or any(self.labels.values())

    def retained(self, now: datetime) -> bool:
        if self.until is not None:
            return self.until > now
        return self.special in ("-1", "-2")


@dataclass
class Version:
    id: int
    kind: Kind
    created: datetime
    changed: datetime
    data: Data = field(default_factory=Data)
    size: int = 0
    etag: str = EMPTY_MD5
    content_type: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    owner: Identity | None = None
    retention: Retention = field(default_factory=Retention)
    encryption: bool = False
    parts: int = 0  # of the multipart upload
    superseded: datetime | None = None
    index: bool = True  # whether its custom metadata and ACL are indexed
    shred: bool = False
    hash: str | None = None  # computed on first use

    @property
    def visible(self) -> bool:
        return self.kind in (Kind.OBJECT, Kind.FOLDER)


@dataclass
class Entry:
    """All versions of one key, oldest first. The ACL applies to all of them."""

    key: str
    versions: list[Version] = field(default_factory=list)
    acl: list[Grant] = field(default_factory=list)

    @property
    def current(self) -> Version | None:
        latest = self.versions[-1] if self.versions else None
        return latest if latest is not None and latest.visible else None

    def version(self, number: int) -> Version | None:
        return next(
            (v for v in self.versions if v.id == number and v.kind is not Kind.RECORD), None
        )


@dataclass
class Part:
    data: Data
    size: int
    etag: str
    changed: datetime


@dataclass
class Upload:
    id: str
    key: str
    initiator: Identity
    initiated: datetime
    content_type: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    acl: list[Grant] = field(default_factory=list)
    retention: Retention = field(default_factory=Retention)
    encryption: bool = False
    parts: dict[int, Part] = field(default_factory=dict)


class ObjectStore:
    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._order: list[bytes] = []
        self._last_version = FIRST_VERSION
        self.uploads: dict[str, Upload] = {}
        self.count = 0
        self.stored = 0
        self.metadata_count = 0
        self.metadata_size = 0
        self.multipart_count = 0
        self.multipart_parts = 0
        self.multipart_size = 0

    def new_version_id(self) -> int:
        self._last_version += VERSION_STEP
        return self._last_version

    @property
    def used(self) -> int:
        """Bytes that count against the quota: all versions, and the parts of open uploads."""
        return self.stored + sum(part.size for part in self.open_parts)

    @property
    def open_parts(self) -> list[Part]:
        return [part for upload in self.uploads.values() for part in upload.parts.values()]

    @property
    def contents(self) -> Contents:
        """Custom metadata counts as ingested volume and as used capacity."""
        return Contents(
            objects=self.count,
            ingested=self.stored + self.metadata_size,
            used=self.used + self.metadata_size,
            multipart_objects=self.multipart_count,
            multipart_object_parts=self.multipart_parts,
            multipart_object_bytes=self.multipart_size,
            uploads=len(self.uploads),
            upload_parts=len(self.open_parts),
            upload_bytes=sum(part.size for part in self.open_parts),
        )

    @property
    def empty(self) -> bool:
        return not self._entries and not self.uploads

    def __iter__(self) -> Iterator[Entry]:
        return (self._entries[key.decode("utf-8")] for key in list(self._order))

    def entry(self, key: str) -> Entry | None:
        return self._entries.get(key)

    def current(self, key: str) -> Version | None:
        entry = self._entries.get(key)
        return entry.current if entry else None

    def position(self, key: bytes) -> int:
        """Return the position of ``key`` in the order of keys, whether or not it exists."""
        return bisect_left(self._order, key)

    def key_at(self, position: int) -> bytes | None:
        return self._order[position] if position < len(self._order) else None

    def at(self, position: int) -> Entry:
        return self._entries[self._order[position].decode("utf-8")]

    def add(self, key: str, version: Version) -> Entry:
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = Entry(key)
            insort(self._order, key.encode("utf-8"))
        elif entry.versions:
            entry.versions[-1].superseded = version.created
        entry.versions.append(version)
        self._count(version, 1)
        return entry

    def remove_version(self, entry: Entry, version: Version) -> None:
        """Remove one version, and the key with its last version."""
        entry.versions.remove(version)
        self._count(version, -1)
        if all(left.kind is Kind.RECORD for left in entry.versions):
            self._remove_entry(entry)

    def _remove_entry(self, entry: Entry) -> None:
        del self._entries[entry.key]
        del self._order[self.position(entry.key.encode("utf-8"))]

    def _count(self, version: Version, sign: int) -> None:
        if version.kind is Kind.OBJECT:
            self.count += sign
            self.stored += sign * version.size
            if version.parts:
                self.multipart_count += sign
                self.multipart_parts += sign * version.parts
                self.multipart_size += sign * version.size
            self.recount_metadata(version.metadata, sign)

    def recount_metadata(self, metadata: dict[str, str], sign: int) -> None:
        if metadata:
            self.metadata_count += sign
            self.metadata_size += sign * sum(len(n) + len(v) for n, v in metadata.items())

    def has_children(self, folder: str) -> bool:
        """Return whether there are keys below a folder, whose name ends with a slash."""
        first = self.key_at(self.position(folder.encode("utf-8")) + (folder in self._entries))
        return first is not None and first.startswith(folder.encode("utf-8"))
