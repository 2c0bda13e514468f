"""Who is asking, and what accounts of which level and role may do.

MAPI reference: the role tables of each resource. An ``Access`` is the table row as data, so that
routes can be listed and counted without running anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..errors import RoleMissing
from ..models.accounts import Role
from ..state.records import TenantRecord

A, C, M, S = Role.ADMINISTRATOR, Role.COMPLIANCE, Role.MONITOR, Role.SECURITY


class Level(StrEnum):
    SYSTEM = "system"
    TENANT = "tenant"


@dataclass(frozen=True)
class Caller:
    level: Level
    username: str
    roles: frozenset[Role]
    allow_namespace_management: bool = False
    tenant: str | None = None
    external: bool = False
    admin_host: bool = False

    def has(self, role: Role) -> bool:
        return role in self.roles


@dataclass(frozen=True)
class Access:
    """Roles that open a method of a resource.

    ``tenant``: for accounts of the tenant, and for system-level accounts once the tenant lets them
        in.
    ``system``: for system-level accounts without the tenant's consent.
    ``own``: also accounts with nothing but allowNamespaceManagement, for what they own.
    ``default``: for system-level accounts in the default tenant; none if it does not have this.
    """

    tenant: frozenset[Role] = frozenset()
    system: frozenset[Role] = frozenset()
    own: bool = False
    default: frozenset[Role] = frozenset()

    def is_for(self, tenant: TenantRecord) -> bool:
        """Whether there is such a thing in this tenant at all."""
        return bool(self.default if tenant.is_default else self.tenant | self.system)


def access(
    *tenant: Role,
    system: tuple[Role, ...] = (),
    own: bool = False,
    default: tuple[Role, ...] | None = None,
) -> Access:
    """``default`` are the roles of the tenant, unless it is given."""
    there = tenant if default is None else default
    return Access(frozenset(tenant), frozenset(system), own, frozenset(there))


@dataclass(frozen=True)
class Admission:
    """The caller was let in; ``limited`` when only because of allowNamespaceManagement."""

    caller: Caller
    limited: bool = False


def admit(rule: Access, caller: Caller, tenant: TenantRecord | None) -> Admission:
    if caller.level is Level.SYSTEM:
        open_to = set(rule.system)
        if tenant is not None and tenant.is_default:
            open_to = set(rule.default)
        elif tenant is not None and tenant.settings.administrationAllowed:
            open_to |= rule.tenant
        if open_to & caller.roles:
            return Admission(caller)
        raise RoleMissing
    if tenant is None or caller.tenant != tenant.name.casefold():
        raise RoleMissing
    if rule.tenant & caller.roles:
        return Admission(caller)
    if rule.own and caller.allow_namespace_management:
        return Admission(caller, limited=True)
    raise RoleMissing
