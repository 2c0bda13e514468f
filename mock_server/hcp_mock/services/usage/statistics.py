"""The content of namespaces. MAPI reference: statistics."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ...models.usage import Statistics
from ...state.records import NamespaceRecord
from ...state.usage import Contents
from ..housekeeping import run_housekeeping


def statistics(namespaces: Iterable[NamespaceRecord], now: datetime) -> Statistics:
    """Count objects with all versions. Objects that a seed only counts have no size."""
    items = list(namespaces)
    for namespace in items:
        run_housekeeping(namespace, now)
    contents = sum((namespace.contents for namespace in items), Contents())
    return Statistics(
        customMetadataCount=sum(n.store.metadata_count for n in items),
        customMetadataSize=sum(n.store.metadata_size for n in items),
        ingestedVolume=contents.ingested,
        objectCount=contents.objects,
        shredCount=0,
        shredSize=0,
        storageCapacityUsed=contents.used,
    )
