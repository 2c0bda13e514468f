"""Tenants of topologies, candidates and conflicting candidates.

MAPI reference: tenants of an ecTopology, tenantCandidates, tenantConflictingCandidates. The
conditions are hardly documented. Here a candidate has replication and is on a system of the
topology. It is in conflict if it is on another link or in another topology, or if several systems
have a tenant of its name that no link connects.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from ...errors import AlreadyExists, NotFound, Refused
from ...models.erasure_coding import TenantCandidate, TenantCandidates, TopologyState
from ...state.erasure_coding import TopologyRecord
from ...state.records import TenantRecord
from ...state.world import World
from ..listing import Listing
from .links import LinkMap
from .topologies import TopologyService


@dataclass
class MemberService:
    world: World
    listing: Listing
    links: LinkMap
    topologies: TopologyService

    def names(self, topology: TopologyRecord) -> list[str]:
        return self.listing.shuffled(topology.tenants.names())

    def candidates(self, topology: TopologyRecord, conflicting: bool) -> TenantCandidates:
        matching = [
            candidate
            for candidate in self._all(topology)
            if self._conflict(topology, candidate) is conflicting
        ]
        return TenantCandidates(tenantCandidate=self.listing.shuffled(matching))

    def add(self, topology: TopologyRecord, name: str) -> None:
        if name in topology.tenants:
            raise AlreadyExists(name)
        known = {c.name.casefold(): c for c in self._all(topology) if c.name}
        candidate = known.get(name.casefold())
        if candidate is None:
            if name in self.world.tenants:
                raise Refused(f"The tenant '{name}' cannot be added to the topology.")
            raise NotFound(f"The tenant '{name}' does not exist.")
        if self._conflict(topology, candidate):
            raise Refused(f"The tenant '{name}' is in conflict with the topology.")
        topology.tenants.put(candidate.name or name, candidate.name or name)

    @staticmethod
    def remove(topology: TopologyRecord, name: str) -> None:
        if name not in topology.tenants:
            raise NotFound(f"The tenant '{name}' is not in the topology.")
        topology.tenants.remove(name)

    def _all(self, topology: TopologyRecord) -> list[TenantCandidate]:
        """Return all tenants outside of the topology; none unless it is active."""
        if self.topologies.state(topology) is not TopologyState.ACTIVE:
            return []
        candidates: dict[str, TenantCandidate] = {}
        for tenant in self.world.tenants:
            if tenant.settings.replicationConfigurationEnabled and not tenant.is_default:
                candidates[tenant.name.casefold()] = self._candidate(tenant.name, tenant)
        for system in sorted(topology.systems):
            remote = self.links.remote(system)
            for name in remote.tenants if remote is not None else []:
                if name in self.world.tenants and name.casefold() not in candidates:
                    continue
                candidate = candidates.setdefault(name.casefold(), self._candidate(name, None))
                candidate.hcpSystems = [*(candidate.hcpSystems or []), system]
        return [c for key, c in candidates.items() if key not in topology.tenants]

    def _candidate(self, name: str, tenant: TenantRecord | None) -> TenantCandidate:
        synthetic = str(uuid.uuid5(uuid.NAMESPACE_DNS, name.casefold()))
        return TenantCandidate(
            hcpSystems=[self.links.domain.lower()] if tenant is not None else [],
            name=name,
            uuid=(tenant.settings.id if tenant is not None else None) or synthetic,
        )

    def _conflict(self, topology: TopologyRecord, candidate: TenantCandidate) -> bool:
        name = candidate.name or ""
        ours = {link.uuid for link in topology.links}
        carrying = [link for link in self.world.replication.links if name in link.tenants]
        elsewhere = any(
            name in other.tenants and not other.retired
            for other in self.world.erasure_coding.topologies
            if other is not topology
        )
        known = self.links.known()
        reached = {self.links.domain.lower()}.union(
            *(known[link.id].systems for link in carrying if link.id in known)
        )
        systems = set(candidate.hcpSystems or [])
        return (
            elsewhere
            or any(link.id not in ours for link in carrying)
            or (len(systems) > 1 and not systems <= reached)
        )
