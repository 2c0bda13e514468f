# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module for actions of replication, such as failover.

Source: MAPI reference, ``link``, ``tenant`` of a link's content, ``replicationService``. Whether
HCP refuses an action that does not fit the state of things is unconfirmed, so one that is known to
have been done already is not sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from ..platform.figures import figures
from ..protocols.errors import HcpError
from ..protocols.mapi.client import Client, segment
from ..refusal import RefusedError
from ..resources.links import REPLICATION_LINKS
from ..resources.replication import REPLICATION_SERVICE
from ..schema.fields import Field, Struct
from ..schema.interface import checked_read
from ..values.choices import Boolean
from ..values.text import Text
from ..values.times import Timestamp
from .arguments import connection_arguments
from .as_system import as_system
from .module import Call, Module

LINK, TENANT_ON_LINK, ALL_LINKS = ("name",), ("name", "tenant"), ()


class Action(NamedTuple):
    """An action.

    :ivar parameters: its query parameters, of which HCP knows one. The manual and another part of
        the reference spell one of them in two ways.
    :ivar done: what HCP says once it is done
    :ivar does: what it does, as the end of a sentence
    :ivar target: the options that say what it is done to
    :ivar reason: whether it takes a reason
    :ivar confirmed: whether it takes a confirmation
    """

    parameters: tuple[str, ...]
    done: tuple[str, ...]
    does: str
    target: tuple[str, ...] = LINK
    reason: bool = False
    confirmed: bool = True


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
    "pause_tenant": Action(
        ("pause",), ("PAUSED",), "pauses the tenant", TENANT_ON_LINK, confirmed=False
    ),
    "resume_tenant": Action(
        ("resume",), ("REPLICATING",), "resumes the tenant", TENANT_ON_LINK, confirmed=False
    ),
    "shut_down_all_links": Action(
        ("shutDownAllLinks",),
        ("SHUTDOWN",),
        "ends all replication until the links are reestablished",
        ALL_LINKS,
        reason=True,
    ),
    "reestablish_all_links": Action(
        ("reestablishAllLinks",), ("ENABLED",), "lets all links replicate again", ALL_LINKS
    ),
}
# The fields of each target. The first one shows whether an action is done.
SHOWN = {
    LINK: Struct(
        Field("status_message", "statusMessage", Text()),
        Field("status", "status", Text()),
        Field("suspended", "suspended", Boolean()),
        Field("type", "type", Text()),
    ),
    TENANT_ON_LINK: Struct(
        Field("status", "status", Text()),
        Field("up_to_date_as_of", "upToDateAsOfString", Timestamp()),
        *figures(
            "objects_pending", "objects_pending_remote", "bytes_pending", "bytes_pending_remote"
        ),
    ),
    ALL_LINKS: Struct(Field("status", "status", Text())),
}


def acts() -> Module:
    """The module that runs an action of replication."""
    confirmed = [name for name, action in ACTIONS.items() if action.confirmed]
    arguments = {
        **connection_arguments(data=False),
        "name": {"type": "str"},
        "tenant": {"type": "str"},
        "reason": {"type": "str"},
        "action": {"type": "str", "required": True, "choices": list(ACTIONS)},
        "confirm": {"type": "list", "elements": "str", "choices": confirmed, "default": []},
    }
    return Module(arguments, _labelled)


def _labelled(call: Call) -> dict[str, Any]:
    action, params = ACTIONS[call.params["action"]], call.params
    label = "the replication service"
    if "name" in action.target:
        label = REPLICATION_LINKS.label({}, params["name"] or "")
    if "tenant" in action.target:
        label = f"tenant {params['tenant'] or ''} on {label}"
    return as_system(label, partial(_act, label), call)


def _act(label: str, mapi: Client, call: Call) -> dict[str, Any]:
    params = call.params
    name, action = params["action"], ACTIONS[params["action"]]
    _check(params)
    path = _path(params, action)
    before = _state(mapi, path, action)
    if before is None:
        raise RefusedError("not_found", f"HCP has no {label}.", label, "".join(action.target[-1:]))
    result: dict[str, Any] = {"changed": False, "before": before, "after": before, "warnings": []}
    if _is_done(action, before):
        return result
    if action.confirmed and name not in params["confirm"]:
        sentence = f"{name} of {label} {action.does}. To allow that, add 'confirm: [{name}]'."
        raise RefusedError("needs_confirmation", sentence, label, "action")
    result["changed"] = True
    if not call.check:
        doubt = _send(mapi, path, action, params["reason"] or "")
        try:
            result["after"] = _state(mapi, path, action) or {}
        except HcpError as error:
            result["after"] = {}
            if doubt is not None:
                doubt.uncertain = True
            result["warnings"].append(f"The new state could not be read. {error}")
        if doubt is not None and not _is_done(action, result["after"]):
            raise doubt
    return result


def _check(params: Mapping[str, Any]) -> None:
    """Refuse options that do not fit the action."""
    name, action = params["action"], ACTIONS[params["action"]]
    wanted = {*action.target, *(["reason"] if action.reason else [])}
    for option in ("name", "tenant", "reason"):
        if option in wanted and not params[option]:
            raise RefusedError("bad_option", f"{name} needs {option}.", option=option)
        if option not in wanted and params[option] is not None:
            raise RefusedError("bad_option", f"{option} is not for {name}.", option=option)
    if action.reason:
        problem = Text(1024, 1).check(params["reason"])
        if problem:
            raise RefusedError("bad_option", f"reason {problem}.", option="reason")
    REPLICATION_LINKS.check_names(params)


def _path(params: Mapping[str, Any], action: Action) -> str:
    if "name" not in action.target:
        return REPLICATION_SERVICE.collection
    path = REPLICATION_LINKS.path({}, params["name"])
    more = f"/content/tenants/{segment(params['tenant'])}" if "tenant" in action.target else ""
    return path + more


def _send(mapi: Client, path: str, action: Action, reason: str) -> HcpError | None:
    """Send the action. Return a failure whose outcome is uncertain, or ``None``."""
    for parameter in action.parameters:
        try:
            query, unseen = {parameter: reason}, not action.done
            if not mapi.send("POST", path, query=query, once=True, must_be_hcp=unseen):
                return HcpError.not_done("POST", path)
        except HcpError as error:
            if error.uncertain:
                return error
            # HCP does not know the parameter and did nothing.
            if error.status != 400 or parameter == action.parameters[-1]:
                raise error.with_roles(REPLICATION_LINKS.access.write) from None
        else:
            break
    return None


def _is_done(action: Action, state: Mapping[str, Any]) -> bool:
    return state.get(SHOWN[action.target].fields[0].option) in action.done


def _state(mapi: Client, path: str, action: Action) -> dict[str, Any] | None:
    """Return the fields of the target of an action, or ``None`` if there is no such target."""

    def read() -> dict[str, Any] | None:
        wire: Mapping[str, Any] | None = mapi.find(path, {"verbose": "true"})
        if wire is None:
            return None
        shown = SHOWN[action.target]
        return {**dict.fromkeys(each.option for each in shown.fields), **shown.decode(wire)}

    found: dict[str, Any] | None = checked_read(REPLICATION_LINKS.access, path, read)
    return found
