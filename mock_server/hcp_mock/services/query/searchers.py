"""Authentication of searches, and the namespaces that each account may search.

Query reference: URLs, accounts, SEARCH permission, status codes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...models.accounts import Role
from ...state.records import NamespaceRecord, TenantRecord
from ...state.world import World
from ..access import Caller as LoginCaller
from ..access import Level
from ..accounts.authentication import Authentication, Credentials
from ..s3 import permissions
from ..s3.callers import Caller, S3Accounts
from .errors import no_such_namespace, not_searchable, search_role_missing


@dataclass(frozen=True)
class NamespaceScope:
    tenant: TenantRecord
    namespace: NamespaceRecord

    @property
    def name(self) -> str:
        """The name in queries: ``namespace.tenant``."""
        return f"{self.namespace.name}.{self.tenant.name}"

    @property
    def indexed(self) -> bool:
        return bool(self.namespace.settings.indexingEnabled)


@dataclass(frozen=True)
class Searcher:
    """``scopes``: the namespaces of the URL that the account may search."""

    world: World
    tenant: TenantRecord | None
    scopes: tuple[NamespaceScope, ...]
    caller: Caller | None = None
    session: str | None = None

    def select(self, names: list[str]) -> list[NamespaceScope]:
        """Return the named namespaces. Each must exist and be searchable for the account."""
        known = {scope.name.casefold(): scope for scope in self.scopes}
        result: dict[str, NamespaceScope] = {}
        for name in names:
            if name.casefold() not in known:
                self._refuse(name)
            result[name.casefold()] = known[name.casefold()]
        return list(result.values())

    def _refuse(self, name: str) -> None:
        namespace, _unused, tenant = name.partition(".")
        owner = self.world.tenants.get(tenant)
        if owner is None or namespace not in owner.namespaces:
            raise no_such_namespace(name)
        raise not_searchable(name)


@dataclass
class SearcherService:
    world: World
    authentication: Authentication
    accounts: S3Accounts

    def login(self, host: str, credentials: Credentials) -> Searcher:
        """A tenant's host covers one tenant, ``admin`` all that admit system accounts."""
        tenant = self.authentication.tenant_of_host(host)
        login = self.authentication.login_to_tenant(tenant, credentials)
        login_caller = login.caller
        if login_caller.level is Level.SYSTEM and Role.SEARCH not in login_caller.roles:
            raise search_role_missing()
        caller = self.accounts.from_login(tenant, login_caller) if tenant is not None else None
        scopes = tuple(self._scopes(tenant, login_caller))
        return Searcher(self.world, tenant, scopes, caller, login.session)

    def _scopes(
        self, tenant: TenantRecord | None, login_caller: LoginCaller
    ) -> Iterator[NamespaceScope]:
        """Operation queries need searchEnabled as well (unconfirmed)."""
        covered = (
            [t for t in self.world.tenants if t.settings.administrationAllowed]
            if tenant is None
            else [tenant]
        )
        for owner in covered:
            caller = self.accounts.from_login(owner, login_caller)
            for namespace in owner.namespaces:
                enabled = namespace.settings.searchEnabled
                if enabled and permissions.may_search(owner, namespace, caller):
                    yield NamespaceScope(owner, namespace)
