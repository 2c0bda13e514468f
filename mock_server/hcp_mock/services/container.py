"""All services of one mock, put together once."""

from __future__ import annotations

from dataclasses import dataclass

from ..state.packages import PackageKind
from ..state.world import World
from .accounts import AccountService
from .authentication import Authentication
from .background import BackgroundService
from .chargeback import ChargebackService
from .clock import Clock
from .content_classes import ContentClassService
from .erasure_coding.gateway import ErasureCoding, build_erasure_coding
from .finder import Finder
from .grants import GrantService
from .groups import GroupService
from .health_checks import HealthCheckService
from .listing import Listing
from .logs import KEPT, LogService
from .namespace_settings import CollisionService, ComplianceService, IndexingService
from .namespaces import NamespaceService
from .nodes import NodeService, Requests
from .packaging import Packaging
from .protocols import ProtocolService
from .replication.gateway import Replication, build_replication
from .retention_classes import RetentionClassService
from .system_settings import LicenseService, NetworkService, SupportAccessService
from .tenant_contact import ContactService, NotificationService, SearchSecurityService
from .tenant_settings import ConsoleService, CorsService, DefaultsService
from .tenants import TenantService
from .versioning import VersioningService


@dataclass
class Services:
    world: World
    clock: Clock
    finder: Finder
    authentication: Authentication
    tenants: TenantService
    accounts: AccountService
    groups: GroupService
    grants: GrantService
    namespaces: NamespaceService
    versioning: VersioningService
    protocols: ProtocolService
    compliance: ComplianceService
    indexing: IndexingService
    collisions: CollisionService
    retention_classes: RetentionClassService
    defaults: DefaultsService
    console: ConsoleService
    cors: CorsService
    content_classes: ContentClassService
    contact: ContactService
    notification: NotificationService
    search_security: SearchSecurityService
    chargeback: ChargebackService
    network: NetworkService
    licenses: LicenseService
    support_access: SupportAccessService
    nodes: NodeService
    background: BackgroundService
    logs: LogService
    health_checks: HealthCheckService
    replication: Replication
    erasure_coding: ErasureCoding


def build_services(world: World, clock: Clock, domain: str, requests: Requests = ()) -> Services:
    """``requests``: the journal, which becomes part of logs and statistics."""
    finder, listing = Finder(world), Listing()
    nodes = NodeService(world, clock, requests)
    background = BackgroundService(world, clock, nodes)
    log_packages = Packaging(world, clock, PackageKind.LOGS, "log", KEPT)
    report_packages = Packaging(world, clock, PackageKind.REPORTS, "health check report")
    return Services(
        world=world,
        clock=clock,
        finder=finder,
        authentication=Authentication(world, clock, domain),
        tenants=TenantService(world, clock, finder, listing, domain),
        accounts=AccountService(world, finder, listing),
        groups=GroupService(world, listing),
        grants=GrantService(listing),
        namespaces=NamespaceService(world, clock, finder, listing),
        versioning=VersioningService(),
        protocols=ProtocolService(),
        compliance=ComplianceService(),
        indexing=IndexingService(),
        collisions=CollisionService(),
        retention_classes=RetentionClassService(listing),
        defaults=DefaultsService(world),
        console=ConsoleService(),
        cors=CorsService(),
        content_classes=ContentClassService(listing),
        contact=ContactService(),
        notification=NotificationService(),
        search_security=SearchSecurityService(),
        chargeback=ChargebackService(clock, domain),
        network=NetworkService(world),
        licenses=LicenseService(world, clock),
        support_access=SupportAccessService(world, clock),
        nodes=nodes,
        background=background,
        logs=LogService(world, clock, nodes, background, log_packages, domain),
        health_checks=HealthCheckService(clock, nodes, report_packages),
        replication=build_replication(world, clock, listing, domain),
        erasure_coding=build_erasure_coding(world, clock, listing, domain),
    )
