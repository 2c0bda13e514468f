"""No event on the wire makes a result say what is not so.

A middlebox between the modules and the mock interferes with the request that a task is about. The
mock knows what was carried out. docs/reliability.md has the outcomes as a table, which
``make reliability-report`` writes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from support.hcp import ROOT, MockHcp
from support.middlebox import Interference, Middlebox, Rule, middlebox
from support.module import attempt
from support.wire_events import EVENTS, mutation
from support.wire_tasks import (
    DONE,
    NOT_DONE,
    NOT_READ,
    READ,
    UNCERTAIN,
    WireTask,
    false_results,
    in_process,
    start,
    tasks,
)

# Seconds. Only tasks that nobody answers reach a limit.
PATIENT, IMPATIENT = 120, 2
PAGE = ROOT / "docs" / "reliability.md"
BEGIN = "<!-- Made by `make reliability-report`: the wire. -->"
END = "<!-- The end of the wire. -->"
METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE")
OUTCOMES = (READ, NOT_READ, DONE, NOT_DONE, UNCERTAIN)
# How many tasks of each event run as module processes; all with --full.
AS_PROCESSES = 1

Row = dict[str, set[str]]


@pytest.fixture(scope="module")
def box(running_hcp: MockHcp, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Middlebox]:
    facts = running_hcp.facts
    targets = (facts["port"], facts["data_port"])
    folder = tmp_path_factory.mktemp("middlebox")
    with middlebox(folder, facts["domain"], targets, len(tasks(folder))) as made:
        yield made


@pytest.fixture(scope="module")
def processes() -> Iterator[Executor]:
    """Processes that start module processes: this one has threads, so it must not fork."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield pool


@pytest.fixture(scope="module")
def report() -> Iterator[dict[str, Row]]:
    """The outcomes of events; written to the page if the environment says so."""
    rows: dict[str, Row] = {}
    yield rows
    if os.environ.get("RELIABILITY_REPORT") == "write":
        head, _begin, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        tail = rest.partition(END)[2]
        table = "\n".join([TABLE_HEAD, *(_line(name, row) for name, row in rows.items())])
        PAGE.write_text(f"{head}{BEGIN}\n\n{table}\n\n{END}{tail}", encoding="utf-8")


TABLE_HEAD = "\n".join(
    ["| place and event | " + " | ".join(METHODS) + " |", "| --- |" + " --- |" * len(METHODS)]
)


def _line(name: str, row: Row) -> str:
    cells = (", ".join(each for each in OUTCOMES if each in row[method]) for method in METHODS)
    return f"| {name} | {' | '.join(cells)} |"


def documented() -> dict[str, Row]:
    text = PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    rows = {}
    for line in text.splitlines():
        if line.startswith("| ") and ": " in line:
            name, *cells = (cell.strip() for cell in line.strip("|").split("|"))
            rows[name] = {
                method: set(cell.split(", ")) for method, cell in zip(METHODS, cells, strict=True)
            }
    return rows


def options(
    hcp: MockHcp, box: Middlebox, lane: int, task: WireTask, event: Interference
) -> dict[str, Any]:
    account = hcp.as_system if task.account == "system" else hcp.as_tenant
    data = {"data_port": box.ports[lane, hcp.facts["data_port"]]}
    return {
        **account,
        **task.options,
        "port": box.ports[lane, hcp.facts["port"]],
        **({} if task.path.startswith("/mapi/") else data),
        "ca_path": box.ca_path,
        "timeout": IMPATIENT if event.is_silent else PATIENT,
        "deadline": 2 * IMPATIENT if event.is_silent else PATIENT,
        "retries": 0,
    }


def rules(event: Interference, planned: Sequence[WireTask], everything: bool) -> list[Rule]:
    return [
        Rule(lane, event, (lambda method, path: True) if everything else task.matches)
        for lane, task in enumerate(planned)
    ]


