"""Contents of replication links, and candidates."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client, Mock
from .links import LINKS, act, advance, seed_link, seed_remote

KINDS = ("tenants", "chainedLinks", "defaultNamespaceDirectories")
CONTENT, LOCAL, REMOTE = "content", "localCandidates", "remoteCandidates"


def names(client: Client, path: str) -> list[str]:
    return sorted(client.read(path)["name"])


@pytest.fixture
def default(mock: Mock) -> None:
    """A default tenant with two directories in its namespace."""
    objects = {"scans/1": "x", "scans/2": "x", "Mail/a/b": "x", "loose": "x"}
    mock.seed(
        system={"defaultTenantAllowed": True},
        tenants=[{"name": "Default", "namespaces": [{"name": "Default", "objects": objects}]}],
    )


def test_tenants_of_this_system(mock: Mock, system_admin: Client) -> None:
    path = seed_link(mock, kind="OUTBOUND")
    assert system_admin.read(f"{path}/{LOCAL}") == {
        "chainedLinks": {"name": []},
        "tenants": {"name": ["finance"]},
    }
    item = f"{path}/{CONTENT}/tenants/FINANCE"
    assert system_admin.status("PUT", item) == 200
    assert names(system_admin, f"{path}/{CONTENT}/tenants") == ["finance"]
    assert names(system_admin, f"{path}/{LOCAL}/tenants") == []
    assert system_admin.status("PUT", item) == 409
    assert system_admin.status("PUT", f"{path}/{CONTENT}/tenants/basic") == 403
    assert system_admin.status("PUT", f"{path}/{CONTENT}/tenants/absent") == 404
    document = system_admin.xml(f"{path}/{CONTENT}")
    assert document.tag == "content"
    assert document.findtext("tenants/name") == "finance"
    assert document.find("defaultNamespaceDirectories") is None
    assert system_admin.xml(f"{path}/{CONTENT}/tenants").tag == "tenants"
    assert system_admin.delete(item) == 200
    assert system_admin.delete(item) == system_admin.get(item).status_code == 404
    assert names(system_admin, f"{path}/{LOCAL}/tenants") == ["finance"]


def test_tenants_of_the_other_system(mock: Mock, system_admin: Client) -> None:
    seed_remote(mock, tenants=["Legal", "BASIC"])
    both, inward, outward = (
        seed_link(mock, "both"),
        seed_link(mock, "in", "INBOUND"),
        seed_link(mock, "out", "OUTBOUND"),
    )
    assert names(system_admin, f"{both}/{REMOTE}/tenants") == ["Legal"]
    assert names(system_admin, f"{both}/{LOCAL}/tenants") == ["finance"]
    assert system_admin.read(f"{inward}/{REMOTE}")["tenants"] == {"name": ["Legal"]}
    assert names(system_admin, f"{inward}/{LOCAL}/tenants") == []
    assert names(system_admin, f"{outward}/{REMOTE}/tenants") == []
    assert system_admin.status("PUT", f"{outward}/{CONTENT}/tenants/legal") == 403
    assert system_admin.status("PUT", f"{inward}/{CONTENT}/tenants/finance") == 403
    assert system_admin.status("PUT", f"{inward}/{CONTENT}/tenants/legal") == 200
    assert names(system_admin, f"{inward}/{CONTENT}/tenants") == ["Legal"]
    assert names(system_admin, f"{inward}/{REMOTE}/tenants") == []
    seed_remote(mock, available=False)
    assert names(system_admin, f"{both}/{REMOTE}/tenants") == []
    seed_remote(mock, tenants=[])
    assert names(system_admin, f"{inward}/{CONTENT}/tenants") == []


def test_names_that_are_taken_at_the_other_end(mock: Mock, system_admin: Client) -> None:
    seed_remote(mock, tenants=["Finance"])
    path = seed_link(mock)
    assert (
        names(system_admin, f"{path}/{LOCAL}/tenants")
        == names(system_admin, f"{path}/{REMOTE}/tenants")
        == []
    )
    assert system_admin.status("PUT", f"{path}/{CONTENT}/tenants/finance") == 403


def test_progress_of_a_tenant(
    mock: Mock, system_admin: Client, tenant_admin: Client, s3: Any
) -> None:
    s3.create_bucket(Bucket="archive")
    assert (
        tenant_admin.post("/tenants/finance/namespaces/archive", {"replicationEnabled": True})
        == 200
    )
    path = f"{seed_link(mock, tenants=['finance'])}/{CONTENT}/tenants/Finance"
    s3.put_object(Bucket="archive", Key="a", Body=b"x" * 10)
    found = system_admin.read(path)
    now = found.pop("upToDateAsOfMillis")
    assert found.pop("upToDateAsOfString").endswith("+0000")
    assert found == {
        "bytesPending": 0,
        "bytesPendingRemote": 0,
        "objectsPending": 0,
        "objectsPendingRemote": 0,
        "status": "REPLICATING",
    }
    assert act(system_admin, path, "resume") == 403
    assert act(system_admin, path, "pause") == 200
    assert act(system_admin, path, "pause=") == 403
    advance(mock, minutes=2)
    s3.put_object(Bucket="archive", Key="b", Body=b"x" * 20)
    found = system_admin.read(path)
    assert (found["status"], found["objectsPending"], found["bytesPending"]) == ("PAUSED", 1, 20)
    assert now <= found["upToDateAsOfMillis"] < now + 60000
    document = system_admin.xml(path)
    assert document.tag == "tenant"
    assert document.findtext("status") == "PAUSED"
    link = system_admin.read(f"{LINKS}/east", verbose="true")
    assert link["statistics"]["objectsPending"] == 1
    assert act(system_admin, path, "resume") == 200
    assert system_admin.read(path)["bytesPending"] == 0


def test_bad_actions_on_a_tenant(mock: Mock, system_admin: Client) -> None:
    path = f"{seed_link(mock, tenants=['finance'])}/{CONTENT}/tenants/finance"
    assert system_admin.status("POST", path) == 400
    assert system_admin.call("POST", f"{path}?pause&resume").status_code == 400
    assert system_admin.call("POST", f"{path}?pause", {}).status_code == 400
    assert system_admin.status("PUT", path, {}) == 400
    assert (
        system_admin.call("POST", f"{LINKS}/east/{CONTENT}/tenants/basic?pause").status_code == 404
    )
    assert system_admin.read(path)["status"] == "REPLICATING"


def test_seeded_tenants(mock: Mock, system_admin: Client) -> None:
    path = seed_link(mock, tenants=["finance"], pausedTenants=["basic"], autoPausedTenants=["off"])
    found = {
        name: system_admin.read(f"{path}/{CONTENT}/tenants/{name}")["status"]
        for name in names(system_admin, f"{path}/{CONTENT}/tenants")
    }
    assert found == {"finance": "REPLICATING", "basic": "PAUSED", "off": "AUTO_PAUSED"}
    assert act(system_admin, f"{path}/{CONTENT}/tenants/off", "resume") == 200
    assert system_admin.delete("/tenants/off") == 200
    assert names(system_admin, f"{path}/{CONTENT}/tenants") == ["basic", "finance"]


def test_chained_links(mock: Mock, system_admin: Client) -> None:
    seed_remote(mock, links=["far"])
    out = seed_link(mock, "out", "OUTBOUND")
    inward, _other = seed_link(mock, "in", "INBOUND"), seed_link(mock, "out2", "OUTBOUND")
    assert names(system_admin, f"{out}/{LOCAL}/chainedLinks") == ["in"]
    assert names(system_admin, f"{out}/{REMOTE}/chainedLinks") == []
    assert names(system_admin, f"{inward}/{REMOTE}/chainedLinks") == ["far"]
    assert system_admin.status("PUT", f"{out}/{CONTENT}/chainedLinks/IN") == 200
    assert system_admin.status("PUT", f"{out}/{CONTENT}/chainedLinks/in") == 409
    assert system_admin.status("PUT", f"{out}/{CONTENT}/chainedLinks/out2") == 403
    assert system_admin.status("PUT", f"{out}/{CONTENT}/chainedLinks/absent") == 404
    assert system_admin.status("PUT", f"{inward}/{CONTENT}/chainedLinks/far") == 200
    assert system_admin.read(f"{out}/{CONTENT}")["chainedLinks"] == {"name": ["in"]}
    assert system_admin.xml(f"{out}/{CONTENT}/chainedLinks").findtext("name") == "in"
    assert system_admin.delete(f"{inward}/{CONTENT}/chainedLinks/FAR") == 200
    assert system_admin.delete(f"{inward}/{CONTENT}/chainedLinks/far") == 404
    assert system_admin.delete(inward) == 200
    assert names(system_admin, f"{out}/{CONTENT}/chainedLinks") == []


def test_active_active_links_have_no_chained_links(mock: Mock, system_admin: Client) -> None:
    path = seed_link(mock)
    seed_link(mock, "in", "INBOUND")
    for place in (CONTENT, LOCAL, REMOTE):
        assert "chainedLinks" not in system_admin.read(f"{path}/{place}")
        answer = system_admin.get(f"{path}/{place}/chainedLinks")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "OPTIONS")
    assert system_admin.status("PUT", f"{path}/{CONTENT}/chainedLinks/in") == 405
    assert system_admin.delete(f"{path}/{CONTENT}/chainedLinks/in") == 405


def test_a_link_that_becomes_active_active_loses_its_chain(
    mock: Mock, system_admin: Client
) -> None:
    seed_link(mock, "in", "INBOUND")
    path = seed_link(mock, kind="OUTBOUND", chainedLinks=["in"])
    assert names(system_admin, f"{path}/{CONTENT}/chainedLinks") == ["in"]
    assert system_admin.post(path, {"type": "ACTIVE_ACTIVE"}) == 200
    kept = mock.control("GET", "/state").json()["replication"]["links"]
    assert [link["chainedLinks"] for link in kept] == [[], []]


def test_directories_need_the_default_tenant(mock: Mock, system_admin: Client) -> None:
    path = seed_link(mock)
    for place in (CONTENT, LOCAL, REMOTE):
        assert system_admin.get(f"{path}/{place}/defaultNamespaceDirectories").status_code == 404
    assert system_admin.status("PUT", f"{path}/{CONTENT}/defaultNamespaceDirectories/scans") == 404


def test_directories(mock: Mock, system_admin: Client, default: None) -> None:
    seed_remote(mock, directories=["far"])
    path = seed_link(mock)
    assert names(system_admin, f"{path}/{LOCAL}/defaultNamespaceDirectories") == ["Mail", "scans"]
    assert names(system_admin, f"{path}/{REMOTE}/defaultNamespaceDirectories") == ["far"]
    assert names(system_admin, f"{path}/{LOCAL}/tenants") == ["finance"]
    item = f"{path}/{CONTENT}/defaultNamespaceDirectories"
    assert system_admin.status("PUT", f"{item}/SCANS") == 404
    assert system_admin.status("PUT", f"{item}/scans") == 200
    assert system_admin.status("PUT", f"{item}/scans") == 409
    assert system_admin.status("PUT", f"{item}/far") == 200
    assert names(system_admin, item) == ["far", "scans"]
    assert names(system_admin, f"{path}/{LOCAL}/defaultNamespaceDirectories") == ["Mail"]
    assert system_admin.delete(f"{item}/Scans") == 404
    assert system_admin.delete(f"{item}/scans") == 200
    assert system_admin.xml(item).findtext("name") == "far"


@pytest.mark.parametrize("kind", ["OUTBOUND", "INBOUND"])
@pytest.mark.parametrize("place", [CONTENT, LOCAL, REMOTE])
def test_methods(mock: Mock, system_admin: Client, default: None, kind: str, place: str) -> None:
    path = f"{seed_link(mock, kind=kind)}/{place}"
    assert list(system_admin.read(path)) == [
        "chainedLinks",
        "defaultNamespaceDirectories",
        "tenants",
    ]
    for resource in (path, *(f"{path}/{name}" for name in KINDS)):
        assert system_admin.head(resource) == 200
        assert system_admin.status("PUT", resource) == system_admin.post(resource, {}) == 405
        assert system_admin.delete(resource) == 405
    absent = f"{LINKS}/absent/{place}"
    assert (
        system_admin.get(absent).status_code
        == system_admin.get(f"{absent}/tenants").status_code
        == 404
    )
    assert system_admin.head(absent) == 302


def test_items_of_lists(mock: Mock, system_admin: Client, default: None) -> None:
    path = f"{seed_link(mock, kind='OUTBOUND', tenants=['finance'])}/{CONTENT}"
    assert system_admin.head(f"{path}/tenants/finance") == 200
    assert system_admin.head(f"{path}/tenants/basic") == 302
    for item in (f"{path}/chainedLinks/x", f"{path}/defaultNamespaceDirectories/x"):
        assert system_admin.get(item).status_code == system_admin.post(item, {}) == 405
