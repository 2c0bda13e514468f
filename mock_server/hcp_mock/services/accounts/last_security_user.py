"""Protection of the last security account. MAPI reference: last-account protections."""

from __future__ import annotations

from ...models.accounts import Role
from ...state.records import TenantRecord, UserRecord


def _has_security_role(user: UserRecord, enabled_only: bool) -> bool:
    account = user.account
    return bool(
        account.localAuthentication
        and (account.enabled or not enabled_only)
        and Role.SECURITY in (account.roles or [])
    )


def is_last_security_user(
    tenant: TenantRecord, user: UserRecord, enabled_only: bool = True
) -> bool:
    """Return whether no other local enabled user and no group has the security role."""
    if not _has_security_role(user, enabled_only):
        return False
    if any(Role.SECURITY in (group.account.roles or []) for group in tenant.groups):
        return False
    return not any(other is not user and _has_security_role(other, True) for other in tenant.users)
