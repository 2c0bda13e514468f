"""Buckets: create, list, head, delete, versioning, and their namespaces."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client, Mock
from .s3 import Wire, code_of, enable_versioning, refused

T = "/tenants/finance"


def names(s3: Any) -> list[str]:
    return [row["Name"] for row in s3.list_buckets()["Buckets"]]


def test_a_bucket_is_a_namespace(s3: Any, tenant_admin: Client) -> None:
    created = s3.create_bucket(Bucket="archive")
    assert created["Location"] == "/archive"
    namespace = tenant_admin.read(f"{T}/namespaces/archive", verbose="true")
    wanted = {
        "owner": "boss",
        "ownerType": "LOCAL",
        "aclsUsage": "ENFORCED",
        "hardQuota": "50.00 GB",
        "softQuota": 85,
        "multipartUploadAutoAbortDays": 30,
        "retentionType": "HCP",
        "s3UnversionedOverwrite": False,
    }
    assert {name: namespace[name] for name in wanted} == wanted
    http = tenant_admin.read(f"{T}/namespaces/archive/protocols/http")
    for switch in (
        "hs3Enabled",
        "restEnabled",
        "httpEnabled",
        "httpsEnabled",
        "hs3RequiresAuthentication",
        "restRequiresAuthentication",
    ):
        assert http[switch] is True
    assert http["webdavEnabled"] is False
    grants = tenant_admin.read(f"{T}/userAccounts/boss/dataAccessPermissions")[
        "namespacePermission"
    ]
    held = {row["namespaceName"]: set(row["permissions"]["permission"]) for row in grants}
    assert held["archive"] == {"BROWSE", "READ", "READ_ACL", "WRITE", "WRITE_ACL", "DELETE"}


def test_it_gets_the_namespace_defaults_of_the_tenant(s3: Any, tenant_admin: Client) -> None:
    body = {
        "hardQuota": "7 GB",
        "searchEnabled": True,
        "description": "made by default",
        "multipartUploadAutoAbortDays": 3,
        "versioningSettings": {"enabled": True, "prune": True, "pruneDays": 9},
    }
    assert tenant_admin.post(f"{T}/namespaceDefaults", body) == 200
    s3.create_bucket(Bucket="archive")
    namespace = tenant_admin.read(f"{T}/namespaces/archive")
    assert namespace["hardQuota"] == "7.00 GB"
    assert namespace["description"] == "made by default"
    assert s3.get_bucket_versioning(Bucket="archive")["Status"] == "Enabled"
    assert tenant_admin.read(f"{T}/namespaces/archive/versioningSettings")["pruneDays"] == 9
    grants = tenant_admin.read(f"{T}/userAccounts/boss/dataAccessPermissions")[
        "namespacePermission"
    ]
    held = next(r["permissions"]["permission"] for r in grants if r["namespaceName"] == "archive")
    assert "SEARCH" in held


def test_creating_it_again_changes_nothing(mock: Mock, s3: Any, bucket: str) -> None:
    assert s3.create_bucket(Bucket=bucket)["Location"] == f"/{bucket}"
    assert s3.create_bucket(Bucket=bucket.upper())["Location"] == f"/{bucket.upper()}"
    assert names(s3) == [bucket]
    mock.seed(rules={"ownBucketError": True})
    answer = Wire(mock).send("PUT", f"/{bucket}")
    assert code_of(answer) == "200 BucketAlreadyOwnedByYou"


def test_names_of_others_are_taken(mock: Mock, s3: Any) -> None:
    for name in ("mine", "cloud", "full"):
        with refused("BucketAlreadyExists", 409):
            s3.create_bucket(Bucket=name)
    mock.s3("n").create_bucket(Bucket="mine")
    other = mock.s3(tenant="basic")
    with refused("InvalidRequest", 400):
        other.create_bucket(Bucket="fits")  # 10 GB of 100 are taken; 50 GB fit once
        other.create_bucket(Bucket="does-not")
    assert names(other) == ["fits"]


@pytest.mark.parametrize("name", ["ab", "-abc", "abc-", "xn--abc", "a_b_c", "a.b", "x" * 64])
def test_bad_names(mock: Mock, name: str) -> None:
    assert code_of(Wire(mock).send("PUT", f"/{name}")) == "400 InvalidBucketName"


def test_limits(mock: Mock, s3: Any, system_admin: Client, tenant_admin: Client) -> None:
    assert tenant_admin.post(T, {"maxNamespacesPerUser": 1}) == 200
    s3.create_bucket(Bucket="first")
    with refused("InvalidRequest", 400):
        s3.create_bucket(Bucket="second")
    assert tenant_admin.post(T, {"maxNamespacesPerUser": 100}) == 200
    assert system_admin.post(T, {"namespaceQuota": "5"}) == 200
    with refused("InvalidRequest", 400):
        s3.create_bucket(Bucket="second")
    assert names(s3) == ["first"]


def test_who_may_create(mock: Mock) -> None:
    for user in ("a", "m", "none"):
        with refused("AccessDenied", 403):
            mock.s3(user).create_bucket(Bucket="archive")
    wire = Wire(mock)
    assert code_of(wire.anonymous("PUT", "/archive")) == "403 AccessDenied"
    token = {"Authorization": "AD kim@ad.example.com:Owl 7: eyes"}
    signed = {**token, "x-amz-date": "Fri, 20 Nov 2026 11:00:00 GMT"}
    assert wire.send_unsigned("PUT", "/archive", headers=signed).status_code == 403
    mock.s3("n").create_bucket(Bucket="archive")


def test_what_a_creation_may_not_say(mock: Mock, s3: Any) -> None:
    wire = Wire(mock)
    body = b"<CreateBucketConfiguration/>"
    assert code_of(wire.send("PUT", "/archive", body=body)) == "400 InvalidArgument"
    with refused("NotImplemented", 501):
        s3.create_bucket(Bucket="archive", ObjectLockEnabledForBucket=True)
    both = {"x-amz-acl": "private", "x-amz-grant-read": "emailAddress=m"}
    assert code_of(wire.send("PUT", "/archive", headers=both)) == "400 MalformedXML"
    unknown = {"x-amz-acl": "aws-exec-read"}
    assert code_of(wire.send("PUT", "/archive", headers=unknown)) == "501 NotImplemented"
    with refused("InvalidArgument", 400):
        s3.create_bucket(Bucket="archive", GrantRead="emailAddress=stranger")
    assert names(s3) == []


def test_lists_show_what_the_caller_owns(mock: Mock, s3: Any, tenant_admin: Client) -> None:
    for name in ("zebra", "alpha", "mike"):
        s3.create_bucket(Bucket=name)
    mock.s3("n").create_bucket(Bucket="not-mine", GrantFullControl="emailAddress=boss")
    assert names(s3) == ["alpha", "mike", "zebra"]
    assert s3.list_buckets()["Owner"]["DisplayName"] == "boss"
    guid = tenant_admin.read(f"{T}/userAccounts/boss", verbose="true")["userGUID"]
    assert s3.list_buckets()["Owner"]["ID"] == guid
    assert tenant_admin.post(f"{T}/namespaces/mike/protocols/http", {"hs3Enabled": False}) == 200
    assert names(s3) == ["alpha", "zebra"]
    with refused("403"):
        s3.head_bucket(Bucket="mike")
    assert mock.s3("none").list_buckets()["Buckets"] == []


def test_head_needs_to_read(mock: Mock, s3: Any, bucket: str) -> None:
    assert s3.head_bucket(Bucket=bucket)["ResponseMetadata"]["HTTPStatusCode"] == 200
    with refused("404"):
        s3.head_bucket(Bucket="absent")
    with refused("403"):
        mock.s3("none").head_bucket(Bucket=bucket)
    with refused("403"):
        mock.s3("boss", password="wrong-1").head_bucket(Bucket=bucket)
    grant = [{"namespaceName": bucket, "permissions": ["BROWSE"]}]
    mock.seed_tenant(users=[{"username": "none", "dataAccessPermissions": grant}])
    with refused("403"):
        mock.s3("none").head_bucket(Bucket=bucket)
    mock.s3("none").list_objects(Bucket=bucket)


def test_only_empty_buckets_are_deleted_and_only_by_their_owner(
    mock: Mock, s3: Any, bucket: str, tenant_admin: Client
) -> None:
    with refused("AccessDenied", 403):
        mock.s3("a").delete_bucket(Bucket=bucket)
    with refused("NoSuchBucket", 404):
        s3.delete_bucket(Bucket="absent")
    s3.put_object(Bucket=bucket, Key="a/b", Body=b"x")
    for key in ("a/b", "a/"):
        with refused("BucketNotEmpty", 409):
            s3.delete_bucket(Bucket=bucket)
        assert tenant_admin.delete(f"{T}/namespaces/{bucket}") == 403
        s3.delete_object(Bucket=bucket, Key=key)
    answer = s3.delete_bucket(Bucket=bucket)
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert tenant_admin.get(f"{T}/namespaces/{bucket}").status_code == 404
    s3.create_bucket(Bucket=bucket)
    assert tenant_admin.delete(f"{T}/namespaces/{bucket}") == 200
    with refused("404"):
        s3.head_bucket(Bucket=bucket)


def test_versions_markers_and_uploads_keep_a_bucket(mock: Mock, s3: Any, bucket: str) -> None:
    upload = s3.create_multipart_upload(Bucket=bucket, Key="big")["UploadId"]
    with refused("BucketNotEmpty"):
        s3.delete_bucket(Bucket=bucket)
    s3.abort_multipart_upload(Bucket=bucket, Key="big", UploadId=upload)
    mock.seed_namespace(bucket, versioningSettings={"enabled": True, "useDeleteMarkers": True})
    version = s3.put_object(Bucket=bucket, Key="k", Body=b"1")["VersionId"]
    marker = s3.delete_object(Bucket=bucket, Key="k")["VersionId"]
    s3.delete_object(Bucket=bucket, Key="k", VersionId=version)
    with refused("BucketNotEmpty"):
        s3.delete_bucket(Bucket=bucket)
    s3.delete_object(Bucket=bucket, Key="k", VersionId=marker)
    s3.delete_bucket(Bucket=bucket)


def test_the_management_api_switch_governs_buckets(mock: Mock, s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="k", Body=b"1")
    for of_tenant in (True, False):
        mock.seed_tenant(mapiEnabled=not of_tenant)
        mock.seed(system={"mapiEnabled": of_tenant})
        acl = {"Bucket": bucket, "ACL": "private"}
        versioning = {"Bucket": bucket, "VersioningConfiguration": {"Status": "Enabled"}}
        for call, options in (
            (s3.list_buckets, {}),
            (s3.create_bucket, {"Bucket": "second"}),
            (s3.delete_bucket, {"Bucket": bucket}),
            (s3.get_bucket_versioning, {"Bucket": bucket}),
            (s3.put_bucket_versioning, versioning),
            (s3.get_bucket_acl, {"Bucket": bucket}),
            (s3.put_bucket_acl, acl),
        ):
            with refused("AccessDenied", 403):
                call(**options)
        with refused("403"):
            s3.head_bucket(Bucket=bucket)
        assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"1"
        assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 1
    mock.seed(system={"mapiEnabled": True})
    assert names(s3) == [bucket]


def test_a_namespace_made_through_mapi_becomes_a_bucket(
    mock: Mock, s3: Any, tenant_admin: Client
) -> None:
    body = {"name": "made", "hardQuota": "5 GB", "owner": "boss"}
    assert tenant_admin.put(f"{T}/namespaces", body) == 200
    with refused("403"):
        s3.head_bucket(Bucket="made")
    path = f"{T}/namespaces/made"
    assert tenant_admin.post(f"{path}/protocols/http", {"hs3Enabled": True}) == 400
    assert tenant_admin.post(path, {"aclsUsage": "NOT_ENFORCED"}) == 200
    assert tenant_admin.post(f"{path}/protocols/http", {"hs3Enabled": True}) == 200
    assert names(s3) == ["made"]
    s3.put_object(Bucket="made", Key="k", Body=b"1")
    # An owner set through MAPI does not get the permission to delete.
    nobody = mock.s3("none")
    with refused("AccessDenied", 403):
        nobody.delete_object(Bucket="made", Key="k")
    assert tenant_admin.post(f"{path}/protocols/http", {"httpsEnabled": False}) == 200
    with refused("AccessDenied", 403):
        s3.get_object(Bucket="made", Key="k")
    assert names(s3) == ["made"]


def test_addresses(mock: Mock, s3: Any, bucket: str, tenant_admin: Client) -> None:
    path = f"{T}/namespaces/{bucket}/protocols/http"

    def settings(allow: list[str], deny: list[str], both: bool) -> None:
        lists = {
            "allowAddresses": {"ipAddress": allow},
            "denyAddresses": {"ipAddress": deny},
            "allowIfInBothLists": both,
        }
        assert tenant_admin.post(path, {"ipSettings": lists}) == 200

    mine, other = ["127.0.0.0/8"], ["192.0.2.0/24"]
    for allow, deny, both, works in (
        (mine, mine, True, True),
        (mine, mine, False, False),
        (other, [], True, True),
        (other, [], False, False),
        ([], mine, True, False),
        (mine, other, False, True),
    ):
        settings(allow, deny, both)
        if works:
            s3.list_objects(Bucket=bucket)
        else:
            with refused("AccessDenied", 403):
                s3.list_objects(Bucket=bucket)


def test_versioning_is_shared_with_mapi(
    mock: Mock, s3: Any, bucket: str, tenant_admin: Client
) -> None:
    path = f"{T}/namespaces/{bucket}/versioningSettings"
    assert "Status" not in s3.get_bucket_versioning(Bucket=bucket)
    enable_versioning(s3, bucket)
    assert tenant_admin.read(path)["enabled"] is True
    assert tenant_admin.post(path, {"enabled": False}) == 200
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Suspended"
    for call in (mock.s3("a"), mock.s3("none")):
        with refused("AccessDenied", 403):
            call.get_bucket_versioning(Bucket=bucket)
        with refused("AccessDenied", 403):
            enable_versioning(call, bucket)


def test_suspending_what_was_never_enabled_shows(s3: Any, bucket: str) -> None:
    enable_versioning(s3, bucket, "Suspended")
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Suspended"


def test_versioning_documents(mock: Mock, bucket: str) -> None:
    wire, query = Wire(mock), {"versioning": ""}
    for body, code in (
        (b"", "400 MissingRequestBodyError"),
        (b"<VersioningConfiguration>", "400 MalformedXML"),
        (b"<Other/>", "400 MalformedXML"),
        (b"<VersioningConfiguration><Status>On</Status></VersioningConfiguration>", None),
        (
            b"<VersioningConfiguration><MfaDelete>Enabled</MfaDelete></VersioningConfiguration>",
            None,
        ),
        (b'<!DOCTYPE x [<!ENTITY e "x">]><VersioningConfiguration/>', None),
    ):
        answer = wire.send("PUT", f"/{bucket}", query, body=body)
        assert code_of(answer) == (code or "400 MalformedXML")
    good = b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
    plain = {"content-type": "text/plain"}
    answer = wire.send("PUT", f"/{bucket}", query, plain, good)
    assert code_of(answer) == "400 InvalidArgument"
    answer = wire.send("PUT", f"/{bucket}", {"VERSIONING": ""}, body=good)
    assert (answer.status_code, answer.headers["location"]) == (200, f"/{bucket}")


def test_versioning_may_be_impossible(mock: Mock, tenant_admin: Client) -> None:
    client = mock.s3(tenant="basic")
    client.create_bucket(Bucket="archive")
    with refused("InvalidBucketState", 409):
        enable_versioning(client, "archive")


UNSUPPORTED = [
    "accelerate",
    "analytics",
    "encryption",
    "intelligent-tiering",
    "inventory",
    "lifecycle",
    "location",
    "logging",
    "metrics",
    "notification",
    "ownershipControls",
    "policy",
    "policyStatus",
    "publicAccessBlock",
    "replication",
    "requestPayment",
    "tagging",
    "website",
]


def test_what_hcp_does_not_have(mock: Mock, s3: Any, bucket: str) -> None:
    wire = Wire(mock)
    for method in ("GET", "PUT", "DELETE"):
        for name in UNSUPPORTED:
            answer = wire.send(method, f"/{bucket}", {name: ""})
            assert code_of(answer) == "501 NotImplemented"
    for method, name in (
        ("GET", "tagging"),
        ("PUT", "tagging"),
        ("DELETE", "tagging"),
        ("GET", "torrent"),
        ("POST", "restore"),
        ("POST", "select"),
        ("GET", "attributes"),
        ("PUT", "renameObject"),
    ):
        answer = wire.send(method, f"/{bucket}/key", {name: ""})
        assert code_of(answer) == "501 NotImplemented"
    assert names(s3) == [bucket]


def test_methods_that_do_not_fit(mock: Mock, bucket: str) -> None:
    wire = Wire(mock)
    for method, path, query in (
        ("PUT", "/", {}),
        ("DELETE", "/", {}),
        ("DELETE", f"/{bucket}", {"acl": ""}),
        ("PUT", f"/{bucket}", {"uploads": ""}),
        ("POST", f"/{bucket}/key", {}),
        ("PATCH", f"/{bucket}/key", {}),
    ):
        assert code_of(wire.send(method, path, query)) == "405 MethodNotAllowed"


def test_parameters_that_mean_nothing_are_ignored(mock: Mock, bucket: str) -> None:
    wire = Wire(mock)
    assert wire.send("GET", f"/{bucket}", {"colour": "red"}).status_code == 200
    assert b"ListBucketResult" in wire.send("GET", f"/{bucket}", {"Uploads": ""}).content
    assert b"ListVersionsResult" in wire.send("GET", f"/{bucket}", {"Versions": ""}).content
