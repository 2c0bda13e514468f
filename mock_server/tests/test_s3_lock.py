"""Retention and holds: of HCP, and of S3 Object Lock."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from .conftest import Client, Mock
from .s3 import Wire, code_of, enable_versioning, refused

T = "/tenants/finance"
DAY = 24 * 3600


def later(days: int) -> datetime:
    return (datetime.now(UTC) + timedelta(days=days)).replace(microsecond=0)


@pytest.fixture
def privileged(mock: Mock, s3: Any, bucket: str) -> str:
    held = ["BROWSE", "READ", "READ_ACL", "WRITE", "WRITE_ACL", "DELETE", "PRIVILEGED"]
    grant = [{"namespaceName": bucket, "permissions": held}]
    mock.seed_tenant(users=[{"username": "boss", "dataAccessPermissions": grant}])
    return bucket


def put(mock: Mock, bucket: str, key: str, headers: dict[str, str], body: bytes = b"x") -> Any:
    return Wire(mock).send("PUT", f"/{bucket}/{key}", headers=headers, body=body)


def shown(mock: Mock, bucket: str, key: str) -> Any:
    return Wire(mock).send("HEAD", f"/{bucket}/{key}").headers


def test_retention_on_storing(mock: Mock, s3: Any, bucket: str, tenant_admin: Client) -> None:
    classes = f"{T}/namespaces/{bucket}/retentionClasses"
    body = {"name": "Ten", "value": "A+10d", "allowDisposition": False}
    assert tenant_admin.put(classes, body) == 200
    epoch = str(int(later(3).timestamp()))
    for number, (value, retained, text) in enumerate(
        (
            ("0", False, "0"),
            ("-1", True, "-1"),
            ("-2", True, "-2"),
            ("Deletion Prohibited", True, "-1"),
            ("N+1d", True, None),
            ("A+1y", True, None),
            ("A-1d", False, None),
            (epoch, True, None),
            ("2100-01-01T00:00:00+0000", True, "2100-01-01T00:00:00+0000"),
            ("C+ten", True, "C+Ten"),
        )
    ):
        key = f"k{number}"
        assert put(mock, bucket, key, {"x-hcp-retention": value}).status_code == 200
        if text is not None:
            assert shown(mock, bucket, key)["x-hcp-retention"] == text
        answer = Wire(mock).send("DELETE", f"/{bucket}/{key}")
        assert answer.status_code == (409 if retained else 204), value
    for value in ("A+1Y", "C+none", "soon", "2100-01-01", "A"):
        answer = put(mock, bucket, "bad", {"x-hcp-retention": value})
        assert code_of(answer) == "400 InvalidArgument"
    mock.control("POST", "/clock", {"advance": 2 * DAY})
    s3.delete_object(Bucket=bucket, Key="k4")


def test_the_default_of_the_namespace(
    mock: Mock, s3: Any, bucket: str, tenant_admin: Client
) -> None:
    path = f"{T}/namespaces/{bucket}/complianceSettings"
    assert tenant_admin.post(path, {"retentionDefault": "A+1d"}) == 200
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    with refused("OperationAborted", 409):
        s3.delete_object(Bucket=bucket, Key="k")
    errors = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "k"}]})["Errors"]
    assert errors[0]["Code"] == "OperationAborted"
    enable_versioning(s3, bucket)
    with refused("AccessDenied", 403):
        s3.put_object(Bucket=bucket, Key="k", Body=b"new")


def test_retention_only_grows(mock: Mock, s3: Any, bucket: str) -> None:
    def change(value: str) -> int:
        headers = {
            "x-amz-copy-source": f"/{bucket}/k",
            "x-amz-metadata-directive": "REPLACE",
            "x-hcp-retention": value,
        }
        return int(Wire(mock).send("PUT", f"/{bucket}/k", headers=headers).status_code)

    put(mock, bucket, "k", {"x-hcp-retention": "-2"})
    for value, status in (
        ("A+1d", 200),
        ("A+2d", 200),
        ("A+1d", 403),
        ("0", 403),
        ("R+1d", 200),
        ("-1", 200),
        ("A+9y", 403),
        ("-1", 200),
    ):
        assert change(value) == status, value


def test_holds(mock: Mock, s3: Any, bucket: str) -> None:
    hold = {"x-hcp-retentionhold": "true"}
    assert code_of(put(mock, bucket, "k", hold)) == "403 AccessDenied"
    s3.delete_object(Bucket=bucket, Key="k")


def test_holds_of_the_privileged(mock: Mock, s3: Any, privileged: str) -> None:
    bucket = privileged
    assert put(mock, bucket, "k", {"x-hcp-retentionhold": "true"}).status_code == 200
    assert shown(mock, bucket, "k")["x-hcp-retentionhold"] == "true"
    with refused("AccessDenied", 403):
        s3.delete_object(Bucket=bucket, Key="k")
    reason = {"x-hcp-privileged": "because"}
    assert Wire(mock).send("DELETE", f"/{bucket}/k", headers=reason).status_code == 403
    edit = {"x-amz-copy-source": f"/{bucket}/k", "x-amz-metadata-directive": "REPLACE"}
    for more, status in (
        ({"x-hcp-retention": "-1"}, 403),
        ({"x-hcp-retentionhold": "maybe"}, 400),
        ({"x-hcp-retentionhold": "false"}, 200),
    ):
        headers = {**edit, **more}
        assert Wire(mock).send("PUT", f"/{bucket}/k", headers=headers).status_code == status
    s3.delete_object(Bucket=bucket, Key="k")


def test_labelled_holds(mock: Mock, s3: Any, privileged: str) -> None:
    bucket = privileged
    two = [{"id": "L1", "hold": True}, {"id": "L2", "hold": True}]
    name = "x-hcp-labelretentionhold"
    assert put(mock, bucket, "k", {name: json.dumps(two)}).status_code == 200
    headers = shown(mock, bucket, "k")
    assert headers[name] == "true"
    assert [row["id"] for row in json.loads(headers[f"{name}-labels"])] == ["L1", "L2"]
    edit = {"x-amz-copy-source": f"/{bucket}/k", "x-amz-metadata-directive": "REPLACE"}
    for number in ("L1", "L2"):
        with refused("AccessDenied", 403):
            s3.delete_object(Bucket=bucket, Key="k")
        more = {**edit, name: json.dumps([{"id": number, "hold": False}])}
        assert Wire(mock).send("PUT", f"/{bucket}/k", headers=more).status_code == 200
    s3.delete_object(Bucket=bucket, Key="k")
    for bad in (
        "no",
        "{}",
        '[{"id": "", "hold": true}]',
        '[{"id": "x"}]',
        '[{"id": "x", "hold": "true"}]',
        '[{"id": "x", "hold": true}, {"id": "x", "hold": false}]',
        json.dumps([{"id": "x" * 65, "hold": True}]),
        json.dumps([{"id": f"x{n}", "hold": True} for n in range(101)]),
    ):
        assert code_of(put(mock, bucket, "bad", {name: bad})) == "400 InvalidArgument"


def test_privileged_deletion(mock: Mock, s3: Any, bucket: str, tenant_admin: Client) -> None:
    put(mock, bucket, "k", {"x-hcp-retention": "-1"})
    reason = {"x-hcp-privileged": "court order"}
    wire = Wire(mock)
    assert wire.send("DELETE", f"/{bucket}/k", headers=reason).status_code == 403
    held = ["BROWSE", "READ", "WRITE", "DELETE", "PRIVILEGED"]
    grant = [{"namespaceName": bucket, "permissions": held}]
    mock.seed_tenant(users=[{"username": "boss", "dataAccessPermissions": grant}])
    long = {"x-hcp-privileged": "x" * 1025}
    assert code_of(wire.send("DELETE", f"/{bucket}/k", headers=long)) == "400 InvalidArgument"
    assert wire.send("DELETE", f"/{bucket}/k", headers=reason).status_code == 204
    put(mock, bucket, "k", {"x-hcp-retention": "-1"})
    assert tenant_admin.post(f"{T}/namespaces/{bucket}", {"enterpriseMode": False}) == 200
    assert wire.send("DELETE", f"/{bucket}/k", headers=reason).status_code == 403


@pytest.fixture
def locked(mock: Mock, s3: Any, tenant_admin: Client) -> str:
    body = {"name": "locked", "hardQuota": "5 GB", "owner": "boss", "retentionType": "S3"}
    assert tenant_admin.put(f"{T}/namespaces", {**body, "aclsUsage": "ENFORCED"}) == 200
    assert tenant_admin.post(f"{T}/namespaces/locked/protocols/http", {"hs3Enabled": True}) == 200
    held = ["BROWSE", "READ", "WRITE", "DELETE"]
    grant = [{"namespaceName": "locked", "permissions": held}]
    mock.seed_tenant(users=[{"username": "boss", "dataAccessPermissions": grant}])
    return "locked"


def test_only_one_kind_of_retention(mock: Mock, s3: Any, bucket: str, locked: str) -> None:
    until = later(1).strftime("%Y-%m-%dT%H:%M:%SZ")
    lock = {
        "x-amz-object-lock-mode": "GOVERNANCE",
        "x-amz-object-lock-retain-until-date": until,
    }
    assert code_of(put(mock, bucket, "k", lock)) == "400 InvalidArgument"
    assert code_of(put(mock, locked, "k", {"x-hcp-retention": "0"})) == "400 InvalidArgument"
    place = {"Bucket": bucket, "Key": "k"}
    s3.put_object(**place, Body=b"x")
    rule = {"ObjectLockEnabled": "Enabled"}
    for call, options in (
        (s3.get_object_lock_configuration, {"Bucket": bucket}),
        (
            s3.put_object_lock_configuration,
            {"Bucket": bucket, "ObjectLockConfiguration": rule},
        ),
        (s3.get_object_retention, place),
        (s3.put_object_retention, {**place, "Retention": {"Mode": "GOVERNANCE"}}),
        (s3.get_object_legal_hold, place),
        (s3.put_object_legal_hold, {**place, "LegalHold": {"Status": "ON"}}),
    ):
        with refused("InvalidBucketState", 409):
            call(**options)


def test_locks_on_storing(mock: Mock, s3: Any, locked: str) -> None:
    s3.put_object(
        Bucket=locked,
        Key="k",
        Body=b"x",
        ObjectLockMode="COMPLIANCE",
        ObjectLockRetainUntilDate=later(2),
        ObjectLockLegalHoldStatus="OFF",
    )
    found = s3.head_object(Bucket=locked, Key="k")
    assert found["ObjectLockMode"] == "COMPLIANCE"
    assert found["ObjectLockRetainUntilDate"] == later(2)
    assert found["ObjectLockLegalHoldStatus"] == "OFF"
    with refused("OperationAborted", 409):
        s3.delete_object(Bucket=locked, Key="k", VersionId=found["VersionId"])
    for more in (
        {"ObjectLockMode": "COMPLIANCE"},
        {"ObjectLockMode": "OTHER", "ObjectLockRetainUntilDate": later(1)},
        {"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": later(-1)},
        {"ObjectLockLegalHoldStatus": "MAYBE"},
    ):
        with refused("InvalidArgument", 400):
            s3.put_object(Bucket=locked, Key="bad", Body=b"x", **more)
    mock.control("POST", "/clock", {"advance": 3 * DAY})
    s3.delete_object(Bucket=locked, Key="k", VersionId=found["VersionId"])


def test_the_rule_of_a_bucket(mock: Mock, s3: Any, locked: str) -> None:
    assert s3.get_object_lock_configuration(Bucket=locked)["ObjectLockConfiguration"] == {
        "ObjectLockEnabled": "Enabled"
    }
    rule = {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 2}}
    wanted = {"ObjectLockEnabled": "Enabled", "Rule": rule}
    s3.put_object_lock_configuration(Bucket=locked, ObjectLockConfiguration=wanted)
    found = s3.get_object_lock_configuration(Bucket=locked)["ObjectLockConfiguration"]
    assert found == wanted
    s3.put_object(Bucket=locked, Key="k", Body=b"x")
    assert s3.get_object_retention(Bucket=locked, Key="k")["Retention"]["Mode"] == "GOVERNANCE"
    for bad in (
        {"Mode": "GOVERNANCE"},
        {"Mode": "GOVERNANCE", "Days": 1, "Years": 1},
        {"Mode": "OTHER", "Days": 1},
        {"Mode": "GOVERNANCE", "Days": 0},
    ):
        wrong = {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": bad}}
        with refused("MalformedXML", 400):
            s3.put_object_lock_configuration(Bucket=locked, ObjectLockConfiguration=wrong)
    with refused("AccessDenied", 403):
        mock.s3("n").put_object_lock_configuration(
            Bucket=locked, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"}
        )


def test_retention_of_single_versions(mock: Mock, s3: Any, locked: str) -> None:
    place = {"Bucket": locked, "Key": "k"}
    version = s3.put_object(**place, Body=b"x")["VersionId"]

    def retain(mode: str, days: int, **more: Any) -> None:
        retention = {"Mode": mode, "RetainUntilDate": later(days)}
        s3.put_object_retention(**place, Retention=retention, **more)

    retain("GOVERNANCE", 5)
    with refused("AccessDenied", 403):
        retain("GOVERNANCE", 2)
    with refused("AccessDenied", 403):
        retain("GOVERNANCE", 2, BypassGovernanceRetention=True)
    held = ["BROWSE", "READ", "WRITE", "DELETE", "PRIVILEGED"]
    grant = [{"namespaceName": locked, "permissions": held}]
    mock.seed_tenant(users=[{"username": "boss", "dataAccessPermissions": grant}])
    retain("GOVERNANCE", 2, BypassGovernanceRetention=True)
    with refused("MalformedXML", 400):
        retain("GOVERNANCE", -1)
    with refused("OperationAborted", 409):
        s3.delete_object(**place, VersionId=version)
    s3.delete_object(**place, VersionId=version, BypassGovernanceRetention=True)
    version = s3.put_object(**place, Body=b"y")["VersionId"]
    retain("COMPLIANCE", 5)
    for mode, days in (("COMPLIANCE", 4), ("GOVERNANCE", 9)):
        with refused("AccessDenied", 403):
            retain(mode, days, BypassGovernanceRetention=True)
    retain("COMPLIANCE", 6)
    found = s3.get_object_retention(**place, VersionId=version)["Retention"]
    assert found == {"Mode": "COMPLIANCE", "RetainUntilDate": later(6)}
    with refused("NoSuchKey", 404):
        s3.get_object_retention(Bucket=locked, Key="absent")


def test_legal_holds(s3: Any, locked: str) -> None:
    place = {"Bucket": locked, "Key": "k"}
    version = s3.put_object(**place, Body=b"x")["VersionId"]
    assert s3.get_object_legal_hold(**place)["LegalHold"]["Status"] == "OFF"
    s3.put_object_legal_hold(**place, LegalHold={"Status": "ON"})
    assert s3.get_object_legal_hold(**place)["LegalHold"]["Status"] == "ON"
    for more in ({}, {"VersionId": version}):
        with refused("AccessDenied", 403):
            s3.delete_object(**place, **more)
    with refused("MalformedXML", 400):
        s3.put_object_legal_hold(**place, LegalHold={"Status": "MAYBE"})
    s3.put_object_legal_hold(**place, LegalHold={"Status": "OFF"})
    s3.delete_object(**place, VersionId=version)
