"""As many namespaces and user accounts as HCP has room for: time, growth and memory."""

from __future__ import annotations

from pathlib import Path

from . import servers
from .bulk import AT_ONCE, DRIFTED, FLOOR, FLOOR_NAME, OURS, UNCHANGED, Bench, Control, Samples
from .bulk_job import SOFT_QUOTA, Job
from .report import Report, Row, Target
from .sizes import Sizes

SECTION = "hcp_config: as many namespaces and user accounts as HCP allows"
# How much more than in proportion a larger configuration may take.
GROWTH = 1.06


def measure(report: Report, sizes: Sizes, folder: Path) -> None:
    """Looking at and repairing a small and the largest configuration, without latency."""
    found = {
        count: _samples(report, count, servers.folder_in(folder, f"limit-{count}"))
        for count in sizes.limit
    }
    for count, by_work in found.items():
        for name, samples in by_work.items():
            what = f"{count} + {count} {name}"
            ours, floor = samples.seconds[OURS], samples.seconds[FLOOR]
            report.add(Row(SECTION, what, "s", ours, FLOOR_NAME, floor, AT_ONCE))
            ours, floor = samples.megabytes[OURS], samples.megabytes[FLOOR]
            report.add(Row(SECTION, what, "MB at most", ours, FLOOR_NAME, floor))
    small, large = sizes.limit
    for name, samples in found[large].items():
        what, than = f"{large} + {large} {name}", f"{small} + {small} {name}"
        base = found[small][name].seconds[OURS]
        target = Target(round(GROWTH * large / small, 1))
        report.add(Row(SECTION, what, "s", samples.seconds[OURS], than, base, target))


def _samples(report: Report, count: int, folder: Path) -> dict[str, Samples]:
    """What it took with so many of each, in one run: the largest takes minutes."""
    seed = servers.seed(count, count, hardQuota="1 GB", softQuota=SOFT_QUOTA)
    with servers.mock(folder, seed) as mock:
        bench = Bench(report, mock.place, Control(mock.place), folder / "job.json")
        work = {
            UNCHANGED: Job(mock.place, count, users=count),
            DRIFTED: Job(mock.place, count, drifted=max(1, count // 100), users=count),
        }
        return bench.samples(work, 0.0, 1)
