"""hcp_group and hcp_group_info against a mock HCP."""

from __future__ import annotations

from typing import Any

import pytest
from support.hcp import TENANT, MockHcp, seed
from support.module import Flag, run

ACCOUNTS = f"/tenants/{TENANT}/groupAccounts"
STORAGE = "storage@ad.example"
WISH = {"name": STORAGE, "roles": ["MONITOR"]}
GRANT = {"namespace": "alpha", "permissions": ["READ"]}


@pytest.fixture(autouse=True)
def start(hcp: MockHcp) -> None:
    document = seed(namespaces=[{"name": "alpha"}, {"name": "beta"}])
    document["activeDirectory"]["groups"] = [STORAGE, "audit@ad.example", "audit@other.example"]
    document["system"]["groups"] = [{"groupname": "audit@ad.example", "roles": ["SERVICE"]}]
    hcp.reset(document)


def group(hcp: MockHcp, check: Flag = False, fails: Flag = False, **options: Any) -> Any:
    given = {**hcp.as_tenant, "tenant": TENANT, **options}
    return run("hcp_group", given, check=check, diff=True, fails=fails)


def test_create_then_nothing_then_change_then_delete(hcp: MockHcp) -> None:
    created = group(hcp, **WISH)
    assert created["created"], created
    assert created["group"] == {
        "tenant": TENANT,
        "name": STORAGE,
        "roles": ["MONITOR"],
        "allow_namespace_management": False,
        "external_group_id": created["group"]["external_group_id"],
    }
    assert created["group"]["external_group_id"].startswith("S-1-")
    hcp.clear_journal()
    assert not group(hcp, **{**WISH, "name": "Storage@AD.example"})["changed"]
    assert len(hcp.seen()) == 1
    changed = group(hcp, name=STORAGE, roles=["SECURITY", "MONITOR"])
    assert changed["diff"]["before"]["roles"] == ["MONITOR"]
    assert hcp.get(f"{ACCOUNTS}/{STORAGE}")["allowNamespaceManagement"] is False
    assert group(hcp, name=STORAGE, roles=[])["group"]["roles"] == []
    assert group(hcp, name=STORAGE, state="absent")["changed"]
    hcp.clear_journal()
    assert not group(hcp, name=STORAGE, state="absent")["changed"]
    assert hcp.writes() == []


def test_check_mode_predicts_and_writes_nothing(hcp: MockHcp) -> None:
    wish = {**WISH, "allow_namespace_management": True, "data_access_permissions": [GRANT]}
    change = {"name": STORAGE, "roles": ["ADMINISTRATOR"], "allow_namespace_management": False}
    for options in (wish, change, {"name": STORAGE, "state": "absent"}):
        hcp.clear_journal()
        predicted = group(hcp, check=True, **options)
        assert hcp.writes() == []
        done = group(hcp, **options)
        assert done["warnings"] == []
        for each in (*predicted["steps"], *done["steps"]):
            each.pop("status")
        assert predicted["steps"] == done["steps"]
        assert predicted["diff"]["after"].get("roles") == done["diff"]["after"].get("roles")


def test_grants_are_merged_or_exact(hcp: MockHcp) -> None:
    beta = {"namespace": "beta", "permissions": ["SEARCH"]}
    group(hcp, **WISH, data_access_permissions=[GRANT, beta])
    assert not group(hcp, name=STORAGE, data_access_permissions=[GRANT])["changed"]
    exact = {
        "name": STORAGE,
        "data_access_permissions": [GRANT],
        "exact": ["data_access_permissions"],
    }
    assert group(hcp, **exact)["changed"]
    assert not group(hcp, **exact)["changed"]
    (left,) = hcp.get(f"{ACCOUNTS}/{STORAGE}/dataAccessPermissions")["namespacePermission"]
    assert left["namespaceName"] == "alpha"


def test_an_existing_group_is_found_without_its_domain(hcp: MockHcp) -> None:
    group(hcp, **WISH)
    hcp.clear_journal()
    same = group(hcp, name="Storage", roles=["MONITOR"], data_access_permissions=[])
    assert not same["changed"]
    assert same["group"]["name"] == STORAGE
    changed = group(hcp, name="storage", roles=["COMPLIANCE"], data_access_permissions=[GRANT])
    assert changed["changed"]
    assert [each["path"] for each in changed["steps"]] == [
        f"{ACCOUNTS}/storage%40ad.example",
        f"{ACCOUNTS}/storage%40ad.example/dataAccessPermissions",
    ]
    info = {**hcp.as_tenant, "tenant": TENANT, "name": "storage"}
    assert run("hcp_group_info", info)["groups"][0]["name"] == STORAGE
    assert group(hcp, name="storage", state="absent")["changed"]
    assert not group(hcp, name="storage", state="absent")["changed"]


