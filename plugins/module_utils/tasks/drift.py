# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module that compares an HCP with a configuration."""

from __future__ import annotations

from functools import partial
from typing import Any

from ..configuration.drift import error_of, findings, seen, sentence
from ..configuration.survey import Job
from .configuration_options import configuration_module, survey, worker_pool
from .module import Call, Module
from .results import attempt


def compares() -> Module:
    """The module that reports how an HCP differs from a configuration."""
    arguments: dict[str, dict[str, Any]] = {
        "exact": {"type": "list", "elements": "str", "default": []},
        "ignore": {"type": "dict", "default": {}},
        "fail_on_drift": {"type": "bool", "default": False},
    }
    return configuration_module(arguments, lambda call: attempt("", partial(_compare, call)))


def _compare(call: Call) -> dict[str, Any]:
    with worker_pool(call.params) as pool:
        jobs = survey(call, pool, comparing=True)
    for job in jobs:
        if job.problem and not seen(job):
            return attempt(job.task.label, partial(_fail, job))
    found = findings(jobs)
    result = {"changed": False, "drifted": bool(found), "findings": found}
    if not found or not call.params["fail_on_drift"]:
        return result
    return {**result, "failed": True, "msg": sentence(found), "error": error_of("drift", found[0])}


def _fail(job: Job) -> dict[str, Any]:
    raise job.problem  # type: ignore[misc]
