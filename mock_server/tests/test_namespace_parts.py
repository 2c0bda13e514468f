"""Versioning, protocols, compliance, collisions, retention classes."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client, Mock

N = "/tenants/finance/namespaces"
ONE = f"{N}/cloud"
FILES = f"{N}/files"
BASIC = "/tenants/basic/namespaces/one"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"enabled": True}, 200),
        ({"enabled": True, "prune": True}, 200),
        ({"enabled": True, "pruneOnPrimary": True, "daysOnPrimary": 7}, 200),
        ({"prune": True, "pruneOnPrimary": True}, 400),
        ({"pruneDays": 1, "daysOnPrimary": 1}, 400),
        ({"pruneOnReplica": True, "daysOnReplica": 3}, 200),
        ({"pruneDays": 36501, "enabled": True}, 400),
        ({"prune": True}, 400),
        ({"enabled": False, "keepDeletionRecords": False}, 200),
    ],
)
def test_properties_of_versioning(
    tenant_admin: Client, change: dict[str, Any], status: int
) -> None:
    assert tenant_admin.post(f"{ONE}/versioningSettings", change) == status


def test_deprecated_spellings_are_aliases(tenant_admin: Client) -> None:
    path = f"{ONE}/versioningSettings"
    assert (
        tenant_admin.post(path, {"enabled": True, "pruneOnPrimary": True, "daysOnPrimary": 7})
        == 200
    )
    assert tenant_admin.read(path, verbose="true") == {
        "enabled": True,
        "keepDeletionRecords": True,
        "prune": True,
        "pruneDays": 7,
        "useDeleteMarkers": False,
    }


def test_pruning_may_change_once_versioning_was_on(tenant_admin: Client) -> None:
    path = f"{ONE}/versioningSettings"
    assert tenant_admin.post(path, {"pruneDays": 3}) == 400
    assert tenant_admin.post(path, {"enabled": True}) == 200
    assert tenant_admin.post(path, {"enabled": False}) == 200
    assert tenant_admin.post(path, {"prune": True, "pruneDays": 3}) == 200


def test_versioning_is_reset(tenant_admin: Client) -> None:
    path = f"{ONE}/versioningSettings"
    before = tenant_admin.read(path)
    assert tenant_admin.post(path, {"enabled": True, "prune": True}) == 200
    assert tenant_admin.delete(path) == 200
    assert tenant_admin.read(path) == before


def test_delete_markers_stay_in_use(tenant_admin: Client) -> None:
    path = f"{ONE}/versioningSettings"
    assert tenant_admin.post(path, {"enabled": True, "useDeleteMarkers": True}) == 200
    assert tenant_admin.post(path, {"useDeleteMarkers": False}) == 403
    assert tenant_admin.post(path, {"enabled": False, "useDeleteMarkers": True}) == 200
    assert tenant_admin.delete(path) == 200
    assert tenant_admin.read(path)["useDeleteMarkers"] is True


def test_versioning_needs_the_feature(basic_admin: Client) -> None:
    path = f"{BASIC}/versioningSettings"
    assert basic_admin.post(path, {"enabled": False}) == 200
    assert basic_admin.post(path, {"enabled": True}) == 403


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ({"enabled": True}, 400),
        ({"prune": True}, 400),
        ({"enabled": True, "prune": True}, 400),
        ({"enabled": True, "prune": True, "pruneDays": 0}, 200),
        ({"enabled": True, "prune": False}, 200),
        ({"enabled": False}, 200),
        ({"enabled": True, "pruneOnPrimary": True, "daysOnPrimary": 1}, 200),
    ],
)
def test_versioning_in_a_creation_is_complete(
    tenant_admin: Client, settings: dict[str, Any], status: int
) -> None:
    assert tenant_admin.put(N, {"name": "x", "versioningSettings": settings}) == status
    if status == 200:
        found = tenant_admin.read(f"{N}/x/versioningSettings")
        assert found["enabled"] is settings["enabled"]


OLD = [("cifs", "enabled"), ("nfs", "enabled"), ("smtp", "enabled"), ("http", "webdavEnabled")]


@pytest.mark.parametrize(("protocol", "name"), OLD)
def test_old_protocols_and_versioning_exclude_each_other(
    tenant_admin: Client, protocol: str, name: str
) -> None:
    path, versioning = f"{FILES}/protocols/{protocol}", f"{FILES}/versioningSettings"
    assert tenant_admin.post(path, {name: True}) == 200
    assert tenant_admin.post(versioning, {"enabled": True}) == 400
    assert tenant_admin.post(path, {name: False}) == 200
    assert tenant_admin.post(versioning, {"enabled": True}) == 200
    assert tenant_admin.post(path, {name: True}) == 400


@pytest.mark.parametrize(("protocol", "name"), OLD)
def test_old_protocols_are_not_for_the_cloud(
    tenant_admin: Client, protocol: str, name: str
) -> None:
    assert tenant_admin.post(f"{ONE}/protocols/{protocol}", {name: True}) == 400


def test_s3_needs_acls(tenant_admin: Client) -> None:
    assert tenant_admin.post(f"{FILES}/protocols/http", {"hs3Enabled": True}) == 400
    assert tenant_admin.post(FILES, {"aclsUsage": "NOT_ENFORCED"}) == 200
    assert tenant_admin.post(f"{FILES}/protocols/http", {"hs3Enabled": True}) == 200


def test_single_sign_on_needs_the_directory_and_a_port(
    tenant_admin: Client, basic_admin: Client
) -> None:
    path, name = f"{ONE}/protocols/http", "httpActiveDirectorySSOEnabled"
    assert tenant_admin.read(path)[name] is True
    assert tenant_admin.post(path, {"httpsEnabled": False}) == 200
    assert tenant_admin.read(path)[name] is False
    assert tenant_admin.post(path, {name: True}) == 400
    assert tenant_admin.post(path, {name: True, "httpEnabled": True}) == 200
    assert basic_admin.read(f"{BASIC}/protocols/http")[name] is False
    assert basic_admin.post(f"{BASIC}/protocols/http", {name: True}) == 400
    assert basic_admin.post(f"{BASIC}/protocols/http", {name: False}) == 200


def test_cifs_authentication_needs_the_directory(tenant_admin: Client, basic_admin: Client) -> None:
    for client, namespace, status in ((tenant_admin, FILES, 200), (basic_admin, BASIC, 400)):
        path = f"{namespace}/protocols/cifs"
        assert client.post(path, {"requiresAuthentication": False}) == 200
        assert client.post(path, {"requiresAuthentication": True}) == status


def test_webdav_user_and_password_come_and_go_together(tenant_admin: Client) -> None:
    path = f"{ONE}/protocols/http"
    user, password = "webdavBasicAuthUsername", "webdavBasicAuthPassword"
    assert tenant_admin.post(path, {user: "dav"}) == 400
    assert tenant_admin.post(path, {password: "Dav-Pass-1"}) == 400
    assert tenant_admin.post(path, {"webdavBasicAuthEnabled": True}) == 400
    assert tenant_admin.post(path, {user: "dav", password: "weak"}) == 400
    assert tenant_admin.post(path, {user: "[dav", password: "Dav-Pass-1"}) == 400
    both = {user: "dav", password: "Dav-Pass-1", "webdavBasicAuthEnabled": True}
    assert tenant_admin.post(path, both) == 200
    found = tenant_admin.read(path)
    assert (found[user], found[password], found["webdavBasicAuthEnabled"]) == ("dav", "", True)
    assert tenant_admin.post(path, {user: ""}) == 400
    assert tenant_admin.post(path, {password: ""}) == 400
    assert tenant_admin.post(path, {user: "other"}) == 200
    assert tenant_admin.post(path, {user: "", password: ""}) == 200
    assert tenant_admin.read(path)["webdavBasicAuthEnabled"] is False


@pytest.mark.parametrize(
    ("protocol", "change", "status"),
    [
        ("cifs", {"caseForcing": "upper"}, 200),
        ("cifs", {"caseForcing": "true"}, 400),
        ("cifs", {"ipSettings": {"allowIfInBothLists": True}}, 400),
        ("nfs", {"uid": 500, "gid": "500"}, 200),
        ("nfs", {"uid": -1}, 400),
        ("nfs", {"ipSettings": {"denyAddresses": {"ipAddress": []}}}, 400),
        ("smtp", {"emailFormat": ".mbox", "emailLocation": "/mail/"}, 200),
        ("smtp", {"emailFormat": "mbox"}, 400),
        ("smtp", {"emailLocation": "mail"}, 400),
        ("http", {"hswiftEnabled": True}, 400),
        ("http", {"ipSettings": {"denyAddresses": {"ipAddress": ["10.0.0.1, 10.0.0.2"]}}}, 200),
        ("http", {"ipSettings": {"denyAddresses": {"ipAddress": ["10.0.0.0/255.0.0.0"]}}}, 200),
        ("http", {"ipSettings": {"denyAddresses": {"ipAddress": ["2001:db8::/32"]}}}, 200),
        ("http", {"ipSettings": {"denyAddresses": {"ipAddress": ["10.0.0.300"]}}}, 400),
        ("http", {"ipSettings": {"denyAddresses": ["10.0.0.3"]}}, 400),
    ],
)
def test_properties_of_protocols(
    tenant_admin: Client, protocol: str, change: dict[str, Any], status: int
) -> None:
    assert tenant_admin.post(f"{FILES}/protocols/{protocol}", change) == status


def test_address_lists_replace_and_the_others_stay(tenant_admin: Client) -> None:
    path = f"{ONE}/protocols/http"
    change = {"ipSettings": {"allowAddresses": {"ipAddress": ["10.1.0.0/16"]}}}
    assert tenant_admin.post(path, change) == 200
    assert tenant_admin.read(path)["ipSettings"] == {
        "allowAddresses": {"ipAddress": ["10.1.0.0/16"]},
        "allowIfInBothLists": True,
        "denyAddresses": {"ipAddress": []},
    }


def test_collisions(tenant_admin: Client) -> None:
    path = f"{ONE}/replicationCollisionSettings"
    assert tenant_admin.post(path, {"deleteEnabled": True}) == 400
    assert tenant_admin.post(path, {"deleteDays": 3}) == 400
    assert tenant_admin.post(path, {"deleteEnabled": False, "deleteDays": 3}) == 400
    assert (
        tenant_admin.post(path, {"deleteEnabled": True, "deleteDays": 3, "action": "rename"}) == 200
    )
    assert tenant_admin.read(path) == {"action": "RENAME", "deleteDays": 3, "deleteEnabled": True}
    assert tenant_admin.post(path, {"deleteDays": 4}) == 200
    assert tenant_admin.post(path, {"deleteEnabled": False}) == 200
    assert tenant_admin.read(path) == {"action": "RENAME", "deleteEnabled": False}


GOOD_DEFAULTS = {
    "0": "0",
    "-1": "-1",
    "-2": "-2",
    "deletion prohibited": "-1",
    "A+7y": "A+7y",
    "A+2y+1d": "A+2y+1d",
    "A+20d-5h": "A+20d-5h",
    "A+1y+6M": "A+1y+6M",
    "A+0d": "A+0d",
    "A-1d": "A-1d",
    "C+keep-5y": "C+keep-5y",
    "1893452400": "1893452400",
    "2030-01-01T00:00:00+0100": "2030-01-01T00:00:00+0100",
    "2029-11-33T00:00:00+0000": "2029-12-03T00:00:00+0000",
}


@pytest.mark.parametrize(("value", "read"), GOOD_DEFAULTS.items())
def test_good_retention_defaults(tenant_admin: Client, value: str, read: str) -> None:
    path = f"{N}/mine/complianceSettings"
    assert tenant_admin.post(path, {"retentionDefault": value}) == 200
    assert tenant_admin.read(path)["retentionDefault"] == read


@pytest.mark.parametrize(
    "value",
    [
        "7y",
        "A7y",
        "A+7Y",
        "A+1d+2y",
        "A+10000d",
        "A+1.5y",
        "A+1y+1y",
        "A + 1y",
        "a+1y",
        "A",
        "",
        "-3",
        "C+",
        "C+absent",
        "C+five years",
        "2030-01-01",
        "2030-01-01T00:00:00+01:00",
        "2030-01-01T00:00:00",
        "2030-13-01T00:00:00+0000",
        0,
    ],
)
def test_bad_retention_defaults(tenant_admin: Client, value: object) -> None:
    assert tenant_admin.post(f"{N}/mine/complianceSettings", {"retentionDefault": value}) == 400


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("1y+0M+0d", "1y+0M+0d"),
        ("A+1y", "1y+0M+0d"),
        ("A+1y+2M+3d", "1y+2M+3d"),
        ("-1", None),
        ("C+Keep-5y", None),
        ("2030-01-01T00:00:00+0100", None),
        ("3h", None),
    ],
)
def test_minimum_retention(tenant_admin: Client, value: str, read: str | None) -> None:
    path, name = f"{N}/mine/complianceSettings", "minimumRetentionAfterInitialUnspecified"
    assert tenant_admin.post(path, {name: value}) == (200 if read else 400)
    assert tenant_admin.read(path)[name] == (read or "0y+0M+0d")


def test_compliance_mode_only_lengthens(mock: Mock, tenant_admin: Client) -> None:
    settings, classes = f"{N}/mine/complianceSettings", f"{N}/mine/retentionClasses"
    name = "minimumRetentionAfterInitialUnspecified"
    assert tenant_admin.post(settings, {name: "2y"}) == 200
    assert tenant_admin.post(settings, {name: "1y"}) == 200
    assert tenant_admin.post(f"{N}/mine", {"enterpriseMode": False}) == 200
    assert tenant_admin.post(settings, {name: "11M"}) == 403
    assert tenant_admin.post(settings, {name: "13M"}) == 200
    assert tenant_admin.post(f"{classes}/keep-5y", {"value": "A+4y"}) == 403
    assert tenant_admin.post(f"{classes}/keep-5y", {"value": "A+5y+1d"}) == 200
    assert tenant_admin.post(f"{classes}/keep-5y", {"value": "-2"}) == 403
    assert tenant_admin.post(f"{classes}/keep-5y", {"value": "0"}) == 403
    assert tenant_admin.post(f"{classes}/keep-5y", {"value": "-1"}) == 200
    assert tenant_admin.delete(f"{classes}/keep-5y") == 403


def test_retention_classes(tenant_admin: Client) -> None:
    path = f"{ONE}/retentionClasses"
    new = {"name": "Ten_years", "value": "A+10y"}
    assert tenant_admin.put(path, new) == 400
    assert tenant_admin.put(path, {**new, "name": "ten years", "allowDisposition": True}) == 400
    assert tenant_admin.put(path, {**new, "value": "C+x", "allowDisposition": True}) == 400
    assert tenant_admin.put(path, {**new, "allowDisposition": True}) == 200
    assert tenant_admin.put(path, {**new, "name": "TEN_YEARS", "allowDisposition": True}) == 409
    assert tenant_admin.put(path, {"name": "never", "value": "-1"}) == 200
    stored = {"description": "", "value": "A+10y", "allowDisposition": True}
    assert tenant_admin.read(f"{path}/ten_years") == stored
    assert tenant_admin.read(f"{path}/ten_years", verbose="true") == {**stored, "name": "Ten_years"}
    assert tenant_admin.post(f"{path}/ten_years", {"name": "Ten_years"}) == 403
    assert tenant_admin.post(f"{path}/never", {"value": "A+1d"}) == 400
    assert tenant_admin.post(f"{path}/never", {"value": "A+1d", "allowDisposition": False}) == 200
    assert sorted(tenant_admin.read(path)["name"]) == ["Ten_years", "never"]
    assert tenant_admin.head(f"{path}/TEN_YEARS") == 200
    assert tenant_admin.delete(f"{path}/ten_years") == 200
    assert tenant_admin.head(f"{path}/ten_years") == 302
