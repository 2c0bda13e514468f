"""Routes of user accounts, of tenants and of the system."""

from __future__ import annotations

from .....errors import missing_parameter
from .....models.accounts import UpdatePasswordRequest, UserAccount
from .....models.names import Usernames
from .....services.access import A, M, S, access
from .....services.container import Services
from .....services.listing import BY_USERNAME, PLAIN
from .....state.records import Grants
from ...routing import Answer, Call, Route, empty
from .grants import grant_routes

USERS = "/tenants/{tenant}/userAccounts"
USER = f"{USERS}/{{username}}"
READ = access(A, M, S, default=())


def routes(s: Services) -> list[Route]:
    return [*_users(s), *_user(s), *_grants(s), *_system(s)]


def _users(s: Services) -> list[Route]:
    def names(call: Call) -> Answer:
        return Answer(
            Usernames(username=s.accounts.names(call.tenant, call.page(BY_USERNAME))),
            "userAccounts",
        )

    def create(call: Call) -> None:
        s.accounts.create(call.tenant, call.body, call.query.get("password"))

    def reset(call: Call) -> None:
        s.accounts.reset_security_passwords(call.tenant, call.query.get("resetPasswords"))

    # Resetting needs no consent of the tenant: it is there for tenants that have locked themselves
    # out.
    reset_access = access(system=(A,), default=())
    return [
        Route("GET", USERS, READ, names),
        Route("PUT", USERS, access(S, default=()), create, UserAccount, "userAccount"),
        Route("POST", USERS, reset_access, reset, **empty("userAccounts")),
    ]


def _user(s: Services) -> list[Route]:
    def read(call: Call) -> Answer:
        user = s.finder.user(call.tenant, call.parts["username"])
        return Answer(s.accounts.view(user, call.caller), "userAccount")

    def modify(call: Call) -> None:
        user = s.finder.user(call.tenant, call.parts["username"])
        s.accounts.modify(call.tenant, user, call.caller, call.body, call.query.get("password"))

    def delete(call: Call) -> None:
        s.accounts.delete(call.tenant, s.finder.user(call.tenant, call.parts["username"]))

    def change_password(call: Call) -> None:
        user = s.finder.user(call.tenant, call.parts["username"])
        s.accounts.change_password(call.tenant, user, call.body)

    return [
        Route("GET", USER, READ, read),
        Route("POST", USER, access(A, S, default=()), modify, UserAccount, "userAccount"),
        Route("DELETE", USER, access(S, default=()), delete),
        # The table lists system-level accounts without a word about the tenant's consent
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
    def held(call: Call) -> Grants:
        return s.finder.user(call.tenant, call.parts["username"]).grants

    # MONITOR may read those of groups, but not those of users: so the tables say.
    return grant_routes(s, USER, access(A, S, default=()), held)


def _system(s: Services) -> list[Route]:
    def names(call: Call) -> Answer:
        return Answer(Usernames(username=s.accounts.names(None, call.page(PLAIN))), "userAccounts")

    def read(call: Call) -> Answer:
        user = s.finder.user(None, call.parts["username"])
        return Answer(s.accounts.view(user, call.caller), "userAccount")

    def set_password(call: Call) -> None:
        if "password" not in call.query:
            raise missing_parameter("password")
        s.accounts.set_system_password(
            s.finder.user(None, call.parts["username"]), call.query["password"]
        )

    def change_password(call: Call) -> None:
        s.accounts.change_password(None, s.finder.user(None, call.parts["username"]), call.body)

    item = "/userAccounts/{username}"
    see, secure = access(system=(A, M, S)), access(system=(S,))
    return [
        Route("GET", "/userAccounts", see, names, system_only=True),
        Route("GET", item, see, read, system_only=True),
        Route("POST", item, secure, set_password, system_only=True, **empty("userAccount")),
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
