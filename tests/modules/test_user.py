"""hcp_user and hcp_user_info against a mock HCP."""

from __future__ import annotations

from typing import Any

import pytest
from support.hcp import ADMIN, EVERY_ROLE, TENANT, MockHcp, seed
from support.module import Flag, run

ACCOUNTS = f"/tenants/{TENANT}/userAccounts"
KIM = {
    "name": "kim",
    "full_name": "Kim Ek",
    "user_password": "Kim-Pass-1",
    "roles": ["MONITOR"],
}
GRANTS = f"{ACCOUNTS}/kim/dataAccessPermissions"


def user(hcp: MockHcp, check: Flag = False, fails: Flag = False, **options: Any) -> Any:
    return run(
        "hcp_user",
        {**hcp.as_tenant, "tenant": TENANT, **options},
        check=check,
        diff=True,
        fails=fails,
    )


def namespaces(*names: str) -> dict[str, Any]:
    return {"namespaces": [{"name": name} for name in names]}


def permissions(hcp: MockHcp) -> dict[str, set[str]]:
    return {
        each["namespaceName"]: set(each["permissions"]["permission"])
        for each in hcp.get(GRANTS)["namespacePermission"]
    }


def test_create_then_nothing_then_change_then_delete(hcp: MockHcp) -> None:
    created = user(hcp, **KIM)
    assert created["changed"], created
    assert created["user"] == {
        "tenant": TENANT,
        "name": "kim",
        "full_name": "Kim Ek",
        "description": "",
        "enabled": True,
        "force_password_change": False,
        "local_authentication": True,
        "roles": ["MONITOR"],
        "allow_namespace_management": False,
    }
    assert created["diff"]["before"] == {}
    assert created["diff"]["after"]["user_password"] == "(set by this task)"
    assert hcp.ask(ACCOUNTS, "kim", "Kim-Pass-1").status_code == 200
    hcp.clear_journal()
    assert not user(hcp, **KIM)["changed"]
    assert hcp.seen() == [f"GET {ACCOUNTS}/kim"]
    changed = user(hcp, name="KIM", description="ingest", roles=[], enabled=False)
    assert changed["user"]["name"] == "kim"
    assert (changed["user"]["roles"], changed["user"]["enabled"]) == ([], False)
    assert user(hcp, name="kim", state="absent")["changed"]
    assert not user(hcp, name="kim", state="absent")["changed"]


def test_check_mode_predicts_and_writes_nothing(hcp: MockHcp) -> None:
    hcp.reset(seed(**namespaces("alpha")))
    grants = [{"namespace": "alpha", "permissions": ["READ"]}]
    wish = {**KIM, "allow_namespace_management": True, "data_access_permissions": grants}
    predicted = user(hcp, check=True, **wish)
    assert hcp.writes() == []
    done = user(hcp, **wish)
    for each in (*predicted["steps"], *done["steps"]):
        each.pop("status")
    assert predicted["steps"] == done["steps"]
    assert [each["method"] for each in done["steps"]] == ["PUT", "POST", "POST"]
    assert (
        predicted["diff"]["after"]["data_access_permissions"]
        == (done["user"]["data_access_permissions"])
    )
    assert not user(hcp, **wish)["changed"]


def test_the_first_user_gives_itself_the_other_roles(hcp: MockHcp) -> None:
    first = {"username": "first", "password": "First-Pass-1"}
    run(
        "hcp_tenant",
        {**hcp.as_system, "name": "fresh", "initial_user": first, "hard_quota": "1 TB"},
    )
    wish = {**hcp.connection, **first, "tenant": "fresh", "name": "first", "roles": EVERY_ROLE}
    assert run("hcp_user", wish)["user"]["roles"] == EVERY_ROLE
    assert not run("hcp_user", wish)["changed"]


def test_a_new_account_needs_a_password(hcp: MockHcp) -> None:
    result = user(hcp, fails=True, name="kim")
    assert "needs user_password" in result["msg"]
    assert hcp.writes() == []


def test_the_last_security_user_stays_and_hcp_says_why(hcp: MockHcp) -> None:
    result = user(hcp, fails=True, name=ADMIN, state="absent")
    assert "last" in result["error"]["hcp_message"]


def test_renaming_happens_once(hcp: MockHcp) -> None:
    user(hcp, **KIM)
    renamed = user(hcp, name="kim.ek", from_name="kim", description="renamed")
    assert renamed["changed"]
    assert len(renamed["steps"]) == 1
    assert renamed["user"]["name"] == "kim.ek"
    assert hcp.ask(f"{ACCOUNTS}/kim").status_code == 404
    hcp.clear_journal()
    assert not user(hcp, name="kim.ek", from_name="kim", description="renamed")["changed"]
    assert hcp.seen() == [f"GET {ACCOUNTS}/kim.ek"]


