"""Packages of logs and health check reports, and marks in the logs."""

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
    """A file of the archive. ``source``: a node number or the name of an S Series node."""

    source: str
    kind: str
    name: str
    text: str


@dataclass
class Package:
    """A package that is ready, or has failed, at ``ready_at``."""

    files: tuple[PackedFile, ...]
    nodes: tuple[str, ...]
    s_nodes: tuple[str, ...]
    ready_at: datetime
    fails: bool
    content: str

    def stage(self, now: datetime) -> Stage:
        if now < self.ready_at:
            return Stage.PREPARING
        return Stage.FAILED if self.fails else Stage.READY


@dataclass(frozen=True)
class Mark:
    """A line that a user added to the logs."""

    when: datetime
    text: str


@dataclass
class PackageState:
    """The packages, and how they are prepared.

    ``seconds``: the duration. ``fails``: whether it fails. ``padding``: megabytes added to
    archives.
    """

    seconds: float = 1
    fails: bool = False
    padding: int = 0
    s_nodes: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    packages: dict[PackageKind, Package] = field(default_factory=dict)
