"""Thousands of namespaces at once, against a program that does nothing but send the requests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import requests

from . import servers
from .bulk_job import SOFT_QUOTA, Job
from .report import Report, Row, Target
from .sizes import Sizes
from .wire import TENANT, Place

OURS, FLOOR = "bulk_ours", "bulk_floor"
FLOOR_NAME = "bare program"
CREATED, UNCHANGED, DRIFTED = "created", "unchanged", "1% drifted"
AT_ONCE, WITH_LATENCY = Target(1.5), Target(1.3)
MINIMUM, GROWTH = Target(1), Target(5.3)


@dataclass
class Samples:
    """What one kind of work took, by each program."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {OURS: [], FLOOR: []})
    megabytes: dict[str, list[float]] = field(default_factory=lambda: {OURS: [], FLOOR: []})
    requests: dict[str, list[float]] = field(default_factory=lambda: {OURS: [], FLOOR: []})


class Control:
    """The mock's control API."""

    def __init__(self, place: Place) -> None:
        self._url = f"https://{place.host}:{place.port}/_mock"
        self._session = requests.Session()
        self._session.verify = place.ca
        self._session.trust_env = False

    def __call__(self, method: str, what: str, body: object = None) -> requests.Response:
        answer = self._session.request(method, f"{self._url}/{what}", json=body, timeout=60)
        answer.raise_for_status()
        return answer

    def prepare(self, latency: float, drifted: int) -> None:
        """Have so many namespaces differ, and every answer wait ``latency`` seconds."""
        tenant = {"name": TENANT, "namespaces": drift(drifted)}
        self("POST", "seed", {"tenants": [tenant]})
        self("DELETE", "faults")
        if latency:
            fault = {"match": {"times": None}, "action": {"delay": latency}}
            self("POST", "faults", fault)
        self("DELETE", "journal")

    def seen(self) -> Counter[str]:
        """The requests since ``prepare``, and how often there was each."""
        found = self("GET", "journal").json()["requests"]
        return Counter(f"{each['method']} {each['path']}?{each['query']}" for each in found)


def drift(count: int) -> list[dict[str, object]]:
    """Settings other than those that are wanted, for the first namespaces."""
    wrong = SOFT_QUOTA - 1
    return [{"name": servers.namespace_name(each), "softQuota": wrong} for each in range(count)]


def measure(report: Report, sizes: Sizes, folder: Path) -> None:
    """Creating, looking at and repairing namespaces, in every number and with every latency."""
    with servers.mock(servers.folder_in(folder, "mock"), servers.seed()) as mock:
        bench = Bench(report, mock.place, Control(mock.place), folder / "job.json")
        for latency in sizes.latencies:
            found: dict[int, dict[str, Samples]] = {}
            for count in sizes.bulk:
                runs = 1 if latency and count > sizes.long_bulk else sizes.runs
                found[count] = bench.samples(work(mock.place, count), latency, runs)
            _rows(report, found, latency)
            if latency == sizes.latencies[0]:
                _costs(report, found)


def work(place: Place, count: int) -> dict[str, Job]:
    """What there is to do with so many namespaces."""
    return {
        CREATED: Job(place, count, missing=count),
        UNCHANGED: Job(place, count),
        DRIFTED: Job(place, count, drifted=max(1, count // 100)),
    }


@dataclass
class Bench:
    """Has both programs do the same work on the same HCP. ``file`` is where they find their job."""

    report: Report
    place: Place
    control: Control
    file: Path

    def samples(self, work: dict[str, Job], latency: float, runs: int) -> dict[str, Samples]:
        """What each kind of work took."""
        samples = {name: Samples() for name in work}
        for _unused in range(runs):
            seen = {
                program: {
                    name: self._once(program, job, latency, samples[name])
                    for name, job in work.items()
                }
                for program in (OURS, FLOOR)
            }
            for name, job in work.items():
                if seen[FLOOR][name].total() != job.minimum:
                    raise RuntimeError(f"The bare program did not do its work: {job.count} {name}.")
                if seen[OURS][name] != seen[FLOOR][name]:
                    self.report.note(f"{job.count} {name}: the programs sent different requests.")
        return samples

    def _once(self, program: str, job: Job, latency: float, samples: Samples) -> Counter[str]:
        """The requests of one program for one job."""
        if job.missing:
            self.control("POST", "reset")
        self.control.prepare(latency, job.drifted)
        job.write(self.file)
        figures = _run(program, self.file)
        seen = self.control.seen()
        samples.seconds[program].append(figures["seconds"])
        samples.megabytes[program].append(figures["megabytes"])
        samples.requests[program].append(seen.total())
        return seen


def _run(program: str, job: Path) -> dict[str, float]:
    paths = (servers.ROOT / "tests", servers.ROOT / ".work" / "tree")
    done = subprocess.run(
        [sys.executable, "-m", f"benchmark.{program}", str(job)],
        env={**os.environ, "PYTHONPATH": ":".join(str(path) for path in paths)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{program} failed:\n{done.stderr[-3000:]}")
    return dict(json.loads(done.stdout))


def _rows(report: Report, found: dict[int, dict[str, Samples]], latency: float) -> None:
    section = f"hcp_config: namespaces at once, answers delayed by {1000 * latency:g} ms"
    target = WITH_LATENCY if latency else AT_ONCE
    for count, by_work in found.items():
        for name, samples in by_work.items():
            ours, floor = samples.seconds[OURS], samples.seconds[FLOOR]
            report.add(Row(section, f"{count} {name}", "s", ours, FLOOR_NAME, floor, target))
    small, large = list(found)[-2:]
    for name, samples in found[large].items():
        what, than, base = f"{large} {name}", f"{small} {name}", found[small][name].seconds[OURS]
        report.add(Row(section, what, "s", samples.seconds[OURS], than, base, GROWTH))


def _costs(report: Report, found: dict[int, dict[str, Samples]]) -> None:
    """What does not depend on the latency: requests and memory."""
    section = "hcp_config: requests and memory"
    for count, by_work in found.items():
        for name, samples in by_work.items():
            ours, floor = samples.requests[OURS], samples.requests[FLOOR]
            row = Row(section, f"{count} {name}", "requests", ours, "minimum", floor, MINIMUM)
            report.add(row)
    for count, by_work in found.items():
        for name, samples in by_work.items():
            ours, floor = samples.megabytes[OURS], samples.megabytes[FLOOR]
            report.add(Row(section, f"{count} {name}", "MB at most", ours, FLOOR_NAME, floor))