def test_an_account_that_cannot_see_roles_is_told_so(hcp: MockHcp) -> None:
    user(hcp, **KIM)
    user(hcp, name="monitor", user_password="Monitor-1x", roles=["MONITOR", "ADMINISTRATOR"])
    weak = {**hcp.as_tenant, "username": "monitor", "password": "Monitor-1x", "tenant": TENANT}
    for roles in (["SECURITY"], []):
        hidden = run("hcp_user", {**weak, "name": "kim", "roles": roles}, fails=True)
        assert hidden["error"]["code"] == "hidden"
    refused = run("hcp_user", {**weak, "name": "kim", "full_name": "Other"}, fails=True)
    assert refused["error"]["status"] == 403
    assert "SECURITY" in refused["msg"]


@pytest.mark.parametrize("policy", ["on_create", "always", "when_wrong"])
def test_password_policies(hcp: MockHcp, policy: str) -> None:
    user(hcp, **KIM)
    wish = {"name": "kim", "user_password": "Kim-Pass-2", "update_password": policy}
    predicted = user(hcp, check=True, **wish)
    assert predicted["changed"] is (policy == "always")
    assert bool(predicted["warnings"]) is (policy == "when_wrong")
    assert hcp.ask(ACCOUNTS, "kim", "Kim-Pass-1").status_code == 200
    first = user(hcp, **wish)
    assert first["changed"] is (policy != "on_create")
    expected = "Kim-Pass-1" if policy == "on_create" else "Kim-Pass-2"
    assert hcp.ask(ACCOUNTS, "kim", expected).status_code == 200
    assert user(hcp, **wish)["changed"] is (policy == "always")
    if first["changed"]:
        assert first["diff"]["before"]["user_password"] == "(not shown by HCP)"
        assert first["diff"]["after"]["user_password"] == "(set by this task)"
        assert "user_password" not in first["user"]
        # The body takes the password; it is in no URL.
        assert first["steps"][0]["path"].endswith("/changePassword")
        assert all("password" not in each["query"] for each in hcp.journal()[-8:])


def test_a_password_that_works_is_found_out_with_one_request(hcp: MockHcp) -> None:
    # Without any role: HCP then answers that it may not look, but not that it may not log in.
    user(hcp, **{**KIM, "roles": []})
    hcp.clear_journal()
    wish = {"name": "kim", "user_password": "Kim-Pass-1", "update_password": "when_wrong"}
    assert not user(hcp, **wish)["changed"]
    assert hcp.seen() == [
        f"GET {ACCOUNTS}/kim",
        f"GET /tenants/{TENANT}/consoleSecurity",
        f"HEAD {ACCOUNTS}/kim",
    ]
    assert [each["user"] for each in hcp.journal()] == [ADMIN, ADMIN, "kim"]


def test_a_password_is_not_guessed_where_one_guess_disables(hcp: MockHcp) -> None:
    hcp.reset(seed(consoleSecurity={"disableAfterAttempts": 1}))
    user(hcp, **KIM)
    wish = {"name": "kim", "user_password": "Kim-Pass-2", "update_password": "when_wrong"}
    result = user(hcp, fails=True, **wish)
    assert result["error"]["code"] == "lockout"
    assert not user(hcp, check=True, **wish)["changed"]
    assert hcp.ask(ACCOUNTS, "kim", "Kim-Pass-1").status_code == 200


def test_check_mode_tries_a_password_only_where_that_does_no_harm(hcp: MockHcp) -> None:
    user(hcp, **KIM)
    wish = {"name": "kim", "user_password": "Kim-Pass-2", "update_password": "when_wrong"}
    for _attempt in range(7):
        assert "not tried in check mode" in user(hcp, check=True, **wish)["warnings"][0]
    assert hcp.ask(ACCOUNTS, "kim", "Kim-Pass-1").status_code == 200
    hcp.reset(seed(consoleSecurity={"disableAfterAttempts": 0}))
    user(hcp, **KIM)
    assert user(hcp, check=True, **wish)["changed"]
    assert not user(hcp, check=True, **{**wish, "user_password": "Kim-Pass-1"})["changed"]


def test_an_account_that_is_told_why_was_let_in(hcp: MockHcp) -> None:
    user(hcp, **KIM)
    words = {"X-HCP-ErrorMessage": "The user does not have permission to perform this operation."}
    hcp.fault({"method": "HEAD", "path": f"{ACCOUNTS}/kim"}, status=403, headers=words)
    wish = {"name": "kim", "user_password": "Kim-Pass-1", "update_password": "when_wrong"}
    assert not user(hcp, **wish)["changed"]


