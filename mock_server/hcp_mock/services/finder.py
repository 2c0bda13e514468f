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
        found = self.world.tenants.get(name)
        if found is None:
            raise NotFound(f"The tenant '{name}' does not exist.")
        return found

    def namespace(self, tenant: TenantRecord, name: str) -> NamespaceRecord:
        found = tenant.namespaces.get(name)
        if found is None:
            raise NotFound(f"The namespace '{name}' does not exist.")
        return found

    def user(self, tenant: TenantRecord | None, name: str) -> UserRecord:
        found = (tenant.users if tenant else self.world.users).get(name)
        if found is None:
            raise NotFound(f"The user account '{name}' does not exist.")
        return found

    def group(self, tenant: TenantRecord | None, name: str) -> GroupRecord:
        found = (tenant.groups if tenant else self.world.groups).get(name)
        if found is None:
            raise NotFound(f"The group account '{name}' does not exist.")
        return found
