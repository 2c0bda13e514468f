"""Tenants and service plans in a seed."""

from __future__ import annotations

from ..base import Flag
from ..namespaces.namespace import NamespaceDefaults
from ..permissions import MaskPermissions
from ..tenants.console import ConsoleSecurity
from ..tenants.contact import ContactInfo, EmailNotification, SearchSecurity
from ..tenants.content_classes import ContentClass
from ..tenants.tenant import Tenant
from .accounts import SeedGroup, SeedUser
from .base import SeedPart
from .namespaces import SeedNamespace


class SeedPlan(SeedPart):
    name: str
    description: str = ""


class SeedTenant(Tenant):
    mapiEnabled: Flag | None = None
    users: list[SeedUser] | None = None
    groups: list[SeedGroup] | None = None
    namespaceDefaults: NamespaceDefaults | None = None
    consoleSecurity: ConsoleSecurity | None = None
    contactInfo: ContactInfo | None = None
    emailNotification: EmailNotification | None = None
    searchSecurity: SearchSecurity | None = None
    permissions: MaskPermissions | None = None
    cors: str | None = None
    contentClasses: list[ContentClass] | None = None
    namespaces: list[SeedNamespace] | None = None
