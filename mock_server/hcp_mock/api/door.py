"""The ways into the mock."""

from __future__ import annotations

from enum import StrEnum

from .mapi import Scope, mapi_path


class Door(StrEnum):
    MAPI = "mapi"
    S3 = "s3"
    QUERY = "query"


def door_of(scope: Scope) -> Door:
    found: Door = scope["hcp_mock.door"]
    return found


def path_of(scope: Scope) -> str:
    """What faults compare: the path behind /mapi, or all of the path at the other doors."""
    if door_of(scope) is Door.MAPI:
        return mapi_path(scope).decode("ascii", "replace")
    raw: bytes = scope.get("raw_path") or scope["path"].encode("utf-8")
    return raw.decode("ascii", "replace")
