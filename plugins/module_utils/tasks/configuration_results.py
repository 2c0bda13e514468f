# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Results of configurations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Union

from ..configuration.run import plan_of
from ..configuration.survey import Job
from ..protocols.errors import HcpError
from ..reconcile.model import DONE, NOT_DONE, PARTLY_DONE
from ..refusal import RefusedError
from .module import Call
from .results import difference, failed, refused

# Outcomes of a resource. Where several apply, the last one counts.
WEIGHTS = ("unchanged", "updated", "created", "deleted", "not_done", "failed")

Failures = list[tuple[Job, Union[HcpError, RefusedError]]]


def configured(call: Call, jobs: list[Job], failures: Failures) -> dict[str, Any]:
    """Return the result of a run, or of check mode."""
    plan = plan_of(jobs)
    result: dict[str, Any] = {
        "changed": bool(plan),
        "plan": plan,
        "summary": _summary(jobs, [job for job, _error in failures]),
        "failures": [],
        "warnings": _warnings(jobs),
    }
    if call.diff:
        result["diff"] = [difference(job.task, job.outcome) for job in jobs if job.outcome.steps]
    unseen = [(job, job.problem) for job in jobs if isinstance(job.problem, HcpError)]
    failures = [*((job, error) for job, error in unseen), *failures]
    if not failures:
        return result
    result["changed"] = any(step["status"] in (DONE, PARTLY_DONE) for step in plan)
    result["failures"] = [
        {**_stopped(job, error)["error"], "where": job.where, "msg": str(error)}
        for job, error in failures
    ]
    undone = sum(step["status"] not in (DONE, PARTLY_DONE) for step in plan)
    job, error = failures[0]
    others = f" {len(failures) - 1} more failed." if len(failures) > 1 else ""
    rest = f" {undone} of {len(plan)} steps were not done. See plan for them." if undone else ""
    return {
        **_stopped(job, error),
        **result,
        "msg": f"{job.task.label}: {error}{others}{rest}",
    }


def _stopped(job: Job, error: HcpError | RefusedError) -> dict[str, Any]:
    """Return the result of one failed job."""
    if isinstance(error, HcpError):
        return failed(job.task.label, error)
    return refused(error)


def _warnings(jobs: Iterable[Job]) -> list[str]:
    return [sentence for job in jobs for sentence in job.task.warnings]


def _summary(jobs: list[Job], stopped: list[Job]) -> dict[str, dict[str, int]]:
    """Count the resources of each kind by their outcome."""
    lost = {id(job) for job in stopped}
    # Several jobs may concern one resource.
    found: dict[tuple[str, str], int] = {}
    for job in jobs:
        resource = (job.task.resource.plural, job.task.label)
        weight = WEIGHTS.index(_found(job, id(job) in lost))
        found[resource] = max(weight, found.get(resource, 0))
    summary: dict[str, dict[str, int]] = {}
    for (plural, _label), weight in found.items():
        summary.setdefault(plural, dict.fromkeys(WEIGHTS, 0))[WEIGHTS[weight]] += 1
    return summary


def _found(job: Job, lost: bool) -> str:
    if lost or job.problem:
        return "failed"
    if not job.outcome.steps:
        return "unchanged"
    if any(step.status == NOT_DONE for step in job.outcome.steps):
        return "not_done"
    if not job.task.present:
        return "deleted"
    return "created" if job.outcome.created else "updated"
