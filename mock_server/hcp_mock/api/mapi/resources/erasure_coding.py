"""Routes of erasure coding topologies."""

from __future__ import annotations

from ....models.erasure_coding import EcTopology
from ....models.names import Names
from ....services.access import A, M, access
from ....services.container import Services
from ....state.erasure_coding import TopologyRecord
from ..routing import Document, Request, Route

BASE = "/services/erasureCoding"
ALL = f"{BASE}/ecTopologies"
ONE = f"{ALL}/{{ecTopology}}"
READ, WRITE = access(system=(A, M)), access(system=(A,))


def routes(s: Services) -> list[Route]:
    return [*_topologies(s), *_tenants(s)]


def topology_of(s: Services, request: Request) -> TopologyRecord:
    return s.erasure_coding.topologies.find(request.parts["ecTopology"])


def _topologies(s: Services) -> list[Route]:
    topologies = s.erasure_coding.topologies

    def names(_request: Request) -> Document:
        return Document(Names(name=topologies.names()), "ecTopologies")

    def create(request: Request) -> None:
        topologies.create(request.body)

    def read(request: Request) -> Document:
        return Document(topologies.view(topology_of(s, request)), "ecTopology")

    def modify(request: Request) -> None:
        if request.action is None:
            topologies.modify(topology_of(s, request), request.body)
        else:
            topologies.retire(topology_of(s, request))

    def delete(request: Request) -> None:
        topologies.delete(topology_of(s, request), request.flag("force"))

    def links(_request: Request) -> Document:
        return Document(topologies.candidates(), "replicationLinks")

    return [
        Route("GET", f"{BASE}/linkCandidates", READ, links, system_only=True),
        Route("GET", ALL, READ, names, system_only=True),
        Route("PUT", ALL, WRITE, create, EcTopology, "ecTopology", system_only=True),
        Route("GET", ONE, READ, read, system_only=True),
        Route(
            "POST",
            ONE,
            WRITE,
            modify,
            EcTopology,
            "ecTopology",
            system_only=True,
            actions=("retire",),
            action_document=True,
        ),
        Route("DELETE", ONE, WRITE, delete, system_only=True),
    ]


def _tenants(s: Services) -> list[Route]:
    members = s.erasure_coding.members
    # Not {tenant}: it may be on another system only.
    path = f"{ONE}/tenants/{{member}}"

    def names(request: Request) -> Document:
        return Document(Names(name=members.names(topology_of(s, request))), "tenants")

    def add(request: Request) -> None:
        members.add(topology_of(s, request), request.parts["member"])

    def remove(request: Request) -> None:
        members.remove(topology_of(s, request), request.parts["member"])

    def candidates(request: Request) -> Document:
        return Document(
            members.candidates(topology_of(s, request), conflicting=False), "tenantCandidates"
        )

    def conflicting(request: Request) -> Document:
        return Document(
            members.candidates(topology_of(s, request), conflicting=True), "tenantCandidates"
        )

    return [
        Route("GET", f"{ONE}/tenants", READ, names, system_only=True),
        Route("PUT", path, WRITE, add, system_only=True, no_body=True),
        Route("DELETE", path, WRITE, remove, system_only=True),
        Route("GET", f"{ONE}/tenantCandidates", READ, candidates, system_only=True),
        Route("GET", f"{ONE}/tenantConflictingCandidates", READ, conflicting, system_only=True),
    ]
