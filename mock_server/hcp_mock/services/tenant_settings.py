"""What a tenant sets for itself: namespace defaults, console security, CORS rules.

MAPI reference: namespaceDefaults, consoleSecurity, cors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ..errors import Absent, bad_property, not_settable
from ..models.namespace import (
    DefaultVersioning,
    NamespaceDefaults,
    OptimizedForDefault,
    RetentionType,
)
from ..models.quota import quota_bytes
from ..models.tenant import ConsoleSecurity, Cors
from ..safe_xml import NotWellFormed, read_xml
from ..state.records import NamespaceRecord, TenantRecord
from ..state.world import World
from . import versioning

# Properties of namespaceDefaults that are there only if the tenant has the feature.
CONDITIONS = {
    "allowErasureCoding": "erasureCodingSelectionEnabled",
    "enterpriseMode": "complianceConfigurationEnabled",
    "replicationEnabled": "replicationConfigurationEnabled",
    "searchEnabled": "searchConfigurationEnabled",
    "servicePlan": "servicePlanSelectionEnabled",
    "versioningSettings": "versioningConfigurationEnabled",
}


@dataclass
class DefaultsService:
    world: World

    @staticmethod
    def view(tenant: TenantRecord) -> NamespaceDefaults:
        shown = tenant.defaults.model_copy()
        for name, switch in CONDITIONS.items():
            if not tenant.settings.is_on(switch):
                setattr(shown, name, None)
        return shown

    def modify(self, tenant: TenantRecord, body: NamespaceDefaults) -> None:
        for name, switch in CONDITIONS.items():
            if name in body.given() and not tenant.settings.is_on(switch):
                raise not_settable(name)
        new = tenant.defaults.changed_by(body)
        if body.versioningSettings is not None:
            sent = versioning.complete(body.versioningSettings)
            new.versioningSettings = DefaultVersioning(
                **{name: getattr(sent, name) for name in sent.given()}
            )
            if tenant.defaults.versioningSettings is not None:
                new.versioningSettings = tenant.defaults.versioningSettings.changed_by(
                    new.versioningSettings
                )
        if "servicePlan" in body.given() and new.servicePlan not in self.world.service_plans:
            raise bad_property("servicePlan")
        limit = quota_bytes(tenant.settings.hardQuota or "")
        if "hardQuota" in body.given() and quota_bytes(new.hardQuota or "") > limit:
            raise bad_property("hardQuota")
        if new.allowErasureCoding and new.optimizedFor is not OptimizedForDefault.CLOUD:
            raise bad_property("allowErasureCoding" if body.allowErasureCoding else "optimizedFor")
        if (
            new.retentionType is RetentionType.S3
            and tenant.defaults.retentionType is not RetentionType.S3
        ):
            self._lock_objects(tenant, new)
        tenant.defaults = new

    @staticmethod
    def _lock_objects(tenant: TenantRecord, new: NamespaceDefaults) -> None:
        """S3 Object Lock by default brings versioning, delete markers and cloud optimisation by
        default.
        """
        if not tenant.settings.versioningConfigurationEnabled:
            raise not_settable("retentionType")
        old = new.versioningSettings or DefaultVersioning(prune=False, pruneDays=0)
        new.versioningSettings = old.model_copy(update={"enabled": True, "useDeleteMarkers": True})
        new.optimizedFor = OptimizedForDefault.CLOUD


class ConsoleService:
    @staticmethod
    def modify(tenant: TenantRecord, body: ConsoleSecurity) -> None:
        new = tenant.console.changed_by(body)
        if body.ipSettings is not None and tenant.console.ipSettings is not None:
            new.ipSettings = tenant.console.ipSettings.changed_by(body.ipSettings)
        tenant.console = new


_METHODS = frozenset({"GET", "PUT", "POST", "DELETE", "HEAD"})
_RULE_PARTS = frozenset(
    {"ID", "AllowedOrigin", "AllowedMethod", "AllowedHeader", "ExposeHeader", "MaxAgeSeconds"}
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _is_rule(element: Element) -> bool:
    if _local(element) != "CORSRule" or not _RULE_PARTS.issuperset(map(_local, element)):
        return False
    texts: dict[str, list[str]] = {}
    for child in element:
        texts.setdefault(_local(child), []).append((child.text or "").strip())
    age = texts.get("MaxAgeSeconds", ["0"])
    return (
        all(texts.get("AllowedOrigin", [""]))
        and _METHODS.issuperset(texts.get("AllowedMethod", ["?"]))
        and len(age) == 1
        and age[0].isdecimal()
    )


def _check_cors(text: str) -> None:
    """An S3 CORS configuration: at least one rule, each with an origin and a method."""
    try:
        root = read_xml(text.strip())
    except NotWellFormed:
        raise bad_property("cors") from None
    rules = list(root)
    if (
        _local(root) != "CORSConfiguration"
        or not 1 <= len(rules) <= 100
        or not all(map(_is_rule, rules))
    ):
        raise bad_property("cors")


class CorsService:
    @staticmethod
    def view(holder: TenantRecord | NamespaceRecord) -> Cors:
        if holder.cors is None:
            raise Absent("No CORS configuration is set.")
        return Cors(cors=holder.cors)

    @staticmethod
    def replace(holder: TenantRecord | NamespaceRecord, body: Cors) -> None:
        text = (body.cors or "").strip()
        _check_cors(text)
        # HCP puts an XML declaration before what it stores.
        holder.cors = text if re.match(r"<\?xml\s", text) else f"{_DECLARATION}{text}"

    @staticmethod
    def delete(holder: TenantRecord | NamespaceRecord) -> None:
        if holder.cors is None:
            raise Absent("No CORS configuration is set.")
        holder.cors = None
