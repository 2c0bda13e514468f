"""hcp_tenant and hcp_tenant_info against a mock HCP."""

from __future__ import annotations

from typing import Any

from support.hcp import TENANT, MockHcp
from support.module import Flag, run

NEW = {
    "name": "finance",
    "initial_user": {"username": "first", "password": "First-Pass-1"},
    "hard_quota": "5 TB",
}


def tenant(hcp: MockHcp, check: Flag = False, fails: Flag = False, **options: Any) -> Any:
    return run("hcp_tenant", {**hcp.as_system, **options}, check=check, diff=True, fails=fails)


def test_create_then_nothing_then_change_then_delete(hcp: MockHcp) -> None:
    created = tenant(hcp, **NEW)
    assert created["changed"], created
    assert created["created"]
    assert created["tenant"]["hard_quota"] == "5.00 TB"
    assert created["details"]["fully_qualified_name"] == "finance.hcp.example.com"
    assert created["details"]["creation_time"].endswith("Z")
    assert created["diff"]["before"] == {}

    hcp.clear_journal()
    again = tenant(hcp, **NEW)
    assert not again["changed"]
    assert hcp.seen() == ["GET /tenants/finance"]
    assert again["tenant"] == created["tenant"]

    changed = tenant(hcp, name="Finance", hard_quota="6 TB", tags=["b", "a"])
    assert changed["changed"]
    assert changed["diff"]["before"]["hard_quota"] == "5.00 TB"
    assert changed["tenant"]["hard_quota"] == "6.00 TB"
    assert changed["tenant"]["tags"] == ["a", "b"]
    assert not tenant(hcp, name="finance", hard_quota="6 TB", tags=["A", "B"])["changed"]

    gone = tenant(hcp, name="finance", state="absent", confirm=["delete"])
    assert gone["changed"]
    assert gone["tenant"] == {}
    hcp.clear_journal()
    assert not tenant(hcp, name="finance", state="absent")["changed"]
    assert hcp.writes() == []


def test_check_mode_predicts_and_writes_nothing(hcp: MockHcp) -> None:
    for options in (NEW, {"name": TENANT, "tags": ["x"], "soft_quota": 70}):
        hcp.clear_journal()
        predicted = tenant(hcp, check=True, **options)
        assert hcp.writes() == []
        done = tenant(hcp, **options)
        assert predicted["changed"] is done["changed"] is True
        for each in (*predicted["steps"], *done["steps"]):
            each.pop("status")
        assert predicted["steps"] == done["steps"]
    predicted = tenant(hcp, check=True, name="finance", state="absent", confirm=["delete"])
    assert predicted["changed"]
    assert hcp.get("/tenants/finance", username="admin", password="Hcp-Mock-1", host="admin")


def test_the_first_user_is_made_as_told(hcp: MockHcp) -> None:
    assert tenant(hcp, **NEW)["changed"]
    first = {"username": "first", "password": "First-Pass-1", "host": "finance"}
    assert hcp.get("/tenants/finance/userAccounts/first", **first)["roles"] == {
        "role": ["SECURITY"]
    }


def test_a_tenant_may_start_with_a_group(hcp: MockHcp) -> None:
    result = tenant(
        hcp,
        name="finance",
        hard_quota="5 TB",
        authentication_types=["EXTERNAL"],
        initial_security_group="storage@ad.example",
    )
    assert result["changed"], result


def test_without_a_first_account_nothing_is_sent_even_in_check_mode(hcp: MockHcp) -> None:
    for check in (True, False):
        result = tenant(hcp, check=check, fails=True, name="finance", hard_quota="5 TB")
        assert "initial_user or initial_security_group" in result["msg"]
    assert hcp.writes() == []


def test_both_first_accounts_are_one_too_many(hcp: MockHcp) -> None:
    tenant(hcp, fails=True, **NEW, initial_security_group="g")


def test_a_first_user_must_be_usable(hcp: MockHcp) -> None:
    for user in ({"username": "", "password": "x"}, {"username": "x", "password": ""}):
        result = tenant(hcp, fails=True, name="finance", hard_quota="5 TB", initial_user=user)
        assert "initial_user" in result["msg"]
    refused = tenant(hcp, fails=True, **NEW, authentication_types=[])
    assert "LOCAL or EXTERNAL" in refused["msg"]
    assert hcp.seen() == []


def test_an_empty_text_does_not_hide_that_it_cannot_be_set(hcp: MockHcp) -> None:
    refused = tenant(hcp, fails=True, name=TENANT, tenant_visible_description="")
    assert refused["error"]["code"] == "wrong_level"


