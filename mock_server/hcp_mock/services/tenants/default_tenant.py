"""The default tenant and its one namespace, which only system-level accounts manage.

Internally it has all settings of other tenants, so that other services need no special case. Most
of them are never shown and cannot be set.

MAPI reference: tenants, tenant, namespace, complianceSettings, protocols (default tenant and
namespace).
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ...errors import bad_parameter, missing_parameter, not_settable
from ...models.base import DataType, overlay
from ...models.namespaces.namespace import HashScheme, Namespace
from ...models.namespaces.protocols import Protocols
from ...models.namespaces.retention import ComplianceSettings
from ...models.tenants.tenant import Tenant
from ...state.records import NamespaceRecord, TenantRecord
from ...state.world import World
from ..clock import Clock
from ..defaults.namespaces import new_namespace, new_namespace_settings
from ..defaults.tenants import new_tenant

NAME = "Default"
INITIAL_ACCOUNT = ("username", "password", "forcePasswordChange", "initialSecurityGroup")
_SETTABLE = frozenset(
    {
        "snmpLoggingEnabled",
        "syslogLoggingEnabled",
        "systemVisibleDescription",
        "tenantVisibleDescription",
    }
)
# The manual never shows the name; an appliance was seen to show it with verbose=true.
_VERBOSE = frozenset(
    {"creationTime", "dataNetwork", "fullyQualifiedName", "id", "managementNetwork"}
)
_NOT_OF_NAMESPACE = frozenset(
    {
        "aclsUsage",
        "allowErasureCoding",
        "allowPermissionAndOwnershipChanges",
        "appendEnabled",
        "atimeSynchronizationEnabled",
        "authAndAnonymousMinimumPermissions",
        "authMinimumPermissions",
        "authUsersAlwaysGrantedAllPermissions",
        "hardQuota",
        "indexingDefault",
        "multipartUploadAutoAbortDays",
        "optimizedFor",
        "owner",
        "ownerType",
        "replicationEnabled",
        "softQuota",
        "tags",
    }
)
_NOT_OF_COMPLIANCE = frozenset(
    {"minimumRetentionAfterInitialUnspecified", "retentionDefault", "shreddingDefault"}
)


@dataclass(frozen=True)
class DefaultNamespaceOptions:
    """The options of the default namespace, from the query of the creation."""

    enterprise: bool = True
    hash_scheme: HashScheme = HashScheme.SHA_256
    search: bool = False
    plan: str = "Default"


def parse_options(query: Mapping[str, str], world: World) -> DefaultNamespaceOptions:
    for name in INITIAL_ACCOUNT:
        if name in query:
            raise bad_parameter(name)
    for name in ("enterpriseMode", "hashScheme"):
        if name not in query:
            raise missing_parameter(name)
    try:
        scheme = HashScheme(query["hashScheme"])
    except ValueError:
        raise bad_parameter("hashScheme") from None
    plan = query.get("servicePlan", "Default")
    if plan not in world.service_plans:
        raise bad_parameter("servicePlan")
    true = {"true", "t", "1"}
    return DefaultNamespaceOptions(
        query["enterpriseMode"] in true, scheme, query.get("searchEnabled") in true, plan
    )


def new_default_tenant(
    world: World, clock: Clock, domain: str, body: Tenant, options: DefaultNamespaceOptions
) -> TenantRecord:
    """Create the tenant with its namespace."""
    settings = Tenant(
        name=NAME,
        administrationAllowed=True,
        complianceConfigurationEnabled=True,
        hardQuota="10000.00 TB",
        searchConfigurationEnabled=True,
        servicePlan=options.plan,
    )
    record = new_tenant(settings.changed_by(body, frozenset({"name"})), clock, domain)
    record.settings.id = "00000000-0000-0000-0000-000000000000"
    requested = Namespace(
        name=NAME,
        enterpriseMode=options.enterprise,
        hashScheme=options.hash_scheme,
        replicationEnabled=world.replication_supported,
        searchEnabled=options.search,
    )
    base = new_namespace_settings(record, world, requested).changed_by(requested)
    record.namespaces.put(NAME, new_namespace(base, record, clock))
    return record


def check_creation(body: Tenant) -> None:
    _refuse_others(body, _SETTABLE | {"name"})


def check_modification(body: Tenant) -> None:
    _refuse_others(body, _SETTABLE)


def _refuse_others(body: DataType, allowed: AbstractSet[str]) -> None:
    for name in body.given():
        if name not in allowed:
            raise not_settable(name)


def view(tenant: TenantRecord, verbose: bool) -> Tenant:
    shown = _SETTABLE | _VERBOSE if verbose else _SETTABLE
    return Tenant(**{name: getattr(tenant.settings, name) for name in shown})


def check_namespace(tenant: TenantRecord, namespace: NamespaceRecord, body: Namespace) -> None:
    """The namespace has fewer settings than others, and cannot be renamed."""
    if tenant.is_default:
        _refuse_others(body, Namespace.model_fields.keys() - _NOT_OF_NAMESPACE)
        if body.name not in (None, namespace.name):
            raise not_settable("name")


def hidden_of_namespace(tenant: TenantRecord) -> frozenset[str]:
    return _NOT_OF_NAMESPACE if tenant.is_default else frozenset()


def check_compliance(tenant: TenantRecord, body: ComplianceSettings) -> None:
    if tenant.is_default:
        _refuse_others(body, body.given() - _NOT_OF_COMPLIANCE)


def compliance(tenant: TenantRecord, namespace: NamespaceRecord) -> ComplianceSettings:
    hidden = dict.fromkeys(_NOT_OF_COMPLIANCE) if tenant.is_default else {}
    return namespace.compliance.model_copy(update=hidden)


def protocols(namespace: NamespaceRecord) -> Protocols:
    return Protocols(**{name: getattr(namespace.http, name) for name in Protocols.model_fields})


def set_protocols(namespace: NamespaceRecord, body: Protocols) -> None:
    new = namespace.http.changed_by(body)
    if body.ipSettings is not None:
        lists = overlay(namespace.http.ipSettings, body.ipSettings)
        new = new.model_copy(update={"ipSettings": lists})
    namespace.http = new
