"""Records: the data types of each resource, and state that MAPI does not show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from ..models.accounts import GroupAccount, UserAccount
from ..models.namespaces.namespace import Namespace, NamespaceDefaults, VersioningSettings
from ..models.namespaces.protocols import CifsProtocol, HttpProtocol, NfsProtocol, SmtpProtocol
from ..models.namespaces.retention import ComplianceSettings, RetentionClass
from ..models.namespaces.settings import (
    CustomMetadataIndexingSettings,
    ReplicationCollisionSettings,
)
from ..models.permissions import DataPermission, MaskPermission
from ..models.quota import quota_bytes
from ..models.tenants.console import ConsoleSecurity
from ..models.tenants.contact import (
    ContactInfo,
    EmailNotification,
    SearchSecurity,
    default_contact,
    default_notification,
    default_search_security,
)
from ..models.tenants.content_classes import ContentClass
from ..models.tenants.tenant import AuthenticationType, Tenant
from .objects import Grant, ObjectStore
from .operations import Removal
from .repository import Repository
from .usage import Contents, Usage


@dataclass
class Grants:
    """The data access permissions of one account, by namespace id."""

    by_namespace: dict[str, list[DataPermission]] = field(default_factory=dict)


@dataclass
class UserRecord:
    account: UserAccount
    password_md5: str | None = None
    earlier_md5: list[str] = field(default_factory=list)
    failed_logins: int = 0
    locked_at: datetime | None = None
    grants: Grants = field(default_factory=Grants)

    @property
    def name(self) -> str:
        return self.account.username or ""


@dataclass
class GroupRecord:
    account: GroupAccount
    grants: Grants = field(default_factory=Grants)

    @property
    def name(self) -> str:
        return self.account.groupname or ""


@dataclass(frozen=True)
class LockRule:
    """The default retention of a bucket with S3 Object Lock."""

    mode: str
    days: int = 0
    years: int = 0


@dataclass
class NamespaceRecord:
    settings: Namespace
    versioning: VersioningSettings
    compliance: ComplianceSettings
    indexing: CustomMetadataIndexingSettings
    collisions: ReplicationCollisionSettings
    http: HttpProtocol
    cifs: CifsProtocol
    nfs: NfsProtocol
    smtp: SmtpProtocol
    mask: list[MaskPermission]
    usage: Usage
    webdav_password_md5: str | None = None
    ever_versioned: bool = False
    ever_suspended: bool = False  # "Suspended" was set, perhaps before versioning was enabled
    cors: str | None = None
    objects: int = 0  # the number that a seed states
    acl: list[Grant] = field(default_factory=list)
    lock_rule: LockRule | None = None
    store: ObjectStore = field(default_factory=ObjectStore)
    removals: list[Removal] = field(default_factory=list)
    retention_classes: Repository[RetentionClass] = field(default_factory=Repository)

    @property
    def name(self) -> str:
        return self.settings.name or ""

    @property
    def id(self) -> str:
        return self.settings.id or ""

    @property
    def contents(self) -> Contents:
        return self.store.contents + Contents(objects=self.objects)

    def close_usage_hours(self, now: datetime) -> None:
        """To be called before anything in the namespace changes."""
        self.usage.close_hours(now, self.contents)

    @property
    def has_content(self) -> bool:
        return bool(self.objects) or not self.store.empty


class Namespaces(Repository[NamespaceRecord]):
    """The namespaces of a tenant, and the sum of their quotas.

    The sum is stored, so that creating a namespace does not get slower with their number. Put a
    namespace again after changing its quota.
    """

    def __init__(self) -> None:
        super().__init__()
        self.allocated = 0
        self._counted: dict[str, int] = {}

    def put(self, name: str, item: NamespaceRecord) -> None:
        super().put(name, item)
        self._count(item.id, quota_bytes(item.settings.hardQuota or "0 GB"))

    def remove(self, name: str) -> None:
        existing = self.get(name)
        super().remove(name)
        if existing is not None:
            self._count(existing.id, 0)

    def _count(self, namespace_id: str, quota: int) -> None:
        self.allocated += quota - self._counted.get(namespace_id, 0)
        self._counted[namespace_id] = quota


@dataclass
class TenantRecord:
    settings: Tenant
    defaults: NamespaceDefaults
    console: ConsoleSecurity
    mask: list[MaskPermission]
    contact: ContactInfo = field(default_factory=default_contact)
    notification: EmailNotification = field(default_factory=default_notification)
    search: SearchSecurity = field(default_factory=default_search_security)
    created_hour: int = 0  # the hour of its creation
    deleted_usage: list[Usage] = field(default_factory=list)  # of namespaces that are deleted
    mapi_enabled: bool = True
    cors: str | None = None
    users: Repository[UserRecord] = field(default_factory=Repository)
    groups: Repository[GroupRecord] = field(default_factory=Repository)
    namespaces: Namespaces = field(default_factory=Namespaces)
    content_classes: Repository[ContentClass] = field(default_factory=Repository)

    @property
    def name(self) -> str:
        return self.settings.name or ""

    @property
    def supports_directory(self) -> bool:
        """Whether accounts of the Active Directory can log in."""
        return AuthenticationType.EXTERNAL in (self.settings.authenticationTypes or [])

    @property
    def is_default(self) -> bool:
        return self.name.casefold() == "default"


@dataclass(frozen=True)
class DirectoryGroup:
    """A group of the Active Directory. Its name includes the domain."""

    name: str
    sid: str


@dataclass
class DirectoryUser:
    """A user of the Active Directory that the mock simulates."""

    username: str
    password_md5: str
    groups: list[str]
