# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Namespaces. Source: MAPI reference, ``namespaces`` and the resources and data types below it."""

from __future__ import annotations

from typing import Any

from ..schema.context import Context
from ..schema.fields import Field, Irreversible, Struct, irreversible_switch
from ..schema.interface import Access, Change, Options
from ..schema.part import Part
from ..schema.resource import Resource
from ..values.choices import Boolean, Choice
from ..values.cors import CorsRules
from ..values.names import Addresses, CommaList, NameSet
from ..values.numbers import Integer
from ..values.permissions import MASK_PERMISSIONS, MINIMUM_PERMISSIONS
from ..values.quota import Quota
from ..values.retention import MinimumRetention, Retention
from ..values.text import Secret, Text, host_label, optional_account_name
from ..values.times import Timestamp

ADMINISTERED = Access(("MONITOR", "ADMINISTRATOR"), ("ADMINISTRATOR",))
MINIMUM_RETENTION = MinimumRetention()

ALLOW = Field("allow_addresses", "allowAddresses", Addresses())
DENY = Field("deny_addresses", "denyAddresses", Addresses())
BOTH = Field("allow_if_in_both_lists", "allowIfInBothLists", Boolean())
IP_SETTINGS = Field("ip_settings", "ipSettings", Struct(ALLOW, DENY, BOTH))
HASH_SCHEMES = ("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512", "RIPEMD-160")


class HttpPart(Part):
    """HTTP, REST, S3 and WebDAV. HCP never shows the WebDAV password."""

    def change(self, task: Context, wanted: Any, current: Any) -> Change | None:
        if wanted.get("webdav_basic_auth_username") == "":
            # MAPI removes user and password only together.
            wanted = dict(wanted, webdav_basic_auth_password="")
        reset = task.options.get("update_webdav_password") == "always"
        also = (
            ("webdav_basic_auth_password",)
            if reset and wanted.get("webdav_basic_auth_password")
            else ()
        )
        return self.delta(HTTP, wanted, current or {}, also)


def webdav_pair(options: Options) -> str | None:
    """MAPI takes a WebDAV user only with its password."""
    http = options.get("http") or {}
    if http.get("webdav_basic_auth_password") and "webdav_basic_auth_username" not in http:
        return "http.webdav_basic_auth_password needs http.webdav_basic_auth_username with it."
    return None


def owner_pair(options: Options) -> str | None:
    """MAPI takes the kind of an owner only with the owner."""
    if options.get("owner_type") and options.get("owner") is None:
        return "owner_type needs owner with it."
    return None


def raises_minimum(current: Any, wanted: Any) -> bool:
    """Whether a minimum retention becomes longer in any of its units."""
    nothing = (0, 0, 0)
    before = MINIMUM_RETENTION.normalized(current) if current else nothing
    after = MINIMUM_RETENTION.normalized(wanted) or nothing
    return any(new > old for old, new in zip(before or nothing, after))


ACLS = Irreversible(
    is_change=lambda current, wanted: wanted != "NOT_ENABLED" and current in (None, "NOT_ENABLED"),
    is_reversal=lambda current, wanted: (
        current not in (None, "NOT_ENABLED") and wanted == "NOT_ENABLED"
    ),
    why="ACLs that were once enabled cannot be disabled",
)
COMPLIANCE_MODE = Irreversible(
    is_change=lambda current, wanted: wanted is False and current is not False,
    is_reversal=lambda current, wanted: current is False and wanted is True,
    why=(
        "a namespace in compliance mode never returns to enterprise mode, and nobody can delete"
        " objects under retention in it"
    ),
    at_creation=True,
)
OBJECT_LOCK = Irreversible(
    is_change=lambda current, wanted: wanted == "S3" and current != "S3",
    why=(
        "it turns on versioning, delete markers and cloud optimisation, and no way back is"
        " documented"
    ),
)
SEARCH_OFF = Irreversible(
    is_change=lambda current, wanted: current is True and wanted is False,
    why=("it discards the search index, the excluded annotations and the links to content classes"),
)
# Whether HCP refuses to turn them off, or only the markers stay, is not documented.
DELETE_MARKERS = irreversible_switch("delete markers cannot be turned off again", final=False)


def ineffective(merged: Options) -> tuple[str, ...]:
    """Return the options that have no effect in a namespace."""
    found = ["owner_type"] if merged.get("owner") == "" else []
    if merged.get("allow_erasure_coding") and not merged.get("replication_enabled"):
        # HCP takes it but does not show it, so it would differ every time.
        found.append("allow_erasure_coding")
    return tuple(found)


