"""The system itself: DNS mode, licences, nodes, background services, support access.

MAPI reference: networkSettings, license, licenses, nodeStatistics, serviceStatistics,
supportAccessCredentials.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from .base import DataType, Shown, Text, Use, Whole, prop

LICENSE_DATE = "%b %d, %Y"


class DnsMode(StrEnum):
    BASIC = "BASIC"
    ADVANCED = "ADVANCED"


class NetworkSettings(DataType):
    downstreamDNSMode: DnsMode | None = prop()


class LicenseFeature(StrEnum):
    BASIC = "Basic"
    PREMIUM = "Premium"


def license_date(moment: datetime) -> str:
    """Format ``MMM d, yyyy``, without a leading zero."""
    return f"{moment:%b} {moment.day}, {moment.year}"


def _check_date(value: str) -> str:
    """Check a date in the format of licences, or ``None`` for no expiration."""
    if value == "None":
        return value
    moment = datetime.strptime(value, LICENSE_DATE)  # noqa: DTZ007  (a day, without a time)
    if license_date(moment) != value:
        raise ValueError("not a date like 'Jan 5, 2026'")
    return value


LicenseDate = Annotated[Text, AfterValidator(_check_date)]
Bytes = Annotated[Whole, Field(ge=0)]


class License(DataType):
    """Names as in the table of the type; an example has activeCapacity and licenseType instead."""

    localCapacity: Bytes | None = prop(put=Use.REQUIRED)
    expirationDate: LicenseDate | None = prop()
    extendedCapacity: Bytes | None = prop()
    feature: LicenseFeature | None = prop(put=Use.REQUIRED)
    serialNumber: Annotated[Text, Field(min_length=1)] | None = prop(put=Use.REQUIRED)
    uploadDate: LicenseDate | None = prop(get=Shown.VERBOSE)


class Licenses(DataType):
    license: list[License] | None = prop()


class SupportCredentialType(StrEnum):
    DEFAULT = "Default"
    EXCLUSIVE = "Exclusive"


class SupportAccessCredentials(DataType):
    applyTimeStamp: Whole | None = prop()
    createTimeStamp: Text | None = prop()
    type: SupportCredentialType | None = prop()
    defaultKeyType: Text | None = prop()
    serialNumberFromPackage: Whole | None = prop()


class Volume(DataType):
    id: Text | None = prop()
    blocksRead: float | None = prop()
    blocksWritten: float | None = prop()
    diskUtilization: float | None = prop()
    transferSpeed: float | None = prop()
    totalBytes: Bytes | None = prop()
    freeBytes: Bytes | None = prop()
    totalInodes: Bytes | None = prop()
    freeInodes: Bytes | None = prop()


class Node(DataType):
    """A node with its load. Rates are per second, CPU figures percentages."""

    nodeNumber: Annotated[Whole, Field(ge=1)] | None = prop()
    frontendIpAddresses: list[Text] | None = prop(item="ipAddress")
    backendIpAddress: Text | None = prop()
    managementIpAddresses: list[Text] | None = prop(item="ipAddress")
    openHttpConnections: Bytes | None = prop()
    openHttpsConnections: Bytes | None = prop()
    maxHttpConnections: Bytes | None = prop()
    maxHttpsConnections: Bytes | None = prop()
    cpuUser: float | None = prop()
    cpuSystem: float | None = prop()
    cpuMax: float | None = prop()
    ioWait: float | None = prop()
    swapOut: float | None = prop()
    maxFrontEndBandwidth: Bytes | None = prop()
    frontEndBytesRead: float | None = prop()
    frontEndBytesWritten: float | None = prop()
    maxBackEndBandwidth: Bytes | None = prop()
    backEndBytesRead: float | None = prop()
    backEndBytesWritten: float | None = prop()
    maxManagementPortBandwidth: Bytes | None = prop()
    managementBytesRead: float | None = prop()
    managementBytesWritten: float | None = prop()
    collectionTimestamp: Bytes | None = prop()
    volumes: list[Volume] | None = prop(item="volume")


class NodeStatistics(DataType):
    """Times in milliseconds since 1970."""

    requestTime: Bytes | None = prop()
    nodes: list[Node] | None = prop(item="node")


class ServiceState(StrEnum):
    READY = "READY"
    RUNNING = "RUNNING"
    STOPPING = "STOPPING"
    DISABLED = "DISABLED"


class Service(DataType):
    """Times in seconds since 1970; -1 for never started, or not finished."""

    name: Text | None = prop()
    state: ServiceState | None = prop()
    startTime: Whole | None = prop()
    formattedStartTime: Text | None = prop()
    endTime: Whole | None = prop()
    formattedEndTime: Text | None = prop()
    performanceLevel: Text | None = prop()
    objectsExamined: Bytes | None = prop()
    objectsExaminedPerSecond: float | None = prop()
    objectsServiced: Bytes | None = prop()
    objectsServicedPerSecond: float | None = prop()
    objectsUnableToService: Bytes | None = prop()
    objectsUnableToServicePerSecond: float | None = prop()


class ServiceNode(DataType):
    nodeNumber: Whole | None = prop()
    frontendIpAddresses: list[Text] | None = prop(item="ipAddress")
    managementIpAddresses: list[Text] | None = prop(item="ipAddress")
    ipAddress: Text | None = prop()
    services: list[Service] | None = prop(item="service")


class ServiceStatistics(DataType):
    requestTime: Bytes | None = prop()
    services: list[Service] | None = prop(item="service")
    nodes: list[ServiceNode] | None = prop(item="node")
