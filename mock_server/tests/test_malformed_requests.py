"""Malformed requests get one of MAPI's statuses, and never an internal error."""

from __future__ import annotations

from typing import Any

import pytest

from hcp_mock.models.base import DataType
from hcp_mock.models.erasure_coding import EcTopology
from hcp_mock.models.packages import (
    HealthCheckDownload,
    HealthCheckPrepare,
    LogDownload,
    LogPrepare,
)

from .conftest import Client, Mock
from .test_erasure_coding import WEB, body, connect

T = "/tenants/finance"
N = f"{T}/namespaces/mine"
STATUSES = {200, 302, 400, 403, 404, 405, 409, 414, 415}
WRITABLE = [
    ("POST", T),
    ("PUT", f"{T}/userAccounts"),
    ("POST", f"{T}/userAccounts/m"),
    ("POST", f"{T}/userAccounts/m/changePassword"),
    ("POST", f"{T}/userAccounts/m/dataAccessPermissions"),
    ("POST", f"{T}/consoleSecurity"),
    ("POST", f"{T}/namespaceDefaults"),
    ("POST", f"{T}/permissions"),
    ("PUT", f"{T}/cors"),
    ("PUT", f"{T}/namespaces"),
    ("POST", N),
    ("POST", f"{N}/versioningSettings"),
    ("POST", f"{N}/complianceSettings"),
    ("POST", f"{N}/customMetadataIndexingSettings"),
    ("POST", f"{N}/replicationCollisionSettings"),
    *(("POST", f"{N}/protocols/{name}") for name in ("http", "cifs", "nfs", "smtp")),
    ("PUT", f"{N}/retentionClasses"),
    ("POST", f"{N}/retentionClasses/keep-5y"),
]
JUNK: list[Any] = [
    None,
    "",
    " ",
    "x",
    "x" * 2000,
    "é\u0000\n]]>",
    -1,
    10**30,
    1.5,
    1e400,
    True,
    [],
    [[]],
    [{}],
    {},
    {"permission": [{}]},
    {"namespaceName": "cloud"},
    [{"namespaceName": "cloud"}],
]


def _properties(tenant_admin: Client, path: str) -> list[str]:
    """Return the properties of the item, or of a similar item for collections."""
    like = {f"{T}/userAccounts": f"{T}/userAccounts/m", f"{T}/namespaces": N}
    answer = tenant_admin.get(like.get(path, path), verbose="true")
    known = list(answer.json()) if answer.status_code == 200 else []
    return [*known, "newPassword", "cors", "versioningSettings", "name", "value", "nonsense"]


@pytest.mark.parametrize(("method", "path"), WRITABLE)
def test_malformed_values_of_any_property(
    mock: Mock, tenant_admin: Client, method: str, path: str
) -> None:
    for name in _properties(tenant_admin, path):
        for value in JUNK:
            answer = tenant_admin.call(method, path, {name: value}, password="Str0ng-lab-Pw")
            assert answer.status_code in STATUSES, (name, value)


@pytest.mark.parametrize(
    ("method", "path", "data_type"),
    [
        ("POST", "/logs/prepare", LogPrepare),
        ("POST", "/logs/download", LogDownload),
        ("POST", "/healthCheckReport/prepare", HealthCheckPrepare),
        ("POST", "/healthCheckReport/download", HealthCheckDownload),
        ("PUT", "/services/erasureCoding/ecTopologies", EcTopology),
        ("POST", "/services/erasureCoding/ecTopologies/north", EcTopology),
    ],
)
def test_malformed_documents_of_the_system(
    mock: Mock, system_admin: Client, method: str, path: str, data_type: type[DataType]
) -> None:
    connect(mock, *WEB)
    good = body(name="south") if method == "PUT" else {}
    assert system_admin.put("/services/erasureCoding/ecTopologies", body()) == 200
    for name in data_type.model_fields:
        for value in [*JUNK, "00/00/0000", "01/01/0001", "12/31/9999", "0,1", ","]:
            answer = system_admin.call(method, path, {**good, name: value}, {"Accept": "*/*"})
            assert answer.status_code in STATUSES, (name, value)


@pytest.mark.parametrize(
    "method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "X"]
)
def test_malformed_paths_are_refused(mock: Mock, tenant_admin: Client, method: str) -> None:
    for path in (
        "",
        "/",
        "//",
        "/tenants//",
        "/tenants/%2F",
        f"{T}/userAccounts/%00",
        "/%F0%9F%98%80",
    ):
        assert tenant_admin.status(method, path, {}) in STATUSES, path


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Authorization", "HCP é:" + "é" * 32),
        ("Authorization", "HCP Ym9zcw==:" + "é" * 32),
        ("Authorization", "AD é"),
        ("Authorization", "HCP"),
        ("Cookie", ";;=;HCAP-Login=;hcp-api-auth"),
        ("Accept", ";q=x, ,*/*;q=nothing"),
        ("Content-Type", ";"),
        ("Host", ":::"),
    ],
)
def test_malformed_headers(tenant_admin: Client, name: str, value: str) -> None:
    answer = tenant_admin.call("POST", T, {}, headers={name: value.encode().decode("latin-1")})
    assert answer.status_code in STATUSES


def test_malformed_queries(tenant_admin: Client) -> None:
    for query in ("%zz", "&&=", "a=%ff", "offset=1e3", "count=%20", "offset=" + "9" * 40):
        assert tenant_admin.call("GET", f"{T}/namespaces?{query}").status_code in STATUSES
