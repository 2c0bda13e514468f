"""Routes of group accounts, of tenants and of the system."""

from __future__ import annotations

from .....models.accounts import GroupAccount
from .....models.names import Groupnames
from .....services.access import A, M, S, access
from .....services.container import Services
from .....state.records import Grants, GroupRecord
from ...routing import Answer, Call, Route, empty
from .grants import grant_routes

ALL = "/tenants/{tenant}/groupAccounts"
ONE = f"{ALL}/{{group}}"
READ = access(A, M, S, default=())


def routes(s: Services) -> list[Route]:
    return [*_collection(s), *_item(s), *_grants(s), *_system(s)]


def _collection(s: Services) -> list[Route]:
    def names(call: Call) -> Answer:
        return Answer(Groupnames(groupname=s.groups.names(call.tenant)), "groupAccounts")

    def create(call: Call) -> None:
        s.groups.create(call.tenant, call.body)

    def reset(call: Call) -> None:
        s.groups.reset_security(call.tenant, call.query.get("resetSecurityGroup"))

    return [
        Route("GET", ALL, READ, names),
        Route("PUT", ALL, access(S, default=()), create, GroupAccount, "groupAccount"),
        # Without the consent of the tenant, which may have locked itself out.
        Route("POST", ALL, access(system=(A,), default=()), reset, **empty("groupAccounts")),
    ]


def _item(s: Services) -> list[Route]:
    def found(call: Call) -> GroupRecord:
        return s.finder.group(call.tenant, call.parts["group"])

    def read(call: Call) -> Answer:
        return Answer(s.groups.view(found(call), call.caller), "groupAccount")

    def modify(call: Call) -> None:
        s.groups.modify(found(call), call.caller, call.body)

    def delete(call: Call) -> None:
        s.groups.delete(call.tenant, found(call))

    return [
        Route("GET", ONE, READ, read),
        Route("POST", ONE, access(A, S, default=()), modify, GroupAccount, "groupAccount"),
        Route("DELETE", ONE, access(S, default=()), delete),
    ]


def _grants(s: Services) -> list[Route]:
    def held(call: Call) -> Grants:
        return s.finder.group(call.tenant, call.parts["group"]).grants

    return grant_routes(s, ONE, READ, held)


def _system(s: Services) -> list[Route]:
    def names(_call: Call) -> Answer:
        return Answer(Groupnames(groupname=s.groups.names(None)), "groupAccounts")

    def read(call: Call) -> Answer:
        group = s.finder.group(None, call.parts["group"])
        return Answer(s.groups.view(group, call.caller), "groupAccount")

    see = access(system=(A, M, S))
    return [
        Route("GET", "/groupAccounts", see, names, system_only=True),
        Route("GET", "/groupAccounts/{group}", see, read, system_only=True),
    ]
