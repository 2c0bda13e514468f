"""hcp_namespace and hcp_namespace_info against a mock HCP."""

from __future__ import annotations

from typing import Any

import pytest
from support.hcp import FEATURES, TENANT, MockHcp, seed
from support.module import Flag, run

LIST = f"/tenants/{TENANT}/namespaces"


def namespace(hcp: MockHcp, check: Flag = False, fails: Flag = False, **options: Any) -> Any:
    given = {**hcp.as_tenant, "tenant": TENANT, "name": "alpha", **options}
    return run("hcp_namespace", given, check=check, diff=True, fails=fails)


OFF: list[dict[str, Any]] = [
    {"allow_erasure_coding": False},
    {"read_from_replica": False, "allow_erasure_coding": False},
    {"replication_enabled": False, "read_from_replica": False},
    {"custom_metadata_indexing": {"full_indexing_enabled": False}},
]


@pytest.mark.parametrize("off", OFF, ids=str)
def test_off_of_what_the_tenant_does_not_have_is_no_obstacle(
    hcp: MockHcp, off: dict[str, Any]
) -> None:
    document = seed()
    document["system"]["replicationSupported"] = False
    document["tenants"][0].update(dict.fromkeys(FEATURES, False))
    hcp.reset(document)
    options = {**hcp.as_tenant, "tenant": TENANT, "name": "plain", **off}
    assert run("hcp_namespace", options, check=True)["changed"]
    assert run("hcp_namespace", options)["created"]
    assert not run("hcp_namespace", options)["changed"]


def test_create_then_nothing_then_change_then_delete(hcp: MockHcp) -> None:
    created = namespace(hcp, hard_quota="50 GB", tags=["x"])
    assert created["changed"], created
    assert created["namespace"]["hard_quota"] == "50.00 GB"
    assert created["details"]["fully_qualified_name"] == f"alpha.{TENANT}.hcp.example.com"
    hcp.clear_journal()
    assert not namespace(hcp, hard_quota="50 GB", tags=["X"])["changed"]
    assert hcp.seen() == [f"GET {LIST}/alpha"]
    assert namespace(hcp, hard_quota="0.5 TB")["changed"]
    assert not namespace(hcp, hard_quota="0.5 TB")["changed"]
    refused = namespace(hcp, fails=True, state="absent")
    assert refused["error"]["code"] == "needs_confirmation"
    assert namespace(hcp, state="absent", confirm=["delete"])["changed"]
    assert not namespace(hcp, state="absent", confirm=["delete"])["changed"]


def test_only_what_a_task_mentions_is_read(hcp: MockHcp) -> None:
    namespace(hcp)
    hcp.clear_journal()
    result = namespace(hcp, versioning={"enabled": False})
    assert hcp.seen() == [f"GET {LIST}/alpha/versioningSettings"]
    assert set(result["namespace"]) == {"tenant", "name", "versioning"}


def test_a_task_about_a_part_alone_finds_out_that_the_namespace_is_missing(hcp: MockHcp) -> None:
    result = namespace(hcp, permission_mask=["READ", "WRITE"])
    assert result["created"]
    assert set(hcp.get(f"{LIST}/alpha/permissions")["permission"]) == {"READ", "WRITE"}
    hcp.clear_journal()
    assert namespace(hcp, name="beta", cors=[])["created"]
    assert not namespace(hcp, name="beta", cors=[])["changed"]


def test_a_compliance_account_can_do_compliance_alone(hcp: MockHcp) -> None:
    namespace(hcp)
    run(
        "hcp_user",
        {
            **hcp.as_tenant,
            "tenant": TENANT,
            "name": "officer",
            "user_password": "Officer-1x",
            "roles": ["COMPLIANCE"],
        },
    )
    officer = {"username": "officer", "password": "Officer-1x"}
    wish = {"compliance": {"retention_default": "A+7y"}, **officer}
    assert namespace(hcp, **wish)["changed"]
    assert not namespace(hcp, **wish)["changed"]
    refused = namespace(hcp, fails=True, soft_quota=50, **officer)
    assert refused["error"]["code"] == "forbidden"
    assert "MONITOR or ADMINISTRATOR" in refused["error"]["hint"]


def test_a_plan_that_hcp_stops_says_how_far_it_got(hcp: MockHcp) -> None:
    run(
        "hcp_user",
        {
            **hcp.as_tenant,
            "tenant": TENANT,
            "name": "builder",
            "user_password": "Builder-1x",
            "roles": ["ADMINISTRATOR", "MONITOR"],
        },
    )
    result = namespace(
        hcp,
        fails=True,
        username="builder",
        password="Builder-1x",
        compliance={"retention_default": "A+7y"},
        cors=[{"allowed_origins": ["*"], "allowed_methods": ["GET"]}],
    )
    assert result["changed"]
    assert [each["status"] for each in result["steps"]] == ["done", "failed", "not_done"]
    assert result["error"]["path"] == f"{LIST}/alpha/complianceSettings"
    assert "role COMPLIANCE" in result["msg"]
    assert "create namespace alpha" in result["msg"]
    assert ": done" in result["msg"]


