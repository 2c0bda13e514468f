"""hcp_s3_bucket and hcp_s3_bucket_info against the mock's S3 gateway and management API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.hcp import ADMIN, TENANT, MockHcp, seed
from support.module import Flag, run
from support.s3 import client

LIST = f"/tenants/{TENANT}/namespaces"
KIM = {"username": "kim", "password": "Kim-Pass-1"}
ACCOUNT = {
    "fullName": "Kim",
    "enabled": True,
    "localAuthentication": True,
    "forcePasswordChange": False,
}


def bucket(hcp: MockHcp, check: Flag = False, fails: Flag = False, **options: Any) -> Any:
    given = {**hcp.as_tenant, **hcp.s3, "tenant": TENANT, "name": "photos", **options}
    return run("hcp_s3_bucket", given, check=check, diff=True, fails=fails)


def test_create_then_nothing_then_change_then_delete(hcp: MockHcp) -> None:
    created = bucket(hcp)
    assert created["created"]
    assert created["bucket"] == {"tenant": TENANT, "name": "photos"}
    assert created["details"]["creation_time"].endswith("Z")
    assert hcp.get(f"{LIST}/photos")["owner"] == ADMIN
    hcp.clear_journal()
    assert not bucket(hcp)["changed"]
    assert hcp.writes() == []
    changed = bucket(hcp, versioning=True)
    assert changed["bucket"]["versioning"] is True
    assert hcp.get(f"{LIST}/photos/versioningSettings")["enabled"] is True
    hcp.clear_journal()
    assert not bucket(hcp, versioning=True)["changed"]
    assert hcp.seen() == ["GET /", "GET /photos"]
    refused = bucket(hcp, fails=True, state="absent")
    assert refused["error"]["code"] == "needs_confirmation"
    assert bucket(hcp, state="absent", confirm=["delete"])["changed"]
    assert not bucket(hcp, state="absent", confirm=["delete"])["changed"]
    assert hcp.ask(f"{LIST}/photos").status_code == 404


def test_check_mode_predicts_and_writes_nothing(hcp: MockHcp) -> None:
    wish: dict[str, Any] = {
        "versioning": True,
        "namespace": {"hard_quota": "60 GB", "tags": ["x"]},
    }
    predicted = bucket(hcp, check=True, **wish)
    assert hcp.writes() == []
    done = bucket(hcp, **wish)
    for each in (*predicted["steps"], *done["steps"]):
        each.pop("status")
    assert predicted["steps"] == done["steps"]
    assert predicted["diff"]["after"]["namespace"] == wish["namespace"] | {"hard_quota": "60.00 GB"}
    assert hcp.get(f"{LIST}/photos")["hardQuota"] == "60.00 GB"
    assert not bucket(hcp, **wish)["changed"]


def test_versioning_off_is_no_change_for_a_bucket_that_never_had_it(hcp: MockHcp) -> None:
    bucket(hcp)
    hcp.clear_journal()
    assert not bucket(hcp, versioning=False)["changed"]
    bucket(hcp, versioning=True)
    assert bucket(hcp, versioning=False)["changed"]
    assert not bucket(hcp, versioning=False)["changed"]


@pytest.mark.parametrize(
    "acl", ["public-read", "public-read-write", "authenticated-read", "private"]
)
def test_canned_acls_are_compared_by_their_grants(hcp: MockHcp, acl: str) -> None:
    bucket(hcp, acl="public-read" if acl == "private" else "private")
    changed = bucket(hcp, acl=acl)
    assert changed["changed"]
    assert changed["warnings"] == []
    assert not bucket(hcp, acl=acl)["changed"]


def test_grants_are_a_set(hcp: MockHcp) -> None:
    hcp.reset(seed(users=[{**ACCOUNT, **KIM}]))
    grants = [
        {"user": "kim", "permission": "READ"},
        {"group": "authenticated", "permission": "READ_ACP"},
    ]
    bucket(hcp)
    assert bucket(hcp, grants=grants)["changed"]
    assert not bucket(hcp, grants=grants[::-1])["changed"]
    assert bucket(hcp, grants=[])["changed"]
    assert not bucket(hcp, grants=[])["changed"]
    both = bucket(hcp, fails=True, grants=[], acl="private")
    assert "mutually exclusive" in both["msg"]


def test_cors_goes_through_the_management_api(hcp: MockHcp) -> None:
    rules = [{"allowed_origins": ["*"], "allowed_methods": ["GET"]}]
    assert bucket(hcp, cors=rules)["changed"]
    assert not bucket(hcp, cors=rules)["changed"]
    assert "<AllowedOrigin>*" in hcp.get(f"{LIST}/photos/cors")["cors"]


def test_object_lock_is_decided_at_creation(hcp: MockHcp) -> None:
    lock = {"object_lock": True, "default_retention": {"mode": "GOVERNANCE", "days": 30}}
    created = bucket(hcp, **lock)
    assert created["created"]
    assert hcp.get(f"{LIST}/photos")["retentionType"] == "S3"
    assert not bucket(hcp, **lock)["changed"]
    longer = {"mode": "GOVERNANCE", "years": 1}
    assert bucket(hcp, default_retention=longer)["changed"]
    assert not bucket(hcp, default_retention=longer)["changed"]
    bucket(hcp, name="plain")
    refused = bucket(hcp, fails=True, name="plain", object_lock=True)
    assert refused["error"]["code"] == "forbidden_change"


def test_a_bucket_with_objects_goes_only_with_them(
    hcp: MockHcp, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket(hcp, versioning=True)
    keep = {**hcp.as_tenant, "tenant": TENANT, "name": "photos"}
    s3 = client(hcp, monkeypatch)
    s3.put_object(Bucket="photos", Key="a", Body=b"first")
    refused = bucket(hcp, fails=True, state="absent", confirm=["delete", "objects"])
    assert "use_delete_markers" in refused["msg"]
    markers = {"versioning": {"use_delete_markers": True}, "confirm": ["use_delete_markers"]}
    run("hcp_namespace", {**keep, **markers})
    for key in ("a", "a", "folder/b", "folder/deep/c"):
        s3.put_object(Bucket="photos", Key=key, Body=key.encode())
    s3.delete_object(Bucket="photos", Key="a")
    refused = bucket(hcp, fails=True, state="absent", confirm=["delete"])
    assert refused["error"]["code"] == "not_empty"
    refused = bucket(hcp, fails=True, state="absent", confirm=["delete", "objects"], max_objects=3)
    assert refused["error"]["code"] == "too_many"
    assert s3.get_object(Bucket="photos", Key="folder/b")["Body"].read() == b"folder/b"
    predicted = bucket(hcp, check=True, state="absent", confirm=["delete", "objects"])
    assert [each["risk"] for each in predicted["steps"]] == ["delete", "delete"]
    assert s3.list_objects_v2(Bucket="photos")["KeyCount"] > 0
    gone = bucket(hcp, state="absent", confirm=["delete", "objects"])
    assert gone["changed"]
    assert hcp.ask(f"{LIST}/photos").status_code == 404


def test_somebody_elses_bucket_is_refused(hcp: MockHcp) -> None:
    hcp.reset(seed(namespaces=[{"name": "photos"}]))
    refused = bucket(hcp, fails=True)
    assert refused["error"]["code"] == "not_owner"
    assert "see hcp_namespace" in refused["msg"]


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"namespace": {"description": "hijacked"}},
        {"versioning": True},
        {"grants": []},
        {"object_lock": False},
        {"cors": []},
    ],
)
def test_a_bucket_of_another_account_is_left_alone(hcp: MockHcp, options: dict[str, Any]) -> None:
    hcp.reset(seed(users=[{**ACCOUNT, **KIM, "allowNamespaceManagement": True}]))
    bucket(hcp, **KIM)
    hcp.clear_journal()
    refused = bucket(hcp, fails=True, **options)
    assert refused["error"]["code"] == "not_owner"
    assert hcp.writes() == []


def test_host_names_have_no_case(hcp: MockHcp) -> None:
    assert bucket(hcp, tenant=TENANT.upper(), domain="HCP.Example.COM")["changed"]


def test_a_locked_bucket_that_was_left_half_made_is_finished(hcp: MockHcp) -> None:
    http = {"method": "POST", "path": f"{LIST}/photos/protocols/http", "times": 1}
    hcp.fault(http, status=403)
    failed = bucket(hcp, fails=True, object_lock=True)
    assert [each["status"] for each in failed["steps"]] == ["done", "done", "failed"]
    finished = bucket(hcp, object_lock=True, acl="public-read")
    assert finished["changed"]
    assert not bucket(hcp, object_lock=True, acl="public-read")["changed"]
    hcp.fault({"method": "PUT", "path": LIST, "times": 1}, cut="after")
    assert bucket(hcp, name="second", object_lock=True, retries=1)["created"]
    assert hcp.get(f"{LIST}/second/protocols/http")["hs3Enabled"] is True


def test_emptying_that_stops_half_way_says_how_far_it_got(
    hcp: MockHcp, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket(hcp)
    s3 = client(hcp, monkeypatch)
    for key in ("a", "b", "c"):
        s3.put_object(Bucket="photos", Key=key, Body=b"x")
    hcp.fault({"method": "DELETE", "path": "/photos/b", "times": 1}, status=409)
    failed = bucket(hcp, fails=True, state="absent", confirm=["delete", "objects"])
    assert failed["changed"]
    assert [each["status"] for each in failed["steps"]] == ["partly_done", "not_done"]
    assert "'b' failed, after 1 of 3" in failed["msg"]
    assert [each["Key"] for each in s3.list_objects_v2(Bucket="photos")["Contents"]] == ["b", "c"]
    assert bucket(hcp, state="absent", confirm=["delete", "objects"])["changed"]


def test_odd_keys_are_deleted_or_named(hcp: MockHcp, monkeypatch: pytest.MonkeyPatch) -> None:
    bucket(hcp)
    s3 = client(hcp, monkeypatch)
    for key in ("a b", "a+b", "a%20b", "ä/ü?", "q#1", "folder/x&y=z"):
        s3.put_object(Bucket="photos", Key=key, Body=b"x")
    s3.create_multipart_upload(Bucket="photos", Key="unfinished")
    assert bucket(hcp, state="absent", confirm=["delete", "objects"])["changed"]


def test_switching_versioning_off_at_creation_leaves_no_mark(
    hcp: MockHcp, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket(hcp, versioning=False)
    assert "Status" not in client(hcp, monkeypatch).get_bucket_versioning(Bucket="photos")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"default_retention": {"mode": "GOVERNANCE", "days": 1}}, "needs object_lock"),
        ({"object_lock": True, "versioning": False}, "turns versioning on"),
        ({"account_level": "system"}, "not of the system"),
        ({"auth_type": "ad", "username": "jo@ad.example"}, "not of Active Directory"),
        ({"tenant": "bad name"}, "tenant must be"),
        ({"name": "ab"}, "at least 3 characters"),
        ({"data_port": 70000}, "port must be between"),
        ({"grants": [{"user": "all_users", "permission": "READ"}]}, "as group"),
        ({"grants": [{"user": "kim", "permission": "READ"}] * 2}, "each grant once"),
    ],
)
def test_what_cannot_work_is_refused(hcp: MockHcp, options: dict[str, Any], words: str) -> None:
    refused = bucket(hcp, fails=True, **options)
    assert words in refused["msg"]
    assert hcp.writes() == []


def test_grants_of_the_owner_are_no_change(hcp: MockHcp) -> None:
    bucket(hcp)
    grants = [{"user": ADMIN, "permission": "FULL_CONTROL"}]
    assert not bucket(hcp, grants=grants)["changed"]


@pytest.mark.parametrize(
    ("match", "action", "code"),
    [
        ({"method": "GET", "path": "/"}, {"status": 503}, "unavailable"),
        ({"method": "GET", "path": "/"}, {"cut": "before"}, "broken_answer"),
        ({"method": "GET", "path": "/"}, {"status": 302}, "redirected"),
        ({"method": "GET", "path": "/"}, {"status": 200, "body": "<html>Hi</html>"}, "not_mapi"),
        ({"method": "PUT", "path": "/photos"}, {"status": 200, "body": "<html/>"}, "not_mapi"),
        (
            {"method": "PUT", "path": "/photos"},
            {"status": 200, "body": "<Error><Code>InvalidRequest</Code></Error>"},
            "invalid",
        ),
    ],
)
def test_trouble_is_told(
    hcp: MockHcp, match: dict[str, Any], action: dict[str, Any], code: str
) -> None:
    hcp.fault({**match, "nth": 1, "times": None}, **action)
    failed = bucket(hcp, fails=True, retries=1)
    assert failed["error"]["code"] == code
    assert not failed["changed"]
    if code == "unavailable":
        assert failed["error"]["attempts"] == 2


def test_the_aws_settings_of_the_host_do_not_matter(
    hcp: MockHcp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nonsense = tmp_path / "config"
    nonsense.write_text("[profile x]\nregion = nowhere\nendpoint_url = https://127.0.0.1:1\n")
    for name, value in {
        "AWS_PROFILE": "missing",
        "AWS_CONFIG_FILE": str(nonsense),
        "AWS_ENDPOINT_URL": "https://127.0.0.1:1",
        "AWS_ACCESS_KEY_ID": "other",
        "AWS_RETRY_MODE": "bogus",
        "AWS_DEFAULTS_MODE": "bogus",
        "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES": "x",
    }.items():
        monkeypatch.setenv(name, value)
    assert bucket(hcp)["changed"]


def test_without_the_right_to_own_namespaces_hcp_says_no(hcp: MockHcp) -> None:
    hcp.reset(seed(users=[{**ACCOUNT, **KIM}]))
    refused = bucket(hcp, fails=True, **KIM)
    assert refused["error"]["code"] == "forbidden"
    assert "allow_namespace_management" in refused["msg"]


@pytest.mark.parametrize(
    ("account", "words"),
    [
        ({"username": "nobody"}, "InvalidAccessKeyId"),
        ({"password": "Wrong-Pass-1"}, "SignatureDoesNotMatch"),
    ],
)
def test_wrong_credentials(hcp: MockHcp, account: dict[str, str], words: str) -> None:
    refused = bucket(hcp, fails=True, **account)
    assert refused["error"]["code"] == "forbidden"
    assert words in refused["msg"]
    assert "Wrong-Pass-1" not in str(refused)


def test_what_hcp_has_not_is_refused_with_what_it_has(hcp: MockHcp) -> None:
    refused = bucket(hcp, fails=True, policy={"Version": "2012-10-17"})
    assert "data_access_permissions" in refused["msg"]
    assert hcp.seen() == []


def test_info_gives_back_what_the_module_takes(hcp: MockHcp) -> None:
    bucket(hcp, versioning=True, acl="public-read", namespace={"tags": ["x"]})
    bucket(hcp, name="docs")
    options = {**hcp.as_tenant, **hcp.s3, "tenant": TENANT}
    found = run("hcp_s3_bucket_info", {**options, "include": ["all"]})
    assert [each["name"] for each in found["buckets"]] == ["docs", "photos"]
    hcp.clear_journal()
    for each in found["buckets"]:
        assert not bucket(hcp, **each)["changed"]
    assert hcp.writes() == []
    only = run("hcp_s3_bucket_info", {**options, "name_prefix": "ph"})
    assert [each["name"] for each in only["buckets"]] == ["photos"]
    assert run("hcp_s3_bucket_info", {**options, "name": "none"})["buckets"] == []


def test_a_gateway_in_trouble(hcp: MockHcp) -> None:
    bucket(hcp)
    refused = bucket(hcp, fails=True, data_port=1)
    assert refused["error"]["code"] == "connection_failed"
    refused = bucket(hcp, fails=True, ca_path="/dev/null")
    assert refused["error"]["option"] == "ca_path"
