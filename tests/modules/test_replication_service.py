"""hcp_replication_service against a mock HCP."""

from __future__ import annotations

from typing import Any

import pytest
from support.hcp import MockHcp, seed
from support.module import Flag, run

PATH = "/services/replication"


@pytest.fixture(autouse=True)
def start(hcp: MockHcp) -> None:
    hcp.reset(seed())


def service(hcp: MockHcp, fails: Flag = False, **options: Any) -> Any:
    return run("hcp_replication_service", {**hcp.as_system, **options}, fails=fails)


def test_it_reads_and_changes_what_differs(hcp: MockHcp) -> None:
    found = service(hcp)
    assert not found["changed"]
    assert found["replication_service"]["network"] == "[hcp_system]"
    assert found["details"] == {"status": "ENABLED"}
    changed = service(hcp, verification="ON", network="[HCP_System]")
    assert [each["options"] for each in changed["steps"]] == [["verification"]]
    assert changed["replication_service"]["verification"] == "ON"
    hcp.clear_journal()
    assert not service(hcp, verification="ON")["changed"]
    assert hcp.seen() == [f"GET {PATH}"]


def test_what_hcp_refuses_is_told(hcp: MockHcp) -> None:
    refused = service(hcp, fails=True, network="[hcp_backend]")
    assert "network" in refused["msg"]
    assert refused["error"]["path"] == PATH
    negative = service(hcp, fails=True, connectivity_timeout_seconds=-1)
    assert negative["error"]["option"] == "connectivity_timeout_seconds"


def test_that_all_links_are_shut_down_is_shown(hcp: MockHcp) -> None:
    hcp.control("POST", "seed", {"system": {"replication": {"shutDown": "Works"}}})
    assert service(hcp)["details"] == {"status": "SHUTDOWN"}


def test_it_is_part_of_configurations(hcp: MockHcp) -> None:
    config = {"replication_service": {"enable_dns_failover": True}}
    options = {**hcp.as_system, "config": config}
    assert run("hcp_config", options)["changed"]
    assert run("hcp_drift_info", options)["findings"] == []
    found = run("hcp_config_info", {**hcp.as_system, "kinds": ["replication_service"]})
    assert found["config"]["replication_service"]["enable_dns_failover"]
