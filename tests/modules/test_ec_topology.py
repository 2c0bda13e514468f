"""hcp_ec_topology and hcp_ec_topology_info against a mock HCP."""

from __future__ import annotations

from typing import Any

import pytest
from support.hcp import TENANT, MockHcp, seed
from support.module import Flag, run
from support.samples import WEB, for_topologies

ALL = "/services/erasureCoding/ecTopologies"
ONE = f"{ALL}/sites"
NEW = {"type": "FULLY_CONNECTED", "replication_links": WEB}


@pytest.fixture(autouse=True)
def start(hcp: MockHcp) -> None:
    hcp.reset(seed())
    hcp.control("POST", "seed", {**for_topologies(), "rules": {"retirementSeconds": 1000}})
    hcp.clear_journal()


def topology(hcp: MockHcp, fails: Flag = False, check: Flag = False, **options: Any) -> Any:
    given = {**hcp.as_system, "name": "sites", **options}
    return run("hcp_ec_topology", given, check=check, fails=fails)


def retire(hcp: MockHcp) -> None:
    topology(hcp, retired=True, confirm=["retired"])


def advance(hcp: MockHcp) -> None:
    """Until what is being retired is retired."""
    hcp.control("POST", "clock", {"advance": 1000})


def test_a_topology_with_tenants(hcp: MockHcp) -> None:
    options = {**NEW, "tenants": [TENANT, "archive"], "erasure_coding_delay": 7}
    predicted = topology(hcp, check=True, **options)
    assert hcp.writes() == []
    made = topology(hcp, **options)
    assert made["created"]
    assert made["warnings"] == []
    assert predicted["steps"] == [{**step, "status": "planned"} for step in made["steps"]]
    assert hcp.writes() == [
        f"PUT {ALL}",
        f"PUT {ONE}/tenants/{TENANT}",
        f"PUT {ONE}/tenants/archive",
    ]
    assert made["ec_topology"]["tenants"] == ["archive", TENANT]
    assert made["ec_topology"]["replication_links"][2]["hcp_systems"] == [
        "hcp3.example.com",
        "hcp4.example.com",
    ]
    assert made["details"]["state"] == "ACTIVE"
    hcp.clear_journal()
    assert not topology(hcp, **{**options, "tenants": ["Research"]})["changed"]
    assert not topology(hcp, tenants=["archive"])["changed"]
    assert hcp.seen() == [f"GET {ONE}", f"GET {ONE}/tenants", f"GET {ONE}/tenants"]
    left = topology(hcp, tenants=["archive"], exact=["tenants"])
    assert left["ec_topology"]["tenants"] == ["archive"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"replication_links": WEB}, "needs a type"),
        ({"type": "RING"}, "needs replication_links"),
        ({**NEW, "retired": True, "confirm": ["retired"]}, "never retired"),
        ({**NEW, "erasure_coding_delay": 3651}, "3650 days"),
        ({**NEW, "minimum_object_size": 8192}, "minimum_object_size"),
        ({**NEW, "account_level": "tenant"}, "accounts of the system"),
    ],
)
def test_what_cannot_be_right_is_not_sent(hcp: MockHcp, options: dict[str, Any], told: str) -> None:
    for check in (True, False):
        assert told in topology(hcp, fails=True, check=check, **options)["msg"]
    assert hcp.writes() == []


def test_what_a_topology_is_made_of_stays(hcp: MockHcp) -> None:
    topology(hcp, **NEW)
    for options in ({"type": "RING"}, {"replication_links": WEB[:2]}):
        refused = topology(hcp, fails=True, **options)
        assert refused["error"]["code"] == "forbidden_change"
        assert refused["error"]["option"] == next(iter(options))


