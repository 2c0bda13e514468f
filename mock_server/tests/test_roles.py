"""The role tables, method by method, for every kind of account.

``allowed``: the first letters of the roles ADMINISTRATOR, MONITOR, SECURITY and COMPLIANCE; n is an
account with only allowNamespaceManagement, for a namespace that it owns.
"""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client, Mock

T = "/tenants/finance"
N = f"{T}/namespaces/mine"
G = f"{T}/groupAccounts/ops@ad.example.com"
CORS = {
    "cors": "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin>"
    "<AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>"
}

# method, path, allowed roles, body
TABLE: list[tuple[str, str, str, Any]] = [
    ("GET", T, "am", None),
    ("HEAD", T, "am", None),
    ("POST", T, "a", {}),
    ("GET", f"{T}/consoleSecurity", "s", None),
    ("POST", f"{T}/consoleSecurity", "s", {}),
    ("GET", f"{T}/searchSecurity", "s", None),
    ("POST", f"{T}/searchSecurity", "s", {}),
    ("GET", f"{T}/contactInfo", "am", None),
    ("POST", f"{T}/contactInfo", "a", {}),
    ("GET", f"{T}/emailNotification", "am", None),
    ("POST", f"{T}/emailNotification", "a", {}),
    ("GET", f"{T}/namespaceDefaults", "am", None),
    ("POST", f"{T}/namespaceDefaults", "a", {}),
    ("GET", f"{T}/permissions", "amc", None),
    ("POST", f"{T}/permissions", "a", {}),
    ("PUT", f"{T}/cors", "a", CORS),
    ("GET", f"{T}/cors", "am", None),
    ("DELETE", f"{T}/cors", "a", None),
    ("GET", f"{T}/availableServicePlans", "am", None),
    ("GET", f"{T}/availableServicePlans/Gold", "am", None),
    ("GET", f"{T}/userAccounts", "ams", None),
    ("PUT", f"{T}/userAccounts", "s", {}),
    ("GET", f"{T}/userAccounts/none", "ams", None),
    ("HEAD", f"{T}/userAccounts/none", "ams", None),
    ("POST", f"{T}/userAccounts/none", "as", {}),
    ("DELETE", f"{T}/userAccounts/absent", "s", None),
    ("POST", f"{T}/userAccounts/none/changePassword", "s", {}),
    ("GET", f"{T}/userAccounts/none/dataAccessPermissions", "as", None),
    ("POST", f"{T}/userAccounts/none/dataAccessPermissions", "a", {}),
    ("GET", f"{T}/groupAccounts", "ams", None),
    ("PUT", f"{T}/groupAccounts", "s", {}),
    ("GET", G, "ams", None),
    ("HEAD", G, "ams", None),
    ("POST", G, "as", {}),
    ("DELETE", f"{T}/groupAccounts/absent", "s", None),
    ("GET", f"{G}/dataAccessPermissions", "ams", None),
    ("POST", f"{G}/dataAccessPermissions", "a", {}),
    ("GET", f"{T}/statistics", "am", None),
    ("GET", f"{T}/chargebackReport", "am", None),
    ("GET", f"{N}/statistics", "am", None),
    ("GET", f"{N}/chargebackReport", "am", None),
    ("GET", f"{T}/contentClasses", "am", None),
    ("PUT", f"{T}/contentClasses", "a", {}),
    ("GET", f"{T}/contentClasses/Scans", "am", None),
    ("HEAD", f"{T}/contentClasses/Scans", "am", None),
    ("POST", f"{T}/contentClasses/Scans", "a", {}),
    ("DELETE", f"{T}/contentClasses/absent", "a", None),
    ("GET", f"{T}/namespaces", "amcn", None),
    ("PUT", f"{T}/namespaces", "an", {}),
    ("GET", N, "amn", None),
    ("HEAD", N, "amcn", None),
    ("POST", N, "a", {}),
    ("DELETE", f"{T}/namespaces/absent", "an", None),
    ("GET", f"{N}/versioningSettings", "amn", None),
    ("POST", f"{N}/versioningSettings", "an", {}),
    ("DELETE", f"{N}/versioningSettings", "amn", None),
    ("GET", f"{N}/complianceSettings", "amc", None),
    ("POST", f"{N}/complianceSettings", "c", {}),
    ("GET", f"{N}/permissions", "am", None),
    ("POST", f"{N}/permissions", "a", {}),
    ("GET", f"{N}/customMetadataIndexingSettings", "am", None),
    ("POST", f"{N}/customMetadataIndexingSettings", "a", {}),
    ("GET", f"{N}/replicationCollisionSettings", "am", None),
    ("POST", f"{N}/replicationCollisionSettings", "a", {}),
    ("PUT", f"{N}/cors", "a", CORS),
    ("GET", f"{N}/cors", "am", None),
    ("DELETE", f"{N}/cors", "a", None),
    *(("GET", f"{N}/protocols/{name}", "am", None) for name in ("http", "cifs", "nfs", "smtp")),
    *(("POST", f"{N}/protocols/{name}", "a", {}) for name in ("http", "cifs", "nfs", "smtp")),
    ("GET", f"{N}/retentionClasses", "amc", None),
    ("PUT", f"{N}/retentionClasses", "c", {}),
    ("GET", f"{N}/retentionClasses/Keep-5y", "amc", None),
    ("HEAD", f"{N}/retentionClasses/Keep-5y", "amc", None),
    ("POST", f"{N}/retentionClasses/Keep-5y", "c", {}),
    ("DELETE", f"{N}/retentionClasses/absent", "c", None),
]

