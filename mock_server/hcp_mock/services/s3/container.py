"""The services of the S3 gateway, constructed once."""

from __future__ import annotations

from dataclasses import dataclass

from ...state.blobs import Spool
from ...state.records import TenantRecord
from ...state.world import World
from ..accounts.authentication import Authentication
from ..clock import Clock
from ..namespaces.namespaces import NamespaceService
from ..namespaces.versioning import VersioningService
from .acl import AclService
from .authentication import Authenticator, Verified
from .buckets import BucketService
from .callers import S3Accounts
from .errors import denied
from .multipart import MultipartService
from .objects import ObjectService
from .request import S3Request, Target, resolve_target


@dataclass
class S3Services:
    world: World
    clock: Clock
    domain: str
    spool: Spool
    authenticator: Authenticator
    buckets: BucketService
    objects: ObjectService
    acl: AclService
    multipart: MultipartService

    def target(self, request: S3Request) -> Target:
        return resolve_target(request, self.domain)

    def tenant(self, target: Target) -> TenantRecord:
        tenant = self.world.tenants.get(target.tenant)
        if tenant is None:
            raise denied()
        return tenant

    def verify(self, request: S3Request, target: Target, tenant: TenantRecord) -> Verified:
        return self.authenticator.verify(request, target, tenant)


def build_s3(
    world: World,
    clock: Clock,
    domain: str,
    spool: Spool,
    authentication: Authentication,
    namespaces: NamespaceService,
    versioning: VersioningService,
) -> S3Services:
    objects = ObjectService(clock)
    return S3Services(
        world=world,
        clock=clock,
        domain=domain,
        spool=spool,
        authenticator=Authenticator(S3Accounts(world, authentication), clock),
        buckets=BucketService(world, clock, namespaces, versioning),
        objects=objects,
        acl=AclService(world),
        multipart=MultipartService(clock, objects),
    )
