"""Write docs/mock-coverage.md: which of MAPI's paths and methods the mock serves.

    tools/coverage-report             writes the page
    tools/coverage-report --check     says what does not fit, and exits with 1

mock_server/tests/mapi_paths.yml lists what MAPI has; what the mock serves, its table of routes
says.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from hcp_mock.api.mapi.routes import all_routes
from hcp_mock.services.clock import Clock
from hcp_mock.services.container import build_services
from hcp_mock.state.world import World

ROOT = Path(__file__).resolve().parent.parent
PATHS = ROOT / "mock_server/tests/mapi_paths.yml"
PAGE = ROOT / "docs/mock-coverage.md"
# The first prefix that fits says where a path stands.
AREAS = {
    "/tenants/{tenant}/namespaces": "Namespaces",
    "/tenants": "Tenants",
    "/userAccounts": "Accounts of the system",
    "/groupAccounts": "Accounts of the system",
    "/services/erasureCoding": "Erasure coding",
    "/services/replication": "Replication",
    "/logs": "Logs and health check reports",
    "/healthCheckReport": "Logs and health check reports",
    "": "The system",
}
Operation = tuple[str, str]  # method and path


def nameless(path: str) -> str:
    """A path without the names of its placeholders, which are anybody's own."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def operation(text: str) -> Operation:
    method, _unused, path = text.partition(" ")
    return method, nameless(path)


def served() -> set[Operation]:
    routes = all_routes(build_services(World(), Clock(), "hcp.example.com"))
    found = {(route.method, nameless(route.path)) for route in routes}
    return found | {("HEAD", path) for method, path in found if method == "GET"}


@dataclass(frozen=True)
class Coverage:
    """``listed``: MAPI's paths in their spelling, with their methods."""

    listed: dict[str, list[str]]
    exceptions: dict[str, str]
    not_yet: list[str]
    beyond: dict[str, str]
    served: set[Operation]

    @property
    def operations(self) -> list[Operation]:
        return [(method, path) for path, methods in self.listed.items() for method in methods]

    def serves(self, method: str, path: str) -> bool:
        return (method, nameless(path)) in self.served

    def problems(self) -> Iterable[str]:
        known = {(method, nameless(path)) for method, path in self.operations}
        missing = {pair for pair in known if pair not in self.served}
        excused = {operation(text) for text in (*self.exceptions, *self.not_yet)}
        extra = {pair for pair in self.served if pair not in known and pair[0] != "HEAD"}
        described = {operation(text) for text in self.beyond}
        told = (
            (missing - excused, "is not served; say why under 'exceptions'"),
            (excused & self.served, "is served; it must not be an exception any more"),
            (excused - known, "is an exception, but not one of the paths"),
            (extra - described, "is served, but not one of the paths; say why under 'beyond'"),
            (described - extra, "stands under 'beyond', where it does not belong"),
        )
        for pairs, problem in told:
            for method, path in sorted(pairs):
                yield f"{method} {path} {problem}."


def read(path: Path) -> Coverage:
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Coverage(
        document["paths"],
        document["exceptions"] or {},
        document["not_yet"] or [],
        document["beyond"] or {},
        served(),
    )


def area(path: str) -> str:
    return next(title for prefix, title in AREAS.items() if path.startswith(prefix))


def row(coverage: Coverage, path: str) -> str:
    """What is not served is struck out."""
    methods = coverage.listed[path]
    shown = [m if coverage.serves(m, path) else f"~~{m}~~" for m in methods]
    return f"| `{path}` | {' '.join(shown)} |"


def page(coverage: Coverage) -> str:
    operations = coverage.operations
    done = sum(coverage.serves(*each) for each in operations)
    amount = f"{done} of the {len(operations)} operations of MAPI 9.x"
    lines = [
        "# What the mock serves of MAPI",
        "",
        f"<!-- Made by `make coverage-report` from the mock and {PATHS.relative_to(ROOT)}. -->",
        "",
        f"The mock HCP serves {amount}, on {len(coverage.listed)} paths.",
        "An operation is a path and a method.",
        "It answers HEAD wherever there is GET, and OPTIONS on every path.",
        "Paths are below `/mapi`, that of the XML schema is not.",
    ]
    for title in dict.fromkeys(AREAS.values()):
        rows = [row(coverage, path) for path in coverage.listed if area(path) == title]
        lines += ["", f"## {title}", "", "| path | methods |", "| --- | --- |"]
        lines += rows
    for title, reasons in (
        ("Not served", coverage.exceptions),
        ("Not served yet", dict.fromkeys(coverage.not_yet, "")),
        ("Served besides", coverage.beyond),
    ):
        if reasons:
            lines += ["", f"## {title}", ""]
            lines += [f"- `{text}` {reason}".rstrip() for text, reason in reasons.items()]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing, say what does not fit")
    parser.add_argument("--paths", type=Path, default=PATHS, metavar="FILE")
    parser.add_argument("--page", type=Path, default=PAGE, metavar="FILE")
    options = parser.parse_args(arguments)
    coverage = read(options.paths)
    problems = list(coverage.problems())
    text = page(coverage)
    if not options.check:
        options.page.write_text(text, encoding="utf-8")
    elif not options.page.exists() or options.page.read_text(encoding="utf-8") != text:
        problems.append(f"{options.page.name} is not up to date: run make coverage-report.")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
