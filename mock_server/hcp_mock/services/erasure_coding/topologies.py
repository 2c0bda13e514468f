"""Topologies and their lifecycle: active, retiring, retired, deleted.

MAPI reference: ecTopology. The meaning of protectionStatus and readStatus is not documented. Here
one unreachable system makes the data vulnerable, and two make it broken. A retiring topology
restores its objects one by one, and needs all systems at the end.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ...errors import AlreadyExists, NotFound, Refused, not_settable
from ...models.erasure_coding import (
    EcTopology,
    Health,
    LinkState,
    ReplicationLink,
    ReplicationLinks,
    TopologyState,
)
from ...state.erasure_coding import KnownLink, TopologyRecord
from ...state.objects import Kind, Version
from ...state.world import World
from ..clock import Clock
from ..listing import Listing
from ..replication.progress import replicated
from .links import LinkMap, check_shape


@dataclass
class TopologyService:
    world: World
    clock: Clock
    listing: Listing
    links: LinkMap

    def names(self) -> list[str]:
        return self.listing.shuffled(self.world.erasure_coding.topologies.names())

    def find(self, name: str) -> TopologyRecord:
        topology = self.world.erasure_coding.topologies.get(name)
        if topology is None:
            raise NotFound(f"The topology '{name}' does not exist.")
        return topology

    def candidates(self) -> ReplicationLinks:
        return ReplicationLinks(replicationLink=self._shown(self.links.usable()))

    def create(self, body: EcTopology) -> TopologyRecord:
        topologies = self.world.erasure_coding.topologies
        name = body.name or ""
        if name in topologies:
            raise AlreadyExists(name)
        links = self.links.select(body.replicationLinks or [])
        check_shape(body.type, links, self.links.domain)
        base = EcTopology(
            description="",
            erasureCodingDelay=0,
            fullCopy=False,
            minimumObjectSize=4096,
            restorePeriod=0,
        )
        settings = base.changed_by(body, frozenset({"replicationLinks"}))
        record = TopologyRecord(settings, str(uuid.uuid4()), links)
        topologies.put(name, record)
        return record

    def view(self, topology: TopologyRecord) -> EcTopology:
        state = self.state(topology)
        links = self.links.refreshed(topology.links)
        return topology.settings.model_copy(
            update={
                "erasureCodedObjects": self.coded_objects(topology),
                "hcpSystems": self.listing.shuffled(sorted(topology.systems)),
                "id": topology.id,
                "protectionStatus": self._protection_status(topology, state, links),
                "readStatus": self._read_status(topology, state),
                "replicationLinks": self._shown(links),
                "state": state,
                "tenants": self.listing.shuffled(topology.tenants.names()),
            }
        )

    def _shown(self, links: list[KnownLink]) -> list[ReplicationLink]:
        return [
            ReplicationLink(
                hcpSystems=sorted(link.systems),
                name=link.name,
                pausedTenantsCount=link.paused,
                state=link.state,
                uuid=link.uuid,
            )
            for link in self.listing.shuffled(links)
        ]

    @staticmethod
    def modify(topology: TopologyRecord, body: EcTopology) -> None:
        if body.name is not None and body.name.casefold() != topology.name.casefold():
            raise not_settable("name")
        topology.settings = topology.settings.changed_by(body, frozenset({"name"}))

    def retire(self, topology: TopologyRecord) -> None:
        """Only an active topology can be retired (unconfirmed). It cannot be undone."""
        if self.state(topology) is not TopologyState.ACTIVE:
            raise Refused("The topology is retired or being retired already.")
        topology.retiring_since = self.clock.now()

    def delete(self, topology: TopologyRecord, force: bool) -> None:
        state = self.state(topology)
        lost = self.links.unavailable(topology.systems)
        forced = force and state is TopologyState.RETIRING and lost <= 1
        if state is not TopologyState.RETIRED and not forced:
            raise Refused("The topology is not retired.")
        self.world.erasure_coding.topologies.remove(topology.name)

    def state(self, topology: TopologyRecord) -> TopologyState:
        """Retirement takes time by the mock's clock, and needs all systems."""
        since = topology.retiring_since
        if since is None:
            return TopologyState.ACTIVE
        wait = timedelta(seconds=self.world.rules.retirement_seconds)
        if self.clock.now() >= since + wait and not self.links.unavailable(topology.systems):
            topology.retired = True
        return TopologyState.RETIRED if topology.retired else TopologyState.RETIRING

    def coded_objects(self, topology: TopologyRecord) -> int:
        """Return the number of erasure-coded versions that are stored on this system."""
        since, now = topology.retiring_since, self.clock.now()
        if self.state(topology) is TopologyState.RETIRED:
            return 0
        delay = timedelta(days=topology.settings.erasureCodingDelay or 0)
        until = (since or now) - delay
        count = sum(
            version.size >= (topology.settings.minimumObjectSize or 0) and version.created <= until
            for version in self._versions(topology)
        )
        return count if since is None else math.ceil(count * self._remaining_share(since, now))

    def _remaining_share(self, since: datetime, now: datetime) -> float:
        """Return the share of the retirement that remains."""
        seconds = self.world.rules.retirement_seconds
        return max(0.0, 1 - (now - since).total_seconds() / seconds) if seconds else 0.0

    def _versions(self, topology: TopologyRecord) -> Iterator[Version]:
        for name in topology.tenants.names():
            tenant = self.world.tenants.get(name)
            for namespace in replicated(tenant) if tenant is not None else []:
                if namespace.settings.allowErasureCoding:
                    for entry in namespace.store:
                        yield from (v for v in entry.versions if v.kind is Kind.OBJECT)

    def _protection_status(
        self, topology: TopologyRecord, state: TopologyState, links: list[KnownLink]
    ) -> Health:
        if state is not TopologyState.ACTIVE:
            return Health(state.value)
        lost = self.links.unavailable(topology.systems)
        states = {link.state for link in links}
        if lost > 1:
            return Health.BROKEN
        if lost or states & {LinkState.UNHEALTHY, LinkState.NOT_REPLICATING}:
            return Health.VULNERABLE
        return Health.UNKNOWN if LinkState.UNKNOWN in states else Health.HEALTHY

    def _read_status(self, topology: TopologyRecord, state: TopologyState) -> Health:
        if state is TopologyState.RETIRED:
            return Health.RETIRED
        lost = self.links.unavailable(topology.systems)
        return (Health.HEALTHY, Health.VULNERABLE)[lost] if lost <= 1 else Health.BROKEN
