"""Seeding nodes, background services, licences and replication."""

from __future__ import annotations

from ...models.seeds.system import SystemParts
from ...models.system import Service
from ...state.system import new_node
from ...state.world import World
from ..clock import Clock
from ..defaults.system import new_license
from .replication import seed_link, seed_remote, seed_service


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
        system.licenses.append(new_license(clock).changed_by(item))
    _seed_replication(world, clock, seed)


def _seed_replication(world: World, clock: Clock, seed: SystemParts) -> None:
    if seed.replication is not None:
        seed_service(world, clock, seed.replication)
    for remote in seed.remoteSystems:
        seed_remote(world, clock, remote)
    for link in seed.links:
        seed_link(world, clock, link)
