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


def test_a_new_tenant_has_defaults(system_admin: Client) -> None:
    assert system_admin.put("/tenants", NEW, **FIRST) == 200
    document = system_admin.read("/tenants/archive", verbose="true")
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


def test_the_first_user_has_the_security_role_only(mock: Mock, system_admin: Client) -> None:
    assert system_admin.put("/tenants", NEW, **FIRST) == 200
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


def test_the_first_user_may_have_to_change_the_password(mock: Mock, system_admin: Client) -> None:
    assert system_admin.put("/tenants", NEW, **FIRST, forcePasswordChange="true") == 200
    first = mock.client("archive", "first", "First-11-Pw")
    assert first.get("/tenants/Archive/userAccounts").status_code == 403
    path = "/tenants/Archive/userAccounts/first/changePassword"
    assert system_admin.post(path, {"newPassword": "Second-22-Pw"}) == 200
    first.password = "Second-22-Pw"
    assert first.get("/tenants/Archive/userAccounts").status_code == 200


def test_a_security_group_can_come_first(mock: Mock, system_admin: Client) -> None:
    types = {"authenticationTypes": {"authenticationType": ["EXTERNAL"]}}
    assert system_admin.put("/tenants", NEW, initialSecurityGroup="ops@ad.example.com") == 400
    body = {**NEW, **types}
    assert system_admin.put("/tenants", body, **FIRST) == 400
    assert (
        system_admin.put("/tenants", body, initialSecurityGroup="strangers@ad.example.com") == 400
    )
    assert (
        system_admin.put("/tenants", body, initialSecurityGroup="ops@ad.example.com", **FIRST)
        == 400
    )
    assert system_admin.put("/tenants", body, initialSecurityGroup="ops@ad.example.com") == 200
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
def test_parameters_of_a_creation(system_admin: Client, query: dict[str, str], status: int) -> None:
    assert system_admin.put("/tenants", NEW, **query) == status


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
def test_properties_of_a_creation(
    system_admin: Client, change: dict[str, Any], status: int
) -> None:
    assert system_admin.put("/tenants", {**NEW, **change}, **FIRST) == status


def test_what_a_creation_needs(system_admin: Client) -> None:
    assert system_admin.put("/tenants", {"name": "x"}, **FIRST) == 400
    assert system_admin.put("/tenants", {"hardQuota": "1 TB"}, **FIRST) == 400


def test_views_of_a_tenant(mock: Mock, tenant_admin: Client, system_admin: Client) -> None:
    assert set(tenant_admin.read(T)) == OWN
    hidden = {
        "dataNetwork",
        "managementNetwork",
        "systemVisibleDescription",
        "tags",
        "erasureCodingSelectionEnabled",
        "servicePlanSelectionEnabled",
    }
    assert set(tenant_admin.read(T, verbose="true")) == OWN | (SYSTEM - hidden) | ID
    assert set(system_admin.read(T)) == OWN | SYSTEM
    assert set(system_admin.read(T, verbose="true")) == OWN | SYSTEM | ID
    assert set(system_admin.read("/tenants/basic")) == SYSTEM | {"servicePlan"}
    assert set(system_admin.read("/tenants/basic", verbose="true")) == SYSTEM | {"servicePlan"} | ID


def test_each_level_sets_its_own_properties(tenant_admin: Client, system_admin: Client) -> None:
    assert (
        tenant_admin.post(T, {"maxNamespacesPerUser": 7, "tenantVisibleDescription": "ours"}) == 200
    )
    assert tenant_admin.post(T, {"softQuota": 50}) == 403
    assert tenant_admin.post(T, {"tags": {"tag": []}}) == 403
    assert tenant_admin.post(T, {"name": "finance"}) == 403
    assert system_admin.post(T, {"softQuota": 50, "maxNamespacesPerUser": 8}) == 200
    assert system_admin.post("/tenants/basic", {"softQuota": 50}) == 200
    assert system_admin.post("/tenants/basic", {"maxNamespacesPerUser": 8}) == 403
    assert system_admin.post("/tenants/basic", {"administrationAllowed": True}) == 403


def test_only_the_tenant_admits_system_accounts(basic_admin: Client, system_admin: Client) -> None:
    assert system_admin.get("/tenants/basic/namespaces").status_code == 403
    assert basic_admin.post("/tenants/basic", {"administrationAllowed": True}) == 200
    assert system_admin.get("/tenants/basic/namespaces").status_code == 200


@pytest.mark.parametrize("switch", SWITCHES)
def test_switches_cannot_be_turned_off(system_admin: Client, switch: str) -> None:
    assert system_admin.post(T, {switch: True}) == 200
    assert system_admin.post(T, {switch: False}) == 403
    assert system_admin.post(T, {switch: "nonsense"}) == 403
    if switch != "erasureCodingSelectionEnabled":
        assert system_admin.post("/tenants/basic", {switch: True}) == 200
        assert system_admin.read("/tenants/basic")[switch] is True


def test_the_service_plan_of_a_tenant_that_chooses_itself(system_admin: Client) -> None:
    assert system_admin.post(T, {"servicePlan": "Gold"}) == 403
    assert system_admin.post("/tenants/basic", {"servicePlan": "Gold"}) == 200
    assert system_admin.read("/tenants/basic")["servicePlan"] == "Gold"