ITEM = Struct(
    Field("description", "description", Text()),
    Field("hard_quota", "hardQuota", Quota()),
    Field("soft_quota", "softQuota", Integer(10, 95, "percent")),
    Field("tags", "tags", NameSet("tag", forbidden=",")),
    Field("owner", "owner", optional_account_name(), sent_along=("owner_type",)),
    Field("owner_type", "ownerType", Choice("LOCAL", "EXTERNAL"), requires=("owner",)),
    Field(
        "hash_scheme",
        "hashScheme",
        Choice(*HASH_SCHEMES),
        on_update=False,
    ),
    Field("enterprise_mode", "enterpriseMode", Boolean(), irreversible=COMPLIANCE_MODE),
    Field("retention_type", "retentionType", Choice("HCP", "S3"), irreversible=OBJECT_LOCK),
    Field("optimized_for", "optimizedFor", Choice("CLOUD", "ALL")),
    Field("directory_usage", "directoryUsage", Choice("Balanced", "Unbalanced")),
    Field("service_plan", "servicePlan", Text(64, 1)),
    Field(
        "acls_usage",
        "aclsUsage",
        Choice("NOT_ENABLED", "ENFORCED", "NOT_ENFORCED"),
        irreversible=ACLS,
    ),
    Field("auth_minimum_permissions", "authMinimumPermissions", MINIMUM_PERMISSIONS),
    Field(
        "auth_and_anonymous_minimum_permissions",
        "authAndAnonymousMinimumPermissions",
        MINIMUM_PERMISSIONS,
    ),
    Field(
        "auth_users_always_granted_all_permissions",
        "authUsersAlwaysGrantedAllPermissions",
        Boolean(),
    ),
    Field(
        "allow_permission_and_ownership_changes", "allowPermissionAndOwnershipChanges", Boolean()
    ),
    Field("append_enabled", "appendEnabled", Boolean()),
    Field("atime_synchronization_enabled", "atimeSynchronizationEnabled", Boolean()),
    Field("s3_unversioned_overwrite", "s3UnversionedOverwrite", Boolean()),
    Field(
        "multipart_upload_auto_abort_days",
        "multipartUploadAutoAbortDays",
        Integer(0, 180, "days"),
    ),
    Field("search_enabled", "searchEnabled", Boolean(), when_absent=False, irreversible=SEARCH_OFF),
    Field("indexing_enabled", "indexingEnabled", Boolean(), when_absent=False),
    Field("indexing_default", "indexingDefault", Boolean()),
    Field(
        "custom_metadata_indexing_enabled",
        "customMetadataIndexingEnabled",
        Boolean(),
        when_absent=False,
    ),
    Field("custom_metadata_validation_enabled", "customMetadataValidationEnabled", Boolean()),
    Field(
        "replication_enabled",
        "replicationEnabled",
        Boolean(),
        when_absent=False,
        refused_without_feature=True,
    ),
    Field(
        "read_from_replica",
        "readFromReplica",
        Boolean(),
        when_absent=False,
        refused_without_feature=True,
    ),
    Field("service_remote_system_requests", "serviceRemoteSystemRequests", Boolean()),
    Field(
        "allow_erasure_coding",
        "allowErasureCoding",
        Boolean(),
        when_absent=False,
        refused_without_feature=True,
    ),
    ineffective=ineffective,
)

