"""Accounts and the Active Directory in a seed."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..accounts import GroupAccount, SystemUserAccount, UserAccount
from ..base import Text, Username
from ..permissions import DataPermissions
from .base import SeedPart


class SeedGrant(SeedPart):
    namespaceName: str
    permissions: DataPermissions


class SeedUser(UserAccount):
    password: Text | None = Field(default=None, repr=False)
    dataAccessPermissions: list[SeedGrant] | None = None
    failedLogins: int | None = None


class SeedSystemUser(SystemUserAccount):
    password: Text | None = Field(default=None, repr=False)


class SeedGroup(GroupAccount):
    dataAccessPermissions: list[SeedGrant] | None = None


class SeedDirectoryUser(SeedPart):
    username: Annotated[Username, Field(pattern=".@.")]
    password: str = Field(repr=False)
    groups: list[str] = Field(default_factory=list)


class SeedDirectoryGroup(SeedPart):
    name: str
    sid: Annotated[str, Field(pattern="^S-1-")]


class SeedDirectory(SeedPart):
    # The domain of names without one; if left out, that of the first group or user.
    domain: str | None = None
    groups: list[str | SeedDirectoryGroup] = Field(default_factory=list)
    users: list[SeedDirectoryUser] = Field(default_factory=list)
