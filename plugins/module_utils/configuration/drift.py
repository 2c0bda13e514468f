# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drift: the differences between an HCP and a configuration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..reconcile.model import Step
from ..refusal import RefusedError
from .run import value_of
from .survey import Job

HIGH, MEDIUM, LOW = "high", "medium", "low"
SEVERITIES = (HIGH, MEDIUM, LOW)


# Codes of refusals that say nothing about the state of HCP.
UNSEEN = ("hidden", "wrong_level")


def seen(job: Job) -> bool:
    """Whether the refusal of a plan follows from the state of HCP, so that it is a finding."""
    refused = isinstance(job.problem, RefusedError) and job.problem.code in UNSEEN
    return job.state is not None and not refused


def findings(jobs: list[Job]) -> list[dict[str, Any]]:
    """Return every difference, the most severe first."""
    found = [finding for job in jobs for finding in _of(job)]
    return sorted(found, key=lambda finding: SEVERITIES.index(finding["severity"]))


def sentence(found: list[dict[str, Any]]) -> str:
    """Describe the differences in a sentence."""
    first = found[0]
    plain = first["option"] in (None, "state")
    what = first["resource"] if plain else f"{first['option']} of {first['resource']}"
    return (
        f"HCP differs from the configuration in {len(found)} points. The first: {what} is"
        f" {first['found']!r}, not {first['expected']!r}."
    )


def error_of(code: str, finding: Mapping[str, Any]) -> dict[str, Any]:
    """Return a finding as the ``error`` of a failed task."""
    return {"code": code, "resource": finding["resource"], "option": finding["option"]}


def _of(job: Job) -> Iterator[dict[str, Any]]:
    if isinstance(job.problem, RefusedError) and job.task.present:
        # HCP does not allow the configured value.
        option = job.problem.option
        current = value_of(job.state.item, option) if job.state and option else None
        wanted = value_of(job.task.options, option) if option else None
        yield _finding(job, option or None, wanted, current, HIGH, str(job.problem))
    elif not job.task.present:
        if job.outcome.steps or job.problem:
            severity = LOW if job.pruned else MEDIUM
            yield _finding(job, "state", "absent", "present", severity)
    elif job.outcome.created:
        yield _finding(job, "state", "present", "absent", HIGH)
    else:
        for step in job.outcome.steps:
            yield from _changes(job, step)


def _changes(job: Job, step: Step) -> Iterator[dict[str, Any]]:
    severity = HIGH if step.risk == "irreversible" else MEDIUM
    for option in step.options:
        if option in step.hidden:
            continue
        wanted = value_of(job.outcome.after, option)
        current = value_of(job.outcome.before, option)
        # An option that is only sent along is no difference.
        if wanted != current:
            yield _finding(job, option, wanted, current, severity)


def _finding(
    job: Job, option: str | None, expected: Any, found: Any, severity: str, message: str = ""
) -> dict[str, Any]:
    return {
        "kind": job.task.resource.kind,
        "resource": job.task.label,
        "where": job.where,
        "option": option,
        "expected": expected,
        "found": found,
        "severity": severity,
        "message": message,
    }
