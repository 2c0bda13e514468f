# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading the state of a resource, as far as a task sets it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from ..protocols.errors import HcpError
from ..protocols.failures import NoResponseError
from ..schema.context import State
from ..schema.interface import MAPI, checked_read
from ..schema.part import Part
from ..schema.resource import Resource
from .model import Task


def read(task: Task, after_writing: bool = False) -> State:
    """Read the resource and the parts that the task sets."""
    resource, parts = task.resource, list(task.wanted_parts())
    if after_writing:
        parts = [(part, wanted) for part, wanted in parts if not part.needs_item]
    former = task.options.get(resource.rename_option) if resource.rename_option else None
    fields = any(True for _each in resource.item.mentioned(task.options))
    indirect = any(part.needs_item for part, _wanted in parts)
    # In the management API a part shows that the resource exists, and whose it is.
    direct = resource.interface == MAPI and not fields and not former and not indirect
    if task.present and parts and direct:
        state = _read_parts(task, State(True, task.name), parts)
        if any(value is not None for value in state.parts.values()):
            return state
        if checked_read(
            resource.access, task.path(), lambda: task.own_interface.exists(task.path())
        ):
            return state
        # HEAD cannot distinguish absent from hidden. The GET below can.
    state = _read_item(task, task.name)
    if not state.exists and former and task.present:
        state = replace(_read_item(task, str(former)), renaming=True)
    return _read_parts(task, state, parts) if state.exists and task.present else state


def read_all(
    task: Task, name: str, unreadable: Callable[[Part, HcpError], None] | None = None
) -> State:
    """Read one resource with the parts that the options name, whatever their value.

    ``unreadable`` is told of parts that could not be read; without it they are failures.
    """
    state = _read_item(task, name)
    parts = list(task.wanted_parts()) if state.exists else []
    return _read_parts(task, state, parts, unreadable)


def _read_item(task: Task, name: str) -> State:
    path = task.path(name)

    def found() -> State:
        try:
            wire = task.own_interface.find(path, {"verbose": "true"})
        except HcpError as error:
            if error.code != "not_owner" or not task.resource.is_half_created(task):
                raise
            wire = None
        if wire is None:
            return State(False, name)
        _check_name(task, path, name, wire)
        return _state(task.resource, name, wire)

    state: State = checked_read(task.resource.access, path, found)
    if not state.exists:
        other = checked_read(
            task.resource.access, path, partial(task.resource.actual_name, task, name)
        )
        return _read_item(task, other) if other else state
    return state


def _check_name(task: Task, path: str, name: str, wire: Mapping[str, Any]) -> None:
    """Check that a response is about the resource that was requested.

    :raises HcpError: it is about another one
    """
    # HCP returns the default tenant without its name.
    shown = str(wire.get(task.resource.key.wire) or name)
    if task.resource.shows_its_name and _comparable(shown) != _comparable(name):
        detail = f"the response is about '{shown}', not about '{name}'"
        failure = NoResponseError("not_mapi", detail, uncertain=False)
        raise HcpError.no_response("GET", path, failure)


def _comparable(name: str) -> str:
    # HCP ignores case in most names, and returns the form in which they were created.
    return unicodedata.normalize("NFC", name).casefold()


def _state(resource: Resource, name: str, wire: Mapping[str, Any]) -> State:
    details = {
        option: kind.decode(wire[prop]) if kind else wire[prop]
        for prop, option, kind in resource.read_only
        if wire.get(prop) not in (None, "")
    }
    # HCP shows the default tenant without its name.
    shown = str(wire.get(resource.key.wire) or name)
    return State(True, shown, item=resource.item.decode(wire), details=details)


def _read_parts(
    task: Task,
    state: State,
    parts: list[tuple[Part, Any]],
    unreadable: Callable[[Part, HcpError], None] | None = None,
) -> State:
    for part, _wanted in parts:
        try:
            path = part.path_below(task, state.name)
            value = checked_read(part.access, path, partial(part.read, task, state))
        except HcpError as error:
            if error.status not in part.unavailable_statuses and unreadable is None:
                raise
            if error.status not in part.unavailable_statuses and unreadable is not None:
                unreadable(part, error)
            value = None
        state.parts[part.option] = value
    return state
