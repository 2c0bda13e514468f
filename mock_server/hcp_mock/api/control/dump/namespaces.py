"""Namespaces and their objects as plain data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ....state.objects import Entry
from ....state.records import NamespaceRecord


def _entry(entry: Entry) -> dict[str, Any]:
    """Describe one key and its versions, oldest first, without the data."""
    versions = [
        {
            "versionId": version.id,
            "kind": version.kind.value,
            "size": version.size,
            "etag": version.etag,
            "owner": version.owner.name if version.owner else None,
            "index": version.index,
            "shred": version.shred,
        }
        for version in entry.versions
    ]
    return {"key": entry.key, "versions": versions}


def dump_namespace(record: NamespaceRecord) -> dict[str, Any]:
    result: dict[str, Any] = record.settings.model_dump(mode="json", exclude_none=True)
    for name in (
        "versioning",
        "compliance",
        "indexing",
        "collisions",
        "http",
        "cifs",
        "nfs",
        "smtp",
    ):
        result[name] = getattr(record, name).model_dump(mode="json", exclude_none=True)
    count = record.objects + record.store.count
    result.update(permissions=[*record.mask], cors=record.cors, objects=count)
    result["usage"] = asdict(record.usage.total)
    result["contents"] = [_entry(entry) for entry in record.store]
    result["removals"] = [
        {
            "operation": removal.operation.value,
            "key": removal.key,
            "versionId": removal.number,
            "time": removal.when.isoformat(timespec="milliseconds"),
        }
        for removal in record.removals
    ]
    result["retentionClasses"] = [c.model_dump(mode="json") for c in record.retention_classes]
    return result
