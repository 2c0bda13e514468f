"""Measure: python -m benchmark [--quick] [--only PART...] [--json FILE]"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from . import bulk, limit, loops, mock_speed
from .report import Report, busy
from .servers import ROOT
from .sizes import FULL, QUICK, Sizes

PARTS = {
    "mock": mock_speed.measure,
    "loops": loops.measure,
    "bulk": bulk.measure,
    "limit": limit.measure,
}


def run(sizes: Sizes, parts: Sequence[str]) -> Report:
    """Measure the parts, one after the other."""
    report = Report(asdict(sizes))
    if warning := busy():
        report.note(warning)
    with tempfile.TemporaryDirectory(prefix="hcp-bench-") as folder:
        for part in parts:
            print(f"Measuring: {part}", file=sys.stderr, flush=True)
            PARTS[part](report, sizes, Path(folder))
    return report


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description="Measure how long things take.")
    parser.add_argument("--quick", action="store_true", help="less of everything")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART")
    parser.add_argument("--json", type=Path, default=ROOT / ".work" / "bench.json", metavar="FILE")
    given = parser.parse_args()
    report = run(QUICK if given.quick else FULL, given.only)
    report.write(given.json)
    print(report.table())
    print(f"\nEvery sample is in {given.json}.")


if __name__ == "__main__":
    main()
