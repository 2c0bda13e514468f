"""hcp_network, settings that there are once, against a mock HCP."""

from __future__ import annotations

from typing import Any

import pytest
from support.hcp import ADMIN, ADMIN_PASSWORD, MockHcp, seed
from support.module import Flag, run

PATH = "/network"
ADVANCED = {"downstream_dns_mode": "ADVANCED"}
BASIC = {"downstream_dns_mode": "BASIC"}


@pytest.fixture(autouse=True)
def start(hcp: MockHcp) -> None:
    watcher = {"username": "watcher", "password": "Watch-Pass-1", "roles": ["MONITOR"]}
    document = seed()
    document["system"]["users"] = [watcher]
    hcp.reset(document)


def network(hcp: MockHcp, fails: Flag = False, **options: Any) -> Any:
    return run("hcp_network", {**hcp.as_system, **options}, fails=fails)


def mode(hcp: MockHcp) -> Any:
    account = {"username": hcp.facts["username"], "password": hcp.facts["password"]}
    return hcp.get(PATH, **account, host="admin")["downstreamDNSMode"]


def test_without_options_it_reads(hcp: MockHcp) -> None:
    found = network(hcp, username="watcher", password="Watch-Pass-1")
    assert not found["changed"]
    assert found["network"] == BASIC
    assert hcp.seen() == [f"GET {PATH}"]


def test_it_changes_what_differs(hcp: MockHcp) -> None:
    changed = network(hcp, **ADVANCED)
    assert (changed["changed"], changed["created"]) == (True, False)
    assert changed["network"] == ADVANCED
    assert [each["status"] for each in changed["steps"]] == ["done"]
    assert mode(hcp) == "ADVANCED"
    hcp.clear_journal()
    assert not network(hcp, **ADVANCED)["changed"]
    assert hcp.seen() == [f"GET {PATH}"]


def test_a_failure_names_the_role(hcp: MockHcp) -> None:
    refused = network(hcp, fails=True, username="watcher", password="Watch-Pass-1", **ADVANCED)
    assert refused["error"]["code"] == "forbidden"
    assert "ADMINISTRATOR" in refused["msg"]
    assert mode(hcp) == "BASIC"


def test_accounts_of_tenants_are_refused(hcp: MockHcp) -> None:
    refused = network(hcp, fails=True, account_level="tenant", **ADVANCED)
    assert refused["error"]["option"] == "account_level"
    assert "accounts of the system" in refused["msg"]
    assert hcp.seen() == []


def test_it_is_part_of_configurations(hcp: MockHcp) -> None:
    options = {**hcp.as_system, "config": {"network": ADVANCED}}
    drift = run("hcp_drift_info", options)
    assert [(each["option"], each["found"]) for each in drift["findings"]] == [
        ("downstream_dns_mode", "BASIC")
    ]
    assert run("hcp_config", options, check=True)["summary"]["network"]["updated"] == 1
    assert mode(hcp) == "BASIC"
    assert run("hcp_config", options)["changed"]
    assert mode(hcp) == "ADVANCED"
    assert not run("hcp_config", options)["changed"]
    assert run("hcp_drift_info", options)["findings"] == []


def test_a_configuration_names_what_is_wrong_with_it(hcp: MockHcp) -> None:
    for config, told in (
        ({"network": [ADVANCED]}, "config.network must be a dictionary"),
        ({"network": {"name": "x"}}, "no option 'name'"),
    ):
        refused = run("hcp_config", {**hcp.as_system, "config": config}, fails=True)
        assert told in refused["msg"]


def test_an_export_of_some_tenants_is_without_it(hcp: MockHcp) -> None:
    every = run("hcp_config_info", {**hcp.as_system, "kinds": ["network"]})
    assert every["config"] == {"network": BASIC}
    assert every["counts"] == {"network": 1}
    account = {"tenant": "*", "username": ADMIN, "password": ADMIN_PASSWORD}
    options = {**hcp.as_system, "accounts": [account]}
    some = run("hcp_config_info", {**options, "tenants": ["res*"]})
    assert set(some["config"]) == {"tenants"}
    assert run("hcp_config_info", options)["config"]["network"] == BASIC