# What system-level accounts may do in a tenant that does not admit them.
WITHOUT_CONSENT: dict[tuple[str, str], str] = {
    ("GET", ""): "am",
    ("HEAD", ""): "am",
    ("POST", ""): "a",
    ("POST", "/userAccounts/none/changePassword"): "s",
    ("GET", "/chargebackReport"): "am",
    ("GET", "/cors"): "am",
    ("PUT", "/cors"): "a",
    ("DELETE", "/cors"): "a",
    ("GET", "/namespaces/mine/cors"): "am",
    ("PUT", "/namespaces/mine/cors"): "a",
    ("DELETE", "/namespaces/mine/cors"): "a",
}


@pytest.mark.parametrize(("method", "path", "allowed", "body"), TABLE)
def test_roles_of_tenant_accounts(
    mock: Mock, method: str, path: str, allowed: str, body: Any
) -> None:
    accounts = {"a": "a", "m": "m", "s": "s", "c": "c", "n": "n", "-": "none"}
    found = [
        k
        for k, user in accounts.items()
        if mock.client("finance", user).is_allowed(method, path, body)
    ]
    assert sorted(found) == sorted(allowed)


def _admit_system_accounts(mock: Mock, method: str, path: str, body: Any) -> list[str]:
    accounts = {key: f"sys-{key}" for key in ("a", "m", "s", "c", "none")}
    return [
        k
        for k, user in accounts.items()
        if mock.client("admin", user).is_allowed(method, path, body)
    ]


@pytest.mark.parametrize(("method", "path", "allowed", "body"), TABLE)
def test_roles_of_system_accounts_in_a_tenant_that_admits_them(
    mock: Mock, method: str, path: str, allowed: str, body: Any
) -> None:
    found = _admit_system_accounts(mock, method, path, body)
    assert sorted(found) == sorted(allowed.replace("n", ""))


@pytest.mark.parametrize(("method", "path", "allowed", "body"), TABLE)
def test_roles_of_system_accounts_in_a_tenant_that_does_not(
    mock: Mock, method: str, path: str, allowed: str, body: Any
) -> None:
    mock.seed_tenant(administrationAllowed=False)
    expected = WITHOUT_CONSENT.get((method, path.removeprefix(T)), "")
    assert sorted(_admit_system_accounts(mock, method, path, body)) == sorted(expected)


@pytest.mark.parametrize(
    ("method", "path", "allowed", "body"),
    [
        ("GET", "/tenants", "am", None),
        ("PUT", "/tenants", "a", {}),
        ("DELETE", "/tenants/finance", "a", None),
        ("POST", "/tenants/finance/userAccounts", "a", {}),
        ("POST", "/tenants/finance/groupAccounts", "a", {}),
        ("GET", "/groupAccounts", "ams", None),
        ("GET", "/groupAccounts/absent", "ams", None),
        ("GET", "/userAccounts", "ams", None),
        ("GET", "/userAccounts/admin", "ams", None),
        ("HEAD", "/userAccounts/admin", "ams", None),
        ("POST", "/userAccounts/admin", "s", {}),
        ("POST", "/userAccounts/admin/changePassword", "s", {}),
    ],
)
def test_roles_at_system_level(mock: Mock, method: str, path: str, allowed: str, body: Any) -> None:
    mock.seed_tenant(administrationAllowed=False)
    assert sorted(_admit_system_accounts(mock, method, path, body)) == sorted(allowed)


def test_managers_of_namespaces_see_only_their_own(mock: Mock) -> None:
    client = mock.client("finance", "n")
    assert client.read(f"{T}/namespaces") == {"name": ["mine"]}
    assert client.read(N, verbose="true") == {"name": "mine", "owner": "n"}
    assert client.read(f"{N}/versioningSettings") == {"enabled": False}
    for path in (f"{T}/namespaces/cloud", f"{T}/namespaces/cloud/versioningSettings"):
        assert client.get(path).status_code == 403
        assert client.delete(path) == 403
    assert client.head(f"{T}/namespaces/cloud") == 302
    assert client.head(N) == 200


def test_managers_of_namespaces_own_what_they_create(mock: Mock, tenant_admin: Client) -> None:
    client = mock.client("finance", "n")
    assert client.put(f"{T}/namespaces", {"name": "new", "owner": "boss"}) == 403
    assert client.put(f"{T}/namespaces", {"name": "new"}) == 200
    document = tenant_admin.read(f"{T}/namespaces/new")
    assert (document["owner"], document["ownerType"]) == ("n", "LOCAL")
    assert client.delete(f"{T}/namespaces/new") == 200


def test_managers_of_namespaces_switch_versioning_and_nothing_more(mock: Mock) -> None:
    client = mock.client("finance", "n")
    path = f"{N}/versioningSettings"
    assert client.post(path, {"enabled": True}) == 200
    assert client.post(path, {"enabled": True, "prune": True}) == 403
    assert client.delete(path) == 200
    assert client.read(path) == {"enabled": False}


def test_lists_for_compliance_but_not_the_item(mock: Mock) -> None:
    client = mock.client("finance", "c")
    assert client.get(f"{T}/namespaces").status_code == 200
    assert client.head(f"{T}/namespaces/cloud") == 200
    assert client.get(f"{T}/namespaces/cloud").status_code == 403
