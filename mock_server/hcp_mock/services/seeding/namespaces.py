"""Seeding namespaces, their settings and their objects."""

from __future__ import annotations

from dataclasses import dataclass

from ...errors import HcpError
from ...models.base import DataType, overlay
from ...models.namespaces.namespace import Namespace, OwnerType, VersioningSettings
from ...models.namespaces.retention import RetentionClass
from ...models.seeds.namespaces import SeedNamespace
from ...state.blobs import Spool
from ...state.records import NamespaceRecord, TenantRecord
from ...state.world import World
from ..accounts import passwords
from ..clock import Clock
from ..defaults.namespaces import new_namespace, new_namespace_settings
from .errors import required_name, unusable
from .objects import seed_object, seed_removal


@dataclass
class NamespaceSeeder:
    world: World
    clock: Clock
    spool: Spool

    def seed(self, tenant: TenantRecord, seed: SeedNamespace) -> None:
        record = self._record(tenant, seed)
        record.close_usage_hours(self.clock.now())
        if seed.versioningSettings is not None:
            _seed_versioning(record, seed.versioningSettings)
        _seed_settings(record, seed)
        _seed_retention_classes(record, seed.retentionClasses)
        if isinstance(seed.objects, dict):
            self._seed_objects(tenant, record, seed.objects)
        for removal in seed.removals or []:
            seed_removal(tenant, record, self.clock, removal)

    def _record(self, tenant: TenantRecord, seed: SeedNamespace) -> NamespaceRecord:
        """Return the namespace with its own properties: a new one, or the existing one changed."""
        name = required_name(seed, "name", f"a namespace of tenant '{tenant.name}'")
        settings = Namespace(
            **{n: getattr(seed, n) for n in seed.given() if n in Namespace.model_fields}
        )
        if settings.owner and settings.ownerType is None:
            settings.ownerType = OwnerType.LOCAL
        record = tenant.namespaces.get(name)
        if record is None:
            base = new_namespace_settings(tenant, self.world, settings)
            record = new_namespace(base.changed_by(settings), tenant, self.clock)
            tenant.namespaces.put(name, record)
        else:
            record.settings = record.settings.changed_by(
                settings, frozenset({"name", "versioningSettings"})
            )
            tenant.namespaces.put(record.name, record)
        return record

    def _seed_objects(
        self, tenant: TenantRecord, record: NamespaceRecord, contents: dict[str, str]
    ) -> None:
        """Store objects as the owner of the namespace; an existing key gets a new version."""
        for key, text in contents.items():
            try:
                seed_object(tenant, record, self.clock, key, self.spool.store(text.encode("utf-8")))
            except (HcpError, UnicodeEncodeError):
                raise unusable(f"namespace '{record.name}' cannot hold '{key}'") from None


def _seed_versioning(record: NamespaceRecord, seed: VersioningSettings) -> None:
    record.versioning = record.versioning.changed_by(seed)
    record.ever_versioned = record.ever_versioned or bool(record.versioning.enabled)


def _seed_settings(record: NamespaceRecord, seed: SeedNamespace) -> None:
    pairs: list[tuple[str, DataType | None]] = [
        ("compliance", seed.complianceSettings),
        ("indexing", seed.customMetadataIndexingSettings),
        ("collisions", seed.replicationCollisionSettings),
        ("http", seed.http),
        ("cifs", seed.cifs),
        ("nfs", seed.nfs),
        ("smtp", seed.smtp),
    ]
    for attribute, settings in pairs:
        if settings is not None:
            setattr(record, attribute, overlay(getattr(record, attribute), settings))
    if seed.http is not None and seed.http.webdavBasicAuthPassword:
        record.webdav_password_md5 = passwords.md5(seed.http.webdavBasicAuthPassword)
        record.http.webdavBasicAuthPassword = ""
    if isinstance(seed.objects, int):
        record.objects = seed.objects
    record.mask = record.mask if seed.permissions is None else seed.permissions
    record.cors = record.cors if seed.cors is None else seed.cors


def _seed_retention_classes(record: NamespaceRecord, seed: list[RetentionClass] | None) -> None:
    for retention_class in seed or []:
        name = required_name(retention_class, "name", "a retention class")
        required_name(retention_class, "value", f"retention class '{name}'")
        base = RetentionClass(description="", allowDisposition=False)
        record.retention_classes.put(name, base.changed_by(retention_class))
