"""Erasure coding topologies: links, lifecycle, tenants."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import DOMAIN, Client, Mock

BASE = "/services/erasureCoding"
ALL = f"{BASE}/ecTopologies"
ONE = f"{ALL}/north"
LINKS = f"{BASE}/linkCandidates"
HERE, B, C, D = DOMAIN, "b.example.com", "c.example.com", "d.example.com"
E = "e.example.com"
WEB = [("a-b", HERE, B), ("a-c", HERE, C), ("b-c", B, C)]
RING = [("a-b", HERE, B), ("b-c", B, C), ("c-d", C, D), ("d-a", D, HERE)]
DAY = 86400


def named(*names: str) -> dict[str, Any]:
    return {"replicationLink": [{"name": name} for name in names]}


def body(*names: str, **values: Any) -> dict[str, Any]:
    links = named(*(names or ("a-b", "b-c", "a-c")))
    return {"name": "north", "type": "FULLY_CONNECTED", "replicationLinks": links, **values}


def link(name: str, remote: str, **values: Any) -> dict[str, Any]:
    host = f"replication.admin.{remote}"
    return {"name": name, "type": "ACTIVE_ACTIVE", "connection": {"remoteHost": host}, **values}


def connect(mock: Mock, *links: tuple[str, str, str], **remotes: list[str]) -> None:
    """Seed working links. ``remotes``: tenants of the systems b, c and d."""
    own = [
        link(name, right if left == HERE else left)
        for name, left, right in links
        if HERE in (left, right)
    ]
    distant = [
        {"name": name, "hcpSystems": [left, right]}
        for name, left, right in links
        if HERE not in (left, right)
    ]
    systems = [
        {"name": f"{letter}.example.com", "tenants": names} for letter, names in remotes.items()
    ]
    mock.seed(system={"remoteSystems": systems, "links": own, "distantLinks": distant})


def pass_time(mock: Mock, seconds: float) -> None:
    assert mock.control("POST", "/clock", {"advance": seconds}).status_code == 200


@pytest.fixture
def web(mock: Mock, system_admin: Client) -> Client:
    """Three systems, each linked with the two others, and a topology of them."""
    connect(mock, *WEB)
    mock.seed(rules={"retirementSeconds": 1000})
    assert system_admin.put(ALL, body()) == 200
    return system_admin


def store(mock: Mock, *sizes: int) -> None:
    """Seed objects in a namespace that allows erasure coding."""
    mock.seed_namespace(
        "coded",
        hardQuota="1 GB",
        optimizedFor="CLOUD",
        replicationEnabled=True,
        allowErasureCoding=True,
        objects={f"o{n}": "x" * size for n, size in enumerate(sizes)},
    )


def test_a_new_topology(web: Client) -> None:
    assert web.read(ALL) == {"name": ["north"]}
    shown = web.read(ONE)
    assert sorted(shown.pop("hcpSystems")["name"]) == [B, C, HERE]
    links = shown.pop("replicationLinks")["replicationLink"]
    assert sorted(links, key=lambda item: str(item["name"])) == [
        {"hcpSystems": {"name": sorted((left, right))}, "name": name} for name, left, right in WEB
    ]
    assert shown == {
        "description": "",
        "erasureCodingDelay": 0,
        "fullCopy": False,
        "minimumObjectSize": 4096,
        "name": "north",
        "protectionStatus": "HEALTHY",
        "readStatus": "HEALTHY",
        "restorePeriod": 0,
        "state": "ACTIVE",
        "tenants": {"name": []},
        "type": "FULLY_CONNECTED",
    }
    detailed = web.read("/services/erasureCoding/ecTopologies/NORTH", verbose="true")
    assert detailed["erasureCodedObjects"] == 0
    assert len(detailed["id"]) == 36
    for item in detailed["replicationLinks"]["replicationLink"]:
        assert (item["state"], item["pausedTenantsCount"]) == ("HEALTHY", 0)
        assert len(item["uuid"]) == 36


def test_a_topology_in_xml(mock: Mock, system_admin: Client) -> None:
    connect(mock, *RING)
    names = "".join(
        f"<replicationLink><name>{name}</name></replicationLink>" for name, *_unused in RING
    )
    document = (
        "<ecTopology><name>all around</name><type>ring</type><description>four</description>"
        "<erasureCodingDelay>7</erasureCodingDelay><fullCopy>true</fullCopy>"
        "<minimumObjectSize>65536</minimumObjectSize><restorePeriod>3</restorePeriod>"
        f"<replicationLinks>{names}</replicationLinks></ecTopology>"
    )
    assert system_admin.put(ALL, document) == 200
    listed = system_admin.xml(ALL)
    assert (listed.tag, listed.findtext("name")) == ("ecTopologies", "all around")
    item = system_admin.xml(f"{ALL}/all%20around", verbose="true")
    assert (item.tag, item.findtext("type")) == ("ecTopology", "RING")
    assert [child.tag for child in item] == sorted((child.tag for child in item), key=str.casefold)
    assert len(item.findall("replicationLinks/replicationLink/hcpSystems/name")) == 8
    assert item.findtext("minimumObjectSize") == "65536"
    change = "<ecTopology><description/><restorePeriod>180</restorePeriod></ecTopology>"
    assert system_admin.post(f"{ALL}/all%20around", change) == 200
    shown = system_admin.read(f"{ALL}/all%20around")
    assert (shown["description"], shown["restorePeriod"], shown["fullCopy"]) == ("", 180, True)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"name": ""}, 400),
        ({"name": "x" * 65}, 400),
        ({"name": "x" * 64}, 200),
        ({"description": "x" * 1025}, 400),
        ({"type": "MESH"}, 400),
        ({"type": "fully_connected"}, 200),
        ({"type": "RING"}, 400),
        ({"erasureCodingDelay": 3651}, 400),
        ({"erasureCodingDelay": 3650}, 200),
        ({"restorePeriod": 181}, 400),
        ({"restorePeriod": -1}, 400),
        ({"minimumObjectSize": 8192}, 400),
        ({"minimumObjectSize": "1048576"}, 200),
        ({"state": "ACTIVE"}, 403),
        ({"id": "x"}, 403),
        ({"hcpSystems": {"name": [B]}}, 403),
        ({"tenants": {"name": ["finance"]}}, 403),
        ({"protectionStatus": "HEALTHY"}, 403),
        ({"erasureCodedObjects": 1}, 403),
        ({"nodes": 1}, 400),
        ({"replicationLinks": {"replicationLink": []}}, 400),
        ({"replicationLinks": {"name": ["a-b"]}}, 400),
        ({"replicationLinks": named("a-b", "b-c")}, 400),
        ({"replicationLinks": named("a-b", "b-c", "b-c")}, 400),
        ({"replicationLinks": named("a-b", "b-c", "absent")}, 400),
        ({"replicationLinks": named("A-B", "B-C", "A-C")}, 200),
        ({"replicationLinks": {"replicationLink": [{"hcpSystems": {"name": [B, C]}}]}}, 400),
        ({"replicationLinks": {"replicationLink": [{"name": "a-b", "x": 1}]}}, 400),
        ({"replicationLinks": {"replicationLink": [{"name": "a-b", "uuid": "x"}]}}, 403),
        ({"replicationLinks": {"replicationLink": [{"name": "a-b", "state": "UNKNOWN"}]}}, 403),
        ({"replicationLinks": {"replicationLink": [{"pausedTenantsCount": 0}]}}, 403),
    ],
)
def test_properties_of_a_topology(
    mock: Mock, system_admin: Client, change: dict[str, Any], status: int
) -> None:
    connect(mock, *WEB)
    assert system_admin.put(ALL, body(**change)) == status
    assert len(system_admin.read(ALL)["name"]) == (status == 200)


@pytest.mark.parametrize("name", ["name", "type", "replicationLinks"])
def test_what_a_topology_needs(mock: Mock, system_admin: Client, name: str) -> None:
    connect(mock, *WEB)
    document = {key: value for key, value in body().items() if key != name}
    answer = system_admin.call("PUT", ALL, document)
    assert answer.status_code == 400
    assert f"'{name}'" in answer.headers["X-HCP-ErrorMessage"]


def test_names_are_taken_once(web: Client) -> None:
    assert web.put(ALL, body(name="NORTH")) == 409


@pytest.mark.parametrize(
    ("kind", "links", "status"),
    [
        ("RING", RING, 200),
        ("FULLY_CONNECTED", RING, 400),
        ("RING", [*RING, ("a-c", HERE, C)], 400),
        ("RING", RING[:3], 400),
        ("FULLY_CONNECTED", [*RING, ("a-c", HERE, C), ("b-d", B, D)], 200),
        ("RING", [("x", B, C), ("y", C, D), ("z", D, E), ("w", E, B)], 400),
        ("RING", [*WEB, ("a-d", HERE, D), ("d-e", D, E), ("e-a", E, HERE)], 400),
        ("FULLY_CONNECTED", [("a-b", HERE, B)], 400),
        ("FULLY_CONNECTED", [*WEB, ("other", HERE, B)], 400),
    ],
)
def test_forms_of_topologies(
    mock: Mock, system_admin: Client, kind: str, links: list[tuple[str, str, str]], status: int
) -> None:
    connect(mock, *links)
    assert system_admin.put(ALL, body(*(name for name, *_unused in links), type=kind)) == status


def test_seven_systems_are_too_many(mock: Mock, system_admin: Client) -> None:
    systems = [HERE, *(f"s{n}.example.com" for n in range(6))]
    links = [(f"l{n}", systems[n], systems[(n + 1) % 7]) for n in range(7)]
    connect(mock, *links)
    assert system_admin.put(ALL, body(*(f"l{n}" for n in range(7)), type="RING")) == 400


def test_links_of_the_same_name_need_their_systems(mock: Mock, system_admin: Client) -> None:
    connect(mock, ("west", HERE, B), ("a-c", HERE, C), ("West", B, C))
    assert system_admin.put(ALL, body("west", "west", "a-c")) == 400
    both = [
        {"name": "west", "hcpSystems": {"name": list(pair)}} for pair in ((B, HERE), (C, B.upper()))
    ]
    for bad in ([B], [B, B], [B, C, HERE], [C, HERE]):
        links = [{"name": "west", "hcpSystems": {"name": bad}}, both[1], {"name": "a-c"}]
        document = body(replicationLinks={"replicationLink": links})
        assert system_admin.put(ALL, document) == 400
    links = [*both, {"name": "a-c"}]
    assert system_admin.put(ALL, body(replicationLinks={"replicationLink": links})) == 200


def test_candidates_for_links(mock: Mock, system_admin: Client) -> None:
    assert system_admin.read(LINKS) == {"replicationLink": []}
    connect(mock, *WEB)
    passive = link("passive", D, type="OUTBOUND")
    stuck = {"name": "stuck", "hcpSystems": [C, D], "state": "UNKNOWN"}
    mock.seed(
        system={
            "links": [passive, link("off", D, suspended=True, pausedTenants=["basic"])],
            "distantLinks": [stuck],
        }
    )
    found = {item["name"]: item for item in system_admin.read(LINKS)["replicationLink"]}
    assert set(found) == {"a-b", "a-c", "b-c", "off"}
    assert found["b-c"] == {"name": "b-c", "hcpSystems": {"name": [B, C]}}
    detailed = {
        item["name"]: (item["state"], item["pausedTenantsCount"])
        for item in system_admin.read(LINKS, verbose="true")["replicationLink"]
    }
    assert detailed == {
        "a-b": ("HEALTHY", 0),
        "a-c": ("HEALTHY", 0),
        "b-c": ("HEALTHY", 0),
        "off": ("NOT_REPLICATING", 1),
    }
    root = system_admin.xml(LINKS)
    assert (root.tag, len(root.findall("replicationLink/hcpSystems/name"))) == (
        "replicationLinks",
        8,
    )
    assert system_admin.put(ALL, body()) == 200
    assert [item["name"] for item in system_admin.read(LINKS)["replicationLink"]] == ["off"]


def test_links_made_through_mapi_can_be_used(mock: Mock, system_admin: Client) -> None:
    mock.seed(
        system={
            "remoteSystems": [{"name": B}, {"name": C}],
            "distantLinks": [{"name": "b-c", "hcpSystems": [B, C]}],
        }
    )
    for name, remote in (("a-b", B), ("a-c", C)):
        assert system_admin.put("/services/replication/links", link(name, remote)) == 200
    assert system_admin.put(ALL, body()) == 400
    pass_time(mock, 10)
    assert system_admin.put(ALL, body()) == 200


def test_modifying(web: Client) -> None:
    change = {
        "description": "d",
        "erasureCodingDelay": 1,
        "fullCopy": True,
        "minimumObjectSize": 16384,
        "restorePeriod": 2,
        "name": "North",
    }
    assert web.post(ONE, change) == 200
    shown = web.read(ONE)
    assert {name: shown[name] for name in change} == {**change, "name": "north"}
    assert web.post(ONE, {}) == 200
    assert web.read(ONE)["description"] == "d"
    for bad in (
        {"name": "south"},
        {"type": "RING"},
        {"replicationLinks": named("a-b")},
        {"state": "RETIRED"},
    ):
        assert web.post(ONE, bad) == 403
    assert web.post(ONE, {"minimumObjectSize": 1}) == web.post(ONE, {"x": 1}) == 400
    assert web.post(ONE, b"") == 400


def test_retiring_and_deleting_a_topology(mock: Mock, web: Client) -> None:
    assert web.delete(ONE) == 403
    assert web.status("DELETE", ONE, force="true") == 403
    assert web.post(ONE, None, retire="") == 200
    shown = web.read(ONE)
    assert (shown["state"], shown["protectionStatus"], shown["readStatus"]) == (
        "RETIRING",
        "RETIRING",
        "HEALTHY",
    )
    assert web.post(ONE, None, retire="") == 403
    assert web.delete(ONE) == 403
    assert web.read(LINKS) == {"replicationLink": []}
    pass_time(mock, 1000)
    shown = web.read(ONE)
    assert (shown["state"], shown["protectionStatus"], shown["readStatus"]) == ("RETIRED",) * 3
    assert web.post(ONE, None, retire="") == 403
    assert len(web.read(LINKS)["replicationLink"]) == 3
    assert web.delete(ONE) == 200
    assert web.delete(ONE) == web.get(ONE).status_code == web.post(ONE, {}) == 404


def test_forced_deletion(mock: Mock, web: Client) -> None:
    assert web.post(ONE, None, retire="") == 200
    down = [{"name": name, "available": False} for name in (B, C)]
    mock.seed(system={"remoteSystems": down})
    assert web.status("DELETE", ONE, force="true") == 403
    mock.seed(system={"remoteSystems": [{"name": B, "available": True}]})
    assert web.status("DELETE", ONE, force="yes") == 403
    assert web.status("DELETE", ONE, force="true") == 200


def test_retirement_needs_all_systems(mock: Mock, web: Client) -> None:
    mock.seed(system={"remoteSystems": [{"name": B, "available": False}]})
    assert web.post(ONE, None, retire="") == 200
    pass_time(mock, 2000)
    assert web.read(ONE)["state"] == "RETIRING"
    mock.seed(system={"remoteSystems": [{"name": B, "available": True}]})
    assert web.read(ONE)["state"] == "RETIRED"
    mock.seed(system={"remoteSystems": [{"name": B, "available": False}]})
    assert web.read(ONE)["state"] == "RETIRED"


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"<ecTopology/>", "application/x-www-form-urlencoded", 200),
        (b"<ecTopology/>", "application/xml", 200),
        (b"{}", "application/json", 200),
        (b"", None, 200),
        (b"<ecTopology><name>north</name></ecTopology>", "application/xml", 400),
        (b"<other/>", "application/x-www-form-urlencoded", 400),
        (b"x=1", "application/x-www-form-urlencoded", 400),
        (b"<ecTopology/>", "text/plain", 415),
    ],
)
def test_bodies_of_retirement(
    web: Client, content: bytes, media_type: str | None, status: int
) -> None:
    headers = {"Content-Type": media_type}
    assert web.call("POST", ONE, content, headers, retire="").status_code == status
    assert web.read(ONE)["state"] == ("RETIRING" if status == 200 else "ACTIVE")


def test_forms_are_for_retirement_only(web: Client) -> None:
    headers: dict[str, str | None] = {"Content-Type": "application/x-www-form-urlencoded"}
    assert web.call("POST", ONE, b"<ecTopology/>", headers).status_code == 415


def test_how_safe_the_data_is(mock: Mock, web: Client) -> None:
    def health() -> tuple[str, str]:
        shown = web.read(ONE)
        return shown["protectionStatus"], shown["readStatus"]

    assert web.post("/services/replication/links/a-b", None, suspend="") == 200
    assert health() == ("VULNERABLE", "HEALTHY")
    assert web.post("/services/replication/links/a-b", None, resume="") == 200
    assert health() == ("HEALTHY", "HEALTHY")
    mock.seed(system={"remoteSystems": [{"name": B, "available": False}]})
    assert health() == ("VULNERABLE", "VULNERABLE")
    mock.seed(system={"remoteSystems": [{"name": C, "available": False}]})
    assert health() == ("BROKEN", "BROKEN")
    mock.seed(system={"remoteSystems": [{"name": n, "available": True} for n in (B, C)]})
    assert web.delete("/services/replication/links/a-b") == 200
    assert health() == ("UNKNOWN", "HEALTHY")
    links = web.read(ONE, verbose="true")["replicationLinks"]["replicationLink"]
    assert {item["name"]: item["state"] for item in links}["a-b"] == "UNKNOWN"


def test_objects_are_coded_when_they_are_old_and_large_enough(mock: Mock, web: Client) -> None:
    def coded() -> int:
        return int(web.read(ONE, verbose="true")["erasureCodedObjects"])

    store(mock, 4096, 5000, 5000, 70000, 4095)
    assert coded() == 0
    assert web.put(f"{ONE}/tenants/finance", None) == 200
    assert coded() == 4
    assert web.post(ONE, {"erasureCodingDelay": 2, "minimumObjectSize": 65536}) == 200
    assert coded() == 0
    pass_time(mock, 2 * DAY)
    assert coded() == 1
    assert web.post(ONE, {"minimumObjectSize": 4096}) == 200
    assert coded() == 4
    assert web.post(ONE, None, retire="") == 200
    pass_time(mock, 600)
    assert 0 < coded() < 4
    pass_time(mock, 400)
    assert coded() == 0


def test_tenants_of_a_topology(mock: Mock, web: Client) -> None:
    tenants = f"{ONE}/tenants"
    assert web.read(tenants) == {"name": []}
    assert web.read(f"{ONE}/tenantCandidates") == {"tenantCandidate": [{"name": "finance"}]}
    assert web.put(f"{tenants}/FINANCE", None) == 200
    assert web.put(f"{tenants}/finance", None) == 409
    assert web.read(tenants) == {"name": ["finance"]}
    root = web.xml(tenants)
    assert (root.tag, root.findtext("name")) == ("tenants", "finance")
    assert web.read(ONE)["tenants"] == {"name": ["finance"]}
    assert web.read(f"{ONE}/tenantCandidates") == {"tenantCandidate": []}
    assert web.put(f"{tenants}/basic", None) == 403
    assert web.put(f"{tenants}/absent", None) == 404
    assert web.put(f"{tenants}/finance", {}) == 400
    assert web.delete(f"{tenants}/Finance") == 200
    assert web.delete(f"{tenants}/finance") == 404
    assert web.put(f"{ALL}/absent/tenants/finance", None) == 404
    assert web.post(ONE, None, retire="") == 200
    assert web.put(f"{tenants}/finance", None) == 403


def test_candidates_are_on_any_of_the_systems(mock: Mock, system_admin: Client) -> None:
    connect(mock, *WEB, b=["remote"], d=["elsewhere"])
    assert system_admin.put(ALL, body()) == 200
    found = system_admin.read(f"{ONE}/tenantCandidates", verbose="true")["tenantCandidate"]
    systems = {item["name"]: item["hcpSystems"]["name"] for item in found}
    assert systems == {"finance": [HERE], "remote": [B]}
    assert {len(item["uuid"]) for item in found} == {36}
    root = system_admin.xml(f"{ONE}/tenantCandidates", verbose="true")
    assert root.tag == "tenantCandidates"
    assert [child.tag for child in root[0]] == ["hcpSystems", "name", "uuid"]
    assert system_admin.put(f"{ONE}/tenants/remote", None) == 200
    assert system_admin.put(f"{ONE}/tenants/elsewhere", None) == 404


def test_tenants_in_conflict(mock: Mock, system_admin: Client) -> None:
    """By name, by links outside of the topology, and by another topology."""
    feature = {"replicationConfigurationEnabled": True}
    mock.seed(tenants=[{"name": n, **feature} for n in ("named", "linked", "same", "free")])
    connect(mock, *WEB, b=["Named", "same", "twice"], c=["twice"])
    mock.seed(
        system={
            "links": [
                link("a-b", B, tenants=["same"]),
                link("aside", D, type="OUTBOUND", tenants=["linked"]),
            ]
        }
    )
    assert system_admin.put(ALL, body()) == 200
    conflicting = system_admin.read(f"{ONE}/tenantConflictingCandidates")["tenantCandidate"]
    assert sorted(item["name"] for item in conflicting) == ["linked", "named", "twice"]
    candidates = system_admin.read(f"{ONE}/tenantCandidates")["tenantCandidate"]
    assert sorted(item["name"] for item in candidates) == ["finance", "free", "same"]
    root = system_admin.xml(f"{ONE}/tenantConflictingCandidates")
    assert (root.tag, len(root)) == ("tenantCandidates", 3)
    for name in ("linked", "named", "twice"):
        assert system_admin.put(f"{ONE}/tenants/{name}", None) == 403
    assert system_admin.put(f"{ONE}/tenants/same", None) == 200
    assert system_admin.put(f"{ONE}/tenants/free", None) == 200
    names = [f"{name}2" for name, *_unused in WEB]
    connect(mock, *((f"{name}2", left, right) for name, left, right in WEB))
    assert system_admin.put(ALL, body(*names, name="second")) == 200
    conflicting = system_admin.read(f"{ALL}/second/tenantConflictingCandidates")["tenantCandidate"]
    names = [str(item["name"]) for item in conflicting]
    assert sorted(names) == ["free", "linked", "named", "same", "twice"]


def test_methods(web: Client) -> None:
    assert web.head(ONE) == web.head(ALL) == web.head(LINKS) == web.head(f"{ONE}/tenants") == 200
    assert web.head(f"{ALL}/absent") == 302
    assert web.put(ONE, body()) == web.post(ALL, {}) == web.delete(ALL) == 405
    assert web.put(LINKS, {}) == web.post(f"{ONE}/tenantCandidates", {}) == 405
    assert web.get(f"{ONE}/tenants/finance").status_code == 405
    allow = web.call("OPTIONS", ONE).headers["Allow"]
    assert allow == "OPTIONS,HEAD,POST,GET,DELETE"
    for part in ("tenants", "tenantCandidates", "tenantConflictingCandidates"):
        assert web.get(f"{ALL}/absent/{part}").status_code == 404


def test_seeded_topologies(mock: Mock, system_admin: Client) -> None:
    connect(mock, *WEB)
    seed = {
        "name": "north",
        "type": "FULLY_CONNECTED",
        "replicationLinks": [{"name": name} for name, *_unused in WEB],
        "tenants": ["finance"],
        "restorePeriod": 9,
    }
    mock.seed(system={"ecTopologies": [seed]})
    shown = system_admin.read(ONE)
    assert (shown["state"], shown["tenants"], shown["restorePeriod"]) == (
        "ACTIVE",
        {"name": ["finance"]},
        9,
    )
    mock.seed(system={"ecTopologies": [{"name": "north", "retired": True, "description": "old"}]})
    shown = system_admin.read(ONE)
    assert (shown["state"], shown["restorePeriod"], shown["description"]) == ("RETIRED", 9, "old")
    state = mock.control("GET", "/state").json()["erasureCoding"]
    assert [item["name"] for item in state["distantLinks"]] == ["b-c"]
    (topology,) = state["ecTopologies"]
    assert (topology["tenants"], topology["retired"]) == (["finance"], True)
    assert mock.control("POST", "/reset").status_code == 200
    assert system_admin.read(ALL) == {"name": []}


@pytest.mark.parametrize(
    "seed",
    [
        {"ecTopologies": [{"name": "x", "type": "RING", "replicationLinks": [{"name": "y"}]}]},
        {"ecTopologies": [{"type": "RING"}]},
        {"distantLinks": [{"name": "x", "hcpSystems": [B]}]},
        {"distantLinks": [{"name": "x", "hcpSystems": [B, C], "state": "FINE"}]},
    ],
)
def test_bad_seeds(mock: Mock, seed: dict[str, Any]) -> None:
    answer = mock.control("POST", "/seed", {"system": seed})
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("The seed is not usable: ")
