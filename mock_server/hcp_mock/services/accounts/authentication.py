"""Authentication of accounts.

MAPI reference: hosts, credentials, consoleSecurity (lock-out), administrationAllowed, the two MAPI
switches.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from ...errors import AuthenticationFailed
from ...models.accounts import Role
from ...state.records import DirectoryUser, GroupRecord, TenantRecord, UserRecord
from ...state.repository import Repository
from ...state.world import Directory, World
from ..access import Caller, Level
from ..clock import Clock
from .last_security_user import is_last_security_user
from .passwords import md5

ADMIN_HOST = "admin"


@dataclass(frozen=True)
class Credentials:
    """The credentials of a request.

    A token, a directory user with a password, or the cookie of an earlier login.
    """

    token: str | None = None
    directory: tuple[str, str] | None = None
    session: str | None = None


@dataclass(frozen=True)
class Login:
    caller: Caller
    session: str | None = None


def split_token(token: str) -> tuple[str, str] | None:
    """Return username and password digest of ``base64(username):md5hex(password)``."""
    encoded, colon, digest = token.partition(":")
    if not colon or not re.fullmatch(r"[0-9A-Fa-f]{32}", digest):
        return None
    try:
        return base64.b64decode(encoded, validate=True).decode("utf-8"), digest.lower()
    except ValueError:
        return None


@dataclass
class Authentication:
    world: World
    clock: Clock
    domain: str

    def host_label(self, host: str) -> str | None:
        """Return ``admin`` or the tenant name of a host. The port is ignored."""
        name = host.strip().casefold()
        if not name.startswith("["):
            name = name.partition(":")[0]
        label, dot, rest = name.partition(".")
        return label if dot and rest == self.domain.casefold() else None

    def login(self, host: str, credentials: Credentials) -> Login:
        tenant = self.tenant_of_host(host)
        if not self.world.mapi_enabled:
            raise AuthenticationFailed("The management API is not enabled for the system.")
        if tenant is not None and not tenant.mapi_enabled:
            raise AuthenticationFailed("The management API is not enabled for the tenant.")
        return self.login_to_tenant(tenant, credentials)

    def tenant_of_host(self, host: str) -> TenantRecord | None:
        """Return the tenant of a host name, or ``None`` for the host of the system."""
        label = self.host_label(host)
        if label == ADMIN_HOST:
            return None
        tenant = self.world.tenants.get(label) if label is not None else None
        if tenant is None:
            # The response for an unknown host is unconfirmed.
            raise AuthenticationFailed
        return tenant

    def login_to_tenant(self, tenant: TenantRecord | None, credentials: Credentials) -> Login:
        """Authenticate regardless of the switches of MAPI."""
        if tenant is None:
            return self._require_login(self._system_login(credentials, admin_host=True))
        return self._require_login(self._tenant_login(tenant, credentials))

    @staticmethod
    def _require_login(login: Login | None) -> Login:
        if login is None:
            raise AuthenticationFailed
        return login

    def _tenant_login(self, tenant: TenantRecord, credentials: Credentials) -> Login | None:
        user, login = self._verify_local(tenant.users, credentials, tenant)
        if login is None and tenant.supports_directory:
            login = self.login_external(tenant.groups, credentials, tenant.name.casefold())
        if login is None and tenant.settings.administrationAllowed:
            # System-level accounts may use the tenant's host if the tenant admits them.
            login = self._system_login(credentials, admin_host=False)
        if login is None and user is not None:
            self._count_failure(user, tenant)
        return login

    def _system_login(self, credentials: Credentials, admin_host: bool) -> Login | None:
        # The console settings of the system are not part of MAPI: no account is locked here.
        _unused, login = self._verify_local(self.world.users, credentials, None, admin_host)
        if login is None:
            login = self.login_external(self.world.groups, credentials, None, admin_host)
        return login

    def _verify_local(
        self,
        users: Repository[UserRecord],
        credentials: Credentials,
        tenant: TenantRecord | None,
        admin_host: bool = False,
    ) -> tuple[UserRecord | None, Login | None]:
        """Return the login of an HCP account, or only the account if its password is wrong."""
        parts = split_token(credentials.token) if credentials.token else None
        user = users.get(parts[0]) if parts else None
        if parts is None or user is None:
            return None, None
        if tenant is not None:
            self.unlock_if_due(user, tenant)
        if not user.password_md5 or not hmac.compare_digest(user.password_md5, parts[1]):
            return user, None
        if not user.account.enabled:
            return None, None
        user.failed_logins = 0
        if user.account.forcePasswordChange and self.world.rules.forced_password_change_blocks:
            return None, None
        caller = Caller(
            Level.TENANT if tenant else Level.SYSTEM,
            user.name,
            frozenset(user.account.roles or []),
            bool(user.account.allowNamespaceManagement) and tenant is not None,
            tenant.name.casefold() if tenant else None,
            admin_host=admin_host,
        )
        return user, Login(caller)

    def _count_failure(self, user: UserRecord, tenant: TenantRecord) -> None:
        limit = tenant.console.disableAfterAttempts or 0
        user.failed_logins += 1
        if limit and user.failed_logins >= limit and user.account.enabled:
            user.account.enabled = False
            user.locked_at = self.clock.now()

    def unlock_if_due(self, user: UserRecord, tenant: TenantRecord) -> None:
        """The last security account stays locked for an hour, others as configured."""
        if user.locked_at is None:
            return
        waits: list[timedelta] = []
        if is_last_security_user(tenant, user, enabled_only=False):
            waits.append(timedelta(hours=1))
        minutes = tenant.console.automaticUserAccoutUnlockDuration or 0
        if tenant.console.automaticUserAccountUnlockSetting and minutes:
            waits.append(timedelta(minutes=minutes))
        if waits and self.clock.now() >= user.locked_at + min(waits):
            user.account.enabled = True
            user.locked_at = None
            user.failed_logins = 0

    def login_external(
        self,
        groups: Repository[GroupRecord],
        credentials: Credentials,
        tenant: str | None,
        admin_host: bool = False,
    ) -> Login | None:
        """Active Directory users have the roles of their groups that have an HCP account."""
        directory = self.world.directory
        if directory is None:
            return None
        user, session = self._directory_user(directory, credentials, tenant or ADMIN_HOST)
        if user is None:
            return None
        wanted = {name.casefold() for name in user.groups}
        accounts = [group.account for group in groups if group.name.casefold() in wanted]
        if not accounts:
            return None
        roles: frozenset[Role] = frozenset(
            role for account in accounts for role in account.roles or []
        )
        manages = any(account.allowNamespaceManagement for account in accounts)
        level = Level.SYSTEM if tenant is None else Level.TENANT
        caller = Caller(
            level, user.username, roles, manages, tenant, external=True, admin_host=admin_host
        )
        return Login(caller, session)

    def _directory_user(
        self, directory: Directory, credentials: Credentials, realm: str
    ) -> tuple[DirectoryUser | None, str | None]:
        if credentials.directory:
            user = directory.users.get(credentials.directory[0])
            if user is None or not hmac.compare_digest(
                user.password_md5, md5(credentials.directory[1])
            ):
                return None, None
            session = secrets.token_hex(16)
            self.world.sessions[session] = f"{realm} {user.username}"
            return user, session
        known = self.world.sessions.get(credentials.session or "")
        if known is None or not known.startswith(f"{realm} "):
            return None, None
        return directory.users.get(known.partition(" ")[2]), None