def test_the_way_of_a_topology(hcp: MockHcp) -> None:
    topology(hcp, **NEW)
    assert not topology(hcp, retired=False)["changed"]
    for check in (True, False):
        hcp.clear_journal()
        in_use = topology(hcp, fails=True, check=check, state="absent")
        assert "retired: true" in in_use["msg"]
        unsure = topology(hcp, fails=True, check=check, retired=True)
        assert unsure["error"]["code"] == "needs_confirmation"
        assert "confirm: [retired]" in unsure["msg"]
        assert hcp.writes() == []
    assert topology(hcp, check=True, retired=True, confirm=["retired"])["changed"]
    done = topology(hcp, retired=True, description="old", confirm=["retired"])
    assert [step["risk"] for step in done["steps"]] == ["update", "irreversible"]
    assert done["details"]["state"] == "RETIRING"
    hcp.clear_journal()
    assert not topology(hcp, retired=True)["changed"]
    assert hcp.seen() == [f"GET {ONE}"]
    back = topology(hcp, fails=True, retired=False)
    assert back["error"]["code"] == "forbidden_change"
    advance(hcp)
    assert topology(hcp, check=True, state="absent")["changed"]
    assert topology(hcp, state="absent")["changed"]
    hcp.clear_journal()
    assert not topology(hcp, state="absent")["changed"]
    assert hcp.writes() == []


def test_deleting_what_is_still_being_retired(hcp: MockHcp) -> None:
    topology(hcp, **NEW)
    retire(hcp)
    for check in (True, False):
        hcp.clear_journal()
        refused = topology(hcp, fails=True, check=check, state="absent")
        assert refused["error"]["code"] == "needs_confirmation"
        assert "confirm: [delete_retiring]" in refused["msg"]
        assert hcp.writes() == []
    assert topology(hcp, state="absent", confirm=["delete_retiring"])["changed"]
    deletion = next(each for each in hcp.journal() if each["method"] == "DELETE")
    assert deletion["query"] == "force=true"


@pytest.mark.parametrize("retries", [0, 3])
def test_retiring_once_is_enough_where_the_answer_is_lost(hcp: MockHcp, retries: int) -> None:
    topology(hcp, **NEW)
    hcp.fault({"method": "POST", "path": ONE, "times": 1}, cut="after")
    done = topology(hcp, retired=True, confirm=["retired"], retries=retries)
    assert [step["status"] for step in done["steps"]] == ["done"]
    assert done["ec_topology"]["retired"] is True


def test_what_was_not_done_is_a_failure(hcp: MockHcp) -> None:
    topology(hcp, **NEW)
    hcp.fault({"method": "POST", "path": ONE, "times": 1}, cut="before")
    failed = topology(hcp, fails=True, retired=True, confirm=["retired"])
    assert [step["status"] for step in failed["steps"]] == ["unknown"]


def test_topologies_are_read(hcp: MockHcp) -> None:
    topology(hcp, **NEW, tenants=[TENANT])
    hcp.clear_journal()
    found = run("hcp_ec_topology_info", {**hcp.as_system, "include": ["all"]})
    assert hcp.seen() == [f"GET {ALL}", f"GET {ONE}", f"GET {ONE}/tenants"]
    (only,) = found["ec_topologies"]
    assert (only["tenants"], only["retired"]) == ([TENANT], False)
    assert found["details"]["sites"]["protection_status"] == "HEALTHY"
    assert found["details"]["sites"]["erasure_coded_objects"] == 0
    assert not run("hcp_ec_topology", {**hcp.as_system, **only})["changed"]
    missing = run("hcp_ec_topology_info", {**hcp.as_system, "name": "nowhere"})
    assert missing["ec_topologies"] == []


def test_topologies_are_part_of_configurations(hcp: MockHcp) -> None:
    config = {"ec_topologies": [{**NEW, "name": "sites", "tenants": [TENANT]}]}
    options = {**hcp.as_system, "config": config}
    assert run("hcp_config", options)["changed"]
    assert not run("hcp_config", options)["changed"]
    accounts = [{"tenant": "*", "username": "storage-admin", "password": "Storage-Admin-1"}]
    found = run("hcp_config_info", {**hcp.as_system, "accounts": accounts})
    assert found["config"]["ec_topologies"][0]["tenants"] == [TENANT]
    exported = {**hcp.as_system, "accounts": accounts, "config": found["config"]}
    assert run("hcp_drift_info", exported)["findings"] == []
