# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules that read statistics and chargeback reports of a tenant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from ..connections import account_from, connect
from ..platform.usage import GRANULARITY, chargeback, statistics
from ..protocols.mapi.client import Client
from ..refusal import RefusedError
from ..resources.namespace import NAMESPACES
from .arguments import connection_arguments, time_option, without_none
from .module import Call, Module
from .results import attempt

TENANT = {"type": "str", "required": True}

Arguments = dict[str, dict[str, Any]]
Read = Callable[[Client, Mapping[str, Any]], dict[str, Any]]


def reads_statistics() -> Module:
    """The module that reads statistics of tenants and namespaces."""
    own: Arguments = {
        "tenant": TENANT,
        "namespaces": {"type": "list", "elements": "str", "default": []},
    }
    return _reads("statistics", own, _statistics)


def reads_chargeback() -> Module:
    """The module that reads chargeback reports of tenants and namespaces."""
    own: Arguments = {
        "tenant": TENANT,
        "namespace": {"type": "str"},
        "start": {"type": "str"},
        "end": {"type": "str"},
        "granularity": {**GRANULARITY.argument(), "default": "total"},
    }
    return _reads("chargeback report", own, _chargeback)


def _reads(what: str, own: Arguments, read: Read) -> Module:
    return Module({**connection_arguments(data=False), **own}, partial(_perform, what, read))


def _perform(what: str, read: Read, call: Call) -> dict[str, Any]:
    params = call.params

    def perform() -> dict[str, Any]:
        # The tenant determines the host.
        account = account_from(params)
        mapi, _others, _level = connect(NAMESPACES, params, account, call.connections)
        return {"changed": False, **read(mapi, without_none(params))}

    return attempt(f"{what} of tenant {params['tenant']}", perform)


def _statistics(mapi: Client, options: Mapping[str, Any]) -> dict[str, Any]:
    for name in options["namespaces"]:
        problem = None if name == "*" else NAMESPACES.key.value.check(name)
        if problem:
            sentence = f"namespaces: a name {problem}."
            raise RefusedError("bad_option", sentence, option="namespaces")
    return {"statistics": statistics(mapi, options["tenant"], options["namespaces"])}


def _chargeback(mapi: Client, options: Mapping[str, Any]) -> dict[str, Any]:
    times = {each: time_option(each, options[each]) for each in ("start", "end") if each in options}
    if len(times) == 2 and times["start"] >= times["end"]:
        raise RefusedError("bad_option", "start must be before end.", option="start")
    query = {each: f"{time:%Y-%m-%dT%H:%M:%S%z}" for each, time in times.items()}
    query["granularity"] = options["granularity"]
    return {"report": chargeback(mapi, options["tenant"], options.get("namespace"), query)}
