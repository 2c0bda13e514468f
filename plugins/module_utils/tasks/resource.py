# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules that manage or read one kind of resource."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from ..connections import account_from, connect
from ..reconcile.converge import converge
from ..reconcile.model import Task
from ..schema.resource import Resource
from .arguments import argument_spec, without_none
from .module import Call, Module, missing_library
from .results import attempt, converged


def manages(resource: Resource) -> Module:
    """The module that manages a kind of resource."""
    return Module(
        argument_spec(resource),
        partial(execute, resource),
        resource.exclusive,
        missing_library=partial(missing_library, resource),
    )


def execute(resource: Resource, call: Call) -> dict[str, Any]:
    """Run a task about one resource."""
    options: Mapping[str, Any] = without_none(call.params)
    warnings: list[str] = []
    name = "" if resource.is_singleton else str(options[resource.key.option])

    def perform() -> dict[str, Any]:
        task = _task(resource, call, options, warnings)
        return converged(task, converge(task), call.diff)

    result = attempt(resource.label(options, name), perform)
    return {**result, "warnings": warnings}


def _task(resource: Resource, call: Call, options: Mapping[str, Any], warnings: list[str]) -> Task:
    params = call.params
    mapi, others, level = connect(resource, params, account_from(params), call.connections)
    return Task(
        resource,
        options,
        mapi,
        level,
        others,
        present=params.get("state", "present") == "present",
        assume_absent=bool(params.get("assume_absent")),
        check=call.check,
        confirmed=frozenset(params.get("confirm") or ()),
        warnings=warnings,
    )
