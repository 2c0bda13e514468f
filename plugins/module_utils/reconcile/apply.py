# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Applying a plan."""

from __future__ import annotations

from ..protocols.errors import HcpError, after_unproven_write
from ..refusal import RefusedError
from ..schema.context import State
from .model import DONE, FAILED, NOT_DONE, PARTLY_DONE, UNKNOWN, Outcome, Step, StoppedError, Task
from .plan import plan
from .read import read


def apply(task: Task, outcome: Outcome, rank: int | None = None) -> Outcome:
    """Apply the steps of a plan that are not done, or only those of one rank.

    :return: the plan, which may have become another one
    :raises StoppedError: a step failed
    """
    try:
        apply_steps(task, outcome, rank)
    except StoppedError as stopped:
        return _resume_after_conflict(task, stopped, rank)
    return outcome


def _resume_after_conflict(task: Task, stopped: StoppedError, rank: int | None) -> Outcome:
    """Continue from a resource that somebody else, or an earlier attempt, has created."""
    cause, before = stopped.cause, stopped.outcome.before
    first = stopped.outcome.steps[0]
    if cause.code != "conflict" or first.action != "create" or first.status == DONE:
        raise stopped
    try:
        outcome = plan(task, read(task))
    except HcpError as error:
        raise StoppedError(error, stopped.outcome) from None
    if cause.uncertain:
        # The first attempt created it, and its response was lost.
        first.status = DONE
        outcome.steps.insert(0, first)
        outcome.before = before
    apply_steps(task, outcome, rank)
    return outcome


def apply_steps(task: Task, outcome: Outcome, rank: int | None) -> None:
    for number, step in enumerate(outcome.steps):
        if step.status == DONE or rank not in (None, step.rank):
            continue
        try:
            if not _send(task, step):
                _check_done(task, step)
        except HcpError as error:
            if not _was_done(task, step, error):
                step.status = UNKNOWN if error.uncertain else FAILED
                step.status = PARTLY_DONE if error.partial else step.status
                for rest in outcome.steps[number + 1 :]:
                    rest.status = NOT_DONE
                error = error.with_roles(step.access.write)
                error = task.resource.with_advice(error, step.action, step.options)
                raise StoppedError(error, outcome) from None
        step.status = DONE


def _send(task: Task, step: Step) -> bool:
    """Send a step. Return whether HCP certainly did it.

    HCP refuses some properties, even those that turn something off, where a feature is missing.
    """
    interface = task.interface(step.interface)
    bodies = [step.body, *step.alternatives]
    while True:
        body = bodies.pop(0)
        try:
            return interface.send(step.method, step.path, body, step.query)
        except HcpError as error:
            if error.status != 403 or error.uncertain or not bodies:
                raise
            if not bodies[0]:
                return True


def _check_done(task: Task, step: Step) -> None:
    """Check whether a step was done whose response may not come from HCP.

    :raises HcpError: the step was not done, or HCP cannot be read
    """
    if step.hidden and step.action == "update":
        # HCP does not show secrets, so they would be planned again in any case.
        return
    with after_unproven_write():
        still_planned = _is_still_planned(task, step)
    if still_planned:
        raise HcpError.not_done(step.method, step.path)


def _is_still_planned(task: Task, step: Step) -> bool:
    left = plan(task, read(task)).steps
    return any((each.method, each.path) == (step.method, step.path) for each in left)


def _was_done(task: Task, step: Step, error: HcpError) -> bool:
    """Whether HCP carried out a step, although the request failed.

    ``False`` also stands for "not known": HCP may still carry it out.
    """
    if error.code == "conflict":
        return error.uncertain and (step.action, step.method) == ("update", "PUT")
    if error.code == "not_found" and step.method == "DELETE":
        return True
    if not error.uncertain or error.partial:
        return False
    try:
        if step.moves_to:
            return task.own_interface.exists(step.moves_to)
        if step.action == "update" and step.query:
            return _action_took_effect(task, step)
        return not step.hidden and not _is_still_planned(task, step)
    except (HcpError, RefusedError):
        return False


def _action_took_effect(task: Task, step: Step) -> bool:
    """Whether an action took effect. HCP may refuse to repeat it."""
    (part,) = (each for each in task.resource.parts if (each.option,) == step.options)
    current = part.read(task, State(True, task.name))
    return not part.changes(task, task.options[part.option], current)
