"""What came out: rows of a table, and the same as JSON."""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Target:
    """What a ratio is to be: at most, or at least, so much."""

    limit: float
    at_least: bool = False

    def met(self, ratio: float) -> bool:
        return ratio >= self.limit if self.at_least else ratio <= self.limit

    def __str__(self) -> str:
        return f"{'>=' if self.at_least else '<='} {self.limit:g}x"


@dataclass(frozen=True)
class Row:
    """One measured thing: the median of its ``samples``, next to that of another one."""

    section: str
    what: str
    unit: str
    samples: list[float]
    against: str = ""
    base: list[float] = field(default_factory=list)
    target: Target | None = None

    @property
    def value(self) -> float:
        return statistics.median(self.samples)

    @property
    def ratio(self) -> float | None:
        base = statistics.median(self.base) if self.base else 0.0
        return self.value / base if base else None

    @property
    def verdict(self) -> str:
        if self.target is None or self.ratio is None:
            return ""
        return "met" if self.target.met(self.ratio) else "MISSED"

    def cells(self) -> tuple[str, ...]:
        ratio = "" if self.ratio is None else f"{self.ratio:.3g}x"
        value = f"{shown(self.value)} {self.unit}"
        target = "" if self.target is None else str(self.target)
        return (self.what, value, self.against, ratio, target, self.verdict)

    def as_json(self) -> dict[str, Any]:
        derived = {"median": self.value, "ratio": self.ratio, "verdict": self.verdict}
        return {**asdict(self), **derived}


def shown(value: float) -> str:
    """Three digits, and no exponent."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


HEADINGS = ("what", "median", "against", "ratio", "target", "")


@dataclass
class Report:
    """Everything that was measured in one run, and what could not be."""

    settings: Mapping[str, Any]
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    started: float = field(default_factory=time.time)

    def add(self, row: Row) -> None:
        self.rows.append(row)

    def note(self, sentence: str) -> None:
        """Say something once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def table(self) -> str:
        """The rows in columns, a section after the other."""
        cells = [row.cells() for row in self.rows]
        widths = [max(map(len, column)) for column in zip(HEADINGS, *cells, strict=True)]
        lines: list[str] = []
        section = ""
        for row, texts in zip(self.rows, cells, strict=True):
            if row.section != section:
                section = row.section
                lines += [
                    "",
                    section,
                    _line(HEADINGS, widths),
                    _line(["-" * w for w in widths], widths),
                ]
            lines.append(_line(texts, widths))
        return "\n".join([*lines, "", *(f"Note: {sentence}" for sentence in self.notes)])

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        document = {
            "settings": dict(self.settings),
            "machine": machine(),
            "seconds": round(time.time() - self.started, 1),
            "notes": self.notes,
            "rows": [row.as_json() for row in self.rows],
        }
        path.write_text(json.dumps(document, indent=2) + "\n")


def _line(texts: Any, widths: list[int]) -> str:
    return "  ".join(text.ljust(width) for text, width in zip(texts, widths, strict=True)).rstrip()


def busy() -> str | None:
    """A warning if the machine has other things to do, in the minute before it is measured."""
    load, cpus = os.getloadavg()[0], os.cpu_count() or 1
    if load < cpus / 2:
        return None
    return f"The machine was busy before the start (load {load:.1f} on {cpus} CPUs): measure again."


def machine() -> dict[str, Any]:
    """What the figures depend on."""
    return {
        "cpus": os.cpu_count(),
        "load": os.getloadavg(),
        "python": platform.python_version(),
        "system": platform.system(),
    }


def alternately(
    runs: int, measures: Mapping[str, Callable[[], float]], warm_up: bool = True
) -> dict[str, list[float]]:
    """So many samples of each, in turn: what else the machine does meets all of them alike."""
    samples: dict[str, list[float]] = {name: [] for name in measures}
    if warm_up:
        for measure in measures.values():
            measure()
    for _unused in range(runs):
        for name, measure in measures.items():
            samples[name].append(measure())
    return samples
