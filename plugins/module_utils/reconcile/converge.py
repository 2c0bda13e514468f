# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Converging one resource: read, plan, apply, verify."""

from __future__ import annotations

from ..schema.context import State
from .guards import check_options
from .model import Outcome, Task
from .plan import plan
from .read import read


def converge(task: Task) -> Outcome:
    """Bring HCP into the state that the task wants; in check mode, only plan it.

    :raises RefusedError: the task or the state of HCP forbids it; nothing was sent
    :raises HcpError: HCP could not be read
    :raises StoppedError: a step failed, or somebody else keeps changing the resource
    """
    check_options(task)
    state = State(False, task.name) if task.check and task.assume_absent else read(task)
    outcome = plan(task, state)
    if task.check or not outcome.steps:
        return outcome
    # Most tasks find nothing to change, and a module process is faster without these.
    from .apply import apply  # noqa: PLC0415
    from .verify import verify, verify_absence  # noqa: PLC0415

    outcome = apply(task, outcome)
    (verify if task.present else verify_absence)(task, outcome)
    return outcome
