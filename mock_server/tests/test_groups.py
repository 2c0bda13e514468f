"""Group accounts: the groups of Active Directory that may use a tenant."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client, Mock

T = "/tenants/finance"
GROUPS = f"{T}/groupAccounts"
OPS, OTHERS = "ops@ad.example.com", "others@ad.example.com"
KIM = {"Authorization": "AD kim@ad.example.com:Owl 7: eyes"}


def sid_of(mock: Mock, name: str) -> str:
    directory = mock.control("GET", "/state").json()["activeDirectory"]
    return next(str(group["sid"]) for group in directory["groups"] if group["name"] == name)


def create(client: Client, **values: Any) -> int:
    return client.put(GROUPS, {"groupname": OTHERS, **values})


def test_a_new_group(mock: Mock, boss: Client) -> None:
    assert create(boss, roles={"role": ["monitor", "COMPLIANCE"]}) == 200
    account = boss.read(f"{GROUPS}/{OTHERS}", verbose="true")
    assert set(account.pop("roles")["role"]) == {"MONITOR", "COMPLIANCE"}
    assert account == {
        "allowNamespaceManagement": False,
        "externalGroupID": sid_of(mock, OTHERS),
        "groupname": OTHERS,
    }
    assert boss.read(f"{GROUPS}/{OTHERS}/dataAccessPermissions") == {"namespacePermission": []}


def test_a_new_group_in_xml(boss: Client) -> None:
    roles = "<roles><role>MONITOR</role></roles>"
    body = f"<groupAccount><groupname>{OTHERS}</groupname>{roles}</groupAccount>"
    assert boss.put(GROUPS, body) == 200
    listed = boss.xml(GROUPS)
    assert listed.tag == "groupAccounts"
    assert {child.text for child in listed.findall("groupname")} == {OPS, OTHERS}
    item = boss.xml(f"{GROUPS}/{OTHERS}")
    assert item.tag == "groupAccount"
    assert item.findtext("roles/role") == "MONITOR"
    modified = "<groupAccount><roles/></groupAccount>"
    assert boss.post(f"{GROUPS}/{OTHERS}", modified) == 200
    assert boss.read(f"{GROUPS}/{OTHERS}")["roles"] == {"role": []}


def test_administrators_manage_namespaces_from_the_start(boss: Client) -> None:
    assert create(boss, roles={"role": ["ADMINISTRATOR"]}) == 200
    assert boss.read(f"{GROUPS}/{OTHERS}")["allowNamespaceManagement"] is True


def test_groups_have_names_or_sids(mock: Mock, boss: Client) -> None:
    others, ops = sid_of(mock, OTHERS), sid_of(mock, OPS)
    assert boss.put(GROUPS, {"groupname": OTHERS, "externalGroupID": ops}) == 400
    assert boss.put(GROUPS, {"externalGroupID": "S-1-5-21-1-2-3"}) == 400
    assert boss.put(GROUPS, {"groupname": others}) == 400
    assert boss.put(GROUPS, {"groupname": OTHERS, "externalGroupID": ""}) == 400
    assert boss.put(GROUPS, {"externalGroupID": others}) == 200
    assert boss.delete(f"{GROUPS}/{OTHERS}") == 200
    assert boss.put(GROUPS, {"groupname": "Others", "externalGroupID": others}) == 200
    assert boss.read(f"{GROUPS}/OTHERS@ad.example.com")["groupname"] == OTHERS
    assert boss.get(f"{GROUPS}/others").status_code == 404


def test_names_without_a_domain_are_of_the_systems_own(mock: Mock, boss: Client) -> None:
    sid = "S-1-5-21-7-7-7-7007"
    directory = {
        "domain": "ad.example.com",
        "groups": ["staff@lab.example", {"name": "staff", "sid": sid}],
    }
    mock.seed(activeDirectory=directory)
    assert boss.put(GROUPS, {"groupname": "staff"}) == 200
    account = boss.read(f"{GROUPS}/staff@ad.example.com", verbose="true")
    assert account["externalGroupID"] == sid
    assert boss.put(GROUPS, {"groupname": "staff@lab.example"}) == 200
    assert boss.put(GROUPS, {"externalGroupID": sid}) == 409


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"groupname": "OPS@AD.example.com"}, 409),
        ({"groupname": "strangers@ad.example.com"}, 400),
        ({"groupname": ""}, 400),
        ({"roles": {"role": ["SEARCH"]}}, 400),
        ({"roles": {"role": ["nothing"]}}, 400),
        ({"roles": ["MONITOR"]}, 400),
        ({"allowNamespaceManagement": False}, 403),
        ({"description": "x"}, 400),
    ],
)
def test_properties_of_a_creation(boss: Client, change: dict[str, Any], status: int) -> None:
    assert create(boss, **change) == status


def test_a_creation_names_the_group(boss: Client) -> None:
    answer = boss.call("PUT", GROUPS, {"roles": {"role": []}})
    assert answer.status_code == 400
    assert answer.headers["X-HCP-ErrorMessage"] == "'groupname' property is required."


def test_groups_need_active_directory(mock: Mock, plain: Client) -> None:
    body = {"groupname": OTHERS}
    assert plain.put("/tenants/bare/groupAccounts", body) == 403
    mock.seed_tenant("bare", authenticationTypes=["LOCAL", "EXTERNAL"])
    assert plain.put("/tenants/bare/groupAccounts", body) == 200


def test_members_get_in_as_long_as_the_group_is_there(mock: Mock, boss: Client) -> None:
    kim = mock.client("finance", "kim")
    assert kim.call("GET", T, headers=KIM).status_code == 200
    assert boss.post(f"{GROUPS}/{OPS}", {"roles": {"role": ["SECURITY"]}}) == 200
    assert kim.call("GET", T, headers=KIM).status_code == 403
    assert kim.call("GET", GROUPS, headers=KIM).status_code == 200
    assert boss.delete(f"{GROUPS}/{OPS.upper()}") == 200
    assert kim.call("GET", GROUPS, headers=KIM).status_code == 403


def test_modifying_is_split_between_the_roles(mock: Mock) -> None:
    administrator, security = mock.client("finance", "a"), mock.client("finance", "s")
    manage, roles = {"allowNamespaceManagement": True}, {"roles": {"role": ["COMPLIANCE"]}}
    path = f"{GROUPS}/{OPS}"
    assert administrator.post(path, manage) == 200
    assert administrator.post(path, roles) == 403
    assert administrator.post(path, {"groupname": OPS}) == 403
    assert security.post(path, roles) == 200
    assert security.post(path, manage) == 403
    assert security.read(path) == {"allowNamespaceManagement": True, "groupname": OPS, **roles}


def test_becoming_an_administrator_brings_namespace_management(boss: Client) -> None:
    path = f"{GROUPS}/{OPS}"
    assert boss.post(path, {"roles": {"role": ["ADMINISTRATOR", "MONITOR"]}}) == 200
    assert boss.read(path)["allowNamespaceManagement"] is True
    assert boss.post(path, {"allowNamespaceManagement": False}) == 200
    assert boss.post(path, {"roles": {"role": ["ADMINISTRATOR"]}}) == 200
    assert boss.read(path)["allowNamespaceManagement"] is False


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"groupname": OTHERS}, 403),
        ({"groupname": "OPS@ad.example.com"}, 200),
        ({"externalGroupID": "S-1-5-21-1-2-3"}, 403),
        ({"roles": {"role": ["SERVICE"]}}, 400),
        ({"username": "x"}, 400),
    ],
)
def test_properties_of_a_modification(boss: Client, change: dict[str, Any], status: int) -> None:
    before = boss.read(f"{GROUPS}/{OPS}", verbose="true")
    assert boss.post(f"{GROUPS}/{OPS}", change) == status
    assert boss.read(f"{GROUPS}/{OPS}", verbose="true") == before


def test_groups_that_are_not_there(boss: Client) -> None:
    path = f"{GROUPS}/{OTHERS}"
    assert boss.head(GROUPS) == boss.head(f"{GROUPS}/{OPS}") == 200
    assert boss.head(path) == 302
    assert boss.get(path).status_code == boss.post(path, {}) == boss.delete(path) == 404
    assert boss.get(f"{path}/dataAccessPermissions").status_code == 404
    assert boss.post(f"{path}/dataAccessPermissions", {}) == 404
    assert boss.put(f"{GROUPS}/{OPS}", {}) == boss.delete(GROUPS) == 405


def test_data_permissions_of_groups(mock: Mock, boss: Client) -> None:
    path = f"{GROUPS}/{OPS}/dataAccessPermissions"
    entries = [
        {"namespaceName": name, "permissions": {"permission": ["SEARCH"]}}
        for name in ("cloud", "files")
    ]
    assert boss.post(path, {"namespacePermission": entries}) == 200
    shown = mock.client("finance", "m").read(path, sortType="name", count="1")
    assert [entry["namespaceName"] for entry in shown["namespacePermission"]] == ["cloud"]
    held = shown["namespacePermission"][0]["permissions"]["permission"]
    assert set(held) == {"SEARCH", "READ", "BROWSE"}
    body = (
        "<dataAccessPermissions><namespacePermission><namespaceName>cloud</namespaceName>"
        "<permissions/></namespacePermission></dataAccessPermissions>"
    )
    assert boss.post(path, body) == 200
    left = boss.read(path)["namespacePermission"]
    assert [entry["namespaceName"] for entry in left] == ["files"]
    assert boss.get(path, sortType="username").status_code == 400
    assert boss.post(path, {"namespacePermission": [{"namespaceName": "absent"}]}) == 400


def test_resetting_the_security_group(mock: Mock, admin: Client, boss: Client) -> None:
    mock.seed_tenant(administrationAllowed=False)
    assert admin.post(GROUPS, {}) == 400
    assert admin.post(GROUPS, {}, resetSecurityGroup="strangers") == 400
    assert admin.post(GROUPS, {"groupname": OPS}, resetSecurityGroup=OPS) == 400
    assert admin.post(GROUPS, "<groupAccounts/>", resetSecurityGroup="ops") == 200
    assert set(boss.read(f"{GROUPS}/{OPS}")["roles"]["role"]) == {"MONITOR", "SECURITY"}
    assert admin.post(GROUPS, {}, resetSecurityGroup=sid_of(mock, OTHERS)) == 200
    account = boss.read(f"{GROUPS}/{OTHERS}")
    assert (account["roles"], account["allowNamespaceManagement"]) == (
        {"role": ["SECURITY"]},
        False,
    )
    assert boss.post(GROUPS, {}, resetSecurityGroup=OPS) == 403
    assert admin.post("/tenants/bare/groupAccounts", {}, resetSecurityGroup=OPS) == 403


def test_groups_of_the_system_are_read_only(mock: Mock, admin: Client, boss: Client) -> None:
    assert admin.read("/groupAccounts") == {"groupname": []}
    mock.seed(system={"groups": [{"groupname": OPS, "roles": ["MONITOR", "SERVICE"]}]})
    assert admin.read("/groupAccounts") == {"groupname": [OPS]}
    path = f"/groupAccounts/{OPS}"
    account = admin.read(path, verbose="true")
    assert set(account["roles"]["role"]) == {"MONITOR", "SERVICE"}
    assert account["externalGroupID"] == sid_of(mock, OPS)
    monitor = mock.client("admin", "sys-m").read(path, verbose="true")
    assert set(monitor) == {"allowNamespaceManagement", "groupname"}
    assert mock.client("admin", "kim").call("GET", path, headers=KIM).status_code == 200
    assert admin.head(path) == admin.head("/groupAccounts") == 200
    assert admin.head("/groupAccounts/absent") == 302
    for method in ("PUT", "POST", "DELETE"):
        assert admin.status(method, path, {}) == 405
        assert admin.status(method, "/groupAccounts", {}) == 405
    assert boss.get("/groupAccounts").status_code == 403
