"""The services of replication, constructed once."""

from __future__ import annotations

from dataclasses import dataclass

from ...state.world import World
from ..clock import Clock
from ..listing import Listing
from .certificates import CertificateService
from .contents import ContentService
from .lifecycle import LinkLifecycle
from .links import LinkService
from .settings import ReplicationSettingsService


@dataclass
class Replication:
    settings: ReplicationSettingsService
    certificates: CertificateService
    lifecycle: LinkLifecycle
    links: LinkService
    contents: ContentService


def build_replication(world: World, clock: Clock, listing: Listing, domain: str) -> Replication:
    lifecycle = LinkLifecycle(world, clock)
    return Replication(
        settings=ReplicationSettingsService(world, clock),
        certificates=CertificateService(world, domain),
        lifecycle=lifecycle,
        links=LinkService(world, clock, listing, lifecycle),
        contents=ContentService(world, clock, listing, lifecycle),
    )
