"""The account a tenant must not lose. MAPI reference: last-account protections."""

from __future__ import annotations

from ...models.accounts import Role
from ...state.records import TenantRecord, UserRecord


def _guards(user: UserRecord, enabled_only: bool) -> bool:
    account = user.account
    return bool(
        account.localAuthentication
        and (account.enabled or not enabled_only)
        and Role.SECURITY in (account.roles or [])
    )


def is_last_security_user(
    tenant: TenantRecord, user: UserRecord, enabled_only: bool = True
) -> bool:
    """Whether nobody else, neither a local enabled user nor a group, has the security role."""
    if not _guards(user, enabled_only):
        return False
    if any(Role.SECURITY in (group.account.roles or []) for group in tenant.groups):
        return False
    return not any(other is not user and _guards(other, True) for other in tenant.users)