def test_quotas_cannot_fall_below_what_is_allocated(system_admin: Client) -> None:
    assert system_admin.post("/tenants/basic", {"hardQuota": "9.99 GB"}) == 400
    assert system_admin.post("/tenants/basic", {"hardQuota": "10 GB"}) == 200
    assert system_admin.post(T, {"namespaceQuota": "3"}) == 400
    assert system_admin.post(T, {"namespaceQuota": "4"}) == 200
    assert system_admin.post(T, {"namespaceQuota": "None"}) == 200


def test_namespace_quotas_share_the_system(system_admin: Client) -> None:
    assert system_admin.post(T, {"namespaceQuota": "9990"}) == 200
    assert system_admin.post("/tenants/basic", {"namespaceQuota": "11"}) == 400
    assert system_admin.post("/tenants/basic", {"namespaceQuota": "10"}) == 200


def test_parameters_of_creation_are_refused_on_modification(system_admin: Client) -> None:
    assert system_admin.post(T, {}, username="x") == 400


def test_renaming_a_tenant(mock: Mock, system_admin: Client) -> None:
    assert system_admin.post("/tenants/basic", {"name": "finance"}) == 400
    assert system_admin.post("/tenants/basic", {"name": "www"}) == 400
    assert system_admin.post("/tenants/basic", {"name": "Naked"}) == 200
    assert system_admin.get("/tenants/basic").status_code == 404
    client = mock.client("naked", "boss")
    namespace = client.read("/tenants/naked/namespaces/one", verbose="true")
    assert namespace["fullyQualifiedName"] == "one.naked.hcp.example.com"
    mock.seed_namespace("files", nfs={"enabled": True})
    assert system_admin.post(T, {"name": "other"}) == 403


def test_a_tenant_with_namespaces_stays(system_admin: Client, basic_admin: Client) -> None:
    assert system_admin.delete("/tenants/basic") == 403
    assert basic_admin.delete("/tenants/basic/namespaces/one") == 200
    assert system_admin.delete("/tenants/BASIC") == 200
    assert system_admin.delete("/tenants/basic") == 404
    assert basic_admin.get("/tenants/basic").status_code == 403


def test_lists_of_tenants(mock: Mock, system_admin: Client) -> None:
    assert system_admin.read("/tenants") == {"name": ["basic", "finance", "off"]}
    mock.seed_tenant("basic", tags=["Blue"])
    page = {"sortType": "hardQuota", "sortOrder": "descending", "count": "2"}
    assert system_admin.read("/tenants", **page)["name"][-1] in ("finance", "off")
    assert system_admin.read("/tenants", filterType="tag", filterString="bl") == {"name": ["basic"]}


def test_masks(tenant_admin: Client) -> None:
    assert sorted(tenant_admin.read(f"{T}/permissions")["permission"]) == sorted(
        ["DELETE", "PRIVILEGED", "PURGE", "READ", "SEARCH", "WRITE"]
    )
    assert tenant_admin.post(f"{T}/permissions", {"permission": ["PURGE", "SEARCH"]}) == 200
    assert set(tenant_admin.read(f"{T}/permissions")["permission"]) == {
        "PURGE",
        "DELETE",
        "SEARCH",
        "READ",
    }
    assert tenant_admin.post(f"{T}/permissions", {"permission": ["BROWSE"]}) == 400
    assert tenant_admin.post(f"{T}/permissions", {"permission": []}) == 200
    assert tenant_admin.read(f"{T}/permissions") == {"permission": []}


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
def test_cors_rules_are_checked(tenant_admin: Client, text: str, status: int) -> None:
    path = f"{T}/cors"
    assert (
        tenant_admin.put(path, {"cors": f"<CORSConfiguration>{text}</CORSConfiguration>"}) == status
    )
    assert tenant_admin.get(path).status_code == (200 if status == 200 else 404)


def test_cors_of_a_tenant_comes_and_goes(tenant_admin: Client) -> None:
    path = f"{T}/cors"
    rules = f"<CORSConfiguration>{CORS_RULE.format('')}</CORSConfiguration>"
    assert tenant_admin.delete(path) == 404
    assert tenant_admin.put(path, {"cors": rules}) == 200
    assert tenant_admin.put(path, {"cors": rules}) == 200
    assert tenant_admin.read(path) == {"cors": f'<?xml version="1.0" encoding="UTF-8"?>{rules}'}
    assert tenant_admin.put(path, tenant_admin.read(path)) == 200
    assert tenant_admin.read(path)["cors"].count("<?xml") == 1
    assert tenant_admin.delete(path) == 200
    assert tenant_admin.get(path).status_code == 404
    assert tenant_admin.put(path, {}) == 400


def test_service_plans(tenant_admin: Client, basic_admin: Client) -> None:
    assert sorted(tenant_admin.read(f"{T}/availableServicePlans")["name"]) == ["Default", "Gold"]
    plan = tenant_admin.read(f"{T}/availableServicePlans/gold")
    assert plan == {"name": "Gold", "description": "Fast"}
    assert tenant_admin.get(f"{T}/availableServicePlans/none").status_code == 404
    assert basic_admin.get("/tenants/basic/availableServicePlans").status_code == 403
