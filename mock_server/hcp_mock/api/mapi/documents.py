"""The root elements of MAPI's documents and the data types of each."""

from __future__ import annotations

from ...models.accounts import SystemGroupAccount, SystemUserAccount, UpdatePasswordRequest
from ...models.base import DataType
from ...models.cors import Cors
from ...models.erasure_coding import EcTopology, ReplicationLinks, TenantCandidates
from ...models.names import Groupnames, Names, Usernames
from ...models.namespaces.namespace import Namespace, NamespaceDefaults, VersioningSettings
from ...models.namespaces.protocols import (
    CifsProtocol,
    HttpProtocol,
    NfsProtocol,
    Protocols,
    SmtpProtocol,
)
from ...models.namespaces.retention import ComplianceSettings, RetentionClass
from ...models.namespaces.settings import (
    CustomMetadataIndexingSettings,
    ReplicationCollisionSettings,
)
from ...models.packages import (
    HealthCheckDownload,
    HealthCheckDownloadStatus,
    HealthCheckPrepare,
    LogDownload,
    LogDownloadStatus,
    LogPrepare,
)
from ...models.permissions import DataAccessPermissions, PermissionMask
from ...models.replication import (
    Certificates,
    Link,
    LinkContent,
    LinkTenant,
    ReplicationService,
    Schedule,
)
from ...models.system import (
    Licenses,
    NetworkSettings,
    NodeStatistics,
    ServiceStatistics,
    SupportAccessCredentials,
)
from ...models.tenants.console import ConsoleSecurity
from ...models.tenants.contact import ContactInfo, EmailNotification, SearchSecurity
from ...models.tenants.content_classes import ContentClass
from ...models.tenants.tenant import AvailableServicePlan, Tenant
from ...models.usage import ChargebackReport, Statistics

_NAMES = (
    "availableServicePlans",
    "chainedLinks",
    "contentClasses",
    "defaultNamespaceDirectories",
    "ecTopologies",
    "links",
    "namespaces",
    "retentionClasses",
    "tenants",
)

DOCUMENTS: dict[str, tuple[type[DataType], ...]] = {
    **dict.fromkeys(_NAMES, (Names,)),
    "availableServicePlan": (AvailableServicePlan,),
    "certificates": (Certificates,),
    "chargebackReport": (ChargebackReport,),
    "cifsProtocol": (CifsProtocol,),
    "complianceSettings": (ComplianceSettings,),
    "consoleSecurity": (ConsoleSecurity,),
    "contactInfo": (ContactInfo,),
    "content": (LinkContent,),
    "contentClass": (ContentClass,),
    "cors": (Cors,),
    "customMetadataIndexingSettings": (CustomMetadataIndexingSettings,),
    "dataAccessPermissions": (DataAccessPermissions,),
    "ecTopology": (EcTopology,),
    "emailNotification": (EmailNotification,),
    # Accounts of the system have the properties of those of tenants, and more roles.
    "groupAccount": (SystemGroupAccount,),
    "groupAccounts": (Groupnames,),
    "healthCheckDownload": (HealthCheckDownload,),
    "healthCheckDownloadStatus": (HealthCheckDownloadStatus,),
    "healthCheckPrepare": (HealthCheckPrepare,),
    "httpProtocol": (HttpProtocol,),
    "licenses": (Licenses,),
    "link": (Link,),
    "logDownload": (LogDownload,),
    "logDownloadStatus": (LogDownloadStatus,),
    "logPrepare": (LogPrepare,),
    "namespace": (Namespace,),
    "namespaceDefaults": (NamespaceDefaults,),
    "networkSettings": (NetworkSettings,),
    "nfsProtocol": (NfsProtocol,),
    "nodeStatistics": (NodeStatistics,),
    "permissions": (PermissionMask,),
    "protocols": (Protocols,),
    "replicationCollisionSettings": (ReplicationCollisionSettings,),
    "replicationLinks": (ReplicationLinks,),
    "replicationService": (ReplicationService,),
    "retentionClass": (RetentionClass,),
    "schedule": (Schedule,),
    "searchSecurity": (SearchSecurity,),
    "serviceStatistics": (ServiceStatistics,),
    "smtpProtocol": (SmtpProtocol,),
    "statistics": (Statistics,),
    "supportAccessCredentials": (SupportAccessCredentials,),
    # A tenant, and its progress on a link.
    "tenant": (Tenant, LinkTenant),
    "tenantCandidates": (TenantCandidates,),
    "updatePasswordRequest": (UpdatePasswordRequest,),
    "userAccount": (SystemUserAccount,),
    "userAccounts": (Usernames,),
    "versioningSettings": (VersioningSettings,),
}
