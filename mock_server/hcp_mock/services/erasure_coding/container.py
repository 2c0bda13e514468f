"""The services of erasure coding, constructed once."""

from __future__ import annotations

from dataclasses import dataclass

from ...state.world import World
from ..clock import Clock
from ..listing import Listing
from ..replication.lifecycle import LinkLifecycle
from .links import LinkMap
from .members import MemberService
from .topologies import TopologyService


@dataclass
class ErasureCoding:
    topologies: TopologyService
    members: MemberService


def build_erasure_coding(
    world: World, clock: Clock, listing: Listing, domain: str
) -> ErasureCoding:
    links = LinkMap(world, LinkLifecycle(world, clock), domain)
    topologies = TopologyService(world, clock, listing, links)
    return ErasureCoding(topologies, MemberService(world, listing, links, topologies))
