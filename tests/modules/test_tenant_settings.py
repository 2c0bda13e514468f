"""The tenant's own settings, as options of hcp_tenant and hcp_tenant_info."""

from __future__ import annotations

from typing import Any

import pytest
from support.hcp import TENANT, MockHcp, seed
from support.module import Flag, run

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.tenant_settings import (
    EMAIL_NOTIFICATION,
)

PATH = f"/tenants/{TENANT}"
RULES = [{"allowed_origins": ["https://viewer.example"], "allowed_methods": ["GET"]}]
WISHES: dict[str, Any] = {
    "contact_info": {"first_name": "Kim", "primary_phone": "+46 46 000 00 00"},
    "email_notification": {
        "enabled": True,
        "email_template": {"from": "hcp@lab.example", "subject": "$id", "body": "$fullText"},
        "recipients": [{"addresses": ["ops@lab.example"], "types": ["SECURITY"]}],
    },
    "console_security": {"minimum_password_length": 9, "login_message": "Authorised use only"},
    "search_security": {"ip_settings": {"allow_addresses": ["10.0.0.0/8"]}},
    "namespace_defaults": {
        "hard_quota": "200 GB",
        "versioning": {"enabled": True, "prune": True, "prune_days": 30},
    },
    "permission_mask": ["READ", "PURGE"],
    "cors": RULES,
}
PATHS = {
    "contact_info": "contactInfo",
    "email_notification": "emailNotification",
    "console_security": "consoleSecurity",
    "search_security": "searchSecurity",
    "namespace_defaults": "namespaceDefaults",
    "permission_mask": "permissions",
    "cors": "cors",
}


def own(hcp: MockHcp, check: Flag = False, fails: Flag = False, **options: Any) -> Any:
    account = {**hcp.as_tenant, "account_level": "tenant", "name": TENANT}
    return run("hcp_tenant", {**account, **options}, check=check, diff=True, fails=fails)


def test_all_of_them_in_one_task_and_once_more(hcp: MockHcp) -> None:
    predicted = own(hcp, check=True, **WISHES)
    assert hcp.writes() == []
    done = own(hcp, **WISHES)
    assert done["warnings"] == []
    for each in (*predicted["steps"], *done["steps"]):
        each.pop("status")
    assert predicted["steps"] == done["steps"]
    assert [each["path"] for each in done["steps"]] == [f"{PATH}/{PATHS[name]}" for name in WISHES]
    assert predicted["diff"]["before"] == done["diff"]["before"]
    assert predicted["diff"]["after"] == done["diff"]["after"]
    assert done["diff"]["before"]["namespace_defaults"]["hard_quota"] == "50.00 GB"
    assert done["tenant"]["permission_mask"] == ["DELETE", "PURGE", "READ"]

    hcp.clear_journal()
    again = own(hcp, **WISHES)
    assert not again["changed"], again["diff"]
    assert hcp.seen() == [f"GET {PATH}/{PATHS[name]}" for name in WISHES]


def test_only_what_is_mentioned_is_read_and_only_what_differs_is_sent(hcp: MockHcp) -> None:
    own(hcp, **WISHES)
    before = hcp.get(f"{PATH}/consoleSecurity")
    hcp.clear_journal()
    more = {**WISHES["console_security"], "disable_after_attempts": 3}
    changed = own(hcp, console_security=more)
    assert changed["steps"][0]["options"] == ["console_security.disable_after_attempts"]
    path = f"{PATH}/consoleSecurity"
    assert hcp.seen() == [f"GET {path}", f"POST {path}", f"GET {path}"]
    assert hcp.get(path) == {**before, "disableAfterAttempts": 3}


def test_a_part_of_the_versioning_defaults_keeps_the_rest(hcp: MockHcp) -> None:
    # HCP wants the whole of it, whatever changes.
    own(hcp, **WISHES)
    own(hcp, namespace_defaults={"versioning": {"enabled": True, "use_delete_markers": True}})
    found = hcp.get(f"{PATH}/namespaceDefaults")["versioningSettings"]
    assert found == {"enabled": True, "prune": True, "pruneDays": 30, "useDeleteMarkers": True}


def test_the_layout_of_mails_is_sent_whole_and_can_be_given_back(hcp: MockHcp) -> None:
    path = f"{PATH}/emailNotification"
    original = hcp.get(path)["emailTemplate"]
    # It is HCP's own from the start.
    assert not own(hcp, email_notification={"email_template": {}})["changed"]
    own(hcp, email_notification=WISHES["email_notification"])
    other = {"from": "hcp@lab.example", "subject": "$severity", "body": "$fullText"}
    own(hcp, email_notification={"email_template": {**other}})
    assert hcp.get(path)["emailTemplate"] == other
    # Nothing else was touched.
    (recipient,) = hcp.get(path)["recipients"]["recipient"]
    assert (recipient["address"], recipient["type"]) == ("ops@lab.example", "SECURITY")
    blank = {**other, "body": ""}
    assert own(hcp, email_notification={"email_template": blank})["warnings"] == []
    assert not hcp.get(path)["emailTemplate"].get("body")
    assert not own(hcp, email_notification={"email_template": blank})["changed"]
    back = own(hcp, email_notification={"email_template": {}})
    assert back["changed"]
    assert back["warnings"] == []
    assert hcp.get(path)["emailTemplate"] == original
    assert not own(hcp, email_notification={"email_template": {}})["changed"]