def test_a_feature_that_stays_takes_a_confirmation(hcp: MockHcp) -> None:
    tenant(hcp, **NEW)
    hcp.clear_journal()
    wish = {"name": "finance", "search_configuration_enabled": True}
    for check in (True, False):
        refused = tenant(hcp, check=check, fails=True, **wish)
        assert refused["error"]["code"] == "needs_confirmation"
        assert refused["error"]["option"] == "search_configuration_enabled"
    assert hcp.writes() == []
    assert tenant(hcp, **wish, confirm=["search_configuration_enabled"])["changed"]
    assert not tenant(hcp, **wish)["changed"]
    back = tenant(hcp, fails=True, name="finance", search_configuration_enabled=False)
    assert back["error"]["code"] == "forbidden_change"


def test_deleting_takes_a_confirmation_in_check_mode_too(hcp: MockHcp) -> None:
    for check in (True, False):
        refused = tenant(hcp, check=check, fails=True, name=TENANT, state="absent")
        assert "confirm: [delete]" in refused["msg"]
    assert hcp.writes() == []


def test_hcps_own_refusal_to_delete_is_passed_on(hcp: MockHcp) -> None:
    run("hcp_namespace", {**hcp.as_tenant, "tenant": TENANT, "name": "alpha"})
    result = tenant(hcp, fails=True, name=TENANT, state="absent", confirm=["delete"])
    assert not result["changed"]
    assert result["error"]["status"] == 403
    assert result["error"]["hcp_message"] in result["msg"]
    assert result["steps"][0]["status"] == "failed"


def test_the_tenants_own_view(hcp: MockHcp) -> None:
    own = {**hcp.as_tenant, "account_level": "tenant", "name": TENANT}
    wish = {
        "tenant_visible_description": "ours",
        "administration_allowed": True,
        "max_namespaces_per_user": 7,
        "snmp_logging_enabled": True,
        "syslog_logging_enabled": True,
    }
    assert run("hcp_tenant", {**own, **wish})["changed"]
    hcp.clear_journal()
    again = run("hcp_tenant", {**own, **wish, "hard_quota": "10 TB"})
    assert not again["changed"], again
    assert hcp.seen() == [f"GET /tenants/{TENANT}"]
    assert run("hcp_tenant", {**own, "tenant_visible_description": ""})["changed"]
    refused = run("hcp_tenant", {**own, "hard_quota": "11 TB"}, fails=True)
    assert refused["error"]["code"] == "wrong_level"


def test_system_accounts_see_the_tenants_own_settings_only_if_let(hcp: MockHcp) -> None:
    refused = tenant(hcp, fails=True, name=TENANT, max_namespaces_per_user=7)
    assert refused["error"]["code"] == "wrong_level"
    own = {**hcp.as_tenant, "account_level": "tenant", "name": TENANT}
    run("hcp_tenant", {**own, "administration_allowed": True})
    assert tenant(hcp, name=TENANT, max_namespaces_per_user=7)["changed"]


def test_options_left_out_keep_their_values(hcp: MockHcp) -> None:
    tenant(hcp, **NEW, system_visible_description="kept", tags=["kept"], namespace_quota="9")
    tenant(hcp, name="finance", soft_quota=50)
    admin = {"username": "admin", "password": "Hcp-Mock-1", "host": "admin"}
    found = hcp.get("/tenants/finance", **admin)
    assert found["systemVisibleDescription"] == "kept"
    assert found["tags"] == {"tag": ["kept"]}
    assert found["namespaceQuota"] == "9"
    tenant(hcp, name="finance", system_visible_description="", tags=[], namespace_quota="None")
    found = hcp.get("/tenants/finance", **admin)
    assert not found.get("systemVisibleDescription")
    assert found["tags"] == {"tag": []}
    assert found["namespaceQuota"] == "None"


def test_info_gives_back_what_the_module_takes(hcp: MockHcp) -> None:
    tenant(hcp, **NEW, tags=["prod"])
    found = run("hcp_tenant_info", {**hcp.as_system})
    assert [each["name"] for each in found["tenants"]] == ["finance", TENANT]
    assert found["details"]["finance"]["id"]
    hcp.clear_journal()
    for each in found["tenants"]:
        result = tenant(hcp, **each)
        assert not result["changed"], result
    assert hcp.writes() == []


def test_info_can_be_narrowed_down(hcp: MockHcp) -> None:
    tenant(hcp, **NEW, tags=["prod"])

    def names(**options: Any) -> list[str]:
        result = run("hcp_tenant_info", {**hcp.as_system, **options})
        return [each["name"] for each in result["tenants"]]

    assert names(name="FINANCE") == ["finance"]
    assert names(name="nowhere") == []
    assert names(name_prefix="fin") == ["finance"]
    assert names(tag="prod") == ["finance"]
    own = {**hcp.as_tenant, "account_level": "tenant"}
    assert run("hcp_tenant_info", {**own, "name": TENANT})["tenants"][0]["name"] == TENANT
    assert "cannot list tenants" in run("hcp_tenant_info", own, fails=True)["msg"]
