"""Seeding erasure coding: links between other systems, and topologies."""

from __future__ import annotations

import uuid

from ...models.erasure_coding import EcTopology
from ...models.seeds.erasure_coding import ErasureCodingParts, SeedTopology
from ...state.erasure_coding import KnownLink
from ...state.world import World
from ..clock import Clock
from ..erasure_coding.container import ErasureCoding, build_erasure_coding
from ..listing import Listing


def seed_erasure_coding(world: World, clock: Clock, domain: str, seed: ErasureCodingParts) -> None:
    for link in seed.distantLinks:
        systems = frozenset(name.lower() for name in link.hcpSystems)
        key = str(
            uuid.uuid5(uuid.NAMESPACE_DNS, " ".join([link.name.casefold(), *sorted(systems)]))
        )
        world.erasure_coding.distant_links[key] = KnownLink(
            link.name, key, systems, link.state, link.pausedTenantsCount
        )
    if seed.ecTopologies:
        services = build_erasure_coding(world, clock, Listing(), domain)
        for topology in seed.ecTopologies:
            _topology(services, clock, topology)


def _topology(services: ErasureCoding, clock: Clock, seed: SeedTopology) -> None:
    sent = {name: getattr(seed, name) for name in seed.given() & set(EcTopology.model_fields)}
    tenants: list[str] = sent.pop("tenants", None) or []
    topologies = services.topologies
    if seed.name in topologies.world.erasure_coding.topologies:
        record = topologies.find(seed.name)
        topologies.modify(record, EcTopology(**sent))
    else:
        record = topologies.create(EcTopology(**sent))
    for tenant in tenants:
        if tenant not in record.tenants:
            services.members.add(record, tenant)
    if seed.retired:
        record.retiring_since, record.retired = clock.now(), True