def test_an_account_changes_its_own_password_and_name(hcp: MockHcp) -> None:
    own = {"name": ADMIN, "user_password": "Storage-Admin-2", "update_password": "always"}
    result = user(hcp, **own)
    assert result["changed"]
    assert result["warnings"] == []
    renewed = {"username": ADMIN, "password": "Storage-Admin-2"}
    result = user(hcp, **renewed, from_name=ADMIN, name="other")
    assert result["user"]["name"] == "other"
    assert result["warnings"] == []


def test_a_new_password_and_a_forced_change(hcp: MockHcp) -> None:
    user(hcp, **KIM)
    wish = {
        "name": "kim",
        "user_password": "Kim-Pass-2",
        "update_password": "always",
        "force_password_change": True,
    }
    result = user(hcp, **wish)
    assert result["warnings"] == []
    assert hcp.get(f"{ACCOUNTS}/kim")["forcePasswordChange"] is True


def test_an_administrator_without_namespace_management_takes_one_run(hcp: MockHcp) -> None:
    user(hcp, **KIM)
    wish = {"name": "kim", "roles": ["ADMINISTRATOR"], "allow_namespace_management": False}
    result = user(hcp, **wish)
    assert result["warnings"] == []
    assert result["user"]["allow_namespace_management"] is False
    assert not user(hcp, **wish)["changed"]


def test_a_policy_without_a_password_is_refused(hcp: MockHcp) -> None:
    result = user(hcp, fails=True, name="kim", update_password="always")
    assert "needs user_password" in result["msg"]


@pytest.mark.parametrize("name", [".", ".."])
def test_no_name_leads_to_another_path(hcp: MockHcp, name: str) -> None:
    system = {**hcp.as_system, "account_level": "system", "tenant": TENANT}
    for options in ({"name": name, "state": "absent"}, {"name": "kim", "from_name": name}):
        assert run("hcp_user", {**system, **options}, fails=True)["error"]["code"] == "bad_option"
    info = run("hcp_user_info", {**system, "name": name}, fails=True)
    assert info["error"]["code"] == "bad_option"
    info = run("hcp_user_info", {**system, "tenant": name}, fails=True)
    assert info["error"]["code"] == "bad_option"
    assert hcp.writes() == []


def test_the_password_of_a_disabled_account_is_left_alone(hcp: MockHcp) -> None:
    user(hcp, **KIM, enabled=False)
    wish = {"name": "kim", "user_password": "Kim-Pass-2", "update_password": "when_wrong"}
    result = user(hcp, **wish)
    assert not result["changed"]
    assert any("is disabled" in text for text in result["warnings"])
    assert user(hcp, **wish, enabled=True)["changed"]
    assert hcp.ask(ACCOUNTS, "kim", "Kim-Pass-2").status_code == 200


def test_grants_are_merged_or_exact(hcp: MockHcp) -> None:
    hcp.reset(seed(**namespaces("alpha", "beta")))
    alpha = {"namespace": "Alpha", "permissions": ["READ", "PURGE"]}
    beta = {"namespace": "beta", "permissions": ["SEARCH"]}
    user(hcp, **KIM, data_access_permissions=[alpha, beta])
    assert permissions(hcp) == {
        "alpha": {"BROWSE", "READ", "PURGE", "DELETE"},
        "beta": {"BROWSE", "READ", "SEARCH"},
    }
    hcp.clear_journal()
    assert not user(hcp, name="kim", data_access_permissions=[alpha])["changed"]
    assert hcp.seen() == [f"GET {GRANTS}"]
    exact = user(
        hcp, name="kim", data_access_permissions=[alpha], exact=["data_access_permissions"]
    )
    assert exact["changed"]
    assert set(permissions(hcp)) == {"alpha"}
    empty = {"namespace": "alpha", "permissions": []}
    assert user(hcp, name="kim", data_access_permissions=[empty])["changed"]
    assert permissions(hcp) == {}
    assert not user(hcp, name="kim", data_access_permissions=[], exact=["data_access_permissions"])[
        "changed"
    ]


def test_grants_on_more_namespaces_than_a_page_holds(hcp: MockHcp) -> None:
    names = [f"ns{number:04}" for number in range(620)]
    hcp.reset(seed(**namespaces(*names), namespaceDefaults={"hardQuota": "1 GB"}))
    grants = [{"namespace": name, "permissions": ["READ"]} for name in names]
    assert user(hcp, **KIM, data_access_permissions=grants)["changed"]
    hcp.clear_journal()
    assert not user(hcp, name="kim", data_access_permissions=grants)["changed"]
    assert hcp.seen() == [f"GET {GRANTS}"] * 2
    assert (
        len(user(hcp, name="kim", data_access_permissions=[])["user"]["data_access_permissions"])
        == 620
    )


