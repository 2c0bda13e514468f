"""Settings of a namespace that are resources of their own.

MAPI reference: complianceSettings, customMetadataIndexingSettings, replicationCollisionSettings.
"""

from __future__ import annotations

from ...errors import Refused, bad_property, missing_property, not_settable
from ...models.namespaces.retention import ComplianceSettings, minimum_terms
from ...models.namespaces.settings import (
    CustomMetadataIndexingSettings,
    ReplicationCollisionSettings,
)
from ...state.records import NamespaceRecord, TenantRecord
from ..tenants import default_tenant


class ComplianceService:
    @staticmethod
    def modify(tenant: TenantRecord, namespace: NamespaceRecord, body: ComplianceSettings) -> None:
        default_tenant.check_compliance(tenant, body)
        default = body.retentionDefault or ""
        if default.startswith("C+") and default[2:] not in namespace.retention_classes:
            raise bad_property("retentionDefault")
        minimum = body.minimumRetentionAfterInitialUnspecified
        if minimum is not None and not namespace.settings.enterpriseMode:
            stored = namespace.compliance.minimumRetentionAfterInitialUnspecified or "0y+0M+0d"
            if _approximate_days(minimum) < _approximate_days(stored):
                raise not_settable("minimumRetentionAfterInitialUnspecified")
        namespace.compliance = namespace.compliance.changed_by(body)


def _approximate_days(value: str) -> float:
    years, months, days = minimum_terms(value)
    return years * 365.2425 + months * 30.436875 + days


class IndexingService:
    """Only namespaces with search have these settings. The status for others is unconfirmed."""

    @staticmethod
    def view(namespace: NamespaceRecord) -> CustomMetadataIndexingSettings:
        _check_searchable(namespace)
        return namespace.indexing

    @staticmethod
    def modify(
        tenant: TenantRecord, namespace: NamespaceRecord, body: CustomMetadataIndexingSettings
    ) -> None:
        _check_searchable(namespace)
        known = tenant.content_classes.names()
        # Unlike in their own resource, the names of content classes are case-sensitive here.
        if any(name not in known for name in body.contentClasses or []):
            raise bad_property("contentClasses")
        if not namespace.settings.customMetadataIndexingEnabled:
            if body.fullIndexingEnabled:
                raise bad_property("fullIndexingEnabled")
            if body.excludedAnnotations:
                raise bad_property("excludedAnnotations")
        namespace.indexing = namespace.indexing.changed_by(body)


def _check_searchable(namespace: NamespaceRecord) -> None:
    if not namespace.settings.searchEnabled:
        raise Refused("Search is not enabled for the namespace.")


class CollisionService:
    @staticmethod
    def modify(namespace: NamespaceRecord, body: ReplicationCollisionSettings) -> None:
        new = namespace.collisions.changed_by(body)
        if body.deleteEnabled and body.deleteDays is None:
            raise missing_property("deleteDays")
        if not new.deleteEnabled:
            if body.deleteDays is not None:
                raise bad_property("deleteDays")
            new.deleteDays = None
        namespace.collisions = new