def test_an_allow_namespace_management_account_manages_its_own(hcp: MockHcp) -> None:
    run(
        "hcp_user",
        {
            **hcp.as_tenant,
            "tenant": TENANT,
            "name": "owner",
            "user_password": "Owner-Pass-1",
            "allow_namespace_management": True,
        },
    )
    owner = {"username": "owner", "password": "Owner-Pass-1"}
    created = namespace(hcp, **owner)
    assert created["changed"], created
    assert created["namespace"]["owner"] == "owner"
    assert not namespace(hcp, **owner)["changed"]
    assert namespace(hcp, **owner, state="absent", confirm=["delete"])["changed"]


def test_versioning_and_what_excludes_it_change_places(hcp: MockHcp) -> None:
    open_all = {"optimized_for": "ALL", "allow_erasure_coding": False}
    off, on = {"enabled": False}, {"enabled": True}
    first = namespace(
        hcp, **open_all, versioning=off, cifs={**on, "requires_authentication": False}
    )
    assert first["changed"], first
    second = namespace(hcp, versioning=on, cifs=off)
    assert second["changed"], second
    third = namespace(hcp, versioning=off, append_enabled=True, nfs=on)
    assert third["changed"], third
    assert not namespace(hcp, versioning=off, append_enabled=True, nfs=on)["changed"]


def test_acls_come_before_s3(hcp: MockHcp) -> None:
    s3 = {"hs3_enabled": True}
    created = namespace(hcp, acls_usage="ENFORCED", http=s3)
    assert created["changed"], created
    namespace(hcp, name="beta")
    changed = namespace(hcp, name="beta", acls_usage="ENFORCED", http=s3, confirm=["acls_usage"])
    assert [each["risk"] for each in changed["steps"]] == ["irreversible", "update"]


def test_search_switches_settings_on_that_were_not_there(hcp: MockHcp) -> None:
    hcp.reset(seed(contentClasses=[{"name": "Scans"}]))
    wish = {
        "search_enabled": True,
        "indexing_enabled": True,
        "custom_metadata_indexing_enabled": True,
        "custom_metadata_indexing": {
            "content_classes": ["Scans"],
            "full_indexing_enabled": True,
            "excluded_annotations": ["tmp*", "notes"],
        },
    }
    namespace(hcp, search_enabled=False)
    assert namespace(hcp, **wish)["changed"]
    again = namespace(hcp, **wish)
    assert not again["changed"], again
    assert namespace(hcp, fails=True, search_enabled=False)["error"]["code"] == "needs_confirmation"
    assert namespace(hcp, search_enabled=False, confirm=["search_enabled"])["changed"]


def test_compliance_mode_takes_a_confirmation_and_is_for_ever(hcp: MockHcp) -> None:
    wish = {"enterprise_mode": False}
    for check in (True, False):
        assert (
            namespace(hcp, check=check, fails=True, **wish)["error"]["code"] == "needs_confirmation"
        )
    assert hcp.writes() == []
    assert namespace(hcp, **wish, confirm=["enterprise_mode"])["changed"]
    assert not namespace(hcp, **wish)["changed"]
    assert namespace(hcp, fails=True, enterprise_mode=True)["error"]["code"] == "forbidden_change"


def test_compliance_mode_by_default_is_told(hcp: MockHcp) -> None:
    hcp.reset(seed(namespaceDefaults={"enterpriseMode": False}))
    assert any(
        "'enterprise_mode'" in text or "enterprise_mode False" in text
        for text in namespace(hcp)["warnings"]
    )


def test_owners_change_from_one_kind_to_the_other(hcp: MockHcp) -> None:
    external = {"owner": "jo@ad.example", "owner_type": "EXTERNAL"}
    namespace(hcp, owner="storage-admin")
    assert namespace(hcp, **external)["namespace"]["owner_type"] == "EXTERNAL"
    assert not namespace(hcp, **external)["changed"]
    assert namespace(hcp, owner="storage-admin")["namespace"]["owner_type"] == "LOCAL"


def test_a_minimum_retention_that_is_longer_in_any_unit(hcp: MockHcp) -> None:
    option = "minimum_retention_after_initial_unspecified"
    confirm = {"confirm": [option]}
    refused = namespace(hcp, fails=True, compliance={option: "1y"})
    assert refused["error"]["code"] == "needs_confirmation"
    namespace(hcp, compliance={option: "1y"}, **confirm)
    refused = namespace(hcp, fails=True, compliance={option: "30M"})
    assert refused["error"]["code"] == "needs_confirmation"


