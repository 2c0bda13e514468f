"""Routes of group accounts of tenants and of the system."""

from __future__ import annotations

from .....models.accounts import GroupAccount
from .....models.names import Groupnames
from .....services.access import A, M, S, access
from .....services.container import Services
from .....state.records import Grants, GroupRecord
from ...routing import Document, Request, Route, empty_document
from .grants import grant_routes

ALL = "/tenants/{tenant}/groupAccounts"
ONE = f"{ALL}/{{group}}"
READ = access(A, M, S, default=())


def routes(s: Services) -> list[Route]:
    return [*_collection(s), *_item(s), *_grants(s), *_system(s)]


def _collection(s: Services) -> list[Route]:
    def names(request: Request) -> Document:
        return Document(Groupnames(groupname=s.groups.names(request.tenant)), "groupAccounts")

    def create(request: Request) -> None:
        s.groups.create(request.tenant, request.body)

    def reset(request: Request) -> None:
        s.groups.reset_security(request.tenant, request.query.get("resetSecurityGroup"))

    return [
        Route("GET", ALL, READ, names),
        Route("PUT", ALL, access(S, default=()), create, GroupAccount, "groupAccount"),
        # Even if the tenant does not admit system-level accounts: it may be locked out.
        Route(
            "POST", ALL, access(system=(A,), default=()), reset, **empty_document("groupAccounts")
        ),
    ]


def _item(s: Services) -> list[Route]:
    def group_of(request: Request) -> GroupRecord:
        return s.finder.group(request.tenant, request.parts["group"])

    def read(request: Request) -> Document:
        return Document(s.groups.view(group_of(request), request.caller), "groupAccount")

    def modify(request: Request) -> None:
        s.groups.modify(group_of(request), request.caller, request.body)

    def delete(request: Request) -> None:
        s.groups.delete(request.tenant, group_of(request))

    return [
        Route("GET", ONE, READ, read),
        Route("POST", ONE, access(A, S, default=()), modify, GroupAccount, "groupAccount"),
        Route("DELETE", ONE, access(S, default=()), delete),
    ]


def _grants(s: Services) -> list[Route]:
    def held(request: Request) -> Grants:
        return s.finder.group(request.tenant, request.parts["group"]).grants

    return grant_routes(s, ONE, READ, held)


def _system(s: Services) -> list[Route]:
    def names(_request: Request) -> Document:
        return Document(Groupnames(groupname=s.groups.names(None)), "groupAccounts")

    def read(request: Request) -> Document:
        group = s.finder.group(None, request.parts["group"])
        return Document(s.groups.view(group, request.caller), "groupAccount")

    see = access(system=(A, M, S))
    return [
        Route("GET", "/groupAccounts", see, names, system_only=True),
        Route("GET", "/groupAccounts/{group}", see, read, system_only=True),
    ]
