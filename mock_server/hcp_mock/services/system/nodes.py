"""The nodes of the system and their load. MAPI reference: nodeStatistics.

All requests arrive at one process, whatever address the client used; the mock pretends that its
connections were spread over the nodes.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...models.system import Node, NodeStatistics, Volume
from ...state.records import NamespaceRecord
from ...state.system import NodeRecord
from ...state.usage import Activity, hour_of
from ...state.world import World
from ..clock import Clock
from ..usage.statistics import statistics

_STARTED = time.monotonic()
Requests = Iterable[Mapping[str, Any]]


def milliseconds(when: datetime) -> int:
    return int(when.timestamp() * 1000)


def namespaces(world: World) -> list[NamespaceRecord]:
    """Those of all tenants."""
    return [namespace for tenant in world.tenants for namespace in tenant.namespaces]


@dataclass(frozen=True)
class _Load:
    """What the system does and holds; ``nodes`` and ``volumes`` share it evenly."""

    nodes: int
    volumes: int
    activity: Activity  # of this hour
    used: int
    objects: int


@dataclass
class NodeService:
    """``requests``: the journal, for what each node did."""

    world: World
    clock: Clock
    requests: Requests

    def all(self) -> list[NodeRecord]:
        nodes = self.world.system.nodes
        return [nodes[number] for number in sorted(nodes)]

    def available(self) -> list[NodeRecord]:
        return [node for node in self.all() if node.available]

    def serving(self, request: Mapping[str, Any]) -> int | None:
        """The number of the node that is said to have answered; none if all of them are down."""
        nodes = self.available()
        return nodes[(request["connection"] or 0) % len(nodes)].number if nodes else None

    def statistics(self) -> NodeStatistics:
        """Nodes that are down are left out (unconfirmed)."""
        now = self.clock.now()
        load, busy = self._load(now), self._connections(now)
        nodes = [_shown(node, load, now, busy[node.number]) for node in self.available()]
        return NodeStatistics(requestTime=milliseconds(now), nodes=nodes)

    def _connections(self, now: datetime) -> Counter[int | None]:
        """How many connections each node had in the last minute."""
        since = now.timestamp() - 60
        recent = {
            request["connection"]: request for request in self.requests if request["time"] >= since
        }
        return Counter(self.serving(request) for request in recent.values())

    def _load(self, now: datetime) -> _Load:
        hour, everything = hour_of(now), namespaces(self.world)
        held = statistics(everything, now)
        return _Load(
            nodes=len(self.available()),
            volumes=sum(len(node.settings.volumes or []) for node in self.all()),
            activity=sum((n.usage.during(hour, hour) for n in everything), Activity()),
            used=held.storageCapacityUsed or 0,
            objects=held.objectCount or 0,
        )


def _shown(node: NodeRecord, load: _Load, now: datetime, connections: int) -> Node:
    """What is measured, with what a seed says put over it."""
    elapsed, spent = max(time.monotonic() - _STARTED, 1), os.times()
    measured = Node(
        openHttpConnections=0,
        openHttpsConnections=connections,
        maxHttpConnections=255,
        maxHttpsConnections=254,
        cpuUser=round(100 * spent.user / elapsed / load.nodes, 2),
        cpuSystem=round(100 * spent.system / elapsed / load.nodes, 2),
        cpuMax=24.0,
        ioWait=0.0,
        swapOut=0.0,
        maxFrontEndBandwidth=1024000,
        frontEndBytesRead=round(load.activity.bytes_in / 3600 / load.nodes, 2),
        frontEndBytesWritten=round(load.activity.bytes_out / 3600 / load.nodes, 2),
        maxBackEndBandwidth=1024000,
        backEndBytesRead=0.0,
        backEndBytesWritten=0.0,
        collectionTimestamp=milliseconds(now.replace(second=0, microsecond=0)),
    )
    if node.settings.managementIpAddresses:
        measured.maxManagementPortBandwidth = 1024000
        measured.managementBytesRead = measured.managementBytesWritten = 0.0
    volumes = [_filled(volume, load) for volume in node.settings.volumes or []]
    return measured.changed_by(node.settings).model_copy(update={"volumes": volumes})


def _filled(volume: Volume, load: _Load) -> Volume:
    return Volume(
        blocksRead=0.0,
        blocksWritten=0.0,
        diskUtilization=0.0,
        transferSpeed=0.0,
        freeBytes=max((volume.totalBytes or 0) - load.used // load.volumes, 0),
        freeInodes=max((volume.totalInodes or 0) - load.objects // load.volumes, 0),
    ).changed_by(volume)
