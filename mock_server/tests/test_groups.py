"""Group accounts: groups of Active Directory with access to a tenant."""

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


def test_a_new_group(mock: Mock, tenant_admin: Client) -> None:
    assert create(tenant_admin, roles={"role": ["monitor", "COMPLIANCE"]}) == 200
    account = tenant_admin.read(f"{GROUPS}/{OTHERS}", verbose="true")
    assert set(account.pop("roles")["role"]) == {"MONITOR", "COMPLIANCE"}
    assert account == {
        "allowNamespaceManagement": False,
        "externalGroupID": sid_of(mock, OTHERS),
        "groupname": OTHERS,
    }
    assert tenant_admin.read(f"{GROUPS}/{OTHERS}/dataAccessPermissions") == {
        "namespacePermission": []
    }


def test_a_new_group_in_xml(tenant_admin: Client) -> None:
    roles = "<roles><role>MONITOR</role></roles>"
    body = f"<groupAccount><groupname>{OTHERS}</groupname>{roles}</groupAccount>"
    assert tenant_admin.put(GROUPS, body) == 200
    listed = tenant_admin.xml(GROUPS)
    assert listed.tag == "groupAccounts"
    assert {child.text for child in listed.findall("groupname")} == {OPS, OTHERS}
    item = tenant_admin.xml(f"{GROUPS}/{OTHERS}")
    assert item.tag == "groupAccount"
    assert item.findtext("roles/role") == "MONITOR"
    modified = "<groupAccount><roles/></groupAccount>"
    assert tenant_admin.post(f"{GROUPS}/{OTHERS}", modified) == 200
    assert tenant_admin.read(f"{GROUPS}/{OTHERS}")["roles"] == {"role": []}


def test_administrators_manage_namespaces_from_the_start(tenant_admin: Client) -> None:
    assert create(tenant_admin, roles={"role": ["ADMINISTRATOR"]}) == 200
    assert tenant_admin.read(f"{GROUPS}/{OTHERS}")["allowNamespaceManagement"] is True


def test_groups_have_names_or_sids(mock: Mock, tenant_admin: Client) -> None:
    others, ops = sid_of(mock, OTHERS), sid_of(mock, OPS)
    assert tenant_admin.put(GROUPS, {"groupname": OTHERS, "externalGroupID": ops}) == 400
    assert tenant_admin.put(GROUPS, {"externalGroupID": "S-1-5-21-1-2-3"}) == 400
    assert tenant_admin.put(GROUPS, {"groupname": others}) == 400
    assert tenant_admin.put(GROUPS, {"groupname": OTHERS, "externalGroupID": ""}) == 400
    assert tenant_admin.put(GROUPS, {"externalGroupID": others}) == 200
    assert tenant_admin.delete(f"{GROUPS}/{OTHERS}") == 200
    assert tenant_admin.put(GROUPS, {"groupname": "Others", "externalGroupID": others}) == 200
    assert tenant_admin.read(f"{GROUPS}/OTHERS@ad.example.com")["groupname"] == OTHERS
    assert tenant_admin.get(f"{GROUPS}/others").status_code == 404


def test_names_without_a_domain_are_of_the_systems_own(mock: Mock, tenant_admin: Client) -> None:
    sid = "S-1-5-21-7-7-7-7007"
    directory = {
        "domain": "ad.example.com",
        "groups": ["staff@lab.example", {"name": "staff", "sid": sid}],
    }
    mock.seed(activeDirectory=directory)
    assert tenant_admin.put(GROUPS, {"groupname": "staff"}) == 200
    account = tenant_admin.read(f"{GROUPS}/staff@ad.example.com", verbose="true")
    assert account["externalGroupID"] == sid
    assert tenant_admin.put(GROUPS, {"groupname": "staff@lab.example"}) == 200
    assert tenant_admin.put(GROUPS, {"externalGroupID": sid}) == 409


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
def test_properties_of_a_creation(
    tenant_admin: Client, change: dict[str, Any], status: int
) -> None:
    assert create(tenant_admin, **change) == status


def test_a_creation_names_the_group(tenant_admin: Client) -> None:
    answer = tenant_admin.call("PUT", GROUPS, {"roles": {"role": []}})
    assert answer.status_code == 400
    assert answer.headers["X-HCP-ErrorMessage"] == "'groupname' property is required."


def test_groups_need_active_directory(mock: Mock, basic_admin: Client) -> None:
    body = {"groupname": OTHERS}
    assert basic_admin.put("/tenants/basic/groupAccounts", body) == 403
    mock.seed_tenant("basic", authenticationTypes=["LOCAL", "EXTERNAL"])
    assert basic_admin.put("/tenants/basic/groupAccounts", body) == 200


def test_members_get_in_as_long_as_the_group_is_there(mock: Mock, tenant_admin: Client) -> None:
    kim = mock.client("finance", "kim")
    assert kim.call("GET", T, headers=KIM).status_code == 200
    assert tenant_admin.post(f"{GROUPS}/{OPS}", {"roles": {"role": ["SECURITY"]}}) == 200
    assert kim.call("GET", T, headers=KIM).status_code == 403
    assert kim.call("GET", GROUPS, headers=KIM).status_code == 200
    assert tenant_admin.delete(f"{GROUPS}/{OPS.upper()}") == 200
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


