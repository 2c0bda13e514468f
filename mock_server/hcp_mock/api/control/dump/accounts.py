"""Accounts and the Active Directory as plain data, without passwords."""

from __future__ import annotations

from typing import Any

from ....state.records import GroupRecord, TenantRecord, UserRecord
from ....state.world import Directory


def dump_account(record: UserRecord | GroupRecord, tenant: TenantRecord | None) -> dict[str, Any]:
    names = {n.id: n.name for n in tenant.namespaces} if tenant else {}
    grants = record.grants.by_namespace
    result: dict[str, Any] = record.account.model_dump(mode="json", exclude_none=True)
    result["dataAccessPermissions"] = {
        names.get(key, key): [*value] for key, value in grants.items()
    }
    if isinstance(record, UserRecord):
        result["failedLogins"] = record.failed_logins
    return result


def dump_directory(directory: Directory) -> dict[str, Any]:
    return {
        "domain": directory.domain,
        "groups": [{"name": group.name, "sid": group.sid} for group in directory.groups],
        "users": [{"username": u.username, "groups": list(u.groups)} for u in directory.users],
    }
