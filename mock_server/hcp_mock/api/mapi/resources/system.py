"""Routes of the system's settings and statistics."""

from __future__ import annotations

from ....models.accounts import Role
from ....models.system import NetworkSettings
from ....services.access import A, M, S, access
from ....services.container import Services
from ..routing import Document, Request, Route

SERVICE = Role.SERVICE
READ = access(system=(A, M))
WRITE = access(system=(A,))
NETWORK, LICENSES = "/network", "/storage/licenses"
SUPPORT = "/supportaccesscredentials"
# The spelling of an example in the reference.
SUPPORT_VARIANT = "/supportAccesscredentials"


def routes(s: Services) -> list[Route]:
    return [*_network(s), *_licenses(s), *_support_access(s), *_figures(s)]


def _network(s: Services) -> list[Route]:
    def read(request: Request) -> Document:
        return Document(s.network.view(), "networkSettings")

    def modify(request: Request) -> None:
        s.network.modify(request.body)

    return [
        Route("GET", NETWORK, READ, read, system_only=True),
        Route("POST", NETWORK, WRITE, modify, NetworkSettings, "networkSettings", system_only=True),
    ]


def _licenses(s: Services) -> list[Route]:
    def read(request: Request) -> Document:
        return Document(s.licenses.view(past=request.verbose), "licenses")

    def upload(request: Request) -> None:
        s.licenses.upload(request.body)

    return [
        Route("GET", LICENSES, READ, read, system_only=True),
        Route("PUT", LICENSES, WRITE, upload, upload=True, system_only=True),
    ]


def _support_access(s: Services) -> list[Route]:
    def read(request: Request) -> Document:
        return Document(s.support_access.view(), "supportAccessCredentials")

    def install(request: Request) -> None:
        s.support_access.install(request.body)

    see, write = access(system=(A, M, S, SERVICE)), access(system=(A, SERVICE))
    return [
        Route("GET", SUPPORT, see, read, system_only=True),
        Route("PUT", SUPPORT, write, install, upload=True, system_only=True),
        Route("PUT", SUPPORT_VARIANT, write, install, upload=True, system_only=True),
    ]


def _figures(s: Services) -> list[Route]:
    def nodes(request: Request) -> Document:
        return Document(s.nodes.statistics(), "nodeStatistics")

    def services(request: Request) -> Document:
        return Document(s.background.statistics(), "serviceStatistics")

    return [
        Route("GET", "/nodes/statistics", READ, nodes, system_only=True),
        Route("GET", "/services/statistics", READ, services, system_only=True),
    ]
