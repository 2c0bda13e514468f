"""The initial state of a system: its first account and a licence."""

from __future__ import annotations

from collections.abc import Iterable

from ...models.accounts import Role, SystemUserAccount
from ...state.world import World
from ..accounts import passwords
from ..clock import Clock
from ..defaults.accounts import new_user
from ..defaults.system import new_license
from .errors import SeedError

# Options of --lenient, and what each sets.
_LENIENT = {
    "allow-namespace-management-on-put": ("allow_namespace_management_on_put", True),
    "forced-password-change": ("forced_password_change_blocks", False),
    "trailing-checksums": ("trailing_checksums", True),
    "complete-without-content-type": ("complete_needs_content_type", False),
}


def initial_world(clock: Clock, username: str, password: str, lenient: Iterable[str] = ()) -> World:
    """Return a system with its first account and a licence; lenient rules are applied."""
    world = World()
    world.system.licenses.append(new_license(clock))
    for name in lenient:
        if name not in _LENIENT:
            raise SeedError(f"There is no rule '{name}'; the rules are {', '.join(_LENIENT)}.")
        attribute, value = _LENIENT[name]
        setattr(world.rules, attribute, value)
    account = SystemUserAccount(
        username=username,
        fullName=username,
        enabled=True,
        localAuthentication=True,
        forcePasswordChange=False,
        roles=list(Role),
    )
    user = new_user(account, world, system=True)
    passwords.set_password(user, password)
    world.users.put(user.name, user)
    return world
