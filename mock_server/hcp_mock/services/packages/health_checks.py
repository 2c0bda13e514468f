"""Health check reports: the requests of each node by day, and its current state.

MAPI reference: healthCheckReport.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from ...errors import bad_property
from ...models.packages import HealthCheckDownload, HealthCheckDownloadStatus, HealthCheckPrepare
from ...state.packages import PackedFile
from ...state.system import NodeRecord
from ..clock import TIME_FORMAT, Clock
from ..system.nodes import NodeService
from .lifecycle import PackageLifecycle, parse_names
from .logs import day_of, from_timestamp

CONTENT = "HCR"
DAY = timedelta(days=1)


@dataclass
class HealthCheckService:
    clock: Clock
    nodes: NodeService
    packaging: PackageLifecycle

    def status(self) -> HealthCheckDownloadStatus:
        return HealthCheckDownloadStatus(**self.packaging.flags(), content=CONTENT)

    def prepare(self, body: HealthCheckPrepare) -> None:
        """Prepare reports for a range of days and one of the current state."""
        self.packaging.check_can_start()
        now, exact = self.clock.now(), body.exactTime
        today = now.date()
        start = day_of(body.startDate, today)
        end = day_of(body.endDate, today if exact is None else today - DAY)
        if start > end and body.given() & {"startDate", "endDate"}:
            raise bad_property("startDate")
        current = body.collectCurrent is not False
        if start > end and not current:
            raise bad_property("collectCurrent")
        hours, minutes = map(int, (exact or "00:00").split(":"))
        first = datetime.combine(start, time(hours, minutes), UTC)
        available = self.nodes.available()
        requests_by_day = self._requests_by_day(first, (end - start).days + 1)
        files = [*self._daily_reports(available, requests_by_day, first)]
        if current:
            files += self._current(now)
        self.packaging.start(files, available, CONTENT)

    def _requests_by_day(
        self, first: datetime, days: int
    ) -> dict[tuple[int | None, int], Counter[str]]:
        """Count requests by node, by day from 0, and by status."""
        result: dict[tuple[int | None, int], Counter[str]] = {}
        for request in self.nodes.requests:
            day = (from_timestamp(request["time"]) - first) // DAY
            if 0 <= day < days:
                counts = result.setdefault((self.nodes.node_of_request(request), day), Counter())
                counts[str(request["status"] or "unanswered")] += 1
        return result

    @staticmethod
    def _daily_reports(
        nodes: list[NodeRecord],
        requests_by_day: dict[tuple[int | None, int], Counter[str]],
        first: datetime,
    ) -> Iterator[PackedFile]:
        """Yield the reports of days on which a node served requests."""
        for node in nodes:
            for number, day in sorted(key for key in requests_by_day if key[0] == node.number):
                start, counts = first + day * DAY, requests_by_day[number, day]
                lines = [f"node {number}", f"24 hours from {start.strftime(TIME_FORMAT)}"]
                lines += [f"requests {status}: {count}" for status, count in sorted(counts.items())]
                yield _report(node.number, f"{start:%Y%m%d-%H%M}", lines)

    def _current(self, now: datetime) -> Iterator[PackedFile]:
        for node in self.nodes.statistics().nodes or []:
            figures = node.model_dump(mode="json", exclude_none=True)
            lines = [f"at {now.strftime(TIME_FORMAT)}"]
            lines += [f"{name}: {value}" for name, value in figures.items()]
            yield _report(node.nodeNumber or 0, "current", lines)

    def download(self, body: HealthCheckDownload) -> Generator[bytes]:
        package = self.packaging.ready()
        wanted = parse_names(body.nodes, package.nodes, "nodes")
        # Without the property: all nodes, as with logs (unconfirmed).
        if wanted == []:
            raise bad_property("nodes")
        files = [f for f in package.files if wanted is None or f.source in wanted]
        return self.packaging.stream(files)


def _report(node: int, name: str, lines: list[str]) -> PackedFile:
    text = "".join(f"{line}\n" for line in lines)
    return PackedFile(str(node), CONTENT, f"n{node}/health-check-{name}.txt", text)
