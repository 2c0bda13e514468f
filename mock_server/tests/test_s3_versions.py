"""Versions of objects: version IDs, delete markers, pruning."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client, Mock
from .s3 import enable_versioning, keys, refused, versions

T = "/tenants/finance"
DAY = 24 * 3600


@pytest.fixture
def versioned(mock: Mock, s3: Any, bucket: str) -> str:
    enable_versioning(s3, bucket)
    return bucket


@pytest.fixture
def marked(mock: Mock, s3: Any, versioned: str, tenant_admin: Client) -> str:
    """A bucket with delete markers, which only MAPI can enable."""
    path = f"{T}/namespaces/{versioned}/versioningSettings"
    assert tenant_admin.post(path, {"useDeleteMarkers": True}) == 200
    return versioned


def put(s3: Any, bucket: str, key: str, body: bytes) -> str:
    return str(s3.put_object(Bucket=bucket, Key=key, Body=body)["VersionId"])


def read(s3: Any, bucket: str, key: str, **more: str) -> bytes:
    content: bytes = s3.get_object(Bucket=bucket, Key=key, **more)["Body"].read()
    return content


def test_numbers_rise(s3: Any, versioned: str, tenant_admin: Client) -> None:
    numbers = [put(s3, versioned, "k", body) for body in (b"1", b"22", b"333")]
    assert numbers == sorted(numbers, key=int)
    assert all(number.isdecimal() for number in numbers)
    assert read(s3, versioned, "k") == b"333"
    assert read(s3, versioned, "k", VersionId=numbers[0]) == b"1"
    assert s3.head_object(Bucket=versioned, Key="k")["VersionId"] == numbers[2]
    # Oldest first, unlike Amazon.
    assert versions(s3, versioned) == [
        ("k", numbers[0], False),
        ("k", numbers[1], False),
        ("k", numbers[2], True),
    ]
    statistics = tenant_admin.read(f"{T}/namespaces/{versioned}/statistics")
    assert (statistics["objectCount"], statistics["ingestedVolume"]) == (3, 6)


def test_odd_numbers(s3: Any, versioned: str) -> None:
    put(s3, versioned, "k", b"1")
    with refused("NoSuchKey", 404):
        read(s3, versioned, "k", VersionId="1")
    with refused("InvalidArgument", 400):
        read(s3, versioned, "k", VersionId="null")
    with refused("NoSuchKey", 404):
        s3.copy_object(Bucket=versioned, Key="c", CopySource=f"{versioned}/k?versionId=null")


def test_without_markers_a_deletion_leaves_no_trace_in_s3(s3: Any, versioned: str) -> None:
    first = put(s3, versioned, "k", b"1")
    assert "DeleteMarker" not in s3.delete_object(Bucket=versioned, Key="k")
    with refused("NoSuchKey", 404):
        read(s3, versioned, "k")
    assert keys(s3.list_objects(Bucket=versioned)) == []
    assert versions(s3, versioned) == [("k", first, False)]
    assert read(s3, versioned, "k", VersionId=first) == b"1"
    # Versions cannot be deleted by their ID here.
    s3.delete_object(Bucket=versioned, Key="k", VersionId=first)
    assert versions(s3, versioned) == [("k", first, False)]
    with refused("BucketNotEmpty", 409):
        s3.delete_bucket(Bucket=versioned)
    second = put(s3, versioned, "k", b"2")
    assert versions(s3, versioned) == [("k", first, False), ("k", second, True)]


def test_delete_markers(s3: Any, marked: str) -> None:
    first = put(s3, marked, "k", b"1")
    deleted = s3.delete_object(Bucket=marked, Key="k")
    marker = deleted["VersionId"]
    assert deleted["DeleteMarker"] is True
    answer = s3.list_object_versions(Bucket=marked)
    assert [(row["VersionId"], row["IsLatest"]) for row in answer["DeleteMarkers"]] == [
        (marker, True)
    ]
    assert answer["DeleteMarkers"][0]["Owner"]["DisplayName"] == "boss"
    for number in (None, marker):
        more = {"VersionId": number} if number else {}
        with refused("NoSuchKey", 404):
            read(s3, marked, "k", **more)
    with refused("404"):
        s3.head_object(Bucket=marked, Key="k")
    assert "VersionId" not in s3.delete_object(Bucket=marked, Key="k")
    with refused("NoSuchKey", 404):
        s3.copy_object(Bucket=marked, Key="c", CopySource=f"{marked}/k")
    removed = s3.delete_object(Bucket=marked, Key="k", VersionId=marker)
    assert (removed["VersionId"], removed["DeleteMarker"]) == (marker, True)
    assert read(s3, marked, "k") == b"1"
    s3.delete_object(Bucket=marked, Key="k", VersionId=first)
    assert versions(s3, marked) == []
    s3.delete_bucket(Bucket=marked)


def test_deleting_many_with_markers(s3: Any, marked: str) -> None:
    first = put(s3, marked, "k", b"1")
    done = s3.delete_objects(Bucket=marked, Delete={"Objects": [{"Key": "k"}]})["Deleted"]
    assert done[0]["DeleteMarker"] is True
    assert done[0]["DeleteMarkerVersionId"] == "Not Implemented"
    rows = versions(s3, marked)
    assert len(rows) == 2
    wanted = [{"Key": key, "VersionId": number} for key, number, _unused in rows]
    done = s3.delete_objects(Bucket=marked, Delete={"Objects": wanted})["Deleted"]
    assert {row["VersionId"] for row in done} == {first, rows[1][1]}
    assert versions(s3, marked) == []


def test_an_old_version_can_come_back(s3: Any, versioned: str) -> None:
    first = put(s3, versioned, "k", b"1")
    put(s3, versioned, "k", b"2")
    source = {"Bucket": versioned, "Key": "k", "VersionId": first}
    copied = s3.copy_object(Bucket=versioned, Key="k", CopySource=source)
    assert copied["CopySourceVersionId"] == first
    assert read(s3, versioned, "k") == b"1"
    assert len(versions(s3, versioned)) == 3


def test_suspended_is_not_amazons(s3: Any, versioned: str) -> None:
    first = put(s3, versioned, "k", b"1")
    second = put(s3, versioned, "k", b"2")
    enable_versioning(s3, versioned, "Suspended")
    with refused("OperationAborted", 409):
        s3.put_object(Bucket=versioned, Key="k", Body=b"3")
    # The version ID is ignored, and none is returned.
    found = s3.get_object(Bucket=versioned, Key="k", VersionId=first)
    assert (found["Body"].read(), found.get("VersionId")) == (b"2", None)
    assert "VersionId" not in s3.put_object(Bucket=versioned, Key="new", Body=b"x")
    s3.delete_object(Bucket=versioned, Key="k")
    with refused("NoSuchKey"):
        read(s3, versioned, "k")
    assert next(row[:2] for row in versions(s3, versioned)) == ("k", first)
    assert second not in [row[1] for row in versions(s3, versioned)]


def test_folders_have_one_version(s3: Any, marked: str) -> None:
    put(s3, marked, "a/k", b"1")
    put(s3, marked, "a/k", b"2")
    rows = versions(s3, marked)
    assert [row[0] for row in rows] == ["a/", "a/k", "a/k"]
    for _unused in rows:
        key, number, _latest = versions(s3, marked)[-1]
        s3.delete_object(Bucket=marked, Key=key, VersionId=number)
    assert versions(s3, marked) == []


def test_pages_of_versions(mock: Mock, s3: Any, marked: str) -> None:
    for key in ("a", "b/1", "b/2", "c"):
        for body in (b"1", b"2"):
            put(s3, marked, key, body)
        s3.delete_object(Bucket=marked, Key=key)
    everything = [
        (row["Key"], row["VersionId"])
        for kind in ("Versions", "DeleteMarkers")
        for row in s3.list_object_versions(Bucket=marked)[kind]
    ]
    assert len(everything) == 13
    for size in (1, 2, 3, 5):
        found: list[tuple[str, str]] = []
        paginator = s3.get_paginator("list_object_versions")
        for page in paginator.paginate(Bucket=marked, PaginationConfig={"PageSize": size}):
            rows = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
            assert len(rows) <= size
            found += [(row["Key"], row["VersionId"]) for row in rows]
        assert sorted(found) == sorted(everything)
    top = s3.list_object_versions(Bucket=marked, Delimiter="/", MaxKeys=4)
    assert [row["Prefix"] for row in top["CommonPrefixes"]] == ["b/"]
    assert (top["NextKeyMarker"], top.get("NextVersionIdMarker", "")) == ("b/", "")
    after = s3.list_object_versions(Bucket=marked, KeyMarker="b/2")
    assert {row["Key"] for row in after["Versions"]} == {"c"}


def test_old_versions_are_pruned(mock: Mock, s3: Any, versioned: str, tenant_admin: Client) -> None:
    path = f"{T}/namespaces/{versioned}/versioningSettings"
    assert tenant_admin.post(path, {"prune": True, "pruneDays": 5}) == 200
    for body in (b"1", b"2"):
        put(s3, versioned, "k", body)
    mock.control("POST", "/clock", {"advance": 4 * DAY})
    assert len(versions(s3, versioned)) == 2
    mock.control("POST", "/clock", {"advance": 2 * DAY})
    assert [row[2] for row in versions(s3, versioned)] == [True]
    assert read(s3, versioned, "k") == b"2"
