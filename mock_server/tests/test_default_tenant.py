"""The default tenant, which only system-level accounts manage, and its namespace."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client, Mock

D = "/tenants/Default"
N = f"{D}/namespaces/Default"
BODY = {"name": "Default", "systemVisibleDescription": "ours"}
QUERY = {"enterpriseMode": "true", "hashScheme": "SHA-512"}
SETTABLE = {
    "snmpLoggingEnabled",
    "syslogLoggingEnabled",
    "systemVisibleDescription",
    "tenantVisibleDescription",
}


@pytest.fixture
def default(mock: Mock, system_admin: Client) -> Client:
    """The system-level account with all roles, with an existing default tenant."""
    mock.seed(system={"defaultTenantAllowed": True})
    assert system_admin.put("/tenants", BODY, **QUERY) == 200
    return system_admin


def test_a_system_may_not_have_one(system_admin: Client) -> None:
    assert system_admin.put("/tenants", BODY, **QUERY) == 403
    assert system_admin.get(D).status_code == 404


def test_the_tenant_has_few_settings(default: Client) -> None:
    document = default.read(D)
    assert set(document) == SETTABLE
    assert document["systemVisibleDescription"] == "ours"
    more = default.read(D, verbose="true")
    networks = {"dataNetwork", "managementNetwork"}
    assert set(more) == SETTABLE | networks | {"creationTime", "fullyQualifiedName", "id"}
    assert more["id"] == "00000000-0000-0000-0000-000000000000"
    assert default.post(D, document) == 200
    change = "<tenant><syslogLoggingEnabled>true</syslogLoggingEnabled></tenant>"
    assert default.post(D, change) == 200
    assert default.read(D)["syslogLoggingEnabled"] is True
    for name, value in (("hardQuota", "1 TB"), ("name", "Other"), ("dataNetwork", "lab")):
        assert default.post(D, {name: value}) == 403
    assert "Default" in default.read("/tenants")["name"]


@pytest.mark.parametrize(
    ("body", "query", "status"),
    [
        ({}, {"hashScheme": None}, 400),
        ({}, {"enterpriseMode": None}, 400),
        ({}, {"hashScheme": "sha-256"}, 400),
        ({}, {"servicePlan": "none"}, 400),
        ({}, {"username": "first", "password": "First-11-Pw"}, 400),
        ({"hardQuota": "1 TB"}, {}, 403),
        ({"tags": {"tag": []}}, {}, 403),
        ({"name": "default"}, {"servicePlan": "Gold", "searchEnabled": "true"}, 200),
    ],
)
def test_creation(
    mock: Mock, system_admin: Client, body: dict[str, Any], query: dict[str, Any], status: int
) -> None:
    mock.seed(system={"defaultTenantAllowed": True})
    sent = {name: value for name, value in {**QUERY, **query}.items() if value is not None}
    assert system_admin.put("/tenants", {**BODY, **body}, **sent) == status
    assert system_admin.status("GET", D) == (200 if status == 200 else 404)
    if status == 200:
        assert system_admin.put("/tenants", BODY, **QUERY) == 409


def test_the_namespace_comes_with_it(mock: Mock, system_admin: Client) -> None:
    mock.seed(system={"defaultTenantAllowed": True})
    query = {"enterpriseMode": "false", "hashScheme": "MD5", "searchEnabled": "true"}
    assert system_admin.put("/tenants", BODY, **query) == 200
    assert system_admin.read(f"{D}/namespaces") == {"name": ["Default"]}
    document = system_admin.read(N, verbose="true")
    assert (document["name"], document["hashScheme"]) == ("Default", "MD5")
    assert document["enterpriseMode"] is False
    assert document["searchEnabled"] is document["indexingEnabled"] is True
    assert system_admin.post(N, system_admin.read(N)) == 200


def test_the_namespace_has_fewer_settings_than_others(default: Client) -> None:
    shown = default.read(N, verbose="true")
    missing = {
        "aclsUsage": "ENFORCED",
        "appendEnabled": True,
        "hardQuota": "10 GB",
        "multipartUploadAutoAbortDays": 3,
        "optimizedFor": "ALL",
        "owner": "",
        "replicationEnabled": True,
        "softQuota": 50,
        "tags": {"tag": []},
    }
    assert not missing.keys() & shown.keys()
    for name, value in missing.items():
        assert default.post(N, {name: value}) == 403
    assert default.post(N, {"name": "Other"}) == 403
    assert default.post(N, {"description": "x", "searchEnabled": True}) == 200
    assert default.read(N)["description"] == "x"
    assert default.post(N, {}, resetMQECheckpoint="0") == 200


def test_compliance_of_the_namespace(default: Client) -> None:
    path = f"{N}/complianceSettings"
    assert set(default.read(path)) == {"customMetadataChanges", "dispositionEnabled"}
    assert default.post(path, {"customMetadataChanges": "ALL"}) == 200
    assert default.post(path, {"shreddingDefault": True}) == 403
    assert default.post(path, {"retentionDefault": "0"}) == 403
    assert default.post(path, default.read(path)) == 200
    assert default.put(f"{N}/retentionClasses", {"name": "x", "value": "-1"}) == 200


def test_protocols_are_one_resource(default: Client, tenant_admin: Client) -> None:
    path = f"{N}/protocols"
    before = default.read(path)
    assert (before["httpEnabled"], before["httpsEnabled"]) == (False, True)
    assert set(before) == {"httpEnabled", "httpsEnabled", "ipSettings"}
    change = (
        "<protocols><httpEnabled>true</httpEnabled><ipSettings>"
        "<allowIfInBothLists>false</allowIfInBothLists></ipSettings></protocols>"
    )
    assert default.post(path, change) == 200
    assert default.xml(path).findtext("httpEnabled") == "true"
    after = default.read(path)
    assert after["ipSettings"] == {**before["ipSettings"], "allowIfInBothLists": False}
    assert default.post(path, {"restEnabled": True}) == 400
    assert default.head(path) == 200
    assert default.put(path, {}) == default.delete(path) == 405
    other = "/tenants/finance/namespaces/mine/protocols"
    assert tenant_admin.get(other).status_code == tenant_admin.post(other, {}) == 405
    assert default.get(other).status_code == 405


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", D),
        ("GET", f"{D}/consoleSecurity"),
        ("POST", f"{D}/consoleSecurity"),
        ("GET", f"{D}/searchSecurity"),
        ("GET", f"{D}/namespaceDefaults"),
        ("POST", f"{D}/namespaceDefaults"),
        ("GET", f"{D}/chargebackReport"),
        ("GET", f"{D}/userAccounts"),
        ("PUT", f"{D}/userAccounts"),
        ("POST", f"{D}/userAccounts"),
        ("GET", f"{D}/userAccounts/x"),
        ("POST", f"{D}/userAccounts/x/changePassword"),
        ("GET", f"{D}/userAccounts/x/dataAccessPermissions"),
        ("GET", f"{D}/groupAccounts"),
        ("POST", f"{D}/groupAccounts"),
        ("DELETE", f"{D}/groupAccounts/x"),
        ("POST", f"{D}/groupAccounts/x/dataAccessPermissions"),
        ("PUT", f"{D}/namespaces"),
        ("DELETE", N),
        ("GET", f"{N}/chargebackReport"),
        ("GET", f"{N}/versioningSettings"),
        ("DELETE", f"{N}/versioningSettings"),
        ("GET", f"{N}/protocols/http"),
        ("POST", f"{N}/protocols/nfs"),
    ],
)
def test_what_it_does_not_have(default: Client, method: str, path: str) -> None:
    answer = default.call(method, path, {} if method in ("PUT", "POST") else None)
    assert answer.status_code == 405
    assert method not in answer.headers["Allow"].split(",")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", D, "am"),
        ("POST", D, "a"),
        ("GET", f"{D}/contactInfo", "am"),
        ("POST", f"{D}/emailNotification", "a"),
        ("GET", f"{D}/permissions", "amc"),
        ("GET", f"{D}/statistics", "am"),
        ("GET", f"{D}/contentClasses", "am"),
        ("GET", f"{D}/namespaces", "am"),
        ("GET", N, "am"),
        ("POST", N, "a"),
        ("GET", f"{N}/complianceSettings", "amc"),
        ("POST", f"{N}/complianceSettings", "c"),
        ("GET", f"{N}/protocols", "am"),
        ("POST", f"{N}/protocols", "a"),
        ("GET", f"{N}/retentionClasses", "amc"),
    ],
)
def test_roles(mock: Mock, default: Client, method: str, path: str, allowed: str) -> None:
    body: dict[str, str] | None = {} if method == "POST" else None
    found = [
        r for r in "amsc" if mock.client("admin", f"sys-{r}").status(method, path, body) == 200
    ]
    assert sorted(found) == sorted(allowed)


def test_its_own_host_is_for_system_accounts(
    mock: Mock, default: Client, tenant_admin: Client
) -> None:
    client = mock.client("default", "sys-m")
    assert client.get(D).status_code == 200
    assert mock.client("default", "boss").get(D).status_code == 403
    assert tenant_admin.get(D).status_code == 403


def test_it_is_seeded(mock: Mock, system_admin: Client) -> None:
    namespace = {"name": "Default", "description": "old", "retentionClasses": []}
    mock.seed_tenant("Default", tenantVisibleDescription="x", namespaces=[namespace])
    assert system_admin.read(D)["tenantVisibleDescription"] == "x"
    assert system_admin.read(N)["description"] == "old"
    for bad in (
        {"users": [{"username": "x"}]},
        {"groups": [{"groupname": "x"}]},
        {"namespaces": [{"name": "other"}]},
    ):
        document = {"tenants": [{"name": "Default", **bad}]}
        answer = mock.control("POST", "/seed", document)
        assert answer.status_code == 400
        assert "default tenant" in answer.json()["error"]
    mock.control("POST", "/reset")
    assert system_admin.get(D).status_code == 404
