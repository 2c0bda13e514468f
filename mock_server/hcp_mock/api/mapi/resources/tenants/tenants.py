"""Routes of tenants and their settings."""

from __future__ import annotations

from .....models.names import Names
from .....models.namespaces.namespace import NamespaceDefaults
from .....models.permissions import PermissionMask
from .....models.tenants.console import ConsoleSecurity
from .....models.tenants.tenant import Tenant
from .....services.access import A, C, M, S, access
from .....services.container import Services
from .....services.listing import BY_NAME
from .....services.tenants.tenants import InitialAccount
from ...routing import Document, Request, Route
from ..cors import cors_routes

ONE = "/tenants/{tenant}"
READ = access(A, M)
WRITE = access(A)


def routes(s: Services) -> list[Route]:
    return [*_collection(s), *_item(s), *_settings(s), *_plans(s)]


def _collection(s: Services) -> list[Route]:
    def names(request: Request) -> Document:
        return Document(Names(name=s.tenants.names(request.page(BY_NAME))), "tenants")

    def create(request: Request) -> None:
        query = request.query
        initial = InitialAccount(
            query.get("username"),
            query.get("password"),
            request.flag("forcePasswordChange"),
            query.get("initialSecurityGroup"),
        )
        s.tenants.create(request.body, initial, query)

    return [
        Route("GET", "/tenants", access(system=(A, M)), names, system_only=True),
        Route("PUT", "/tenants", access(system=(A,)), create, Tenant, "tenant", system_only=True),
    ]


def _item(s: Services) -> list[Route]:
    def read(request: Request) -> Document:
        return Document(s.tenants.view(request.tenant, request.caller, request.verbose), "tenant")

    def modify(request: Request) -> None:
        s.tenants.modify(request.tenant, request.caller, request.body, set(request.query))

    def delete(request: Request) -> None:
        s.tenants.delete(request.tenant)

    # A tenant that does not admit system-level accounts protects its settings, not itself.
    return [
        Route("GET", ONE, access(A, M, system=(A, M)), read),
        Route("POST", ONE, access(A, system=(A,)), modify, Tenant, "tenant"),
        Route("DELETE", ONE, access(system=(A,), default=()), delete, system_only=True),
    ]


def _settings(s: Services) -> list[Route]:
    def read_defaults(request: Request) -> Document:
        return Document(s.defaults.view(request.tenant), "namespaceDefaults")

    def modify_defaults(request: Request) -> None:
        s.defaults.modify(request.tenant, request.body)

    def read_console(request: Request) -> Document:
        return Document(request.tenant.console, "consoleSecurity")

    def modify_console(request: Request) -> None:
        s.console.modify(request.tenant, request.body)

    def read_mask(request: Request) -> Document:
        return Document(s.grants.mask(request.tenant), "permissions")

    def replace_mask(request: Request) -> None:
        s.grants.set_mask(request.tenant, request.body)

    security = access(S, default=())
    see_defaults, set_defaults = access(A, M, default=()), access(A, default=())
    return [
        Route("GET", f"{ONE}/namespaceDefaults", see_defaults, read_defaults),
        Route(
            "POST",
            f"{ONE}/namespaceDefaults",
            set_defaults,
            modify_defaults,
            NamespaceDefaults,
            "namespaceDefaults",
        ),
        Route("GET", f"{ONE}/consoleSecurity", security, read_console),
        Route(
            "POST",
            f"{ONE}/consoleSecurity",
            security,
            modify_console,
            ConsoleSecurity,
            "consoleSecurity",
        ),
        Route("GET", f"{ONE}/permissions", access(A, M, C), read_mask),
        Route("POST", f"{ONE}/permissions", WRITE, replace_mask, PermissionMask, "permissions"),
        *cors_routes(f"{ONE}/cors", s, lambda request: request.tenant),
    ]


def _plans(s: Services) -> list[Route]:
    def names(request: Request) -> Document:
        return Document(Names(name=s.tenants.plan_names(request.tenant)), "availableServicePlans")

    def read(request: Request) -> Document:
        plan = s.tenants.plan(request.tenant, request.parts["servicePlan"])
        return Document(plan, "availableServicePlan")

    return [
        Route("GET", f"{ONE}/availableServicePlans", READ, names),
        Route("GET", f"{ONE}/availableServicePlans/{{servicePlan}}", READ, read),
    ]
