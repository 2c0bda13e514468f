# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tenants. Source: MAPI reference, resource ``tenants`` and data type ``tenant``.

Tenant-level accounts see and set a few settings of their own tenant; quotas, features and the other
things a tenant is given belong to system-level accounts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..schema.fields import Field, Struct, irreversible_switch
from ..schema.interface import SYSTEM, TENANT, Access, Options
from ..schema.resource import Resource
from ..values.choices import Boolean
from ..values.names import NameSet
from ..values.numbers import CountOrNone, Integer
from ..values.quota import Quota
from ..values.text import Secret, Text, account_name, host_label
from ..values.times import Timestamp
from .tenant_settings import TENANT_PARTS

KEPT = "it cannot be taken from a tenant again"

INITIAL_USER = Struct(
    Field("username", "username", account_name(), required=True),
    Field("password", "password", Secret(), required=True),
    Field("force_password_change", "forcePasswordChange", Boolean()),
)


def first_account(options: Options) -> Mapping[str, str]:
    """The query parameters that give a new tenant its first account."""
    user = options.get("initial_user")
    if user is None:
        return {"initialSecurityGroup": options["initial_security_group"]}
    forced = "true" if user.get("force_password_change") else "false"
    return {
        "username": user["username"],
        "password": user["password"],
        "forcePasswordChange": forced,
    }


def created_with(options: Options) -> Mapping[str, Mapping[str, Any]]:
    """The first account, as HCP makes it."""
    roles = {"roles": ["SECURITY"], "allow_namespace_management": False}
    user = options.get("initial_user")
    if user is None:
        return {"groups": {str(options.get("initial_security_group")): roles}}
    account = {
        "full_name": user["username"],
        "enabled": True,
        "local_authentication": True,
        "force_password_change": bool(user.get("force_password_change")),
    }
    return {"users": {user["username"]: {**account, **roles}}}


def lacks_account(options: Options) -> str | None:
    """Return what the options lack for a creation: HCP requires an administrator."""
    if options.get("initial_user") is None and not options.get("initial_security_group"):
        return "it needs a first account; give initial_user or initial_security_group."
    return None


def usable_account(options: Options) -> str | None:
    """Return why the options of the initial user are invalid, as a sentence."""
    user = options.get("initial_user")
    if user is None:
        return None
    problem = INITIAL_USER.check(user)
    if not user.get("password"):
        problem = "needs a password"
    return f"initial_user {problem}." if problem else None


def somebody_authenticates(options: Options) -> str | None:
    """HCP takes any set of ways to authenticate, except none and RADIUS alone."""
    if options.get("authentication_types") in ([], ["RADIUS"]):
        return "authentication_types needs LOCAL or EXTERNAL in it."
    return None


def feature(option: str, wire: str, final: bool = True) -> Field:
    """A switch with which a system-level account gives a tenant a feature.

    ``final``: it is documented that HCP does not let it be taken back. Where that is unconfirmed it
    is left to HCP.
    """
    irreversible = irreversible_switch(KEPT, final)
    return Field(
        option, wire, Boolean(), level=SYSTEM, when_absent=False, irreversible=irreversible
    )


TENANTS = Resource(
    kind="tenant",
    plural="tenants",
    collection="/tenants",
    key=Field("name", "name", host_label(), required=True),
    level=SYSTEM,
    access=Access(("MONITOR", "ADMINISTRATOR"), ("ADMINISTRATOR",)),
    deletion_loss="removes its settings, accounts and chargeback data for good",
    deletion_hint="HCP deletes only tenants without namespaces: delete those first.",
    extras={
        "initial_user": INITIAL_USER.argument(),
        "initial_security_group": {"type": "str"},
    },
    exclusive=(("initial_user", "initial_security_group"),),
    rules=(usable_account, somebody_authenticates),
    creation_query=first_account,
    creation_problem=lacks_account,
    created_with=created_with,
    filters={"name_prefix": "name", "tag": "tag"},
    rank=10,
    read_only=(
        ("id", "id", None),
        ("creationTime", "creation_time", Timestamp()),
        ("fullyQualifiedName", "fully_qualified_name", None),
    ),
    item=Struct(
        Field("system_visible_description", "systemVisibleDescription", Text(), level=SYSTEM),
        Field("hard_quota", "hardQuota", Quota(), level=SYSTEM),
        Field("soft_quota", "softQuota", Integer(0, 100, "percent"), level=SYSTEM),
        Field("namespace_quota", "namespaceQuota", CountOrNone(), level=SYSTEM),
        Field(
            "authentication_types",
            "authenticationTypes",
            NameSet("authenticationType", choices=("LOCAL", "RADIUS", "EXTERNAL")),
            level=SYSTEM,
        ),
        feature("compliance_configuration_enabled", "complianceConfigurationEnabled"),
        feature("versioning_configuration_enabled", "versioningConfigurationEnabled", final=False),
        feature("search_configuration_enabled", "searchConfigurationEnabled"),
        feature("replication_configuration_enabled", "replicationConfigurationEnabled"),
        feature("erasure_coding_selection_enabled", "erasureCodingSelectionEnabled", final=False),
        feature("service_plan_selection_enabled", "servicePlanSelectionEnabled"),
        Field("service_plan", "servicePlan", Text(64, 1), level=SYSTEM),
        Field("tags", "tags", NameSet("tag", forbidden=","), level=SYSTEM),
        Field("data_network", "dataNetwork", Text(64, 1), level=SYSTEM),
        Field("management_network", "managementNetwork", Text(64, 1), level=SYSTEM),
        Field(
            "administration_allowed",
            "administrationAllowed",
            Boolean(),
            on_create=False,
            level=TENANT,
        ),
        Field(
            "max_namespaces_per_user",
            "maxNamespacesPerUser",
            Integer(0, 10000),
            on_create=False,
            level=TENANT,
        ),
        Field(
            "snmp_logging_enabled", "snmpLoggingEnabled", Boolean(), on_create=False, level=TENANT
        ),
        Field(
            "syslog_logging_enabled",
            "syslogLoggingEnabled",
            Boolean(),
            on_create=False,
            level=TENANT,
        ),
        Field(
            "tenant_visible_description",
            "tenantVisibleDescription",
            Text(),
            on_create=False,
            level=TENANT,
        ),
    ),
    parts=TENANT_PARTS,
)
