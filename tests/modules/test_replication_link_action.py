"""hcp_replication_link_action against a mock HCP."""

from __future__ import annotations

from typing import Any

import pytest
from support.hcp import MockHcp, seed
from support.module import Flag, run

LINK = "/services/replication/links/east"
CONNECTION = {"remoteHost": "replication.admin.hcp2.example.com"}


def planted(hcp: MockHcp, kind: str = "ACTIVE_ACTIVE", **values: Any) -> None:
    """A link that works."""
    document = seed()
    document["system"]["links"] = [
        {"name": "east", "type": kind, "connection": CONNECTION, **values}
    ]
    hcp.reset(document)


def act(hcp: MockHcp, action: str, sure: Flag = True, fails: Flag = False, **options: Any) -> Any:
    check = options.pop("check", False)
    confirm = {"confirm": [action]} if sure else {}
    given = {**hcp.as_system, "name": "east", "action": action, **confirm, **options}
    return run("hcp_replication_link_action", given, check=check, fails=fails)


def test_failing_over_and_back(hcp: MockHcp) -> None:
    planted(hcp)
    refused = act(hcp, "failover", sure=False, fails=True)
    assert refused["error"]["code"] == "needs_confirmation"
    assert "confirm: [failover]" in refused["msg"]
    assert act(hcp, "failover", check=True)["changed"]
    assert hcp.writes() == []
    done = act(hcp, "failover")
    assert done["changed"]
    assert done["before"]["status_message"] == "Synchronizing data"
    assert done["after"]["status_message"] == "Failed over"
    assert not act(hcp, "failover", sure=False)["changed"]
    assert act(hcp, "failback")["after"]["status_message"] == "Synchronizing data"
    assert not act(hcp, "failback")["changed"]
    assert hcp.writes() == [f"POST {LINK}"] * 2


def test_a_recovery(hcp: MockHcp) -> None:
    planted(hcp, "INBOUND", failedOver=True)
    assert act(hcp, "begin_recovery")["after"]["status_message"] == "Recovering data"
    assert not act(hcp, "begin_recovery")["changed"]
    assert act(hcp, "complete_recovery")["changed"]
    assert not act(hcp, "complete_recovery")["changed"]


def test_the_other_spelling_is_tried(hcp: MockHcp) -> None:
    planted(hcp, "INBOUND", failedOver=True)
    hcp.fault({"method": "POST", "path": LINK, "times": 1}, status=400)
    assert act(hcp, "begin_recovery")["after"]["status_message"] == "Recovering data"
    assert hcp.writes() == [f"POST {LINK}"] * 2


def test_restoring(hcp: MockHcp) -> None:
    planted(hcp, statusMessage="Broken link")
    assert act(hcp, "restore")["before"]["status"] == "BAD"


@pytest.mark.parametrize("fault", [{"cut": "after"}, {"status": 500}])
def test_an_action_is_never_repeated(hcp: MockHcp, fault: dict[str, Any]) -> None:
    planted(hcp)
    hcp.fault({"method": "POST", "path": LINK, "times": 1}, **fault)
    failed = act(hcp, "failover", fails=True, retries=3)
    assert "may have done it" in failed["error"]["hint"]
    assert hcp.writes() == [f"POST {LINK}"]


def test_what_hcp_refuses_is_told(hcp: MockHcp) -> None:
    planted(hcp)
    refused = act(hcp, "begin_recovery", fails=True)
    assert refused["error"]["hcp_message"] == "Only active/passive links can recover."
    assert refused["error"]["resource"] == "replication link east"


def test_a_link_that_is_not_there(hcp: MockHcp) -> None:
    hcp.reset(seed())
    refused = act(hcp, "failover", fails=True)
    assert refused["error"]["code"] == "not_found"
    assert "replication link east" in refused["msg"]
    assert hcp.writes() == []


def test_accounts_of_tenants_are_refused(hcp: MockHcp) -> None:
    hcp.reset(seed())
    refused = act(hcp, "failover", fails=True, account_level="tenant")
    assert refused["error"]["option"] == "account_level"
    assert hcp.seen() == []
