"""Lookup of resources by the names in a path."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import NotFound
from ..state.records import GroupRecord, NamespaceRecord, TenantRecord, UserRecord
from ..state.world import World


@dataclass
class Finder:
    world: World

    def tenant(self, name: str) -> TenantRecord:
        tenant = self.world.tenants.get(name)
        if tenant is None:
            raise NotFound(f"The tenant '{name}' does not exist.")
        return tenant

    def namespace(self, tenant: TenantRecord, name: str) -> NamespaceRecord:
        namespace = tenant.namespaces.get(name)
        if namespace is None:
            raise NotFound(f"The namespace '{name}' does not exist.")
        return namespace

    def user(self, tenant: TenantRecord | None, name: str) -> UserRecord:
        user = (tenant.users if tenant else self.world.users).get(name)
        if user is None:
            raise NotFound(f"The user account '{name}' does not exist.")
        return user

    def group(self, tenant: TenantRecord | None, name: str) -> GroupRecord:
        group = (tenant.groups if tenant else self.world.groups).get(name)
        if group is None:
            raise NotFound(f"The group account '{name}' does not exist.")
        return group
