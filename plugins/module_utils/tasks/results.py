# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Results, diffs and failures: the one place where an exception becomes a result.

A failure is one sentence in ``msg``, and the same as data in ``error``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..protocols.errors import HcpError
from ..reconcile.model import DONE, PARTLY_DONE, Outcome, Step, StoppedError, Task
from ..refusal import RefusedError


def attempt(label: str, perform: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Run ``perform`` and return its result, or the result of its failure.

    ``label`` names the subject. If it is empty, the path of a failed request does.
    """
    try:
        return perform()
    except RefusedError as refusal:
        return refused(refusal)
    except StoppedError as stopped:
        return _stopped(label, stopped)
    except HcpError as error:
        return failed(label, error)


def converged(task: Task, outcome: Outcome, diff: bool) -> dict[str, Any]:
    """Return the result of a task that found or made the state that it wants."""
    result: dict[str, Any] = {
        "changed": outcome.changed,
        "created": outcome.created,
        task.resource.kind: outcome.after,
        "details": outcome.details,
        "steps": [step.as_dict() for step in outcome.steps],
    }
    if diff:
        result["diff"] = difference(task, outcome)
    return result


def difference(task: Task, outcome: Outcome) -> dict[str, Any]:
    """Return the diff of a task."""
    before, after = dict(outcome.before), dict(outcome.after)
    for option in {option for step in outcome.steps for option in step.hidden}:
        # The diff shows that a secret is set, and not the secret.
        if before:
            before[option] = "(not shown by HCP)"
        after[option] = "(set by this task)"
    return diff_of(task.label, before, after)


def diff_of(label: str, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Return a diff in the form that Ansible shows."""
    return {"before_header": label, "after_header": label, "before": before, "after": after}


def refused(refusal: RefusedError) -> dict[str, Any]:
    """Return the result of a task that was refused."""
    error: dict[str, Any] = {
        **refusal.request,
        "code": refusal.code,
        "resource": refusal.resource,
        "option": refusal.option,
    }
    if refusal.problems:
        error["problems"] = refusal.problems
    return {"failed": True, "changed": False, "msg": str(refusal), "error": error}


def failed(label: str, error: HcpError) -> dict[str, Any]:
    """Return the result of a task that a failed request ended."""
    return {
        "failed": True,
        "changed": False,
        "msg": f"{label}: {error}" if label else str(error),
        "error": {**error.as_dict(), "resource": label or error.path},
    }


def _stopped(label: str, stopped: StoppedError) -> dict[str, Any]:
    """Return the result of a task whose plan stopped part-way."""
    steps = stopped.outcome.steps
    done = [step for step in steps if step.status == DONE]
    return {
        **failed(label, stopped.cause),
        "msg": f"{label}: {stopped.cause}{_progress(steps)}",
        "changed": any(step.status in (DONE, PARTLY_DONE) for step in steps),
        "created": any(step.action == "create" for step in done),
        "steps": [step.as_dict() for step in steps],
    }


def _progress(steps: list[Step]) -> str:
    """Say how far a plan with more than one step got."""
    if len(steps) < 2:
        return ""
    told = [f"{step.action} {step.resource}: {step.status.replace('_', ' ')}" for step in steps]
    return f" Of the {len(steps)} steps of this task: {'; '.join(told)}."
