"""The services of replication, put together once."""

from __future__ import annotations

from dataclasses import dataclass

from ...state.world import World
from ..clock import Clock
from ..listing import Listing
from .certificates import CertificateService
from .contents import ContentService
from .lifecycle import LinkLife
from .links import LinkService
from .settings import ReplicationSettingsService


@dataclass
class Replication:
    settings: ReplicationSettingsService
    certificates: CertificateService
    life: LinkLife
    links: LinkService
    contents: ContentService


def build_replication(world: World, clock: Clock, listing: Listing, domain: str) -> Replication:
    life = LinkLife(world, clock)
    return Replication(
        settings=ReplicationSettingsService(world, clock),
        certificates=CertificateService(world, domain),
        life=life,
        links=LinkService(world, clock, listing, life),
        contents=ContentService(world, clock, listing, life),
    )
