"""Tenants at both account levels, their defaults, masks, CORS rules and service plans."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client, Mock

T = "/tenants/finance"
NEW: dict[str, Any] = {"name": "Archive", "hardQuota": "20.5 TB"}
FIRST = {"username": "first", "password": "First-11-Pw"}
SWITCHES = [
    "complianceConfigurationEnabled",
    "erasureCodingSelectionEnabled",
    "replicationConfigurationEnabled",
    "searchConfigurationEnabled",
    "servicePlanSelectionEnabled",
    "versioningConfigurationEnabled",
]
OWN = {
    "administrationAllowed",
    "maxNamespacesPerUser",
    "snmpLoggingEnabled",
    "syslogLoggingEnabled",
    "tenantVisibleDescription",
}
SYSTEM = {
    "authenticationTypes",
    "dataNetwork",
    "hardQuota",
    "managementNetwork",
    "name",
    "namespaceQuota",
    "softQuota",
    "systemVisibleDescription",
    "tags",
    *SWITCHES,
}
ID = {"creationTime", "fullyQualifiedName", "id"}


def test_a_new_tenant_has_defaults(admin: Client) -> None:
    assert admin.put("/tenants", NEW, **FIRST) == 200
    document = admin.read("/tenants/archive", verbose="true")
    assert document["name"] == "Archive"
    assert document["hardQuota"] == "20.50 TB"
    assert document["softQuota"] == 85
    assert document["namespaceQuota"] == "None"
    assert document["servicePlan"] == "Default"
    assert document["tags"] == {"tag": []}
    assert document["authenticationTypes"] == {"authenticationType": ["LOCAL", "RADIUS"]}
    assert document["dataNetwork"] == document["managementNetwork"] == "[hcp_system]"
    assert not any(document[switch] for switch in SWITCHES)
    assert document["fullyQualifiedName"] == "archive.hcp.example.com"


def test_the_first_user_has_the_security_role_only(mock: Mock, admin: Client) -> None:
    assert admin.put("/tenants", NEW, **FIRST) == 200
    first = mock.client("archive", "first", "First-11-Pw")
    account = first.read("/tenants/Archive/userAccounts/first", verbose="true")
    assert account["roles"] == {"role": ["SECURITY"]}
    assert (account["enabled"], account["localAuthentication"]) == (True, True)
    assert (account["fullName"], account["description"]) == ("first", "")
    assert account["allowNamespaceManagement"] is False
    assert first.get("/tenants/Archive").status_code == 403
    roles = {"roles": {"role": ["SECURITY", "administrator"]}}
    assert first.post("/tenants/Archive/userAccounts/first", roles) == 200
    assert first.get("/tenants/Archive").status_code == 200


def test_the_first_user_may_have_to_change_the_password(mock: Mock, admin: Client) -> None:
    assert admin.put("/tenants", NEW, **FIRST, forcePasswordChange="true") == 200
    first = mock.client("archive", "first", "First-11-Pw")
    assert first.get("/tenants/Archive/userAccounts").status_code == 403
    path = "/tenants/Archive/userAccounts/first/changePassword"
    assert admin.post(path, {"newPassword": "Second-22-Pw"}) == 200
    first.password = "Second-22-Pw"
    assert first.get("/tenants/Archive/userAccounts").status_code == 200


def test_a_security_group_can_come_first(mock: Mock, admin: Client) -> None:
    types = {"authenticationTypes": {"authenticationType": ["EXTERNAL"]}}
    assert admin.put("/tenants", NEW, initialSecurityGroup="ops@ad.example.com") == 400
    body = {**NEW, **types}
    assert admin.put("/tenants", body, **FIRST) == 400
    assert admin.put("/tenants", body, initialSecurityGroup="strangers@ad.example.com") == 400
    assert admin.put("/tenants", body, initialSecurityGroup="ops@ad.example.com", **FIRST) == 400
    assert admin.put("/tenants", body, initialSecurityGroup="ops@ad.example.com") == 200
    headers = {"Authorization": "AD kim@ad.example.com:Owl 7: eyes"}
    kim = mock.client("archive", "kim")
    answer = kim.call("GET", "/tenants/Archive/groupAccounts/ops@ad.example.com", headers=headers)
    assert answer.json()["roles"] == {"role": ["SECURITY"]}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 400),
        ({"username": "x"}, 400),
        ({"username": "[x", "password": "First-11-Pw"}, 400),
        ({"username": "x", "password": "short"}, 400),
        ({"username": "x", "password": "onlyletters"}, 400),
        ({**FIRST, "hashScheme": "MD5"}, 400),
        ({**FIRST, "enterpriseMode": "true"}, 400),
        ({**FIRST, "searchEnabled": "true"}, 400),
        ({**FIRST, "unknown": "1"}, 200),
    ],
)
def test_parameters_of_a_creation(admin: Client, query: dict[str, str], status: int) -> None:
    assert admin.put("/tenants", NEW, **query) == status


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"name": "finance"}, 409),
        ({"name": "FINANCE"}, 409),
        ({"name": "Default"}, 403),
        ({"name": "admin"}, 400),
        ({"name": "search-api"}, 400),
        ({"name": "-x"}, 400),
        ({"name": "x-"}, 400),
        ({"name": "xn--x"}, 400),
        ({"name": "a b"}, 400),
        ({"name": "x" * 64}, 400),
        ({"hardQuota": "20 tb"}, 400),
        ({"hardQuota": "20TB"}, 400),
        ({"hardQuota": "20  TB"}, 400),
        ({"hardQuota": "1.234 TB"}, 400),
        ({"hardQuota": "0.99 GB"}, 400),
        ({"hardQuota": "5 MB"}, 400),
        ({"hardQuota": ".01 TB"}, 200),
        ({"softQuota": 101}, 400),
        ({"softQuota": 0}, 200),
        ({"namespaceQuota": "0"}, 400),
        ({"namespaceQuota": "10001"}, 400),
        ({"namespaceQuota": 5}, 400),
        ({"namespaceQuota": "5"}, 200),
        ({"authenticationTypes": {"authenticationType": ["RADIUS"]}}, 400),
        ({"authenticationTypes": {"authenticationType": []}}, 400),
        ({"authenticationTypes": {"authenticationType": ["KERBEROS"]}}, 400),
        ({"authenticationTypes": {"authenticationType": ["local", "external"]}}, 200),
        ({"dataNetwork": "nowhere"}, 400),
        ({"dataNetwork": "lab"}, 200),
        ({"servicePlan": "nothing"}, 400),
        ({"servicePlan": "Gold"}, 200),
        ({"tags": {"tag": ["a,b"]}}, 400),
        ({"systemVisibleDescription": "x" * 1025}, 400),
        ({"erasureCodingSelectionEnabled": True}, 400),
        ({"maxNamespacesPerUser": 5}, 403),
        ({"administrationAllowed": True}, 403),
        ({"tenantVisibleDescription": ""}, 403),
        ({"id": "x"}, 403),
    ],
)
def test_properties_of_a_creation(admin: Client, change: dict[str, Any], status: int) -> None:
    assert admin.put("/tenants", {**NEW, **change}, **FIRST) == status


def test_what_a_creation_needs(admin: Client) -> None:
    assert admin.put("/tenants", {"name": "x"}, **FIRST) == 400
    assert admin.put("/tenants", {"hardQuota": "1 TB"}, **FIRST) == 400


def test_views_of_a_tenant(mock: Mock, boss: Client, admin: Client) -> None:
    assert set(boss.read(T)) == OWN
    hidden = {
        "dataNetwork",
        "managementNetwork",
        "systemVisibleDescription",
        "tags",
        "erasureCodingSelectionEnabled",
        "servicePlanSelectionEnabled",
    }
    assert set(boss.read(T, verbose="true")) == OWN | (SYSTEM - hidden) | ID
    assert set(admin.read(T)) == OWN | SYSTEM
    assert set(admin.read(T, verbose="true")) == OWN | SYSTEM | ID
    assert set(admin.read("/tenants/bare")) == SYSTEM | {"servicePlan"}
    assert set(admin.read("/tenants/bare", verbose="true")) == SYSTEM | {"servicePlan"} | ID


def test_each_level_sets_its_own_properties(boss: Client, admin: Client) -> None:
    assert boss.post(T, {"maxNamespacesPerUser": 7, "tenantVisibleDescription": "ours"}) == 200
    assert boss.post(T, {"softQuota": 50}) == 403
    assert boss.post(T, {"tags": {"tag": []}}) == 403
    assert boss.post(T, {"name": "finance"}) == 403
    assert admin.post(T, {"softQuota": 50, "maxNamespacesPerUser": 8}) == 200
    assert admin.post("/tenants/bare", {"softQuota": 50}) == 200
    assert admin.post("/tenants/bare", {"maxNamespacesPerUser": 8}) == 403
    assert admin.post("/tenants/bare", {"administrationAllowed": True}) == 403


def test_only_the_tenant_lets_system_accounts_in(plain: Client, admin: Client) -> None:
    assert admin.get("/tenants/bare/namespaces").status_code == 403
    assert plain.post("/tenants/bare", {"administrationAllowed": True}) == 200
    assert admin.get("/tenants/bare/namespaces").status_code == 200


@pytest.mark.parametrize("switch", SWITCHES)
def test_switches_cannot_be_turned_off(admin: Client, switch: str) -> None:
    assert admin.post(T, {switch: True}) == 200
    assert admin.post(T, {switch: False}) == 403
    assert admin.post(T, {switch: "nonsense"}) == 403
    if switch != "erasureCodingSelectionEnabled":
        assert admin.post("/tenants/bare", {switch: True}) == 200
        assert admin.read("/tenants/bare")[switch] is True


def test_the_service_plan_of_a_tenant_that_chooses_itself(admin: Client) -> None:
    assert admin.post(T, {"servicePlan": "Gold"}) == 403
    assert admin.post("/tenants/bare", {"servicePlan": "Gold"}) == 200
    assert admin.read("/tenants/bare")["servicePlan"] == "Gold"


def test_quotas_cannot_fall_below_what_is_allocated(admin: Client) -> None:
    assert admin.post("/tenants/bare", {"hardQuota": "9.99 GB"}) == 400
    assert admin.post("/tenants/bare", {"hardQuota": "10 GB"}) == 200
    assert admin.post(T, {"namespaceQuota": "3"}) == 400
    assert admin.post(T, {"namespaceQuota": "4"}) == 200
    assert admin.post(T, {"namespaceQuota": "None"}) == 200


def test_namespace_quotas_share_the_system(admin: Client) -> None:
    assert admin.post(T, {"namespaceQuota": "9990"}) == 200
    assert admin.post("/tenants/bare", {"namespaceQuota": "11"}) == 400
    assert admin.post("/tenants/bare", {"namespaceQuota": "10"}) == 200


def test_parameters_of_creation_are_refused_on_modification(admin: Client) -> None:
    assert admin.post(T, {}, username="x") == 400


def test_renaming_a_tenant(mock: Mock, admin: Client) -> None:
    assert admin.post("/tenants/bare", {"name": "finance"}) == 400
    assert admin.post("/tenants/bare", {"name": "www"}) == 400
    assert admin.post("/tenants/bare", {"name": "Naked"}) == 200
    assert admin.get("/tenants/bare").status_code == 404
    client = mock.client("naked", "boss")
    namespace = client.read("/tenants/naked/namespaces/one", verbose="true")
    assert namespace["fullyQualifiedName"] == "one.naked.hcp.example.com"
    mock.seed_namespace("files", nfs={"enabled": True})
    assert admin.post(T, {"name": "other"}) == 403


def test_a_tenant_with_namespaces_stays(admin: Client, plain: Client) -> None:
    assert admin.delete("/tenants/bare") == 403
    assert plain.delete("/tenants/bare/namespaces/one") == 200
    assert admin.delete("/tenants/BARE") == 200
    assert admin.delete("/tenants/bare") == 404
    assert plain.get("/tenants/bare").status_code == 403


def test_lists_of_tenants(mock: Mock, admin: Client) -> None:
    assert admin.read("/tenants") == {"name": ["bare", "finance", "off"]}
    mock.seed_tenant("bare", tags=["Blue"])
    page = {"sortType": "hardQuota", "sortOrder": "descending", "count": "2"}
    assert admin.read("/tenants", **page)["name"][-1] in ("finance", "off")
    assert admin.read("/tenants", filterType="tag", filterString="bl") == {"name": ["bare"]}


def test_masks(boss: Client) -> None:
    assert sorted(boss.read(f"{T}/permissions")["permission"]) == sorted(
        ["DELETE", "PRIVILEGED", "PURGE", "READ", "SEARCH", "WRITE"]
    )
    assert boss.post(f"{T}/permissions", {"permission": ["PURGE", "SEARCH"]}) == 200
    assert set(boss.read(f"{T}/permissions")["permission"]) == {"PURGE", "DELETE", "SEARCH", "READ"}
    assert boss.post(f"{T}/permissions", {"permission": ["BROWSE"]}) == 400
    assert boss.post(f"{T}/permissions", {"permission": []}) == 200
    assert boss.read(f"{T}/permissions") == {"permission": []}


CORS_RULE = (
    "<CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>{}</CORSRule>"
)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (
            CORS_RULE.format("<MaxAgeSeconds>30</MaxAgeSeconds><AllowedHeader>*</AllowedHeader>"),
            200,
        ),
        (CORS_RULE.format("") * 2, 200),
        (CORS_RULE.format("<MaxAgeSeconds>x</MaxAgeSeconds>"), 400),
        (CORS_RULE.format("<Other/>"), 400),
        (CORS_RULE.format("").replace("GET", "PATCH"), 400),
        (CORS_RULE.format("").replace("AllowedOrigin", "AllowedHeader"), 400),
        ("", 400),
        ("<CORSRule/>", 400),
        ("<Other/>", 400),
        ("<CORSRule>", 400),
    ],
)
def test_cors_rules_are_checked(boss: Client, text: str, status: int) -> None:
    path = f"{T}/cors"
    assert boss.put(path, {"cors": f"<CORSConfiguration>{text}</CORSConfiguration>"}) == status
    assert boss.get(path).status_code == (200 if status == 200 else 404)


def test_cors_of_a_tenant_comes_and_goes(boss: Client) -> None:
    path = f"{T}/cors"
    rules = f"<CORSConfiguration>{CORS_RULE.format('')}</CORSConfiguration>"
    assert boss.delete(path) == 404
    assert boss.put(path, {"cors": rules}) == 200
    assert boss.put(path, {"cors": rules}) == 200
    assert boss.read(path) == {"cors": f'<?xml version="1.0" encoding="UTF-8"?>{rules}'}
    assert boss.put(path, boss.read(path)) == 200
    assert boss.read(path)["cors"].count("<?xml") == 1
    assert boss.delete(path) == 200
    assert boss.get(path).status_code == 404
    assert boss.put(path, {}) == 400


def test_service_plans(boss: Client, plain: Client) -> None:
    assert sorted(boss.read(f"{T}/availableServicePlans")["name"]) == ["Default", "Gold"]
    plan = boss.read(f"{T}/availableServicePlans/gold")
    assert plan == {"name": "Gold", "description": "Fast"}
    assert boss.get(f"{T}/availableServicePlans/none").status_code == 404
    assert plain.get("/tenants/bare/availableServicePlans").status_code == 403
