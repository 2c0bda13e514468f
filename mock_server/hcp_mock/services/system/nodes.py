"""The nodes of the system and their load. MAPI reference: nodeStatistics.

All requests arrive at one process. The mock distributes its connections over the nodes.
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


def all_namespaces(world: World) -> list[NamespaceRecord]:
    """Return the namespaces of all tenants."""
    return [namespace for tenant in world.tenants for namespace in tenant.namespaces]


@dataclass(frozen=True)
class _Load:
    """The load of the system, which ``nodes`` and ``volumes`` share evenly."""

    nodes: int
    volumes: int
    activity: Activity  # of this hour
    used: int
    objects: int


@dataclass
class NodeService:
    """``requests``: the journal, for the load of each node."""

    world: World
    clock: Clock
    requests: Requests

    def all(self) -> list[NodeRecord]:
        nodes = self.world.system.nodes
        return [nodes[number] for number in sorted(nodes)]

    def available(self) -> list[NodeRecord]:
        return [node for node in self.all() if node.available]

    def node_of_request(self, request: Mapping[str, Any]) -> int | None:
        """Return the number of the node that served a request, or ``None`` if all are down."""
        nodes = self.available()
        return nodes[(request["connection"] or 0) % len(nodes)].number if nodes else None

    def statistics(self) -> NodeStatistics:
        """Nodes that are down are left out (unconfirmed)."""
        now = self.clock.now()
        load, busy = self._load(now), self._connections(now)
        nodes = [_measured_node(node, load, now, busy[node.number]) for node in self.available()]
        return NodeStatistics(requestTime=milliseconds(now), nodes=nodes)

    def _connections(self, now: datetime) -> Counter[int | None]:
        """Count the connections of each node in the last minute."""
        since = now.timestamp() - 60
        recent = {
            request["connection"]: request for request in self.requests if request["time"] >= since
        }
        return Counter(self.node_of_request(request) for request in recent.values())

    def _load(self, now: datetime) -> _Load:
        hour, namespaces = hour_of(now), all_namespaces(self.world)
        totals = statistics(namespaces, now)
        return _Load(
            nodes=len(self.available()),
            volumes=sum(len(node.settings.volumes or []) for node in self.all()),
            activity=sum((n.usage.activity_between(hour, hour) for n in namespaces), Activity()),
            used=totals.storageCapacityUsed or 0,
            objects=totals.objectCount or 0,
        )


def _measured_node(node: NodeRecord, load: _Load, now: datetime, connections: int) -> Node:
    """Return the measured values; values of a seed replace them."""
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
    volumes = [_measured_volume(volume, load) for volume in node.settings.volumes or []]
    return measured.changed_by(node.settings).model_copy(update={"volumes": volumes})


def _measured_volume(volume: Volume, load: _Load) -> Volume:
    return Volume(
        blocksRead=0.0,
        blocksWritten=0.0,
        diskUtilization=0.0,
        transferSpeed=0.0,
        freeBytes=max((volume.totalBytes or 0) - load.used // load.volumes, 0),
        freeInodes=max((volume.totalInodes or 0) - load.objects // load.volumes, 0),
    ).changed_by(volume)
