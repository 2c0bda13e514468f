"""Namespaces: create, modify, delete, and dependencies between settings."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client, Mock

T = "/tenants/finance"
ALL = f"{T}/namespaces"
ONE = f"{ALL}/cloud"
FILES = f"{ALL}/files"
BASIC = "/tenants/basic/namespaces"


def test_a_new_namespace_has_defaults(basic_admin: Client) -> None:
    assert basic_admin.put(BASIC, {"name": "New-1"}) == 200
    document = basic_admin.read(f"{BASIC}/new-1", verbose="true")
    for name in ("id", "creationTime"):
        assert document.pop(name)
    assert document == {
        "aclsUsage": "NOT_ENABLED",
        "authUsersAlwaysGrantedAllPermissions": True,
        "allowPermissionAndOwnershipChanges": False,
        "appendEnabled": False,
        "atimeSynchronizationEnabled": False,
        "authMinimumPermissions": {"permission": []},
        "customMetadataIndexingEnabled": False,
        "customMetadataValidationEnabled": False,
        "description": "",
        "directoryUsage": "Unbalanced",
        "dpl": "Dynamic",
        "enterpriseMode": True,
        "fullyQualifiedName": "new-1.basic.hcp.example.com",
        "hardQuota": "50.00 GB",
        "hashScheme": "SHA-256",
        "indexingDefault": True,
        "indexingEnabled": False,
        "isDplDynamic": True,
        "multipartUploadAutoAbortDays": 30,
        "name": "New-1",
        "optimizedFor": "CLOUD",
        "owner": "",
        "ownerType": "",
        "replicationEnabled": False,
        "retentionType": "HCP",
        "searchEnabled": False,
        "serviceRemoteSystemRequests": True,
        "softQuota": 85,
        "s3UnversionedOverwrite": False,
        "tags": {"tag": []},
        "authAndAnonymousMinimumPermissions": {"permission": []},
    }


def test_parts_of_a_new_namespace(basic_admin: Client) -> None:
    one = f"{BASIC}/one"
    assert basic_admin.read(f"{one}/versioningSettings") == {
        "enabled": False,
        "keepDeletionRecords": True,
        "prune": False,
        "pruneDays": 0,
        "useDeleteMarkers": False,
    }
    assert basic_admin.read(f"{one}/complianceSettings") == {
        "customMetadataChanges": "ADD",
        "retentionDefault": "0",
        "minimumRetentionAfterInitialUnspecified": "0y+0M+0d",
        "dispositionEnabled": False,
        "shreddingDefault": False,
    }
    assert basic_admin.read(f"{one}/replicationCollisionSettings") == {
        "action": "MOVE",
        "deleteEnabled": False,
    }
    assert len(basic_admin.read(f"{one}/permissions")["permission"]) == 6
    http = basic_admin.read(f"{one}/protocols/http")
    on = {name for name, value in http.items() if value is True}
    assert on == {
        "hs3RequiresAuthentication",
        "httpsEnabled",
        "restEnabled",
        "restRequiresAuthentication",
    }


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"name": "CLOUD"}, 409),
        ({"name": "-a"}, 400),
        ({"name": "a_b"}, 400),
        ({"name": "XN--a"}, 400),
        ({"name": "x" * 63}, 200),
        ({"name": "x" * 64}, 400),
        ({"name": "x", "softQuota": 9}, 400),
        ({"name": "x", "softQuota": 95}, 200),
        ({"name": "x", "hardQuota": "2 TB"}, 400),
        ({"name": "x", "multipartUploadAutoAbortDays": 181}, 400),
        ({"name": "x", "hashScheme": "sha-256"}, 400),
        ({"name": "x", "hashScheme": "RIPEMD-160"}, 200),
        ({"name": "x", "tags": {"tag": ["a,b"]}}, 400),
        ({"name": "x", "owner": "nobody"}, 400),
        ({"name": "x", "owner": "BOSS"}, 200),
        ({"name": "x", "ownerType": "LOCAL"}, 400),
        ({"name": "x", "owner": "kim@ad.example.com"}, 400),
        ({"name": "x", "owner": "kim@ad.example.com", "ownerType": "external"}, 200),
        ({"name": "x", "owner": "boss", "ownerType": "EXTERNAL"}, 400),
        ({"name": "x", "indexingEnabled": True}, 400),
        ({"name": "x", "searchEnabled": True, "customMetadataIndexingEnabled": True}, 200),
        ({"name": "x", "searchEnabled": True, "indexingEnabled": False}, 200),
        ({"name": "x", "readFromReplica": True}, 403),
        ({"name": "x", "allowErasureCoding": True, "optimizedFor": "ALL"}, 400),
        ({"name": "x", "servicePlan": "None"}, 400),
        ({"name": "x", "aclsUsage": "ENABLED"}, 400),
        ({"name": "x", "retentionType": "s3"}, 400),
        ({"name": "x", "retentionType": "S3", "optimizedFor": "ALL"}, 400),
        ({"name": "x", "creationTime": "now"}, 403),
        ({"name": "x", "id": "1"}, 403),
        ({"name": "x", "nameIDNA": "1"}, 400),
    ],
)
def test_properties_of_a_creation(tenant_admin: Client, body: dict[str, Any], status: int) -> None:
    answer = tenant_admin.call("PUT", ALL, body)
    assert answer.status_code == status, answer.headers.get("X-HCP-ErrorMessage")


@pytest.mark.parametrize(
    "change",
    [
        {"servicePlan": "Default"},
        {"allowErasureCoding": False},
        {"replicationEnabled": True},
        {"readFromReplica": False},
        {"searchEnabled": True},
        {"enterpriseMode": False},
        {"retentionType": "S3"},
        {"versioningSettings": {"enabled": True, "prune": False}},
    ],
)
def test_what_the_tenant_does_not_have_is_refused(
    basic_admin: Client, change: dict[str, Any]
) -> None:
    assert basic_admin.put(BASIC, {"name": "x", **change}) == 403
    if "versioningSettings" not in change:
        assert basic_admin.post(f"{BASIC}/one", change) == 403


def test_what_the_tenant_does_not_have_may_be_left_off(basic_admin: Client) -> None:
    body = {
        "name": "x",
        "searchEnabled": False,
        "replicationEnabled": False,
        "enterpriseMode": True,
        "versioningSettings": {"enabled": False},
    }
    assert basic_admin.put(BASIC, body) == 200


def test_conditional_properties_come_with_their_feature(mock: Mock, tenant_admin: Client) -> None:
    assert "servicePlan" in tenant_admin.read(ONE)
    for name in ("readFromReplica", "allowErasureCoding"):
        assert name not in tenant_admin.read(ONE)
    assert tenant_admin.post(ONE, {"replicationEnabled": True, "readFromReplica": True}) == 200
    for name in ("readFromReplica", "allowErasureCoding"):
        assert name in tenant_admin.read(ONE)
    mock.seed(system={"replicationSupported": False})
    for name in ("readFromReplica", "allowErasureCoding", "replicationEnabled"):
        assert name not in tenant_admin.read(ONE)
    assert tenant_admin.post(ONE, {"replicationEnabled": False}) == 403


def test_reading_from_replicas_follows_replication(tenant_admin: Client) -> None:
    assert tenant_admin.put(ALL, {"name": "x", "replicationEnabled": True}) == 200
    assert tenant_admin.read(f"{ALL}/x")["readFromReplica"] is True
    assert tenant_admin.post(f"{ALL}/x", {"replicationEnabled": False}) == 200
    assert tenant_admin.post(f"{ALL}/x", {"replicationEnabled": True}) == 200
    assert tenant_admin.read(f"{ALL}/x")["readFromReplica"] is False


DEFAULTS: dict[str, Any] = {
    "description": "by default",
    "directoryUsage": "Balanced",
    "enterpriseMode": False,
    "hardQuota": "5.5 GB",
    "hashScheme": "SHA-512",
    "multipartUploadAutoAbortDays": 3,
    "optimizedFor": "ALL",
    "replicationEnabled": True,
    "s3UnversionedOverwrite": True,
    "searchEnabled": True,
    "servicePlan": "Gold",
    "softQuota": 20,
}


def test_defaults_take_effect(tenant_admin: Client) -> None:
    path = f"{T}/namespaceDefaults"
    assert tenant_admin.post(path, DEFAULTS) == 200
    versioning = {"enabled": True, "prune": True, "pruneDays": 5}
    assert tenant_admin.post(path, {"versioningSettings": versioning}) == 200
    assert tenant_admin.put(ALL, {"name": "x"}) == 200
    document = tenant_admin.read(f"{ALL}/x", verbose="true")
    assert {name: document[name] for name in DEFAULTS} == {**DEFAULTS, "hardQuota": "5.50 GB"}
    # Indexing is enabled by default only if the request itself enables search.
    assert document["indexingEnabled"] is False
    found = tenant_admin.read(f"{ALL}/x/versioningSettings")
    assert {name: found[name] for name in versioning} == versioning
    assert tenant_admin.put(ALL, {"name": "y", "description": "own", "softQuota": 30}) == 200
    document = tenant_admin.read(f"{ALL}/y")
    assert (document["description"], document["softQuota"]) == ("own", 30)


def test_defaults_show_what_the_tenant_has(tenant_admin: Client, basic_admin: Client) -> None:
    conditional = {
        "allowErasureCoding",
        "enterpriseMode",
        "replicationEnabled",
        "searchEnabled",
        "servicePlan",
        "versioningSettings",
    }
    always = {
        "description",
        "directoryUsage",
        "dpl",
        "hardQuota",
        "hashScheme",
        "multipartUploadAutoAbortDays",
        "optimizedFor",
        "retentionType",
        "s3UnversionedOverwrite",
        "softQuota",
    }
    assert set(tenant_admin.read(f"{T}/namespaceDefaults")) == always | conditional
    path = "/tenants/basic/namespaceDefaults"
    assert set(basic_admin.read(path)) == always
    assert set(basic_admin.read(path, verbose="true")) == always | {"effectiveDpl"}
    for name in conditional:
        value = {"enabled": False} if name == "versioningSettings" else "Default"
        assert basic_admin.post(path, {name: value}) == 403


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"hardQuota": "1.01 TB"}, 400),
        ({"softQuota": 96}, 400),
        ({"servicePlan": "none"}, 400),
        ({"effectiveDpl": "x"}, 403),
        ({"dpl": "x"}, 200),
        ({"allowErasureCoding": True}, 400),
        ({"allowErasureCoding": True, "optimizedFor": "CLOUD"}, 200),
        ({"versioningSettings": {"prune": True}}, 400),
        ({"versioningSettings": {"enabled": True}}, 400),
        ({"versioningSettings": {"enabled": True, "prune": True}}, 400),
        ({"versioningSettings": {"enabled": True, "prune": False}}, 200),
        ({"versioningSettings": {"enabled": False, "keepDeletionRecords": True}}, 403),
        ({"versioningSettings": {"enabled": False, "nonsense": True}}, 400),
    ],
)
def test_properties_of_defaults(tenant_admin: Client, change: dict[str, Any], status: int) -> None:
    assert tenant_admin.post(f"{T}/namespaceDefaults", change) == status


def test_object_lock_by_default(tenant_admin: Client) -> None:
    assert tenant_admin.post(f"{T}/namespaceDefaults", {"retentionType": "S3"}) == 200
    defaults = tenant_admin.read(f"{T}/namespaceDefaults")
    assert defaults["optimizedFor"] == "CLOUD"
    assert defaults["versioningSettings"]["enabled"] is True
    assert tenant_admin.put(ALL, {"name": "x"}) == 200
    assert tenant_admin.read(f"{ALL}/x")["retentionType"] == "S3"
    assert tenant_admin.read(f"{ALL}/x/versioningSettings")["useDeleteMarkers"] is True


def test_quotas_add_up_to_that_of_the_tenant(basic_admin: Client) -> None:
    assert basic_admin.put(BASIC, {"name": "x", "hardQuota": "90.01 GB"}) == 400
    assert basic_admin.put(BASIC, {"name": "x", "hardQuota": "90 GB"}) == 200
    assert basic_admin.put(BASIC, {"name": "y", "hardQuota": "1 GB"}) == 400
    assert basic_admin.post(f"{BASIC}/one", {"hardQuota": "10.01 GB"}) == 400
    assert basic_admin.post(f"{BASIC}/one", {"hardQuota": "2048 MB"}) == 200
    assert basic_admin.read(f"{BASIC}/one")["hardQuota"] == "2048.00 MB"
    assert basic_admin.put(BASIC, {"name": "y", "hardQuota": "8 GB"}) == 200


def test_quotas_count_after_renames_deletions_and_seeds(mock: Mock, basic_admin: Client) -> None:
    def room() -> bool:
        """Return whether exactly 40 GB of quota remain."""
        over = basic_admin.put(BASIC, {"name": "probe", "hardQuota": "40.01 GB"})
        fits = basic_admin.put(BASIC, {"name": "probe", "hardQuota": "40 GB"})
        assert basic_admin.delete(f"{BASIC}/probe") == 200
        return (over, fits) == (400, 200)

    mock.seed_tenant("basic", namespaces=[{"name": "two", "hardQuota": "50 GB"}])
    assert room()
    assert basic_admin.post(f"{BASIC}/two", {"name": "three"}) == 200
    assert room()
    assert basic_admin.delete(f"{BASIC}/three") == 200
    mock.seed_tenant("basic", namespaces=[{"name": "one", "hardQuota": "60 GB"}])
    assert room()


def test_the_namespace_quota_caps_their_number(mock: Mock, basic_admin: Client) -> None:
    mock.seed_tenant("basic", namespaceQuota="2")
    assert basic_admin.put(BASIC, {"name": "x", "hardQuota": "1 GB"}) == 200
    assert basic_admin.put(BASIC, {"name": "y", "hardQuota": "1 GB"}) == 403


def test_one_way_properties(tenant_admin: Client) -> None:
    assert tenant_admin.post(FILES, {"aclsUsage": "NOT_ENFORCED"}) == 200
    assert tenant_admin.post(FILES, {"aclsUsage": "ENFORCED"}) == 200
    assert tenant_admin.post(FILES, {"aclsUsage": "NOT_ENABLED"}) == 403
    assert tenant_admin.post(FILES, {"enterpriseMode": False}) == 200
    assert tenant_admin.post(FILES, {"enterpriseMode": True}) == 403
    assert tenant_admin.post(FILES, {"hashScheme": "SHA-256"}) == 403
    assert tenant_admin.post(FILES, {"versioningSettings": {"enabled": False}}) == 403
    assert tenant_admin.post(FILES, {"directoryUsage": "Balanced"}) == 403
    assert tenant_admin.post(FILES, {"directoryUsage": "UNBALANCED"}) == 200


def test_object_lock_implies_versioning_and_cannot_be_disabled(tenant_admin: Client) -> None:
    assert tenant_admin.post(FILES, {"retentionType": "S3"}) == 200
    assert tenant_admin.read(FILES)["optimizedFor"] == "CLOUD"
    versioning = tenant_admin.read(f"{FILES}/versioningSettings")
    assert (versioning["enabled"], versioning["useDeleteMarkers"]) == (True, True)
    assert tenant_admin.post(FILES, {"retentionType": "HCP"}) == 403
    assert tenant_admin.post(FILES, {"optimizedFor": "ALL"}) == 400
    assert tenant_admin.post(f"{FILES}/versioningSettings", {"enabled": False}) == 403
    assert tenant_admin.post(f"{FILES}/versioningSettings", {"useDeleteMarkers": False}) == 403
    assert tenant_admin.delete(f"{FILES}/versioningSettings") == 403


def test_the_chain_of_search_settings(tenant_admin: Client) -> None:
    assert tenant_admin.post(ONE, {"indexingEnabled": True}) == 400
    assert tenant_admin.post(ONE, {"searchEnabled": True}) == 200
    assert tenant_admin.post(ONE, {"customMetadataIndexingEnabled": True}) == 400
    assert (
        tenant_admin.post(ONE, {"indexingEnabled": True, "customMetadataIndexingEnabled": True})
        == 200
    )
    assert tenant_admin.post(ONE, {"searchEnabled": False, "indexingEnabled": True}) == 400
    assert tenant_admin.post(ONE, {"indexingEnabled": False}) == 200
    assert tenant_admin.read(ONE)["customMetadataIndexingEnabled"] is False
    assert tenant_admin.post(ONE, {"indexingEnabled": True}) == 200
    assert tenant_admin.post(ONE, {"searchEnabled": False}) == 200
    assert tenant_admin.read(ONE)["indexingEnabled"] is False


def test_disabling_search_clears_dependent_settings(tenant_admin: Client) -> None:
    path = f"{ONE}/customMetadataIndexingSettings"
    on = {"searchEnabled": True, "indexingEnabled": True, "customMetadataIndexingEnabled": True}
    settings = {
        "contentClasses": {"name": ["Scans"]},
        "excludedAnnotations": "a*, b",
        "fullIndexingEnabled": True,
    }
    assert tenant_admin.post(ONE, on) == 200
    assert tenant_admin.post(path, settings) == 200
    assert tenant_admin.post(ONE, {"customMetadataIndexingEnabled": False}) == 200
    half = {**settings, "excludedAnnotations": "", "fullIndexingEnabled": False}
    assert tenant_admin.read(path) == half
    assert tenant_admin.post(ONE, {"searchEnabled": False}) == 200
    assert tenant_admin.get(path).status_code == 403
    assert tenant_admin.post(ONE, {"searchEnabled": True}) == 200
    assert tenant_admin.read(path)["contentClasses"] == {"name": []}


def test_indexing_settings_are_checked(tenant_admin: Client) -> None:
    path = f"{ONE}/customMetadataIndexingSettings"
    assert tenant_admin.post(path, {}) == 403
    assert tenant_admin.post(ONE, {"searchEnabled": True}) == 200
    assert tenant_admin.post(path, {"contentClasses": {"name": ["scans"]}}) == 400
    assert tenant_admin.post(path, {"contentClasses": {"name": ["Scans"]}}) == 200
    assert tenant_admin.post(path, {"fullIndexingEnabled": True}) == 400
    assert tenant_admin.post(path, {"excludedAnnotations": "x"}) == 400
    assert tenant_admin.post(path, {"excludedAnnotations": ""}) == 200


def test_minimum_permissions_include_implied_ones(tenant_admin: Client) -> None:
    body = {"authMinimumPermissions": {"permission": ["purge", "READ"]}}
    assert tenant_admin.post(ONE, body) == 200
    found = tenant_admin.read(ONE)["authMinimumPermissions"]["permission"]
    assert sorted(found) == ["BROWSE", "DELETE", "PURGE", "READ"]
    body = {"authMinimumPermissions": {"permission": ["SEARCH"]}}
    assert tenant_admin.post(ONE, body) == 400
    assert tenant_admin.post(ONE, {"authMinimumPermissions": {"permission": []}}) == 200
    assert tenant_admin.read(ONE)["authMinimumPermissions"] == {"permission": []}


def test_the_owner_gets_data_permissions(tenant_admin: Client) -> None:
    path = f"{T}/userAccounts/none/dataAccessPermissions"
    assert tenant_admin.post(ONE, {"owner": "NONE"}) == 200
    document = tenant_admin.read(ONE)
    assert (document["owner"], document["ownerType"]) == ("none", "LOCAL")
    (held,) = tenant_admin.read(path)["namespacePermission"]
    assert held["namespaceName"] == "cloud"
    assert set(held["permissions"]["permission"]) == {
        "BROWSE",
        "READ",
        "WRITE",
        "READ_ACL",
        "WRITE_ACL",
    }
    assert tenant_admin.post(ONE, {"owner": ""}) == 200
    assert tenant_admin.read(ONE)["ownerType"] == ""
    assert tenant_admin.post(ONE, {"ownerType": "LOCAL"}) == 400


def test_users_own_no_more_than_allowed(tenant_admin: Client) -> None:
    assert tenant_admin.post(T, {"maxNamespacesPerUser": 1}) == 200
    assert tenant_admin.post(ONE, {"owner": "n"}) == 403
    assert tenant_admin.put(ALL, {"name": "x", "owner": "n"}) == 403
    assert tenant_admin.post(ONE, {"owner": "none"}) == 200
    assert tenant_admin.post(f"{ALL}/mine", {"owner": "n", "description": "x"}) == 200


def test_appending_and_versioning_exclude_each_other(tenant_admin: Client) -> None:
    assert tenant_admin.post(ONE, {"appendEnabled": True}) == 200
    assert tenant_admin.post(f"{ONE}/versioningSettings", {"enabled": True}) == 400
    assert tenant_admin.post(ONE, {"appendEnabled": False}) == 200
    assert tenant_admin.post(f"{ONE}/versioningSettings", {"enabled": True}) == 200
    assert tenant_admin.post(ONE, {"appendEnabled": True}) == 400
    body = {
        "name": "x",
        "appendEnabled": True,
        "versioningSettings": {"enabled": True, "prune": False},
    }
    assert tenant_admin.put(ALL, body) == 400


def test_optimisation_and_erasure_coding(tenant_admin: Client) -> None:
    assert tenant_admin.post(ONE, {"allowErasureCoding": True}) == 200
    assert tenant_admin.post(ONE, {"optimizedFor": "ALL"}) == 400
    assert tenant_admin.post(ONE, {"optimizedFor": "ALL", "allowErasureCoding": False}) == 200
    assert tenant_admin.post(ONE, {"allowErasureCoding": True}) == 400
    assert tenant_admin.post(ONE, {"allowErasureCoding": True, "optimizedFor": "CLOUD"}) == 200


def test_optimising_for_the_cloud_needs_the_old_protocols_off(tenant_admin: Client) -> None:
    assert tenant_admin.post(f"{FILES}/protocols/nfs", {"enabled": True}) == 200
    assert tenant_admin.post(FILES, {"optimizedFor": "CLOUD"}) == 400
    assert tenant_admin.post(f"{FILES}/protocols/nfs", {"enabled": False}) == 200
    assert tenant_admin.post(FILES, {"optimizedFor": "CLOUD"}) == 200


def test_renaming(tenant_admin: Client) -> None:
    assert tenant_admin.post(ONE, {"name": "FILES"}) == 400
    assert tenant_admin.post(ONE, {"name": "Sky"}) == 200
    assert tenant_admin.get(ONE).status_code == 404
    document = tenant_admin.read(f"{ALL}/sky", verbose="true")
    assert document["name"] == "Sky"
    assert document["fullyQualifiedName"] == "sky.finance.hcp.example.com"


@pytest.mark.parametrize(
    ("protocol", "name"), [("http", "hs3Enabled"), ("cifs", "enabled"), ("nfs", "enabled")]
)
def test_renaming_needs_some_protocols_off(tenant_admin: Client, protocol: str, name: str) -> None:
    path = f"{FILES}/protocols/{protocol}"
    assert tenant_admin.post(FILES, {"aclsUsage": "ENFORCED"}) == 200
    assert tenant_admin.post(path, {name: True}) == 200
    assert tenant_admin.post(FILES, {"name": "papers"}) == 403
    assert tenant_admin.post(FILES, {"name": "files"}) == 200
    assert tenant_admin.post(path, {name: False}) == 200
    assert tenant_admin.post(FILES, {"name": "papers"}) == 200


def test_a_namespace_with_objects_stays(mock: Mock, tenant_admin: Client) -> None:
    assert tenant_admin.delete(f"{ALL}/full") == 403
    mock.seed_namespace("full", objects=0)
    assert tenant_admin.delete(f"{ALL}/full") == 200
    assert tenant_admin.delete(f"{ALL}/full") == 404
    assert tenant_admin.put(ALL, {"name": "FULL"}) == 200


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("0", 200),
        ("02/28/2025", 200),
        ("2/8/2025", 400),
        ("02/30/2025", 400),
        ("2025-02-28", 400),
        ("13/01/2025", 400),
        ("", 400),
    ],
)
def test_resetting_the_index(tenant_admin: Client, value: str, status: int) -> None:
    assert tenant_admin.post(f"{ALL}/mine", {}, resetMQECheckpoint=value) == status
    assert tenant_admin.post(ONE, {}, resetMQECheckpoint="0") == 403


def test_a_refused_reset_of_the_index_changes_nothing(tenant_admin: Client) -> None:
    path, change = f"{ALL}/mine", {"description": "new"}
    before = tenant_admin.read(path, verbose="true")
    assert tenant_admin.post(path, change, resetMQECheckpoint="yesterday") == 400
    assert (
        tenant_admin.post(path, {**change, "searchEnabled": False}, resetMQECheckpoint="0") == 403
    )
    assert tenant_admin.read(path, verbose="true") == before
    assert tenant_admin.post(path, change, resetMQECheckpoint="02/28/2025") == 200
    after = tenant_admin.read(path, verbose="true")
    assert after["description"] == "new"
    assert after["mqeIndexingTimestamp"] == "2025-02-28T00:00:00+0000"


def test_a_refused_change_changes_nothing(tenant_admin: Client) -> None:
    before = tenant_admin.read(ONE, verbose="true")
    bad = {"description": "new", "tags": {"tag": ["x"]}, "indexingEnabled": True}
    assert tenant_admin.post(ONE, bad) == 400
    assert tenant_admin.post(ONE, {"retentionType": "S3", "name": "files"}) == 400
    assert tenant_admin.read(ONE, verbose="true") == before
    assert tenant_admin.read(f"{ONE}/versioningSettings")["enabled"] is False


def test_lists_of_namespaces(tenant_admin: Client) -> None:
    names = ["cloud", "files", "full", "mine"]
    assert tenant_admin.read(ALL) == {"name": names}
    assert tenant_admin.read(ALL, verbose="true") == {"name": names}
    by_quota = tenant_admin.read(ALL, sortType="hardQuota", sortOrder="descending")
    assert by_quota == {"name": ["full", "files", "mine", "cloud"]}
    assert tenant_admin.read(ALL, offset="1", count="2") == {"name": ["files", "full"]}
    assert tenant_admin.read(ALL, offset="4") == {"name": []}
    assert tenant_admin.read(ALL, count="99") == {"name": names}
    assert tenant_admin.read(ALL, filterString="F") == {"name": ["files", "full"]}
    assert tenant_admin.read(ALL, filterType="tag", filterString="LAB") == {"name": ["cloud"]}
    assert tenant_admin.read(ALL, filterType="tag") == {"name": names}
    for query in ({"sortType": "quota"}, {"filterType": "owner"}, {"offset": "x"}):
        assert tenant_admin.get(ALL, **query).status_code == 400


def test_tags_ignore_case(tenant_admin: Client) -> None:
    assert tenant_admin.post(ONE, {"tags": {"tag": ["Lab", "LAB", "new one"]}}) == 200
    assert tenant_admin.read(ONE)["tags"] == {"tag": ["Lab", "new one"]}
