"""Automatic actions of HCP: aborting uploads, pruning versions, disposing of objects.

The mock performs them when a namespace is read. MAPI reference: multipartUploadAutoAbortDays,
versioningSettings, complianceSettings, retentionClass. Query reference: operation queries.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from ..state.blobs import Data
from ..state.objects import Entry, Kind, Version
from ..state.operations import Operation, Removal
from ..state.records import NamespaceRecord


def run_housekeeping(namespace: NamespaceRecord, now: datetime) -> None:
    namespace.close_usage_hours(now)
    _abort_uploads(namespace, now)
    _prune(namespace, now)
    _dispose(namespace, now)


def record_removal(
    namespace: NamespaceRecord,
    operation: Operation,
    entry: Entry,
    version: Version,
    when: datetime,
    number: int | None = None,
) -> None:
    """Record a removal without the data, if the namespace keeps deletion records."""
    if namespace.versioning.keepDeletionRecords and version.kind is Kind.OBJECT:
        left = replace(version, data=Data(), hash="")
        removal = Removal(operation, entry.key, number or version.id, when, left, tuple(entry.acl))
        namespace.removals.append(removal)


def _abort_uploads(namespace: NamespaceRecord, now: datetime) -> None:
    days = namespace.settings.multipartUploadAutoAbortDays
    if not days:
        return
    limit = now - timedelta(days=days)
    for upload in list(namespace.store.uploads.values()):
        if upload.initiated <= limit:
            del namespace.store.uploads[upload.id]


def _prune(namespace: NamespaceRecord, now: datetime) -> None:
    """Remove old versions some days after they were superseded."""
    versioning = namespace.versioning
    if not versioning.prune or not namespace.ever_versioned:
        return
    age = timedelta(days=versioning.pruneDays or 0)
    for entry in namespace.store:
        for version in entry.versions[:-1]:
            old = version.superseded is not None and version.superseded + age <= now
            protected = version.retention.on_hold or version.retention.retained(now)
            if old and not protected and version.kind is Kind.OBJECT:
                namespace.store.remove_version(entry, version)
                when = (version.superseded or now) + age
                record_removal(namespace, Operation.PRUNED, entry, version, when)


def _dispose(namespace: NamespaceRecord, now: datetime) -> None:
    """Remove objects whose retention has expired, by their own date or by their class.

    The system-wide switch is not part of MAPI and is assumed to be on.
    """
    if not namespace.compliance.dispositionEnabled:
        return
    for entry in namespace.store:
        current = entry.current
        if current is None or current.kind is not Kind.OBJECT:
            continue
        end = _disposed_at(namespace, current)
        if end is None or end > now:
            continue
        store = namespace.store
        number = store.new_version_id()
        store.add(entry.key, Version(number, Kind.RECORD, end, end))
        if not namespace.versioning.enabled:
            store.remove_version(entry, current)
        record_removal(namespace, Operation.DISPOSED, entry, current, end, number)


def _disposed_at(namespace: NamespaceRecord, version: Version) -> datetime | None:
    retention = version.retention
    if retention.on_hold or retention.mode is not None:
        return None
    if retention.class_name is None:
        return retention.until
    retention_class = namespace.retention_classes.get(retention.class_name)
    return (
        retention.until
        if retention_class is not None and retention_class.allowDisposition
        else None
    )
