"""The mock HCP against a FastAPI application that does nothing but answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from . import servers
from .report import Report, Row, Target, alternately
from .sizes import Sizes
from .wire import Place, Request, ask, rate

SECTION = "The mock, against a bare FastAPI application"
AGAINST = "bare application"
CONNECTIONS = 4
ENOUGH = Target(0.4, at_least=True)


def measure(report: Report, sizes: Sizes, folder: Path) -> None:
    """Requests per second over several connections, and the time until the first one is taken."""
    seed = servers.seed(sizes.mock_namespaces, hardQuota="1 GB")
    start_mock = partial(servers.mock, servers.folder_in(folder, "mock"))
    with start_mock(seed) as mock:
        document = json.loads(ask(mock.place, read(0)))
        start_bare = partial(servers.bare, servers.folder_in(folder, "bare"), document)
        with start_bare() as bare:
            _rates(report, sizes, mock.place, bare.place)
    starts = alternately(
        sizes.runs, {"mock": _seconds(start_mock), "bare": _seconds(start_bare)}, warm_up=False
    )
    report.add(Row(SECTION, "start", "s", starts["mock"], AGAINST, starts["bare"]))


def read(number: int) -> Request:
    """What an unchanged task asks."""
    return Request("GET", f"{servers.namespace_path(number)}?verbose=true")


def modify(number: int) -> Request:
    """What a task that changes something sends."""
    return Request("POST", servers.namespace_path(number), {"softQuota": 50 + number})


def _rates(report: Report, sizes: Sizes, mock: Place, bare: Place) -> None:
    numbers = range(min(10, sizes.mock_namespaces))
    workloads = {
        "read a namespace": [read(number) for number in numbers],
        "modify a namespace": [modify(number) for number in numbers],
    }
    for what, requests in workloads.items():
        asked = {
            name: partial(rate, place, requests, CONNECTIONS, sizes.requests)
            for name, place in (("mock", mock), ("bare", bare))
        }
        found = alternately(sizes.runs, asked)
        report.add(Row(SECTION, what, "requests/s", found["mock"], AGAINST, found["bare"], ENOUGH))


def _seconds(start: Callable[[], AbstractContextManager[servers.Server]]) -> Callable[[], float]:
    def measured() -> float:
        with start() as server:
            return server.started_in

    return measured