def test_info_gives_back_what_the_module_takes(hcp: MockHcp) -> None:
    hcp.reset(seed(**namespaces("alpha")))
    grants = [{"namespace": "alpha", "permissions": ["READ"]}]
    user(hcp, **KIM, data_access_permissions=grants)
    options = {**hcp.as_tenant, "tenant": TENANT, "include": ["all"]}
    found = run("hcp_user_info", options)
    assert [each["name"] for each in found["users"]] == ["kim", ADMIN]
    assert isinstance(found["details"]["kim"]["user_id"], int)
    hcp.clear_journal()
    for each in found["users"]:
        result = run("hcp_user", {**hcp.as_tenant, **each})
        assert not result["changed"], result
    assert hcp.writes() == []
    only = run("hcp_user_info", {**hcp.as_tenant, "tenant": TENANT, "name_prefix": "k"})
    assert [each["name"] for each in only["users"]] == ["kim"]


def test_in_check_mode_an_account_to_come_is_not_asked_for(hcp: MockHcp) -> None:
    wish = {**KIM, "tenant": "to-come", "assume_absent": True}
    predicted = user(hcp, check=True, **wish)
    assert predicted["created"]
    assert hcp.seen() == []
    user(hcp, fails=True, **wish)


def test_names_with_odd_characters_are_one_segment_of_the_path(hcp: MockHcp) -> None:
    odd = "kim ek/50%+ä?#"
    assert user(hcp, **{**KIM, "name": odd})["changed"]
    assert not user(hcp, **{**KIM, "name": odd})["changed"]
    assert user(hcp, name=odd, state="absent")["changed"]


def test_an_account_of_the_system_can_be_given_a_password(hcp: MockHcp) -> None:
    operator = {
        "username": "operator",
        "fullName": "Operator",
        "password": "Operator-1x",
        "enabled": True,
        "localAuthentication": True,
        "forcePasswordChange": False,
        "roles": ["SEARCH", "MONITOR"],
    }
    document = seed()
    document["system"]["users"] = [operator]
    hcp.reset(document)
    wish = {**hcp.as_system, "name": "operator", "user_password": "Operator-2x"}

    kept = run("hcp_user", wish)
    assert not kept["changed"]
    assert kept["user"]["roles"] == ["MONITOR", "SEARCH"]
    assert "tenant" not in kept["user"]
    hcp.clear_journal()
    predicted = run("hcp_user", {**wish, "update_password": "when_wrong"}, check=True)
    assert "not tried in check mode" in predicted["warnings"][0]
    assert hcp.writes() == []
    done = run("hcp_user", {**wish, "update_password": "when_wrong"}, diff=True)
    assert done["diff"]["after"]["user_password"] == "(set by this task)"
    assert done["steps"][0]["path"] == "/userAccounts/operator/changePassword"
    assert done["steps"][0]["resource"] == "user_password of user operator of the system"
    account = {"username": "operator", "password": "Operator-2x", "host": "admin"}
    assert hcp.ask("/userAccounts", **account).status_code == 200
    assert not run("hcp_user", {**wish, "update_password": "when_wrong"})["changed"]
    assert run("hcp_user", {**wish, "update_password": "always"})["changed"]


def test_an_account_of_the_system_changes_its_own_password(hcp: MockHcp) -> None:
    own = {"name": "admin", "user_password": "Hcp-Mock-2", "update_password": "always"}
    done = run("hcp_user", {**hcp.as_system, **own})
    assert done["changed"]
    assert done["warnings"] == []


def test_nothing_else_changes_in_an_account_of_the_system(hcp: MockHcp) -> None:
    changes: list[dict[str, Any]] = [
        {"roles": ["MONITOR"]},
        {"enabled": False},
        {"full_name": "x"},
        {"from_name": "x"},
        {"data_access_permissions": []},
        {"state": "absent"},
    ]
    for options in changes:
        refused = run("hcp_user", {**hcp.as_system, "name": "admin", **options}, fails=True)
        assert refused["error"]["code"] == "bad_option"
        assert "does not change a user of the system but the password" in refused["msg"]
    assert hcp.seen() == []
    new = {**hcp.as_system, "name": "new", "user_password": "New-Pass-1"}
    refused = run("hcp_user", new, fails=True)
    assert "does not create a user of the system" in refused["msg"]
    assert hcp.writes() == []


def test_info_about_accounts_of_the_system(hcp: MockHcp) -> None:
    found = run("hcp_user_info", {**hcp.as_system, "include": ["all"]})
    assert [each["name"] for each in found["users"]] == ["admin"]
    assert run("hcp_user_info", {**hcp.as_system, "name_prefix": "AD"})["users"]
    assert run("hcp_user_info", {**hcp.as_system, "name_prefix": "x"})["users"] == []
