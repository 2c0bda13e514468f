"""Replication in a seed: remote systems, links and their contents."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..replication import Link, LinkName, ReplicationService, Schedule
from .base import SeedPart


class SeedRemote(SeedPart):
    name: Annotated[str, Field(min_length=1)]
    addresses: list[str] | None = None
    available: bool | None = None
    tenants: list[str] | None = None
    directories: list[str] | None = None
    links: list[str] | None = None


class SeedReplication(ReplicationService):
    shutDown: str | None = None


class SeedLink(Link):
    name: LinkName
    tenants: list[str] | None = None
    pausedTenants: list[str] | None = None
    autoPausedTenants: list[str] | None = None
    defaultNamespaceDirectories: list[str] | None = None
    chainedLinks: list[str] | None = None
    schedule: Schedule | None = None
    failedOver: bool | None = None
