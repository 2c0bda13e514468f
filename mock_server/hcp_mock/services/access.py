"""Callers, and what accounts of each level and role may do.

MAPI reference: the role tables of each resource. An ``Access`` is a row of such a table as data, so
that routes can be listed and counted without running anything.
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
    """The roles that have access to a method of a resource.

    ``tenant``: accounts of the tenant, and system-level accounts if the tenant admits them.
    ``system``: system-level accounts, even if the tenant does not admit them.
    ``own``: accounts with only allowNamespaceManagement, for namespaces that they own.
    ``default``: system-level accounts in the default tenant; empty if it lacks the resource.
    """

    tenant: frozenset[Role] = frozenset()
    system: frozenset[Role] = frozenset()
    own: bool = False
    default: frozenset[Role] = frozenset()

    def exists_for(self, tenant: TenantRecord) -> bool:
        """Return whether the tenant has the resource at all."""
        return bool(self.default if tenant.is_default else self.tenant | self.system)


def access(
    *tenant: Role,
    system: tuple[Role, ...] = (),
    own: bool = False,
    default: tuple[Role, ...] | None = None,
) -> Access:
    """Return an ``Access``. ``default`` defaults to the roles of the tenant."""
    default_roles = tenant if default is None else default
    return Access(frozenset(tenant), frozenset(system), own, frozenset(default_roles))


@dataclass(frozen=True)
class Admission:
    """An authorized caller. ``limited``: only because of allowNamespaceManagement."""

    caller: Caller
    limited: bool = False


def authorize(rule: Access, caller: Caller, tenant: TenantRecord | None) -> Admission:
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
