# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one way from a task to HCP."""

from __future__ import annotations

from ..schema.context import State
from .guards import check_options
from .model import Outcome, Task
from .plan import plan
from .read import read


def converge(task: Task) -> Outcome:
    """Make HCP as the task wants it; in check mode, only say what that would take.

    :raises RefusedError: nothing was sent, because of the task or of what HCP has
    :raises HcpError: HCP could not be read
    :raises StoppedError: HCP stopped the plan part-way
    """
    check_options(task)
    state = State(False, task.name) if task.check and task.assume_absent else read(task)
    outcome = plan(task, state)
    if task.check or not outcome.steps:
        return outcome
    # Most tasks find nothing to change, and a module process is faster without these.
    from .apply import apply  # noqa: PLC0415
    from .verify import verify  # noqa: PLC0415

    outcome = apply(task, outcome)
    if task.present:
        verify(task, outcome)
    return outcome
