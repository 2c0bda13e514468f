"""Statistics and chargeback reports.

MAPI reference: statistics, chargebackReport, chargebackData.
"""

from __future__ import annotations

from .base import AnyCase, DataType, Shown, read_only


class Granularity(AnyCase):
    HOUR = "hour"
    DAY = "day"
    TOTAL = "total"


class ChargebackData(DataType):
    """One interval of one namespace, or of a tenant if there is no namespaceName."""

    bytesIn: int | None = read_only(Shown.ALWAYS)
    bytesOut: int | None = read_only(Shown.ALWAYS)
    # A text, not a Boolean: "false" or "included".
    deleted: str | None = read_only(Shown.ALWAYS)
    deletes: int | None = read_only(Shown.ALWAYS)
    endTime: str | None = read_only(Shown.ALWAYS)
    ingestedVolume: int | None = read_only(Shown.ALWAYS)
    multipartObjectBytes: int | None = read_only(Shown.ALWAYS)
    multipartObjectParts: int | None = read_only(Shown.ALWAYS)
    multipartObjects: int | None = read_only(Shown.ALWAYS)
    multipartUploadBytes: int | None = read_only(Shown.ALWAYS)
    multipartUploadParts: int | None = read_only(Shown.ALWAYS)
    multipartUploads: int | None = read_only(Shown.ALWAYS)
    namespaceName: str | None = read_only(Shown.ALWAYS)
    objectCount: int | None = read_only(Shown.ALWAYS)
    reads: int | None = read_only(Shown.ALWAYS)
    startTime: str | None = read_only(Shown.ALWAYS)
    storageCapacityUsed: int | None = read_only(Shown.ALWAYS)
    systemName: str | None = read_only(Shown.ALWAYS)
    tenantName: str | None = read_only(Shown.ALWAYS)
    valid: bool | None = read_only(Shown.ALWAYS)
    writes: int | None = read_only(Shown.ALWAYS)


class ChargebackReport(DataType):
    chargebackData: list[ChargebackData] | None = read_only(Shown.ALWAYS)


CSV_COLUMNS = (
    "systemName",
    "tenantName",
    "namespaceName",
    "startTime",
    "endTime",
    "objectCount",
    "ingestedVolume",
    "storageCapacityUsed",
    "bytesIn",
    "bytesOut",
    "reads",
    "writes",
    "deletes",
    "multipartObjects",
    "multipartObjectParts",
    "multipartObjectBytes",
    "multipartUploads",
    "multipartUploadParts",
    "multipartUploadBytes",
    "deleted",
    "valid",
)


class Statistics(DataType):
    """The content of a namespace, or of all namespaces of a tenant."""

    customMetadataCount: int | None = read_only(Shown.ALWAYS)
    customMetadataSize: int | None = read_only(Shown.ALWAYS)
    ingestedVolume: int | None = read_only(Shown.ALWAYS)
    objectCount: int | None = read_only(Shown.ALWAYS)
    shredCount: int | None = read_only(Shown.ALWAYS)
    shredSize: int | None = read_only(Shown.ALWAYS)
    storageCapacityUsed: int | None = read_only(Shown.ALWAYS)
