"""Seeding accounts, their permissions and the Active Directory."""

from __future__ import annotations

from ...models.accounts import GroupAccount, UserAccount
from ...models.seeds.accounts import SeedDirectory, SeedGrant, SeedUser
from ...state.records import (
    DirectoryGroup,
    DirectoryUser,
    Grants,
    GroupRecord,
    TenantRecord,
    UserRecord,
)
from ...state.repository import Repository
from ...state.world import Directory, World
from ..accounts import passwords
from ..defaults.accounts import new_group, new_user, synthetic_sid
from .errors import required_name, unusable


def seed_directory(world: World, seed: SeedDirectory) -> None:
    directory = world.directory or Directory()
    given = [g if isinstance(g, str) else g.name for g in seed.groups]
    named = [*given, *(user.username for user in seed.users)]
    domains = (name.rpartition("@")[2] for name in named if "@" in name)
    directory.domain = seed.domain or directory.domain or next(domains, "")
    for group in seed.groups:
        sid = None if isinstance(group, str) else group.sid
        _directory_group(directory, group if isinstance(group, str) else group.name, sid)
    for user in seed.users:
        groups = [_directory_group(directory, name) for name in user.groups]
        record = DirectoryUser(user.username, passwords.md5(user.password), groups)
        directory.users.put(user.username, record)
    world.directory = directory


def _directory_group(directory: Directory, name: str, sid: str | None = None) -> str:
    full = directory.qualified(name)
    known = directory.groups.get(full)
    number = sid or (known.sid if known is not None else synthetic_sid(full))
    directory.groups.put(full, DirectoryGroup(full, number))
    return full


def seed_user(
    world: World,
    users: Repository[UserRecord],
    seed: UserAccount,
    password: str | None,
    where: str,
    system: bool = False,
) -> UserRecord:
    name = required_name(seed, "username", where)
    user = users.get(name)
    if user is None:
        base = UserAccount(
            fullName=name, enabled=True, localAuthentication=True, forcePasswordChange=False
        )
        user = new_user(base, world, system)
        user.account = user.account.changed_by(seed)
        if "ADMINISTRATOR" in (seed.roles or []) and seed.allowNamespaceManagement is None:
            user.account.allowNamespaceManagement = not system
    else:
        user.account = user.account.changed_by(seed)
    if password is not None:
        user.password_md5 = passwords.md5(password)
    if isinstance(seed, SeedUser) and seed.failedLogins is not None:
        user.failed_logins = seed.failedLogins
    users.put(user.name, user)
    return user


def seed_group(
    world: World, groups: Repository[GroupRecord], seed: GroupAccount, system: bool = False
) -> GroupRecord:
    name = required_name(seed, "groupname", "a group")
    group = groups.get(name)
    if group is None:
        directory = world.directory
        known = directory.groups.get(name) if directory is not None else None
        base = GroupAccount(externalGroupID=known.sid) if known is not None else GroupAccount()
        group = new_group(base.changed_by(seed), system)
    else:
        group.account = group.account.changed_by(seed)
    groups.put(name, group)
    return group


def seed_grants(tenant: TenantRecord, grants: Grants, seed: list[SeedGrant] | None) -> None:
    for grant in seed or []:
        namespace = tenant.namespaces.get(grant.namespaceName)
        if namespace is None:
            raise unusable(f"tenant '{tenant.name}' lacks '{grant.namespaceName}'")
        grants.by_namespace[namespace.id] = list(grant.permissions)
