"""Multipart uploads."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client, Mock
from .s3 import Wire, code_of, enable_versioning, md5, refused

T = "/tenants/finance"
MB = 1024**2
DAY = 24 * 3600
ONE, TWO = b"a" * MB, b"b" * (MB + 7)


def begin(s3: Any, bucket: str, key: str = "big/one", **more: Any) -> dict[str, str]:
    upload = s3.create_multipart_upload(Bucket=bucket, Key=key, **more)["UploadId"]
    return {"Bucket": bucket, "Key": key, "UploadId": upload}


def part(s3: Any, place: dict[str, str], number: int, body: bytes) -> dict[str, Any]:
    etag = s3.upload_part(**place, PartNumber=number, Body=body)["ETag"]
    return {"PartNumber": number, "ETag": etag}


def finish(s3: Any, place: dict[str, str], *parts: dict[str, Any], **more: Any) -> Any:
    return s3.complete_multipart_upload(**place, MultipartUpload={"Parts": [*parts]}, **more)


def test_an_upload(mock: Mock, s3: Any, bucket: str) -> None:
    place = begin(s3, bucket, Metadata={"m": "1"}, ContentType="text/x")
    assert place["UploadId"].isdecimal()
    with refused("NoSuchKey"):
        s3.get_object(Bucket=bucket, Key="big/one")
    last, first = part(s3, place, 7, TWO), part(s3, place, 3, ONE)
    extra = part(s3, place, 9, b"dropped")
    assert extra["PartNumber"] == 9
    done = finish(s3, place, first, last)
    digests = bytes.fromhex(md5(ONE) + md5(TWO))
    assert done["ETag"] == f'"{md5(digests)}-2"'
    assert done["Location"] == f"https://{bucket}.finance.hcp.example.com/hs3/big/one"
    found = s3.get_object(Bucket=bucket, Key="big/one")
    assert found["Body"].read() == ONE + TWO
    assert (found["Metadata"], found["ContentType"]) == ({"m": "1"}, "text/x")
    middle = s3.get_object(Bucket=bucket, Key="big/one", Range=f"bytes={MB - 2}-{MB + 1}")
    assert middle["Body"].read() == b"aabb"
    with refused("NoSuchUpload", 404):
        finish(s3, place, first, last)


def test_errors_about_parts_have_status_200(mock: Mock, s3: Any, bucket: str) -> None:
    place = begin(s3, bucket)
    small, good = part(s3, place, 1, b"small"), part(s3, place, 2, ONE)
    for parts, code in (
        ((small, good), "EntityTooSmall"),
        ((good, small), "InvalidPartOrder"),
        ((good, good), "InvalidPartOrder"),
        (({**good, "ETag": '"0"'},), "InvalidPart"),
        (({**good, "PartNumber": 5},), "InvalidPart"),
    ):
        with refused(code):
            finish(s3, place, *parts)
    body = (
        b"<CompleteMultipartUpload><Part><PartNumber>9</PartNumber><ETag>x</ETag></Part>"
        b"</CompleteMultipartUpload>"
    )
    query, xml = {"uploadId": place["UploadId"]}, {"content-type": "application/xml"}
    wire = Wire(mock)
    assert code_of(wire.send("POST", f"/{bucket}/big/one", query, xml, body)) == "200 InvalidPart"
    # The parts are still there.
    assert finish(s3, place, good)["ETag"].endswith('-1"')


def test_completions_that_are_not_understood(mock: Mock, s3: Any, bucket: str) -> None:
    place = begin(s3, bucket)
    good = part(s3, place, 1, b"x")
    wire, query = Wire(mock), {"uploadId": place["UploadId"]}
    xml = {"content-type": "application/xml"}
    path = f"/{bucket}/big/one"
    text = (
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber>"
        f"<ETag>{good['ETag']}</ETag></Part></CompleteMultipartUpload>"
    ).encode()
    for headers, body, code in (
        ({}, text, "400 InvalidArgument"),
        ({**xml, "x-amz-meta-a": "1"}, text, "400 InvalidArgument"),
        (xml, b"", "400 MissingRequestBodyError"),
        (xml, b"<CompleteMultipartUpload/>", "400 MalformedXML"),
        (xml, text.replace(b">1<", b">one<"), "400 MalformedXML"),
        ({**xml, "if-match": '"x"'}, text, "200 PreconditionFailed"),
    ):
        assert code_of(wire.send("POST", path, query, headers, body)) == code
    mock.seed(rules={"completeNeedsContentType": False})
    assert wire.send("POST", path, query, {}, text).status_code == 200


def test_parts(mock: Mock, s3: Any, bucket: str) -> None:
    place = begin(s3, bucket)
    for number in (0, 10001):
        with refused("InvalidArgument", 400):
            part(s3, place, number, b"x")
    with refused("BadDigest", 400):
        s3.upload_part(**place, PartNumber=1, Body=b"x", ContentMD5="1B2M2Y8AsgTpgAmY7PhCfg==")
    with refused("NoSuchUpload", 404):
        part(s3, {**place, "UploadId": "1"}, 1, b"x")
    with refused("NoSuchUpload", 404):
        part(s3, {**place, "Key": "other"}, 1, b"x")
    query = {"UPLOADID": place["UploadId"], "PartNumber": "1"}
    wire = Wire(mock)
    assert wire.send("PUT", f"/{bucket}/big/one", query, body=b"any case").status_code == 200
    headers = {"x-amz-meta-a": "1"}
    answer = wire.send("PUT", f"/{bucket}/big/one", query, headers, b"x")
    assert code_of(answer) == "400 InvalidArgument"
    part(s3, place, 1, b"again")
    listed = s3.list_parts(**place)["Parts"]
    assert [(row["PartNumber"], row["Size"]) for row in listed] == [(1, 5)]


def test_lists_of_parts(mock: Mock, s3: Any, bucket: str) -> None:
    place = begin(s3, bucket)
    for number in (1, 2, 5, 10):
        part(s3, place, number, b"x" * number)
    pages = s3.get_paginator("list_parts").paginate(**place, PaginationConfig={"PageSize": 3})
    assert [[row["PartNumber"] for row in page["Parts"]] for page in pages] == [[1, 2, 5], [10]]
    found = s3.list_parts(**place)
    assert (found["Initiator"]["DisplayName"], found["StorageClass"]) == ("boss", "STANDARD")
    assert found["AbortDate"] is not None
    wire = Wire(mock)
    for query in ({"max-parts": "1001"}, {"part-number-marker": "10001"}, {"max-parts": "x"}):
        more = {"uploadId": place["UploadId"], **query}
        answer = wire.send("GET", f"/{bucket}/big/one", more)
        assert code_of(answer) == "400 InvalidArgument"


def test_lists_of_uploads(mock: Mock, s3: Any, bucket: str) -> None:
    places = [begin(s3, bucket, key) for key in ("b", "a/1", "a/2", "b", "c")]
    listed = s3.list_multipart_uploads(Bucket=bucket)["Uploads"]
    assert [row["Key"] for row in listed] == ["a/1", "a/2", "b", "b", "c"]
    assert listed[2]["UploadId"] == places[0]["UploadId"]
    pages = s3.get_paginator("list_multipart_uploads").paginate(
        Bucket=bucket, PaginationConfig={"PageSize": 2}
    )
    found = [row["UploadId"] for page in pages for row in page["Uploads"]]
    assert found == [row["UploadId"] for row in listed]
    top = s3.list_multipart_uploads(Bucket=bucket, Delimiter="/")
    assert [row["Prefix"] for row in top["CommonPrefixes"]] == ["a/"]
    below = s3.list_multipart_uploads(Bucket=bucket, Prefix="a/")
    assert len(below["Uploads"]) == 2
    with refused("InvalidArgument", 400):
        s3.list_multipart_uploads(Bucket=bucket, MaxUploads=1001)
    with refused("AccessDenied", 403):
        mock.s3("none").list_multipart_uploads(Bucket=bucket)


def test_the_end_of_an_upload(mock: Mock, s3: Any, bucket: str, tenant_admin: Client) -> None:
    place = begin(s3, bucket)
    part(s3, place, 1, ONE)
    statistics = tenant_admin.read(f"{T}/namespaces/{bucket}/statistics")
    assert (statistics["storageCapacityUsed"], statistics["objectCount"]) == (MB, 0)
    s3.abort_multipart_upload(**place)
    with refused("NoSuchUpload", 404):
        s3.abort_multipart_upload(**place)
    assert tenant_admin.read(f"{T}/namespaces/{bucket}/statistics")["storageCapacityUsed"] == 0


def test_uploads_are_aborted_automatically(
    mock: Mock, s3: Any, bucket: str, tenant_admin: Client
) -> None:
    assert tenant_admin.post(f"{T}/namespaces/{bucket}", {"multipartUploadAutoAbortDays": 3}) == 200
    place = begin(s3, bucket)
    mock.control("POST", "/clock", {"advance": 2 * DAY})
    assert len(s3.list_multipart_uploads(Bucket=bucket)["Uploads"]) == 1
    mock.control("POST", "/clock", {"advance": 2 * DAY})
    with refused("NoSuchUpload", 404):
        part(s3, place, 1, b"x")
    assert tenant_admin.post(f"{T}/namespaces/{bucket}", {"multipartUploadAutoAbortDays": 0}) == 200
    answer = s3.create_multipart_upload(Bucket=bucket, Key="k")
    assert "AbortDate" not in answer
    mock.control("POST", "/clock", {"advance": 400 * DAY})
    assert len(s3.list_multipart_uploads(Bucket=bucket)["Uploads"]) == 1


def test_whose_upload_it_is(mock: Mock, s3: Any, bucket: str) -> None:
    s3.put_bucket_acl(Bucket=bucket, GrantFullControl="emailAddress=n,emailAddress=none")
    theirs, others = mock.s3("n"), mock.s3("none")
    place = begin(theirs, bucket)
    for caller in (s3, others):
        with refused("AccessDenied", 403):
            part(caller, place, 1, b"x")
    done = part(theirs, place, 1, b"x")
    with refused("AccessDenied", 403):
        finish(s3, place, done)
    with refused("AccessDenied", 403):
        others.list_parts(**place)
    assert len(s3.list_parts(**place)["Parts"]) == 1
    with refused("AccessDenied", 403):
        others.abort_multipart_upload(**place)
    s3.abort_multipart_upload(**place)


def test_conflicts_show_at_the_end(s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="big/one", Body=b"x")
    place = begin(s3, bucket)
    done = part(s3, place, 1, b"y")
    with refused("OperationAborted", 409):
        finish(s3, place, done)
    enable_versioning(s3, bucket)
    assert finish(s3, place, done)["VersionId"].isdecimal()
    assert s3.get_object(Bucket=bucket, Key="big/one")["Body"].read() == b"y"


def test_parts_from_other_objects(mock: Mock, s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="source", Body=ONE + TWO)
    place = begin(s3, bucket)
    parts = []
    for number, text in ((1, f"bytes=5-{MB + 4}"), (2, None), (3, f"bytes={2 * MB}-{9 * MB}")):
        more = {"CopySourceRange": text} if text else {}
        copied = s3.upload_part_copy(
            **place, PartNumber=number, CopySource=f"{bucket}/source", **more
        )
        parts.append({"PartNumber": number, "ETag": copied["CopyPartResult"]["ETag"]})
    whole = ONE + TWO
    assert parts[1]["ETag"] == f'"{md5(whole)}"'
    finish(s3, place, *parts)
    wanted = whole[5 : MB + 5] + whole + whole[2 * MB :]
    assert s3.get_object(Bucket=bucket, Key="big/one")["Body"].read() == wanted
    place = begin(s3, bucket, "other")
    for text in ("bytes=5-2", f"bytes={3 * MB}-{4 * MB}", "bytes=5-", "all"):
        with refused("InvalidArgument", 400):
            s3.upload_part_copy(
                **place, PartNumber=1, CopySource=f"{bucket}/source", CopySourceRange=text
            )
    with refused("PreconditionFailed", 412):
        s3.upload_part_copy(
            **place, PartNumber=1, CopySource=f"{bucket}/source", CopySourceIfMatch='"x"'
        )


@pytest.mark.parametrize("header", ["x-hcp-retention", "x-hcp-retentionhold"])
def test_retention_belongs_to_the_completion(mock: Mock, bucket: str, header: str) -> None:
    answer = Wire(mock).send("POST", f"/{bucket}/k", {"uploads": ""}, {header: "0"})
    assert code_of(answer) == "400 InvalidArgument"


def test_only_buckets_for_the_cloud(mock: Mock, s3: Any) -> None:
    http = {"hs3Enabled": True}
    mock.seed_namespace("old", optimizedFor="ALL", owner="boss", aclsUsage="ENFORCED", http=http)
    grant = [{"namespaceName": "old", "permissions": ["READ", "WRITE"]}]
    mock.seed_tenant(users=[{"username": "boss", "dataAccessPermissions": grant}])
    with refused("AccessDenied", 403):
        begin(s3, "old")