def test_an_empty_body_of_mails_is_left_out_of_the_request() -> None:
    template = {"from": "hcp@lab.example", "subject": "$id"}
    sent = EMAIL_NOTIFICATION.encode({"email_template": {**template, "body": ""}})
    assert sent == {"emailTemplate": template}


def test_recipients_are_a_set_with_defaults(hcp: MockHcp) -> None:
    ops = {"addresses": ["ops@lab.example", "sec@lab.example"]}
    kim = {"addresses": ["kim@lab.example"], "severity": "NOTICE"}
    own(hcp, email_notification={"recipients": [ops, kim]})
    told = {**ops, "importance": "MAJOR", "severity": "ERROR", "types": ["GENERAL"]}
    told["addresses"] = ["sec@lab.example", "ops@lab.example"]
    assert not own(hcp, email_notification={"recipients": [kim, told]})["changed"]
    assert own(hcp, email_notification={"recipients": [kim]})["changed"]
    cleared = own(hcp, email_notification={"recipients": []})
    assert cleared["tenant"]["email_notification"]["recipients"] == []
    assert not own(hcp, email_notification={"recipients": []})["changed"]


def test_cors_rules_can_be_removed(hcp: MockHcp) -> None:
    own(hcp, cors=RULES)
    assert own(hcp, cors=[])["changed"]
    assert hcp.ask(f"{PATH}/cors").status_code == 404
    assert not own(hcp, cors=[])["changed"]


@pytest.mark.parametrize("name", sorted(set(WISHES) - {"cors"}))
def test_system_accounts_are_let_in_by_the_tenant_only(hcp: MockHcp, name: str) -> None:
    system = {**hcp.as_system, "name": TENANT, name: WISHES[name]}
    for check in (True, False):
        refused = run("hcp_tenant", system, check=check, fails=True)
        assert refused["error"]["status"] == 403
        assert "account_level: tenant" in refused["msg"]
    own(hcp, administration_allowed=True)
    assert run("hcp_tenant", system)["changed"]
    assert not run("hcp_tenant", system)["changed"]


def test_a_new_tenant_lets_nobody_in_yet(hcp: MockHcp) -> None:
    first = {"username": "first", "password": "First-Pass-1"}
    new = {**hcp.as_system, "name": "finance", "initial_user": first, "hard_quota": "1 TB"}
    for check in (True, False):
        wish = {**new, "permission_mask": ["READ"]}
        refused = run("hcp_tenant", wish, check=check, fails=True)
        assert refused["error"]["code"] == "wrong_level"
        assert refused["error"]["option"] == "permission_mask"
    assert hcp.writes() == []
    # CORS rules are the one thing that system-level accounts may always set.
    assert run("hcp_tenant", {**new, "cors": RULES})["changed"]
    assert not run("hcp_tenant", {**hcp.as_system, "name": "finance", "cors": RULES})["changed"]


def test_a_failure_names_the_role(hcp: MockHcp) -> None:
    weak = {"username": "weak", "password": "Weak-Pass-1", "fullName": "Weak", "enabled": True}
    weak |= {"localAuthentication": True, "forcePasswordChange": False, "roles": ["MONITOR"]}
    hcp.reset(seed(users=[weak]))
    account = {"username": "weak", "password": "Weak-Pass-1"}
    refused = own(hcp, fails=True, **account, permission_mask=["READ"])
    assert "ADMINISTRATOR" in refused["msg"]
    refused = own(hcp, fails=True, **account, console_security={"login_message": "x"})
    assert "SECURITY" in refused["msg"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"console_security": {"minimum_password_length": 1}}, "minimum_password_length"),
        ({"namespace_defaults": {"soft_quota": 9}}, "soft_quota"),
        ({"namespace_defaults": {"hard_quota": "1 KB"}}, "hard_quota"),
        ({"email_notification": {"recipients": [{"addresses": ["a"]}] * 26}}, "at most 25"),
        ({"email_notification": {"recipients": [{"addresses": ["a,b"]}]}}, "one name per list"),
        ({"email_notification": {"email_template": {"from": "a@b"}}}, "both from and subject"),
        (
            {"email_notification": {"email_template": {"from": "a@b", "subject": "a\nb"}}},
            "on one line",
        ),
        ({"console_security": {"ip_settings": {"allow_addresses": ["x"]}}}, "not 'x'"),
    ],
)
def test_bad_values_are_refused(hcp: MockHcp, options: dict[str, Any], told: str) -> None:
    refused = own(hcp, fails=True, **options)
    assert refused["error"]["code"] == "bad_option"
    assert told in refused["msg"]
    assert hcp.seen() == []


def test_info_gives_back_what_the_module_takes(hcp: MockHcp) -> None:
    own(hcp, **WISHES)
    account = {**hcp.as_tenant, "account_level": "tenant"}
    (found,) = run("hcp_tenant_info", {**account, "name": TENANT, "include": ["all"]})["tenants"]
    assert set(WISHES) <= set(found)
    hcp.clear_journal()
    assert not run("hcp_tenant", {**account, **found})["changed"]
    assert hcp.writes() == []
