"""Replication: service, certificates, links, their contents and schedules.

MAPI reference: replicationService, certificate, link, connection, failoverSettings, statistics of
links, content, tenant of a link's content, schedule.
"""

from __future__ import annotations

import ipaddress
import re
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from .base import AnyCase, DataType, Description, Flag, Shown, Text, Use, Whole, prop, read_only

_SYSTEM_HOST = re.compile(r"replication\.(?:admin\.)?([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")


class Verification(StrEnum):
    ON = "ON"
    ONCE = "ONCE"
    OFF = "OFF"


class ServiceStatus(StrEnum):
    ENABLED = "ENABLED"
    SHUTDOWN = "SHUTDOWN"


class ReplicationService(DataType):
    allowTenantsToMonitorNamespaces: Flag | None = prop()
    connectivityTimeoutSeconds: Annotated[Whole, Field(ge=0)] | None = prop()
    enableDNSFailover: Flag | None = prop()
    # Deprecated: shown unchanged, and dropped when it is sent.
    enableDomainAndCertificateSynchronization: Flag | None = prop(post=Use.IGNORED)
    network: Text | None = prop()
    status: ServiceStatus | None = read_only()
    verification: Verification | None = prop()


class Certificate(DataType):
    expiresOn: Text | None = prop()
    id: Text | None = prop()
    subjectDN: Text | None = prop()
    validOn: Text | None = prop()


class Certificates(DataType):
    certificate: list[Certificate] | None = prop()


def system_of_host(host: str) -> str | None:
    """Return the domain of the system behind a host name, or ``None`` for addresses."""
    match = _SYSTEM_HOST.fullmatch(host)
    return match[1].lower() if match else None


def addresses_of(host: str) -> list[str]:
    """Return the addresses of a comma-separated list. Anything else is a ValueError."""
    return [str(ipaddress.ip_address(part.strip())) for part in host.split(",")]


def _check_host(value: str) -> str:
    if system_of_host(value) is None:
        addresses_of(value)
    return value


def _check_own_host(value: str) -> str:
    return _check_host(value) if value else value


Port = Annotated[Whole, Field(ge=1, le=65535)]


class Connection(DataType):
    # How the other system reaches this one; empty if it needs no address.
    localHost: Annotated[Text, AfterValidator(_check_own_host)] | None = prop()
    localPort: Port | None = prop()
    remoteHost: Annotated[Text, AfterValidator(_check_host)] | None = prop()
    remotePort: Port | None = prop()


class Failover(DataType):
    """One direction; the two properties about recovery are for active/passive links only."""

    autoFailover: Flag | None = prop()
    autoFailoverMinutes: Annotated[Whole, Field(ge=7, le=9999)] | None = prop()
    autoCompleteRecovery: Flag | None = prop()
    autoCompleteRecoveryMinutes: Annotated[Whole, Field(ge=1, le=9999)] | None = prop()


class FailoverSettings(DataType):
    local: Failover | None = prop()
    remote: Failover | None = prop()


class LinkType(AnyCase):
    ACTIVE_ACTIVE = "ACTIVE_ACTIVE"
    OUTBOUND = "OUTBOUND"
    INBOUND = "INBOUND"


class LinkPriority(AnyCase):
    FAIR = "FAIR"
    OLDEST_FIRST = "OLDEST_FIRST"


class LinkStatus(StrEnum):
    GOOD = "GOOD"
    WARNING = "WARNING"
    BAD = "BAD"


class LinkMessage(StrEnum):
    SYNCHRONIZING = "Synchronizing data"
    SENDING = "Sending data"
    RECEIVING = "Receiving data"
    RECOVERING = "Recovering data"
    COMPLETING = "Completing recovery"
    OFF_PERIOD = "Scheduled off period"
    SUSPENDED = "Suspended by user"
    PENDING_REPLY = "Pending remote reply"
    PENDING = "Pending"
    FAILED_OVER = "Failed over"
    REMOTE_FULL = "Remote storage full, link suspended"
    LOCAL_FULL = "Local storage full, link suspended"
    ERRORS = "High error rate"
    STALLED = "Stalled link"
    BROKEN = "Broken link"


