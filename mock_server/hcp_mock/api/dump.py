"""The state as plain data, for looking at it. Passwords and digests are not part of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ..services.content_classes import using
from ..state.objects import Entry
from ..state.records import GroupRecord, NamespaceRecord, TenantRecord, UserRecord
from ..state.world import Directory, World
from .dump_erasure_coding import dump_erasure_coding
from .dump_replication import dump_replication
from .dump_system import dump_system


def _account(record: UserRecord | GroupRecord, tenant: TenantRecord | None) -> dict[str, Any]:
    names = {n.id: n.name for n in tenant.namespaces} if tenant else {}
    grants = record.grants.by_namespace
    result: dict[str, Any] = record.account.model_dump(mode="json", exclude_none=True)
    result["dataAccessPermissions"] = {
        names.get(key, key): [*value] for key, value in grants.items()
    }
    if isinstance(record, UserRecord):
        result["failedLogins"] = record.failed_logins
    return result


def _entry(entry: Entry) -> dict[str, Any]:
    """One key with its versions, oldest first; not the data."""
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


def _namespace(record: NamespaceRecord) -> dict[str, Any]:
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


def _tenant(record: TenantRecord) -> dict[str, Any]:
    result: dict[str, Any] = record.settings.model_dump(mode="json", exclude_none=True)
    result["mapiEnabled"] = record.mapi_enabled
    result["namespaceDefaults"] = record.defaults.model_dump(mode="json", exclude_none=True)
    result["consoleSecurity"] = record.console.model_dump(mode="json", exclude_none=True)
    result["contactInfo"] = record.contact.model_dump(mode="json")
    result["emailNotification"] = record.notification.model_dump(mode="json")
    result["searchSecurity"] = record.search.model_dump(mode="json", exclude_none=True)
    result.update(permissions=[*record.mask], cors=record.cors)
    result["users"] = [_account(user, record) for user in record.users]
    result["groups"] = [_account(group, record) for group in record.groups]
    result["contentClasses"] = [
        {
            **c.model_dump(mode="json", exclude_none=True),
            "namespaces": [namespace.name for namespace in using(record, c.name or "")],
        }
        for c in record.content_classes
    ]
    result["namespaces"] = [_namespace(namespace) for namespace in record.namespaces]
    return result


def _directory(directory: Directory) -> dict[str, Any]:
    return {
        "domain": directory.domain,
        "groups": [{"name": group.name, "sid": group.sid} for group in directory.groups],
        "users": [{"username": u.username, "groups": list(u.groups)} for u in directory.users],
    }


def dump(world: World) -> dict[str, Any]:
    return {
        "mapiEnabled": world.mapi_enabled,
        "servicePlans": dict(world.service_plans),
        "activeDirectory": _directory(world.directory) if world.directory else None,
        "users": [_account(user, None) for user in world.users],
        "groups": [_account(group, None) for group in world.groups],
        "tenants": [_tenant(tenant) for tenant in world.tenants],
        "system": dump_system(world.system, world.packages),
        "erasureCoding": dump_erasure_coding(world.erasure_coding),
        "replication": dump_replication(world.replication),
    }
