# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Planning: the steps from the present state to the wanted state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..schema.context import State
from ..schema.fields import Struct
from ..schema.interface import Request
from .guards import check_changes, check_level, guard
from .model import Outcome, Step, Task


def plan(task: Task, state: State) -> Outcome:
    """Plan the steps from a state to the wanted state."""
    if not task.present:
        return _removal(task, state)
    before = task.shown(state)
    steps, after = _update(task, state) if state.exists else _creation(task)
    return Outcome(before, task.shown(after), state.details, steps)


def _removal(task: Task, state: State) -> Outcome:
    if not state.exists:
        return Outcome({}, {}, {}, [])
    deletion_loss = task.resource.deletion_loss
    if deletion_loss and "delete" not in task.confirmed:
        sentence = f"Deleting {task.label} {deletion_loss}. To allow that, add 'confirm: [delete]'."
        task.refuse("needs_confirmation", sentence, "state")
    before = (
        task.resource.deletion_preparations(task) if task.resource.deletion_preparations else []
    )
    access = task.resource.access
    last = Request(task.resource.interface, "DELETE", task.path(state.name), None, (), access)
    steps = [_request_step(task, "delete", each, "delete") for each in (*before, last)]
    steps[-1].query = task.resource.deletion_query(task, state)
    return Outcome(task.shown(state), {}, state.details, steps)


def _request_step(task: Task, action: str, request: Request, risk: str) -> Step:
    return Step(
        action,
        f"{request.what} of {task.label}" if request.what else task.label,
        request.method,
        request.path,
        request.body,
        options=request.options,
        risk=risk,
        access=request.access,
        interface=request.interface,
        rank=task.resource.rank,
    )


def _creation_values(
    task: Task,
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Return the options to send with a creation, those to send later, and all of them."""
    body: dict[str, Any] = {}
    later: dict[str, Any] = {}
    values: dict[str, Any] = {}
    options = task.options
    for each in task.resource.item.fields:
        value = options.get(each.option)
        if value is None:
            value = each.initial(options) if callable(each.initial) else each.initial
        if value is None:
            continue
        check_level(task, each)
        if each.on_create:
            body[each.option] = value
        elif each.server_default is None or not each.value.same(
            value, each.server_default(options)
        ):
            later[each.option] = value
        values[each.option] = value
    return body, later, values


def _creation(task: Task) -> tuple[list[Step], State]:
    resource, options = task.resource, task.options
    lacking = "HCP has none." if resource.is_singleton else resource.creation_problem(options)
    if lacking:
        task.refuse("incomplete", f"Cannot create {task.label}: {lacking}")
    body, later, values = _creation_values(task)
    final = guard(task, resource.item, {}, body, creating=True)
    risk = "irreversible" if final else "create"
    if resource.creation_requests:
        making = [
            _request_step(task, "create", each, risk) for each in resource.creation_requests(task)
        ]
    else:
        wire = {resource.key.wire: task.name, **resource.item.encode(body)}
        names = (resource.key.option, *body)
        path, access = resource.list_path(options), resource.access
        request = Request(resource.interface, "PUT", path, wire, names, access)
        making = [_request_step(task, "create", request, risk)]
        making[0].query = resource.creation_query(options)
        making[0].alternatives = tuple(
            {resource.key.wire: task.name, **resource.item.encode(each)}
            for each in resource.item.reduced(body)
        )
        making[0].hidden = tuple(
            part.option for part, _value in task.wanted_parts() if part.in_creation
        )
    state = State(True, task.name, item=resource.item.shown(values))
    early, late = _part_steps(task, state, created=True)
    more = [_item_step(task, task.name, later, False)] if later else []
    return [*making, *more, *early, *late], state


def _update(task: Task, state: State) -> tuple[list[Step], State]:
    resource, options = task.resource, task.options
    check_changes(task, resource.item, options, state.item)
    renamed = state.renaming
    delta = resource.item.delta(options, state.item)
    final = guard(task, resource.item, state.item, delta)
    later = _overridden_defaults(task, state.item, delta)
    changed = {**delta, **later}
    item = {**state.item, **resource.item.shown(changed)} if changed else dict(state.item)
    name = task.name if renamed else state.name
    after = State(True, name, item, {}, dict(state.parts))
    early, late = _part_steps(task, after)
    if later:
        late.insert(0, _item_step(task, name, later, False))
    if not delta and not renamed:
        return early + late, after
    step = _item_step(task, state.name, delta, final)
    if not renamed:
        return [*early, step, *late], after
    step.body[resource.key.wire] = task.name
    step.moves_to = task.path()
    step.options = (resource.key.option, *step.options)
    # After the rename the parts exist under the new name only.
    return [step, *early, *late], after


def _overridden_defaults(
    task: Task, current: Mapping[str, Any], delta: dict[str, Any]
) -> dict[str, Any]:
    """Return the options that HCP will set because of ``delta`` and that the task wants otherwise.

    They take one more request, so they are removed from ``delta``.
    """
    later = {}
    for each in task.resource.item.fields:
        wanted = task.options.get(each.option)
        if wanted is None or each.server_default is None:
            continue
        given = each.server_default({**current, **delta})
        if given and not each.server_default(current):
            delta.pop(each.option, None)
            if not each.value.same(wanted, given):
                later[each.option] = wanted
    return later


def _item_step(task: Task, name: str, delta: dict[str, Any], final: bool) -> Step:
    return Step(
        "update",
        task.label,
        "POST",
        task.path(name),
        task.resource.item.encode(delta),
        options=tuple(delta),
        risk="irreversible" if final else "update",
        access=task.resource.access,
        rank=task.resource.rank,
    )


def _part_steps(task: Task, state: State, created: bool = False) -> tuple[list[Step], list[Step]]:
    """Return the steps before and after those of the resource, and update ``state``."""
    planned: list[tuple[int, Step]] = []
    for part, wanted in task.wanted_parts():
        if created and part.in_creation:
            continue
        current = state.parts.get(part.option)
        fields, asked, known = part.irreversible_fields(wanted, current)
        check_changes(task, fields, asked, known)
        final = guard(task, fields, known, asked, creating=created)
        for change in part.changes(task, wanted, current):
            step = Step(
                "update",
                f"{part.option} of {task.label}",
                change.method,
                part.path_below(task, state.name) + change.path,
                change.body,
                change.query,
                change.options,
                "irreversible" if final else "update",
                part.access,
                part.interface,
                change.hidden,
                rank=part.rank or task.resource.rank,
            )
            if created and isinstance(part.value, Struct):
                reduced = part.value.reduced(wanted)
                step.alternatives = tuple(part.value.encode(each) for each in reduced)
            planned.append((part.order(wanted), step))
            state.parts[part.option] = change.after
    planned.sort(key=lambda entry: entry[0])
    early = [step for order, step in planned if order < 0]
    return early, [step for order, step in planned if order >= 0]
