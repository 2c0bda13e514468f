"""Applying a seed to the state.

Seeds use MAPI's own property names and plain lists, and skip the rules about who may do what.
Values are checked like those of requests. Merging goes by name: an existing item is changed,
nothing is removed.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from ...errors import HcpError
from ...models.seeds.seed import Seed
from ...state.blobs import Spool
from ...state.world import World
from ..clock import Clock
from .accounts import seed_directory, seed_group, seed_user
from .erasure_coding import seed_erasure_coding
from .errors import SeedError
from .namespaces import NamespaceSeeder
from .packages import seed_packages
from .system import seed_system
from .tenants import TenantSeeder

_RULES = {
    "allowNamespaceManagementOnPut": "allow_namespace_management_on_put",
    "forcedPasswordChangeBlocks": "forced_password_change_blocks",
    "trailingChecksums": "trailing_checksums",
    "ownBucketError": "own_bucket_error",
    "completeNeedsContentType": "complete_needs_content_type",
    "indexDelay": "index_delay",
    "linkReplySeconds": "link_reply_seconds",
    "linkRecoverySeconds": "link_recovery_seconds",
    "retirementSeconds": "retirement_seconds",
}

_SYSTEM = {
    "mapiEnabled": "mapi_enabled",
    "replicationSupported": "replication_supported",
    "optimizedFor": "optimized_for",
    "defaultTenantAllowed": "default_tenant_allowed",
}


@dataclass
class Seeder:
    world: World
    clock: Clock
    domain: str
    spool: Spool = field(default_factory=Spool)

    def apply(self, seed: Seed) -> None:
        """Apply all of the seed or nothing of it."""
        trial = copy.deepcopy(self.world)
        try:
            self._apply(trial, seed)
        except HcpError as error:
            raise SeedError(f"The seed is not usable: {error.message}") from None
        self.world.replace_with(trial)

    def _apply(self, world: World, seed: Seed) -> None:
        self._seed_system(world, seed)
        namespaces = NamespaceSeeder(world, self.clock, self.spool)
        tenants = TenantSeeder(world, self.clock, self.domain, namespaces)
        for tenant in seed.tenants:
            tenants.seed(tenant)
        seed_erasure_coding(world, self.clock, self.domain, seed.system)

    def _seed_system(self, world: World, seed: Seed) -> None:
        system = seed.system
        _set_given(world.rules, seed.rules, _RULES)
        _set_given(world, system, _SYSTEM)
        world.networks |= set(system.networks)
        for plan in seed.servicePlans:
            world.service_plans[plan.name] = plan.description
        if seed.activeDirectory is not None:
            seed_directory(world, seed.activeDirectory)
        seed_system(world, self.clock, system)
        seed_packages(world.packages, system)
        for user in system.users:
            seed_user(world, world.users, user, user.password, "a user", system=True)
        for group in system.groups:
            seed_group(world, world.groups, group, system=True)


def _set_given(target: Any, seed: BaseModel, attributes: dict[str, str]) -> None:
    for name, attribute in attributes.items():
        value = getattr(seed, name)
        if value is not None:
            setattr(target, attribute, value)
