"""Routes of user accounts of tenants and of the system."""

from __future__ import annotations

from .....errors import missing_parameter
from .....models.accounts import UpdatePasswordRequest, UserAccount
from .....models.names import Usernames
from .....services.access import A, M, S, access
from .....services.container import Services
from .....services.listing import BY_USERNAME, PLAIN
from .....state.records import Grants
from ...routing import Document, Request, Route, empty_document
from .grants import grant_routes

USERS = "/tenants/{tenant}/userAccounts"
USER = f"{USERS}/{{username}}"
READ = access(A, M, S, default=())


def routes(s: Services) -> list[Route]:
    return [*_users(s), *_user(s), *_grants(s), *_system(s)]


def _users(s: Services) -> list[Route]:
    def names(request: Request) -> Document:
        return Document(
            Usernames(username=s.accounts.names(request.tenant, request.page(BY_USERNAME))),
            "userAccounts",
        )

    def create(request: Request) -> None:
        s.accounts.create(request.tenant, request.body, request.query.get("password"))

    def reset(request: Request) -> None:
        s.accounts.reset_security_passwords(request.tenant, request.query.get("resetPasswords"))

    # Resetting works even if the tenant does not admit system-level accounts: it is for tenants
    # that are locked out.
    reset_access = access(system=(A,), default=())
    return [
        Route("GET", USERS, READ, names),
        Route("PUT", USERS, access(S, default=()), create, UserAccount, "userAccount"),
        Route("POST", USERS, reset_access, reset, **empty_document("userAccounts")),
    ]


def _user(s: Services) -> list[Route]:
    def read(request: Request) -> Document:
        user = s.finder.user(request.tenant, request.parts["username"])
        return Document(s.accounts.view(user, request.caller), "userAccount")

    def modify(request: Request) -> None:
        user = s.finder.user(request.tenant, request.parts["username"])
        s.accounts.modify(
            request.tenant, user, request.caller, request.body, request.query.get("password")
        )

    def delete(request: Request) -> None:
        s.accounts.delete(request.tenant, s.finder.user(request.tenant, request.parts["username"]))

    def change_password(request: Request) -> None:
        user = s.finder.user(request.tenant, request.parts["username"])
        s.accounts.change_password(request.tenant, user, request.body)

    return [
        Route("GET", USER, READ, read),
        Route("POST", USER, access(A, S, default=()), modify, UserAccount, "userAccount"),
        Route("DELETE", USER, access(S, default=()), delete),
        # The table lists system-level accounts without the condition that the tenant admits them
        # (unconfirmed).
        Route(
            "POST",
            f"{USER}/changePassword",
            access(S, system=(S,), default=()),
            change_password,
            UpdatePasswordRequest,
            "updatePasswordRequest",
        ),
    ]


def _grants(s: Services) -> list[Route]:
    def held(request: Request) -> Grants:
        return s.finder.user(request.tenant, request.parts["username"]).grants

    # According to the tables MONITOR reads those of groups, but not those of users.
    return grant_routes(s, USER, access(A, S, default=()), held)


def _system(s: Services) -> list[Route]:
    def names(request: Request) -> Document:
        return Document(
            Usernames(username=s.accounts.names(None, request.page(PLAIN))), "userAccounts"
        )

    def read(request: Request) -> Document:
        user = s.finder.user(None, request.parts["username"])
        return Document(s.accounts.view(user, request.caller), "userAccount")

    def set_password(request: Request) -> None:
        if "password" not in request.query:
            raise missing_parameter("password")
        s.accounts.set_system_password(
            s.finder.user(None, request.parts["username"]), request.query["password"]
        )

    def change_password(request: Request) -> None:
        s.accounts.change_password(
            None, s.finder.user(None, request.parts["username"]), request.body
        )

    item = "/userAccounts/{username}"
    see, secure = access(system=(A, M, S)), access(system=(S,))
    return [
        Route("GET", "/userAccounts", see, names, system_only=True),
        Route("GET", item, see, read, system_only=True),
        Route(
            "POST", item, secure, set_password, system_only=True, **empty_document("userAccount")
        ),
        Route(
            "POST",
            f"{item}/changePassword",
            secure,
            change_password,
            UpdatePasswordRequest,
            "updatePasswordRequest",
            system_only=True,
        ),
    ]
