"""Namespaces: creating, modifying, deleting, and which settings depend on which."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client, Mock

T = "/tenants/finance"
ALL = f"{T}/namespaces"
ONE = f"{ALL}/cloud"
FILES = f"{ALL}/files"
BARE = "/tenants/bare/namespaces"


def test_a_new_namespace_has_defaults(plain: Client) -> None:
    assert plain.put(BARE, {"name": "New-1"}) == 200
    document = plain.read(f"{BARE}/new-1", verbose="true")
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
        "fullyQualifiedName": "new-1.bare.hcp.example.com",
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


def test_parts_of_a_new_namespace(plain: Client) -> None:
    one = f"{BARE}/one"
    assert plain.read(f"{one}/versioningSettings") == {
        "enabled": False,
        "keepDeletionRecords": True,
        "prune": False,
        "pruneDays": 0,
        "useDeleteMarkers": False,
    }
    assert plain.read(f"{one}/complianceSettings") == {
        "customMetadataChanges": "ADD",
        "retentionDefault": "0",
        "minimumRetentionAfterInitialUnspecified": "0y+0M+0d",
        "dispositionEnabled": False,
        "shreddingDefault": False,
    }
    assert plain.read(f"{one}/replicationCollisionSettings") == {
        "action": "MOVE",
        "deleteEnabled": False,
    }
    assert len(plain.read(f"{one}/permissions")["permission"]) == 6
    http = plain.read(f"{one}/protocols/http")
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
def test_properties_of_a_creation(boss: Client, body: dict[str, Any], status: int) -> None:
    answer = boss.call("PUT", ALL, body)
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
def test_what_the_tenant_does_not_have_is_refused(plain: Client, change: dict[str, Any]) -> None:
    assert plain.put(BARE, {"name": "x", **change}) == 403
    if "versioningSettings" not in change:
        assert plain.post(f"{BARE}/one", change) == 403


def test_what_the_tenant_does_not_have_may_be_left_off(plain: Client) -> None:
    body = {
        "name": "x",
        "searchEnabled": False,
        "replicationEnabled": False,
        "enterpriseMode": True,
        "versioningSettings": {"enabled": False},
    }
    assert plain.put(BARE, body) == 200


def test_conditional_properties_come_with_their_feature(mock: Mock, boss: Client) -> None:
    assert "servicePlan" in boss.read(ONE)
    for name in ("readFromReplica", "allowErasureCoding"):
        assert name not in boss.read(ONE)
    assert boss.post(ONE, {"replicationEnabled": True, "readFromReplica": True}) == 200
    for name in ("readFromReplica", "allowErasureCoding"):
        assert name in boss.read(ONE)
    mock.seed(system={"replicationSupported": False})
    for name in ("readFromReplica", "allowErasureCoding", "replicationEnabled"):
        assert name not in boss.read(ONE)
    assert boss.post(ONE, {"replicationEnabled": False}) == 403


def test_reading_from_replicas_follows_replication(boss: Client) -> None:
    assert boss.put(ALL, {"name": "x", "replicationEnabled": True}) == 200
    assert boss.read(f"{ALL}/x")["readFromReplica"] is True
    assert boss.post(f"{ALL}/x", {"replicationEnabled": False}) == 200
    assert boss.post(f"{ALL}/x", {"replicationEnabled": True}) == 200
    assert boss.read(f"{ALL}/x")["readFromReplica"] is False


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


def test_defaults_take_effect(boss: Client) -> None:
    path = f"{T}/namespaceDefaults"
    assert boss.post(path, DEFAULTS) == 200
    versioning = {"enabled": True, "prune": True, "pruneDays": 5}
    assert boss.post(path, {"versioningSettings": versioning}) == 200
    assert boss.put(ALL, {"name": "x"}) == 200
    document = boss.read(f"{ALL}/x", verbose="true")
    assert {name: document[name] for name in DEFAULTS} == {**DEFAULTS, "hardQuota": "5.50 GB"}
    # Indexing is on by default only if the request itself asks for search.
    assert document["indexingEnabled"] is False
    found = boss.read(f"{ALL}/x/versioningSettings")
    assert {name: found[name] for name in versioning} == versioning
    assert boss.put(ALL, {"name": "y", "description": "own", "softQuota": 30}) == 200
    document = boss.read(f"{ALL}/y")
    assert (document["description"], document["softQuota"]) == ("own", 30)


def test_defaults_show_what_the_tenant_has(boss: Client, plain: Client) -> None:
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
    assert set(boss.read(f"{T}/namespaceDefaults")) == always | conditional
    path = "/tenants/bare/namespaceDefaults"
    assert set(plain.read(path)) == always
    assert set(plain.read(path, verbose="true")) == always | {"effectiveDpl"}
    for name in conditional:
        value = {"enabled": False} if name == "versioningSettings" else "Default"
        assert plain.post(path, {name: value}) == 403


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
def test_properties_of_defaults(boss: Client, change: dict[str, Any], status: int) -> None:
    assert boss.post(f"{T}/namespaceDefaults", change) == status


def test_object_lock_by_default(boss: Client) -> None:
    assert boss.post(f"{T}/namespaceDefaults", {"retentionType": "S3"}) == 200
    defaults = boss.read(f"{T}/namespaceDefaults")
    assert defaults["optimizedFor"] == "CLOUD"
    assert defaults["versioningSettings"]["enabled"] is True
    assert boss.put(ALL, {"name": "x"}) == 200
    assert boss.read(f"{ALL}/x")["retentionType"] == "S3"
    assert boss.read(f"{ALL}/x/versioningSettings")["useDeleteMarkers"] is True


def test_quotas_add_up_to_that_of_the_tenant(plain: Client) -> None:
    assert plain.put(BARE, {"name": "x", "hardQuota": "90.01 GB"}) == 400
    assert plain.put(BARE, {"name": "x", "hardQuota": "90 GB"}) == 200
    assert plain.put(BARE, {"name": "y", "hardQuota": "1 GB"}) == 400
    assert plain.post(f"{BARE}/one", {"hardQuota": "10.01 GB"}) == 400
    assert plain.post(f"{BARE}/one", {"hardQuota": "2048 MB"}) == 200
    assert plain.read(f"{BARE}/one")["hardQuota"] == "2048.00 MB"
    assert plain.put(BARE, {"name": "y", "hardQuota": "8 GB"}) == 200


def test_quotas_count_after_renames_deletions_and_seeds(mock: Mock, plain: Client) -> None:
    def room() -> bool:
        """Whether there is room for exactly 40 GB more."""
        over = plain.put(BARE, {"name": "probe", "hardQuota": "40.01 GB"})
        fits = plain.put(BARE, {"name": "probe", "hardQuota": "40 GB"})
        assert plain.delete(f"{BARE}/probe") == 200
        return (over, fits) == (400, 200)

    mock.seed_tenant("bare", namespaces=[{"name": "two", "hardQuota": "50 GB"}])
    assert room()
    assert plain.post(f"{BARE}/two", {"name": "three"}) == 200
    assert room()
    assert plain.delete(f"{BARE}/three") == 200
    mock.seed_tenant("bare", namespaces=[{"name": "one", "hardQuota": "60 GB"}])
    assert room()


def test_the_namespace_quota_caps_their_number(mock: Mock, plain: Client) -> None:
    mock.seed_tenant("bare", namespaceQuota="2")
    assert plain.put(BARE, {"name": "x", "hardQuota": "1 GB"}) == 200
    assert plain.put(BARE, {"name": "y", "hardQuota": "1 GB"}) == 403


def test_one_way_properties(boss: Client) -> None:
    assert boss.post(FILES, {"aclsUsage": "NOT_ENFORCED"}) == 200
    assert boss.post(FILES, {"aclsUsage": "ENFORCED"}) == 200
    assert boss.post(FILES, {"aclsUsage": "NOT_ENABLED"}) == 403
    assert boss.post(FILES, {"enterpriseMode": False}) == 200
    assert boss.post(FILES, {"enterpriseMode": True}) == 403
    assert boss.post(FILES, {"hashScheme": "SHA-256"}) == 403
    assert boss.post(FILES, {"versioningSettings": {"enabled": False}}) == 403
    assert boss.post(FILES, {"directoryUsage": "Balanced"}) == 403
    assert boss.post(FILES, {"directoryUsage": "UNBALANCED"}) == 200


def test_object_lock_brings_versioning_and_stays(boss: Client) -> None:
    assert boss.post(FILES, {"retentionType": "S3"}) == 200
    assert boss.read(FILES)["optimizedFor"] == "CLOUD"
    versioning = boss.read(f"{FILES}/versioningSettings")
    assert (versioning["enabled"], versioning["useDeleteMarkers"]) == (True, True)
    assert boss.post(FILES, {"retentionType": "HCP"}) == 403
    assert boss.post(FILES, {"optimizedFor": "ALL"}) == 400
    assert boss.post(f"{FILES}/versioningSettings", {"enabled": False}) == 403
    assert boss.post(f"{FILES}/versioningSettings", {"useDeleteMarkers": False}) == 403
    assert boss.delete(f"{FILES}/versioningSettings") == 403


def test_the_chain_of_search_settings(boss: Client) -> None:
    assert boss.post(ONE, {"indexingEnabled": True}) == 400
    assert boss.post(ONE, {"searchEnabled": True}) == 200
    assert boss.post(ONE, {"customMetadataIndexingEnabled": True}) == 400
    assert boss.post(ONE, {"indexingEnabled": True, "customMetadataIndexingEnabled": True}) == 200
    assert boss.post(ONE, {"searchEnabled": False, "indexingEnabled": True}) == 400
    assert boss.post(ONE, {"indexingEnabled": False}) == 200
    assert boss.read(ONE)["customMetadataIndexingEnabled"] is False
    assert boss.post(ONE, {"indexingEnabled": True}) == 200
    assert boss.post(ONE, {"searchEnabled": False}) == 200
    assert boss.read(ONE)["indexingEnabled"] is False


def test_switching_search_off_clears_what_hangs_on_it(boss: Client) -> None:
    path = f"{ONE}/customMetadataIndexingSettings"
    on = {"searchEnabled": True, "indexingEnabled": True, "customMetadataIndexingEnabled": True}
    settings = {
        "contentClasses": {"name": ["Scans"]},
        "excludedAnnotations": "a*, b",
        "fullIndexingEnabled": True,
    }
    assert boss.post(ONE, on) == 200
    assert boss.post(path, settings) == 200
    assert boss.post(ONE, {"customMetadataIndexingEnabled": False}) == 200
    half = {**settings, "excludedAnnotations": "", "fullIndexingEnabled": False}
    assert boss.read(path) == half
    assert boss.post(ONE, {"searchEnabled": False}) == 200
    assert boss.get(path).status_code == 403
    assert boss.post(ONE, {"searchEnabled": True}) == 200
    assert boss.read(path)["contentClasses"] == {"name": []}


def test_indexing_settings_are_checked(boss: Client) -> None:
    path = f"{ONE}/customMetadataIndexingSettings"
    assert boss.post(path, {}) == 403
    assert boss.post(ONE, {"searchEnabled": True}) == 200
    assert boss.post(path, {"contentClasses": {"name": ["scans"]}}) == 400
    assert boss.post(path, {"contentClasses": {"name": ["Scans"]}}) == 200
    assert boss.post(path, {"fullIndexingEnabled": True}) == 400
    assert boss.post(path, {"excludedAnnotations": "x"}) == 400
    assert boss.post(path, {"excludedAnnotations": ""}) == 200


def test_minimum_permissions_bring_what_they_imply(boss: Client) -> None:
    body = {"authMinimumPermissions": {"permission": ["purge", "READ"]}}
    assert boss.post(ONE, body) == 200
    found = boss.read(ONE)["authMinimumPermissions"]["permission"]
    assert sorted(found) == ["BROWSE", "DELETE", "PURGE", "READ"]
    body = {"authMinimumPermissions": {"permission": ["SEARCH"]}}
    assert boss.post(ONE, body) == 400
    assert boss.post(ONE, {"authMinimumPermissions": {"permission": []}}) == 200
    assert boss.read(ONE)["authMinimumPermissions"] == {"permission": []}


def test_becoming_the_owner_brings_data_permissions(boss: Client) -> None:
    path = f"{T}/userAccounts/none/dataAccessPermissions"
    assert boss.post(ONE, {"owner": "NONE"}) == 200
    document = boss.read(ONE)
    assert (document["owner"], document["ownerType"]) == ("none", "LOCAL")
    (held,) = boss.read(path)["namespacePermission"]
    assert held["namespaceName"] == "cloud"
    assert set(held["permissions"]["permission"]) == {
        "BROWSE",
        "READ",
        "WRITE",
        "READ_ACL",
        "WRITE_ACL",
    }
    assert boss.post(ONE, {"owner": ""}) == 200
    assert boss.read(ONE)["ownerType"] == ""
    assert boss.post(ONE, {"ownerType": "LOCAL"}) == 400


def test_users_own_no_more_than_allowed(boss: Client) -> None:
    assert boss.post(T, {"maxNamespacesPerUser": 1}) == 200
    assert boss.post(ONE, {"owner": "n"}) == 403
    assert boss.put(ALL, {"name": "x", "owner": "n"}) == 403
    assert boss.post(ONE, {"owner": "none"}) == 200
    assert boss.post(f"{ALL}/mine", {"owner": "n", "description": "x"}) == 200


def test_appending_and_versioning_exclude_each_other(boss: Client) -> None:
    assert boss.post(ONE, {"appendEnabled": True}) == 200
    assert boss.post(f"{ONE}/versioningSettings", {"enabled": True}) == 400
    assert boss.post(ONE, {"appendEnabled": False}) == 200
    assert boss.post(f"{ONE}/versioningSettings", {"enabled": True}) == 200
    assert boss.post(ONE, {"appendEnabled": True}) == 400
    body = {
        "name": "x",
        "appendEnabled": True,
        "versioningSettings": {"enabled": True, "prune": False},
    }
    assert boss.put(ALL, body) == 400


def test_optimisation_and_erasure_coding(boss: Client) -> None:
    assert boss.post(ONE, {"allowErasureCoding": True}) == 200
    assert boss.post(ONE, {"optimizedFor": "ALL"}) == 400
    assert boss.post(ONE, {"optimizedFor": "ALL", "allowErasureCoding": False}) == 200
    assert boss.post(ONE, {"allowErasureCoding": True}) == 400
    assert boss.post(ONE, {"allowErasureCoding": True, "optimizedFor": "CLOUD"}) == 200


def test_optimising_for_the_cloud_needs_the_old_protocols_off(boss: Client) -> None:
    assert boss.post(f"{FILES}/protocols/nfs", {"enabled": True}) == 200
    assert boss.post(FILES, {"optimizedFor": "CLOUD"}) == 400
    assert boss.post(f"{FILES}/protocols/nfs", {"enabled": False}) == 200
    assert boss.post(FILES, {"optimizedFor": "CLOUD"}) == 200


def test_renaming(boss: Client) -> None:
    assert boss.post(ONE, {"name": "FILES"}) == 400
    assert boss.post(ONE, {"name": "Sky"}) == 200
    assert boss.get(ONE).status_code == 404
    document = boss.read(f"{ALL}/sky", verbose="true")
    assert document["name"] == "Sky"
    assert document["fullyQualifiedName"] == "sky.finance.hcp.example.com"


@pytest.mark.parametrize(
    ("protocol", "name"), [("http", "hs3Enabled"), ("cifs", "enabled"), ("nfs", "enabled")]
)
def test_renaming_needs_some_protocols_off(boss: Client, protocol: str, name: str) -> None:
    path = f"{FILES}/protocols/{protocol}"
    assert boss.post(FILES, {"aclsUsage": "ENFORCED"}) == 200
    assert boss.post(path, {name: True}) == 200
    assert boss.post(FILES, {"name": "papers"}) == 403
    assert boss.post(FILES, {"name": "files"}) == 200
    assert boss.post(path, {name: False}) == 200
    assert boss.post(FILES, {"name": "papers"}) == 200


def test_a_namespace_with_objects_stays(mock: Mock, boss: Client) -> None:
    assert boss.delete(f"{ALL}/full") == 403
    mock.seed_namespace("full", objects=0)
    assert boss.delete(f"{ALL}/full") == 200
    assert boss.delete(f"{ALL}/full") == 404
    assert boss.put(ALL, {"name": "FULL"}) == 200


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
def test_resetting_the_index(boss: Client, value: str, status: int) -> None:
    assert boss.post(f"{ALL}/mine", {}, resetMQECheckpoint=value) == status
    assert boss.post(ONE, {}, resetMQECheckpoint="0") == 403


def test_a_refused_reset_of_the_index_changes_nothing(boss: Client) -> None:
    path, change = f"{ALL}/mine", {"description": "new"}
    before = boss.read(path, verbose="true")
    assert boss.post(path, change, resetMQECheckpoint="yesterday") == 400
    assert boss.post(path, {**change, "searchEnabled": False}, resetMQECheckpoint="0") == 403
    assert boss.read(path, verbose="true") == before
    assert boss.post(path, change, resetMQECheckpoint="02/28/2025") == 200
    after = boss.read(path, verbose="true")
    assert after["description"] == "new"
    assert after["mqeIndexingTimestamp"] == "2025-02-28T00:00:00+0000"


def test_a_refused_change_changes_nothing(boss: Client) -> None:
    before = boss.read(ONE, verbose="true")
    bad = {"description": "new", "tags": {"tag": ["x"]}, "indexingEnabled": True}
    assert boss.post(ONE, bad) == 400
    assert boss.post(ONE, {"retentionType": "S3", "name": "files"}) == 400
    assert boss.read(ONE, verbose="true") == before
    assert boss.read(f"{ONE}/versioningSettings")["enabled"] is False


def test_lists_of_namespaces(boss: Client) -> None:
    names = ["cloud", "files", "full", "mine"]
    assert boss.read(ALL) == {"name": names}
    assert boss.read(ALL, verbose="true") == {"name": names}
    by_quota = boss.read(ALL, sortType="hardQuota", sortOrder="descending")
    assert by_quota == {"name": ["full", "files", "mine", "cloud"]}
    assert boss.read(ALL, offset="1", count="2") == {"name": ["files", "full"]}
    assert boss.read(ALL, offset="4") == {"name": []}
    assert boss.read(ALL, count="99") == {"name": names}
    assert boss.read(ALL, filterString="F") == {"name": ["files", "full"]}
    assert boss.read(ALL, filterType="tag", filterString="LAB") == {"name": ["cloud"]}
    assert boss.read(ALL, filterType="tag") == {"name": names}
    for query in ({"sortType": "quota"}, {"filterType": "owner"}, {"offset": "x"}):
        assert boss.get(ALL, **query).status_code == 400


def test_tags_ignore_case(boss: Client) -> None:
    assert boss.post(ONE, {"tags": {"tag": ["Lab", "LAB", "new one"]}}) == 200
    assert boss.read(ONE)["tags"] == {"tag": ["Lab", "new one"]}
