"""Routes of tenants and of what they set for themselves."""

from __future__ import annotations

from .....models.names import Names
from .....models.namespaces.namespace import NamespaceDefaults
from .....models.permissions import PermissionMask
from .....models.tenants.console import ConsoleSecurity
from .....models.tenants.tenant import Tenant
from .....services.access import A, C, M, S, access
from .....services.container import Services
from .....services.listing import BY_NAME
from .....services.tenants.tenants import FirstAccount
from ...routing import Answer, Call, Route
from ..cors import cors_routes

ONE = "/tenants/{tenant}"
READ = access(A, M)
WRITE = access(A)


def routes(s: Services) -> list[Route]:
    return [*_collection(s), *_item(s), *_settings(s), *_plans(s)]


def _collection(s: Services) -> list[Route]:
    def names(call: Call) -> Answer:
        return Answer(Names(name=s.tenants.names(call.page(BY_NAME))), "tenants")

    def create(call: Call) -> None:
        query = call.query
        first = FirstAccount(
            query.get("username"),
            query.get("password"),
            call.flag("forcePasswordChange"),
            query.get("initialSecurityGroup"),
        )
        s.tenants.create(call.body, first, query)

    return [
        Route("GET", "/tenants", access(system=(A, M)), names, system_only=True),
        Route("PUT", "/tenants", access(system=(A,)), create, Tenant, "tenant", system_only=True),
    ]


def _item(s: Services) -> list[Route]:
    def read(call: Call) -> Answer:
        return Answer(s.tenants.view(call.tenant, call.caller, call.verbose), "tenant")

    def modify(call: Call) -> None:
        s.tenants.modify(call.tenant, call.caller, call.body, set(call.query))

    def delete(call: Call) -> None:
        s.tenants.delete(call.tenant)

    # System-level accounts reach the tenant itself without its consent, but not its own settings.
    return [
        Route("GET", ONE, access(A, M, system=(A, M)), read),
        Route("POST", ONE, access(A, system=(A,)), modify, Tenant, "tenant"),
        Route("DELETE", ONE, access(system=(A,), default=()), delete, system_only=True),
    ]


def _settings(s: Services) -> list[Route]:
    def read_defaults(call: Call) -> Answer:
        return Answer(s.defaults.view(call.tenant), "namespaceDefaults")

    def modify_defaults(call: Call) -> None:
        s.defaults.modify(call.tenant, call.body)

    def read_console(call: Call) -> Answer:
        return Answer(call.tenant.console, "consoleSecurity")

    def modify_console(call: Call) -> None:
        s.console.modify(call.tenant, call.body)

    def read_mask(call: Call) -> Answer:
        return Answer(s.grants.mask(call.tenant), "permissions")

    def replace_mask(call: Call) -> None:
        s.grants.set_mask(call.tenant, call.body)

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
        *cors_routes(f"{ONE}/cors", s, lambda call: call.tenant),
    ]


def _plans(s: Services) -> list[Route]:
    def names(call: Call) -> Answer:
        return Answer(Names(name=s.tenants.plan_names(call.tenant)), "availableServicePlans")

    def read(call: Call) -> Answer:
        plan = s.tenants.plan(call.tenant, call.parts["servicePlan"])
        return Answer(plan, "availableServicePlan")

    return [
        Route("GET", f"{ONE}/availableServicePlans", READ, names),
        Route("GET", f"{ONE}/availableServicePlans/{{servicePlan}}", READ, read),
    ]