def test_the_administrator_role_implies_namespace_management(tenant_admin: Client) -> None:
    path = f"{GROUPS}/{OPS}"
    assert tenant_admin.post(path, {"roles": {"role": ["ADMINISTRATOR", "MONITOR"]}}) == 200
    assert tenant_admin.read(path)["allowNamespaceManagement"] is True
    assert tenant_admin.post(path, {"allowNamespaceManagement": False}) == 200
    assert tenant_admin.post(path, {"roles": {"role": ["ADMINISTRATOR"]}}) == 200
    assert tenant_admin.read(path)["allowNamespaceManagement"] is False


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
def test_properties_of_a_modification(
    tenant_admin: Client, change: dict[str, Any], status: int
) -> None:
    before = tenant_admin.read(f"{GROUPS}/{OPS}", verbose="true")
    assert tenant_admin.post(f"{GROUPS}/{OPS}", change) == status
    assert tenant_admin.read(f"{GROUPS}/{OPS}", verbose="true") == before


def test_groups_that_are_not_there(tenant_admin: Client) -> None:
    path = f"{GROUPS}/{OTHERS}"
    assert tenant_admin.head(GROUPS) == tenant_admin.head(f"{GROUPS}/{OPS}") == 200
    assert tenant_admin.head(path) == 302
    assert (
        tenant_admin.get(path).status_code
        == tenant_admin.post(path, {})
        == tenant_admin.delete(path)
        == 404
    )
    assert tenant_admin.get(f"{path}/dataAccessPermissions").status_code == 404
    assert tenant_admin.post(f"{path}/dataAccessPermissions", {}) == 404
    assert tenant_admin.put(f"{GROUPS}/{OPS}", {}) == tenant_admin.delete(GROUPS) == 405


def test_data_permissions_of_groups(mock: Mock, tenant_admin: Client) -> None:
    path = f"{GROUPS}/{OPS}/dataAccessPermissions"
    entries = [
        {"namespaceName": name, "permissions": {"permission": ["SEARCH"]}}
        for name in ("cloud", "files")
    ]
    assert tenant_admin.post(path, {"namespacePermission": entries}) == 200
    shown = mock.client("finance", "m").read(path, sortType="name", count="1")
    assert [entry["namespaceName"] for entry in shown["namespacePermission"]] == ["cloud"]
    held = shown["namespacePermission"][0]["permissions"]["permission"]
    assert set(held) == {"SEARCH", "READ", "BROWSE"}
    body = (
        "<dataAccessPermissions><namespacePermission><namespaceName>cloud</namespaceName>"
        "<permissions/></namespacePermission></dataAccessPermissions>"
    )
    assert tenant_admin.post(path, body) == 200
    left = tenant_admin.read(path)["namespacePermission"]
    assert [entry["namespaceName"] for entry in left] == ["files"]
    assert tenant_admin.get(path, sortType="username").status_code == 400
    assert tenant_admin.post(path, {"namespacePermission": [{"namespaceName": "absent"}]}) == 400


def test_resetting_the_security_group(
    mock: Mock, system_admin: Client, tenant_admin: Client
) -> None:
    mock.seed_tenant(administrationAllowed=False)
    assert system_admin.post(GROUPS, {}) == 400
    assert system_admin.post(GROUPS, {}, resetSecurityGroup="strangers") == 400
    assert system_admin.post(GROUPS, {"groupname": OPS}, resetSecurityGroup=OPS) == 400
    assert system_admin.post(GROUPS, "<groupAccounts/>", resetSecurityGroup="ops") == 200
    assert set(tenant_admin.read(f"{GROUPS}/{OPS}")["roles"]["role"]) == {"MONITOR", "SECURITY"}
    assert system_admin.post(GROUPS, {}, resetSecurityGroup=sid_of(mock, OTHERS)) == 200
    account = tenant_admin.read(f"{GROUPS}/{OTHERS}")
    assert (account["roles"], account["allowNamespaceManagement"]) == (
        {"role": ["SECURITY"]},
        False,
    )
    assert tenant_admin.post(GROUPS, {}, resetSecurityGroup=OPS) == 403
    assert system_admin.post("/tenants/basic/groupAccounts", {}, resetSecurityGroup=OPS) == 403


def test_groups_of_the_system_are_read_only(
    mock: Mock, system_admin: Client, tenant_admin: Client
) -> None:
    assert system_admin.read("/groupAccounts") == {"groupname": []}
    mock.seed(system={"groups": [{"groupname": OPS, "roles": ["MONITOR", "SERVICE"]}]})
    assert system_admin.read("/groupAccounts") == {"groupname": [OPS]}
    path = f"/groupAccounts/{OPS}"
    account = system_admin.read(path, verbose="true")
    assert set(account["roles"]["role"]) == {"MONITOR", "SERVICE"}
    assert account["externalGroupID"] == sid_of(mock, OPS)
    monitor = mock.client("admin", "sys-m").read(path, verbose="true")
    assert set(monitor) == {"allowNamespaceManagement", "groupname"}
    assert mock.client("admin", "kim").call("GET", path, headers=KIM).status_code == 200
    assert system_admin.head(path) == system_admin.head("/groupAccounts") == 200
    assert system_admin.head("/groupAccounts/absent") == 302
    for method in ("PUT", "POST", "DELETE"):
        assert system_admin.status(method, path, {}) == 405
        assert system_admin.status(method, "/groupAccounts", {}) == 405
    assert tenant_admin.get("/groupAccounts").status_code == 403
