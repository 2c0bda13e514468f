"""Namespaces and their defaults.

MAPI reference: namespace, namespaceDefaults, versioningSettings.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from ..base import (
    AnyCase,
    DataType,
    Days36500,
    Description,
    Flag,
    HostLabel,
    Percent10To95,
    Shown,
    Tags,
    Text,
    Use,
    Whole,
    prop,
    read_only,
)
from ..permissions import MinimumPermissions
from ..quota import HardQuota

AutoAbortDays = Annotated[Whole, Field(ge=0, le=180)]


class AclsUsage(AnyCase):
    NOT_ENABLED = "NOT_ENABLED"
    ENFORCED = "ENFORCED"
    NOT_ENFORCED = "NOT_ENFORCED"


class HashScheme(StrEnum):
    """Case-sensitive, unlike most enumerations."""

    MD5 = "MD5"
    SHA_1 = "SHA-1"
    SHA_256 = "SHA-256"
    SHA_384 = "SHA-384"
    SHA_512 = "SHA-512"
    RIPEMD_160 = "RIPEMD-160"


class OptimizedFor(AnyCase):
    CLOUD = "CLOUD"
    ALL = "ALL"


class OptimizedForDefault(AnyCase):
    CLOUD = "CLOUD"
    ALL = "ALL"
    DEFAULT = "DEFAULT"


class DirectoryUsage(AnyCase):
    BALANCED = "Balanced"
    UNBALANCED = "Unbalanced"


class DirectoryUsageDefault(AnyCase):
    BALANCED = "Balanced"
    UNBALANCED = "Unbalanced"
    DEFAULT = "Default"


class RetentionType(StrEnum):
    """The values are case-sensitive (unconfirmed)."""

    HCP = "HCP"
    S3 = "S3"


class OwnerType(AnyCase):
    LOCAL = "LOCAL"
    EXTERNAL = "EXTERNAL"
    NOBODY = ""


class VersioningSettings(DataType):
    enabled: Flag | None = prop(put=Use.REQUIRED)
    keepDeletionRecords: Flag | None = prop()
    prune: Flag | None = prop()
    pruneDays: Days36500 | None = prop()
    useDeleteMarkers: Flag | None = prop()
    # Deprecated spellings: two are aliases, two are dropped; responses contain none.
    pruneOnPrimary: Flag | None = prop(get=Shown.NEVER)
    daysOnPrimary: Days36500 | None = prop(get=Shown.NEVER)
    pruneOnReplica: Flag | None = prop(put=Use.IGNORED, post=Use.IGNORED, get=Shown.NEVER)
    daysOnReplica: Whole | None = prop(put=Use.IGNORED, post=Use.IGNORED, get=Shown.NEVER)


class DefaultVersioning(VersioningSettings):
    """The versioning part of namespaceDefaults, which has no keepDeletionRecords."""

    keepDeletionRecords: Flag | None = prop(put=Use.NO, post=Use.NO, get=Shown.NEVER)


class Namespace(DataType):
    aclsUsage: AclsUsage | None = prop()
    authUsersAlwaysGrantedAllPermissions: Flag | None = prop()
    allowPermissionAndOwnershipChanges: Flag | None = prop()
    appendEnabled: Flag | None = prop()
    atimeSynchronizationEnabled: Flag | None = prop()
    authMinimumPermissions: MinimumPermissions | None = prop(item="permission")
    creationTime: Text | None = read_only()
    customMetadataIndexingEnabled: Flag | None = prop()
    customMetadataValidationEnabled: Flag | None = prop()
    description: Description | None = prop()
    directoryUsage: DirectoryUsage | None = prop()
    dpl: Text | None = prop(put=Use.IGNORED, post=Use.IGNORED)
    enterpriseMode: Flag | None = prop()
    allowErasureCoding: Flag | None = prop()
    fullyQualifiedName: Text | None = read_only()
    hardQuota: HardQuota | None = prop()
    hashScheme: HashScheme | None = prop(post=Use.NO, get=Shown.VERBOSE)
    indexingDefault: Flag | None = prop()
    indexingEnabled: Flag | None = prop()
    isDplDynamic: Flag | None = read_only()
    mqeIndexingTimestamp: Text | None = read_only()
    multipartUploadAutoAbortDays: AutoAbortDays | None = prop()
    name: HostLabel | None = prop(put=Use.REQUIRED)
    optimizedFor: OptimizedFor | None = prop()
    owner: Text | None = prop()
    ownerType: OwnerType | None = prop()
    readFromReplica: Flag | None = prop()
    replicationEnabled: Flag | None = prop()
    replicationTimestamp: Text | None = read_only()
    retentionType: RetentionType | None = prop()
    searchEnabled: Flag | None = prop()
    servicePlan: Text | None = prop()
    serviceRemoteSystemRequests: Flag | None = prop()
    softQuota: Percent10To95 | None = prop()
    s3UnversionedOverwrite: Flag | None = prop()
    tags: Tags | None = prop(item="tag")
    id: Text | None = read_only()
    authAndAnonymousMinimumPermissions: MinimumPermissions | None = prop(item="permission")
    versioningSettings: VersioningSettings | None = prop(post=Use.NO, get=Shown.NEVER)


class NamespaceDefaults(DataType):
    description: Description | None = prop()
    directoryUsage: DirectoryUsageDefault | None = prop()
    dpl: Text | None = prop(put=Use.IGNORED, post=Use.IGNORED)
    effectiveDpl: Text | None = read_only()
    enterpriseMode: Flag | None = prop()
    allowErasureCoding: Flag | None = prop()
    hardQuota: HardQuota | None = prop()
    hashScheme: HashScheme | None = prop()
    multipartUploadAutoAbortDays: AutoAbortDays | None = prop()
    optimizedFor: OptimizedForDefault | None = prop()
    replicationEnabled: Flag | None = prop()
    retentionType: RetentionType | None = prop()
    s3UnversionedOverwrite: Flag | None = prop()
    searchEnabled: Flag | None = prop()
    servicePlan: Text | None = prop()
    softQuota: Percent10To95 | None = prop()
    versioningSettings: DefaultVersioning | None = prop()
