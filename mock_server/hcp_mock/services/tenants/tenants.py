"""Tenants. MAPI reference: tenants, tenant (system-level and tenant-level views)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...errors import (
    AlreadyExists,
    InvalidRequest,
    NotFound,
    Refused,
    bad_parameter,
    bad_property,
    missing_parameter,
    missing_property,
    not_settable,
)
from ...models.accounts import GroupAccount, Role, UserAccount
from ...models.base import Username
from ...models.quota import quota_bytes
from ...models.tenants.tenant import (
    READ_ONLY,
    RESERVED_TENANT_NAMES,
    SWITCHES,
    TENANT_LEVEL,
    TENANT_LEVEL_VERBOSE,
    AuthenticationType,
    AvailableServicePlan,
    Tenant,
)
from ...state.records import TenantRecord
from ...state.world import World
from ..access import Caller, Level
from ..accounts import passwords
from ..clock import Clock
from ..defaults.accounts import new_group, new_user
from ..defaults.tenants import new_tenant
from ..finder import Finder
from ..listing import Listing, Page
from . import default_tenant
from .default_tenant import INITIAL_ACCOUNT

MAX_TENANTS = 1000
MAX_NAMESPACES = 10000
DEFAULT_TENANT_ONLY = ("enterpriseMode", "hashScheme", "searchEnabled", "servicePlan")


@dataclass(frozen=True)
class InitialAccount:
    """The first account of a new tenant, from the query of the request."""

    username: str | None = None
    password: str | None = None
    force_password_change: bool = False
    group: str | None = None


@dataclass
class TenantService:
    world: World
    clock: Clock
    finder: Finder
    listing: Listing
    domain: str

    def names(self, page: Page) -> list[str]:
        rows = self.listing.page_of_names(self.world.tenants, page)
        return [row.name for row in rows]

    def create(self, body: Tenant, initial: InitialAccount, query: Mapping[str, str]) -> None:
        if (body.name or "").casefold() == "default":
            self._create_default(body, query)
            return
        for name in DEFAULT_TENANT_ONLY:
            if name in query:
                raise bad_parameter(name)
        # That a creation must name a quota is unconfirmed.
        if body.hardQuota is None:
            raise missing_property("hardQuota")
        name = body.name or ""
        if name.casefold() in RESERVED_TENANT_NAMES:
            raise bad_property("name")
        record = new_tenant(body, self.clock, self.domain)
        self._check(record.settings, None)
        self._check_initial_account(record, initial)
        if name in self.world.tenants:
            raise AlreadyExists(name)
        if len(self.world.tenants) >= MAX_TENANTS:
            raise Refused("The system already has the maximum number of tenants.")
        self._add_initial_account(record, initial)
        self.world.tenants.put(name, record)

    def _create_default(self, body: Tenant, query: Mapping[str, str]) -> None:
        if not self.world.default_tenant_allowed:
            raise Refused("The default tenant cannot be created on this system.")
        default_tenant.check_creation(body)
        options = default_tenant.parse_options(query, self.world)
        if default_tenant.NAME in self.world.tenants:
            raise AlreadyExists(default_tenant.NAME)
        record = default_tenant.new_default_tenant(
            self.world, self.clock, self.domain, body, options
        )
        self.world.tenants.put(record.name, record)

    @staticmethod
    def _check_initial_account(record: TenantRecord, initial: InitialAccount) -> None:
        types = record.settings.authenticationTypes or []
        if initial.group is not None:
            # Whether both kinds of first account may be sent together is unconfirmed.
            if (
                initial.username is not None
                or AuthenticationType.EXTERNAL not in types
                or not initial.group
            ):
                raise bad_parameter("initialSecurityGroup")
            return
        if initial.username is None:
            raise missing_parameter("username")
        if initial.password is None:
            raise missing_parameter("password")
        if AuthenticationType.LOCAL not in types:
            raise bad_parameter("username")
        if not 1 <= len(initial.username) <= 64 or initial.username.startswith("["):
            raise bad_parameter("username")
        if not passwords.is_acceptable(initial.password, record.console, initial.username):
            raise bad_parameter("password")

    def _add_initial_account(self, record: TenantRecord, initial: InitialAccount) -> None:
        if initial.group is not None:
            directory = self.world.directory
            group = directory.named(initial.group) if directory is not None else None
            if group is None:
                raise bad_parameter("initialSecurityGroup")
            account = GroupAccount(
                groupname=group.name, externalGroupID=group.sid, roles=[Role.SECURITY]
            )
            record.groups.put(group.name, new_group(account))
            return
        username: Username = initial.username or ""
        user = new_user(
            UserAccount(
                username=username,
                fullName=username,
                enabled=True,
                localAuthentication=True,
                roles=[Role.SECURITY],
            ),
            self.world,
        )
        passwords.set_password(user, initial.password or "")
        user.account.forcePasswordChange = initial.force_password_change
        record.users.put(user.name, user)

    def view(self, tenant: TenantRecord, caller: Caller, verbose: bool) -> Tenant:
        """Return the properties that the caller may see."""
        if tenant.is_default:
            return default_tenant.view(tenant, verbose)
        if caller.level is Level.TENANT:
            shown = TENANT_LEVEL | (TENANT_LEVEL_VERBOSE if verbose else frozenset())
        else:
            shown = frozenset(Tenant.model_fields) - TENANT_LEVEL
            if tenant.settings.administrationAllowed:
                shown |= TENANT_LEVEL
            if tenant.settings.servicePlanSelectionEnabled:
                shown -= {"servicePlan"}
            if not verbose:
                shown -= READ_ONLY
        return Tenant(**{name: getattr(tenant.settings, name) for name in shown})

    def modify(
        self, tenant: TenantRecord, caller: Caller, body: Tenant, sent_parameters: set[str]
    ) -> None:
        for name in (*INITIAL_ACCOUNT, *DEFAULT_TENANT_ONLY):
            if name in sent_parameters:
                raise bad_parameter(name)
        if tenant.is_default:
            default_tenant.check_modification(body)
        else:
            self._check_level(tenant, caller, body)
        old = tenant.settings
        for switch in SWITCHES:
            if old.is_on(switch) and switch in body.given() and not body.is_on(switch):
                raise not_settable(switch)
        new = old.changed_by(body)
        if "servicePlan" in body.given() and new.servicePlanSelectionEnabled:
            raise not_settable("servicePlan")
        self._check(new, tenant)
        if new.name != old.name:
            self._rename(tenant, new)
        tenant.settings = new

    @staticmethod
    def _check_level(tenant: TenantRecord, caller: Caller, body: Tenant) -> None:
        for name in body.given():
            if caller.level is Level.TENANT:
                allowed = name in TENANT_LEVEL
            else:
                allowed = name not in TENANT_LEVEL or bool(tenant.settings.administrationAllowed)
            if not allowed:
                raise not_settable(name)

    def _check(self, new: Tenant, record: TenantRecord | None) -> None:
        """Check the rules that apply to creation and modification."""
        if (
            AuthenticationType.EXTERNAL in (new.authenticationTypes or [])
            and self.world.directory is None
        ):
            raise bad_property("authenticationTypes")
        for name in ("dataNetwork", "managementNetwork"):
            if getattr(new, name) not in self.world.networks:
                raise bad_property(name)
        if new.servicePlan not in self.world.service_plans:
            raise bad_property("servicePlan")
        # Not documented: managing erasure coding needs replication (unconfirmed).
        if new.erasureCodingSelectionEnabled and not new.replicationConfigurationEnabled:
            raise bad_property("erasureCodingSelectionEnabled")
        if record is not None and quota_bytes(new.hardQuota or "") < record.namespaces.allocated:
            raise bad_property("hardQuota")
        if new.namespaceQuota != "None":
            wanted = int(new.namespaceQuota or 0)
            # Whether a quota below the number of existing namespaces is accepted is unconfirmed.
            if wanted > self._available(record) or (record and wanted < len(record.namespaces)):
                raise bad_property("namespaceQuota")

    def _available(self, but: TenantRecord | None) -> int:
        left = MAX_NAMESPACES
        for tenant in self.world.tenants:
            quota = tenant.settings.namespaceQuota
            if tenant is not but:
                left -= len(tenant.namespaces) if quota in (None, "None") else int(quota)
        return left

    def _rename(self, tenant: TenantRecord, new: Tenant) -> None:
        """Renaming through MAPI is not documented (unconfirmed)."""
        name, old = new.name or "", tenant.name
        if name.casefold() in RESERVED_TENANT_NAMES:
            raise bad_property("name")
        if name.casefold() != old.casefold() and name in self.world.tenants:
            raise bad_property("name")
        if any(n.cifs.enabled or n.nfs.enabled for n in tenant.namespaces):
            raise Refused(
                "The tenant cannot be renamed while CIFS or NFS is enabled for a namespace."
            )
        new.fullyQualifiedName = f"{name.lower()}.{self.domain}"
        remaining: list[AuthenticationType] = [
            t for t in new.authenticationTypes or [] if t is not AuthenticationType.EXTERNAL
        ]
        if not set(remaining) - {AuthenticationType.RADIUS}:
            raise InvalidRequest(
                "The tenant cannot be renamed while it depends on Active Directory."
            )
        new.authenticationTypes = remaining
        for namespace in tenant.namespaces:
            namespace.settings.fullyQualifiedName = (
                f"{namespace.name.lower()}.{new.fullyQualifiedName}"
            )
        self.world.tenants.rename(old, name)

    def delete(self, tenant: TenantRecord) -> None:
        if len(tenant.namespaces):
            raise Refused("The tenant owns one or more namespaces.")
        self.world.tenants.remove(tenant.name)

    def plan_names(self, tenant: TenantRecord) -> list[str]:
        self._check_plans(tenant)
        return self.listing.shuffled(self.world.service_plans)

    def plan(self, tenant: TenantRecord, name: str) -> AvailableServicePlan:
        self._check_plans(tenant)
        for known, description in self.world.service_plans.items():
            if known.casefold() == name.casefold():
                return AvailableServicePlan(name=known, description=description)
        raise NotFound(f"The service plan '{name}' does not exist.")

    @staticmethod
    def _check_plans(tenant: TenantRecord) -> None:
        # The resource is only valid for such tenants; the status for others is unconfirmed.
        if not tenant.settings.servicePlanSelectionEnabled:
            raise Refused("The tenant may not select service plans.")
