"""The route of the XML schema, which is not below /mapi."""

from __future__ import annotations

from functools import cache

from ....services.access import A, access
from ...media import XML
from ..documents import DOCUMENTS
from ..routing import File, Request, Route
from ..schema import schema

# The name follows the release of the reference, not the version that the mock reports.
SCHEMA = "/static/mapi-9_3_0.xsd"


@cache
def _content() -> bytes:
    return schema(DOCUMENTS)


def routes() -> list[Route]:
    def read(_request: Request) -> File:
        return File(_content(), XML)

    # The reference names accounts of tenants, and shows one of the system.
    return [Route("GET", SCHEMA, access(A, system=(A,)), read, offered=(XML,))]
