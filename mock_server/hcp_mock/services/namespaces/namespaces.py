"""Namespaces: create, read, modify, delete. MAPI reference: namespaces, namespace."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from ...errors import AlreadyExists, Refused, RoleMissing, bad_parameter, bad_property, not_settable
from ...models.namespaces.namespace import (
    AclsUsage,
    Namespace,
    OptimizedFor,
    OwnerType,
    RetentionType,
    VersioningSettings,
)
from ...models.quota import quota_bytes
from ...state.records import NamespaceRecord, TenantRecord
from ...state.world import World
from ..access import Admission, Caller
from ..accounts.grants import grant_owner, remove_grants
from ..clock import TIME_FORMAT, Clock
from ..defaults.namespaces import new_namespace, new_namespace_settings
from ..finder import Finder
from ..listing import Listing, Page
from ..tenants import default_tenant
from . import rules, versioning


def owns(caller: Caller, namespace: NamespaceRecord) -> bool:
    settings = namespace.settings
    wanted = OwnerType.EXTERNAL if caller.external else OwnerType.LOCAL
    return (
        settings.ownerType is wanted
        and (settings.owner or "").casefold() == caller.username.casefold()
    )


@dataclass
class NamespaceService:
    world: World
    clock: Clock
    finder: Finder
    listing: Listing

    def find(self, tenant: TenantRecord, name: str, admission: Admission) -> NamespaceRecord:
        """Return the namespace. Limited callers only see the namespaces that they own."""
        namespace = self.finder.namespace(tenant, name)
        if admission.limited and not owns(admission.caller, namespace):
            raise RoleMissing
        return namespace

    def names(self, tenant: TenantRecord, page: Page, admission: Admission) -> list[str]:
        visible = [
            n for n in tenant.namespaces if not admission.limited or owns(admission.caller, n)
        ]
        rows = self.listing.page_of_names(visible, page)
        return [row.name for row in rows]

    def create(
        self, tenant: TenantRecord, body: Namespace, admission: Admission
    ) -> NamespaceRecord:
        settings = new_namespace_settings(tenant, self.world, body)
        self._choose_owner(tenant, settings, body, admission)
        versions = self._versions(tenant, body)
        record = new_namespace(settings.changed_by(body), tenant, self.clock)
        rules.check_conditions(tenant, record.settings, body, self.world)
        rules.check_optimization(tenant, record, body)
        rules.check_search(record.settings)
        name = record.name
        if name in tenant.namespaces:
            raise AlreadyExists(name)
        self._check_quotas(tenant, record)
        if versions.enabled:
            versioning.check_can_enable(tenant, record)
        record.versioning = record.versioning.changed_by(versions)
        record.ever_versioned = bool(versions.enabled)
        if record.settings.retentionType is RetentionType.S3:
            self._check_lockable(body)
            versioning.lock_objects(tenant, record)
        tenant.namespaces.put(name, record)
        grant_owner(tenant, record)
        return record

    @staticmethod
    def _versions(tenant: TenantRecord, body: Namespace) -> VersioningSettings:
        if body.versioningSettings is not None:
            return versioning.require_complete(body.versioningSettings)
        chosen = tenant.defaults.versioningSettings
        if chosen is None or not tenant.settings.versioningConfigurationEnabled:
            return VersioningSettings()
        return VersioningSettings(
            enabled=chosen.enabled,
            prune=chosen.prune,
            pruneDays=chosen.pruneDays,
            useDeleteMarkers=chosen.useDeleteMarkers,
        )

    @staticmethod
    def _check_lockable(body: Namespace) -> None:
        sent = body.versioningSettings
        if sent is not None and not sent.enabled:
            raise bad_property("versioningSettings")
        if body.optimizedFor is OptimizedFor.ALL:
            raise bad_property("optimizedFor")

    def _choose_owner(
        self, tenant: TenantRecord, settings: Namespace, body: Namespace, admission: Admission
    ) -> None:
        caller = admission.caller
        if admission.limited:
            if body.owner is not None and body.owner.casefold() != caller.username.casefold():
                raise not_settable("owner")
            settings.owner = caller.username
            settings.ownerType = OwnerType.EXTERNAL if caller.external else OwnerType.LOCAL
        if "owner" in body.given() or "ownerType" in body.given():
            self._resolve_owner(tenant, body)
        if body.owner or admission.limited:
            rules.check_owner_quota(tenant, body.owner or settings.owner or "")

    def _resolve_owner(self, tenant: TenantRecord, body: Namespace) -> None:
        rules.check_owner(tenant, body, self.world)
        body.ownerType = body.ownerType or (OwnerType.LOCAL if body.owner else OwnerType.NOBODY)
        if body.ownerType is OwnerType.LOCAL:
            user = tenant.users.get(body.owner or "")
            body.owner = user.name if user else ""

    def _check_quotas(self, tenant: TenantRecord, record: NamespaceRecord) -> None:
        wanted = quota_bytes(record.settings.hardQuota or "")
        if tenant.namespaces.allocated + wanted > quota_bytes(tenant.settings.hardQuota or ""):
            raise bad_property("hardQuota")
        quota = tenant.settings.namespaceQuota
        if quota not in (None, "None") and len(tenant.namespaces) >= int(quota):
            raise Refused(
                "The tenant already owns as many namespaces as its namespace quota allows."
            )

    def view(
        self, tenant: TenantRecord, namespace: NamespaceRecord, admission: Admission
    ) -> Namespace:
        settings = namespace.settings
        if admission.limited:
            return Namespace(name=settings.name, owner=settings.owner)
        shown = settings.model_copy()
        for name in ("authMinimumPermissions", "authAndAnonymousMinimumPermissions"):
            setattr(shown, name, self.listing.shuffled(getattr(settings, name) or []))
        hidden = rules.hidden_properties(tenant, settings, self.world)
        for name in hidden | default_tenant.hidden_of_namespace(tenant):
            setattr(shown, name, None)
        if settings.searchEnabled and shown.mqeIndexingTimestamp is None:
            shown.mqeIndexingTimestamp = settings.creationTime
        return shown

    def modify(
        self,
        tenant: TenantRecord,
        namespace: NamespaceRecord,
        body: Namespace,
        checkpoint: str | None = None,
    ) -> None:
        """Apply all changes or none. ``checkpoint`` is the parameter resetMQECheckpoint."""
        timestamp = None if checkpoint is None else self._checkpoint(namespace, body, checkpoint)
        self._modify(tenant, namespace, body)
        if timestamp is not None:
            namespace.settings.mqeIndexingTimestamp = timestamp

    def _modify(self, tenant: TenantRecord, namespace: NamespaceRecord, body: Namespace) -> None:
        default_tenant.check_namespace(tenant, namespace, body)
        old = namespace.settings
        if "owner" in body.given() or "ownerType" in body.given():
            self._resolve_owner(tenant, body)
        trial = copy.copy(namespace)
        trial.settings = new = old.changed_by(body)
        rules.apply_side_effects(old, new, body, trial)
        self._check_one_way(old, new)
        rules.check_conditions(tenant, new, body, self.world)
        rules.check_optimization(tenant, trial, body)
        rules.check_search(new)
        if new.appendEnabled and not old.appendEnabled and namespace.versioning.enabled:
            raise bad_property("appendEnabled")
        rest = tenant.namespaces.allocated - quota_bytes(old.hardQuota or "")
        if rest + quota_bytes(new.hardQuota or "") > quota_bytes(tenant.settings.hardQuota or ""):
            raise bad_property("hardQuota")
        new_owner = (old.owner or "").casefold() != (new.owner or "").casefold()
        if new_owner and new.owner:
            rules.check_owner_quota(tenant, new.owner)
        if new.retentionType is RetentionType.S3 and old.retentionType is not RetentionType.S3:
            if body.optimizedFor is OptimizedFor.ALL:
                raise bad_property("optimizedFor")
            versioning.lock_objects(tenant, trial)
        if new.name != old.name:
            self._rename(tenant, trial, old.name or "")
        namespace.__dict__.update(trial.__dict__)
        tenant.namespaces.put(namespace.name, namespace)
        if new_owner:
            grant_owner(tenant, namespace)

    @staticmethod
    def _check_one_way(old: Namespace, new: Namespace) -> None:
        """Refuse changes that cannot be undone."""
        if new.enterpriseMode and not old.enterpriseMode:
            raise not_settable("enterpriseMode")
        if new.aclsUsage is AclsUsage.NOT_ENABLED and old.aclsUsage is not AclsUsage.NOT_ENABLED:
            raise not_settable("aclsUsage")
        # Whether S3 Object Lock can be disabled again is not documented.
        if old.retentionType is RetentionType.S3 and new.retentionType is not RetentionType.S3:
            raise not_settable("retentionType")
        # Whether directoryUsage can be changed later is unconfirmed.
        if new.directoryUsage is not old.directoryUsage:
            raise not_settable("directoryUsage")

    @staticmethod
    def _rename(tenant: TenantRecord, trial: NamespaceRecord, old: str) -> None:
        new = trial.name
        if trial.http.hs3Enabled or trial.cifs.enabled or trial.nfs.enabled:
            raise Refused(
                "The namespace cannot be renamed while the S3 API, CIFS or NFS is enabled."
            )
        if new.casefold() != old.casefold() and new in tenant.namespaces:
            raise bad_property("name")
        trial.settings.fullyQualifiedName = f"{new.lower()}.{tenant.settings.fullyQualifiedName}"
        trial.http = trial.http.model_copy(update={"httpActiveDirectorySSOEnabled": False})
        tenant.namespaces.rename(old, new)

    @staticmethod
    def _checkpoint(namespace: NamespaceRecord, body: Namespace, value: str) -> str | None:
        """Return the time from which the metadata query engine indexes again; 0 is the creation."""
        timestamp = namespace.settings.creationTime
        if value != "0":
            try:
                day = datetime.strptime(value, "%m/%d/%Y").replace(tzinfo=UTC)
            except ValueError:
                raise bad_parameter("resetMQECheckpoint") from None
            if not re.fullmatch(r"\d{2}/\d{2}/\d{4}", value):
                raise bad_parameter("resetMQECheckpoint")
            timestamp = day.strftime(TIME_FORMAT)
        if not namespace.settings.changed_by(body).searchEnabled:
            raise Refused("Search is not enabled for the namespace.")
        return timestamp

    def delete(self, tenant: TenantRecord, namespace: NamespaceRecord) -> None:
        if namespace.has_content:
            raise Refused("The namespace contains one or more objects.")
        namespace.usage.end(self.clock.now(), namespace.contents)
        tenant.deleted_usage.append(namespace.usage)
        remove_grants(tenant, namespace)
        tenant.namespaces.remove(namespace.name)
