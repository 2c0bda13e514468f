# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Applies the plans of many resources, by rank, several at a time."""

from __future__ import annotations

import threading
from concurrent.futures import Executor
from typing import Any

from ..protocols.errors import HcpError
from ..protocols.mapi.client import Client
from ..reconcile.apply import apply
from ..reconcile.model import NOT_DONE, PLANNED, Outcome, Step, StoppedError, Task
from ..refusal import RefusedError
from .progress import Progress
from .survey import Job


class Run:
    """One run that applies plans."""

    def __init__(self, pool: Executor, keep_going: bool, progress: Progress) -> None:
        self._pool = pool
        self._keep_going = keep_going
        self._progress = progress
        self._stop = threading.Event()
        self._failed: dict[int, HcpError | RefusedError] = {}
        self._jobs: list[Job] = []

    def __call__(self, jobs: list[Job]) -> list[tuple[Job, HcpError | RefusedError]]:
        """Apply the plans. Return the jobs that failed, each with its failure."""
        self._jobs = jobs
        removals = [job for job in jobs if not job.task.present]
        changes = [job for job in jobs if job.task.present]
        ranks = sorted({step.rank for job in changes for step in job.outcome.steps})
        for rank in ranks:
            self._stage(changes, rank)
        for rank in sorted({job.task.resource.rank for job in removals}, reverse=True):
            self._stage([job for job in removals if job.task.resource.rank == rank], rank)
        for job in jobs:
            for step in job.outcome.steps:
                if step.status == PLANNED:
                    step.status = NOT_DONE
        return [(job, self._failed[id(job)]) for job in jobs if id(job) in self._failed]

    def _stage(self, jobs: list[Job], rank: int) -> None:
        waiting = [job for job in jobs if _pending(job, rank)]
        if not waiting or self._stop.is_set():
            return
        kinds = sorted({job.task.resource.plural for job in waiting})
        self._progress.begin(f"Changing {', '.join(kinds)}", len(waiting))
        # A job that changes the account of the others must not run beside them.
        own = [job for job in waiting if job.task.resource.is_own_account(job.task)]
        for job in own:
            self._one(job, rank)
        rest = [job for job in waiting if job not in own]
        # list() also raises what no job expects.
        list(self._pool.map(lambda job: self._one(job, rank), rest))

    def _one(self, job: Job, rank: int) -> None:
        if self._stop.is_set() or self._is_blocked(job):
            return
        try:
            job.outcome = apply(job.task, job.outcome, rank)
        except StoppedError as stopped:
            job.outcome = stopped.outcome
            self._fail(job, stopped.cause)
        except RefusedError as refusal:
            # Somebody else has created it meanwhile, with settings that cannot be changed.
            self._fail(job, refusal)
        self._switch_account(job.task, job.outcome)
        self._progress.step(id(job) in self._failed)

    def _fail(self, job: Job, error: HcpError | RefusedError) -> None:
        self._failed[id(job)] = error
        if not self._keep_going:
            self._stop.set()

    def _switch_account(self, task: Task, outcome: Outcome) -> None:
        """Switch to the new credentials after a job renamed its own account or set its password."""
        credentials = task.resource.new_credentials(task, outcome.options_done)
        if credentials is None:
            return
        old = task.mapi
        new = old.as_account(credentials, old.host)
        others = {
            name: interface.as_account(credentials, old.host)
            for name, interface in task.others.items()
        }
        for job in self._jobs:
            if _same_account(job.task.mapi, old):
                job.task.mapi = new
                for name, interface in job.task.others.items():
                    others.setdefault(name, interface.as_account(credentials, old.host))
                job.task.others = {name: others[name] for name in job.task.others}

    def _is_blocked(self, job: Job) -> bool:
        """Whether the job, or one that it depends on, failed."""
        each: Job | None = job
        while each is not None:
            if id(each) in self._failed or each.problem is not None:
                return True
            each = each.depends_on
        return False


def _same_account(one: Client, other: Client) -> bool:
    return one.credentials == other.credentials and one.host == other.host


def _pending(job: Job, rank: int) -> bool:
    return any(step.rank == rank and step.status == PLANNED for step in job.outcome.steps)


def plan_of(jobs: list[Job]) -> list[dict[str, Any]]:
    """Return all steps as data, in the order in which they run."""
    changes = [(job, step) for job in jobs if job.task.present for step in job.outcome.steps]
    changes.sort(key=lambda each: each[1].rank)
    removals = [(job, step) for job in jobs if not job.task.present for step in job.outcome.steps]
    removals.sort(key=lambda each: -each[0].task.resource.rank)
    return [_as_data(job, step) for job, step in [*changes, *removals]]


def _as_data(job: Job, step: Step) -> dict[str, Any]:
    """Return a step as data, with the old and the new value of each option."""
    before, after = job.outcome.before, job.outcome.after
    if step.action == "create":
        shown = dict(after)
        was: dict[str, Any] = {}
    else:
        shown = {option: value_of(after, option) for option in step.options}
        was = {option: value_of(before, option) for option in step.options}
    for option in step.hidden:
        shown[option] = "(hidden)"
        if option in was:
            was[option] = "(hidden)"
    return {
        "kind": job.task.resource.kind,
        "where": job.where,
        **step.as_dict(),
        "before": was,
        "after": shown,
    }


def value_of(state: Any, option: str) -> Any:
    """Return the value of an option, which may be nested, as ``versioning.enabled``."""
    for name in option.split("."):
        state = state.get(name) if isinstance(state, dict) else None
    return state
