"""Routes of the data access permissions of users and groups."""

from __future__ import annotations

from collections.abc import Callable

from .....models.permissions import DataAccessPermissions
from .....services.access import A, Access, access
from .....services.container import Services
from .....services.listing import BY_NAME
from .....state.records import Grants
from ...routing import Document, Request, Route


def grant_routes(
    s: Services, account: str, see: Access, held: Callable[[Request], Grants]
) -> list[Route]:
    """Return the routes for the account at ``path``; ``held`` returns its permissions."""

    def read(request: Request) -> Document:
        shown = s.grants.view(request.tenant, held(request), request.page(BY_NAME))
        return Document(shown, "dataAccessPermissions")

    def modify(request: Request) -> None:
        s.grants.modify(request.tenant, held(request), request.body)

    path = f"{account}/dataAccessPermissions"
    return [
        Route("GET", path, see, read),
        Route(
            "POST",
            path,
            access(A, default=()),
            modify,
            DataAccessPermissions,
            "dataAccessPermissions",
        ),
    ]
