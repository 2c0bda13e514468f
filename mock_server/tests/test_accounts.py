"""User accounts, passwords, lock-out and data access permissions."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import PASSWORD, Client, Mock

T = "/tenants/finance"
USERS = f"{T}/userAccounts"
NEW: dict[str, Any] = {
    "username": "Kim",
    "fullName": "Kim Ek",
    "enabled": True,
    "forcePasswordChange": False,
    "localAuthentication": True,
}
GOOD = "Str0ng-lab-Pw"


def create(client: Client, password: str = GOOD, **values: Any) -> int:
    return client.put(USERS, {**NEW, **values}, password=password)


def test_a_new_account(tenant_admin: Client) -> None:
    assert (
        create(tenant_admin, roles={"role": ["monitor", "ADMINISTRATOR"]}, description="x") == 200
    )
    account = tenant_admin.read(f"{USERS}/kim", verbose="true")
    assert set(account.pop("roles")["role"]) == {"MONITOR", "ADMINISTRATOR"}
    assert account.pop("userID") > 499
    assert len(account.pop("userGUID")) == 36
    assert account == {**NEW, "description": "x", "allowNamespaceManagement": True}


def test_a_new_account_without_roles_can_do_nothing(mock: Mock, tenant_admin: Client) -> None:
    assert create(tenant_admin) == 200
    account = tenant_admin.read(f"{USERS}/kim")
    assert account["allowNamespaceManagement"] is False
    assert account["roles"] == {"role": []}
    assert tenant_admin.read(f"{USERS}/kim/dataAccessPermissions") == {"namespacePermission": []}
    assert mock.client("finance", "kim", GOOD).get(T).status_code == 403


@pytest.mark.parametrize("name", NEW)
def test_what_a_creation_needs(tenant_admin: Client, name: str) -> None:
    body = {key: value for key, value in NEW.items() if key != name}
    answer = tenant_admin.call("PUT", USERS, body, password=GOOD)
    assert answer.status_code == 400
    assert answer.headers["X-HCP-ErrorMessage"] == f"'{name}' property is required."


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"username": "BOSS"}, 409),
        ({"username": "[x"}, 400),
        ({"username": ""}, 400),
        ({"username": "x" * 65}, 400),
        ({"fullName": ""}, 400),
        ({"roles": {"role": ["SEARCH"]}}, 400),
        ({"roles": {"role": ["nothing"]}}, 400),
        ({"description": "x" * 1025}, 400),
        ({"allowNamespaceManagement": False}, 403),
        ({"userID": 1}, 403),
        ({"password": "x"}, 400),
    ],
)
def test_properties_of_a_creation(
    tenant_admin: Client, change: dict[str, Any], status: int
) -> None:
    assert create(tenant_admin, **change) == status


def test_the_lenient_reading_of_namespace_management(mock: Mock, tenant_admin: Client) -> None:
    mock.seed(rules={"allowNamespaceManagementOnPut": True})
    assert create(tenant_admin, allowNamespaceManagement=True) == 200
    assert tenant_admin.read(f"{USERS}/kim")["allowNamespaceManagement"] is True


@pytest.mark.parametrize("password", ["a1b2c", "abcdefgh", "12345678", "--------", "x1" * 33, ""])
def test_passwords_that_are_too_simple(tenant_admin: Client, password: str) -> None:
    assert create(tenant_admin, password) == 400
    assert tenant_admin.post(f"{USERS}/m", {}, password=password) == 400
    assert tenant_admin.post(f"{USERS}/m/changePassword", {"newPassword": password}) == 400


@pytest.mark.parametrize("password", ["abc12 ", "äöü-ß é", "x1" * 32])
def test_acceptable_passwords(mock: Mock, tenant_admin: Client, password: str) -> None:
    assert create(tenant_admin, password) == 200
    assert mock.client("finance", "kim", password).get(T).headers["X-HCP-ErrorMessage"]


@pytest.mark.parametrize(
    ("policy", "password", "status"),
    [
        ({"minimumPasswordLength": 14}, GOOD, 400),
        ({"minimumPasswordLength": 2}, "a1", 200),
        ({"passwordCombination": True}, "lower-11", 400),
        ({"passwordCombination": True}, "Lower-11", 200),
        ({"passwordCombination": True, "numericCharacterCount": 3}, "Lower-11", 400),
        ({"passwordCombination": False, "numericCharacterCount": 3}, "Lower-11", 200),
        ({"passwordContainsUsername": False}, "my-KIM-11", 400),
        ({"passwordContainsUsername": True}, "my-KIM-11", 200),
        ({"blockCommonPassword": True}, "Password123", 400),
        ({"blockCommonPassword": False}, "Password123", 200),
    ],
)
def test_console_security_rules_passwords(
    tenant_admin: Client, policy: dict[str, Any], password: str, status: int
) -> None:
    assert tenant_admin.post(f"{T}/consoleSecurity", policy) == 200
    assert create(tenant_admin, password) == status


def test_passwords_cannot_be_used_again(tenant_admin: Client) -> None:
    policy = {"blockPasswordReUse": True, "passwordReuseDepth": 2}
    assert tenant_admin.post(f"{T}/consoleSecurity", policy) == 200
    path = f"{USERS}/m/changePassword"
    assert tenant_admin.post(path, {"newPassword": PASSWORD}) == 400
    assert tenant_admin.post(path, {"newPassword": "First-11-Pw"}) == 200
    assert tenant_admin.post(path, {"newPassword": PASSWORD}) == 400
    assert tenant_admin.post(path, {"newPassword": "Second-11-Pw"}) == 200
    assert tenant_admin.post(path, {"newPassword": PASSWORD}) == 200


@pytest.mark.parametrize(
    "change",
    [
        {"minimumPasswordLength": 1},
        {"disableAfterAttempts": 1000},
        {"loginMessage": "x" * 1025},
        {"ipSettings": {"allowAddresses": {"ipAddress": ["not an address"]}}},
        {"automaticUserAccountUnlockDuration": 5},
    ],
)
def test_console_security_has_limits(tenant_admin: Client, change: dict[str, Any]) -> None:
    assert tenant_admin.post(f"{T}/consoleSecurity", change) == 400


def test_console_security_keeps_what_is_not_sent(tenant_admin: Client) -> None:
    path = f"{T}/consoleSecurity"
    before = tenant_admin.read(path)
    change = {"automaticUserAccoutUnlockDuration": 9, "ipSettings": {"allowIfInBothLists": False}}
    assert tenant_admin.post(path, change) == 200
    before["automaticUserAccoutUnlockDuration"] = 9
    before["ipSettings"]["allowIfInBothLists"] = False
    assert tenant_admin.read(path) == before


def test_failed_logins_lock_an_account(mock: Mock, tenant_admin: Client) -> None:
    good, bad = mock.client("finance", "m"), mock.client("finance", "m", "wrong")
    assert tenant_admin.post(f"{T}/consoleSecurity", {"disableAfterAttempts": 3}) == 200
    for _unused in range(2):
        bad.get(T)
    assert good.get(T).status_code == 200
    for _unused in range(2):
        bad.get(T)
    assert good.get(T).status_code == 200
    for _unused in range(3):
        bad.get(T)
    assert good.get(T).status_code == 403
    assert tenant_admin.read(f"{USERS}/m")["enabled"] is False
    mock.control("POST", "/clock", {"advance": 100000})
    assert good.get(T).status_code == 403
    assert tenant_admin.post(f"{USERS}/m", {"enabled": True}) == 200
    assert good.get(T).status_code == 200


def test_locked_accounts_are_unlocked_automatically(mock: Mock, tenant_admin: Client) -> None:
    good, bad = mock.client("finance", "m"), mock.client("finance", "m", "wrong")
    policy = {
        "disableAfterAttempts": 1,
        "automaticUserAccountUnlockSetting": True,
        "automaticUserAccoutUnlockDuration": 10,
    }
    assert tenant_admin.post(f"{T}/consoleSecurity", policy) == 200
    bad.get(T)
    assert good.get(T).status_code == 403
    mock.control("POST", "/clock", {"advance": 601})
    assert good.get(T).status_code == 200


def test_failed_logins_never_lock_when_the_limit_is_zero(mock: Mock, tenant_admin: Client) -> None:
    assert tenant_admin.post(f"{T}/consoleSecurity", {"disableAfterAttempts": 0}) == 200
    for _unused in range(8):
        mock.client("finance", "m", "wrong").get(T)
    assert mock.client("finance", "m").get(T).status_code == 200


def test_the_last_security_account_is_locked_for_an_hour_only(
    mock: Mock, basic_admin: Client
) -> None:
    for _unused in range(5):
        mock.client("basic", "boss", "wrong").get("/tenants/basic")
    assert basic_admin.get("/tenants/basic").status_code == 403
    mock.control("POST", "/clock", {"advance": 3500})
    assert basic_admin.get("/tenants/basic").status_code == 403
    mock.control("POST", "/clock", {"advance": 101})
    assert basic_admin.get("/tenants/basic").status_code == 200


def test_a_system_account_of_the_same_name_locks_nobody_out(mock: Mock) -> None:
    mock.seed_tenant(users=[{"username": "sys-m", "password": GOOD, "roles": ["MONITOR"]}])
    for _unused in range(8):
        assert mock.client("finance", "sys-m").get(T).status_code == 200
    assert mock.client("finance", "sys-m", GOOD).get(T).status_code == 200


def test_disabled_accounts_cannot_log_in(mock: Mock, tenant_admin: Client) -> None:
    assert tenant_admin.post(f"{USERS}/m", {"enabled": False}) == 200
    assert mock.client("finance", "m").get(T).status_code == 403


def test_a_pending_password_change_blocks(mock: Mock, tenant_admin: Client) -> None:
    assert tenant_admin.post(f"{USERS}/m", {"forcePasswordChange": True}) == 200
    client = mock.client("finance", "m")
    assert client.get(T).status_code == 403
    assert tenant_admin.post(f"{USERS}/m/changePassword", {"newPassword": GOOD}) == 200
    assert tenant_admin.read(f"{USERS}/m")["forcePasswordChange"] is False
    client.password = GOOD
    assert client.get(T).status_code == 200
    mock.seed(rules={"forcedPasswordChangeBlocks": False})
    assert tenant_admin.post(f"{USERS}/m", {"forcePasswordChange": True}) == 200
    assert client.get(T).status_code == 200


def test_only_security_sees_roles(mock: Mock) -> None:
    always = {"allowNamespaceManagement", "description", "enabled", "fullName", "username"}
    for user in ("a", "m"):
        client = mock.client("finance", user)
        assert set(client.read(f"{USERS}/boss")) == always
        assert set(client.read(f"{USERS}/boss", verbose="true")) == always | {"localAuthentication"}
    secure = always | {"roles", "forcePasswordChange"}
    client = mock.client("finance", "s")
    assert set(client.read(f"{USERS}/boss")) == secure
    assert set(client.read(f"{USERS}/boss", verbose="true")) == secure | {
        "localAuthentication",
        "userGUID",
        "userID",
    }
    group = f"{T}/groupAccounts/ops@ad.example.com"
    assert set(mock.client("finance", "m").read(group, verbose="true")) == {
        "allowNamespaceManagement",
        "groupname",
    }
    assert "externalGroupID" in client.read(group, verbose="true")


def test_modifying_is_split_between_the_roles(mock: Mock) -> None:
    administrator, security = mock.client("finance", "a"), mock.client("finance", "s")
    manage, describe = {"allowNamespaceManagement": True}, {"description": "x"}
    path = f"{USERS}/none"
    assert administrator.post(path, manage) == 200
    assert administrator.post(path, describe) == 403
    assert administrator.post(path, {}, password=GOOD) == 403
    assert security.post(path, describe) == 200
    assert security.post(path, manage) == 403
    assert security.post(path, {}, password=GOOD) == 200
    assert mock.client("finance", "none", GOOD).get(T).headers["X-HCP-ErrorMessage"]


def test_the_administrator_role_implies_namespace_management(tenant_admin: Client) -> None:
    path = f"{USERS}/m"
    assert tenant_admin.post(path, {"roles": {"role": ["ADMINISTRATOR"]}}) == 200
    assert tenant_admin.read(path)["allowNamespaceManagement"] is True
    assert tenant_admin.post(path, {"allowNamespaceManagement": False}) == 200
    assert tenant_admin.post(path, {"roles": {"role": ["ADMINISTRATOR", "MONITOR"]}}) == 200
    assert tenant_admin.read(path)["allowNamespaceManagement"] is False
    assert tenant_admin.post(path, {"roles": {"role": []}}) == 200
    assert tenant_admin.read(path)["roles"] == {"role": []}


def test_modifying_keeps_what_is_not_sent(tenant_admin: Client) -> None:
    before = tenant_admin.read(f"{USERS}/m")
    assert tenant_admin.post(f"{USERS}/m", {"description": "x"}) == 200
    assert tenant_admin.read(f"{USERS}/m") == {**before, "description": "x"}
    assert tenant_admin.post(f"{USERS}/m", {"description": ""}) == 200
    assert tenant_admin.read(f"{USERS}/m") == before
    assert tenant_admin.post(f"{USERS}/m", {"localAuthentication": True}) == 403
    assert tenant_admin.post(f"{USERS}/absent", {}) == 404


def test_renaming_an_account(mock: Mock, tenant_admin: Client) -> None:
    assert tenant_admin.post(f"{USERS}/n", {"username": "BOSS"}) == 400
    assert tenant_admin.post(f"{USERS}/n", {"username": "Nina"}) == 200
    assert tenant_admin.get(f"{USERS}/n").status_code == 404
    assert tenant_admin.read(f"{USERS}/nina")["username"] == "Nina"
    assert mock.client("finance", "nina").read(f"{T}/namespaces") == {"name": ["mine"]}


def test_the_last_security_account_stays(mock: Mock, basic_admin: Client) -> None:
    users = "/tenants/basic/userAccounts"
    assert basic_admin.delete(f"{users}/boss") == 403
    assert basic_admin.post(f"{users}/boss", {"enabled": False}) == 403
    assert basic_admin.post(f"{users}/boss", {"roles": {"role": ["ADMINISTRATOR"]}}) == 403
    body = {**NEW, "roles": {"role": ["SECURITY"]}, "enabled": False}
    assert basic_admin.put(users, body, password=GOOD) == 200
    assert basic_admin.delete(f"{users}/boss") == 403
    assert basic_admin.post(f"{users}/kim", {"enabled": True}) == 200
    assert basic_admin.delete(f"{users}/boss") == 200


def test_a_security_group_can_be_the_last(mock: Mock, tenant_admin: Client) -> None:
    mock.seed_tenant(groups=[{"groupname": "ops@ad.example.com", "roles": ["SECURITY"]}])
    assert tenant_admin.delete(f"{USERS}/s") == 200
    assert tenant_admin.delete(f"{USERS}/boss") == 200


def test_deleting_an_account(tenant_admin: Client) -> None:
    assert tenant_admin.delete(f"{USERS}/N") == 200
    assert tenant_admin.delete(f"{USERS}/n") == 404
    assert tenant_admin.head(f"{USERS}/n") == 302
    assert tenant_admin.read(f"{T}/namespaces/mine")["owner"] == ""
    assert create(tenant_admin, username="n") == 200


def test_radius_accounts_have_no_password_here(
    mock: Mock, tenant_admin: Client, basic_admin: Client
) -> None:
    assert tenant_admin.put(USERS, {**NEW, "localAuthentication": False}) == 200
    assert tenant_admin.post(f"{USERS}/kim/changePassword", {"newPassword": GOOD}) == 403
    assert tenant_admin.post(f"{USERS}/kim", {}, password=GOOD) == 403
    mock.seed_tenant("basic", authenticationTypes=["LOCAL"])
    path = "/tenants/basic/userAccounts"
    assert basic_admin.put(path, {**NEW, "localAuthentication": False}, password=GOOD) == 400


def test_changing_passwords_needs_the_new_one(tenant_admin: Client) -> None:
    path = f"{USERS}/m/changePassword"
    assert tenant_admin.post(path, {}) == 400
    assert tenant_admin.post(path, {"newPassword": GOOD, "oldPassword": "x"}) == 400
    body = f"<updatePasswordRequest><newPassword>{GOOD}</newPassword></updatePasswordRequest>"
    assert tenant_admin.post(path, body) == 200


def test_resetting_the_passwords_of_security_accounts(mock: Mock, system_admin: Client) -> None:
    assert system_admin.post("/tenants/basic/userAccounts", {}) == 400
    assert system_admin.post("/tenants/basic/userAccounts", {}, resetPasswords="simple") == 400
    assert system_admin.post("/tenants/basic/userAccounts", {}, resetPasswords=GOOD) == 200
    assert mock.client("basic", "boss", GOOD).get("/tenants/basic").status_code == 200
    assert system_admin.post(USERS, {}, resetPasswords=GOOD) == 200
    assert mock.client("finance", "s", GOOD).get(USERS).status_code == 200
    assert mock.client("finance", "m").get(USERS).status_code == 200


def test_lists_of_accounts(mock: Mock, tenant_admin: Client) -> None:
    names = ["a", "boss", "c", "m", "n", "none", "s"]
    assert sorted(tenant_admin.read(USERS)["username"]) == names
    assert tenant_admin.read(USERS, sortType="username") == {"username": names}
    assert tenant_admin.read(USERS, sortOrder="descending") == {"username": names[::-1]}
    page = tenant_admin.read(USERS, sortType="username", offset="2", count="2")
    assert page == {"username": ["c", "m"]}
    assert tenant_admin.read(USERS, sortType="username", offset="7") == {"username": []}
    assert tenant_admin.read(USERS, filterString="N", sortType="username") == {
        "username": ["n", "none"]
    }
    orders = {tuple(tenant_admin.read(USERS)["username"]) for _unused in range(6)}
    assert len(orders) > 1


@pytest.mark.parametrize(
    "query",
    [
        {"offset": "-1"},
        {"count": "x"},
        {"sortType": "name"},
        {"sortOrder": "down"},
        {"filterType": "name"},
        {"filterString": "a,b"},
        {"filterString": "x" * 65},
    ],
)
def test_bad_values_of_paging(tenant_admin: Client, query: dict[str, str]) -> None:
    assert tenant_admin.get(USERS, **query).status_code == 400


def test_system_accounts_are_read_and_get_passwords(mock: Mock, system_admin: Client) -> None:
    assert "sys-m" in system_admin.read("/userAccounts")["username"]
    account = system_admin.read("/userAccounts/ADMIN")
    assert set(account["roles"]["role"]) >= {"SEARCH", "SERVICE"}
    assert "roles" not in mock.client("admin", "sys-m").read("/userAccounts/admin")
    assert system_admin.post("/userAccounts/sys-m", {}) == 400
    assert system_admin.post("/userAccounts/sys-m", {}, password="weak") == 400
    assert system_admin.post("/userAccounts/sys-m", {"description": "x"}, password=GOOD) == 400
    assert system_admin.post("/userAccounts/sys-m", {}, password=GOOD) == 200
    assert mock.client("admin", "sys-m", GOOD).get("/tenants").status_code == 200
    path = "/userAccounts/sys-m/changePassword"
    assert system_admin.post(path, {"newPassword": "Other-11-Pw"}) == 200
    assert mock.client("admin", "sys-m", "Other-11-Pw").get("/tenants").status_code == 200
    assert system_admin.head("/userAccounts") == system_admin.head("/userAccounts/sys-m") == 200
    assert system_admin.head("/userAccounts/absent") == 302
    assert system_admin.put("/userAccounts", NEW, password=GOOD) == 405
    assert system_admin.delete("/userAccounts/sys-m") == 405


def test_passwords_of_system_accounts_that_hcp_does_not_keep(
    mock: Mock, system_admin: Client
) -> None:
    mock.seed(system={"users": [{"username": "radius", "localAuthentication": False}]})
    assert system_admin.post("/userAccounts/radius", {}, password=GOOD) == 403
    assert system_admin.post("/userAccounts/radius/changePassword", {"newPassword": GOOD}) == 403


DAP = f"{USERS}/none/dataAccessPermissions"


def entry(name: str, *permissions: str) -> dict[str, Any]:
    return {"namespaceName": name, "permissions": {"permission": list(permissions)}}


def held(client: Client, **query: str) -> dict[str, set[str]]:
    entries = client.read(DAP, **query)["namespacePermission"]
    return {e["namespaceName"]: set(e["permissions"]["permission"]) for e in entries}


def test_data_permissions_merge_by_namespace_and_replace_inside(tenant_admin: Client) -> None:
    body = {"namespacePermission": [entry("cloud", "search"), entry("FILES", "PURGE")]}
    assert tenant_admin.post(DAP, body) == 200
    expected = {"cloud": {"SEARCH", "READ", "BROWSE"}, "files": {"PURGE", "DELETE"}}
    assert held(tenant_admin) == expected
    assert tenant_admin.post(DAP, {"namespacePermission": [entry("cloud", "WRITE")]}) == 200
    assert held(tenant_admin) == {**expected, "cloud": {"WRITE"}}
    assert tenant_admin.post(DAP, {"namespacePermission": [entry("cloud")]}) == 200
    assert list(held(tenant_admin)) == ["files"]


def test_data_permissions_are_checked_before_anything_changes(tenant_admin: Client) -> None:
    for bad in (entry("absent", "READ"), entry("cloud", "EVERYTHING")):
        body = {"namespacePermission": [entry("cloud", "READ"), bad]}
        assert tenant_admin.post(DAP, body) == 400
    assert (
        tenant_admin.post(DAP, {"namespacePermission": [{"permissions": {"permission": []}}]})
        == 400
    )
    body = {"namespacePermission": [{**entry("cloud", "READ"), "readAllowed": True}]}
    assert tenant_admin.post(DAP, body) == 400
    assert held(tenant_admin) == {}


def test_data_permissions_page_sort_and_filter(tenant_admin: Client) -> None:
    names = ["cloud", "files", "full", "mine"]
    body = {"namespacePermission": [entry(name, "READ") for name in names]}
    assert tenant_admin.post(DAP, body) == 200
    assert list(held(tenant_admin)) == names
    assert list(held(tenant_admin, sortType="hardQuota")) == ["cloud", "mine", "files", "full"]
    assert list(held(tenant_admin, offset="1", count="1")) == ["files"]
    assert list(held(tenant_admin, filterString="F")) == ["files", "full"]
    assert list(held(tenant_admin, filterType="tag", filterString="la")) == ["cloud"]


def test_data_permissions_follow_the_namespace(tenant_admin: Client) -> None:
    assert tenant_admin.post(DAP, {"namespacePermission": [entry("files", "READ")]}) == 200
    assert tenant_admin.post(f"{T}/namespaces/files", {"name": "papers"}) == 200
    assert list(held(tenant_admin)) == ["papers"]
    assert tenant_admin.delete(f"{T}/namespaces/papers") == 200
    assert held(tenant_admin) == {}


@pytest.mark.parametrize(
    ("name", "written"),
    [("line\nbreak", "line%0Abreak"), ("a/b", "a%2Fb"), ("\r\t", "%0D%09"), ("ü%", "%C3%BC%25")],
)
def test_a_name_may_hold_anything(tenant_admin: Client, name: str, written: str) -> None:
    assert create(tenant_admin, username=name) == 200
    assert tenant_admin.read(f"{USERS}/{written}", verbose="true")["username"] == name
    assert tenant_admin.delete(f"{USERS}/{written}") == 200
