"""Geo-distributed erasure coding.

MAPI reference: ecTopology, replicationLink, replicationLinks, tenantCandidate, tenantCandidates.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from .base import AnyCase, DataType, Description, Flag, Shown, Text, Use, Whole, prop, read_only

OBJECT_SIZES = frozenset({4096, 16384, 32768, 65536, 131072, 262144, 524288, 1048576})


class LinkState(StrEnum):
    HEALTHY = "HEALTHY"
    NOT_REPLICATING = "NOT_REPLICATING"
    UNHEALTHY = "UNHEALTHY"
    UNKNOWN = "UNKNOWN"


class TopologyType(AnyCase):
    FULLY_CONNECTED = "FULLY_CONNECTED"
    RING = "RING"


class TopologyState(StrEnum):
    ACTIVE = "ACTIVE"
    RETIRING = "RETIRING"
    RETIRED = "RETIRED"


class Health(StrEnum):
    """The protection of a topology's data. The read status is never RETIRING."""

    BROKEN = "BROKEN"
    HEALTHY = "HEALTHY"
    RETIRED = "RETIRED"
    RETIRING = "RETIRING"
    UNKNOWN = "UNKNOWN"
    VULNERABLE = "VULNERABLE"


class ReplicationLink(DataType):
    """A link as a member of a topology.

    The table of the type refuses uuid when a topology is created, the text on its name does not.
    """

    hcpSystems: list[Text] | None = prop(item="name")
    name: Text | None = prop(put=Use.REQUIRED)
    pausedTenantsCount: Whole | None = read_only()
    state: LinkState | None = read_only()
    uuid: Text | None = read_only()


class ReplicationLinks(DataType):
    replicationLink: list[ReplicationLink] | None = prop()


def _check_size(value: int) -> int:
    if value not in OBJECT_SIZES:
        raise ValueError("not a supported size")
    return value


TopologyName = Annotated[Text, Field(min_length=1, max_length=64)]
Delay = Annotated[Whole, Field(ge=0, le=3650)]
RestoreDays = Annotated[Whole, Field(ge=0, le=180)]
ObjectSize = Annotated[Whole, AfterValidator(_check_size)]


class EcTopology(DataType):
    """Delay and restore period in days, sizes in bytes."""

    description: Description | None = prop()
    erasureCodedObjects: Whole | None = read_only()
    erasureCodingDelay: Delay | None = prop()
    fullCopy: Flag | None = prop()
    hcpSystems: list[Text] | None = prop(put=Use.NO, post=Use.NO, item="name")
    id: Text | None = read_only()
    minimumObjectSize: ObjectSize | None = prop()
    # A modification may repeat the name, but not change it (unconfirmed).
    name: TopologyName | None = prop(put=Use.REQUIRED)
    protectionStatus: Health | None = read_only(Shown.ALWAYS)
    readStatus: Health | None = read_only(Shown.ALWAYS)
    replicationLinks: list[ReplicationLink] | None = prop(
        put=Use.REQUIRED, post=Use.NO, item="replicationLink"
    )
    restorePeriod: RestoreDays | None = prop()
    state: TopologyState | None = read_only(Shown.ALWAYS)
    tenants: list[Text] | None = prop(put=Use.NO, post=Use.NO, item="name")
    type: TopologyType | None = prop(put=Use.REQUIRED, post=Use.NO)


class TenantCandidate(DataType):
    hcpSystems: list[str] | None = prop(get=Shown.VERBOSE, item="name")
    name: str | None = prop()
    uuid: str | None = prop(get=Shown.VERBOSE)


class TenantCandidates(DataType):
    tenantCandidate: list[TenantCandidate] | None = prop()
