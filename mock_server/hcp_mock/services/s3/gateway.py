"""All services of the S3 gateway, put together once."""

from __future__ import annotations

from dataclasses import dataclass

from ...state.blobs import Spool
from ...state.records import TenantRecord
from ..container import Services
from .acl import AclService
from .asked import Asked, Place, find_place
from .authentication import Authenticator, Verified
from .buckets import BucketService
from .callers import Accounts
from .errors import denied
from .multipart import MultipartService
from .objects import ObjectService


@dataclass
class S3Services:
    base: Services
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
        found = self.base.world.tenants.get(place.tenant)
        if found is None:
            raise denied()
        return found

    def verify(self, asked: Asked, place: Place, tenant: TenantRecord) -> Verified:
        return self.authenticator.verify(asked, place, tenant)


def build_s3(services: Services, spool: Spool, domain: str) -> S3Services:
    world, clock = services.world, services.clock
    objects = ObjectService(clock)
    return S3Services(
        base=services,
        domain=domain,
        spool=spool,
        authenticator=Authenticator(Accounts(world, services.authentication), clock),
        buckets=BucketService(world, clock, services.namespaces, services.versioning),
        objects=objects,
        acl=AclService(world),
        multipart=MultipartService(clock, objects),
    )
