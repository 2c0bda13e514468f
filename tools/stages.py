"""Run the project's checks and add up what they found.

    tools/stages quality          the checks of one group
    tools/stages quality suite    several groups
    tools/stages --list

Every stage runs, whatever the earlier ones found. A stage fails when its command does; exit status
77 means that it could not run here and says why in its output. pytest's own counts are added up,
any other stage counts as one. The last line is the total.

Stages that leave a processor idle run two at a time, after the others. Their output is shown when
they end.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import IO

SKIPPED = 77
HEARTBEAT_SECONDS = 30
PRINTING = threading.Lock()
PYTEST_CLOSING_LINE = re.compile(r"^=* ?((?:\d+ [a-z]+(?:, )?)+) in [\d.]+s")


@dataclass(frozen=True)
class Stage:
    name: str
    group: str
    command: tuple[str, ...]
    # Whether it leaves a processor idle, so that another one can run beside it.
    light: bool = False


STAGES = (
    Stage("ruff format", "quality", ("ruff", "format", "--check", ".")),
    Stage("ruff check", "quality", ("ruff", "check", ".")),
    Stage("mypy", "quality", ("tools/mypy",)),
    Stage("shellcheck", "quality", ("tools/shellcheck",)),
    Stage("ansible-lint", "quality", ("tools/ansible-lint",)),
    Stage("documentation", "quality", ("tools/lint-docs",)),
    Stage("changelog", "quality", ("antsibull-changelog", "lint")),
    # Half of the time the tests wait, so there are more processes than processors.
    Stage("pytest", "suite", ("tools/pytest", "-n", "4", "--dist", "worksteal", "-q")),
    Stage("molecule", "suite", ("tools/molecule",), light=True),
    Stage("ansible-test sanity", "suite", ("tools/sanity",), light=True),
    Stage("S3 clients", "suite", ("tools/test-s3-clients",), light=True),
    Stage("fuzzing of the mock", "suite", ("tools/fuzz-mock",), light=True),
    Stage("build and install", "suite", ("tools/check-build",), light=True),
    Stage("demo", "suite", ("tools/demo",), light=True),
    Stage("pytest in full", "full", ("tools/pytest", "-n", "4", "-q", "--full", "-m", "full")),
    Stage("HAProxy", "full", ("tools/test-haproxy",)),
    Stage("all versions", "full", ("tools/test-versions",)),
)


@dataclass
class Outcome:
    stage: Stage
    status: int
    seconds: float
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def word(self) -> str:
        return {0: "ok", SKIPPED: "skipped"}.get(self.status, f"FAILED (exit {self.status})")

    def count(self, *words: str) -> int:
        return sum(self.counts.get(word, 0) for word in words)


class Relay(threading.Thread):
    """Pass a command's output on, or keep it; remember when and what it said last."""

    def __init__(self, stream: IO[str], at_once: bool) -> None:
        super().__init__(daemon=True)
        self.stream = stream
        self.at_once = at_once
        self.lines: list[str] = []
        self.last_output = time.monotonic()
        self.counts: dict[str, int] = {}

    def run(self) -> None:
        for line in self.stream:
            self.last_output = time.monotonic()
            if self.at_once:
                print(line, end="", flush=True)
            else:
                self.lines.append(line)
            if match := PYTEST_CLOSING_LINE.match(line):
                self.add(match.group(1))

    def add(self, closing: str) -> None:
        for number, word in re.findall(r"(\d+) ([a-z]+)", closing):
            self.counts[word] = self.counts.get(word, 0) + int(number)


def heading(text: str) -> None:
    print(f"\n{'=' * 10} {text} {'=' * max(0, 80 - len(text))}", flush=True)


def run(stage: Stage) -> Outcome:
    if not stage.light:
        heading(stage.name)
    started = time.monotonic()
    process = subprocess.Popen(
        stage.command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env={**os.environ, "NO_COLOR": "1", "PY_COLORS": "0", "ANSIBLE_NOCOLOR": "1"},
    )
    assert process.stdout is not None  # noqa: S101  (asked for above)
    relay = Relay(process.stdout, at_once=not stage.light)
    relay.start()
    while (status := wait(process)) is None:
        if time.monotonic() - relay.last_output > HEARTBEAT_SECONDS:
            relay.last_output = time.monotonic()
            print(f"... {stage.name}: {time.monotonic() - started:.0f} s", flush=True)
    relay.join(timeout=5)
    outcome = Outcome(stage, status, time.monotonic() - started, relay.counts)
    with PRINTING:
        if relay.lines:
            heading(stage.name)
            print("".join(relay.lines), end="")
        print(f"-- {stage.name}: {outcome.word}, {outcome.seconds:.1f} s", flush=True)
    return outcome


def run_all(stages: list[Stage]) -> list[Outcome]:
    """Run stages: first those that need all processors."""
    outcomes = [run(stage) for stage in stages if not stage.light]
    with ThreadPoolExecutor(2) as pool:
        outcomes += pool.map(run, [stage for stage in stages if stage.light])
    return outcomes


def wait(process: subprocess.Popen[str]) -> int | None:
    try:
        return process.wait(timeout=1)
    except subprocess.TimeoutExpired:
        return None


def total(outcomes: list[Outcome], seconds: float) -> int:
    """Print the summary; return the number of failures. ``seconds`` is what it all took."""
    passed = failed = skipped = 0
    heading("Summary")
    for outcome in outcomes:
        details = ", ".join(f"{number} {word}" for word, number in outcome.counts.items())
        print(f"{outcome.stage.name:22} {outcome.seconds:7.1f} s  {outcome.word:18} {details}")
        stage_failed = outcome.status not in (0, SKIPPED)
        counted_failures = outcome.count("failed", "error", "errors")
        passed += outcome.count("passed", "xfailed") if outcome.counts else not outcome.status
        failed += counted_failures or stage_failed
        skipped += outcome.count("skipped") + (outcome.status == SKIPPED)
    print(f"{'all':22} {seconds:7.1f} s\n")
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return failed


def main() -> int:
    groups = sorted({stage.group for stage in STAGES})
    parser = argparse.ArgumentParser(description="Run the project's checks.")
    parser.add_argument("group", nargs="*", help=f"a group ({', '.join(groups)}) or a stage")
    parser.add_argument("--list", action="store_true", help="name the stages and stop")
    arguments = parser.parse_args()
    if arguments.list:
        for stage in STAGES:
            print(f"{stage.group:8} {stage.name:22} {' '.join(stage.command)}")
        return 0
    chosen = [s for s in STAGES if {s.group, s.name} & set(arguments.group or groups)]
    if not chosen:
        parser.error("no such group or stage; see --list")
    started = time.monotonic()
    outcomes = run_all(chosen)
    return 1 if total(outcomes, time.monotonic() - started) else 0


if __name__ == "__main__":
    sys.exit(main())
