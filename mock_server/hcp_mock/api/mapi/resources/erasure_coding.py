"""Routes of erasure coding topologies."""

from __future__ import annotations

from ....models.erasure_coding import EcTopology
from ....models.names import Names
from ....services.access import A, M, access
from ....services.container import Services
from ....state.erasure_coding import TopologyRecord
from ..routing import Answer, Call, Route

BASE = "/services/erasureCoding"
ALL = f"{BASE}/ecTopologies"
ONE = f"{ALL}/{{ecTopology}}"
READ, WRITE = access(system=(A, M)), access(system=(A,))


def routes(s: Services) -> list[Route]:
    return [*_topologies(s), *_tenants(s)]


def found(s: Services, call: Call) -> TopologyRecord:
    return s.erasure_coding.topologies.find(call.parts["ecTopology"])


def _topologies(s: Services) -> list[Route]:
    topologies = s.erasure_coding.topologies

    def names(_call: Call) -> Answer:
        return Answer(Names(name=topologies.names()), "ecTopologies")

    def create(call: Call) -> None:
        topologies.create(call.body)

    def read(call: Call) -> Answer:
        return Answer(topologies.view(found(s, call)), "ecTopology")

    def modify(call: Call) -> None:
        if call.action is None:
            topologies.modify(found(s, call), call.body)
        else:
            topologies.retire(found(s, call))

    def delete(call: Call) -> None:
        topologies.delete(found(s, call), call.flag("force"))

    def links(_call: Call) -> Answer:
        return Answer(topologies.candidates(), "replicationLinks")

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

    def names(call: Call) -> Answer:
        return Answer(Names(name=members.names(found(s, call))), "tenants")

    def add(call: Call) -> None:
        members.add(found(s, call), call.parts["member"])

    def remove(call: Call) -> None:
        members.remove(found(s, call), call.parts["member"])

    def candidates(call: Call) -> Answer:
        return Answer(members.candidates(found(s, call), conflicting=False), "tenantCandidates")

    def conflicting(call: Call) -> Answer:
        return Answer(members.candidates(found(s, call), conflicting=True), "tenantCandidates")

    return [
        Route("GET", f"{ONE}/tenants", READ, names, system_only=True),
        Route("PUT", path, WRITE, add, system_only=True, bare=True),
        Route("DELETE", path, WRITE, remove, system_only=True),
        Route("GET", f"{ONE}/tenantCandidates", READ, candidates, system_only=True),
        Route("GET", f"{ONE}/tenantConflictingCandidates", READ, conflicting, system_only=True),
    ]
