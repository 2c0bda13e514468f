# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Verifying a plan that was applied: read, and set again what somebody else has overwritten."""

from __future__ import annotations

import random
import time
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from ..protocols.errors import ContendedError, HcpError
from ..refusal import RefusedError
from ..schema.context import State
from ..schema.fields import Struct
from ..schema.part import Part
from .apply import apply_steps
from .model import FAILED, Outcome, StoppedError, Task
from .plan import plan
from .read import read

# How often a task sets again what somebody else has overwritten.
ROUNDS = 3
# The longest pause in seconds before that.
LONGEST_PAUSE = 1.0


def verify(task: Task, outcome: Outcome) -> None:
    """Read the state after a plan was applied, and check that it is the wanted state.

    Two tasks that change one resource at once may each overwrite a part of the other's. So what
    differs is set again. A value that HCP then shows again is how HCP represents what it accepted.

    :raises StoppedError: somebody else keeps changing it
    """
    resource = task.resource
    new_credentials = resource.new_credentials(task, outcome.options_done)
    if new_credentials:
        # The task changed its own account.
        task.mapi = task.mapi.as_account(new_credentials, task.mapi.host)
    before: dict[str, Any] = {}
    rounds = 0
    while True:
        try:
            state = read(task, after_writing=True)
        except HcpError as error:
            task.warnings.append(f"The new state could not be read. {error}")
            return
        outcome.after, outcome.details = task.shown(state), state.details
        unsettled = dict(_unsettled(task, state))
        if state.exists and unsettled == before:
            break
        if not state.exists or rounds == ROUNDS:
            shown = f"shows {', '.join(unsettled)}" if state.exists else "has the resource"
            raise StoppedError(ContendedError(task.path(), shown), outcome)
        # Two tasks that wait equally long would never end.
        time.sleep(random.uniform(0, LONGEST_PAUSE))  # noqa: S311
        _set_again(task, state, outcome, unsettled)
        before = unsettled
        rounds += 1
    task.warnings.extend(
        f"HCP accepted {option} of {task.label} but now shows {current!r}. Use that value in the"
        " task, or every run reports a change."
        for option, current in unsettled.items()
    )
    if outcome.created:
        task.warnings.extend(_irreversible_defaults(task, state))


def verify_absence(task: Task, outcome: Outcome) -> None:
    """Check that a resource is gone after a plan deleted it.

    :raises StoppedError: it still exists
    """
    try:
        state = read(task)
    except HcpError as error:
        task.warnings.append(f"The new state could not be read. {error}")
        return
    if state.exists:
        step = outcome.steps[-1]
        step.status = FAILED
        raise StoppedError(HcpError.not_done(step.method, step.path), outcome)


def _unsettled(task: Task, state: State) -> Iterator[tuple[str, Any]]:
    """Yield the options whose value in HCP is not the wanted value, with that value."""
    for each in task.resource.item.differences(task.options, state.item):
        if each.option in state.item:
            yield each.option, state.item[each.option]
    for part, wanted in task.wanted_parts():
        current = state.parts.get(part.option)
        if current is not None and _differs(task, part, wanted, current):
            yield part.option, current


def _set_again(task: Task, state: State, outcome: Outcome, options: Collection[str]) -> None:
    """Set some options again."""
    settled = {part.option for part in task.resource.parts if part.option not in options}
    wanted = {name: task.options[name] for name in task.options if name not in settled}
    try:
        again = plan(replace(task, options=wanted), state)
    except RefusedError as refusal:
        shown = f"shows {', '.join(options)}"
        raise StoppedError(ContendedError(task.path(), shown, str(refusal)), outcome) from None
    outcome.steps.extend(again.steps)
    apply_steps(task, outcome, None)


def _differs(task: Task, part: Part, wanted: Any, current: Any) -> bool:
    # A secret is never shown, so a change may be planned for it.
    if isinstance(part.value, Struct):
        return not part.value.same(wanted, current)
    return bool(part.changes(task, wanted, current))


def _irreversible_defaults(task: Task, state: State) -> Iterator[str]:
    """Yield a warning for each irreversible setting that came with the creation by default."""
    for each in task.resource.item.fields:
        value = state.item.get(each.option)
        way = each.irreversible
        unasked = task.options.get(each.option) is None
        if way and way.at_creation and unasked and way.is_change(None, value):
            yield (
                f"{task.label} was created with {each.option} {value!r}, by the defaults of the"
                f" tenant, and that cannot be undone: {way.why}."
            )
