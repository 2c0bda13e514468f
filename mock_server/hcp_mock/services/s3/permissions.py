"""Effective permissions for buckets and objects.

S3 reference: the masks of tenant and namespace limit the sum of the account's permissions, the
minimum permissions of the namespace, ownership and ACL grants.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from ...models.accounts import Role
from ...models.namespaces.namespace import AclsUsage
from ...models.network import IpSettings
from ...models.permissions import DataPermission as P
from ...models.permissions import MaskPermission
from ...state.objects import Entry, Grant, Version
from ...state.records import NamespaceRecord, TenantRecord
from .callers import ALL_USERS, AUTHENTICATED, Caller, Kind
from .errors import denied

FULL_CONTROL = frozenset({P.BROWSE, P.READ, P.READ_ACL, P.WRITE, P.WRITE_ACL, P.DELETE})
PERMISSIONS_OF_GRANT: dict[str, frozenset[P]] = {
    "READ": frozenset({P.BROWSE, P.READ}),
    "READ_ACP": frozenset({P.READ_ACL}),
    "WRITE": frozenset({P.WRITE, P.DELETE}),
    "WRITE_ACP": frozenset({P.WRITE_ACL}),
    "FULL_CONTROL": FULL_CONTROL,
}
# Masks have fewer permissions than accounts; this mapping is unconfirmed.
_MASKED_BY: dict[P, MaskPermission] = {
    P.BROWSE: MaskPermission.READ,
    P.READ: MaskPermission.READ,
    P.READ_ACL: MaskPermission.READ,
    P.WRITE: MaskPermission.WRITE,
    P.WRITE_ACL: MaskPermission.WRITE,
    P.CHOWN: MaskPermission.WRITE,
    P.DELETE: MaskPermission.DELETE,
    P.PURGE: MaskPermission.PURGE,
    P.PRIVILEGED: MaskPermission.PRIVILEGED,
    P.SEARCH: MaskPermission.SEARCH,
}


def _as_data(values: Iterable[object]) -> set[P]:
    return {P(str(value)) for value in values}


def minimum_permissions(namespace: NamespaceRecord, caller: Caller) -> set[P]:
    settings = namespace.settings
    for_anyone = _as_data(settings.authAndAnonymousMinimumPermissions or [])
    if caller.anonymous:
        return for_anyone
    authenticated = _as_data(settings.authMinimumPermissions or [])
    # MAPI reference: with this switch, which is on by default, both sets count for users.
    return (
        authenticated | for_anyone
        if settings.authUsersAlwaysGrantedAllPermissions
        else authenticated
    )


def granted_permissions(acl: list[Grant], caller: Caller) -> set[P]:
    result: set[P] = set()
    for grant in acl:
        if grant.identity is not None:
            fits = not caller.anonymous and grant.identity.id == caller.identity.id
        else:
            fits = grant.group == ALL_USERS or (
                grant.group == AUTHENTICATED and not caller.anonymous
            )
        if fits:
            result |= PERMISSIONS_OF_GRANT[grant.permission]
    return result


def apply_masks(held: set[P], tenant: TenantRecord, namespace: NamespaceRecord) -> frozenset[P]:
    allowed = set(tenant.mask) & set(namespace.mask)
    return frozenset(p for p in held if _MASKED_BY[p] in allowed)


def bucket_permissions(
    tenant: TenantRecord, namespace: NamespaceRecord, caller: Caller
) -> frozenset[P]:
    """Return the permissions for the bucket. The owner's are those of its account."""
    held = minimum_permissions(namespace, caller) | granted_permissions(namespace.acl, caller)
    for grants in caller.grants:
        held |= set(grants.by_namespace.get(namespace.id, []))
    return apply_masks(held, tenant, namespace)


def object_permissions(
    tenant: TenantRecord,
    namespace: NamespaceRecord,
    caller: Caller,
    entry: Entry,
    version: Version,
) -> frozenset[P]:
    """Return the permissions for an object: of the bucket, by ownership, and by its ACL."""
    held = set(bucket_permissions(tenant, namespace, caller))
    if (
        version.owner is not None
        and version.owner.id == caller.identity.id
        and not caller.anonymous
    ):
        held |= FULL_CONTROL
    if namespace.settings.aclsUsage is AclsUsage.ENFORCED:
        held |= granted_permissions(entry.acl, caller)
    return apply_masks(held, tenant, namespace)


def may_search(tenant: TenantRecord, namespace: NamespaceRecord, caller: Caller) -> bool:
    """Check the SEARCH permission, which system-level accounts have by their role."""
    if caller.kind is not Kind.SYSTEM:
        return P.SEARCH in bucket_permissions(tenant, namespace, caller)
    held = {P.SEARCH} if Role.SEARCH in caller.roles else set()
    return P.SEARCH in apply_masks(held, tenant, namespace)


def _listed(address: str, entries: list[str] | None) -> bool:
    known = ipaddress.ip_address(address)
    networks = (
        ipaddress.ip_network(part.strip(), strict=False)
        for entry in entries or []
        for part in entry.split(",")
    )
    return any(known.version == network.version and known in network for network in networks)


def check_address(settings: IpSettings | None, address: str | None) -> None:
    """MAPI reference, ipSettings: a switch decides on addresses in both lists or in neither."""
    if settings is None or address is None:
        return
    allowed = _listed(address, settings.allowAddresses)
    refused = _listed(address, settings.denyAddresses)
    if not (bool(settings.allowIfInBothLists) if allowed == refused else allowed):
        raise denied("The client's address is not allowed.")
