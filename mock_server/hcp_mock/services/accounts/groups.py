"""Group accounts of tenants and of the system. MAPI reference: groupAccounts, groupAccount."""

from __future__ import annotations

from dataclasses import dataclass

from ...errors import (
    AlreadyExists,
    Refused,
    bad_parameter,
    bad_property,
    missing_parameter,
    missing_property,
    not_settable,
)
from ...models.accounts import GroupAccount, Role
from ...state.records import DirectoryGroup, GroupRecord, TenantRecord
from ...state.world import Directory, World
from ..access import Caller
from ..defaults.accounts import new_group
from ..listing import Listing
from . import rules


@dataclass
class GroupService:
    world: World
    listing: Listing

    def names(self, tenant: TenantRecord | None) -> list[str]:
        return self.listing.shuffled((tenant.groups if tenant else self.world.groups).names())

    def view(self, group: GroupRecord, caller: Caller) -> GroupAccount:
        """Only the security role sees roles and the SID."""
        shown = group.account.model_copy()
        shown.roles = self.listing.shuffled(shown.roles or [])
        if not caller.has(Role.SECURITY):
            shown.roles = shown.externalGroupID = None
        return shown

    def create(self, tenant: TenantRecord, body: GroupAccount) -> None:
        directory = self._directory(tenant)
        if body.groupname is None and body.externalGroupID is None:
            raise missing_property("groupname")
        group = _resolved(directory, body)
        if group.name in tenant.groups:
            raise AlreadyExists(group.name)
        _add(tenant, group, body.roles or [])

    def _directory(self, tenant: TenantRecord) -> Directory:
        """Return the directory, if HCP has joined one and the tenant uses it.

        The reference requires the first. That the tenant must use it as well is the strict reading,
        and so is the status (unconfirmed).
        """
        directory = self.world.directory
        if directory is None:
            raise Refused("Active Directory is not configured for the system.")
        if not tenant.supports_directory:
            raise Refused("Active Directory authentication is not enabled for the tenant.")
        return directory

    @staticmethod
    def modify(group: GroupRecord, caller: Caller, body: GroupAccount) -> None:
        rules.check_role_split(caller, body)
        name = body.groupname
        if name is not None and name.casefold() != group.name.casefold():
            raise not_settable("groupname")
        new = rules.apply_changes(group.account, body)
        new.groupname = group.name
        group.account = new

    @staticmethod
    def delete(tenant: TenantRecord, group: GroupRecord) -> None:
        """The last group with the security role is not protected, unlike the last user."""
        tenant.groups.remove(group.name)

    def reset_security(self, tenant: TenantRecord, name: str | None) -> None:
        """Give a group the security role. A group without an account gets an account."""
        if name is None:
            raise missing_parameter("resetSecurityGroup")
        directory_group = self._directory(tenant).named(name)
        if directory_group is None:
            raise bad_parameter("resetSecurityGroup")
        group = tenant.groups.get(directory_group.name)
        if group is None:
            _add(tenant, directory_group, [Role.SECURITY])
        elif Role.SECURITY not in (group.account.roles or []):
            group.account.roles = [*(group.account.roles or []), Role.SECURITY]


def _resolved(directory: Directory, body: GroupAccount) -> DirectoryGroup:
    """Return the group that the body names by name, by SID or by both in agreement."""
    named: DirectoryGroup | None = None
    if body.groupname is not None:
        named = directory.group(body.groupname)
        if named is None:
            raise bad_property("groupname")
    if body.externalGroupID is None and named is not None:
        return named
    known = directory.group_of_sid(body.externalGroupID or "")
    if known is None or (named is not None and known != named):
        raise bad_property("externalGroupID")
    return known


def _add(tenant: TenantRecord, directory_group: DirectoryGroup, roles: list[Role]) -> None:
    account = GroupAccount(
        groupname=directory_group.name, externalGroupID=directory_group.sid, roles=roles
    )
    tenant.groups.put(directory_group.name, new_group(account))
