"""Tenants and available service plans.

MAPI reference: tenant (both account levels), availableServicePlan.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from ..base import (
    AnyCase,
    DataType,
    Description,
    Flag,
    HostLabel,
    Tags,
    Text,
    Use,
    Whole,
    prop,
    read_only,
)
from ..quota import HardQuota, NamespaceQuota

RESERVED_TENANT_NAMES = frozenset(
    {
        "admin",
        "cifs",
        "default",
        "fcfs",
        "nfs",
        "scavenging",
        "search",
        "search-api",
        "smb",
        "smtp",
        "snmp",
        "www",
    }
)

# What a tenant-level account may set ...
TENANT_LEVEL = frozenset(
    {
        "administrationAllowed",
        "maxNamespacesPerUser",
        "snmpLoggingEnabled",
        "syslogLoggingEnabled",
        "tenantVisibleDescription",
    }
)
# ... and what it additionally sees with verbose=true.
TENANT_LEVEL_VERBOSE = frozenset(
    {
        "authenticationTypes",
        "complianceConfigurationEnabled",
        "creationTime",
        "fullyQualifiedName",
        "hardQuota",
        "id",
        "name",
        "namespaceQuota",
        "replicationConfigurationEnabled",
        "searchConfigurationEnabled",
        "softQuota",
        "versioningConfigurationEnabled",
    }
)
READ_ONLY = frozenset({"creationTime", "fullyQualifiedName", "id"})
# The feature switches: once on, never off (for some of the six unconfirmed).
SWITCHES = (
    "complianceConfigurationEnabled",
    "erasureCodingSelectionEnabled",
    "replicationConfigurationEnabled",
    "searchConfigurationEnabled",
    "servicePlanSelectionEnabled",
    "versioningConfigurationEnabled",
)


class AuthenticationType(AnyCase):
    LOCAL = "LOCAL"
    RADIUS = "RADIUS"
    EXTERNAL = "EXTERNAL"


def _any_but_radius_alone(values: list[AuthenticationType]) -> list[AuthenticationType]:
    if not set(values) - {AuthenticationType.RADIUS}:
        raise ValueError("at least LOCAL or EXTERNAL is needed")
    return list(dict.fromkeys(values))


AuthenticationTypes = Annotated[list[AuthenticationType], AfterValidator(_any_but_radius_alone)]


class Tenant(DataType):
    administrationAllowed: Flag | None = prop(put=Use.NO)
    authenticationTypes: AuthenticationTypes | None = prop(item="authenticationType")
    complianceConfigurationEnabled: Flag | None = prop()
    creationTime: Text | None = read_only()
    dataNetwork: Text | None = prop()
    erasureCodingSelectionEnabled: Flag | None = prop()
    fullyQualifiedName: Text | None = read_only()
    hardQuota: HardQuota | None = prop()
    managementNetwork: Text | None = prop()
    maxNamespacesPerUser: Annotated[Whole, Field(ge=0, le=10000)] | None = prop(put=Use.NO)
    name: HostLabel | None = prop(put=Use.REQUIRED)
    namespaceQuota: NamespaceQuota | None = prop()
    replicationConfigurationEnabled: Flag | None = prop()
    snmpLoggingEnabled: Flag | None = prop(put=Use.NO)
    searchConfigurationEnabled: Flag | None = prop()
    servicePlan: Text | None = prop()
    servicePlanSelectionEnabled: Flag | None = prop()
    softQuota: Annotated[Whole, Field(ge=0, le=100)] | None = prop()
    syslogLoggingEnabled: Flag | None = prop(put=Use.NO)
    systemVisibleDescription: Description | None = prop()
    tags: Tags | None = prop(item="tag")
    tenantVisibleDescription: Description | None = prop(put=Use.NO)
    id: Text | None = read_only()
    versioningConfigurationEnabled: Flag | None = prop()

    def is_on(self, switch: str) -> bool:
        return bool(getattr(self, switch))


class AvailableServicePlan(DataType):
    name: Text | None = prop()
    description: Text | None = prop()
