"""The system in a seed."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..accounts import SystemGroupAccount
from ..namespaces.namespace import OptimizedFor
from ..system import DnsMode, License, Node, Service
from .accounts import SeedSystemUser
from .base import SeedPart
from .erasure_coding import ErasureCodingParts
from .packages import PackageParts
from .replication import SeedLink, SeedRemote, SeedReplication


class SeedNode(Node):
    nodeNumber: Annotated[int, Field(ge=1)]
    available: bool | None = None


class SeedService(Service):
    name: Annotated[str, Field(min_length=1)]


class SystemParts(SeedPart):
    downstreamDNSMode: DnsMode | None = None
    nodes: list[SeedNode] = Field(default_factory=list)
    services: list[SeedService] = Field(default_factory=list)
    licenses: list[License] = Field(default_factory=list)
    replication: SeedReplication | None = None
    remoteSystems: list[SeedRemote] = Field(default_factory=list)
    links: list[SeedLink] = Field(default_factory=list)


class SeedSystem(SystemParts, PackageParts, ErasureCodingParts):
    mapiEnabled: bool | None = None
    replicationSupported: bool | None = None
    optimizedFor: OptimizedFor | None = None
    defaultTenantAllowed: bool | None = None
    networks: list[str] = Field(default_factory=list)
    users: list[SeedSystemUser] = Field(default_factory=list)
    groups: list[SystemGroupAccount] = Field(default_factory=list)
