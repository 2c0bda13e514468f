"""The interfaces of the mock: MAPI, S3 and metadata queries."""

from __future__ import annotations

from enum import StrEnum

from .asgi import Scope, raw_path


class Interface(StrEnum):
    MAPI = "mapi"
    S3 = "s3"
    QUERY = "query"


def interface_of(scope: Scope) -> Interface:
    result: Interface = scope["hcp_mock.interface"]
    return result


def path_of(scope: Scope) -> str:
    """The path that faults are compared with: behind /mapi for MAPI, whole otherwise."""
    path = raw_path(scope).decode("ascii", "replace")
    return path.removeprefix("/mapi") if interface_of(scope) is Interface.MAPI else path
