"""Replication links of this system, and the known remote systems."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ..models.replication import (
    Link,
    LinkMessage,
    LinkStatistics,
    ReplicationService,
    Schedule,
    Verification,
)
from .repository import Repository


class Phase(StrEnum):
    """The phase of a link, independent of suspension and problems."""

    PENDING = "pending"  # the other system has not accepted the link yet
    NORMAL = "normal"
    FAILED_OVER = "failed over"
    RECOVERING = "recovering"
    COMPLETING = "completing"


@dataclass
class Member:
    """A tenant on a link. It may exist only on the other system."""

    name: str
    paused_since: datetime | None = None
    paused_by_user: bool = True


@dataclass
class RemoteSystem:
    """Another HCP system by its domain, and what its links could carry."""

    name: str
    addresses: list[str] = field(default_factory=list)
    down_since: datetime | None = None
    tenants: list[str] = field(default_factory=list)
    directories: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


@dataclass
class LinkRecord:
    """``settings``: all settings of both sides, whatever the link's type shows."""

    settings: Link
    id: str
    schedule: Schedule
    since: datetime  # of the phase
    phase: Phase = Phase.PENDING
    suspended_since: datetime | None = None
    problem: LinkMessage | None = None
    problem_since: datetime | None = None
    statistics: LinkStatistics | None = None  # of a seed
    tenants: Repository[Member] = field(default_factory=Repository)
    directories: list[str] = field(default_factory=list)
    chained: Repository[str] = field(default_factory=Repository)

    @property
    def name(self) -> str:
        return self.settings.name or ""


def _default_settings() -> ReplicationService:
    """Where the reference states no default, the value of its sample."""
    return ReplicationService(
        allowTenantsToMonitorNamespaces=False,
        connectivityTimeoutSeconds=30,
        enableDNSFailover=False,
        enableDomainAndCertificateSynchronization=False,
        network="[hcp_system]",
        verification=Verification.OFF,
    )


@dataclass
class ReplicationState:
    settings: ReplicationService = field(default_factory=_default_settings)
    shut_down_since: datetime | None = None
    shut_down_reason: str = ""
    certificates: dict[str, str] = field(default_factory=dict)  # id → PEM
    links: Repository[LinkRecord] = field(default_factory=Repository)
    remotes: Repository[RemoteSystem] = field(default_factory=Repository)
