"""Erasure coding in a seed: links between other systems, and topologies."""

from __future__ import annotations

import uuid
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ...models.erasure_coding import EcTopology, LinkState, TopologyName
from ...state.erasure_coding import KnownLink
from ...state.world import World
from ..clock import Clock
from ..listing import Listing
from .gateway import ErasureCoding, build_erasure_coding

System = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)


class SeedDistantLink(_Part):
    name: Annotated[str, Field(min_length=1, max_length=64)]
    hcpSystems: Annotated[list[System], Field(min_length=2, max_length=2)]
    state: LinkState = LinkState.HEALTHY
    pausedTenantsCount: Annotated[int, Field(ge=0)] = 0


class SeedTopology(EcTopology):
    """As in a request, with tenants, and ``retired`` for one that has gone that way."""

    name: TopologyName
    retired: bool = False


class ErasureCodingParts(_Part):
    distantLinks: list[SeedDistantLink] = []
    ecTopologies: list[SeedTopology] = []


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