VERSIONING = Struct(
    Field("enabled", "enabled", Boolean()),
    Field("prune", "prune", Boolean(), requires=("prune_days",)),
    Field("prune_days", "pruneDays", Integer(0, 36500, "days")),
    Field("keep_deletion_records", "keepDeletionRecords", Boolean()),
    Field("use_delete_markers", "useDeleteMarkers", Boolean(), irreversible=DELETE_MARKERS),
)
COMPLIANCE = Struct(
    Field("retention_default", "retentionDefault", Retention()),
    Field(
        "minimum_retention_after_initial_unspecified",
        "minimumRetentionAfterInitialUnspecified",
        MINIMUM_RETENTION,
        irreversible=Irreversible(
            raises_minimum, "in compliance mode it can be made longer only", at_creation=True
        ),
    ),
    Field("shredding_default", "shreddingDefault", Boolean()),
    Field("custom_metadata_changes", "customMetadataChanges", Choice("ADD", "ALL", "NONE")),
    Field("disposition_enabled", "dispositionEnabled", Boolean()),
)
HTTP = Struct(
    Field("http_enabled", "httpEnabled", Boolean()),
    Field("https_enabled", "httpsEnabled", Boolean()),
    Field("rest_enabled", "restEnabled", Boolean()),
    Field("rest_requires_authentication", "restRequiresAuthentication", Boolean()),
    Field("hs3_enabled", "hs3Enabled", Boolean()),
    Field("hs3_requires_authentication", "hs3RequiresAuthentication", Boolean()),
    Field("http_active_directory_sso_enabled", "httpActiveDirectorySSOEnabled", Boolean()),
    Field("webdav_enabled", "webdavEnabled", Boolean()),
    Field("webdav_custom_metadata", "webdavCustomMetadata", Boolean()),
    Field("webdav_basic_auth_enabled", "webdavBasicAuthEnabled", Boolean()),
    Field(
        "webdav_basic_auth_username",
        "webdavBasicAuthUsername",
        optional_account_name(),
        requires=("webdav_basic_auth_password",),
    ),
    Field(
        "webdav_basic_auth_password",
        "webdavBasicAuthPassword",
        Secret(),
        requires=("webdav_basic_auth_username",),
    ),
    IP_SETTINGS,
)
CIFS = Struct(
    Field("enabled", "enabled", Boolean()),
    Field("requires_authentication", "requiresAuthentication", Boolean()),
    Field("case_sensitive", "caseSensitive", Boolean()),
    Field("case_forcing", "caseForcing", Choice("UPPER", "LOWER", "DISABLED")),
    Field("ip_settings", "ipSettings", Struct(ALLOW, DENY)),
)
NFS = Struct(
    Field("enabled", "enabled", Boolean()),
    Field("uid", "uid", Integer(0, 2**31 - 1)),
    Field("gid", "gid", Integer(0, 2**31 - 1)),
    Field("ip_settings", "ipSettings", Struct(ALLOW)),
)
SMTP = Struct(
    Field("enabled", "enabled", Boolean()),
    Field("email_format", "emailFormat", Choice(".eml", ".mbox")),
    Field(
        "email_location",
        "emailLocation",
        Text(1024, 1, r"^/(?:.*/)?\Z", "a directory that starts and ends with /"),
    ),
    Field("separate_attachments", "separateAttachments", Boolean()),
    Field("ip_settings", "ipSettings", Struct(ALLOW, DENY)),
)
METADATA_INDEXING = Struct(
    Field("content_classes", "contentClasses", NameSet("name", match_case=True)),
    Field(
        "full_indexing_enabled",
        "fullIndexingEnabled",
        Boolean(),
        when_absent=False,
        refused_without_feature=True,
    ),
    Field("excluded_annotations", "excludedAnnotations", CommaList()),
)
COLLISION = Struct(
    Field("action", "action", Choice("MOVE", "RENAME")),
    Field("delete_enabled", "deleteEnabled", Boolean(), requires=("delete_days",)),
    Field("delete_days", "deleteDays", Integer(0, 36500, "days"), requires=("delete_enabled",)),
    ineffective=lambda merged: ("delete_days",) if merged.get("delete_enabled") is False else (),
)


CORS = Part("cors", "/cors", CorsRules(), ADMINISTERED, method="PUT", clear_method="DELETE")


def versioning_order(wanted: Any) -> int:
    """Versioning excludes CIFS, NFS, SMTP, WebDAV and appending: off before, on after them."""
    return -1 if wanted.get("enabled") is False else 1


NAMESPACES = Resource(
    kind="namespace",
    plural="namespaces",
    collection="/tenants/{tenant}/namespaces",
    parents=(Field("tenant", "tenant", host_label(), required=True),),
    key=Field("name", "name", host_label(), required=True),
    access=ADMINISTERED,
    rename_option="from_name",
    deletion_loss="removes its settings and chargeback data for good",
    deletion_hint=(
        "HCP deletes only namespaces without objects and old versions:"
        " delete those first, and wait for the end of their retention where there is one."
    ),
    filters={"name_prefix": "name", "tag": "tag"},
    rank=30,
    rules=(owner_pair, webdav_pair),
    extras={
        "update_webdav_password": {
            "type": "str",
            "choices": ["on_create", "always"],
            "default": "on_create",
            "no_log": False,
        },
    },
    read_only=(
        ("id", "id", None),
        ("creationTime", "creation_time", Timestamp()),
        ("fullyQualifiedName", "fully_qualified_name", None),
        ("mqeIndexingTimestamp", "mqe_indexing_timestamp", Timestamp()),
        ("replicationTimestamp", "replication_timestamp", Timestamp()),
    ),
    item=ITEM,
    parts=(
        Part("versioning", "/versioningSettings", VERSIONING, ADMINISTERED, order=versioning_order),
        Part(
            "compliance",
            "/complianceSettings",
            COMPLIANCE,
            Access(("MONITOR", "ADMINISTRATOR", "COMPLIANCE"), ("COMPLIANCE",)),
        ),
        Part("permission_mask", "/permissions", MASK_PERMISSIONS, ADMINISTERED),
        HttpPart("http", "/protocols/http", HTTP, ADMINISTERED),
        Part("cifs", "/protocols/cifs", CIFS, ADMINISTERED),
        Part("nfs", "/protocols/nfs", NFS, ADMINISTERED),
        Part("smtp", "/protocols/smtp", SMTP, ADMINISTERED),
        Part(
            "custom_metadata_indexing",
            "/customMetadataIndexingSettings",
            METADATA_INDEXING,
            ADMINISTERED,
            # Without search HCP has no such settings; how it says so is not documented.
            unavailable_statuses=(400, 403, 404, 405),
            # It speaks of content classes.
            rank=50,
        ),
        Part(
            "replication_collision",
            "/replicationCollisionSettings",
            COLLISION,
            ADMINISTERED,
        ),
        CORS,
    ),
)
