# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a task that has a replication link do something to its result.

Source: MAPI reference, ``link``. Whether HCP refuses an action that does not fit the state of the
link is unconfirmed, so one that is known to have been done already is not sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from .entry import Call, Module, connection_arguments
from .entry_system import with_system
from .errors import HcpError, RefusedError
from .guards import check_names
from .mapi.client import Client
from .reconcile import reading
from .resources.links import REPLICATION_LINKS


class Action(NamedTuple):
    """Its query parameters, the first of which HCP knows, and what the link says once it is done.

    The manual and another part of the reference spell one of the parameters in two ways.
    """

    parameters: tuple[str, ...]
    done: tuple[str, ...]
    does: str


ACTIONS = {
    "failover": Action(
        ("failOver",), ("Failed over",), "makes this system take over from the other one"
    ),
    "failback": Action(
        ("failBack",), ("Synchronizing data",), "makes both systems work as before the failover"
    ),
    "begin_recovery": Action(
        ("beginRecover", "beginRecovery"),
        ("Recovering data",),
        "sends what was changed since the failover back to the other system",
    ),
    "complete_recovery": Action(
        ("completeRecovery",),
        ("Completing recovery", "Sending data", "Receiving data"),
        "makes data read-only here until the other system has taken over again",
    ),
    "restore": Action(("restore",), (), "makes the link anew on the other system"),
}


def acts() -> Module:
    """The module that has a link do something."""
    names = list(ACTIONS)
    arguments = {
        **connection_arguments(data=False),
        "name": {"type": "str", "required": True},
        "action": {"type": "str", "required": True, "choices": names},
        "confirm": {"type": "list", "elements": "str", "choices": names, "default": []},
    }
    return Module(arguments, _labelled)


def _labelled(call: Call) -> dict[str, Any]:
    label = REPLICATION_LINKS.label({}, call.params["name"])
    return with_system(label, partial(_act, label), call)


def _act(label: str, mapi: Client, call: Call) -> dict[str, Any]:
    params = call.params
    check_names(REPLICATION_LINKS, params)
    name, action = params["action"], ACTIONS[params["action"]]
    path = REPLICATION_LINKS.path({}, params["name"])
    before = _state(mapi, path)
    if before is None:
        raise RefusedError("not_found", f"HCP has no {label}.", label, "name")
    result: dict[str, Any] = {"changed": False, "before": before, "after": before, "warnings": []}
    if before["status_message"] in action.done:
        return result
    if name not in params["confirm"]:
        sentence = f"{name} of {label} {action.does}. If that is meant, add 'confirm: [{name}]'."
        raise RefusedError("needs_confirmation", sentence, label, "action")
    result["changed"] = True
    if call.check:
        return result
    _send(mapi, path, action)
    try:
        result["after"] = _state(mapi, path) or {}
    except HcpError as error:
        result["after"] = {}
        result["warnings"].append(f"What HCP has now could not be read back. {error}")
    return result


def _send(mapi: Client, path: str, action: Action) -> None:
    for parameter in action.parameters:
        try:
            mapi.send("POST", path, query={parameter: ""}, once=True)
        except HcpError as error:
            # HCP does not know the parameter, so it has done nothing.
            if error.status != 400 or error.uncertain or parameter == action.parameters[-1]:
                raise
        else:
            return


def _state(mapi: Client, path: str) -> dict[str, Any] | None:
    """What a link says of itself."""

    def read() -> dict[str, Any] | None:
        wire: Mapping[str, Any] | None = mapi.find(path, {"verbose": "true"})
        if wire is None:
            return None
        return {
            "status": wire.get("status"),
            "status_message": wire.get("statusMessage"),
            "suspended": wire.get("suspended"),
            "type": wire.get("type"),
        }

    found: dict[str, Any] | None = reading(REPLICATION_LINKS.access, path, read)
    return found
