"""Data access permissions of accounts, and permission masks.

MAPI reference: dataAccessPermissions, permissions.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...errors import bad_property, missing_property
from ...models.permissions import (
    OWNER_PERMISSIONS,
    DataAccessPermissions,
    DataPermission,
    MaskPermission,
    NamespacePermission,
    PermissionMask,
    with_implied,
)
from ...state.records import Grants, NamespaceRecord, TenantRecord
from ..listing import Listing, Page


@dataclass
class GrantService:
    listing: Listing

    def view(self, tenant: TenantRecord, grants: Grants, page: Page) -> DataAccessPermissions:
        """Return the namespaces with at least one permission."""
        held = [
            namespace for namespace in tenant.namespaces if grants.by_namespace.get(namespace.id)
        ]
        rows = self.listing.page_of_names(held, page)
        entries = [
            NamespacePermission(
                namespaceName=row.name,
                permissions=self.listing.shuffled(grants.by_namespace[row.id]),
            )
            for row in rows
        ]
        return DataAccessPermissions(namespacePermission=entries)

    def modify(self, tenant: TenantRecord, grants: Grants, body: DataAccessPermissions) -> None:
        """Replace the permissions for the namespaces that are sent. Others do not change."""
        changes: dict[str, list[DataPermission]] = {}
        for entry in body.namespacePermission or []:
            if entry.namespaceName is None:
                raise missing_property("namespaceName")
            namespace = tenant.namespaces.get(entry.namespaceName)
            if namespace is None:
                raise bad_property("namespaceName")
            if entry.permissions is not None:
                changes[namespace.id] = list(entry.permissions)
        for namespace_id, permissions in changes.items():
            if permissions:
                grants.by_namespace[namespace_id] = permissions
            else:
                grants.by_namespace.pop(namespace_id, None)

    def mask(self, holder: TenantRecord | NamespaceRecord) -> PermissionMask:
        return PermissionMask(permission=self.listing.shuffled(holder.mask))

    @staticmethod
    def set_mask(holder: TenantRecord | NamespaceRecord, body: PermissionMask) -> None:
        if body.permission is not None:
            holder.mask = sorted(body.permission, key=list(MaskPermission).index)


def grant_owner(tenant: TenantRecord, namespace: NamespaceRecord) -> None:
    """Give the owner of a namespace the owner's permissions, in addition to the existing ones."""
    user = tenant.users.get(namespace.settings.owner or "")
    if user is not None:
        held = user.grants.by_namespace.get(namespace.id, [])
        user.grants.by_namespace[namespace.id] = with_implied([*held, *OWNER_PERMISSIONS])


def remove_grants(tenant: TenantRecord, namespace: NamespaceRecord) -> None:
    for account in (*tenant.users, *tenant.groups):
        account.grants.by_namespace.pop(namespace.id, None)
