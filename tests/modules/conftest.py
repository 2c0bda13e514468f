"""Every test of modules runs in process and as a module process, and the results are compared."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from support.module import execution

from ansible_collections.contentplatform.hcp.plugins.module_utils.connections import Connections

MODULE, IN_PROCESS = "module", "in process"
# What differs from one run of a test to the next.
PASSING = (
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)"), "TIME"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "UUID"),
    # Each mock HCP has a certificate of its own.
    (re.compile(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----"), "CERTIFICATE"),
    (re.compile(r"OU=Testing cert #[\w-]+"), "OU=CERTIFICATE"),
    (re.compile(r'("(?:version|changeTimeMilliseconds)": )"[\d.]+"'), r"\g<1>0"),
    (re.compile(r'("upToDateAsOfMillis": )\d+'), r"\g<1>0"),
    (re.compile(r'("(?:port|data_port)": |localhost:|127\.0\.0\.1:)\d+'), r"\g<1>0"),
    # The figures of nodes that follow the machine and the requests of a test.
    (
        re.compile(r'("(?:cpu_\w+|io_wait|front_end_bytes_\w+|open_https_connections)": )[0-9.]+'),
        r"\g<1>0",
    ),
    # Each mock has a certificate of its own.
    (re.compile(r"-----BEGIN CERTIFICATE-----[^-]*"), "CERTIFICATE"),
    (re.compile(r'/[^"\' ]*/pytest-of-[^"\' ]*/'), "FOLDER/"),
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    metafunc.parametrize("through", [MODULE, IN_PROCESS], indirect=True)


@pytest.fixture(autouse=True)
def through(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """How this test runs modules. The second of the two runs compares the results."""
    execution.in_process = request.param == IN_PROCESS
    execution.connections = Connections()
    execution.results = []
    yield
    execution.connections.close()
    execution.in_process = False
    found = [_lasting(each) for each in execution.results]
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        # Next to the folders of all workers.
        folder = folder.parent
    folder = folder / "executions"
    folder.mkdir(exist_ok=True)
    test = request.node.nodeid.replace(f"[{request.param}", "[")
    name = hashlib.sha256(test.encode()).hexdigest()
    mine, other = (folder / f"{name}.{each}" for each in _both(request.param))
    mine.write_text(json.dumps(found))
    if other.exists():
        _compare(found, json.loads(other.read_text()))


def _both(mine: str) -> tuple[str, str]:
    return (MODULE, IN_PROCESS) if mine == MODULE else (IN_PROCESS, MODULE)


def _lasting(result: dict[str, Any]) -> Any:
    text = json.dumps(result, sort_keys=True)
    for pattern, instead in PASSING:
        text = pattern.sub(instead, text)
    return json.loads(text)


def _compare(found: list[Any], other: list[Any]) -> None:
    assert len(found) == len(other)
    for one, two in zip(found, other, strict=True):
        assert one == two
