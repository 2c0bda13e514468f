"""hcp_replication_link and hcp_replication_link_info against a mock HCP."""

from __future__ import annotations

from typing import Any

import pytest
from support.hcp import TENANT, MockHcp, seed
from support.module import Flag, run

LINKS = "/services/replication/links"
LINK = f"{LINKS}/east"
OTHER = "hcp2.example.com"
CONNECTION = {"remote_host": f"replication.admin.{OTHER}"}
NEW = {"name": "east", "type": "ACTIVE_ACTIVE", "connection": CONNECTION}


@pytest.fixture(autouse=True)
def start(hcp: MockHcp) -> None:
    document = seed()
    remote = {"name": OTHER, "tenants": ["theirs", "others"]}
    document["system"]["remoteSystems"] = [remote]
    hcp.reset(document)


def link(hcp: MockHcp, fails: Flag = False, check: Flag = False, **options: Any) -> Any:
    given = {**hcp.as_system, "name": "east", **options}
    return run("hcp_replication_link", given, check=check, fails=fails)


def planted(hcp: MockHcp, kind: str = "ACTIVE_ACTIVE", **values: Any) -> None:
    """A link that works."""
    connection = {"remoteHost": CONNECTION["remote_host"]}
    made = {"name": "east", "type": kind, "connection": connection, **values}
    hcp.control("POST", "seed", {"system": {"links": [made]}})


def test_a_link_with_everything(hcp: MockHcp) -> None:
    options = {
        **NEW,
        "failover_settings": {"local": {"auto_failover": True, "auto_failover_minutes": 30}},
        "schedule": {"local": {"transitions": [{"time": "Mon:07", "performance_level": "LOW"}]}},
        "tenants": [TENANT],
        "suspended": True,
    }
    predicted = link(hcp, check=True, **options)
    assert hcp.writes() == []
    made = link(hcp, **options)
    assert made["created"]
    assert predicted["steps"] == [{**step, "status": "planned"} for step in made["steps"]]
    assert hcp.writes() == [
        f"PUT {LINKS}",
        f"POST {LINK}/schedule",
        f"PUT {LINK}/content/tenants/{TENANT}",
        f"POST {LINK}",
    ]
    assert made["replication_link"]["tenants"] == [TENANT]
    assert made["details"]["status_message"] == "Suspended by user"
    hcp.clear_journal()
    assert not link(hcp, **options)["changed"]
    assert hcp.writes() == []


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"connection": CONNECTION}, "needs a type"),
        ({"type": "INBOUND"}, "remote_host"),
        ({"type": "INBOUND", "connection": {"remote_port": 5748}}, "remote_host"),
        (
            {**NEW, "failover_settings": {"local": {"auto_complete_recovery": True}}},
            "auto_complete_recovery",
        ),
        ({**NEW, "schedule": {"local": {"transitions": [{"time": "Mo:7"}]}}}, "performance_level"),
        (
            {
                **NEW,
                "schedule": {
                    "local": {"transitions": [{"time": "Mo:07", "performance_level": "LOW"}]}
                },
            },
            "time",
        ),
        (
            {
                **NEW,
                "schedule": {
                    "local": {"transitions": [{"time": "Mon:07", "performance_level": "OFF"}]}
                },
            },
            "for some of the week",
        ),
        ({**NEW, "account_level": "tenant"}, "accounts of the system"),
    ],
)
def test_what_cannot_be_right_is_not_sent(hcp: MockHcp, options: dict[str, Any], told: str) -> None:
    assert told in link(hcp, fails=True, **options)["msg"]
    assert hcp.writes() == []


def test_a_link_becomes_active_active_only_when_that_is_confirmed(hcp: MockHcp) -> None:
    planted(hcp, "OUTBOUND")
    settings = {"remote": {"auto_complete_recovery": True}}
    assert link(hcp, failover_settings=settings)["changed"]
    both = {
        "type": "ACTIVE_ACTIVE",
        "failover_settings": {"remote": {"auto_failover_minutes": 9}},
    }
    refused = link(hcp, fails=True, **both)
    assert refused["error"]["code"] == "needs_confirmation"
    made = link(hcp, confirm=["type"], **both)
    assert [step["risk"] for step in made["steps"]] == ["irreversible"]
    assert made["replication_link"]["failover_settings"]["remote"] == {
        "auto_failover": False,
        "auto_failover_minutes": 9,
    }
    back = link(hcp, fails=True, type="OUTBOUND", confirm=["type"])
    assert back["error"]["code"] == "forbidden_change"


def test_content_is_merged_unless_it_is_to_be_exact(hcp: MockHcp) -> None:
    planted(hcp, tenants=[TENANT, "theirs"])
    hcp.clear_journal()
    assert not link(hcp, tenants=["Theirs"])["changed"]
    assert hcp.seen() == [f"GET {LINK}/content/tenants"]
    added = link(hcp, tenants=["others"])
    assert added["replication_link"]["tenants"] == ["others", TENANT, "theirs"]
    hcp.clear_journal()
    exact = link(hcp, tenants=["Others"], exact=["tenants"])
    assert exact["replication_link"]["tenants"] == ["others"]
    assert not exact["warnings"]
    assert hcp.writes() == [
        f"DELETE {LINK}/content/tenants/{TENANT}",
        f"DELETE {LINK}/content/tenants/theirs",
    ]
    assert not link(hcp, tenants=["others"], exact=["tenants"])["changed"]


