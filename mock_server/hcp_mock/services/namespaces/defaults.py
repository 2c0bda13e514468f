"""The defaults of new namespaces of a tenant. MAPI reference: namespaceDefaults."""

from __future__ import annotations

from dataclasses import dataclass

from ...errors import bad_property, not_settable
from ...models.namespaces.namespace import (
    DefaultVersioning,
    NamespaceDefaults,
    OptimizedForDefault,
    RetentionType,
)
from ...models.quota import quota_bytes
from ...state.records import TenantRecord
from ...state.world import World
from . import versioning

# Properties of namespaceDefaults that exist only if the tenant has the feature.
CONDITIONS = {
    "allowErasureCoding": "erasureCodingSelectionEnabled",
    "enterpriseMode": "complianceConfigurationEnabled",
    "replicationEnabled": "replicationConfigurationEnabled",
    "searchEnabled": "searchConfigurationEnabled",
    "servicePlan": "servicePlanSelectionEnabled",
    "versioningSettings": "versioningConfigurationEnabled",
}


@dataclass
class DefaultsService:
    world: World

    @staticmethod
    def view(tenant: TenantRecord) -> NamespaceDefaults:
        shown = tenant.defaults.model_copy()
        for name, switch in CONDITIONS.items():
            if not tenant.settings.is_on(switch):
                setattr(shown, name, None)
        return shown

    def modify(self, tenant: TenantRecord, body: NamespaceDefaults) -> None:
        for name, switch in CONDITIONS.items():
            if name in body.given() and not tenant.settings.is_on(switch):
                raise not_settable(name)
        new = tenant.defaults.changed_by(body)
        if body.versioningSettings is not None:
            sent = versioning.require_complete(body.versioningSettings)
            new.versioningSettings = DefaultVersioning(
                **{name: getattr(sent, name) for name in sent.given()}
            )
            if tenant.defaults.versioningSettings is not None:
                new.versioningSettings = tenant.defaults.versioningSettings.changed_by(
                    new.versioningSettings
                )
        if "servicePlan" in body.given() and new.servicePlan not in self.world.service_plans:
            raise bad_property("servicePlan")
        limit = quota_bytes(tenant.settings.hardQuota or "")
        if "hardQuota" in body.given() and quota_bytes(new.hardQuota or "") > limit:
            raise bad_property("hardQuota")
        if new.allowErasureCoding and new.optimizedFor is not OptimizedForDefault.CLOUD:
            raise bad_property("allowErasureCoding" if body.allowErasureCoding else "optimizedFor")
        if (
            new.retentionType is RetentionType.S3
            and tenant.defaults.retentionType is not RetentionType.S3
        ):
            self._lock_objects(tenant, new)
        tenant.defaults = new

    @staticmethod
    def _lock_objects(tenant: TenantRecord, new: NamespaceDefaults) -> None:
        """S3 Object Lock by default implies versioning, delete markers and CLOUD optimization."""
        if not tenant.settings.versioningConfigurationEnabled:
            raise not_settable("retentionType")
        old = new.versioningSettings or DefaultVersioning(prune=False, pruneDays=0)
        new.versioningSettings = old.model_copy(update={"enabled": True, "useDeleteMarkers": True})
        new.optimizedFor = OptimizedForDefault.CLOUD
