"""The applications of a mock, put together.

MAPI, S3 and metadata queries are ASGI applications of the mock's own, each inside the journal and
the faults. FastAPI serves the control interface.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from ..models.seeds.seed import Seed
from ..services.clock import Clock
from ..services.container import build_services
from ..services.query.container import build_query
from ..services.s3.container import build_s3
from ..services.seeding.initial_state import initial_world
from ..services.seeding.seeder import Seeder
from ..settings import Settings
from ..state.blobs import Spool
from ..state.world import World
from .asgi import Receive, Scope, Send, raw_path
from .control.faults import Faults, Injector
from .control.journal import Journal, Recorder
from .control.routes import Control, control_router
from .interface import Interface
from .mapi.app import MapiApp
from .mapi.openapi import openapi
from .mapi.resources import schema
from .mapi.routes import route_table
from .mapi.routing import Router
from .query.app import QueryApp, is_query
from .s3.app import S3App


@dataclass
class DataPort:
    """S3 and metadata queries share a port and their host names."""

    s3: Any
    query: Any

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (self.query if is_query(scope) else self.s3)(scope, receive, send)


@dataclass
class AdminPort:
    """MAPI, its schema and the control interface share a port.

    The raw first segment of the path decides: names further down may contain anything.
    """

    mapi: Any
    static: Any
    control: Any

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        apps = {b"mapi": self.mapi, b"static": self.static}
        app = apps.get(raw_path(scope).removeprefix(b"/").partition(b"/")[0], self.control)
        await app(scope, receive, send)


@dataclass
class Mock:
    """The applications of one mock: for the port of MAPI, and for that of S3 and queries."""

    mapi: Any
    data: Any
    spool: Spool


def create_mock(settings: Settings, seed: Seed | None = None, ca_file: Path | None = None) -> Mock:
    """Create a mock with the given start state. Two mocks share nothing."""
    clock, spool, faults = Clock(), Spool(), Faults()
    world, journal = _initial_world(settings, clock), Journal(clock)
    seeder = Seeder(world, clock, settings.domain, spool)
    if seed is not None:
        seeder.apply(seed)

    def restore_start_state() -> None:
        world.replace_with(_initial_world(settings, clock))
        spool.clear()
        if seed is not None:
            seeder.apply(seed)

    def recorded(app: Any, interface: Interface) -> Recorder:
        return Recorder(Injector(app, faults), journal, interface)

    services = build_services(world, clock, settings.domain, journal.entries)
    authentication = services.authentication
    table = route_table(services)
    mapi = MapiApp(Router(table), authentication, services.finder)
    static = MapiApp(Router(schema.routes()), authentication, services.finder)
    openapi_document = partial(openapi, table)
    control = _control_app(
        Control(
            world, clock, seeder, journal, faults, restore_start_state, openapi_document, ca_file
        )
    )
    s3 = S3App(
        build_s3(
            world,
            clock,
            settings.domain,
            spool,
            authentication,
            services.namespaces,
            services.versioning,
        )
    )
    query = QueryApp(build_query(world, clock, authentication))
    admin = AdminPort(recorded(mapi, Interface.MAPI), recorded(static, Interface.MAPI), control)
    data = DataPort(recorded(s3, Interface.S3), recorded(query, Interface.QUERY))
    return Mock(admin, data, spool)


def _initial_world(settings: Settings, clock: Clock) -> World:
    return initial_world(
        clock, settings.system_username, settings.system_password, settings.lenient
    )


def _control_app(control: Control) -> FastAPI:
    # Requests carry passwords in their URLs: nothing of them may reach a telemetry exporter.
    app = FastAPI(
        title="hcp-mock",
        openapi_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.include_router(control_router(control))
    return app
