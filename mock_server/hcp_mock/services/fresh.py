"""New things with HCP's defaults. Used by the services that create them and by seeding."""

from __future__ import annotations

import uuid
from typing import TypeVar

from ..models.account import GroupAccount, Role, SystemGroupAccount, SystemUserAccount, UserAccount
from ..models.base import DataType
from ..models.namespace import (
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
from ..models.namespace_parts import (
    CaseForcing,
    CifsProtocol,
    CollisionAction,
    CustomMetadataIndexingSettings,
    EmailFormat,
    HttpProtocol,
    NfsProtocol,
    ReplicationCollisionSettings,
    SmtpProtocol,
)
from ..models.network import fresh_allow, fresh_allow_deny, fresh_ip_settings
from ..models.permission import MaskPermission
from ..models.retention import ComplianceSettings, CustomMetadataChanges
from ..models.system import License, LicenseFeature, license_date
from ..models.tenant import AuthenticationType, ConsoleSecurity, Tenant
from ..state.records import GroupRecord, NamespaceRecord, TenantRecord, UserRecord
from ..state.usage import Usage, hour_of
from ..state.world import World
from .clock import Clock

D = TypeVar("D", bound=DataType)


def console_security() -> ConsoleSecurity:
    """Where the reference states no default, the value of its sample."""
    return ConsoleSecurity(
        automaticUserAccountUnlockSetting=False,
        automaticUserAccoutUnlockDuration=5,
        blockCommonPassword=False,
        blockPasswordReUse=False,
        coolDownPeriodDuration=5,
        coolDownPeriodSettings=False,
        disableAfterAttempts=5,
        disableAfterInactiveDays=180,
        forcePasswordChangeDays=180,
        ipSettings=fresh_ip_settings(),
        loginMessage="",
        logoutOnInactive=10,
        lowerCaseLetterCount=1,
        minimumPasswordLength=6,
        numericCharacterCount=1,
        passwordCombination=False,
        passwordContainsUsername=True,
        passwordReuseDepth=5,
        specialCharacterCount=1,
        upperCaseLetterCount=1,
    )


def versioning() -> VersioningSettings:
    return VersioningSettings(
        enabled=False, keepDeletionRecords=True, prune=False, pruneDays=0, useDeleteMarkers=False
    )


def namespace_defaults() -> NamespaceDefaults:
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


def tenant(settings: Tenant, clock: Clock, domain: str) -> TenantRecord:
    """A tenant with the given settings and defaults for all others."""
    base = Tenant(
        administrationAllowed=False,
        authenticationTypes=[AuthenticationType.LOCAL, AuthenticationType.RADIUS],
        complianceConfigurationEnabled=False,
        dataNetwork="[hcp_system]",
        erasureCodingSelectionEnabled=False,
        managementNetwork="[hcp_system]",
        maxNamespacesPerUser=100,
        namespaceQuota="None",
        replicationConfigurationEnabled=False,
        snmpLoggingEnabled=False,
        searchConfigurationEnabled=False,
        servicePlan="Default",
        servicePlanSelectionEnabled=False,
        softQuota=85,
        syslogLoggingEnabled=False,
        systemVisibleDescription="",
        tags=[],
        tenantVisibleDescription="",
        versioningConfigurationEnabled=False,
    ).changed_by(settings)
    base.id = str(uuid.uuid4())
    base.creationTime = clock.stamp()
    base.fullyQualifiedName = f"{(settings.name or '').lower()}.{domain}"
    return TenantRecord(
        settings=base,
        defaults=namespace_defaults(),
        console=console_security(),
        mask=list(MaskPermission),
        began=hour_of(clock.now()),
    )


def user(account: UserAccount, world: World, system: bool = False) -> UserRecord:
    """An account with the given properties; ADMINISTRATOR brings allowNamespaceManagement."""
    world.last_user_id += 1
    kind = SystemUserAccount if system else UserAccount
    roles = account.roles or []
    base = kind(
        description="",
        roles=roles,
        allowNamespaceManagement=Role.ADMINISTRATOR in roles and not system,
        userGUID=str(uuid.uuid4()),
        userID=world.last_user_id,
    )
    return UserRecord(base.changed_by(account))


def group(account: GroupAccount, system: bool = False) -> GroupRecord:
    kind = SystemGroupAccount if system else GroupAccount
    roles = account.roles or []
    base = kind(
        roles=roles,
        allowNamespaceManagement=Role.ADMINISTRATOR in roles and not system,
        # A made-up SID, always the same for one name.
        externalGroupID=sid(account.groupname or ""),
    )
    return GroupRecord(base.changed_by(account))


def license(clock: Clock) -> License:  # noqa: A001  (HCP's own word)
    """What a new system has."""
    return License(
        localCapacity=500 * 10**12,
        expirationDate="None",
        extendedCapacity=0,
        feature=LicenseFeature.PREMIUM,
        serialNumber="40001",
        uploadDate=license_date(clock.now()),
    )


def sid(name: str) -> str:
    number = uuid.uuid5(uuid.NAMESPACE_DNS, name.casefold()).int
    return f"S-1-5-21-{number % 10**10}-{number // 10**10 % 10**10}-{number % 9973 + 1000}"


def namespace_settings(owner: TenantRecord, world: World, body: Namespace) -> Namespace:
    """The settings of a new namespace before the body is put over them.

    MAPI reference: namespaceDefaults.
    """
    chosen = owner.defaults
    optimized = chosen.optimizedFor or OptimizedForDefault.DEFAULT
    usage = chosen.directoryUsage or DirectoryUsageDefault.DEFAULT
    return Namespace(
        aclsUsage=AclsUsage.NOT_ENABLED,
        authUsersAlwaysGrantedAllPermissions=True,
        allowPermissionAndOwnershipChanges=False,
        appendEnabled=False,
        atimeSynchronizationEnabled=False,
        authMinimumPermissions=[],
        customMetadataIndexingEnabled=False,
        customMetadataValidationEnabled=False,
        description=chosen.description,
        # What the system-level setting behind "Default" is: unconfirmed.
        directoryUsage=DirectoryUsage.UNBALANCED
        if usage is DirectoryUsageDefault.DEFAULT
        else DirectoryUsage(usage.value),
        dpl="Dynamic",
        enterpriseMode=chosen.enterpriseMode,
        hardQuota=chosen.hardQuota,
        hashScheme=chosen.hashScheme,
        indexingDefault=True,
        indexingEnabled=body.searchEnabled is True,
        isDplDynamic=True,
        multipartUploadAutoAbortDays=chosen.multipartUploadAutoAbortDays,
        optimizedFor=OptimizedFor(
            world.optimized_for if optimized is OptimizedForDefault.DEFAULT else optimized.value
        ),
        owner="",
        ownerType=OwnerType.NOBODY,
        readFromReplica=body.replicationEnabled is True,
        replicationEnabled=chosen.replicationEnabled,
        retentionType=chosen.retentionType,
        searchEnabled=chosen.searchEnabled,
        servicePlan=chosen.servicePlan if owner.settings.servicePlanSelectionEnabled else None,
        serviceRemoteSystemRequests=True,
        softQuota=chosen.softQuota,
        s3UnversionedOverwrite=chosen.s3UnversionedOverwrite,
        tags=[],
        authAndAnonymousMinimumPermissions=[],
    )


def namespace(settings: Namespace, owner: TenantRecord, clock: Clock) -> NamespaceRecord:
    """The record around complete settings, with every part at its own default."""
    settings.id = str(uuid.uuid4())
    settings.creationTime = clock.stamp()
    settings.fullyQualifiedName = (
        f"{(settings.name or '').lower()}.{owner.settings.fullyQualifiedName}"
    )
    settings.versioningSettings = None
    return NamespaceRecord(
        settings=settings,
        versioning=versioning(),
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
        http=_http(supports_directory(owner)),
        cifs=CifsProtocol(
            caseForcing=CaseForcing.DISABLED,
            caseSensitive=True,
            enabled=False,
            ipSettings=fresh_allow_deny(),
            requiresAuthentication=True,
        ),
        nfs=NfsProtocol(enabled=False, gid=0, ipSettings=fresh_allow(), uid=0),
        smtp=SmtpProtocol(
            emailFormat=EmailFormat.EML,
            emailLocation="/email/",
            enabled=False,
            ipSettings=fresh_allow_deny(),
            separateAttachments=False,
        ),
        mask=list(MaskPermission),
        usage=Usage(hour_of(clock.now())),
    )


def supports_directory(owner: TenantRecord) -> bool:
    return AuthenticationType.EXTERNAL in (owner.settings.authenticationTypes or [])


def _http(single_sign_on: bool) -> HttpProtocol:
    return HttpProtocol(
        hs3Enabled=False,
        hs3RequiresAuthentication=True,
        httpActiveDirectorySSOEnabled=single_sign_on,
        httpEnabled=False,
        httpsEnabled=True,
        ipSettings=fresh_ip_settings(),
        restEnabled=True,
        restRequiresAuthentication=True,
        webdavBasicAuthEnabled=False,
        webdavBasicAuthPassword="",
        webdavBasicAuthUsername="",
        webdavCustomMetadata=False,
        webdavEnabled=False,
    )


def overlay(stored: D | None, sent: D) -> D:
    """A nested setting with the sent members put over the stored ones."""
    return sent if stored is None else stored.changed_by(sent)
