"""Routes of the CORS rules of tenants and namespaces."""

from __future__ import annotations

from collections.abc import Callable

from ....models.cors import Cors
from ....services.access import A, M, access
from ....services.container import Services
from ....state.records import NamespaceRecord, TenantRecord
from ..routing import Document, Request, Route

Holder = Callable[[Request], TenantRecord | NamespaceRecord]


def cors_routes(path: str, s: Services, holder: Holder) -> list[Route]:
    """Return the routes of the CORS rules of a tenant or a namespace.

    The table of roles lists system-level accounts without the condition that the tenant admits them
    (unconfirmed).
    """

    def read(request: Request) -> Document:
        return Document(s.cors.view(holder(request)), "cors")

    def replace(request: Request) -> None:
        s.cors.replace(holder(request), request.body)

    def delete(request: Request) -> None:
        s.cors.delete(holder(request))

    write = access(A, system=(A,))
    return [
        Route("GET", path, access(A, M, system=(A, M)), read),
        Route("PUT", path, write, replace, Cors, "cors"),
        Route("DELETE", path, write, delete),
    ]