def run_all(
    hcp: MockHcp,
    box: Middlebox,
    event: Interference,
    planned: Sequence[WireTask],
    everything: bool = False,
) -> list[dict[str, Any]]:
    """Run tasks at the same time, each on its lane, while the event happens."""
    hcp.reset(start())
    box.interfere(*rules(event, planned, everything))

    def run(lane: int) -> dict[str, Any]:
        return in_process(planned[lane], options(hcp, box, lane, planned[lane], event))

    with ThreadPoolExecutor(len(planned)) as pool:
        results = list(pool.map(run, range(len(planned))))
    box.interfere()
    return results


@pytest.mark.parametrize(
    "everything",
    [False, pytest.param(True, marks=pytest.mark.full)],
    ids=["one request", "every request"],
)
@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name)
def test_no_result_says_what_is_not_so(
    hcp: MockHcp,
    box: Middlebox,
    report: dict[str, Row],
    tmp_path: Path,
    event: Interference,
    everything: bool,
) -> None:
    planned = tasks(tmp_path)
    results = run_all(hcp, box, event, planned, everything)
    assert not false_results(hcp, planned, results, event.spoils_content)
    if everything:
        return
    row: Row = {method: set() for method in METHODS}
    for task, result in zip(planned, results, strict=True):
        row[task.method].add(task.says(result))
    report[event.name] = row
    if os.environ.get("RELIABILITY_REPORT") != "write":
        expected = documented()[event.name]
        for method in METHODS:
            said, page = row[method], expected[method]
            if event.is_timed:
                # Requests may reach the short limit, or find a connection that is being closed.
                said, page = said - {UNCERTAIN, NOT_READ}, page | said
            assert said <= page, "run make reliability-report"
            assert event.is_timed or said == page, "run make reliability-report"


@pytest.mark.parametrize("as_process", [False, True], ids=["in process", "module"])
def test_without_interference_every_task_succeeds(
    hcp: MockHcp, box: Middlebox, processes: Executor, tmp_path: Path, as_process: bool
) -> None:
    hcp.reset(start())
    planned = tasks(tmp_path)
    nothing = Interference("none", "nothing")
    for lane, task in enumerate(planned):
        given = options(hcp, box, lane, task, nothing)
        result = (
            processes.submit(attempt, task.module, given).result()
            if as_process
            else in_process(task, given)
        )
        assert task.says(result) in (DONE, READ), (task.name, result.get("msg"))
    assert not any(seen.hit for seen in box.seen)


@pytest.mark.parametrize(
    "share", [AS_PROCESSES, pytest.param(None, marks=pytest.mark.full)], ids=["some", "all"]
)
@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name)
def test_no_result_of_a_module_process_says_what_is_not_so(
    hcp: MockHcp,
    box: Middlebox,
    processes: Executor,
    tmp_path: Path,
    event: Interference,
    share: int | None,
) -> None:
    hcp.reset(start())
    first = EVENTS.index(event) * AS_PROCESSES
    planned = tasks(tmp_path)
    if share is not None:
        planned = [planned[(first + number) % len(planned)] for number in range(share)]
    box.interfere(*rules(event, planned, everything=False))
    given = [options(hcp, box, lane, task, event) for lane, task in enumerate(planned)]
    results = list(processes.map(attempt, [task.module for task in planned], given))
    box.interfere()
    assert not false_results(hcp, planned, results, event.spoils_content)


# Each seed mutates a response to each of the tasks: 200 responses in each run, 10,000 with --full.
@pytest.mark.parametrize(
    "seeds",
    [
        range(15),
        *(pytest.param(range(60 * n, 60 * n + 60), marks=pytest.mark.full) for n in range(1, 13)),
    ],
    ids=str,
)
def test_mutated_bytes_make_no_result_say_what_is_not_so(
    hcp: MockHcp, box: Middlebox, tmp_path: Path, seeds: range
) -> None:
    planned = tasks(tmp_path)
    for number in seeds:
        event = mutation(number)
        results = run_all(hcp, box, event, planned)
        assert not false_results(hcp, planned, results, event.spoils_content), event.name
