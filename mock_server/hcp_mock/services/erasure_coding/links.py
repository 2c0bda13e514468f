"""The links that topologies can consist of, as this system sees them.

MAPI reference: linkCandidates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...errors import bad_property, missing_property, not_settable
from ...models.erasure_coding import LinkState, ReplicationLink, TopologyType
from ...models.replication import LinkMessage, LinkType
from ...state.erasure_coding import KnownLink
from ...state.replication import LinkRecord, RemoteSystem
from ...state.world import World
from ..replication.lifecycle import UNHEALTHY, LinkLifecycle

_STATES = {
    **dict.fromkeys(UNHEALTHY, LinkState.UNHEALTHY),
    LinkMessage.SUSPENDED: LinkState.NOT_REPLICATING,
    LinkMessage.FAILED_OVER: LinkState.NOT_REPLICATING,
    LinkMessage.REMOTE_FULL: LinkState.NOT_REPLICATING,
    LinkMessage.LOCAL_FULL: LinkState.NOT_REPLICATING,
    LinkMessage.PENDING: LinkState.UNKNOWN,
    LinkMessage.PENDING_REPLY: LinkState.UNKNOWN,
}
_READ_ONLY = ("pausedTenantsCount", "state", "uuid")


@dataclass
class LinkMap:
    world: World
    lifecycle: LinkLifecycle
    domain: str

    def known(self) -> dict[str, KnownLink]:
        """Return all active/active links by id. Others cannot be used (unconfirmed)."""
        own = (self._local_link(link) for link in self.world.replication.links)
        local = {link.uuid: link for link in own if link is not None}
        return {**local, **self.world.erasure_coding.distant_links}

    def _local_link(self, link: LinkRecord) -> KnownLink | None:
        remote = self.lifecycle.remote(link)
        if link.settings.type is not LinkType.ACTIVE_ACTIVE or remote is None:
            return None
        return KnownLink(
            name=link.name,
            uuid=link.id,
            systems=frozenset({self.domain.lower(), remote.name.lower()}),
            state=_STATES.get(self.lifecycle.message(link), LinkState.HEALTHY),
            paused=sum(member.paused_since is not None for member in link.tenants),
        )

    def usable(self) -> list[KnownLink]:
        """Return the links that have been established and are in no active topology."""
        taken = {
            link.uuid
            for topology in self.world.erasure_coding.topologies
            if not topology.retired
            for link in topology.links
        }
        return [
            link
            for link in self.known().values()
            if link.state is not LinkState.UNKNOWN and link.uuid not in taken
        ]

    def refreshed(self, links: Iterable[KnownLink]) -> list[KnownLink]:
        """Return the links with their current state."""
        known = self.known()
        return [
            known.get(link.uuid, KnownLink(link.name, link.uuid, link.systems, LinkState.UNKNOWN))
            for link in links
        ]

    def select(self, requested: Iterable[ReplicationLink]) -> list[KnownLink]:
        """Return the links that a document names. Each must exist once."""
        usable = self.usable()
        return [self._select(link, usable) for link in requested]

    @staticmethod
    def _select(requested: ReplicationLink, usable: list[KnownLink]) -> KnownLink:
        for name in _READ_ONLY:
            if name in requested.given():
                raise not_settable(name)
        if requested.name is None:
            raise missing_property("name")
        fitting = [link for link in usable if link.name.casefold() == requested.name.casefold()]
        if requested.hcpSystems is not None:
            systems = {name.lower() for name in requested.hcpSystems}
            if len(systems) != len(requested.hcpSystems) or len(systems) != 2:
                raise bad_property("hcpSystems")
            fitting = [link for link in fitting if link.systems == systems]
        if len(fitting) != 1:
            raise bad_property("replicationLinks")
        return fitting[0]

    def remote(self, system: str) -> RemoteSystem | None:
        remotes = self.world.replication.remotes
        return remotes.get(system) if system != self.domain.lower() else None

    def unavailable(self, systems: Iterable[str]) -> int:
        """Return how many of the systems are unreachable."""
        remotes = (self.remote(system) for system in systems)
        return sum(remote is not None and remote.down_since is not None for remote in remotes)


def check_shape(kind: TopologyType | None, links: list[KnownLink], domain: str) -> None:
    """Check for three to six systems, this one among them, linked as the type requires."""
    pairs = {link.systems for link in links}
    systems = {system for pair in pairs for system in pair}
    count = len(systems)
    if len(pairs) != len(links) or domain.lower() not in systems or not 3 <= count <= 6:
        raise bad_property("replicationLinks")
    if kind is TopologyType.FULLY_CONNECTED:
        if len(pairs) != count * (count - 1) // 2:
            raise bad_property("replicationLinks")
        return
    if count == 3:
        raise bad_property("type")
    if not _is_ring(pairs, domain.lower()):
        raise bad_property("replicationLinks")


def _is_ring(pairs: set[frozenset[str]], start: str) -> bool:
    """Return whether a walk over all links ends where it starts."""
    ends = [system for pair in pairs for system in pair]
    left, current = set(pairs), start
    while left:
        edge = next((pair for pair in left if current in pair), None)
        if edge is None or ends.count(current) != 2:
            return False
        left.remove(edge)
        (current,) = edge - {current}
    return current == start
