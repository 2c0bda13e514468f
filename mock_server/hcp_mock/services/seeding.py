"""State to start from: a readable description of tenants and what is in them.

Seeds use MAPI's own property names, plain lists, and skip the rules about who may do what; values
are checked like those of requests. Merging goes by name: what is named again is changed, nothing
is removed.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..errors import HcpError
from ..models.account import GroupAccount, SystemGroupAccount, SystemUserAccount, UserAccount
from ..models.base import DataType, Flag, Text, Username
from ..models.namespace import (
    Namespace,
    NamespaceDefaults,
    OptimizedFor,
    OwnerType,
    VersioningSettings,
)
from ..models.namespace_parts import (
    CifsProtocol,
    ContentClass,
    CustomMetadataIndexingSettings,
    HttpProtocol,
    NfsProtocol,
    ReplicationCollisionSettings,
    SmtpProtocol,
)
from ..models.permission import DataPermissions, MaskPermissions
from ..models.retention import ComplianceSettings, RetentionClass
from ..models.tenant import ConsoleSecurity, Tenant
from ..models.tenant_contact import ContactInfo, EmailNotification, SearchSecurity
from ..state.blobs import Spool
from ..state.records import (
    DirectoryGroup,
    DirectoryUser,
    Grants,
    GroupRecord,
    NamespaceRecord,
    TenantRecord,
    UserRecord,
)
from ..state.repository import Repository
from ..state.world import Directory, World
from . import content_classes, default_tenant, fresh, passwords
from .clock import Clock
from .erasure_coding.planting import ErasureCodingParts, seed_erasure_coding
from .package_seeding import PackageParts, seed_packages
from .s3.planting import SeedRemoval, plant, plant_removal
from .system_seeding import SystemParts, seed_system
from .tenant_contact import ContactService, NotificationService, SearchSecurityService


class SeedError(Exception):
    """The seed cannot be used; the text says where and why in one sentence."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)


class SeedGrant(_Part):
    namespaceName: str
    permissions: DataPermissions


class SeedUser(UserAccount):
    password: Text | None = Field(default=None, repr=False)
    dataAccessPermissions: list[SeedGrant] | None = None
    failedLogins: int | None = None


class SeedSystemUser(SystemUserAccount):
    password: Text | None = Field(default=None, repr=False)


class SeedGroup(GroupAccount):
    dataAccessPermissions: list[SeedGrant] | None = None


class SeedNamespace(Namespace):
    # Either how many objects there are said to be, or real ones: their keys and their text.
    objects: Annotated[int, Field(ge=0)] | dict[str, str] | None = None
    removals: list[SeedRemoval] | None = None
    complianceSettings: ComplianceSettings | None = None
    customMetadataIndexingSettings: CustomMetadataIndexingSettings | None = None
    replicationCollisionSettings: ReplicationCollisionSettings | None = None
    permissions: MaskPermissions | None = None
    http: HttpProtocol | None = None
    cifs: CifsProtocol | None = None
    nfs: NfsProtocol | None = None
    smtp: SmtpProtocol | None = None
    cors: str | None = None
    retentionClasses: list[RetentionClass] | None = None


class SeedTenant(Tenant):
    mapiEnabled: Flag | None = None
    users: list[SeedUser] | None = None
    groups: list[SeedGroup] | None = None
    namespaceDefaults: NamespaceDefaults | None = None
    consoleSecurity: ConsoleSecurity | None = None
    contactInfo: ContactInfo | None = None
    emailNotification: EmailNotification | None = None
    searchSecurity: SearchSecurity | None = None
    permissions: MaskPermissions | None = None
    cors: str | None = None
    contentClasses: list[ContentClass] | None = None
    namespaces: list[SeedNamespace] | None = None


class SeedDirectoryUser(_Part):
    username: Annotated[Username, Field(pattern=".@.")]
    password: str = Field(repr=False)
    groups: list[str] = []


class SeedDirectoryGroup(_Part):
    name: str
    sid: Annotated[str, Field(pattern="^S-1-")]


class SeedDirectory(_Part):
    # The domain of names without one; if left out, that of the first group or user.
    domain: str | None = None
    groups: list[str | SeedDirectoryGroup] = []
    users: list[SeedDirectoryUser] = []


