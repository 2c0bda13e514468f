"""Who searches, and where. Query reference: URLs, accounts, SEARCH permission, status codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...errors import InvalidRequest, NoAccess, Refused
from ...models.accounts import Role
from ...state.records import NamespaceRecord, TenantRecord
from ...state.world import World
from ..access import Caller as LoginCaller
from ..access import Level
from ..accounts.authentication import Authentication, Credentials
from ..s3 import permissions
from ..s3.callers import Accounts, Caller


@dataclass(frozen=True)
class Place:
    tenant: TenantRecord
    namespace: NamespaceRecord

    @property
    def name(self) -> str:
        """As queries name it: ``namespace.tenant``."""
        return f"{self.namespace.name}.{self.tenant.name}"

    @property
    def indexed(self) -> bool:
        return bool(self.namespace.settings.indexingEnabled)


@dataclass(frozen=True)
class Searcher:
    """``places``: the namespaces that the URL covers and the account may search."""

    world: World
    tenant: TenantRecord | None
    places: tuple[Place, ...]
    caller: Caller | None = None
    session: str | None = None

    def chosen(self, names: list[str]) -> list[Place]:
        """The named namespaces, each of which must be there and open to the account."""
        known = {place.name.casefold(): place for place in self.places}
        result: dict[str, Place] = {}
        for name in names:
            if name.casefold() not in known:
                self._refuse(name)
            result[name.casefold()] = known[name.casefold()]
        return list(result.values())

    def _refuse(self, name: str) -> None:
        namespace, _unused, tenant = name.partition(".")
        owner = self.world.tenants.get(tenant)
        if owner is None or namespace not in owner.namespaces:
            raise InvalidRequest(f"The namespace '{name}' does not exist.")
        raise Refused(f"The namespace '{name}' cannot be searched.")


@dataclass
class Searchers:
    world: World
    authentication: Authentication
    accounts: Accounts

    def login(self, host: str, credentials: Credentials) -> Searcher:
        """Tenant's host: the tenant; ``admin``: all tenants that let system-level accounts in."""
        tenant = self.authentication.place(host)
        login = self.authentication.login_at(tenant, credentials)
        who = login.caller
        if who.level is Level.SYSTEM and Role.SEARCH not in who.roles:
            raise NoAccess("The account may not use metadata queries.")
        caller = self.accounts.of_login(tenant, who) if tenant is not None else None
        places = tuple(self._places(tenant, who))
        return Searcher(self.world, tenant, places, caller, login.session)

    def _places(self, tenant: TenantRecord | None, who: LoginCaller) -> Iterator[Place]:
        """Whether operation queries need search to be enabled as well is not certain: they do."""
        covered = (
            [t for t in self.world.tenants if t.settings.administrationAllowed]
            if tenant is None
            else [tenant]
        )
        for owner in covered:
            caller = self.accounts.of_login(owner, who)
            for namespace in owner.namespaces:
                enabled = namespace.settings.searchEnabled
                if enabled and permissions.may_search(owner, namespace, caller):
                    yield Place(owner, namespace)
