"""Read, change, send back: a document that is sent back unchanged changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client, Mock

T = "/tenants/finance"
ITEMS = [
    T,
    f"{T}/consoleSecurity",
    f"{T}/searchSecurity",
    f"{T}/contactInfo",
    f"{T}/emailNotification",
    f"{T}/namespaceDefaults",
    f"{T}/permissions",
    f"{T}/userAccounts/boss",
    f"{T}/userAccounts/a",
    f"{T}/userAccounts/boss/dataAccessPermissions",
    f"{T}/groupAccounts/ops@ad.example.com",
    f"{T}/groupAccounts/ops@ad.example.com/dataAccessPermissions",
    f"{T}/contentClasses/Scans",
    *(
        f"{T}/namespaces/{namespace}{part}"
        for namespace in ("cloud", "files", "mine", "full", "rich")
        for part in (
            "",
            "/versioningSettings",
            "/complianceSettings",
            "/permissions",
            "/replicationCollisionSettings",
            "/protocols/http",
            "/protocols/cifs",
            "/protocols/nfs",
            "/protocols/smtp",
        )
    ),
    f"{T}/namespaces/mine/customMetadataIndexingSettings",
    f"{T}/namespaces/mine/retentionClasses/Keep-5y",
]


def _enrich(mock: Mock) -> None:
    """Create a namespace with values that differ from all defaults."""
    mock.seed_namespace(
        "rich",
        hardQuota="10.5 GB",
        owner="kim@ad.example.com",
        ownerType="EXTERNAL",
        replicationEnabled=True,
        readFromReplica=True,
        allowErasureCoding=True,
        servicePlan="Gold",
        enterpriseMode=False,
        authMinimumPermissions=["PURGE", "READ"],
        searchEnabled=True,
        indexingEnabled=True,
        customMetadataIndexingEnabled=True,
        retentionType="S3",
        versioningSettings={
            "enabled": True,
            "prune": True,
            "pruneDays": 3,
            "useDeleteMarkers": True,
        },
        aclsUsage="ENFORCED",
        http={
            "hs3Enabled": True,
            "webdavBasicAuthUsername": "dav",
            "webdavBasicAuthPassword": "Dav-Pass-1",
            "webdavBasicAuthEnabled": True,
        },
        replicationCollisionSettings={"action": "RENAME", "deleteEnabled": True, "deleteDays": 4},
        complianceSettings={"retentionDefault": "2030-01-01T00:00:00+0100"},
        permissions=["READ", "WRITE"],
    )


def _unordered(document: Any) -> Any:
    if isinstance(document, dict):
        return {name: _unordered(value) for name, value in document.items()}
    if isinstance(document, list):
        return sorted((_unordered(value) for value in document), key=str)
    return document


@pytest.mark.parametrize("path", ITEMS)
def test_what_was_read_can_be_sent_back_in_json(
    mock: Mock, tenant_admin: Client, path: str
) -> None:
    _enrich(mock)
    before, document = tenant_admin.read(path, verbose="true"), tenant_admin.read(path)
    answer = tenant_admin.call("POST", path, document)
    assert answer.status_code == 200, answer.headers.get("X-HCP-ErrorMessage")
    assert _unordered(tenant_admin.read(path, verbose="true")) == _unordered(before)


@pytest.mark.parametrize("path", ITEMS)
def test_what_was_read_can_be_sent_back_in_xml(mock: Mock, tenant_admin: Client, path: str) -> None:
    _enrich(mock)
    before = tenant_admin.read(path, verbose="true")
    document = tenant_admin.call("GET", path, headers={"Accept": "application/xml"}).text
    answer = tenant_admin.call("POST", path, document)
    assert answer.status_code == 200, answer.headers.get("X-HCP-ErrorMessage")
    assert _unordered(tenant_admin.read(path, verbose="true")) == _unordered(before)


def test_indented_xml_can_be_sent_back(tenant_admin: Client) -> None:
    path = f"{T}/namespaces/cloud"
    query = f"{path}?prettyprint"
    document = tenant_admin.call("GET", query, headers={"Accept": "application/xml"}).text
    assert tenant_admin.post(path, document) == 200


def test_the_system_level_view_of_a_tenant_can_be_sent_back(
    mock: Mock, system_admin: Client
) -> None:
    for path in (T, "/tenants/basic"):
        before = system_admin.read(path)
        answer = system_admin.call("POST", path, before)
        assert answer.status_code == 200, answer.headers.get("X-HCP-ErrorMessage")
        assert system_admin.read(path) == before


def test_a_system_level_account_sends_back_what_a_consenting_tenant_showed(
    system_admin: Client,
) -> None:
    for part in ("/consoleSecurity", "/namespaces/cloud", "/namespaces/cloud/protocols/http"):
        assert system_admin.post(f"{T}{part}", system_admin.read(f"{T}{part}")) == 200
