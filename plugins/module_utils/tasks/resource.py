# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules that manage or read one kind of resource."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from ..connections import account_from, connect
from ..protocols.transport import REQUESTS_MISSING
from ..reconcile.converge import converge
from ..reconcile.model import Task
from ..reconcile.read import read_all
from ..schema.interface import S3
from ..schema.resource import Resource
from .arguments import EVERY_PART, argument_spec, info_argument_spec, readable_parts, without_none
from .module import Call, Module
from .results import attempt, converged


def manages(resource: Resource) -> Module:
    """The module that manages a kind of resource."""
    return Module(
        argument_spec(resource),
        partial(execute, resource),
        resource.exclusive,
        missing_library=partial(_missing_library, resource),
    )


def informs(resource: Resource) -> Module:
    """The module that reads a kind of resource."""
    key = resource.key.option
    exclusive: list[tuple[str, ...]] = [(key, option) for option in resource.filters]
    if len(resource.filters) > 1:
        exclusive.append(tuple(resource.filters))
    return Module(
        info_argument_spec(resource),
        partial(gather, resource),
        exclusive,
        missing_library=partial(_missing_library, resource),
    )


def _missing_library(resource: Resource) -> ImportError | None:
    if resource.interface != S3:
        return REQUESTS_MISSING
    # It takes as long to load as all the rest.
    from ..protocols.s3.client import BOTO3_MISSING  # noqa: PLC0415

    return REQUESTS_MISSING or BOTO3_MISSING


def execute(resource: Resource, call: Call) -> dict[str, Any]:
    """Do what a task says."""
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


def gather(resource: Resource, call: Call) -> dict[str, Any]:
    """Read what an info task asks for."""
    return attempt(resource.plural, partial(_gather, resource, call))


def _gather(resource: Resource, call: Call) -> dict[str, Any]:
    params = call.params
    mapi, others, level = connect(resource, params, account_from(params), call.connections)
    include = params.get("include") or ()
    options: dict[str, Any] = resource.parent_names(params)
    for part in readable_parts(resource):
        if part.option in include or EVERY_PART in include:
            options[part.option] = True
    task = Task(resource, options, mapi, level, others)
    found, details = [], {}
    for name in _names(task, params):
        options.update(resource.name_option(name))
        state = read_all(task, name)
        if state.exists:
            found.append(task.shown(state))
            details[state.name] = state.details
    if resource.is_singleton:
        shown = found[0] if found else {}
        return {"changed": False, resource.kind: shown, "details": details.get(resource.kind, {})}
    return {"changed": False, resource.plural: found, "details": details}


def _names(task: Task, params: Mapping[str, Any]) -> list[str]:
    resource = task.resource
    if resource.is_singleton:
        return [resource.kind]
    if params[resource.key.option]:
        return [params[resource.key.option]]
    filters = {}
    for option, kind in resource.filters.items():
        if params.get(option):
            filters = {"filterType": kind, "filterString": params[option]}
    found = resource.names(task.own_interface, task.options, filters)
    # Not every list is filtered by HCP.
    prefix = str(params.get("name_prefix") or "").lower()
    return [name for name in found if name.lower().startswith(prefix)]
