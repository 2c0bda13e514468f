"""Seeding tenants and everything that belongs to them."""

from __future__ import annotations

from dataclasses import dataclass

from ...models.seeds.tenants import SeedTenant
from ...models.tenants.content_classes import ContentClass
from ...models.tenants.tenant import Tenant
from ...state.records import TenantRecord
from ...state.world import World
from ..clock import Clock
from ..defaults.tenants import new_tenant
from ..tenants import content_classes, default_tenant
from ..tenants.contact import ContactService, NotificationService, SearchSecurityService
from .accounts import seed_grants, seed_group, seed_user
from .errors import required_name, unusable
from .namespaces import NamespaceSeeder


@dataclass
class TenantSeeder:
    world: World
    clock: Clock
    domain: str
    namespaces: NamespaceSeeder

    def seed(self, seed: SeedTenant) -> None:
        record = self._record(seed)
        _seed_settings(record, seed)
        _seed_content_classes(record, seed.contentClasses)
        where = f"a user of tenant '{record.name}'"
        users = [
            (seed_user(self.world, record.users, user, user.password, where), user)
            for user in seed.users or []
        ]
        groups = [
            (seed_group(self.world, record.groups, group), group) for group in seed.groups or []
        ]
        for namespace in seed.namespaces or []:
            self.namespaces.seed(record, namespace)
        _associate_content_classes(record, seed.contentClasses)
        for user_record, user_seed in users:
            seed_grants(record, user_record.grants, user_seed.dataAccessPermissions)
        for group_record, group_seed in groups:
            seed_grants(record, group_record.grants, group_seed.dataAccessPermissions)

    def _record(self, seed: SeedTenant) -> TenantRecord:
        """Return the tenant with its own properties: a new one, or the existing one changed."""
        name = required_name(seed, "name", "a tenant")
        settings = Tenant(**{n: getattr(seed, n) for n in seed.given() if n in Tenant.model_fields})
        record = self.world.tenants.get(name)
        is_default = name.casefold() == "default"
        if is_default:
            _check_default(seed)
        if record is not None:
            record.settings = record.settings.changed_by(settings, frozenset({"name"}))
            return record
        if is_default:
            options = default_tenant.DefaultNamespaceOptions()
            record = default_tenant.new_default_tenant(
                self.world, self.clock, self.domain, settings, options
            )
        else:
            settings.hardQuota = settings.hardQuota or "1.00 TB"
            record = new_tenant(settings, self.clock, self.domain)
        self.world.tenants.put(record.name, record)
        return record


def _check_default(seed: SeedTenant) -> None:
    names = {(namespace.name or "").casefold() for namespace in seed.namespaces or []}
    if seed.users or seed.groups or names - {"default"}:
        raise unusable("the default tenant has no accounts, and no namespace but 'Default'")


def _seed_settings(record: TenantRecord, seed: SeedTenant) -> None:
    if seed.mapiEnabled is not None:
        record.mapi_enabled = seed.mapiEnabled
    if seed.namespaceDefaults is not None:
        record.defaults = record.defaults.changed_by(seed.namespaceDefaults)
    if seed.consoleSecurity is not None:
        record.console = record.console.changed_by(seed.consoleSecurity)
    if seed.contactInfo is not None:
        ContactService.modify(record, seed.contactInfo)
    if seed.emailNotification is not None:
        NotificationService.modify(record, seed.emailNotification)
    if seed.searchSecurity is not None:
        SearchSecurityService.modify(record, seed.searchSecurity)
    record.mask = record.mask if seed.permissions is None else seed.permissions
    record.cors = record.cors if seed.cors is None else seed.cors


def _seed_content_classes(record: TenantRecord, seed: list[ContentClass] | None) -> None:
    for content_class in seed or []:
        name = required_name(content_class, "name", "a content class")
        known = record.content_classes.get(name)
        base = known or ContentClass(name=name, contentProperties=[])
        if content_class.contentProperties is not None:
            properties = content_classes.validated_properties(content_class.contentProperties)
            base = base.model_copy(update={"contentProperties": properties})
        record.content_classes.put(name, base)


def _associate_content_classes(record: TenantRecord, seed: list[ContentClass] | None) -> None:
    """Content classes name namespaces, which must exist first."""
    for content_class in seed or []:
        if content_class.namespaces is not None:
            wanted = content_classes.searchable_namespaces(record, content_class.namespaces)
            content_classes.associate(record, content_class.name or "", wanted)
