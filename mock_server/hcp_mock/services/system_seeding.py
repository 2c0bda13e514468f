"""The part of a seed that describes the system itself."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ..models.system import DnsMode, License, Node, Service
from ..state.system import new_node
from ..state.world import World
from . import fresh
from .clock import Clock
from .replication.planting import (
    SeedLink,
    SeedRemote,
    SeedReplication,
    seed_link,
    seed_remote,
    seed_service,
)


class SeedNode(Node):
    nodeNumber: Annotated[int, Field(ge=1)]
    available: bool | None = None


class SeedService(Service):
    name: Annotated[str, Field(min_length=1)]


class SystemParts(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    downstreamDNSMode: DnsMode | None = None
    nodes: list[SeedNode] = []
    services: list[SeedService] = []
    licenses: list[License] = []
    replication: SeedReplication | None = None
    remoteSystems: list[SeedRemote] = []
    links: list[SeedLink] = []


def seed_system(world: World, clock: Clock, seed: SystemParts) -> None:
    system = world.system
    if seed.downstreamDNSMode is not None:
        system.dns_mode = seed.downstreamDNSMode
    for node in seed.nodes:
        record = system.nodes.setdefault(node.nodeNumber, new_node(node.nodeNumber))
        record.settings = record.settings.changed_by(node)
        if node.available is not None:
            record.available = node.available
    for service in seed.services:
        base = system.services.get(service.name, Service(name=service.name))
        system.services[service.name] = base.changed_by(service)
    for item in seed.licenses:
        system.licenses.append(fresh.license(clock).changed_by(item))
    _seed_replication(world, clock, seed)


def _seed_replication(world: World, clock: Clock, seed: SystemParts) -> None:
    if seed.replication is not None:
        seed_service(world, clock, seed.replication)
    for remote in seed.remoteSystems:
        seed_remote(world, clock, remote)
    for link in seed.links:
        seed_link(world, clock, link)
