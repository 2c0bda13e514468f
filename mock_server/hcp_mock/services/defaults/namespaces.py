"""New namespaces with HCP's defaults."""

from __future__ import annotations

import uuid

from ...models.namespaces.namespace import (
    AclsUsage,
    DefaultVersioning,
    DirectoryUsage,
    DirectoryUsageDefault,
    HashScheme,
    Namespace,
    NamespaceDefaults,
    OptimizedFor,
    OptimizedForDefault,
    OwnerType,
    RetentionType,
    VersioningSettings,
)
from ...models.namespaces.protocols import (
    CaseForcing,
    CifsProtocol,
    EmailFormat,
    HttpProtocol,
    NfsProtocol,
    SmtpProtocol,
)
from ...models.namespaces.retention import ComplianceSettings, CustomMetadataChanges
from ...models.namespaces.settings import (
    CollisionAction,
    CustomMetadataIndexingSettings,
    ReplicationCollisionSettings,
)
from ...models.network import default_allow_deny_lists, default_allow_list, default_ip_settings
from ...models.permissions import MaskPermission
from ...state.records import NamespaceRecord, TenantRecord
from ...state.usage import Usage, hour_of
from ...state.world import World
from ..clock import Clock


def default_versioning() -> VersioningSettings:
    return VersioningSettings(
        enabled=False, keepDeletionRecords=True, prune=False, pruneDays=0, useDeleteMarkers=False
    )


def default_namespace_defaults() -> NamespaceDefaults:
    return NamespaceDefaults(
        description="",
        directoryUsage=DirectoryUsageDefault.DEFAULT,
        dpl="Dynamic",
        effectiveDpl="Dynamic",
        enterpriseMode=True,
        allowErasureCoding=False,
        hardQuota="50 GB",
        hashScheme=HashScheme.SHA_256,
        multipartUploadAutoAbortDays=30,
        optimizedFor=OptimizedForDefault.DEFAULT,
        replicationEnabled=False,
        retentionType=RetentionType.HCP,
        s3UnversionedOverwrite=False,
        searchEnabled=False,
        servicePlan="Default",
        softQuota=85,
        versioningSettings=DefaultVersioning(
            enabled=False, prune=False, pruneDays=0, useDeleteMarkers=False
        ),
    )


def new_namespace_settings(tenant: TenantRecord, world: World, body: Namespace) -> Namespace:
    """Return the default settings of a new namespace, before the body is applied.

    MAPI reference: namespaceDefaults.
    """
    defaults = tenant.defaults
    optimized = defaults.optimizedFor or OptimizedForDefault.DEFAULT
    usage = defaults.directoryUsage or DirectoryUsageDefault.DEFAULT
    return Namespace(
        aclsUsage=AclsUsage.NOT_ENABLED,
        authUsersAlwaysGrantedAllPermissions=True,
        allowPermissionAndOwnershipChanges=False,
        appendEnabled=False,
        atimeSynchronizationEnabled=False,
        authMinimumPermissions=[],
        customMetadataIndexingEnabled=False,
        customMetadataValidationEnabled=False,
        description=defaults.description,
        # What the system-level setting behind "Default" is: unconfirmed.
        directoryUsage=DirectoryUsage.UNBALANCED
        if usage is DirectoryUsageDefault.DEFAULT
        else DirectoryUsage(usage.value),
        dpl="Dynamic",
        enterpriseMode=defaults.enterpriseMode,
        hardQuota=defaults.hardQuota,
        hashScheme=defaults.hashScheme,
        indexingDefault=True,
        indexingEnabled=body.searchEnabled is True,
        isDplDynamic=True,
        multipartUploadAutoAbortDays=defaults.multipartUploadAutoAbortDays,
        optimizedFor=OptimizedFor(
            world.optimized_for if optimized is OptimizedForDefault.DEFAULT else optimized.value
        ),
        owner="",
        ownerType=OwnerType.NOBODY,
        readFromReplica=body.replicationEnabled is True,
        replicationEnabled=defaults.replicationEnabled,
        retentionType=defaults.retentionType,
        searchEnabled=defaults.searchEnabled,
        servicePlan=defaults.servicePlan if tenant.settings.servicePlanSelectionEnabled else None,
        serviceRemoteSystemRequests=True,
        softQuota=defaults.softQuota,
        s3UnversionedOverwrite=defaults.s3UnversionedOverwrite,
        tags=[],
        authAndAnonymousMinimumPermissions=[],
    )


def new_namespace(settings: Namespace, tenant: TenantRecord, clock: Clock) -> NamespaceRecord:
    """Return a record for complete settings, with the defaults of all other resources."""
    settings.id = str(uuid.uuid4())
    settings.creationTime = clock.timestamp()
    settings.fullyQualifiedName = (
        f"{(settings.name or '').lower()}.{tenant.settings.fullyQualifiedName}"
    )
    settings.versioningSettings = None
    return NamespaceRecord(
        settings=settings,
        versioning=default_versioning(),
        compliance=ComplianceSettings(
            customMetadataChanges=CustomMetadataChanges.ADD,
            retentionDefault="0",
            minimumRetentionAfterInitialUnspecified="0y+0M+0d",
            dispositionEnabled=False,
            shreddingDefault=False,
        ),
        indexing=CustomMetadataIndexingSettings(
            contentClasses=[], excludedAnnotations="", fullIndexingEnabled=False
        ),
        collisions=ReplicationCollisionSettings(action=CollisionAction.MOVE, deleteEnabled=False),
        http=_http(tenant.supports_directory),
        cifs=CifsProtocol(
            caseForcing=CaseForcing.DISABLED,
            caseSensitive=True,
            enabled=False,
            ipSettings=default_allow_deny_lists(),
            requiresAuthentication=True,
        ),
        nfs=NfsProtocol(enabled=False, gid=0, ipSettings=default_allow_list(), uid=0),
        smtp=SmtpProtocol(
            emailFormat=EmailFormat.EML,
            emailLocation="/email/",
            enabled=False,
            ipSettings=default_allow_deny_lists(),
            separateAttachments=False,
        ),
        mask=list(MaskPermission),
        usage=Usage(hour_of(clock.now())),
    )


def _http(single_sign_on: bool) -> HttpProtocol:
    return HttpProtocol(
        hs3Enabled=False,
        hs3RequiresAuthentication=True,
        httpActiveDirectorySSOEnabled=single_sign_on,
        httpEnabled=False,
        httpsEnabled=True,
        ipSettings=default_ip_settings(),
        restEnabled=True,
        restRequiresAuthentication=True,
        webdavBasicAuthEnabled=False,
        webdavBasicAuthPassword="",
        webdavBasicAuthUsername="",
        webdavCustomMetadata=False,
        webdavEnabled=False,
    )
