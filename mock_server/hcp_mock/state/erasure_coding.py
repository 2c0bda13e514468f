"""Erasure coding topologies, and links between other systems."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from ..models.erasure_coding import EcTopology, LinkState
from .repository import Repository


@dataclass(frozen=True)
class KnownLink:
    """A link between two systems, which may both be remote."""

    name: str
    uuid: str
    systems: frozenset[str]
    state: LinkState
    paused: int = 0


@dataclass
class TopologyRecord:
    """``links``: the links at the time of creation."""

    settings: EcTopology
    id: str
    links: list[KnownLink]
    retiring_since: datetime | None = None
    retired: bool = False
    tenants: Repository[str] = field(default_factory=Repository)

    @property
    def name(self) -> str:
        return self.settings.name or ""

    @property
    def systems(self) -> set[str]:
        return {system for link in self.links for system in link.systems}


@dataclass
class ErasureCodingState:
    distant_links: dict[str, KnownLink] = field(default_factory=dict)  # by uuid
    topologies: Repository[TopologyRecord] = field(default_factory=Repository)
