"""The content of namespaces. MAPI reference: statistics."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ...models.usage import Statistics
from ...state.records import NamespaceRecord
from ...state.usage import Contents
from ..s3.housekeeping import run_housekeeping


def statistics(namespaces: Iterable[NamespaceRecord], now: datetime) -> Statistics:
    """Count objects with all versions. Objects that a seed only counts have no size."""
    found = list(namespaces)
    for namespace in found:
        run_housekeeping(namespace, now)
    contents = sum((namespace.contents for namespace in found), Contents())
    return Statistics(
        customMetadataCount=sum(n.store.metadata_count for n in found),
        customMetadataSize=sum(n.store.metadata_size for n in found),
        ingestedVolume=contents.ingested,
        objectCount=contents.objects,
        shredCount=0,
        shredSize=0,
        storageCapacityUsed=contents.used,
    )
