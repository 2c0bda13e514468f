"""Versioning of namespaces. MAPI reference: versioningSettings."""

from __future__ import annotations

from ...errors import InvalidRequest, Refused, bad_property, missing_property, not_settable
from ...models.namespaces.namespace import OptimizedFor, RetentionType, VersioningSettings
from ...state.records import NamespaceRecord, TenantRecord
from ..access import Admission
from ..defaults.namespaces import default_versioning

_ALIASES = (("pruneOnPrimary", "prune"), ("daysOnPrimary", "pruneDays"))


def resolve_aliases(body: VersioningSettings) -> VersioningSettings:
    """Replace the deprecated spellings of properties by the current ones."""
    for old, new in _ALIASES:
        if old in body.given() and new in body.given():
            raise InvalidRequest(f"'{old}' and '{new}' properties cannot be used together.")
    given = {name: getattr(body, name) for name in body.given()}
    for old, new in _ALIASES:
        if old in given:
            given[new] = given.pop(old)
    return VersioningSettings(**given)


def require_complete(body: VersioningSettings) -> VersioningSettings:
    """Inside another document, the versioning settings must be complete."""
    wanted = resolve_aliases(body)
    if wanted.enabled is None:
        raise missing_property("enabled")
    if wanted.enabled and wanted.prune is None:
        raise missing_property("prune")
    if wanted.prune and wanted.pruneDays is None:
        raise missing_property("pruneDays")
    return wanted


def check_can_enable(tenant: TenantRecord, namespace: NamespaceRecord) -> None:
    if not tenant.settings.versioningConfigurationEnabled:
        raise not_settable("enabled")
    blocked = (
        namespace.cifs.enabled,
        namespace.nfs.enabled,
        namespace.smtp.enabled,
        namespace.http.webdavEnabled,
        namespace.settings.appendEnabled,
    )
    if any(blocked):
        raise bad_property("enabled")


class VersioningService:
    @staticmethod
    def view(namespace: NamespaceRecord, admission: Admission) -> VersioningSettings:
        if admission.limited:
            return VersioningSettings(enabled=namespace.versioning.enabled)
        return namespace.versioning

    def modify(
        self,
        tenant: TenantRecord,
        namespace: NamespaceRecord,
        body: VersioningSettings,
        admission: Admission,
    ) -> None:
        wanted = resolve_aliases(body)
        for name in wanted.given():
            if admission.limited and name != "enabled":
                raise not_settable(name)
        old = namespace.versioning
        new = old.changed_by(wanted)
        if new.enabled and not old.enabled:
            check_can_enable(tenant, namespace)
        self._check_object_lock(namespace, new)
        if old.useDeleteMarkers and not new.useDeleteMarkers:
            # Irreversible according to the manual; the status is inferred (unconfirmed).
            raise not_settable("useDeleteMarkers")
        pruning = (new.prune, new.pruneDays) != (old.prune, old.pruneDays)
        if pruning and not new.enabled and not namespace.ever_versioned:
            # Stated the other way round: pruning may be changed once versioning was ever on
            # (unconfirmed).
            raise bad_property("prune")
        namespace.versioning = new
        namespace.ever_versioned = namespace.ever_versioned or bool(new.enabled)

    @staticmethod
    def _check_object_lock(namespace: NamespaceRecord, new: VersioningSettings) -> None:
        if namespace.settings.retentionType is RetentionType.S3:
            for name in ("enabled", "useDeleteMarkers"):
                if not getattr(new, name):
                    raise not_settable(name)

    @staticmethod
    def delete(namespace: NamespaceRecord) -> None:
        """Reset to the defaults. The result is not documented (unconfirmed)."""
        if namespace.settings.retentionType is RetentionType.S3:
            raise Refused("Versioning is needed for S3 Object Lock.")
        markers = namespace.versioning.useDeleteMarkers
        namespace.versioning = default_versioning().model_copy(update={"useDeleteMarkers": markers})


def lock_objects(tenant: TenantRecord, namespace: NamespaceRecord) -> None:
    """MAPI reference, retentionType.

    S3 Object Lock implies versioning, delete markers and CLOUD optimization.
    """
    if not namespace.versioning.enabled:
        check_can_enable(tenant, namespace)
    namespace.versioning = namespace.versioning.model_copy(
        update={"enabled": True, "useDeleteMarkers": True}
    )
    namespace.ever_versioned = True
    namespace.settings.optimizedFor = OptimizedFor.CLOUD
