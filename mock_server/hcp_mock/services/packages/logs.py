"""Logs of the system: the request journal, marks and runs of background services.

MAPI reference: logs. A package contains the requested days of each available node, and is deleted
after 24 hours.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ...errors import bad_parameter, bad_property
from ...models.packages import LogContent, LogDownload, LogDownloadStatus, LogPrepare, parse_day
from ...models.system import Service
from ...state.packages import Mark, PackedFile
from ...state.system import NodeRecord
from ...state.world import World
from ..clock import TIME_FORMAT, Clock
from ..system.background_services import BackgroundService
from ..system.nodes import NodeService
from .lifecycle import PackageLifecycle, parse_names

LIFETIME = timedelta(hours=24)


@dataclass(frozen=True)
class Days:
    """A range of days in UTC."""

    first: date
    last: date

    def __contains__(self, when: datetime) -> bool:
        return self.first <= when.date() <= self.last


def day_of(text: str | None, otherwise: date) -> date:
    return parse_day(text) if text is not None else otherwise


def from_timestamp(seconds: float) -> datetime:
    """Convert seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC)


def format_timestamp(seconds: float) -> str:
    return from_timestamp(seconds).strftime(TIME_FORMAT)


def request_line(request: Mapping[str, Any]) -> str:
    query = f"?{request['query']}" if request["query"] else ""
    return (
        f"{format_timestamp(request['time'])} {request['user'] or '-'} {request['method']}"
        f" {request['host']} {request['path']}{query} {request['status'] or '-'}"
    )


def _service_line(service: Service) -> str:
    return (
        f"{format_timestamp(service.startTime or 0)} {service.name} {service.state}"
        f" examined {service.objectsExamined} serviced {service.objectsServiced}"
    )


@dataclass
class LogService:
    world: World
    clock: Clock
    nodes: NodeService
    background: BackgroundService
    packaging: PackageLifecycle
    domain: str

    def status(self) -> LogDownloadStatus:
        package = self.packaging.current()
        # Properties of only some releases are left out.
        return LogDownloadStatus(
            **self.packaging.flags(), content=package.content if package else ""
        )

    def mark(self, text: str) -> None:
        if not text.strip():
            raise bad_parameter("mark")
        self.world.packages.marks.append(Mark(self.clock.now(), text))

    def prepare(self, body: LogPrepare) -> None:
        self.packaging.check_can_start()
        today = self.clock.now().date()
        start, end = day_of(body.startDate, today), day_of(body.endDate, today)
        if start > end:
            raise bad_property("startDate")
        s_nodes = parse_names(body.snodes, self.world.packages.s_nodes, "snodes") or []
        days = Days(start, end)
        files = [*self._node_files(days), *self._s_node_files(s_nodes, days)]
        self.packaging.start(files, self.nodes.available(), ",".join(LogContent), s_nodes)

    def download(self, body: LogDownload) -> tuple[str, Generator[bytes]]:
        """Return the name and the bytes of the archive."""
        package = self.packaging.ready()
        kinds = parse_names(body.content, LogContent, "content")
        if kinds == []:
            raise bad_property("content")
        wanted = parse_names(body.nodes, package.nodes, "nodes")
        numbers = package.nodes if wanted is None else wanted
        others = parse_names(body.snodes, package.s_nodes, "snodes") or []
        if not numbers and not others:
            raise bad_property("nodes")
        package.content = ",".join(kinds or LogContent)
        files = [
            file
            for file in package.files
            if (file.source in numbers and (kinds is None or file.kind in kinds))
            or file.source in others
        ]
        return self._file_name(), self.packaging.stream(files)

    def _file_name(self) -> str:
        first_node = next((node.number for node in self.nodes.available()), 0)
        now = self.clock.now()
        return f"HCPLogs-{self.domain}-n{first_node}-sp{now:%Y%m%d-%H%M}.zip"

    def _node_files(self, days: Days) -> Iterator[PackedFile]:
        requests = [r for r in self.nodes.requests if from_timestamp(r["time"]) in days]
        busy = self.background.statistics().nodes or []
        services = {node.nodeNumber: node.services or [] for node in busy}
        for node in self.nodes.available():
            node_requests = [r for r in requests if self.nodes.node_of_request(r) == node.number]
            lines = {
                LogContent.ACCESS: [
                    request_line(r) for r in node_requests if r["interface"] != "mapi"
                ],
                LogContent.APPLICATION: [
                    request_line(r) for r in node_requests if r["interface"] == "mapi"
                ],
                LogContent.SYSTEM: [_node_line(node), *self._marks(days)],
                LogContent.SERVICE: [
                    _service_line(service)
                    for service in services.get(node.number, [])
                    if from_timestamp(service.startTime or 0) in days
                ],
            }
            for kind, content in lines.items():
                yield _file(str(node.number), f"n{node.number}", kind, content)

    def _s_node_files(self, names: list[str], days: Days) -> Iterator[PackedFile]:
        for name in names:
            yield _file(name, name, LogContent.SYSTEM, self._marks(days))

    def _marks(self, days: Days) -> list[str]:
        marks = self.world.packages.marks
        return [f"{m.when.strftime(TIME_FORMAT)} MARK {m.text}" for m in marks if m.when in days]


def _node_line(node: NodeRecord) -> str:
    volumes = ", ".join(volume.id or "" for volume in node.settings.volumes or [])
    return f"node {node.number} at {node.settings.backendIpAddress}, volumes {volumes}"


def _file(source: str, folder: str, kind: LogContent, lines: list[str]) -> PackedFile:
    text = "".join(f"{line}\n" for line in lines)
    return PackedFile(source, kind, f"{folder}/{kind.lower()}.log", text)
