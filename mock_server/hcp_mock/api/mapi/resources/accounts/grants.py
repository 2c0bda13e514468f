"""Routes of data access permissions, which users and groups hold alike."""

from __future__ import annotations

from collections.abc import Callable

from .....models.permissions import DataAccessPermissions
from .....services.access import A, Access, access
from .....services.container import Services
from .....services.listing import BY_NAME
from .....state.records import Grants
from ...routing import Answer, Call, Route


def grant_routes(
    s: Services, account: str, see: Access, held: Callable[[Call], Grants]
) -> list[Route]:
    """For the account at this path; ``held`` finds what it may do."""

    def read(call: Call) -> Answer:
        shown = s.grants.view(call.tenant, held(call), call.page(BY_NAME))
        return Answer(shown, "dataAccessPermissions")

    def modify(call: Call) -> None:
        s.grants.modify(call.tenant, held(call), call.body)

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
