"""The control interface below /_mock: reset, seed, clock, journal, faults, state.

It needs no authentication and answers on any host name.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import ValidationError

from ...services.clock import Clock
from ...services.seeding.errors import SeedError
from ...services.seeding.parsing import parse_seed
from ...services.seeding.seeder import Seeder
from ...state.world import World
from ..responses import SOFTWARE_VERSION
from .dump.world import dump
from .faults import Fault, Faults
from .journal import Journal


@dataclass
class Control:
    world: World
    clock: Clock
    seeder: Seeder
    journal: Journal
    faults: Faults
    restore_start_state: Callable[[], None]
    openapi: Callable[[], dict[str, Any]]
    ca_file: Path | None = None

    def reset(self) -> None:
        self.clock.reset()
        self.restore_start_state()
        self.journal.clear()
        self.faults.clear()


def _error(text: str, status: int = 400) -> JSONResponse:
    return JSONResponse({"error": text}, status_code=status)


async def _parse_body(request: Request) -> Any:
    body = await request.body()
    try:
        # Not all JSON is YAML: it writes characters beyond the first 65536 as surrogate pairs.
        return json.loads(body)
    except ValueError:
        pass
    try:
        return yaml.safe_load(body)
    except (yaml.YAMLError, UnicodeDecodeError):
        raise SeedError("The body is neither JSON nor YAML.") from None


def control_router(control: Control) -> APIRouter:
    router = APIRouter(prefix="/_mock")
    _about_routes(router, control)
    _state_routes(router, control)
    _journal_routes(router, control)
    _fault_routes(router, control)
    return router


def _about_routes(router: APIRouter, control: Control) -> None:
    @router.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok", "version": SOFTWARE_VERSION}

    @router.get("/ca.pem")
    async def authority() -> PlainTextResponse:
        text = control.ca_file.read_text(encoding="ascii") if control.ca_file else ""
        return PlainTextResponse(text, media_type="application/x-pem-file")

    @router.get("/openapi.json")
    async def openapi_document() -> dict[str, Any]:
        return control.openapi()


def _state_routes(router: APIRouter, control: Control) -> None:
    @router.post("/reset")
    async def reset() -> dict[str, str]:
        control.reset()
        return {"status": "ok"}

    @router.post("/seed")
    async def seed(request: Request) -> JSONResponse:
        try:
            control.seeder.apply(parse_seed(await _parse_body(request)))
        except SeedError as error:
            return _error(str(error))
        return JSONResponse({"status": "ok"})

    @router.get("/state")
    async def state() -> dict[str, Any]:
        return dump(control.world)

    @router.post("/clock")
    async def clock(request: Request) -> JSONResponse:
        try:
            document = await _parse_body(request)
        except SeedError as error:
            return _error(str(error))
        seconds = document.get("advance") if isinstance(document, dict) else None
        if isinstance(seconds, bool) or not isinstance(seconds, int | float):
            return _error("The clock needs 'advance', a number of seconds.")
        control.clock.advance(seconds)
        return JSONResponse({"now": control.clock.timestamp()})


def _journal_routes(router: APIRouter, control: Control) -> None:
    @router.get("/journal")
    async def journal() -> dict[str, Any]:
        return {"requests": list(control.journal.entries)}

    @router.delete("/journal")
    async def clear_journal() -> dict[str, str]:
        control.journal.clear()
        return {"status": "ok"}


def _fault_routes(router: APIRouter, control: Control) -> None:
    faults = control.faults

    @router.get("/faults")
    async def installed() -> dict[str, Any]:
        return {"faults": [entry.report() for entry in faults.installed]}

    @router.post("/faults")
    async def add(request: Request) -> JSONResponse:
        try:
            fault = Fault.model_validate(await _parse_body(request))
        except SeedError as error:
            return _error(str(error))
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"]) or "the document"
            return _error(f"The fault is not usable: {where}: {first['msg']}.")
        return JSONResponse(faults.add(fault).report())

    @router.delete("/faults")
    async def clear_faults() -> dict[str, str]:
        faults.clear()
        return {"status": "ok"}

    @router.delete("/faults/{fault_id}")
    async def remove(fault_id: int) -> JSONResponse:
        if not faults.remove(fault_id):
            return _error("There is no such fault.", 404)
        return JSONResponse({"status": "ok"})
