"""Helpers for replication links: a remote system, and links to it."""

from __future__ import annotations

from typing import Any

from .conftest import Client, Mock

LINKS = "/services/replication/links"
OTHER = "hcp2.example.com"
HOST = f"replication.admin.{OTHER}"
CONNECTION = {"remoteHost": HOST}


def seed_link(mock: Mock, name: str = "east", kind: str = "ACTIVE_ACTIVE", **values: Any) -> str:
    """Seed a working link and return its path."""
    link = {"name": name, "type": kind, "connection": CONNECTION, **values}
    mock.seed(system={"links": [link]})
    return f"{LINKS}/{name}"


def seed_remote(mock: Mock, **values: Any) -> None:
    mock.seed(system={"remoteSystems": [{"name": OTHER, **values}]})


def advance(mock: Mock, **units: float) -> None:
    seconds = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
    total = sum(seconds[unit] * count for unit, count in units.items())
    assert mock.control("POST", "/clock", {"advance": total}).status_code == 200


def act(client: Client, path: str, action: str) -> int:
    return client.call("POST", f"{path}?{action}").status_code


def state(client: Client, path: str) -> tuple[str, str]:
    found = client.read(path, verbose="true")
    return found["status"], found["statusMessage"]
