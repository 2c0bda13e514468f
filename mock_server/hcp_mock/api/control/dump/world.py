"""The whole state as plain data, for inspection. Passwords and digests are left out."""

from __future__ import annotations

from typing import Any

from ....state.world import World
from .accounts import dump_account, dump_directory
from .erasure_coding import dump_erasure_coding
from .replication import dump_replication
from .system import dump_system
from .tenants import dump_tenant


def dump(world: World) -> dict[str, Any]:
    return {
        "mapiEnabled": world.mapi_enabled,
        "servicePlans": dict(world.service_plans),
        "activeDirectory": dump_directory(world.directory) if world.directory else None,
        "users": [dump_account(user, None) for user in world.users],
        "groups": [dump_account(group, None) for group in world.groups],
        "tenants": [dump_tenant(tenant) for tenant in world.tenants],
        "system": dump_system(world.system, world.packages),
        "erasureCoding": dump_erasure_coding(world.erasure_coding),
        "replication": dump_replication(world.replication),
    }
