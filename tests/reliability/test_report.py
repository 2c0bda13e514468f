"""docs/reliability.md says what the matrix runs; `make reliability-report` writes its table."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from support.action_tasks import rounds
from support.faults import GROUPS, info_cases
from support.hcp import ROOT, MockHcp
from support.listeners import listening
from support.matrix import AGAIN, ONCE_MORE, READING, WRITING, Case, Fault, Matrix

PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- Made by `make reliability-report`. -->", "<!-- The end of what it makes. -->"

OTHERS = """### Modules that manage no kind

Uploads, packages, certificates, actions, resets, configurations and requests of `hcp_mapi`. A
request that must not be carried out twice is not retried if HCP may have carried it out, so more of
these tasks fail. They succeed if the state of HCP shows that the request was done."""


def outcome(fault: Fault, cases: Iterable[Case], stage: str) -> str:
    """How the tasks of a stage end."""
    codes = Counter(fault.expected(case) for case in cases if case.stage == stage)
    told = [f"{count} `{code}`" for code, count in codes.items() if code]
    return ", ".join(told + ([f"{codes[None]} successful"] if codes[None] else []))


def table(matrix: Matrix) -> Iterator[str]:
    tasks, modules, faults = 0, set(), 0
    lines = []
    for group in GROUPS.values():
        for fault in group:
            cases = [case for _stage, each in matrix.planned(fault) for case in each]
            tasks += len(cases)
            faults += 1
            modules |= {case.module for case in cases}
            reading, writing = (outcome(fault, cases, stage) for stage in (READING, WRITING))
            after = sum(case.stage in (AGAIN, ONCE_MORE) for case in cases)
            lines.append(f"| {fault.name} | {reading} | {writing} | {after} |")
    yield f"{faults} faults, {len(modules)} modules, {tasks} tasks."
    yield ""
    yield "| what goes wrong | tasks that read | tasks that write | afterwards, successful |"
    yield "| --- | --- | --- | --- |"
    yield from lines


def test_the_page_is_up_to_date(hcp: MockHcp, tmp_path: Path) -> None:
    with listening(tmp_path, f"*.{hcp.facts['domain']}") as listeners:
        kinds = Matrix(hcp, listeners, tmp_path, info_cases(hcp))
        others = Matrix(hcp, listeners, tmp_path, [], rounds=rounds(hcp, tmp_path))
        made = "\n".join([*table(kinds), "", OTHERS, "", *table(others)])
    text = PAGE.read_text(encoding="utf-8")
    head, _begin, rest = text.partition(BEGIN)
    _old, _end, tail = rest.partition(END)
    page = f"{head}{BEGIN}\n\n{made}\n\n{END}{tail}"
    if os.environ.get("RELIABILITY_REPORT") == "write":
        PAGE.write_text(page, encoding="utf-8")
        return
    assert text == page, "docs/reliability.md is old: run make reliability-report"
