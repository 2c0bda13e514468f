"""No fault makes a module lie, and none leaves behind what the next run does not mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from support.action_tasks import prepare_for_action_tasks, rounds
from support.faults import GROUPS, info_cases, prepared
from support.hcp import ROOT, WRITES, MockHcp
from support.kind_samples import module_of
from support.listeners import listening
from support.matrix import (
    ABSENT,
    INFO,
    ONCE_MORE,
    READING,
    READY,
    SAME,
    WRITING,
    Fault,
    Matrix,
    Seen,
)

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.kinds import KINDS

ERROR = {
    "code",
    "status",
    "method",
    "path",
    "hcp_message",
    "hint",
    "attempts",
    "resource",
    "uncertain",
}


def problems(fault: Fault, seen: Seen) -> Iterator[str]:
    """What is wrong with what came of a task."""
    case, result = seen.case, seen.result
    error = result.get("error") or {}
    if "Traceback" in str(result) or "MODULE FAILURE" in str(result):
        yield f"a traceback: {result}"
        return
    code = fault.expected(case)
    if error.get("code") != code or result["failed"] is not (code is not None):
        yield f"{error.get('code')} rather than {code}: {result.get('msg')}"
    if result["failed"]:
        yield from _of_failure(fault, seen)
    elif case.phase == READY:
        return
    elif case.phase in (SAME, ABSENT, INFO) or case.stage == ONCE_MORE:
        if case.action_task and case.action_task.always:
            return
        if result["changed"]:
            yield "something was changed where all was as wanted"
    elif case.stage in (READING, WRITING) and not (result["changed"] and seen.carried_out):
        yield f"changed is {result['changed']} after {seen.carried_out} requests that wrote"


def _of_failure(fault: Fault, seen: Seen) -> Iterator[str]:
    result = seen.result
    error = result.get("error") or {}
    statuses = {step["status"] for step in result.get("steps", ())}
    if ERROR - set(error):
        yield f"error lacks {ERROR - set(error)}"
    if not error.get("hint"):
        yield f"it is not said what to do: {result['msg']}"
    tries = fault.tries(seen.case)
    if error.get("attempts") != tries:
        yield f"{error.get('attempts')} attempts rather than {tries}"
    sent = sum(each["method"] in WRITES for each in seen.requests)
    if seen.case.action_task and seen.case.action_task.once and sent > tries:
        yield f"sent {sent} times, which must not be"
    if result["changed"] and not seen.carried_out:
        yield "changed is true, and nothing was"
    if seen.case.action_task and error.get("uncertain"):
        statuses.add("unknown")
    if seen.carried_out and not (result["changed"] or "unknown" in statuses):
        yield f"it may have been done, and is said to be {statuses}"


def all_problems(faults: Sequence[Fault], seen: Iterable[Seen]) -> list[str]:
    """What is wrong with what came of the tasks of a matrix."""
    named = {fault.name: fault for fault in faults}
    quiet = Fault("none", {}, None)
    return [
        f"{each.case}: {problem}"
        for each in seen
        for problem in problems(named.get(each.case.fault, quiet), each)
    ]


# The tasks of the matrix run in this process; with --full from playbooks as well.
RUNNERS = pytest.mark.parametrize(
    "from_playbook", [False, pytest.param(True, marks=pytest.mark.full)], ids=["here", "playbook"]
)


@RUNNERS
@pytest.mark.parametrize("group", GROUPS)
def test_faults(hcp: MockHcp, tmp_path: Path, group: str, from_playbook: bool) -> None:
    prepared(hcp)
    with listening(tmp_path, f"*.{hcp.facts['domain']}") as listeners:
        matrix = Matrix(hcp, listeners, tmp_path, info_cases(hcp), from_playbook=from_playbook)
        found = all_problems(GROUPS[group], matrix.run(GROUPS[group]))
    assert not found, "\n".join(found)


@RUNNERS
@pytest.mark.parametrize("group", GROUPS)
def test_faults_of_modules_that_manage_no_kind(
    hcp: MockHcp, tmp_path: Path, group: str, from_playbook: bool
) -> None:
    prepare_for_action_tasks(hcp)
    with listening(tmp_path, f"*.{hcp.facts['domain']}") as listeners:
        action_tasks = rounds(hcp, tmp_path)
        matrix = Matrix(
            hcp, listeners, tmp_path, [], rounds=action_tasks, from_playbook=from_playbook
        )
        found = all_problems(GROUPS[group], matrix.run(GROUPS[group]))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("in_process", [True, False], ids=["in process", "module"])
def test_playbooks_are_no_different(hcp: MockHcp, tmp_path: Path, in_process: bool) -> None:
    prepared(hcp)
    faults = [
        fault
        for group in GROUPS.values()
        for fault in group
        if fault.name in ("closed after the request was carried out, once", "200 without a body")
    ]
    assert len(faults) == 2
    with listening(tmp_path, f"*.{hcp.facts['domain']}") as listeners:
        matrix = Matrix(hcp, listeners, tmp_path, [], ["namespace"], from_playbook=True)
        found = all_problems(faults, matrix.run(faults, hcp_in_process=in_process))
    assert not found, "\n".join(found)


def test_every_module_that_reads_takes_part(hcp: MockHcp) -> None:
    modules = {path.stem for path in (ROOT / "plugins" / "modules").glob("*_info.py")}
    assert {case.module for case in info_cases(hcp)} == modules


def test_every_module_that_writes_takes_part(hcp: MockHcp, tmp_path: Path) -> None:
    modules = {path.stem for path in (ROOT / "plugins" / "modules").glob("*.py")}
    action_tasks = {action_task.module for each in rounds(hcp, tmp_path)(0) for action_task in each}
    written = {module_of(kind) for kind in KINDS} | action_tasks
    assert written == {name for name in modules if not name.endswith("_info")}