class SeedPlan(_Part):
    name: str
    description: str = ""


class SeedSystem(SystemParts, PackageParts, ErasureCodingParts, _Part):
    mapiEnabled: bool | None = None
    replicationSupported: bool | None = None
    optimizedFor: OptimizedFor | None = None
    defaultTenantAllowed: bool | None = None
    networks: list[str] = []
    users: list[SeedSystemUser] = []
    groups: list[SystemGroupAccount] = []


class SeedRules(_Part):
    allowNamespaceManagementOnPut: bool | None = None
    forcedPasswordChangeBlocks: bool | None = None
    trailingChecksums: bool | None = None
    ownBucketError: bool | None = None
    completeNeedsContentType: bool | None = None
    indexDelay: Annotated[float, Field(ge=0)] | None = None
    linkReplySeconds: Annotated[float, Field(ge=0)] | None = None
    linkRecoverySeconds: Annotated[float, Field(ge=0)] | None = None
    retirementSeconds: Annotated[float, Field(ge=0)] | None = None


_RULES = {
    "allowNamespaceManagementOnPut": "allow_namespace_management_on_put",
    "forcedPasswordChangeBlocks": "forced_password_change_blocks",
    "trailingChecksums": "trailing_checksums",
    "ownBucketError": "own_bucket_error",
    "completeNeedsContentType": "complete_needs_content_type",
    "indexDelay": "index_delay",
    "linkReplySeconds": "link_reply_seconds",
    "linkRecoverySeconds": "link_recovery_seconds",
    "retirementSeconds": "retirement_seconds",
}

_SYSTEM = {
    "mapiEnabled": "mapi_enabled",
    "replicationSupported": "replication_supported",
    "optimizedFor": "optimized_for",
    "defaultTenantAllowed": "default_tenant_allowed",
}


class Seed(_Part):
    rules: SeedRules = SeedRules()
    system: SeedSystem = SeedSystem()
    activeDirectory: SeedDirectory | None = None
    servicePlans: list[SeedPlan] = []
    tenants: list[SeedTenant] = []


def read_seed(document: Any) -> Seed:
    try:
        return Seed.model_validate({} if document is None else document)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the document"
        raise SeedError(f"The seed is not usable: {where}: {first['msg']}.") from None


@dataclass
class Seeder:
    world: World
    clock: Clock
    domain: str
    spool: Spool = field(default_factory=Spool)

    def apply(self, seed: Seed) -> None:
        """All of the seed or nothing of it."""
        trial = copy.deepcopy(self.world)
        try:
            Seeding(trial, self.clock, self.domain, self.spool).run(seed)
        except HcpError as error:
            raise SeedError(f"The seed is not usable: {error.message}") from None
        self.world.replace_with(trial)


def _named(item: DataType, name: str, where: str) -> str:
    value = getattr(item, name)
    if not isinstance(value, str) or not value:
        raise SeedError(f"The seed is not usable: {where} needs '{name}'.")
    return value


def _check_default(seed: SeedTenant) -> None:
    names = {(namespace.name or "").casefold() for namespace in seed.namespaces or []}
    if seed.users or seed.groups or names - {"default"}:
        raise SeedError(
            "The seed is not usable: the default tenant has no accounts, and no namespace but "
            "'Default'."
        )


