"""Fixtures of the tests that need a mock HCP of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.hcp import MockHcp, seed


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run what `make test` leaves out, too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes too long for each run: `make test-full` runs it."""
    if config.getoption("--full"):
        return
    left_out = [item for item in items if item.get_closest_marker("full")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def running_hcp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MockHcp]:
    """A mock HCP for the whole session."""
    hcp = MockHcp(tmp_path_factory.mktemp("hcp"))
    yield hcp
    hcp.stop()


@pytest.fixture
def hcp(running_hcp: MockHcp) -> MockHcp:
    """The mock HCP with the tenant ``research``, as if just started."""
    running_hcp.reset(seed())
    return running_hcp
