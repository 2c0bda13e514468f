# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module that restores access to the accounts of a tenant.

Source: MAPI reference, ``resetPasswords`` of ``userAccounts``, ``resetSecurityGroup`` of
``groupAccounts``.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from ..protocols.errors import HcpError
from ..protocols.mapi.client import Client
from ..refusal import RefusedError
from ..resources.group import GROUPS
from ..resources.user import USERS
from ..schema.interface import checked_read
from .arguments import connection_arguments
from .as_system import as_system
from .module import Call, Module

WRITERS = ("ADMINISTRATOR",)
OPTION = "new_password"  # the name of an option
REPLACES = "replaces the passwords of all users with the role SECURITY"


def resets() -> Module:
    """The module that resets passwords, or gives a group the role SECURITY."""
    arguments = {
        **connection_arguments(data=False),
        "tenant": {"type": "str", "required": True},
        OPTION: {"type": "str", "no_log": True},
        "group": {"type": "str"},
        "confirm": {"type": "list", "elements": "str", "choices": [OPTION], "default": []},
    }
    return Module(arguments, _labelled, [(OPTION, "group")])


def _labelled(call: Call) -> dict[str, Any]:
    label = f"security accounts of tenant {call.params['tenant']}"
    return as_system(label, partial(_reset, label), call)


def _reset(label: str, mapi: Client, call: Call) -> dict[str, Any]:
    tenant, password, group = (call.params[name] for name in ("tenant", OPTION, "group"))
    if not password and not group:
        sentence = f"Give {OPTION}, or the group that is to have the role SECURITY."
        raise RefusedError("bad_option", sentence, label, OPTION)
    above = {"tenant": tenant}
    GROUPS.check_names(above)
    problem = GROUPS.key.value.check(group) if group else None
    if problem:
        raise RefusedError("bad_option", f"group {problem}.", label, "group")
    if group:
        if _has_the_role(mapi, above, group):
            return {"changed": False}
        path, query = GROUPS.list_path(above), {"resetSecurityGroup": group}
    else:
        if OPTION not in call.params["confirm"]:
            sentence = (
                f"{OPTION} for tenant {tenant} {REPLACES}. If that is meant, add"
                f" 'confirm: [{OPTION}]'."
            )
            raise RefusedError("needs_confirmation", sentence, label, OPTION)
        path, query = USERS.list_path(above), {"resetPasswords": password}
    if not call.check:
        try:
            mapi.send("POST", path, {}, query, once=True, must_be_hcp=True)
        except HcpError as error:
            raise error.with_roles(WRITERS) from None
    return {"changed": True}


def _has_the_role(mapi: Client, above: dict[str, str], group: str) -> bool:
    """Whether the group is known to have the role. Most tenants hide that from the system."""
    path = GROUPS.path(above, group)

    def read() -> bool:
        wire = mapi.find(path, {"verbose": "true"})
        return "SECURITY" in GROUPS.item.decode(wire).get("roles", ())

    try:
        return bool(checked_read(GROUPS.access, path, read))
    except HcpError as error:
        if error.code != "forbidden":
            raise
        return False
