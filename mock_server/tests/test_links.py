"""Replication links: settings, lifecycle and schedules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from .conftest import Client, Mock
from .links import CONNECTION, HOST, LINKS, act, advance, seed_link, seed_remote, state

NEW: dict[str, Any] = {"name": "North sea", "type": "active_active", "connection": CONNECTION}
PATH = f"{LINKS}/north%20SEA"
SIDE = {"autoFailover": False, "autoFailoverMinutes": 120}
PASSIVE = {**SIDE, "autoCompleteRecovery": False, "autoCompleteRecoveryMinutes": 120}
ALL = (
    "suspend",
    "resume",
    "failOver",
    "failBack",
    "beginRecover",
    "beginRecovery",
    "completeRecovery",
    "restore",
)


def test_a_new_link(mock: Mock, system_admin: Client) -> None:
    assert system_admin.put(LINKS, NEW) == 200
    assert system_admin.read(LINKS) == {"name": ["North sea"]}
    assert system_admin.xml(LINKS).tag == "links"
    assert system_admin.read(PATH) == {
        "compression": False,
        "connection": {"localPort": 5748, "remoteHost": HOST, "remotePort": 5748},
        "description": "",
        "encryption": False,
        "failoverSettings": {"local": SIDE, "remote": SIDE},
        "name": "North sea",
        "priority": "OLDEST_FIRST",
        "type": "ACTIVE_ACTIVE",
    }
    shown = system_admin.read(PATH, verbose="true")
    assert {"id", "statistics", "status", "statusMessage", "suspended"} <= set(shown)
    assert list(shown) == sorted(shown)
    assert system_admin.put(LINKS, {**NEW, "name": "NORTH SEA"}) == 409
    assert system_admin.delete(PATH) == 200
    assert (
        system_admin.delete(PATH)
        == system_admin.get(PATH).status_code
        == system_admin.post(PATH, {})
        == 404
    )
    assert system_admin.head(PATH) == 302


def test_a_link_in_xml(system_admin: Client) -> None:
    document = (
        "<link><name>west</name><type>OUTBOUND</type><compression>true</compression>"
        "<connection><remoteHost>192.0.2.1,192.0.2.2</remoteHost><remotePort>6000</remotePort>"
        "</connection><failoverSettings><remote><autoFailover>true</autoFailover></remote>"
        "</failoverSettings></link>"
    )
    assert system_admin.put(LINKS, document) == 200
    found = system_admin.xml(f"{LINKS}/west")
    assert found.tag == "link"
    assert found.findtext("connection/remotePort") == "6000"
    assert found.findtext("failoverSettings/remote/autoFailover") == "true"
    assert found.findtext("failoverSettings/remote/autoCompleteRecoveryMinutes") == "120"
    assert found.find("failoverSettings/local") is None
    assert found.find("statistics") is None


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"name": ""}, 400),
        ({"name": "x" * 65}, 400),
        ({"type": "BOTH"}, 400),
        ({"description": "x" * 1025}, 400),
        ({"priority": "fair"}, 200),
        ({"priority": "LAST"}, 400),
        ({"speed": 1}, 400),
        ({"connection": {}}, 400),
        ({"connection": {"remoteHost": ""}}, 400),
        ({"connection": {"remoteHost": "hcp2.example.com"}}, 400),
        ({"connection": {"remoteHost": "replication.admin"}}, 400),
        ({"connection": {"remoteHost": "replication.hcp2.example.com"}}, 200),
        ({"connection": {"remoteHost": "192.0.2.1,2001:db8::1"}}, 200),
        ({"connection": {"remoteHost": "192.0.2.1,"}}, 400),
        ({"connection": {**CONNECTION, "remotePort": 0}}, 400),
        ({"connection": {**CONNECTION, "localHost": "elsewhere"}}, 400),
        ({"connection": {**CONNECTION, "localHost": "192.0.2.9"}}, 200),
        ({"failoverSettings": {"local": {"autoFailoverMinutes": 6}}}, 400),
        ({"failoverSettings": {"local": {"autoFailoverMinutes": 7}}}, 200),
        ({"failoverSettings": {"local": {"autoCompleteRecovery": True}}}, 403),
        ({"type": "OUTBOUND", "failoverSettings": {"remote": PASSIVE}}, 200),
        ({"type": "OUTBOUND", "failoverSettings": {"local": PASSIVE}}, 403),
        ({"type": "INBOUND", "failoverSettings": {"local": PASSIVE}}, 200),
        ({"type": "INBOUND", "failoverSettings": {"remote": PASSIVE}}, 403),
        ({"suspended": True}, 403),
        ({"status": "GOOD"}, 403),
        ({"id": "x"}, 403),
    ],
)
def test_properties_of_a_link(system_admin: Client, values: dict[str, Any], status: int) -> None:
    assert system_admin.put(LINKS, {**NEW, **values}) == status
    assert len(system_admin.read(LINKS)["name"]) == (1 if status == 200 else 0)


@pytest.mark.parametrize("missing", ["name", "type", "connection"])
def test_what_a_link_needs(system_admin: Client, missing: str) -> None:
    answer = system_admin.call("PUT", LINKS, {k: v for k, v in NEW.items() if k != missing})
    assert answer.status_code == 400
    assert answer.headers["X-HCP-ErrorMessage"] == f"'{missing}' property is required."


def test_modifying_a_link(mock: Mock, system_admin: Client) -> None:
    path = seed_link(mock, failoverSettings={"local": {"autoFailoverMinutes": 9}})
    before = system_admin.read(path)
    assert system_admin.post(path, before) == 200
    assert system_admin.read(path) == before
    body = {
        "description": "changed",
        "connection": {"remotePort": 7000},
        "failoverSettings": {"local": {"autoFailover": True}},
    }
    assert system_admin.post(path, body) == 200
    found = system_admin.read(path)
    assert found["connection"] == {"localPort": 5748, "remoteHost": HOST, "remotePort": 7000}
    assert found["failoverSettings"]["local"] == {"autoFailover": True, "autoFailoverMinutes": 9}
    assert found["failoverSettings"]["remote"] == SIDE
    assert system_admin.post(path, "<link><description/></link>") == 200
    assert system_admin.read(path)["description"] == ""
    assert system_admin.post(path, {"name": "EAST"}) == 200
    assert system_admin.read(path)["name"] == "east"
    assert system_admin.post(path, {"name": "other"}) == 403
    assert system_admin.post(path, b"") == 400


@pytest.mark.parametrize(
    ("kind", "other", "status"),
    [
        ("OUTBOUND", "ACTIVE_ACTIVE", 200),
        ("INBOUND", "ACTIVE_ACTIVE", 200),
        ("INBOUND", "OUTBOUND", 403),
        ("OUTBOUND", "INBOUND", 403),
        ("ACTIVE_ACTIVE", "OUTBOUND", 403),
        ("OUTBOUND", "outbound", 200),
    ],
)
def test_types_change_in_one_direction(
    mock: Mock, system_admin: Client, kind: str, other: str, status: int
) -> None:
    path = seed_link(mock, kind=kind)
    assert system_admin.post(path, {"type": other}) == status
    assert system_admin.read(path)["type"] == (other.upper() if status == 200 else kind)
    if other == "ACTIVE_ACTIVE":
        assert system_admin.read(path)["failoverSettings"] == {"local": SIDE, "remote": SIDE}
    elif kind != "ACTIVE_ACTIVE":
        side = "remote" if kind == "OUTBOUND" else "local"
        assert system_admin.read(path)["failoverSettings"] == {side: PASSIVE}


def test_a_link_waits_for_the_other_system(mock: Mock, system_admin: Client) -> None:
    mock.seed(rules={"linkReplySeconds": 60})
    assert system_admin.put(LINKS, NEW) == 200
    advance(mock, hours=1)
    assert state(system_admin, PATH) == ("WARNING", "Pending remote reply")
    seed_remote(mock)
    assert state(system_admin, PATH) == ("GOOD", "Synchronizing data")
    assert system_admin.put(LINKS, {**NEW, "name": "in", "type": "INBOUND"}) == 200
    assert state(system_admin, f"{LINKS}/in") == ("WARNING", "Pending")
    advance(mock, seconds=61)
    assert state(system_admin, f"{LINKS}/in") == ("GOOD", "Receiving data")


def test_links_to_addresses(mock: Mock, system_admin: Client) -> None:
    mock.seed(rules={"linkReplySeconds": 0})
    seed_remote(mock, addresses=["192.0.2.201", "192.0.2.202"])
    for name, host in (("a", "192.0.2.9,192.0.2.202"), ("b", "192.0.2.9")):
        body = {"name": name, "type": "OUTBOUND", "connection": {"remoteHost": host}}
        assert system_admin.put(LINKS, body) == 200
    assert state(system_admin, f"{LINKS}/a") == ("GOOD", "Sending data")
    assert state(system_admin, f"{LINKS}/b") == ("WARNING", "Pending remote reply")


@pytest.mark.parametrize("kind", ["ACTIVE_ACTIVE", "OUTBOUND", "INBOUND"])
def test_suspending(mock: Mock, system_admin: Client, kind: str) -> None:
    path = seed_link(mock, kind=kind)
    working = state(system_admin, path)
    assert act(system_admin, path, "resume") == 403
    assert act(system_admin, path, "suspend") == 200
    assert state(system_admin, path) == ("WARNING", "Suspended by user")
    assert system_admin.read(path, verbose="true")["suspended"] is True
    assert act(system_admin, path, "suspend=") == 403
    assert act(system_admin, path, "resume=") == 200
    assert state(system_admin, path) == working


def test_failing_over_and_back(mock: Mock, system_admin: Client) -> None:
    path = seed_link(mock)
    assert act(system_admin, path, "failBack") == 403
    assert act(system_admin, path, "failOver") == 200
    assert state(system_admin, path) == ("WARNING", "Failed over")
    assert act(system_admin, path, "failOver") == act(system_admin, path, "beginRecover") == 403
    assert act(system_admin, path, "failBack") == 200
    assert state(system_admin, path) == ("GOOD", "Synchronizing data")


@pytest.mark.parametrize("kind", ["OUTBOUND", "INBOUND"])
@pytest.mark.parametrize("begin", ["beginRecover", "beginRecovery"])
def test_recovering(mock: Mock, system_admin: Client, kind: str, begin: str) -> None:
    mock.seed(rules={"linkRecoverySeconds": 300})
    path = seed_link(mock, kind=kind)
    assert act(system_admin, path, begin) == act(system_admin, path, "completeRecovery") == 403
    assert act(system_admin, path, "failOver") == 200
    assert act(system_admin, path, "failBack") == act(system_admin, path, "restore") == 403
    assert act(system_admin, path, begin) == 200
    assert state(system_admin, path) == ("WARNING", "Recovering data")
    advance(mock, days=1)
    assert state(system_admin, path) == ("WARNING", "Recovering data")
    assert act(system_admin, path, "completeRecovery") == 200
    assert state(system_admin, path) == ("WARNING", "Completing recovery")
    advance(mock, minutes=6)
    assert state(system_admin, path)[0] == "GOOD"


@pytest.mark.parametrize("action", ALL)
def test_actions_have_no_body_and_come_alone(mock: Mock, system_admin: Client, action: str) -> None:
    path = seed_link(mock, suspended=action == "resume")
    before = system_admin.read(path, verbose="true")["statusMessage"]
    assert system_admin.call("POST", f"{path}?{action}", {}).status_code == 400
    assert system_admin.call("POST", f"{path}?{action}", "<link/>").status_code == 400
    other = "suspend" if action != "suspend" else "restore"
    assert system_admin.call("POST", f"{path}?{action}&{other}").status_code == 400
    assert system_admin.read(path, verbose="true")["statusMessage"] == before
    assert act(system_admin, f"{LINKS}/absent", action) == 404


def test_a_lost_system(mock: Mock, system_admin: Client) -> None:
    """A link breaks, fails over when due, and does not recover automatically."""
    both = {"local": {"autoFailover": True, "autoFailoverMinutes": 10}}
    path, quiet = seed_link(mock, failoverSettings=both), seed_link(mock, "quiet")
    sending = seed_link(mock, "sending", "OUTBOUND", failoverSettings=both)
    seed_remote(mock, available=False)
    assert state(system_admin, path) == state(system_admin, quiet) == ("BAD", "Broken link")
    advance(mock, minutes=11)
    assert state(system_admin, sending) == ("BAD", "Broken link")
    assert state(system_admin, path) == ("WARNING", "Failed over")
    assert state(system_admin, quiet) == ("BAD", "Broken link")
    assert act(system_admin, path, "failBack") == 403
    seed_remote(mock, available=True)
    assert state(system_admin, path) == ("WARNING", "Failed over")
    assert state(system_admin, quiet) == ("GOOD", "Synchronizing data")
    assert act(system_admin, path, "failBack") == 200


def test_recovery_that_completes_automatically(mock: Mock, system_admin: Client) -> None:
    local = {
        "autoFailover": True,
        "autoFailoverMinutes": 7,
        "autoCompleteRecovery": True,
        "autoCompleteRecoveryMinutes": 5,
    }
    path = seed_link(mock, kind="INBOUND", failoverSettings={"local": local})
    seed_remote(mock, available=False)
    advance(mock, minutes=8)
    assert state(system_admin, path) == ("WARNING", "Failed over")
    assert act(system_admin, path, "beginRecover") == 403
    seed_remote(mock, available=True)
    assert act(system_admin, path, "beginRecover") == 200
    advance(mock, minutes=6)
    assert state(system_admin, path) == ("GOOD", "Receiving data")


@pytest.mark.parametrize(
    ("message", "status"),
    [
        ("Broken link", "BAD"),
        ("Stalled link", "BAD"),
        ("High error rate", "BAD"),
        ("Local storage full, link suspended", "WARNING"),
        ("Remote storage full, link suspended", "WARNING"),
    ],
)
def test_seeded_problems(mock: Mock, system_admin: Client, message: str, status: str) -> None:
    path = seed_link(mock, statusMessage=message)
    assert state(system_admin, path) == (status, message)
    assert act(system_admin, path, "restore") == 200
    seed_link(mock, statusMessage="Synchronizing data")
    advance(mock, seconds=2)
    assert state(system_admin, path) == ("GOOD", "Synchronizing data")


def test_restoring_repairs_a_broken_link(mock: Mock, system_admin: Client) -> None:
    mock.seed(rules={"linkReplySeconds": 60})
    path = seed_link(mock, statusMessage="Broken link")
    assert act(system_admin, path, "restore") == 200
    assert state(system_admin, path) == ("WARNING", "Pending remote reply")
    advance(mock, seconds=61)
    assert state(system_admin, path) == ("GOOD", "Synchronizing data")


def test_statistics_follow_what_is_stored(
    mock: Mock, system_admin: Client, tenant_admin: Client, s3: Any
) -> None:
    s3.create_bucket(Bucket="archive")
    assert (
        tenant_admin.post("/tenants/finance/namespaces/archive", {"replicationEnabled": True})
        == 200
    )
    path = seed_link(mock, tenants=["finance"])
    s3.put_object(Bucket="archive", Key="a", Body=b"x" * 600)
    found = system_admin.read(path, verbose="true")["statistics"]
    assert (found["objectsReplicated"], found["bytesReplicated"]) == (1, 600)
    assert (found["objectsPending"], found["bytesPerSecond"]) == (0, 10.0)
    assert found["objectsVerified"] == 0
    assert act(system_admin, path, "suspend") == 200
    stopped = system_admin.read(path, verbose="true")["statistics"]["upToDateAsOfMillis"]
    advance(mock, minutes=5)
    s3.put_object(Bucket="archive", Key="b", Body=b"x" * 50)
    found = system_admin.read(path, verbose="true")["statistics"]
    assert (found["objectsReplicated"], found["objectsPending"]) == (1, 1)
    assert (found["bytesPending"], found["bytesPerSecond"]) == (50, 0.0)
    assert found["upToDateAsOfMillis"] == stopped
    assert act(system_admin, path, "resume") == 200
    assert system_admin.post("/services/replication", {"verification": "ON"}) == 200
    found = system_admin.read(path, verbose="true")["statistics"]
    assert (found["objectsReplicated"], found["objectsPending"]) == (2, 0)
    assert (found["objectsVerified"], found["bytesReplicated"]) == (2, 650)


def test_seeded_links(mock: Mock, system_admin: Client) -> None:
    path = seed_link(mock, kind="INBOUND", failedOver=True, statistics={"errors": 7})
    found = system_admin.read(path, verbose="true")
    assert (found["statusMessage"], found["statistics"]["errors"]) == ("Failed over", 7)
    seed_link(mock, kind="INBOUND", failedOver=False, description="changed")
    assert state(system_admin, path) == ("GOOD", "Receiving data")
    assert system_admin.read(path)["description"] == "changed"
    kept = mock.control("GET", "/state").json()["replication"]
    assert [link["name"] for link in kept["links"]] == ["east"]
    assert [remote["name"] for remote in kept["remoteSystems"]] == ["hcp2.example.com"]
    mock.control("POST", "/reset")
    assert system_admin.read(LINKS) == {"name": []}


@pytest.mark.parametrize(
    "link",
    [
        {"type": "OUTBOUND", "connection": CONNECTION},
        {"name": "x", "connection": CONNECTION},
        {"name": "x", "type": "OUTBOUND"},
        {"name": "x", "type": "OUTBOUND", "connection": {"remotePort": 1}},
        {"name": "x", "type": "OUTBOUND", "connection": CONNECTION, "schedule": {"remote": {}}},
        {"name": "x", "type": "OUTBOUND", "connection": CONNECTION, "speed": 1},
    ],
)
def test_bad_seeds(mock: Mock, system_admin: Client, link: dict[str, Any]) -> None:
    answer = mock.control("POST", "/seed", {"system": {"links": [link]}})
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("The seed is not usable")
    assert system_admin.read(LINKS) == {"name": []}


def test_a_system_without_replication(mock: Mock, system_admin: Client) -> None:
    mock.seed(system={"replicationSupported": False})
    assert system_admin.put(LINKS, NEW) == 403


def test_methods(mock: Mock, system_admin: Client) -> None:
    path = seed_link(mock)
    assert (
        system_admin.head(LINKS)
        == system_admin.head(path)
        == system_admin.head(f"{path}/schedule")
        == 200
    )
    assert (
        system_admin.put(path, {})
        == system_admin.post(LINKS, {})
        == system_admin.delete(LINKS)
        == 405
    )
    assert (
        system_admin.put(f"{path}/schedule", {}) == system_admin.delete(f"{path}/schedule") == 405
    )


FRESH = {
    "scheduleOverride": "NONE",
    "transition": [{"time": "Sun:00", "performanceLevel": "HIGH"}],
}


def week_hour(offset: int = 0) -> str:
    when = datetime.now(UTC) + timedelta(hours=offset)
    return f"{when:%a:%H}"


@pytest.mark.parametrize(
    ("kind", "sides"),
    [
        ("ACTIVE_ACTIVE", ["local", "remote"]),
        ("OUTBOUND", ["local"]),
        ("INBOUND", ["remote"]),
    ],
)
def test_schedules(mock: Mock, system_admin: Client, kind: str, sides: list[str]) -> None:
    path = f"{seed_link(mock, kind=kind)}/schedule"
    before = system_admin.read(path)
    assert before == dict.fromkeys(sides, FRESH)
    assert system_admin.post(path, before) == 200
    body = {
        "scheduleOverride": "low",
        "transition": [
            {"time": "Mon:07", "performanceLevel": "Medium"},
            {"time": "Fri:18", "performanceLevel": "OFF"},
        ],
    }
    for side in ("local", "remote"):
        assert system_admin.post(path, {side: body}) == (200 if side in sides else 403)
    stored = {
        "scheduleOverride": "LOW",
        "transition": [
            {"time": "Mon:07", "performanceLevel": "MEDIUM"},
            {"time": "Fri:18", "performanceLevel": "OFF"},
        ],
    }
    assert system_admin.read(path) == dict.fromkeys(sides, stored)
    assert system_admin.post(path, {sides[0]: {"scheduleOverride": "NONE"}}) == 200
    assert system_admin.read(path)[sides[0]] == {**stored, "scheduleOverride": "NONE"}


def test_a_schedule_in_xml(mock: Mock, system_admin: Client) -> None:
    path = f"{seed_link(mock)}/schedule"
    document = (
        "<schedule><local><transition><time>Mon:00</time><performanceLevel>LOW</performanceLevel>"
        "</transition><transition><time>Sat:23</time><performanceLevel>CUSTOM</performanceLevel>"
        "</transition></local></schedule>"
    )
    assert system_admin.post(path, document) == 200
    found = system_admin.xml(path)
    assert found.tag == "schedule"
    assert [e.findtext("time") for e in found.findall("local/transition")] == ["Mon:00", "Sat:23"]
    assert [e.findtext("time") for e in found.findall("remote/transition")] == ["Sun:00"]


@pytest.mark.parametrize(
    "side",
    [
        {"scheduleOverride": "OFF"},
        {"transition": []},
        {"transition": [{"time": "Mon:00"}]},
        {"transition": [{"performanceLevel": "LOW"}]},
        {"transition": [{"time": "mon:00", "performanceLevel": "LOW"}]},
        {"transition": [{"time": "Mon:24", "performanceLevel": "LOW"}]},
        {"transition": [{"time": "Mon:00", "performanceLevel": "NONE"}]},
        {"transition": [{"time": "Mon:00", "performanceLevel": "OFF"}]},
        {"transition": [{"time": "Mon:00", "performanceLevel": "LOW"}] * 2},
        {"transition": {"time": "Mon:00", "performanceLevel": "LOW"}},
        {"speed": 1},
    ],
)
def test_bad_schedules(mock: Mock, system_admin: Client, side: dict[str, Any]) -> None:
    path = f"{seed_link(mock)}/schedule"
    before = system_admin.read(path)
    assert system_admin.post(path, {"remote": FRESH, "local": side}) == 400
    assert system_admin.read(path) == before
    assert system_admin.get(f"{LINKS}/absent/schedule").status_code == 404


def test_an_off_period(mock: Mock, system_admin: Client) -> None:
    """It applies on the sending side, from its transition to the next, unless overridden."""
    path = seed_link(mock)
    off = {
        "transition": [
            {"time": week_hour(-5), "performanceLevel": "OFF"},
            {"time": week_hour(3), "performanceLevel": "HIGH"},
        ]
    }
    assert system_admin.post(f"{path}/schedule", {"local": off}) == 200
    assert state(system_admin, path) == ("WARNING", "Scheduled off period")
    began = system_admin.read(path, verbose="true")["statistics"]["upToDateAsOfMillis"] / 1000
    assert 5 * 3600 <= datetime.now(UTC).timestamp() - began < 6 * 3600 + 60
    assert system_admin.post(f"{path}/schedule", {"local": {"scheduleOverride": "LOW"}}) == 200
    assert state(system_admin, path) == ("GOOD", "Synchronizing data")
    assert system_admin.post(f"{path}/schedule", {"local": {"scheduleOverride": "NONE"}}) == 200
    advance(mock, hours=4)
    assert state(system_admin, path) == ("GOOD", "Synchronizing data")
    inbound = seed_link(mock, "in", "INBOUND")
    assert system_admin.post(f"{inbound}/schedule", {"remote": off}) == 200
    advance(mock, days=6, hours=20)
    assert state(system_admin, inbound) == ("WARNING", "Scheduled off period")
