"""The services of MAPI, constructed once."""

from __future__ import annotations

from dataclasses import dataclass

from ..state.packages import PackageKind
from ..state.world import World
from .accounts.authentication import Authentication
from .accounts.grants import GrantService
from .accounts.groups import GroupService
from .accounts.users import AccountService
from .clock import Clock
from .cors import CorsService
from .erasure_coding.container import ErasureCoding, build_erasure_coding
from .finder import Finder
from .listing import Listing
from .namespaces.defaults import DefaultsService
from .namespaces.namespaces import NamespaceService
from .namespaces.protocols import ProtocolService
from .namespaces.retention_classes import RetentionClassService
from .namespaces.settings import CollisionService, ComplianceService, IndexingService
from .namespaces.versioning import VersioningService
from .packages.health_checks import HealthCheckService
from .packages.lifecycle import PackageLifecycle
from .packages.logs import LIFETIME, LogService
from .replication.container import Replication, build_replication
from .system.background_services import BackgroundService
from .system.nodes import NodeService, Requests
from .system.settings import LicenseService, NetworkService, SupportAccessService
from .tenants.console import ConsoleService
from .tenants.contact import ContactService, NotificationService, SearchSecurityService
from .tenants.content_classes import ContentClassService
from .tenants.tenants import TenantService
from .usage.chargeback import ChargebackService


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
    """Construct the services. ``requests`` is the journal, for logs and statistics."""
    finder, listing = Finder(world), Listing()
    nodes = NodeService(world, clock, requests)
    background = BackgroundService(world, clock, nodes)
    log_packages = PackageLifecycle(world, clock, PackageKind.LOGS, "log", LIFETIME)
    report_packages = PackageLifecycle(world, clock, PackageKind.REPORTS, "health check report")
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