def test_an_addition_whose_answer_was_lost_is_not_taken_for_a_conflict(hcp: MockHcp) -> None:
    planted(hcp)
    path = f"{LINK}/content/tenants/{TENANT}"
    hcp.fault({"method": "PUT", "path": path, "times": 1}, cut="after")
    hcp.clear_journal()
    done = link(hcp, tenants=[TENANT], retries=3)
    assert hcp.writes() == [f"PUT {path}"] * 2
    assert done["replication_link"]["tenants"] == [TENANT]
    assert [step["status"] for step in done["steps"]] == ["done"]


def test_what_cannot_be_put_on_a_link_is_told(hcp: MockHcp) -> None:
    planted(hcp)
    unknown = link(hcp, fails=True, tenants=["nobody"])
    assert unknown["error"]["path"] == f"{LINK}/content/tenants/nobody"
    chained = link(hcp, fails=True, chained_links=["west"])
    assert chained["error"]["status"] == 405


def test_suspending_and_resuming(hcp: MockHcp) -> None:
    planted(hcp)
    assert not link(hcp, suspended=False)["changed"]
    assert link(hcp, suspended=True)["changed"]
    assert not link(hcp, suspended=True)["changed"]
    assert link(hcp, suspended=False, check=True)["changed"]
    assert link(hcp, suspended=False)["replication_link"]["suspended"] is False


@pytest.mark.parametrize("retries", [0, 3])
def test_suspending_once_is_enough_where_the_answer_is_lost(hcp: MockHcp, retries: int) -> None:
    planted(hcp)
    hcp.fault({"method": "POST", "path": LINK, "times": 1}, cut="after")
    done = link(hcp, suspended=True, retries=retries)
    assert [step["status"] for step in done["steps"]] == ["done"]
    assert done["replication_link"]["suspended"] is True


def test_what_was_not_suspended_is_a_failure(hcp: MockHcp) -> None:
    planted(hcp)
    hcp.fault({"method": "POST", "path": LINK, "times": 1}, cut="before")
    failed = link(hcp, fails=True, suspended=True)
    assert [step["status"] for step in failed["steps"]] == ["unknown"]


def test_deleting_takes_a_confirmation(hcp: MockHcp) -> None:
    planted(hcp)
    refused = link(hcp, fails=True, state="absent")
    assert refused["error"]["code"] == "needs_confirmation"
    assert link(hcp, state="absent", confirm=["delete"])["changed"]
    assert not link(hcp, state="absent", confirm=["delete"])["changed"]


def test_links_are_read(hcp: MockHcp) -> None:
    planted(hcp, tenants=[TENANT])
    planted(hcp, "INBOUND", name="west")
    found = run("hcp_replication_link_info", {**hcp.as_system, "include": ["all"]})
    east, west = found["replication_links"]
    assert (east["tenants"], west["chained_links"]) == ([TENANT], [])
    assert "chained_links" not in east
    assert (set(east["schedule"]), set(west["schedule"])) == ({"local", "remote"}, {"remote"})
    assert found["details"]["west"]["status_message"] == "Receiving data"
    for each in (east, west):
        again = run("hcp_replication_link", {**hcp.as_system, **each})
        assert not again["changed"]


def test_links_are_part_of_configurations(hcp: MockHcp) -> None:
    config = {"replication_links": [{**NEW, "tenants": [TENANT]}]}
    options = {**hcp.as_system, "config": config}
    assert run("hcp_config", options)["changed"]
    assert not run("hcp_config", options)["changed"]
    account = {"tenant": "*", "username": "storage-admin", "password": "Storage-Admin-1"}
    found = run("hcp_config_info", {**hcp.as_system, "accounts": [account]})
    assert found["config"]["replication_links"][0]["tenants"] == [TENANT]
    exported = {**hcp.as_system, "accounts": [account], "config": found["config"]}
    assert run("hcp_drift_info", exported)["findings"] == []


def test_recovery_means_nothing_for_a_link_that_is_active_active(hcp: MockHcp) -> None:
    planted(hcp)
    local = {"auto_complete_recovery": True, "auto_complete_recovery_minutes": 9}
    hcp.clear_journal()
    assert not link(hcp, failover_settings={"local": local})["changed"]
    assert not link(hcp, failover_settings={"local": {}}, schedule={"local": {}})["changed"]
    assert hcp.writes() == []
    assert link(hcp, failover_settings={"local": {**local, "auto_failover": True}})["changed"]
    assert not link(hcp, failover_settings={"local": {**local, "auto_failover": True}})["changed"]
