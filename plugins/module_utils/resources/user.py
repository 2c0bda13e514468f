# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""User accounts. Source: MAPI reference, ``userAccounts`` and type ``userAccount``.

HCP shows ``roles`` and ``forcePasswordChange`` only to accounts with the SECURITY role, and never
shows a password. Of accounts of the system MAPI changes nothing but the password.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..protocols.credentials import LOCAL, Credentials
from ..protocols.errors import HcpError
from ..schema.context import Context, State
from ..schema.fields import Field, Struct
from ..schema.interface import SYSTEM, Access, Change, Options
from ..schema.part import Part
from ..schema.resource import Resource
from ..values.choices import Boolean
from ..values.numbers import Integer
from ..values.text import Secret, Text, account_name
from .accounts import (
    ACCOUNTS,
    NAMESPACE_MANAGEMENT,
    OF_TENANT,
    ROLES,
    exists_in_system,
    grants_part,
    only_read,
)

ON_CREATE, ALWAYS, WHEN_WRONG = "on_create", "always", "when_wrong"


class PasswordPart(Part):
    """The password of an account. Its "current value" is whether the wanted one works already."""

    def read(self, task: Context, state: State) -> Any:
        policy = task.options.get("update_password", ON_CREATE)
        if policy == ON_CREATE:
            return True
        if state.item.get("local_authentication") is False:
            task.warnings.append(
                f"The password of {task.label} cannot be set on HCP: RADIUS authenticates it."
            )
            return True
        return policy == WHEN_WRONG and self._works(task, state)

    def change(self, task: Context, wanted: Any, current: Any) -> Change | None:
        if current:
            return None
        return Change("POST", {"newPassword": wanted}, (self.option,), None, (self.option,))

    def _works(self, task: Context, state: State) -> bool:
        """Find out with one request as that account. A wrong guess counts as a failed login."""
        unknown = None
        if state.item.get("enabled") is False:
            if task.options.get("enabled"):
                return False
            unknown = "is disabled"
        elif state.item.get("force_password_change"):
            unknown = "must first change its password"
        if unknown:
            task.warnings.append(
                f"The password of {task.label} was left alone: it cannot be tried because the"
                f" account {unknown}. Use update_password: always to set it."
            )
            return True
        most = self._most_failures(task)
        if task.check and most != 0:
            task.warnings.append(
                f"The password of {task.label} is not tried in check mode: a wrong one counts as a"
                " failed login, and accounts are disabled after some of them."
            )
            return True
        if most == 1:
            task.refuse(
                "lockout",
                f"The password of {task.label} is not tried: the tenant disables accounts after one"
                " failed login (disableAfterAttempts is 1). Use update_password on_create or"
                " always.",
                "update_password",
            )
        host = task.options.get("tenant", "admin")
        attempt = task.mapi.as_account(Credentials(state.name, task.options[self.option]), host)
        try:
            # Without any role the answer is 302: known, but not allowed to look. An account that
            # could not log in gets 403, and no reason.
            attempt.exists(task.path(state.name))
        except HcpError as error:
            if error.code != "forbidden":
                raise
            return error.hcp_message is not None
        finally:
            attempt.close()
        return True

    def _most_failures(self, task: Context) -> int | None:
        """After how many failed logins an account is disabled; ``None`` if not known."""
        if task.options.get("tenant") is None:
            # MAPI has no such settings of the system.
            return None
        try:
            security = task.mapi.find(f"{task.tenant_path}/consoleSecurity") or {}
        except HcpError as error:
            if error.code != "forbidden":
                raise
            return None
        most: int | None = Integer(0, 999).decode(security.get("disableAfterAttempts"))
        return most


def first_password(options: Options) -> Mapping[str, str]:
    """The password of a new account; MAPI takes it only as a query parameter."""
    password = options.get("user_password")
    return {} if password is None else {"password": password}


def lacks_password(options: Options) -> str | None:
    """An account that HCP authenticates needs a password from the start."""
    if options.get("user_password") is None and options.get("local_authentication") is not False:
        return "a new account needs user_password."
    return exists_in_system("user", options)


def only_once(options: Options) -> tuple[str, ...]:
    """The flag goes off when the user changes the password: only a new password renews it."""
    new_credentials = (
        options.get("update_password") == ALWAYS and options.get("user_password") is not None
    )
    return (
        ("force_password_change",)
        if options.get("force_password_change") and not new_credentials
        else ()
    )


def needs_password(options: Options) -> str | None:
    """There is nothing to set without a password."""
    policy = options.get("update_password", ON_CREATE)
    if policy != ON_CREATE and options.get("user_password") is None:
        return f"update_password: {policy} needs user_password with it."
    return None


def at_home(task: Context) -> bool:
    """Whether a task works as an account of the very tenant, or system, that it is about."""
    of_system = task.options.get("tenant") is None
    return of_system is (task.level == SYSTEM) and task.mapi.credentials.kind == LOCAL


def is_own_account(task: Context) -> bool:
    """Whether a task is about the very account that it works as."""
    names = {task.name.lower(), str(task.options.get("from_name", "")).lower()}
    return at_home(task) and task.mapi.credentials.username.lower() in names


def new_credentials(task: Context, done: frozenset[str]) -> Credentials | None:
    """Return the credentials after a task has renamed its own account or set its password."""
    now = task.mapi.credentials
    if not is_own_account(task) or not done & {"name", "user_password"}:
        return None
    password = task.options["user_password"] if "user_password" in done else now.password
    return Credentials(task.name, password)


ITEM = Struct(
    Field("full_name", "fullName", Text(64, 1), initial=lambda options: options["name"]),
    Field("description", "description", Text()),
    Field("enabled", "enabled", Boolean(), initial=True),
    Field(
        "force_password_change",
        "forcePasswordChange",
        Boolean(),
        initial=False,
        visible_to="SECURITY",
    ),
    Field("local_authentication", "localAuthentication", Boolean(), on_update=False, initial=True),
    ROLES,
    NAMESPACE_MANAGEMENT,
    ineffective=only_once,
)
NOT_OF_SYSTEM = (*(each.option for each in ITEM.fields), "data_access_permissions", "from_name")

USERS = Resource(
    kind="user",
    plural="users",
    collection="/tenants/{tenant}/userAccounts",
    system_collection="/userAccounts",
    parents=(OF_TENANT,),
    key=Field("name", "username", account_name(), required=True),
    access=ACCOUNTS,
    rename_option="from_name",
    deletion_hint=(
        "The last account with the role SECURITY stays, as long as no group has that role: give it"
        " to another enabled account that HCP authenticates, or to a group."
    ),
    rules=(needs_password, only_read("user", " but the password", *NOT_OF_SYSTEM)),
    new_credentials=new_credentials,
    is_own_account=is_own_account,
    creation_query=first_password,
    creation_problem=lacks_password,
    filters={"name_prefix": "username"},
    extras={
        "update_password": {
            "type": "str",
            "choices": [ON_CREATE, ALWAYS, WHEN_WRONG],
            "default": ON_CREATE,
            "no_log": False,
        },
    },
    read_only=(("userGUID", "user_guid", None), ("userID", "user_id", None)),
    item=ITEM,
    parts=(
        PasswordPart(
            "user_password",
            "/changePassword",
            Secret(),
            Access((), ("SECURITY",)),
            # A new password ends a forced change, so the flag comes after it.
            order=lambda wanted: -1,
            needs_item=True,
            in_creation=True,
        ),
        grants_part("ADMINISTRATOR", "SECURITY"),
    ),
)
