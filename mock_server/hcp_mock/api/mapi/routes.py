"""The routes of all resources of MAPI."""

from __future__ import annotations

from ...services.container import Services
from .resources import erasure_coding, namespaces, packages, schema, system, usage
from .resources.accounts import groups, users
from .resources.replication import contents, links
from .resources.tenants import contact, content_classes, tenants
from .routing import Route


def route_table(services: Services) -> list[Route]:
    """Return every path and method below /mapi."""
    return [
        *tenants.routes(services),
        *users.routes(services),
        *groups.routes(services),
        *namespaces.routes(services),
        *content_classes.routes(services),
        *contact.routes(services),
        *usage.routes(services),
        *system.routes(services),
        *packages.routes(services),
        *links.routes(services),
        *contents.routes(services),
        *erasure_coding.routes(services),
    ]


def all_routes(services: Services) -> list[Route]:
    """Return the routes below /mapi and the route of the XML schema."""
    return [*route_table(services), *schema.routes()]
