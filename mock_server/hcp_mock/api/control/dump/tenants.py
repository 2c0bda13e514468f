"""Tenants as plain data."""

from __future__ import annotations

from typing import Any

from ....services.tenants.content_classes import namespaces_using
from ....state.records import TenantRecord
from .accounts import dump_account
from .namespaces import dump_namespace


def dump_tenant(record: TenantRecord) -> dict[str, Any]:
    result: dict[str, Any] = record.settings.model_dump(mode="json", exclude_none=True)
    result["mapiEnabled"] = record.mapi_enabled
    result["namespaceDefaults"] = record.defaults.model_dump(mode="json", exclude_none=True)
    result["consoleSecurity"] = record.console.model_dump(mode="json", exclude_none=True)
    result["contactInfo"] = record.contact.model_dump(mode="json")
    result["emailNotification"] = record.notification.model_dump(mode="json")
    result["searchSecurity"] = record.search.model_dump(mode="json", exclude_none=True)
    result.update(permissions=[*record.mask], cors=record.cors)
    result["users"] = [dump_account(user, record) for user in record.users]
    result["groups"] = [dump_account(group, record) for group in record.groups]
    result["contentClasses"] = [
        {
            **c.model_dump(mode="json", exclude_none=True),
            "namespaces": [namespace.name for namespace in namespaces_using(record, c.name or "")],
        }
        for c in record.content_classes
    ]
    result["namespaces"] = [dump_namespace(namespace) for namespace in record.namespaces]
    return result
