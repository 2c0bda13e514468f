"""Replication progress of links.

Versions in replicated namespaces of local tenants count. An active link has replicated all of them,
a stopped one those that were stored before it stopped.

MAPI reference: statistics of links, tenant of a link's content.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ...models.replication import LinkStatistics
from ...state.objects import Kind, Version
from ...state.records import NamespaceRecord, TenantRecord
from ..clock import TIME_FORMAT
from ..system.nodes import milliseconds

_RECENT = timedelta(minutes=1)


@dataclass
class ReplicationTotals:
    """Objects and bytes that are replicated, pending, and replicated in the last minute."""

    objects: int = 0
    bytes: int = 0
    objects_pending: int = 0
    bytes_pending: int = 0
    recent_objects: int = 0
    recent_bytes: int = 0

    def add(self, other: ReplicationTotals) -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def count(self, version: Version, stopped: datetime | None, now: datetime) -> None:
        if stopped is not None and version.created > stopped:
            self.objects_pending += 1
            self.bytes_pending += version.size
            return
        self.objects += 1
        self.bytes += version.size
        if version.created > now - _RECENT:
            self.recent_objects += 1
            self.recent_bytes += version.size


def replicated(tenant: TenantRecord) -> list[NamespaceRecord]:
    return [n for n in tenant.namespaces if n.settings.replicationEnabled]


def replication_totals(
    tenant: TenantRecord | None, stopped: datetime | None, now: datetime
) -> ReplicationTotals:
    """Objects that a seed only counts are replicated and have no size.

    The default tenant and remote tenants are not counted.
    """
    result = ReplicationTotals()
    if tenant is None or tenant.is_default:
        return result
    for namespace in replicated(tenant):
        result.objects += namespace.objects
        for entry in namespace.store:
            for version in entry.versions:
                if version.kind is Kind.OBJECT:
                    result.count(version, stopped, now)
    return result


def link_statistics(
    totals: Iterable[ReplicationTotals], verifies: bool, up_to_date: datetime, now: datetime
) -> LinkStatistics:
    total = ReplicationTotals()
    for each in totals:
        total.add(each)
    seconds = _RECENT.total_seconds()
    return LinkStatistics(
        bytesPending=total.bytes_pending,
        bytesPendingRemote=0,
        bytesPerSecond=round(total.recent_bytes / seconds, 2),
        bytesReplicated=total.bytes,
        errors=0,
        errorsPerSecond=0.0,
        objectsPending=total.objects_pending,
        objectsPendingRemote=0,
        objectsReplicated=total.objects,
        objectsReplicatedAfterVerification=0,
        objectsVerified=total.objects if verifies else 0,
        operationsPerSecond=round(total.recent_objects / seconds, 2),
        upToDateAsOfMillis=milliseconds(up_to_date),
        upToDateAsOfString=up_to_date.strftime(TIME_FORMAT),
    )
