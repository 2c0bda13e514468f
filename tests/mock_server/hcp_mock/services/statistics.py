"""What namespaces hold. MAPI reference: statistics."""

from __future__ import annotations

from collections.abc import Iterable

from ..models.namespace_parts import Statistics
from ..state.records import NamespaceRecord


def statistics(namespaces: Iterable[NamespaceRecord]) -> Statistics:
    """Objects with all their versions; those that a seed only claims have no size."""
    found = list(namespaces)
    stored = sum(namespace.store.stored for namespace in found)
    return Statistics(
        customMetadataCount=sum(n.store.metadata_count for n in found),
        customMetadataSize=sum(n.store.metadata_size for n in found),
        ingestedVolume=stored,
        objectCount=sum(n.objects + n.store.count for n in found),
        shredCount=0,
        shredSize=0,
        # Parts of open uploads take up room as well.
        storageCapacityUsed=sum(n.store.used for n in found),
    )
