"""hcp_replication_link_action against a mock HCP."""

from __future__ import annotations

from typing import Any

import pytest
from support.hcp import TENANT, MockHcp, seed
from support.module import Flag, run

LINK = "/services/replication/links/east"
SYSTEM = {"username": "admin", "password": "Hcp-Mock-1", "host": "admin"}
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


def test_an_action_that_something_else_answers_is_no_change(hcp: MockHcp) -> None:
    planted(hcp)
    hcp.fault({"method": "POST", "path": LINK}, status=200, origin="proxy")
    failed = act(hcp, "failover", fails=True)
    assert (failed["error"]["code"], failed["changed"]) == ("not_done", False)
    assert hcp.writes() == [f"POST {LINK}"]


@pytest.mark.parametrize("fault", [{"cut": "before"}, {"status": 500}])
def test_an_action_is_never_repeated(hcp: MockHcp, fault: dict[str, Any]) -> None:
    planted(hcp)
    hcp.fault({"method": "POST", "path": LINK, "times": 1}, **fault)
    failed = act(hcp, "failover", fails=True, retries=3)
    assert "may have carried out the request" in failed["error"]["hint"]
    assert hcp.writes() == [f"POST {LINK}"]


def test_what_hcp_shows_to_be_done_is_no_failure(hcp: MockHcp) -> None:
    planted(hcp)
    hcp.fault({"method": "POST", "path": LINK, "times": 1}, cut="after")
    done = act(hcp, "failover", retries=3)
    assert done["changed"]
    assert done["after"]["status_message"] == "Failed over"
    assert hcp.writes() == [f"POST {LINK}"]
    hcp.fault({"method": "POST", "path": LINK, "times": 1}, cut="after")
    hcp.fault({"method": "GET", "path": LINK, "nth": 2}, status=500)
    unknown = act(hcp, "failback", fails=True)
    assert "may have carried out the request" in unknown["error"]["hint"]


def test_pausing_a_tenant(hcp: MockHcp) -> None:
    planted(hcp, tenants=[TENANT])
    of_tenant = {"tenant": TENANT, "sure": False}
    assert act(hcp, "pause_tenant", check=True, **of_tenant)["changed"]
    assert hcp.writes() == []
    done = act(hcp, "pause_tenant", **of_tenant)
    assert (done["before"]["status"], done["after"]["status"]) == ("REPLICATING", "PAUSED")
    assert done["after"]["objects_pending"] == 0
    assert not act(hcp, "pause_tenant", **of_tenant)["changed"]
    assert act(hcp, "resume_tenant", **of_tenant)["after"]["status"] == "REPLICATING"
    assert not act(hcp, "resume_tenant", **of_tenant)["changed"]
    path = f"{LINK}/content/tenants/{TENANT}"
    assert hcp.writes() == [f"POST {path}"] * 2
    missing = act(hcp, "pause_tenant", sure=False, tenant="nobody", fails=True)
    assert "HCP has no tenant nobody on replication link east" in missing["msg"]
    assert missing["error"]["option"] == "tenant"


def test_a_tenant_that_hcp_paused_itself(hcp: MockHcp) -> None:
    planted(hcp, autoPausedTenants=[TENANT])
    done = act(hcp, "resume_tenant", sure=False, tenant=TENANT)
    assert (done["before"]["status"], done["after"]["status"]) == ("AUTO_PAUSED", "REPLICATING")


def test_all_links(hcp: MockHcp) -> None:
    planted(hcp)
    down = {"name": None, "reason": "Moving & more"}
    assert act(hcp, "shut_down_all_links", check=True, **down)["changed"]
    assert hcp.writes() == []
    done = act(hcp, "shut_down_all_links", **down)
    assert (done["before"], done["after"]) == ({"status": "ENABLED"}, {"status": "SHUTDOWN"})
    assert not act(hcp, "shut_down_all_links", **down)["changed"]
    assert hcp.get(LINK, **SYSTEM)["statusMessage"] == "Suspended by user"
    assert act(hcp, "reestablish_all_links", name=None)["after"] == {"status": "ENABLED"}
    assert not act(hcp, "reestablish_all_links", name=None)["changed"]


@pytest.mark.parametrize(
    ("action", "options", "told"),
    [
        ("failover", {"name": None}, "failover needs name"),
        ("failover", {"tenant": TENANT}, "tenant is not for failover"),
        ("pause_tenant", {"sure": False}, "pause_tenant needs tenant"),
        ("shut_down_all_links", {"reason": "why"}, "name is not for"),
        ("shut_down_all_links", {"name": None}, "needs reason"),
        ("shut_down_all_links", {"name": None, "reason": "x" * 1025}, "at most 1024"),
        ("reestablish_all_links", {"name": None, "reason": "why"}, "reason is not for"),
    ],
)
def test_options_fit_the_action(
    hcp: MockHcp, action: str, options: dict[str, Any], told: str
) -> None:
    refused = act(hcp, action, fails=True, **options)
    assert refused["error"]["code"] == "bad_option"
    assert told in refused["msg"]
    assert hcp.seen() == []


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
