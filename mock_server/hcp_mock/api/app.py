"""The applications: MAPI, S3, queries with journal and faults around them; the control API."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from ..models.account import Role, SystemUserAccount
from ..services import fresh, passwords
from ..services.clock import Clock
from ..services.container import Services, build_services
from ..services.query.gateway import build_query
from ..services.s3.gateway import build_s3
from ..services.seeding import Seed, Seeder, SeedError
from ..settings import Settings
from ..state.blobs import Spool
from ..state.world import World
from .control import Control, control_router
from .door import Door
from .faults import Faults, Injector
from .journal import Journal, Recorder
from .mapi import MapiApp, Receive, Scope, Send
from .openapi import openapi
from .query.app import QueryApp, is_query
from .resources import (
    accounts,
    content_classes,
    erasure_coding,
    groups,
    namespaces,
    packages,
    replication,
    replication_content,
    schema,
    system,
    tenant_contact,
    tenants,
    usage,
)
from .routing import Route, Router
from .s3.app import S3App

_RULES = {
    "allow-namespace-management-on-put": ("allow_namespace_management_on_put", True),
    "forced-password-change": ("forced_password_change_blocks", False),
    "trailing-checksums": ("trailing_checksums", True),
    "complete-without-content-type": ("complete_needs_content_type", False),
}
LENIENT_RULES = tuple(_RULES)


def route_table(services: Services) -> list[Route]:
    """Every path and method the mock serves below /mapi."""
    return [
        *tenants.routes(services),
        *accounts.routes(services),
        *groups.routes(services),
        *namespaces.routes(services),
        *content_classes.routes(services),
        *tenant_contact.routes(services),
        *usage.routes(services),
        *system.routes(services),
        *packages.routes(services),
        *replication.routes(services),
        *replication_content.routes(services),
        *erasure_coding.routes(services),
    ]


def all_routes(services: Services) -> list[Route]:
    """Those below /mapi, and what is beside it."""
    return [*route_table(services), *schema.routes()]


def start_state(settings: Settings, clock: Clock) -> World:
    """A system with nothing but its first account and a licence."""
    world = World()
    world.system.licenses.append(fresh.license(clock))
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


@dataclass
class DataPort:
    """S3 and metadata queries share a port and their host names."""

    s3: Any
    query: Any

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (self.query if is_query(scope) else self.s3)(scope, receive, send)


@dataclass
class AdminPort:
    """MAPI, its schema and the control API share a port.

    Paths are told apart by their raw first segment: names further down may hold anything.
    """

    mapi: Any
    static: Any
    control: Any

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        raw: bytes = scope.get("raw_path") or scope["path"].encode("utf-8")
        found = {b"mapi": self.mapi, b"static": self.static}
        inner = found.get(raw.removeprefix(b"/").partition(b"/")[0], self.control)
        await inner(scope, receive, send)


@dataclass
class Mock:
    """The two ports of one mock: applications for the port of MAPI and for that of the data."""

    mapi: Any
    data: Any
    spool: Spool


def create_mock(settings: Settings, seed: Seed | None = None, ca_file: Path | None = None) -> Mock:
    """A mock of its own, with the given start state; nothing is shared between two of them."""
    clock, spool = Clock(), Spool()
    world, journal = start_state(settings, clock), Journal(clock)
    services = build_services(world, clock, settings.domain, journal.entries)
    seeder = Seeder(world, clock, settings.domain, spool)

    def start_over() -> None:
        world.replace_with(start_state(settings, clock))
        spool.clear()
        if seed is not None:
            seeder.apply(seed)

    if seed is not None:
        seeder.apply(seed)
    faults = Faults()
    table = route_table(services)
    mapi = MapiApp(Router(table), services.authentication, services.finder)
    s3 = S3App(build_s3(services, spool, settings.domain))
    query = QueryApp(build_query(services))
    # Requests carry passwords in their URLs: nothing of them may reach a telemetry exporter.
    app = FastAPI(
        title="hcp-mock",
        openapi_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    described = partial(openapi, table)
    control = Control(world, clock, seeder, journal, faults, start_over, described, ca_file)

    def watched(inner: Any, door: Door) -> Recorder:
        return Recorder(Injector(inner, faults), journal, door)

    app.include_router(control_router(control))
    static = MapiApp(Router(schema.routes()), services.authentication, services.finder)
    admin = AdminPort(watched(mapi, Door.MAPI), watched(static, Door.MAPI), app)
    data = DataPort(watched(s3, Door.S3), watched(query, Door.QUERY))
    return Mock(admin, data, spool)


def create_app(settings: Settings, seed: Seed | None = None, ca_file: Path | None = None) -> Any:
    """The part of a mock that serves MAPI."""
    return create_mock(settings, seed, ca_file).mapi
