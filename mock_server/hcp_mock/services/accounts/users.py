"""User accounts of tenants and of the system.

MAPI reference: userAccounts, userAccount, changePassword.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...errors import (
    AlreadyExists,
    Refused,
    RoleMissing,
    bad_parameter,
    bad_property,
    missing_parameter,
    not_settable,
)
from ...models.accounts import Role, UpdatePasswordRequest, UserAccount
from ...models.namespaces.namespace import OwnerType
from ...models.tenants.tenant import AuthenticationType
from ...state.records import TenantRecord, UserRecord
from ...state.world import World
from ..access import Caller
from ..defaults.accounts import new_user
from ..defaults.tenants import default_console_security
from ..finder import Finder
from ..listing import BY_USERNAME, Listing, Page
from . import passwords, rules
from .last_security_user import is_last_security_user

MAX_USERS = 10000
_SECURITY_ONLY = ("roles", "forcePasswordChange", "userGUID", "userID")


@dataclass
class AccountService:
    world: World
    finder: Finder
    listing: Listing

    def names(self, tenant: TenantRecord | None, page: Page) -> list[str]:
        users = tenant.users if tenant else self.world.users
        rows = self.listing.page(
            users,
            page,
            BY_USERNAME,
            {"username": lambda u: u.name.casefold()},
            {"username": lambda u: [u.name]},
        )
        return [row.name for row in rows]

    def create(self, tenant: TenantRecord, body: UserAccount, password: str | None) -> None:
        lenient = self.world.rules.allow_namespace_management_on_put
        if "allowNamespaceManagement" in body.given() and not lenient:
            raise not_settable("allowNamespaceManagement")
        name = body.username or ""
        types = tenant.settings.authenticationTypes or []
        kind = AuthenticationType.LOCAL if body.localAuthentication else AuthenticationType.RADIUS
        if kind not in types:
            raise bad_property("localAuthentication")
        if body.localAuthentication:
            self._check_parameter(tenant, password, name)
        if name in tenant.users:
            raise AlreadyExists(name)
        if len(tenant.users) >= MAX_USERS:
            raise Refused("The tenant already has the maximum number of user accounts.")
        user = new_user(body, self.world)
        if body.localAuthentication:
            passwords.set_password(user, password or "")
            user.account.forcePasswordChange = body.forcePasswordChange
        tenant.users.put(name, user)

    @staticmethod
    def _check_parameter(
        tenant: TenantRecord | None,
        password: str | None,
        username: str,
        user: UserRecord | None = None,
    ) -> None:
        if password is None:
            raise missing_parameter("password")
        policy = tenant.console if tenant else default_console_security()
        if not passwords.is_acceptable(password, policy, username, user):
            raise bad_parameter("password")

    def view(self, user: UserRecord, caller: Caller) -> UserAccount:
        """Only the security role sees roles, identifiers and a pending password change."""
        shown = user.account.model_copy()
        shown.roles = self.listing.shuffled(shown.roles or [])
        if not caller.has(Role.SECURITY):
            for name in _SECURITY_ONLY:
                setattr(shown, name, None)
        return shown

    def modify(
        self,
        tenant: TenantRecord,
        user: UserRecord,
        caller: Caller,
        body: UserAccount,
        password: str | None,
    ) -> None:
        """ADMINISTRATOR sets only allowNamespaceManagement, SECURITY everything else."""
        rules.check_role_split(caller, body)
        old = user.account
        new = rules.apply_changes(old, body)
        if password is not None:
            self._check_new_password(tenant, user, caller, password, new.username or "")
        if is_last_security_user(tenant, user) and not self._keeps_security_role(new):
            # Documented for deleting; that modifying is refused as well is unconfirmed.
            raise Refused("Cannot disable the last user account with the security role.")
        if new.username != old.username:
            self._rename(tenant, user.name, new.username or "")
        if password is not None:
            passwords.set_password(user, password)
            if "forcePasswordChange" not in body.given():
                new.forcePasswordChange = False
        if new.enabled and not old.enabled:
            user.failed_logins, user.locked_at = 0, None
        user.account = new

    def _check_new_password(
        self,
        tenant: TenantRecord,
        user: UserRecord,
        caller: Caller,
        password: str,
        username: str,
    ) -> None:
        if not caller.has(Role.SECURITY):
            raise RoleMissing
        self._check_local(user)
        self._check_parameter(tenant, password, username, user)

    @staticmethod
    def _keeps_security_role(account: UserAccount) -> bool:
        return bool(account.enabled) and Role.SECURITY in (account.roles or [])

    @staticmethod
    def _rename(tenant: TenantRecord, old: str, new: str) -> None:
        if old.casefold() != new.casefold() and new in tenant.users:
            raise bad_property("username")
        tenant.users.rename(old, new)
        for namespace in tenant.namespaces:
            if (namespace.settings.owner or "").casefold() == old.casefold():
                namespace.settings.owner = new

    def delete(self, tenant: TenantRecord, user: UserRecord) -> None:
        if is_last_security_user(tenant, user):
            raise Refused("Cannot delete the last user account with the security role.")
        tenant.users.remove(user.name)
        for namespace in tenant.namespaces:
            # The owner of the namespaces of a deleted user is unconfirmed: they have none.
            if (namespace.settings.owner or "").casefold() == user.name.casefold():
                namespace.settings.owner, namespace.settings.ownerType = "", OwnerType.NOBODY

    def change_password(
        self, tenant: TenantRecord | None, user: UserRecord, body: UpdatePasswordRequest
    ) -> None:
        self._check_local(user)
        policy = tenant.console if tenant else default_console_security()
        if not passwords.is_acceptable(body.newPassword or "", policy, user.name, user):
            raise bad_property("newPassword")
        passwords.set_password(user, body.newPassword or "")

    def set_system_password(self, user: UserRecord, password: str | None) -> None:
        self._check_local(user)
        self._check_parameter(None, password, user.name, user)
        passwords.set_password(user, password or "")

    @staticmethod
    def _check_local(user: UserRecord) -> None:
        if not user.account.localAuthentication:
            raise Refused("The password of this account is not kept by HCP.")

    def reset_security_passwords(self, tenant: TenantRecord, password: str | None) -> None:
        """Set the same new password for all local accounts with the security role."""
        if password is None:
            raise missing_parameter("resetPasswords")
        security_users = [
            user
            for user in tenant.users
            if user.account.localAuthentication and Role.SECURITY in (user.account.roles or [])
        ]
        for user in security_users:
            if not passwords.is_acceptable(password, tenant.console, user.name, user):
                raise bad_parameter("resetPasswords")
        for user in security_users:
            passwords.set_password(user, password)
