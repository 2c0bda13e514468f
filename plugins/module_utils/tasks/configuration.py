# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module that makes an HCP as a configuration says.

Nothing is written before the plan of everything has passed its checks.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ..configuration.accounts import ChangedCredentials
from ..configuration.drift import error_of, findings, sentence
from ..configuration.progress import Progress
from ..configuration.run import Run, plan_of
from ..configuration.survey import Job
from ..configuration.tree import secrets
from ..protocols.errors import CONTENDED, HcpError
from ..protocols.mapi.client import Client
from ..redaction import spellings_in
from ..refusal import RefusedError
from .configuration_options import configuration_module, survey, worker_pool
from .configuration_results import configured
from .module import Call, Module
from .plan_file import check_approved, write_plan
from .results import refused
from .secrets import redact


def configures() -> Module:
    """The module that makes an HCP as a configuration says."""
    arguments: dict[str, dict[str, Any]] = {
        "exact": {"type": "list", "elements": "str", "default": []},
        "ignore": {"type": "dict", "default": {}},
        "max_deletions": {"type": "int", "default": 10},
        "confirm": {"type": "list", "elements": "str", "default": []},
        "on_failure": {"type": "str", "choices": ["stop", "continue"], "default": "stop"},
        "verify": {"type": "bool", "default": False},
        "plan_file": {"type": "path"},
        "approved_plan": {"type": "path"},
    }
    return configuration_module(arguments, _configure)


def _configure(call: Call) -> dict[str, Any]:
    enabling: list[Job] = []
    try:
        if call.params["max_deletions"] < 0:
            wrong = f"max_deletions must be 0 or more, not {call.params['max_deletions']}."
            raise RefusedError("bad_option", wrong, option="max_deletions")
        with worker_pool(call.params) as pool:
            return _converge(call, pool, enabling)
    except RefusedError as refusal:
        result = refused(refusal)
        if not enabling:
            return result
        begun = " Before that, the account of the task got its roles. See plan for the steps."
        steps = {"changed": True, "plan": plan_of(enabling), "msg": f"{result['msg']}{begun}"}
        return {**result, **steps}


def _converge(call: Call, pool: ThreadPoolExecutor, enabling: list[Job]) -> dict[str, Any]:
    """Plan, check and apply. Jobs done before the rest is planned go to ``enabling``."""
    jobs = survey(call, pool)
    enabling += _enabling(jobs, call)
    if enabling:
        _check_plan(enabling, call)
        former = [job.task.mapi for job in enabling]
        failures = Run(pool, False, Progress(call.progress))(enabling)
        if failures:
            return configured(call, enabling, failures)
        call.connections.clear_cache()
        jobs = survey(call, pool, changed=_changed_credentials(former, enabling))
    _check_plan(jobs, call)
    _check_against_files([*enabling, *jobs], call)
    failures = []
    former = [job.task.mapi for job in jobs]
    if not call.check:
        keep_going = call.params["on_failure"] == "continue"
        failures = Run(pool, keep_going, Progress(call.progress))(jobs)
    result = configured(call, [*enabling, *jobs], failures)
    if call.params["verify"] and result["changed"] and not (call.check or failures):
        return _verified(call, pool, result, _changed_credentials(former, jobs))
    return result


def _check_against_files(jobs: list[Job], call: Call) -> None:
    """Compare the plan with the approved plan, and write it, if the task says so."""
    steps = plan_of(jobs)
    hidden = spellings_in(steps, secrets(call.params["config"]))
    plan = {"domain": call.params["domain"], "plan": redact(steps, hidden)}
    if call.params["approved_plan"]:
        check_approved(plan, call.params["approved_plan"])
    if call.params["plan_file"]:
        write_plan(call.params["plan_file"], plan)


def _verified(
    call: Call, pool: ThreadPoolExecutor, result: dict[str, Any], changed: ChangedCredentials
) -> dict[str, Any]:
    """Read everything again and return the result of the run."""
    call.connections.clear_cache()
    again = survey(call, pool, comparing=True, changed=changed)
    result["warnings"] += [
        f"{job.task.label} could not be read back. {job.problem}"
        for job in again
        if isinstance(job.problem, HcpError)
    ]
    found = findings(again)
    if not found:
        return result
    error = error_of("contended", found[0])
    return {**result, "failed": True, "msg": f"{sentence(found)} {CONTENDED}", "error": error}


def _changed_credentials(former: list[Client], jobs: list[Job]) -> ChangedCredentials:
    """Return the credentials to use after a run that may have changed its own accounts."""
    return {
        (old.host, old.credentials): job.task.mapi.credentials for old, job in zip(former, jobs)
    }


def _enabling(jobs: list[Job], call: Call) -> list[Job]:
    """Return the jobs that give the task's own accounts the roles that they lack to read the rest.

    A run that ended early can leave a tenant whose first account does not have its roles yet.
    """
    lacking = any(isinstance(job.problem, HcpError) and job.problem.status == 403 for job in jobs)
    if not lacking or call.check or call.params["approved_plan"]:
        return []
    found = [
        job for job in jobs if job.outcome.steps and job.task.resource.is_own_account(job.task)
    ]
    for job in found:
        rank = job.task.resource.rank
        job.outcome.steps = [step for step in job.outcome.steps if step.rank == rank]
    return [job for job in found if job.outcome.steps and job.task.present]


def _check_plan(jobs: list[Job], call: Call) -> None:
    """Refuse a plan that must not be started."""
    refusals = [(job, job.problem) for job in jobs if isinstance(job.problem, RefusedError)]
    if refusals:
        code = _common([problem.code for _job, problem in refusals]) or "refused"
        what = "Nothing was changed, because a part of the configuration cannot be applied"
        problems = [f"{job.where}: {problem}" for job, problem in refusals]
        raise RefusedError.of_many(code, what, problems)
    unread = [(job, job.problem) for job in jobs if isinstance(job.problem, HcpError)]
    if unread and (call.check or call.params["on_failure"] == "stop"):
        code = _common([error.code for _job, error in unread]) or "unreadable"
        what = "Nothing was changed, because HCP could not be read completely"
        problems = [f"{job.where} ({job.task.label}): {error}" for job, error in unread]
        refusal = RefusedError.of_many(code, what, problems)
        refusal.request = unread[0][1].as_dict()
        raise refusal
    removed = [job for job in jobs if not job.task.present and job.outcome.steps]
    most = call.params["max_deletions"]
    if len(removed) > most:
        raise RefusedError.of_many(
            "too_many",
            f"Nothing was changed: {len(removed)} resources would be deleted, and max_deletions"
            f" allows {most}",
            [f"{job.task.label} would be." for job in removed],
        )


def _common(codes: list[str]) -> str | None:
    """Return the code that all failures have in common, or ``None``."""
    return codes[0] if len(set(codes)) == 1 else None
