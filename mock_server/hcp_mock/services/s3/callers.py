"""Callers of the S3 gateway: accounts of MAPI. S3 reference: credentials."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from enum import StrEnum

from ...models.accounts import Role
from ...models.namespaces.namespace import OwnerType
from ...state.objects import Identity
from ...state.records import Grants, NamespaceRecord, TenantRecord, UserRecord
from ...state.world import World
from ..access import Caller as MapiCaller
from ..access import Level
from ..accounts.authentication import Authentication, Credentials
from ..defaults.accounts import synthetic_sid
from .errors import S3Error, denied

NOBODY = Identity("nobody", "nobody")
ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers"
AUTHENTICATED = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"


class Kind(StrEnum):
    LOCAL = "local"
    EXTERNAL = "external"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class Caller:
    kind: Kind
    identity: Identity
    roles: frozenset[Role] = frozenset()
    manages_namespaces: bool = False
    grants: tuple[Grants, ...] = ()

    @property
    def anonymous(self) -> bool:
        return self.kind is Kind.ANONYMOUS

    def owns(self, namespace: NamespaceRecord) -> bool:
        settings = namespace.settings
        wanted = {Kind.LOCAL: OwnerType.LOCAL, Kind.EXTERNAL: OwnerType.EXTERNAL}.get(self.kind)
        same_name = (settings.owner or "").casefold() == self.identity.name.casefold()
        return wanted is not None and settings.ownerType is wanted and same_name

    @property
    def for_mapi(self) -> MapiCaller:
        return MapiCaller(Level.TENANT, self.identity.name, self.roles, self.manages_namespaces)


ANONYMOUS = Caller(Kind.ANONYMOUS, NOBODY)


def identity_of(user: UserRecord) -> Identity:
    """The ID is the GUID of the user in MAPI (inferred)."""
    return Identity(user.account.userGUID or "", user.name)


def owner_of(tenant: TenantRecord, namespace: NamespaceRecord) -> Identity:
    settings = namespace.settings
    if settings.ownerType is OwnerType.EXTERNAL:
        return Identity(synthetic_sid(settings.owner or ""), settings.owner or "")
    user = tenant.users.get(settings.owner or "")
    return identity_of(user) if user is not None else NOBODY


def parse_access_key(text: str) -> str:
    """Return the username in an access key, which is standard Base64."""
    try:
        return base64.b64decode(text, validate=True).decode("utf-8")
    except ValueError:
        raise S3Error("InvalidAccessKeyId") from None


@dataclass
class S3Accounts:
    world: World
    authentication: Authentication

    def find_signer(self, tenant: TenantRecord, access_key: str) -> UserRecord:
        """Return the user of an access key. The secret key is the MD5 of the password in hex."""
        user = tenant.users.get(parse_access_key(access_key))
        if user is None:
            raise S3Error("InvalidAccessKeyId")
        self.authentication.unlock_if_due(user, tenant)
        return user

    def caller_of(self, user: UserRecord) -> Caller:
        """Return the caller after the signature is verified."""
        account = user.account
        pending = account.forcePasswordChange and self.world.rules.forced_password_change_blocks
        if not account.enabled or pending:
            raise denied()
        return Caller(
            Kind.LOCAL,
            identity_of(user),
            frozenset(account.roles or []),
            bool(account.allowNamespaceManagement),
            (user.grants,),
        )

    def login_with_token(self, tenant: TenantRecord, token: str) -> Caller:
        """The scheme HCP: base64(username):md5hex(password), also for system-level accounts."""
        access_key, colon, digest = token.partition(":")
        name = parse_access_key(access_key)
        user = tenant.users.get(name)
        if user is None and tenant.settings.administrationAllowed:
            user = self.world.users.get(name)
            if user is not None and colon and user.password_md5 == digest.lower():
                caller = self.caller_of(user)
                return Caller(Kind.SYSTEM, caller.identity, caller.roles)
        if user is None:
            raise S3Error("InvalidAccessKeyId")
        self.authentication.unlock_if_due(user, tenant)
        if not colon or user.password_md5 != digest.lower():
            # The code for a wrong password with the scheme HCP is not documented.
            raise denied()
        return self.caller_of(user)

    def login_with_directory(self, tenant: TenantRecord, name: str, password: str) -> Caller:
        """The scheme AD: permissions come from the groups that have an HCP account."""
        login = self.authentication.login_external(
            tenant.groups, Credentials(directory=(name, password)), tenant.name.casefold()
        )
        if login is None or not tenant.supports_directory:
            raise denied()
        return self.from_login(tenant, login.caller)

    def from_login(self, tenant: TenantRecord, login: MapiCaller) -> Caller:
        """Return the caller of a login at a tenant, with its data access permissions."""
        name, roles, manages_namespaces = (
            login.username,
            login.roles,
            login.allow_namespace_management,
        )
        if login.level is Level.SYSTEM:
            return Caller(Kind.SYSTEM, Identity("", name), roles)
        local = None if login.external else tenant.users.get(name)
        if local is not None:
            return Caller(
                Kind.LOCAL, identity_of(local), roles, manages_namespaces, (local.grants,)
            )
        directory = self.world.directory
        user = directory.users.get(name) if directory is not None else None
        wanted = {group.casefold() for group in user.groups} if user is not None else set()
        grants = tuple(g.grants for g in tenant.groups if g.name.casefold() in wanted)
        return Caller(
            Kind.EXTERNAL, Identity(synthetic_sid(name), name), roles, manages_namespaces, grants
        )