def test_the_hash_scheme_is_for_ever(hcp: MockHcp) -> None:
    namespace(hcp, hash_scheme="SHA-512")
    hcp.clear_journal()
    refused = namespace(hcp, fails=True, hash_scheme="MD5", description="not sent either")
    assert refused["error"]["code"] == "forbidden_change"
    assert "'SHA-512'" in refused["msg"]
    assert hcp.writes() == []


def test_a_webdav_user_comes_and_goes_with_its_password(hcp: MockHcp) -> None:
    dav = {
        "webdav_enabled": True,
        "webdav_basic_auth_enabled": True,
        "webdav_basic_auth_username": "dav",
        "webdav_basic_auth_password": "Dav-Pass-1",
    }
    every_protocol = {"optimized_for": "ALL", "allow_erasure_coding": False}
    created = namespace(hcp, **every_protocol, http=dav)
    assert created["changed"], created
    assert "Dav-Pass-1" not in str(created)
    assert created["diff"]["after"]["http.webdav_basic_auth_password"] == "(set by this task)"
    assert not namespace(hcp, http=dav)["changed"]
    always = namespace(hcp, http=dav, update_webdav_password="always")
    assert always["changed"]
    assert always["warnings"] == []
    gone = {"webdav_basic_auth_enabled": False, "webdav_basic_auth_username": ""}
    removed = namespace(hcp, http=gone)
    assert removed["changed"], removed
    assert not namespace(hcp, http=gone)["changed"]


def test_a_namespace_with_objects_is_hcps_to_keep(hcp: MockHcp) -> None:
    hcp.reset(seed(namespaces=[{"name": "full", "objects": 3}]))
    result = namespace(hcp, fails=True, name="full", state="absent", confirm=["delete"])
    assert result["error"]["hcp_message"] in result["msg"]
    assert not result["changed"]


def test_renaming_takes_the_parts_along(hcp: MockHcp) -> None:
    namespace(hcp, name="old")
    renamed = namespace(hcp, name="new", from_name="old", permission_mask=["READ"])
    assert renamed["changed"], renamed
    assert renamed["namespace"]["name"] == "new"
    assert hcp.get(f"{LIST}/new/permissions")["permission"] == ["READ"]
    assert not namespace(hcp, name="new", from_name="old", permission_mask=["READ"])["changed"]


def test_info_gives_back_what_the_module_takes(hcp: MockHcp) -> None:
    namespace(hcp, acls_usage="ENFORCED", enterprise_mode=True)
    namespace(
        hcp,
        name="beta",
        owner="storage-admin",
        cors=[{"id": "r", "allowed_origins": ["*"], "allowed_methods": ["GET"]}],
        replication_collision={"delete_enabled": True, "delete_days": 3},
    )
    options = {**hcp.as_tenant, "tenant": TENANT, "include": ["all"]}
    found = run("hcp_namespace_info", options)
    assert [each["name"] for each in found["namespaces"]] == ["alpha", "beta"]
    assert set(found["details"]["alpha"]) >= {"id", "creation_time", "fully_qualified_name"}
    hcp.clear_journal()
    for each in found["namespaces"]:
        result = run("hcp_namespace", {**hcp.as_tenant, **each})
        assert not result["changed"], result["diff"]
    assert hcp.writes() == []


def test_info_reads_parts_only_on_request(hcp: MockHcp) -> None:
    namespace(hcp)
    hcp.clear_journal()
    options = {**hcp.as_tenant, "tenant": TENANT}
    assert "versioning" not in run("hcp_namespace_info", options)["namespaces"][0]
    assert hcp.seen() == [f"GET {LIST}", f"GET {LIST}/alpha"]
    found = run("hcp_namespace_info", {**options, "name": "ALPHA", "include": ["versioning"]})
    assert found["namespaces"][0]["versioning"]["enabled"] is False


def test_info_narrows_down_by_tag(hcp: MockHcp) -> None:
    namespace(hcp, tags=["Laboratory"])
    namespace(hcp, name="beta")
    found = run("hcp_namespace_info", {**hcp.as_tenant, "tenant": TENANT, "tag": "laboratory"})
    assert [each["name"] for each in found["namespaces"]] == ["alpha"]


def test_erasure_coding_means_nothing_without_replication(hcp: MockHcp) -> None:
    coded = {"optimized_for": "CLOUD", "allow_erasure_coding": True}
    assert namespace(hcp, **coded)["created"]
    assert not namespace(hcp, **coded)["changed"]
    assert namespace(hcp, **coded, replication_enabled=True)["changed"]
    assert not namespace(hcp, **coded, replication_enabled=True)["changed"]
    assert hcp.get(f"/tenants/{TENANT}/namespaces/alpha")["allowErasureCoding"] is True
