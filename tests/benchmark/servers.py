"""The servers that are measured, each a process of its own on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .wire import ADMIN, DOMAIN, TENANT, Place

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running server; ``started_in`` is how many seconds it took until it listened."""

    place: Place
    facts: dict[str, Any]
    started_in: float


@contextmanager
def mock(folder: Path, seed: dict[str, Any] | None = None) -> Iterator[Server]:
    """The mock HCP of this checkout."""
    arguments = ["-m", "hcp_mock", "--domain", DOMAIN, "--port", "0", "--tls-dir", str(folder)]
    if seed is not None:
        file = folder / "seed.json"
        file.write_text(json.dumps(seed))
        arguments += ["--seed", str(file)]
    ready = folder / "ready.json"
    with _running([*arguments, "--ready-file", str(ready)], ready) as server:
        yield server


@contextmanager
def bare(folder: Path, body: Any) -> Iterator[Server]:
    """The application that does nothing but answer ``body``."""
    document, ready = folder / "body.json", folder / "ready.json"
    document.write_text(json.dumps(body))
    with _running(["-m", "benchmark.bare", str(document), str(ready)], ready) as server:
        yield server


@contextmanager
def _running(arguments: list[str], ready: Path) -> Iterator[Server]:
    ready.unlink(missing_ok=True)
    log = ready.with_suffix(".log")
    started = time.perf_counter()
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            env={**os.environ, "PYTHONPATH": f"{ROOT / 'tests'}:{ROOT / 'mock_server'}"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        while not ready.exists():
            if process.poll() is not None or time.perf_counter() - started > START_SECONDS:
                raise RuntimeError(f"{arguments[1]} did not start: {log.read_text()[-2000:]}")
            time.sleep(0.005)
        seconds = time.perf_counter() - started
        facts = json.loads(ready.read_text())
        place = Place("127.0.0.1", facts["port"], facts["ca"])
        yield Server(place, facts, seconds)
    finally:
        process.terminate()
        process.wait()


def seed(namespaces: int = 0, users: int = 0, **settings: Any) -> dict[str, Any]:
    """A tenant with an administrator, so many namespaces with these settings, and so many users."""
    administrator = {
        "username": ADMIN.username,
        "password": ADMIN.password,
        "fullName": "Administrator",
        "enabled": True,
        "forcePasswordChange": False,
        "localAuthentication": True,
        "allowNamespaceManagement": True,
        "roles": ["ADMINISTRATOR", "COMPLIANCE", "MONITOR", "SECURITY"],
    }
    tenant = {
        "name": TENANT,
        "hardQuota": "100 TB",
        "softQuota": 85,
        "namespaceQuota": "None",
        "users": [administrator, *map(_user, range(users))],
        "namespaces": [{"name": namespace_name(each), **settings} for each in range(namespaces)],
    }
    return {"tenants": [tenant]}


def _user(number: int) -> dict[str, Any]:
    return {
        "username": user_name(number),
        "password": f"{ADMIN.password}-{number}",
        "fullName": user_name(number),
        "description": "from a configuration",
        "enabled": True,
        "roles": ["MONITOR"],
    }


def namespace_name(number: int) -> str:
    return f"ns-{number:05}"


def user_name(number: int) -> str:
    return f"user-{number:05}"


def user_path(number: int) -> str:
    return f"/mapi/tenants/{TENANT}/userAccounts/{user_name(number)}"


def namespace_path(number: int) -> str:
    return f"/mapi/tenants/{TENANT}/namespaces/{namespace_name(number)}"


def folder_in(folder: Path, name: str) -> Path:
    """A folder for the files of one server."""
    found = folder / name
    found.mkdir(exist_ok=True)
    return found
