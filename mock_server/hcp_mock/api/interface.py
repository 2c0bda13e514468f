"""The ways into the mock."""

from __future__ import annotations

from enum import StrEnum

from .asgi import Scope, raw_path


class Door(StrEnum):
    MAPI = "mapi"
    S3 = "s3"
    QUERY = "query"


def door_of(scope: Scope) -> Door:
    found: Door = scope["hcp_mock.door"]
    return found


def path_of(scope: Scope) -> str:
    """The path that faults are compared with: behind /mapi for MAPI, whole otherwise."""
    path = raw_path(scope).decode("ascii", "replace")
    return path.removeprefix("/mapi") if door_of(scope) is Door.MAPI else path
