"""Background services, each of which runs once a day. MAPI reference: serviceStatistics.

MAPI reference: serviceStatistics.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ...models.system import Service, ServiceNode, ServiceState, ServiceStatistics
from ...state.system import NodeRecord
from ...state.world import World
from ..clock import Clock
from ..usage.statistics import statistics
from .nodes import NodeService, all_namespaces, milliseconds

RUN = timedelta(minutes=10)


def _formatted(when: datetime) -> str:
    return f"{when.month}/{when.day}/{when.year} {when.hour}:{when:%M:%S} UTC"


@dataclass
class BackgroundService:
    world: World
    clock: Clock
    nodes: NodeService

    def statistics(self) -> ServiceStatistics:
        now = self.clock.now()
        objects = statistics(all_namespaces(self.world), now).objectCount or 0
        everywhere = self._services(now, objects)
        available = self.nodes.available()
        nodes = [
            _on_node(node, self._services(now, _share(objects, index, len(available))))
            for index, node in enumerate(available)
        ]
        return ServiceStatistics(requestTime=milliseconds(now), services=everywhere, nodes=nodes)

    def _services(self, now: datetime, objects: int) -> list[Service]:
        known = self.world.system.services.values()
        return [
            _last_run(hour % 24, now, objects).changed_by(service)
            for hour, service in enumerate(known)
        ]


def _share(objects: int, index: int, nodes: int) -> int:
    """Return the number of objects that one node examines."""
    return objects // nodes + (index < objects % nodes)


def _last_run(hour: int, now: datetime, objects: int) -> Service:
    """A run starts at a full hour of each day and examines every object."""
    start = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    if start > now:
        start -= timedelta(days=1)
    running = now - start < RUN
    end = start + RUN
    examined = int(objects * ((now - start) / RUN)) if running else objects
    service = Service(
        state=ServiceState.RUNNING if running else ServiceState.READY,
        startTime=int(start.timestamp()),
        formattedStartTime=_formatted(start),
        endTime=-1 if running else int(end.timestamp()),
        objectsExamined=examined,
        objectsExaminedPerSecond=round(objects / RUN.total_seconds(), 2),
        objectsServiced=0,
        objectsServicedPerSecond=0.0,
        objectsUnableToService=0,
        objectsUnableToServicePerSecond=0.0,
    )
    if running:
        service.performanceLevel = "MEDIUM"
    else:
        service.formattedEndTime = _formatted(end)
    return service


def _on_node(node: NodeRecord, services: list[Service]) -> ServiceNode:
    return ServiceNode(
        nodeNumber=node.number,
        frontendIpAddresses=node.settings.frontendIpAddresses,
        managementIpAddresses=node.settings.managementIpAddresses,
        ipAddress=node.settings.backendIpAddress,
        services=services,
    )
