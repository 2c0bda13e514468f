"""Packages of logs and reports, and what goes into them besides the journal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class PackageKind(StrEnum):
    LOGS = "logs"
    REPORTS = "healthCheckReport"


class Stage(StrEnum):
    PREPARING = "preparing"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class PackedFile:
    """A text for the archive. ``source``: the number of a node, or the name of an S Series node."""

    source: str
    kind: str
    name: str
    text: str


@dataclass
class Package:
    """What was collected; it is ready, or has failed, at the time ``done``."""

    files: tuple[PackedFile, ...]
    nodes: tuple[str, ...]
    s_nodes: tuple[str, ...]
    done: datetime
    fails: bool
    content: str

    def stage(self, now: datetime) -> Stage:
        if now < self.done:
            return Stage.PREPARING
        return Stage.FAILED if self.fails else Stage.READY


@dataclass(frozen=True)
class Mark:
    """A line that somebody wrote into the logs."""

    when: datetime
    text: str


@dataclass
class PackageState:
    """``seconds``: how long a preparation takes; ``fails``: and that it then fails; ``padding``:
    megabytes that are in each archive besides."""

    seconds: float = 1
    fails: bool = False
    padding: int = 0
    s_nodes: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    packages: dict[PackageKind, Package] = field(default_factory=dict)
