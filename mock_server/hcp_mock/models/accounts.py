"""User and group accounts. MAPI reference: userAccount, groupAccount, updatePasswordRequest."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from .base import (
    AnyCase,
    DataType,
    Description,
    Flag,
    FullName,
    Shown,
    Text,
    Use,
    Username,
    prop,
    read_only,
)


class Role(AnyCase):
    ADMINISTRATOR = "ADMINISTRATOR"
    COMPLIANCE = "COMPLIANCE"
    MONITOR = "MONITOR"
    SECURITY = "SECURITY"
    SEARCH = "SEARCH"
    SERVICE = "SERVICE"


TENANT_ROLES = frozenset({Role.ADMINISTRATOR, Role.COMPLIANCE, Role.MONITOR, Role.SECURITY})


def _tenant_roles(values: list[Role]) -> list[Role]:
    if not TENANT_ROLES.issuperset(values):
        raise ValueError("a role of system-level accounts only")
    return list(dict.fromkeys(values))


def _unique(values: list[Role]) -> list[Role]:
    return list(dict.fromkeys(values))


TenantRoles = Annotated[list[Role], AfterValidator(_tenant_roles)]
SystemRoles = Annotated[list[Role], AfterValidator(_unique)]


class UserAccount(DataType):
    enabled: Flag | None = prop(put=Use.REQUIRED)
    localAuthentication: Flag | None = prop(put=Use.REQUIRED, post=Use.NO, get=Shown.VERBOSE)
    roles: TenantRoles | None = prop(item="role")
    # Whether a creation may send allowNamespaceManagement depends on a lenient rule: see
    # AccountService.
    allowNamespaceManagement: Flag | None = prop()
    description: Description | None = prop()
    forcePasswordChange: Flag | None = prop(put=Use.REQUIRED)
    fullName: FullName | None = prop(put=Use.REQUIRED)
    userGUID: Text | None = read_only()
    userID: int | None = read_only()
    username: Username | None = prop(put=Use.REQUIRED)


class SystemUserAccount(UserAccount):
    """A system-level account.

    It has the same properties and two more roles. MAPI cannot change it.
    """

    roles: SystemRoles | None = prop(item="role")


class GroupAccount(DataType):
    allowNamespaceManagement: Flag | None = prop(put=Use.NO)
    externalGroupID: Text | None = prop(post=Use.NO, get=Shown.VERBOSE)
    # A modification may repeat the name, as every response contains it, but not change it.
    groupname: Text | None = prop()
    roles: TenantRoles | None = prop(item="role")


class SystemGroupAccount(GroupAccount):
    roles: SystemRoles | None = prop(item="role")


class UpdatePasswordRequest(DataType):
    newPassword: Text | None = prop(post=Use.REQUIRED, get=Shown.NEVER)


class EmptyDocument(DataType):
    """The body of a request that is defined by a query parameter."""
