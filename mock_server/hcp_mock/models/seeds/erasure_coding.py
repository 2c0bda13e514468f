"""Erasure coding in a seed: links between other systems, and topologies."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..erasure_coding import EcTopology, LinkState, TopologyName
from .base import SeedPart

System = Annotated[str, Field(min_length=1)]


class SeedDistantLink(SeedPart):
    name: Annotated[str, Field(min_length=1, max_length=64)]
    hcpSystems: Annotated[list[System], Field(min_length=2, max_length=2)]
    state: LinkState = LinkState.HEALTHY
    pausedTenantsCount: Annotated[int, Field(ge=0)] = 0


class SeedTopology(EcTopology):
    """A topology as in a request, with its tenants; ``retired`` retires it."""

    name: TopologyName
    retired: bool = False


class ErasureCodingParts(SeedPart):
    distantLinks: list[SeedDistantLink] = Field(default_factory=list)
    ecTopologies: list[SeedTopology] = Field(default_factory=list)
