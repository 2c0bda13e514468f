"""docs/reliability.md says what the matrix runs; `make reliability-report` writes its table."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from support.faults import GROUPS, infos
from support.hcp import ROOT, MockHcp
from support.listeners import listening
from support.matrix import AGAIN, READING, WRITING, Case, Fault, Matrix

PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- Made by `make reliability-report`. -->", "<!-- The end of what it makes. -->"


def outcome(fault: Fault, cases: Iterable[Case], stage: str) -> str:
    """How the tasks of a stage end."""
    codes = Counter(fault.expected(case) for case in cases if case.stage == stage)
    told = [f"{count} `{code}`" for code, count in codes.items() if code]
    return ", ".join(told + ([f"{codes[None]} as wanted"] if codes[None] else []))


def tables(matrix: Matrix) -> Iterator[str]:
    tasks, modules, faults = 0, set(), 0
    lines = []
    for group in GROUPS.values():
        for fault in group:
            stages = dict(matrix.planned(fault))
            cases = [case for each in stages.values() for case in each]
            tasks += len(cases)
            faults += 1
            modules |= {case.module for case in cases}
            reading = outcome(fault, stages[READING], READING)
            writing = outcome(fault, stages[WRITING], WRITING)
            after = len(stages[WRITING]) + len(stages[AGAIN])
            after -= sum(case.stage == WRITING for case in stages[WRITING])
            lines.append(f"| {fault.name} | {reading} | {writing} | {after} |")
    yield f"{faults} faults, {len(modules)} modules, {tasks} tasks."
    yield ""
    yield "| what goes wrong | tasks that read | tasks that write | afterwards, as wanted |"
    yield "| --- | --- | --- | --- |"
    yield from lines


def test_the_page_is_up_to_date(hcp: MockHcp, tmp_path: Path) -> None:
    with listening(tmp_path, f"*.{hcp.facts['domain']}") as listeners:
        made = "\n".join(tables(Matrix(hcp, listeners, tmp_path, infos(hcp))))
    text = PAGE.read_text(encoding="utf-8")
    head, _begin, rest = text.partition(BEGIN)
    _old, _end, tail = rest.partition(END)
    page = f"{head}{BEGIN}\n\n{made}\n\n{END}{tail}"
    if os.environ.get("RELIABILITY_REPORT") == "write":
        PAGE.write_text(page, encoding="utf-8")
        return
    assert text == page, "docs/reliability.md is old: run make reliability-report"
