"""Rules for both user and group accounts. MAPI reference: userAccount, groupAccount."""

from __future__ import annotations

from typing import TypeVar

from ...errors import not_settable
from ...models.accounts import GroupAccount, Role, UserAccount
from ..access import Caller

A = TypeVar("A", UserAccount, GroupAccount)


def check_role_split(caller: Caller, body: UserAccount | GroupAccount) -> None:
    """ADMINISTRATOR sets only allowNamespaceManagement, SECURITY everything else."""
    for name in body.given():
        wanted = Role.ADMINISTRATOR if name == "allowNamespaceManagement" else Role.SECURITY
        if not caller.has(wanted):
            raise not_settable(name)


def apply_changes(old: A, body: A) -> A:
    new = old.changed_by(body)
    if Role.ADMINISTRATOR in (new.roles or []) and Role.ADMINISTRATOR not in (old.roles or []):
        # Even if the same request sets another value (unconfirmed).
        new.allowNamespaceManagement = True
    return new