@dataclass
class Seeding:
    world: World
    clock: Clock
    domain: str
    spool: Spool

    def run(self, seed: Seed) -> None:
        self._system(seed)
        for tenant in seed.tenants:
            self._tenant(tenant)
        seed_erasure_coding(self.world, self.clock, self.domain, seed.system)

    def _system(self, seed: Seed) -> None:
        world, system = self.world, seed.system
        for name, attribute in _RULES.items():
            value = getattr(seed.rules, name)
            if value is not None:
                setattr(world.rules, attribute, value)
        for name, attribute in _SYSTEM.items():
            value = getattr(system, name)
            if value is not None:
                setattr(world, attribute, value)
        world.networks |= set(system.networks)
        for plan in seed.servicePlans:
            world.service_plans[plan.name] = plan.description
        if seed.activeDirectory is not None:
            self._directory(seed.activeDirectory)
        seed_system(world, self.clock, system)
        seed_packages(world.packages, system)
        for user in system.users:
            self._user(world.users, user, user.password, "a user", system=True)
        for group in system.groups:
            self._group(world.groups, group, system=True)

    def _directory(self, seed: SeedDirectory) -> None:
        directory = self.world.directory or Directory()
        given = [g if isinstance(g, str) else g.name for g in seed.groups]
        named = [*given, *(user.username for user in seed.users)]
        domains = (name.rpartition("@")[2] for name in named if "@" in name)
        directory.domain = seed.domain or directory.domain or next(domains, "")
        for group in seed.groups:
            sid = None if isinstance(group, str) else group.sid
            self._directory_group(directory, group if isinstance(group, str) else group.name, sid)
        for user in seed.users:
            groups = [self._directory_group(directory, name) for name in user.groups]
            record = DirectoryUser(user.username, passwords.md5(user.password), groups)
            directory.users.put(user.username, record)
        self.world.directory = directory

    @staticmethod
    def _directory_group(directory: Directory, name: str, sid: str | None = None) -> str:
        full = directory.qualified(name)
        known = directory.groups.get(full)
        number = sid or (known.sid if known is not None else fresh.sid(full))
        directory.groups.put(full, DirectoryGroup(full, number))
        return full

    def _user(
        self,
        users: Repository[UserRecord],
        seed: UserAccount,
        password: str | None,
        where: str,
        system: bool = False,
    ) -> UserRecord:
        name = _named(seed, "username", where)
        user = users.get(name)
        if user is None:
            base = UserAccount(
                fullName=name, enabled=True, localAuthentication=True, forcePasswordChange=False
            )
            user = fresh.user(base, self.world, system)
            user.account = user.account.changed_by(seed)
            if "ADMINISTRATOR" in (seed.roles or []) and seed.allowNamespaceManagement is None:
                user.account.allowNamespaceManagement = not system
        else:
            user.account = user.account.changed_by(seed)
        if password is not None:
            user.password_md5 = passwords.md5(password)
        if isinstance(seed, SeedUser) and seed.failedLogins is not None:
            user.failed_logins = seed.failedLogins
        users.put(user.name, user)
        return user

    def _group(
        self, groups: Repository[GroupRecord], seed: GroupAccount, system: bool = False
    ) -> GroupRecord:
        name = _named(seed, "groupname", "a group")
        group = groups.get(name)
        if group is None:
            directory = self.world.directory
            known = directory.groups.get(name) if directory is not None else None
            base = GroupAccount(externalGroupID=known.sid) if known is not None else GroupAccount()
            group = fresh.group(base.changed_by(seed), system)
        else:
            group.account = group.account.changed_by(seed)
        groups.put(name, group)
        return group

    def _tenant(self, seed: SeedTenant) -> None:
        name = _named(seed, "name", "a tenant")
        record = self._tenant_record(name, seed)
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
        self._contents(record, seed)

    def _tenant_record(self, name: str, seed: SeedTenant) -> TenantRecord:
        """The tenant with its own properties, and whatever it had before."""
        settings = Tenant(**{n: getattr(seed, n) for n in seed.given() if n in Tenant.model_fields})
        record = self.world.tenants.get(name)
        is_default = name.casefold() == "default"
        if is_default:
            _check_default(seed)
        if record is not None:
            record.settings = record.settings.changed_by(settings, frozenset({"name"}))
            return record
        if is_default:
            wish = default_tenant.Wish()
            record = default_tenant.make(self.world, self.clock, self.domain, settings, wish)
        else:
            settings.hardQuota = settings.hardQuota or "1.00 TB"
            record = fresh.tenant(settings, self.clock, self.domain)
        self.world.tenants.put(record.name, record)
        return record

    def _contents(self, record: TenantRecord, seed: SeedTenant) -> None:
        for content_class in seed.contentClasses or []:
            class_name = _named(content_class, "name", "a content class")
            known = record.content_classes.get(class_name)
            base = known or ContentClass(name=class_name, contentProperties=[])
            if content_class.contentProperties is not None:
                properties = content_classes.completed(content_class.contentProperties)
                base = base.model_copy(update={"contentProperties": properties})
            record.content_classes.put(class_name, base)
        users = [
            (
                self._user(record.users, user, user.password, f"a user of tenant '{record.name}'"),
                user,
            )
            for user in seed.users or []
        ]
        groups = [(self._group(record.groups, group), group) for group in seed.groups or []]
        for namespace in seed.namespaces or []:
            self._namespace(record, namespace)
        for content_class in seed.contentClasses or []:
            if content_class.namespaces is not None:
                wanted = content_classes.searchable(record, content_class.namespaces)
                content_classes.associate(record, content_class.name or "", wanted)
        for user_record, user_seed in users:
            self._grants(record, user_record.grants, user_seed.dataAccessPermissions)
        for group_record, group_seed in groups:
            self._grants(record, group_record.grants, group_seed.dataAccessPermissions)

    @staticmethod
    def _grants(tenant: TenantRecord, grants: Grants, seed: list[SeedGrant] | None) -> None:
        for grant in seed or []:
            namespace = tenant.namespaces.get(grant.namespaceName)
            if namespace is None:
                place = f"tenant '{tenant.name}'"
                raise SeedError(f"The seed is not usable: {place} lacks '{grant.namespaceName}'.")
            grants.by_namespace[namespace.id] = list(grant.permissions)

    def _namespace(self, tenant: TenantRecord, seed: SeedNamespace) -> None:
        name = _named(seed, "name", f"a namespace of tenant '{tenant.name}'")
        settings = Namespace(
            **{n: getattr(seed, n) for n in seed.given() if n in Namespace.model_fields}
        )
        if settings.owner and settings.ownerType is None:
            settings.ownerType = OwnerType.LOCAL
        record = tenant.namespaces.get(name)
        if record is None:
            base = fresh.namespace_settings(tenant, self.world, settings)
            record = fresh.namespace(base.changed_by(settings), tenant, self.clock)
            tenant.namespaces.put(name, record)
        else:
            record.settings = record.settings.changed_by(
                settings, frozenset({"name", "versioningSettings"})
            )
            tenant.namespaces.put(record.name, record)
        record.touch(self.clock.now())
        if settings.versioningSettings is not None:
            self._versioning(record, settings.versioningSettings)
        self._parts(record, seed)
        if isinstance(seed.objects, dict):
            self._objects(tenant, record, seed.objects)
        for removal in seed.removals or []:
            plant_removal(tenant, record, self.clock, removal)

    def _objects(
        self, tenant: TenantRecord, record: NamespaceRecord, contents: dict[str, str]
    ) -> None:
        """Stored as by the owner of the namespace; what is there already gets a new version."""
        for key, text in contents.items():
            try:
                plant(tenant, record, self.clock, key, self.spool.keep(text.encode("utf-8")))
            except (HcpError, UnicodeEncodeError):
                place = f"namespace '{record.name}'"
                raise SeedError(f"The seed is not usable: {place} cannot hold '{key}'.") from None

    @staticmethod
    def _versioning(record: NamespaceRecord, seed: VersioningSettings) -> None:
        record.versioning = record.versioning.changed_by(seed)
        record.ever_versioned = record.ever_versioned or bool(record.versioning.enabled)

    @staticmethod
    def _parts(record: NamespaceRecord, seed: SeedNamespace) -> None:
        pairs: list[tuple[str, DataType | None]] = [
            ("compliance", seed.complianceSettings),
            ("indexing", seed.customMetadataIndexingSettings),
            ("collisions", seed.replicationCollisionSettings),
            ("http", seed.http),
            ("cifs", seed.cifs),
            ("nfs", seed.nfs),
            ("smtp", seed.smtp),
        ]
        for attribute, part in pairs:
            if part is not None:
                setattr(record, attribute, fresh.overlay(getattr(record, attribute), part))
        if seed.http is not None and seed.http.webdavBasicAuthPassword:
            record.webdav_password_md5 = passwords.md5(seed.http.webdavBasicAuthPassword)
            record.http.webdavBasicAuthPassword = ""
        if isinstance(seed.objects, int):
            record.objects = seed.objects
        record.mask = record.mask if seed.permissions is None else seed.permissions
        record.cors = record.cors if seed.cors is None else seed.cors
        for retention_class in seed.retentionClasses or []:
            name = _named(retention_class, "name", "a retention class")
            _named(retention_class, "value", f"retention class '{name}'")
            base = RetentionClass(description="", allowDisposition=False)
            record.retention_classes.put(name, base.changed_by(retention_class))
