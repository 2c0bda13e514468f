# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules that read one kind of resource."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from ..connections import account_from, connect
from ..reconcile.model import Task
from ..reconcile.read import read_all
from ..schema.interface import S3
from ..schema.part import Part
from ..schema.resource import Resource
from ..values.text import Secret
from .arguments import EVERY_PART, connection_arguments
from .module import Call, Module, missing_library
from .results import attempt


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
        missing_library=partial(missing_library, resource),
    )


def info_argument_spec(resource: Resource) -> dict[str, dict[str, Any]]:
    """Return the argument specification of a module that reads one kind of resource."""
    spec = connection_arguments(data=resource.interface == S3)
    spec.update((each.option, each.argument()) for each in resource.parents)
    spec.update((option, {"type": "str"}) for option in resource.name_option(""))
    spec.update((option, {"type": "str"}) for option in resource.filters)
    parts = [part.option for part in readable_parts(resource)]
    if parts:
        choices = [EVERY_PART, *parts]
        spec["include"] = {"type": "list", "elements": "str", "choices": choices, "default": []}
    return spec


def readable_parts(resource: Resource) -> list[Part]:
    """Return the parts that an info module can show."""
    return [part for part in resource.parts if part.in_info and not isinstance(part.value, Secret)]


def gather(resource: Resource, call: Call) -> dict[str, Any]:
    """Read the resources that a task names."""
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
    # HCP does not filter every list.
    prefix = str(params.get("name_prefix") or "").lower()
    return [name for name in found if name.lower().startswith(prefix)]
