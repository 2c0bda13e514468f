"""All services of the S3 gateway, put together once."""

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
from .callers import Accounts
from .errors import denied
from .multipart import MultipartService
from .objects import ObjectService
from .request import Asked, Place, find_place


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

    def place(self, asked: Asked) -> Place:
        return find_place(asked, self.domain)

    def tenant(self, place: Place) -> TenantRecord:
        found = self.world.tenants.get(place.tenant)
        if found is None:
            raise denied()
        return found

    def verify(self, asked: Asked, place: Place, tenant: TenantRecord) -> Verified:
        return self.authenticator.verify(asked, place, tenant)


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
        authenticator=Authenticator(Accounts(world, authentication), clock),
        buckets=BucketService(world, clock, namespaces, versioning),
        objects=objects,
        acl=AclService(world),
        multipart=MultipartService(clock, objects),
    )
