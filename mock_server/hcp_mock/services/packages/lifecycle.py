"""The lifecycle of a package: prepared in the background, downloaded, cleared.

There is one package of each kind. Only one error is documented: a second preparation of logs is a
bad request. The mock refuses any second preparation until the package is cleared, and downloads
without a package that is ready.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import timedelta

from ...errors import InvalidRequest, bad_property
from ...state.packages import Package, PackageKind, PackedFile, Stage
from ...state.system import NodeRecord
from ...state.world import World
from ..clock import Clock

CHUNK = 65536


@dataclass
class PackageLifecycle:
    """``lifetime``: how long a package exists once it is ready. ``streams``: active downloads."""

    world: World
    clock: Clock
    kind: PackageKind
    name: str
    lifetime: timedelta | None = None
    streams: int = 0

    def current(self) -> Package | None:
        packages = self.world.packages.packages
        package = packages.get(self.kind)
        if package and self.lifetime and self.clock.now() >= package.ready_at + self.lifetime:
            del packages[self.kind]
            return None
        return package

    def stage(self) -> Stage | None:
        package = self.current()
        return package.stage(self.clock.now()) if package else None

    def check_can_start(self) -> None:
        if self.stage() in (Stage.PREPARING, Stage.READY):
            raise InvalidRequest(f"A {self.name} download is already in progress.")

    def start(
        self,
        files: Iterable[PackedFile],
        nodes: Iterable[NodeRecord],
        content: str,
        s_nodes: Iterable[str] = (),
    ) -> None:
        state = self.world.packages
        state.packages[self.kind] = Package(
            files=tuple(files),
            nodes=tuple(str(node.number) for node in nodes),
            s_nodes=tuple(s_nodes),
            ready_at=self.clock.now() + timedelta(seconds=state.seconds),
            fails=state.fails,
            content=content,
        )

    def clear(self) -> None:
        """Clearing succeeds even if there is no package (unconfirmed)."""
        self.world.packages.packages.pop(self.kind, None)

    def flags(self) -> dict[str, bool]:
        """Return the flags of a status document."""
        stage = self.stage()
        return {
            "readyForStreaming": stage is Stage.READY,
            "streamingInProgress": self.streams > 0,
            "started": stage is not None,
            "error": stage is Stage.FAILED,
        }

    def ready(self) -> Package:
        package = self.current()
        if package is None or package.stage(self.clock.now()) is not Stage.READY:
            raise InvalidRequest(f"No {self.name} package is ready to be downloaded.")
        if self.streams:
            raise InvalidRequest(f"A {self.name} download is already in progress.")
        return package

    def stream(self, files: list[PackedFile]) -> Generator[bytes]:
        """Yield the archive in chunks. The download is active until the last one is read."""
        archive = _archive(files, self.clock, self.world.packages.padding)
        self.streams += 1
        try:
            for start in range(0, len(archive), CHUNK):
                yield archive[start : start + CHUNK]
        finally:
            self.streams -= 1


def _archive(files: list[PackedFile], clock: Clock, padding: int) -> bytes:
    now = clock.now().timetuple()[:6]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.name, now)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.text)
        if padding:
            archive.writestr(zipfile.ZipInfo("padding", now), bytes(padding * 1_000_000))
    return out.getvalue()


def parse_names(text: str | None, known: Iterable[str], where: str) -> list[str] | None:
    """Return the members of a comma-separated list, all of them known; ``None`` if not sent."""
    if text is None:
        return None
    if not text.strip():
        return []
    wanted = [part.strip() for part in text.split(",")]
    if not set(wanted) <= set(known):
        raise bad_property(where)
    return wanted
