"""What HCP does by itself as time goes by: ending uploads, pruning, disposing of objects.

The mock does it when somebody looks. MAPI reference: multipartUploadAutoAbortDays,
versioningSettings, complianceSettings, retentionClass. Query reference: operation queries.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from ...state.blobs import Data
from ...state.objects import Entry, Kind, Version
from ...state.operations import Operation, Removal
from ...state.records import NamespaceRecord


def run_housekeeping(namespace: NamespaceRecord, now: datetime) -> None:
    namespace.touch(now)
    _end_uploads(namespace, now)
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
    """Keep a record of a removal, without the data, unless the namespace keeps none."""
    if namespace.versioning.keepDeletionRecords and version.kind is Kind.OBJECT:
        left = replace(version, data=Data(), hash="")
        removal = Removal(operation, entry.key, number or version.id, when, left, tuple(entry.acl))
        namespace.removals.append(removal)


def _end_uploads(namespace: NamespaceRecord, now: datetime) -> None:
    days = namespace.settings.multipartUploadAutoAbortDays
    if not days:
        return
    limit = now - timedelta(days=days)
    for upload in list(namespace.store.uploads.values()):
        if upload.initiated <= limit:
            del namespace.store.uploads[upload.id]


def _prune(namespace: NamespaceRecord, now: datetime) -> None:
    """Old versions go some days after a newer one took their place."""
    versioning = namespace.versioning
    if not versioning.prune or not namespace.ever_versioned:
        return
    age = timedelta(days=versioning.pruneDays or 0)
    for entry in namespace.store:
        for version in entry.versions[:-1]:
            old = version.superseded is not None and version.superseded + age <= now
            kept = version.retention.held or version.retention.retained(now)
            if old and not kept and version.kind is Kind.OBJECT:
                namespace.store.remove_version(entry, version)
                when = (version.superseded or now) + age
                record_removal(namespace, Operation.PRUNED, entry, version, when)


def _dispose(namespace: NamespaceRecord, now: datetime) -> None:
    """Objects go once their retention has expired: by a date of their own, or by their class.

    The switch of the whole system is taken to be on; it is not part of MAPI.
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
    if retention.held or retention.mode is not None:
        return None
    if retention.of_class is None:
        return retention.until
    found = namespace.retention_classes.get(retention.of_class)
    return retention.until if found is not None and found.allowDisposition else None
