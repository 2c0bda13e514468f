"""Two values of every option of every kind, and the system that they fit."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from support.hcp import GROUP_SID, seed


class Sample(NamedTuple):
    """Two values of an option, with what else a task needs to set them."""

    first: Any
    second: Any
    sent_along: Mapping[str, Any] = MappingProxyType({})
    confirm: tuple[str, ...] = ()
    fixed: bool = False


SWITCH = Sample(False, True)
UNSET = Sample(True, False)
FOR_ALL = {"optimized_for": "ALL", "allow_erasure_coding": False}
FILES = Sample(False, True, FOR_ALL)
SEARCH = {"search_enabled": True, "indexing_enabled": True}
METADATA = {**SEARCH, "custom_metadata_indexing_enabled": True}
VERSIONS = {"versioning": {"enabled": True}}
MINIMUM = Sample(["READ"], ["BROWSE", "WRITE", "WRITE_ACL"])
ALLOWED = Sample(
    {"allow_addresses": ["10.0.0.0/8"]}, {"allow_addresses": ["192.0.2.7", "10.0.0.0/255.0.0.0"]}
)


IP_SETTINGS = Sample(
    {"allow_addresses": ["10.0.0.0/8"], "allow_if_in_both_lists": False},
    {"deny_addresses": ["10.9.9.9"], "allow_if_in_both_lists": True},
)
CORS = Sample(
    [{"allowed_origins": ["*"], "allowed_methods": ["GET"]}],
    [
        {
            "id": "viewer",
            "allowed_origins": ["https://a.example", "https://b.example"],
            "allowed_methods": ["PUT", "HEAD"],
            "allowed_headers": ["*"],
            "expose_headers": ["ETag"],
            "max_age_seconds": 60,
        }
    ],
)


ROLES = Sample(["MONITOR"], ["COMPLIANCE", "SECURITY"])
GRANTS = Sample(
    [{"namespace": "data", "permissions": ["READ"]}],
    [{"namespace": "data", "permissions": ["CHOWN", "PURGE", "READ_ACL"]}],
)


def feature(name: str) -> Sample:
    return Sample(False, True, confirm=(name,))


OF_TENANTS = {
    "system_visible_description": Sample("one", "two"),
    "hard_quota": Sample("5 TB", "5.5 TB"),
    "soft_quota": Sample(0, 100),
    "namespace_quota": Sample("5", "None"),
    "authentication_types": Sample(["LOCAL"], ["EXTERNAL", "LOCAL"]),
    "compliance_configuration_enabled": feature("compliance_configuration_enabled"),
    "versioning_configuration_enabled": feature("versioning_configuration_enabled"),
    "search_configuration_enabled": feature("search_configuration_enabled"),
    "replication_configuration_enabled": feature("replication_configuration_enabled"),
    "erasure_coding_selection_enabled": Sample(
        False,
        True,
        {"replication_configuration_enabled": True},
        confirm=("erasure_coding_selection_enabled",),
    ),
    "service_plan_selection_enabled": feature("service_plan_selection_enabled"),
    "service_plan": Sample("Gold", "Silver"),
    "tags": Sample(["one"], ["two", "three"]),
    "data_network": Sample("[hcp_system]", "backup"),
    "management_network": Sample("[hcp_system]", "backup"),
    "administration_allowed": SWITCH,
    "max_namespaces_per_user": Sample(5, 10000),
    "snmp_logging_enabled": SWITCH,
    "syslog_logging_enabled": SWITCH,
    "tenant_visible_description": Sample("one", ""),
    **{
        f"contact_info.{name}": Sample("one", "")
        for name in (
            "first_name",
            "last_name",
            "extension",
            "address1",
            "address2",
            "city",
            "state",
            "zip_or_postal_code",
            "country_or_region",
        )
    },
    "contact_info.email_address": Sample("ops@lab.example", ""),
    "contact_info.primary_phone": Sample("+46 46 000 00 00", ""),
    "email_notification.enabled": SWITCH,
    "email_notification.email_template": Sample(
        {"from": "hcp@lab.example", "subject": "$id"},
        {"from": "hcp@lab.example", "subject": "$severity", "body": "$fullText"},
    ),
    "email_notification.recipients": Sample(
        [{"addresses": ["ops@lab.example"]}],
        [
            {
                "addresses": ["sec@lab.example", "ops@lab.example"],
                "importance": "ALL",
                "severity": "NOTICE",
                "types": ["SECURITY", "COMPLIANCE"],
            },
            {"addresses": ["all@lab.example"]},
        ],
    ),
    "console_security.minimum_password_length": Sample(2, 64),
    "console_security.password_combination": SWITCH,
    "console_security.upper_case_letter_count": Sample(0, 2),
    "console_security.lower_case_letter_count": Sample(0, 2),
    "console_security.numeric_character_count": Sample(0, 2),
    "console_security.special_character_count": Sample(0, 2),
    "console_security.password_contains_username": UNSET,
    "console_security.block_common_password": SWITCH,
    "console_security.block_password_reuse": SWITCH,
    "console_security.password_reuse_depth": Sample(0, 4),
    "console_security.force_password_change_days": Sample(0, 999999),
    "console_security.disable_after_attempts": Sample(0, 999),
    "console_security.disable_after_inactive_days": Sample(0, 999),
    "console_security.automatic_user_account_unlock_setting": SWITCH,
    "console_security.automatic_user_account_unlock_duration": Sample(0, 999),
    "console_security.cool_down_period_settings": SWITCH,
    "console_security.cool_down_period_duration": Sample(0, 999),
    "console_security.logout_on_inactive": Sample(0, 999),
    "console_security.login_message": Sample("Authorised use only", ""),
    "console_security.ip_settings": IP_SETTINGS,
    "search_security.ip_settings": IP_SETTINGS,
    "namespace_defaults.description": Sample("one", ""),
    "namespace_defaults.hard_quota": Sample("1 GB", "1.5 TB"),
    "namespace_defaults.soft_quota": Sample(10, 95),
    "namespace_defaults.hash_scheme": Sample("MD5", "SHA-512"),
    "namespace_defaults.enterprise_mode": UNSET,
    "namespace_defaults.retention_type": Sample("HCP", "S3"),
    "namespace_defaults.optimized_for": Sample("ALL", "DEFAULT"),
    "namespace_defaults.directory_usage": Sample("Unbalanced", "Default"),
    "namespace_defaults.service_plan": Sample("Gold", "Silver"),
    "namespace_defaults.multipart_upload_auto_abort_days": Sample(0, 180),
    "namespace_defaults.s3_unversioned_overwrite": SWITCH,
    "namespace_defaults.search_enabled": SWITCH,
    "namespace_defaults.replication_enabled": SWITCH,
    "namespace_defaults.allow_erasure_coding": Sample(
        False, True, {"namespace_defaults": {"optimized_for": "CLOUD"}}
    ),
    "namespace_defaults.versioning": Sample(
        {"enabled": False},
        {"enabled": True, "prune": True, "prune_days": 5, "use_delete_markers": True},
    ),
    "permission_mask": Sample(["PURGE", "SEARCH"], []),
    "cors": CORS,
}
OF_USERS = {
    "full_name": Sample("One", "Two"),
    "description": Sample("one", ""),
    "enabled": UNSET,
    "force_password_change": Sample(True, False),
    "local_authentication": Sample(True, None, fixed=True),
    "roles": ROLES,
    "allow_namespace_management": SWITCH,
    "data_access_permissions": GRANTS,
}
OF_GROUPS = {
    "external_group_id": Sample(GROUP_SID, None, fixed=True),
    "roles": ROLES,
    "allow_namespace_management": SWITCH,
    "data_access_permissions": GRANTS,
}
OF_CONTENT_CLASSES = {
    "content_properties": Sample(
        [{"name": "box", "expression": "/box", "type": "INTEGER", "format": "#,##0"}],
        [
            {"name": "sender", "expression": "@mail:/from", "type": "STRING", "multivalued": True},
            {"name": "Box", "expression": "/box", "type": "FULLTEXT"},
        ],
    ),
    "namespaces": Sample(["searched"], []),
}
OF_NAMESPACES = {
    "description": Sample("one", ""),
    "hard_quota": Sample("50 GB", "1.5 TB"),
    "soft_quota": Sample(10, 95),
    "tags": Sample(["one", "two words"], []),
    "owner": Sample("storage-admin", ""),
    "owner_type": Sample("LOCAL", None, {"owner": "storage-admin"}, fixed=True),
    "hash_scheme": Sample("RIPEMD-160", None, fixed=True),
    "enterprise_mode": Sample(True, False, confirm=("enterprise_mode",)),
    "retention_type": Sample("HCP", "S3", confirm=("retention_type",)),
    "optimized_for": Sample("CLOUD", "ALL", {"allow_erasure_coding": False}),
    # Whether it can be changed later is unconfirmed, and the mock says no.
    "directory_usage": Sample("Unbalanced", None, fixed=True),
    "service_plan": Sample("Gold", "Silver"),
    "acls_usage": Sample("NOT_ENABLED", "NOT_ENFORCED", confirm=("acls_usage",)),
    "auth_minimum_permissions": MINIMUM,
    "auth_and_anonymous_minimum_permissions": MINIMUM,
    "auth_users_always_granted_all_permissions": UNSET,
    "allow_permission_and_ownership_changes": SWITCH,
    "append_enabled": SWITCH,
    "atime_synchronization_enabled": SWITCH,
    "s3_unversioned_overwrite": SWITCH,
    "multipart_upload_auto_abort_days": Sample(0, 180),
    "search_enabled": SWITCH,
    "indexing_enabled": Sample(False, True, {"search_enabled": True}),
    "indexing_default": UNSET,
    "custom_metadata_indexing_enabled": Sample(False, True, SEARCH),
    "custom_metadata_validation_enabled": SWITCH,
    "replication_enabled": SWITCH,
    "read_from_replica": Sample(False, True, {"replication_enabled": True}),
    "service_remote_system_requests": UNSET,
    "allow_erasure_coding": Sample(
        False, True, {"optimized_for": "CLOUD", "replication_enabled": True}
    ),
    "versioning.enabled": SWITCH,
    "versioning.prune": Sample(False, True, VERSIONS),
    "versioning.prune_days": Sample(0, 36500, VERSIONS),
    "versioning.keep_deletion_records": UNSET,
    "versioning.use_delete_markers": Sample(False, True, confirm=("use_delete_markers",)),
    "compliance.retention_default": Sample("A+7y+1d", "2030-01-01T00:00:00+0100"),
    "compliance.minimum_retention_after_initial_unspecified": Sample(
        "1y", "A+1y+6M", confirm=("minimum_retention_after_initial_unspecified",)
    ),
    "compliance.shredding_default": SWITCH,
    "compliance.custom_metadata_changes": Sample("ALL", "NONE"),
    "compliance.disposition_enabled": SWITCH,
    "permission_mask": Sample(["PURGE", "SEARCH"], []),
    "http.http_enabled": SWITCH,
    "http.https_enabled": UNSET,
    "http.rest_enabled": UNSET,
    "http.rest_requires_authentication": UNSET,
    "http.hs3_enabled": Sample(False, True, {"acls_usage": "ENFORCED"}),
    "http.hs3_requires_authentication": UNSET,
    "http.http_active_directory_sso_enabled": UNSET,
    "http.webdav_enabled": FILES,
    "http.webdav_custom_metadata": SWITCH,
    "http.webdav_basic_auth_enabled": Sample(
        False,
        True,
        {"http": {"webdav_basic_auth_username": "dav", "webdav_basic_auth_password": "Dav-Pass-1"}},
    ),
    "http.webdav_basic_auth_username": Sample(
        "one", "two", {"http": {"webdav_basic_auth_password": "Dav-Pass-1"}}
    ),
    "http.ip_settings": IP_SETTINGS,
    "cifs.enabled": Sample(False, True, {**FOR_ALL, "cifs": {"requires_authentication": False}}),
    "cifs.requires_authentication": UNSET,
    "cifs.case_sensitive": UNSET,
    "cifs.case_forcing": Sample("UPPER", "LOWER"),
    "cifs.ip_settings": ALLOWED,
    "nfs.enabled": FILES,
    "nfs.uid": Sample(0, 500),
    "nfs.gid": Sample(0, 500),
    "nfs.ip_settings": ALLOWED,
    "smtp.enabled": FILES,
    "smtp.email_format": Sample(".eml", ".mbox"),
    "smtp.email_location": Sample("/mail/", "/mail/in/"),
    "smtp.separate_attachments": SWITCH,
    "smtp.ip_settings": ALLOWED,
    "custom_metadata_indexing.content_classes": Sample(["Scans"], ["Letters", "Scans"], METADATA),
    "custom_metadata_indexing.full_indexing_enabled": Sample(False, True, METADATA),
    "custom_metadata_indexing.excluded_annotations": Sample(["tmp*", "notes"], [], METADATA),
    "replication_collision.action": Sample("MOVE", "RENAME"),
    "replication_collision.delete_enabled": Sample(
        True, False, {"replication_collision": {"delete_days": 5}}
    ),
    "replication_collision.delete_days": Sample(
        0, 36500, {"replication_collision": {"delete_enabled": True}}
    ),
    "cors": CORS,
}
OF_BUCKETS = {
    "versioning": SWITCH,
    "namespace.description": Sample("one", ""),
}
OF_NETWORK = {"downstream_dns_mode": Sample("ADVANCED", "BASIC")}
ALWAYS = {"time": "Sun:00", "performance_level": "HIGH"}
OF_REPLICATION_LINKS = {
    "type": Sample("ACTIVE_ACTIVE", "INBOUND", fixed=True),
    "description": Sample("one", ""),
    "connection": Sample(
        {"remote_host": "replication.hcp2.example.com", "remote_port": 5749},
        {"remote_host": "10.1.1.2,10.1.1.1", "local_host": "10.1.1.9", "local_port": 5750},
    ),
    "compression": UNSET,
    "encryption": UNSET,
    "priority": Sample("FAIR", "OLDEST_FIRST"),
    "failover_settings": Sample(
        {"local": {"auto_failover": True, "auto_failover_minutes": 7}},
        {"local": {"auto_failover": False}, "remote": {"auto_failover_minutes": 9999}},
    ),
    "schedule.local": Sample(
        {"schedule_override": "LOW"},
        {"transitions": [ALWAYS, {"time": "Mon:07", "performance_level": "OFF"}]},
    ),
    "schedule.remote": Sample({"transitions": [ALWAYS]}, {"schedule_override": "CUSTOM"}),
    "tenants": Sample(["research"], ["archive"]),
    "default_namespace_directories": Sample(["scans"], ["Mail"]),
    "chained_links": Sample(["west"], ["north"], {"type": "OUTBOUND"}),
    "suspended": UNSET,
}
SYSTEMS = (
    ["hcp.example.com", "hcp3.example.com"],
    ["HCP4.example.com", "hcp.example.com"],
    ["hcp3.example.com", "hcp4.example.com"],
)
WEB = [{"name": "berlin-paris"}, {"name": "berlin-rome"}, {"name": "paris-rome"}]
OF_EC_TOPOLOGIES = {
    "type": Sample("FULLY_CONNECTED", None, fixed=True),
    "replication_links": Sample(
        [{**link, "hcp_systems": systems} for link, systems in zip(WEB, SYSTEMS, strict=True)],
        None,
        fixed=True,
    ),
    "description": Sample("one", ""),
    "erasure_coding_delay": Sample(3650, 0),
    "full_copy": UNSET,
    "minimum_object_size": Sample(1048576, 4096),
    "restore_period": Sample(180, 0),
    "tenants": Sample(["research"], ["archive"]),
    "retired": Sample(False, True, confirm=("retired",)),
}
OF_REPLICATION_SERVICE = {
    "allow_tenants_to_monitor_namespaces": UNSET,
    "connectivity_timeout_seconds": Sample(0, 60),
    "enable_dns_failover": UNSET,
    "network": Sample("backup", "[hcp_system]"),
    "verification": Sample("ON", "ONCE"),
}
OF_RETENTION_CLASSES = {
    "value": Sample("A+7y", "A+8y+1d", confirm=("value",)),
    "description": Sample("one", ""),
    "allow_disposition": SWITCH,
}


def with_option(option: str, value: Any, sent_along: Mapping[str, Any]) -> dict[str, Any]:
    head, dot, tail = option.partition(".")
    if not dot:
        return {**sent_along, head: value}
    return {**sent_along, head: {**sent_along.get(head, {}), tail: value}}


def start() -> dict[str, Any]:
    return seed(
        contentClasses=[{"name": "Scans"}, {"name": "Letters"}],
        namespaces=[{"name": "data"}, {"name": "searched", "searchEnabled": True}],
    )


def for_links() -> dict[str, Any]:
    """What the samples of links put on them."""
    connection = {"remoteHost": "replication.hcp3.example.com"}
    inbound = [
        {"name": name, "type": "INBOUND", "connection": connection} for name in ("west", "north")
    ]
    objects = {"scans/1": "x", "Mail/1": "x"}
    archive = {**seed()["tenants"][0], "name": "archive"}
    default = {"name": "Default", "namespaces": [{"name": "Default", "objects": objects}]}
    return {
        "system": {"defaultTenantAllowed": True, "links": inbound},
        "tenants": [archive, default],
    }


def for_topologies() -> dict[str, Any]:
    """Three systems with links between them, and a second tenant."""
    own = [
        {
            "name": name,
            "type": "ACTIVE_ACTIVE",
            "connection": {"remoteHost": f"replication.{system}"},
        }
        for name, system in (
            ("berlin-paris", "hcp3.example.com"),
            ("berlin-rome", "hcp4.example.com"),
        )
    ]
    distant = {"name": "paris-rome", "hcpSystems": ["hcp3.example.com", "hcp4.example.com"]}
    return {
        "system": {"links": own, "distantLinks": [distant]},
        "tenants": [{**seed()["tenants"][0], "name": "archive"}],
    }