def test_a_name_that_two_domains_have_is_not_guessed(hcp: MockHcp) -> None:
    for domain in ("ad.example", "other.example"):
        group(hcp, name=f"audit@{domain}")
    assert not group(hcp, name="audit", state="absent")["changed"]
    assert group(hcp, name="audit@other.example", state="absent")["changed"]


def test_a_new_group_needs_its_domain(hcp: MockHcp) -> None:
    for check in (True, False):
        refused = group(hcp, check=check, fails=True, name="storage", roles=["MONITOR"])
        assert refused["error"]["code"] == "incomplete"
        assert "storage@ad.example.com" in refused["msg"]
    assert hcp.writes() == []


def test_hcps_own_refusal_is_passed_on(hcp: MockHcp) -> None:
    refused = group(hcp, fails=True, name="nobody@ad.example")
    assert refused["error"]["status"] == 400
    assert not refused["changed"]


def test_an_account_that_cannot_see_roles_is_told_so(hcp: MockHcp) -> None:
    group(hcp, **WISH)
    administrator = {"name": "monitor", "user_password": "Monitor-1x", "roles": ["ADMINISTRATOR"]}
    run("hcp_user", {**hcp.as_tenant, "tenant": TENANT, **administrator})
    weak = {"username": "monitor", "password": "Monitor-1x"}
    hidden = group(hcp, fails=True, **weak, name=STORAGE, roles=["SECURITY"])
    assert hidden["error"]["code"] == "hidden"
    refused = group(hcp, fails=True, **weak, name="audit@ad.example", roles=["SECURITY"])
    assert "SECURITY" in refused["msg"]


def test_a_group_is_the_one_with_its_sid(hcp: MockHcp) -> None:
    document = seed()
    groups = [
        {"name": STORAGE, "sid": "S-1-5-21-1-2-3-7"},
        {"name": "audit@ad.example", "sid": "S-1-5-21-1-2-3-8"},
    ]
    document["activeDirectory"]["groups"] = groups
    hcp.reset(document)
    wrong = group(hcp, name=STORAGE, external_group_id=groups[1]["sid"], fails=True)
    assert wrong["error"]["status"] == 400
    made = group(hcp, name=STORAGE, external_group_id="s-1-5-21-1-2-3-7")
    assert made["created"]
    assert made["warnings"] == []
    hcp.clear_journal()
    assert not group(hcp, name=STORAGE, external_group_id=groups[0]["sid"])["changed"]
    other = group(hcp, name=STORAGE, external_group_id=groups[1]["sid"], fails=True)
    assert other["error"]["code"] == "forbidden_change"
    bad = group(hcp, name=STORAGE, external_group_id="storage", fails=True)
    assert "SID" in bad["msg"]
    assert hcp.writes() == []


def test_groups_of_the_system_are_only_read(hcp: MockHcp) -> None:
    system = {**hcp.as_system, "name": "audit@ad.example"}
    changes: list[dict[str, Any]] = [
        {"roles": ["MONITOR"]},
        {"allow_namespace_management": True},
        {"data_access_permissions": []},
        {"state": "absent"},
    ]
    for options in changes:
        refused = run("hcp_group", {**system, **options}, fails=True)
        assert refused["error"]["code"] == "bad_option"
        assert "does not change a group of the system" in refused["msg"]
        assert next(iter(options)) in refused["msg"]
    assert hcp.seen() == []
    found = run("hcp_group", system)
    assert not found["changed"]
    assert found["group"]["roles"] == ["SERVICE"]
    missing = run("hcp_group", {**system, "name": STORAGE}, fails=True)
    assert "does not create a group of the system" in missing["msg"]
    assert hcp.writes() == []


def test_info_gives_back_what_the_module_takes(hcp: MockHcp) -> None:
    group(hcp, **WISH, data_access_permissions=[GRANT])
    group(hcp, name="audit@ad.example")
    options = {**hcp.as_tenant, "tenant": TENANT, "include": ["all"]}
    found = run("hcp_group_info", options)
    assert sorted(each["name"] for each in found["groups"]) == ["audit@ad.example", STORAGE]
    hcp.clear_journal()
    for each in found["groups"]:
        assert not run("hcp_group", {**hcp.as_tenant, **each})["changed"]
    assert hcp.writes() == []


def test_info_about_the_system(hcp: MockHcp) -> None:
    found = run("hcp_group_info", {**hcp.as_system, "include": ["all"]})
    (only,) = found["groups"]
    assert (only["name"], only["roles"]) == ("audit@ad.example", ["SERVICE"])
    assert run("hcp_group_info", {**hcp.as_system, "name": STORAGE})["groups"] == []
    refused = run("hcp_group_info", {**hcp.as_tenant, "account_level": "tenant"}, fails=True)
    assert "name the tenant" in refused["msg"]
