"""The applications: MAPI, S3, queries with journal and faults around them; the control API."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from ..models.seeds.seed import Seed
from ..services.clock import Clock
from ..services.container import Services, build_services
from ..services.query.container import build_query
from ..services.s3.container import build_s3
from ..services.seeding.initial_state import initial_world
from ..services.seeding.seeder import Seeder
from ..settings import Settings
from ..state.blobs import Spool
from .asgi import Receive, Scope, Send, raw_path
from .control.faults import Faults, Injector
from .control.journal import Journal, Recorder
from .control.routes import Control, control_router
from .interface import Interface
from .mapi.app import MapiApp
from .mapi.openapi import openapi
from .mapi.resources import erasure_coding, namespaces, packages, schema, system, usage
from .mapi.resources.accounts import groups, users
from .mapi.resources.replication import contents, links
from .mapi.resources.tenants import contact, content_classes, tenants
from .mapi.routing import Route, Router
from .query.app import QueryApp, is_query
from .s3.app import S3App


def route_table(services: Services) -> list[Route]:
    """Every path and method the mock serves below /mapi."""
    return [
        *tenants.routes(services),
        *users.routes(services),
        *groups.routes(services),
        *namespaces.routes(services),
        *content_classes.routes(services),
        *contact.routes(services),
        *usage.routes(services),
        *system.routes(services),
        *packages.routes(services),
        *links.routes(services),
        *contents.routes(services),
        *erasure_coding.routes(services),
    ]


def all_routes(services: Services) -> list[Route]:
    """Those below /mapi, and what is beside it."""
    return [*route_table(services), *schema.routes()]


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
        found = {b"mapi": self.mapi, b"static": self.static}
        inner = found.get(raw_path(scope).removeprefix(b"/").partition(b"/")[0], self.control)
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
    world, journal = initial_world(settings, clock), Journal(clock)
    services = build_services(world, clock, settings.domain, journal.entries)
    seeder = Seeder(world, clock, settings.domain, spool)

    def start_over() -> None:
        world.replace_with(initial_world(settings, clock))
        spool.clear()
        if seed is not None:
            seeder.apply(seed)

    if seed is not None:
        seeder.apply(seed)
    faults = Faults()
    table = route_table(services)
    mapi = MapiApp(Router(table), services.authentication, services.finder)
    s3 = S3App(
        build_s3(
            world,
            clock,
            settings.domain,
            spool,
            services.authentication,
            services.namespaces,
            services.versioning,
        )
    )
    query = QueryApp(build_query(world, clock, services.authentication))
    # Requests carry passwords in their URLs: nothing of them may reach a telemetry exporter.
    app = FastAPI(
        title="hcp-mock",
        openapi_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    described = partial(openapi, table)
    control = Control(world, clock, seeder, journal, faults, start_over, described, ca_file)

    def watched(inner: Any, interface: Interface) -> Recorder:
        return Recorder(Injector(inner, faults), journal, interface)

    app.include_router(control_router(control))
    static = MapiApp(Router(schema.routes()), services.authentication, services.finder)
    admin = AdminPort(watched(mapi, Interface.MAPI), watched(static, Interface.MAPI), app)
    data = DataPort(watched(s3, Interface.S3), watched(query, Interface.QUERY))
    return Mock(admin, data, spool)


def create_app(settings: Settings, seed: Seed | None = None, ca_file: Path | None = None) -> Any:
    """The part of a mock that serves MAPI."""
    return create_mock(settings, seed, ca_file).mapi