Count = Annotated[Whole, Field(ge=0)]


class LinkStatistics(DataType):
    bytesPending: Count | None = prop()
    bytesPendingRemote: Count | None = prop()
    bytesPerSecond: float | None = prop()
    bytesReplicated: Count | None = prop()
    errors: Count | None = prop()
    errorsPerSecond: float | None = prop()
    objectsPending: Count | None = prop()
    objectsPendingRemote: Count | None = prop()
    objectsReplicated: Count | None = prop()
    objectsReplicatedAfterVerification: Count | None = prop()
    objectsVerified: Count | None = prop()
    operationsPerSecond: float | None = prop()
    upToDateAsOfMillis: Count | None = prop()
    upToDateAsOfString: Text | None = prop()


LinkName = Annotated[Text, Field(min_length=1, max_length=64)]


class Link(DataType):
    compression: Flag | None = prop()
    connection: Connection | None = prop(put=Use.REQUIRED)
    description: Description | None = prop()
    encryption: Flag | None = prop()
    failoverSettings: FailoverSettings | None = prop()
    id: Text | None = read_only()
    # A modification may repeat the name, as every response contains it, but not change it.
    name: LinkName | None = prop(put=Use.REQUIRED)
    priority: LinkPriority | None = prop()
    statistics: LinkStatistics | None = read_only()
    status: LinkStatus | None = read_only()
    statusMessage: LinkMessage | None = read_only()
    suspended: Flag | None = read_only()
    type: LinkType | None = prop(put=Use.REQUIRED)


class LinkContent(DataType):
    chainedLinks: list[Text] | None = prop(item="name")
    defaultNamespaceDirectories: list[Text] | None = prop(item="name")
    tenants: list[Text] | None = prop(item="name")


class TenantStatus(StrEnum):
    AUTO_PAUSED = "AUTO_PAUSED"
    PAUSED = "PAUSED"
    REPLICATING = "REPLICATING"


class LinkTenant(DataType):
    """The replication progress of a tenant on a link."""

    bytesPending: int | None = read_only(Shown.ALWAYS)
    bytesPendingRemote: int | None = read_only(Shown.ALWAYS)
    objectsPending: int | None = read_only(Shown.ALWAYS)
    objectsPendingRemote: int | None = read_only(Shown.ALWAYS)
    status: TenantStatus | None = read_only(Shown.ALWAYS)
    upToDateAsOfMillis: int | None = read_only(Shown.ALWAYS)
    upToDateAsOfString: Text | None = read_only(Shown.ALWAYS)


class ScheduleOverride(AnyCase):
    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"
    CUSTOM = "CUSTOM"
    NONE = "NONE"


class PerformanceLevel(AnyCase):
    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"
    CUSTOM = "CUSTOM"
    OFF = "OFF"


WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HOUR = re.compile(rf"(?:{'|'.join(WEEKDAYS)}):(?:[01][0-9]|2[0-3])")


def _check_hour(value: str) -> str:
    if not _HOUR.fullmatch(value):
        raise ValueError("not a day and an hour like Mon:07")
    return value


class Transition(DataType):
    time: Annotated[Text, AfterValidator(_check_hour)] | None = prop()
    performanceLevel: PerformanceLevel | None = prop()

    @property
    def hour(self) -> int:
        """Hours since the beginning of Monday."""
        day, _unused, hour = (self.time or "").partition(":")
        return WEEKDAYS.index(day) * 24 + int(hour)


class SideSchedule(DataType):
    scheduleOverride: ScheduleOverride | None = prop()
    transition: list[Transition] | None = prop()


class Schedule(DataType):
    local: SideSchedule | None = prop()
    remote: SideSchedule | None = prop()
