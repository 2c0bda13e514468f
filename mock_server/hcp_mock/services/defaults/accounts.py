"""New accounts with HCP's defaults."""

from __future__ import annotations

import uuid

from ...models.accounts import (
    GroupAccount,
    Role,
    SystemGroupAccount,
    SystemUserAccount,
    UserAccount,
)
from ...state.records import GroupRecord, UserRecord
from ...state.world import World


def new_user(account: UserAccount, world: World, system: bool = False) -> UserRecord:
    """Create an account. ADMINISTRATOR implies allowNamespaceManagement."""
    world.last_user_id += 1
    kind = SystemUserAccount if system else UserAccount
    roles = account.roles or []
    base = kind(
        description="",
        roles=roles,
        allowNamespaceManagement=Role.ADMINISTRATOR in roles and not system,
        userGUID=str(uuid.uuid4()),
        userID=world.last_user_id,
    )
    return UserRecord(base.changed_by(account))


def new_group(account: GroupAccount, system: bool = False) -> GroupRecord:
    kind = SystemGroupAccount if system else GroupAccount
    roles = account.roles or []
    base = kind(
        roles=roles,
        allowNamespaceManagement=Role.ADMINISTRATOR in roles and not system,
        # A synthetic SID, always the same for a name.
        externalGroupID=synthetic_sid(account.groupname or ""),
    )
    return GroupRecord(base.changed_by(account))


def synthetic_sid(name: str) -> str:
    number = uuid.uuid5(uuid.NAMESPACE_DNS, name.casefold()).int
    return f"S-1-5-21-{number % 10**10}-{number // 10**10 % 10**10}-{number % 9973 + 1000}"
