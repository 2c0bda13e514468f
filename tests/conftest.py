"""Fixtures of the tests that need a mock HCP of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.hcp import MockHcp, seed


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
