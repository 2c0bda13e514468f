"""Buckets, which are namespaces. S3 reference: create, list, head and delete bucket."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...errors import HcpError
from ...models.namespaces.namespace import AclsUsage, Namespace, RetentionType, VersioningSettings
from ...models.permissions import DataPermission, with_implied
from ...state.objects import Grant, ObjectStore
from ...state.records import NamespaceRecord, TenantRecord
from ...state.world import World
from ..access import Admission
from ..clock import Clock
from ..housekeeping import run_housekeeping
from ..namespaces.namespaces import NamespaceService
from ..namespaces.versioning import VersioningService
from . import permissions
from .callers import Caller
from .callers import Kind as CallerKind
from .errors import S3Error, denied

_NAME = re.compile(r"(?!xn--)[a-z0-9]([a-z0-9-]{1,61})[a-z0-9]", re.IGNORECASE)


@dataclass(frozen=True)
class Bucket:
    """A namespace as a bucket, for one caller."""

    tenant: TenantRecord
    namespace: NamespaceRecord
    caller: Caller

    @property
    def name(self) -> str:
        return self.namespace.name

    @property
    def store(self) -> ObjectStore:
        return self.namespace.store

    @property
    def versioned(self) -> bool:
        return bool(self.namespace.versioning.enabled)

    @property
    def locks(self) -> bool:
        return self.namespace.settings.retentionType is RetentionType.S3

    @property
    def rights(self) -> frozenset[DataPermission]:
        return permissions.bucket_permissions(self.tenant, self.namespace, self.caller)

    def require(self, *wanted: DataPermission) -> None:
        if not self.rights.issuperset(wanted):
            raise denied()

    def require_owner(self) -> None:
        if not (self.caller.owns(self.namespace) and self.caller.manages_namespaces):
            raise denied("Only the owner of the bucket may do this.")

    def require_authenticated(self) -> None:
        if self.caller.anonymous:
            raise denied("This needs an authenticated user.")


@dataclass
class BucketService:
    world: World
    clock: Clock
    namespaces: NamespaceService
    versioning: VersioningService

    def require_mapi(self, tenant: TenantRecord) -> None:
        """Operations that change or show buckets require MAPI to be enabled."""
        if not (self.world.mapi_enabled and tenant.mapi_enabled):
            raise denied("The management API is not enabled for the tenant.")

    def open(
        self, tenant: TenantRecord, caller: Caller, name: str, address: str | None, secure: bool
    ) -> Bucket:
        """Return the bucket, if it exists, has S3 enabled, and accepts the client."""
        namespace = tenant.namespaces.get(name)
        if namespace is None:
            raise S3Error("NoSuchBucket", BucketName=name)
        http = namespace.http
        if not http.hs3Enabled:
            raise denied("The S3 API is not enabled for the bucket.")
        # That the other scheme is refused with 403 is unconfirmed.
        if not (http.httpsEnabled if secure else http.httpEnabled):
            raise denied("The bucket does not accept this scheme.")
        permissions.check_address(http.ipSettings, address)
        if caller.anonymous and (
            http.hs3RequiresAuthentication or http.httpActiveDirectorySSOEnabled
        ):
            raise denied("The bucket needs authentication.")
        bucket = Bucket(tenant, namespace, caller)
        run_housekeeping(namespace, self.clock.now())
        return bucket

    @staticmethod
    def owned_buckets(tenant: TenantRecord, caller: Caller) -> list[NamespaceRecord]:
        """Return the buckets of a listing: those that the caller owns, with S3 enabled."""
        owned = [n for n in tenant.namespaces if caller.owns(n) and n.http.hs3Enabled]
        return sorted(owned, key=lambda namespace: namespace.name)

    def check_creation(self, tenant: TenantRecord, caller: Caller, name: str) -> bool:
        """Return whether to create the bucket: not if the caller already owns it."""
        self.require_mapi(tenant)
        if caller.kind is not CallerKind.LOCAL or not caller.manages_namespaces:
            raise denied("The user may not create buckets.")
        if not _NAME.fullmatch(name):
            raise S3Error("InvalidBucketName")
        existing = tenant.namespaces.get(name)
        if existing is None:
            return True
        if not caller.owns(existing):
            raise S3Error("BucketAlreadyExists")
        if self.world.rules.own_bucket_error:
            raise S3Error("BucketAlreadyOwnedByYou")
        return False

    def create(
        self, tenant: TenantRecord, caller: Caller, name: str, acl: list[Grant]
    ) -> NamespaceRecord:
        body = Namespace(name=name, aclsUsage=AclsUsage.ENFORCED)
        try:
            namespace = self.namespaces.create(
                tenant, body, Admission(caller.for_mapi, limited=True)
            )
        except HcpError as error:
            raise S3Error("InvalidRequest", error.message or None) from None
        namespace.http = namespace.http.model_copy(
            update={"hs3Enabled": True, "httpEnabled": True, "httpsEnabled": True}
        )
        namespace.acl = acl
        held = caller.grants[0].by_namespace
        more = [DataPermission.DELETE]
        if namespace.settings.searchEnabled:
            more.append(DataPermission.SEARCH)
        held[namespace.id] = with_implied([*held.get(namespace.id, []), *more])
        return namespace

    def delete(self, bucket: Bucket) -> None:
        bucket.require_owner()
        # That folders, old versions, delete markers and open uploads count is the strict reading.
        if bucket.namespace.has_content:
            raise S3Error("BucketNotEmpty")
        self.namespaces.delete(bucket.tenant, bucket.namespace)

    def set_versioning(self, bucket: Bucket, enabled: bool) -> None:
        bucket.require_owner()
        admission = Admission(bucket.caller.for_mapi, limited=True)
        body = VersioningSettings(enabled=enabled)
        try:
            self.versioning.modify(bucket.tenant, bucket.namespace, body, admission)
        except HcpError:
            # The status of this refusal is not documented.
            raise S3Error("InvalidBucketState", "Versioning cannot be switched here.") from None
        if not enabled:
            bucket.namespace.ever_suspended = True

    @staticmethod
    def versioning_status(bucket: Bucket) -> str | None:
        """Return Enabled, Suspended, or ``None`` if versioning was never configured."""
        bucket.require_owner()
        if bucket.versioned:
            return "Enabled"
        namespace = bucket.namespace
        return "Suspended" if namespace.ever_versioned or namespace.ever_suspended else None
