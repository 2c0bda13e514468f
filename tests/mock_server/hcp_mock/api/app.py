"""The application: MAPI with journal and faults around it, and the control API beside it."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI

from ..models.account import Role, SystemUserAccount
from ..services import fresh, passwords
from ..services.clock import Clock
from ..services.container import Services, build_services
from ..services.seeding import Seed, Seeder, SeedError
from ..settings import Settings
from ..state.world import World
from .control import Control, control_router
from .faults import Faults, Injector
from .journal import Journal, Recorder
from .mapi import MapiApp
from .resources import accounts, namespaces, tenants
from .routing import Route, Router

_RULES = {
    "allow-namespace-management-on-put": ("allow_namespace_management_on_put", True),
    "forced-password-change": ("forced_password_change_blocks", False),
}
LENIENT_RULES = tuple(_RULES)


def route_table(services: Services) -> list[Route]:
    """Every path and method the mock serves."""
    return [*tenants.routes(services), *accounts.routes(services), *namespaces.routes(services)]


def start_state(settings: Settings) -> World:
    """A system with nothing but its first account."""
    world = World()
    for name in settings.lenient:
        if name not in _RULES:
            raise SeedError(f"There is no rule '{name}'; the rules are {', '.join(_RULES)}.")
        attribute, value = _RULES[name]
        setattr(world.rules, attribute, value)
    account = SystemUserAccount(
        username=settings.system_username,
        fullName=settings.system_username,
        enabled=True,
        localAuthentication=True,
        forcePasswordChange=False,
        roles=list(Role),
    )
    user = fresh.user(account, world, system=True)
    passwords.store(user, settings.system_password)
    world.users.put(user.name, user)
    return world


def create_app(
    settings: Settings, seed: Seed | None = None, ca_file: Path | None = None
) -> FastAPI:
    """A mock of its own, with the given start state; nothing is shared between two of them."""
    clock, world = Clock(), start_state(settings)
    services = build_services(world, clock, settings.domain)
    seeder = Seeder(world, clock, settings.domain)

    def start_over() -> None:
        world.replace_with(start_state(settings))
        if seed is not None:
            seeder.apply(seed)

    if seed is not None:
        seeder.apply(seed)
    journal, faults = Journal(), Faults()
    mapi = MapiApp(Router(route_table(services)), services.authentication, services.finder)
    # Requests carry passwords in their URLs: nothing of them may reach a telemetry exporter.
    app = FastAPI(
        title="hcp-mock",
        openapi_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    control = Control(world, clock, seeder, journal, faults, start_over, ca_file)
    app.include_router(control_router(control))
    app.mount("/mapi", Recorder(Injector(mapi, faults), journal))
    return app
