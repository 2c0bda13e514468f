"""Objects: store, read, metadata, ranges, preconditions, copies, deletion."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from .conftest import Client, Mock
from .s3 import Wire, code_of, http_now, keys, md5, md5_base64, refused

T = "/tenants/finance"
PAST, FUTURE = datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC) + timedelta(days=400)


def test_storing_and_reading(mock: Mock, s3: Any, bucket: str) -> None:
    content = bytes(range(256)) * 1024
    stored = s3.put_object(
        Bucket=bucket, Key="a/b.json", Body=content, Metadata={"colour": "red"}, CacheControl="x"
    )
    etag = f'"{md5(content)}"'
    assert stored["ETag"] == etag
    assert "VersionId" not in stored
    found = s3.get_object(Bucket=bucket, Key="a/b.json")
    assert found["Body"].read() == content
    assert found["ContentLength"] == len(content)
    assert found["ContentType"] == "application/json"
    assert found["Metadata"] == {"colour": "red"}
    assert (found["ETag"], found["AcceptRanges"]) == (etag, "bytes")
    head = s3.head_object(Bucket=bucket, Key="a/b.json")
    assert (head["ContentLength"], head["ETag"]) == (len(content), etag)
    assert head["LastModified"] == found["LastModified"]
    headers = head["ResponseMetadata"]["HTTPHeaders"]
    assert headers["x-hcp-retention"] == "0"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert "server" not in headers


def test_an_object_is_not_overwritten(s3: Any, bucket: str, tenant_admin: Client) -> None:
    s3.put_object(Bucket=bucket, Key="k", Body=b"1", Metadata={"a": "1"})
    with refused("OperationAborted", 409):
        s3.put_object(Bucket=bucket, Key="k", Body=b"2")
    assert tenant_admin.post(f"{T}/namespaces/{bucket}", {"s3UnversionedOverwrite": True}) == 200
    s3.put_object(Bucket=bucket, Key="k", Body=b"22")
    found = s3.get_object(Bucket=bucket, Key="k")
    assert (found["Body"].read(), found["Metadata"]) == (b"22", {})
    assert tenant_admin.read(f"{T}/namespaces/{bucket}/statistics")["objectCount"] == 1


def test_content_types(s3: Any, bucket: str) -> None:
    for key, sent, shown in (
        ("a.html", None, "text/html"),
        ("b", None, "application/octet-stream"),
        ("c.html", "text/x-own", "text/x-own"),
    ):
        more = {"ContentType": sent} if sent else {}
        s3.put_object(Bucket=bucket, Key=key, Body=b"x", **more)
        # boto3 sends a default type.
        assert s3.head_object(Bucket=bucket, Key=key)["ContentType"] in (
            shown,
            "binary/octet-stream",
        )
    found = s3.get_object(
        Bucket=bucket,
        Key="c.html",
        ResponseContentType="a/b",
        ResponseContentDisposition="attachment",
        ResponseCacheControl="max-age=1",
        ResponseContentLanguage="de",
    )
    assert found["Body"].read() == b"x"
    assert found["ContentType"] == "a/b"
    assert found["ContentDisposition"] == "attachment"
    assert (found["CacheControl"], found["ContentLanguage"]) == ("max-age=1", "de")


def test_digests(mock: Mock, s3: Any, bucket: str) -> None:
    for value, code in (
        (md5_base64(b"other"), "BadDigest"),
        ("short", "InvalidDigest"),
        ("AAAA", "InvalidDigest"),
    ):
        with refused(code, 400):
            s3.put_object(Bucket=bucket, Key="k", Body=b"data", ContentMD5=value)
    s3.put_object(Bucket=bucket, Key="k", Body=b"data", ContentMD5=md5_base64(b"data"))


def test_bodies_without_a_length(mock: Mock, bucket: str) -> None:
    wire = Wire(mock)
    payload = hashlib.sha256(b"data").hexdigest()
    answer = wire.send("PUT", f"/{bucket}/k", body=iter([b"data"]), payload=payload)
    assert code_of(answer) == "411 MissingContentLength"
    answer = wire.send("PUT", f"/{bucket}/folder/", body=iter([b"data"]), payload=payload)
    assert code_of(answer) == "400 MissingContentLength"


def test_names(mock: Mock, s3: Any, bucket: str) -> None:
    wire = Wire(mock)
    for path, code in (
        ("/%00", "400 MalformedXML"),
        ("/.", "400 MalformedXML"),
        ("/a/.directory-metadata", "400 MalformedXML"),
        ("/%FF", "400 MalformedXML"),
        ("/" + "x" * 4096, "400 KeyTooLong"),
    ):
        if path == "/.":
            with refused("MalformedXML"):
                s3.put_object(Bucket=bucket, Key=".", Body=b"x")
            continue
        answer = wire.send("PUT", f"/{bucket}{path}", body=b"x")
        assert code_of(answer) == code
    for key in ("x" * 4095, "ä ö+%2F?&=#", "a//b", "tab\there", "emoji 😀"):
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
        assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == key.encode()


def test_folders(s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="a/b/c", Body=b"x")
    assert keys(s3.list_objects(Bucket=bucket)) == ["a/", "a/b/", "a/b/c"]
    assert s3.head_object(Bucket=bucket, Key="a/b/")["ContentLength"] == 0
    with refused("NoSuchKey", 404):
        s3.get_object(Bucket=bucket, Key="a/b/")
    for key in ("a/b/", "a", "a/b", "a/b/c/", "a/b/c/d"):
        with refused("OperationAborted", 409):
            s3.put_object(Bucket=bucket, Key=key, Body=b"")
    made = s3.put_object(Bucket=bucket, Key="made/", Body=b"ignored")
    assert made["ETag"] == '"d41d8cd98f00b204e9800998ecf8427e"'
    s3.put_object(Bucket=bucket, Key="typed", ContentType="x-directory")
    assert s3.head_object(Bucket=bucket, Key="typed/")["ContentLength"] == 0
    with refused("OperationAborted", 409):
        s3.delete_object(Bucket=bucket, Key="a/")
    for key in ("a/b/c", "a/b/", "a/", "made/", "typed/"):
        s3.delete_object(Bucket=bucket, Key=key)
    assert keys(s3.list_objects(Bucket=bucket)) == []


def test_metadata(mock: Mock, s3: Any, bucket: str) -> None:
    with refused("MetadataTooLarge", 400):
        s3.put_object(Bucket=bucket, Key="k", Body=b"", Metadata={"a": "x" * 2048})
    s3.put_object(Bucket=bucket, Key="k", Body=b"", Metadata={"a": "x" * 2047, "empty": ""})
    assert s3.head_object(Bucket=bucket, Key="k")["Metadata"] == {"a": "x" * 2047}
    headers = {"x-amz-meta-a!b": "1"}
    assert Wire(mock).send("PUT", f"/{bucket}/odd", headers=headers, body=b"").status_code == 200
    assert s3.head_object(Bucket=bucket, Key="odd")["Metadata"] == {"a_b": "1"}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("bytes=0-3", b"0123"),
        ("bytes=4-", b"456789"),
        ("bytes=-3", b"789"),
        ("bytes=-30", b"0123456789"),
        ("bytes=8-99", b"89"),
    ],
)
def test_ranges(s3: Any, bucket: str, text: str, part: bytes) -> None:
    s3.put_object(Bucket=bucket, Key="k", Body=b"0123456789")
    found = s3.get_object(Bucket=bucket, Key="k", Range=text)
    assert found["ResponseMetadata"]["HTTPStatusCode"] == 206
    assert found["Body"].read() == part
    assert found["ContentRange"].endswith("/10")


def test_odd_ranges(s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="k", Body=b"0123456789")
    for text in ("bytes=10-", "bytes=-0", "bytes=99-100"):
        with refused("InvalidRange", 416):
            s3.get_object(Bucket=bucket, Key="k", Range=text)
    for text in ("bytes=5-2", "lines=1-2", "bytes=a-b", "bytes=0-1,3-4"):
        found = s3.get_object(Bucket=bucket, Key="k", Range=text)
        assert found["ResponseMetadata"]["HTTPStatusCode"] == 200
        assert found["Body"].read() == b"0123456789"
    with refused("NotImplemented", 501):
        s3.get_object(Bucket=bucket, Key="k", PartNumber=1)


def test_conditions(mock: Mock, s3: Any, bucket: str) -> None:
    etag = s3.put_object(Bucket=bucket, Key="k", Body=b"x")["ETag"]
    place = {"Bucket": bucket, "Key": "k"}
    for good in (
        {"IfMatch": etag},
        {"IfMatch": '"other", ' + etag},
        {"IfNoneMatch": '"other"'},
        {"IfModifiedSince": PAST},
        {"IfUnmodifiedSince": FUTURE},
        {"IfMatch": etag, "IfUnmodifiedSince": PAST},
        {"IfNoneMatch": '"other"', "IfModifiedSince": FUTURE},
    ):
        assert s3.get_object(**place, **good)["Body"].read() == b"x"
        s3.head_object(**place, **good)
    for bad, status in (
        ({"IfMatch": '"other"'}, 412),
        ({"IfUnmodifiedSince": PAST}, 412),
        ({"IfNoneMatch": etag}, 304),
        ({"IfModifiedSince": FUTURE}, 304),
    ):
        with refused("PreconditionFailed" if status == 412 else "304", status):
            s3.get_object(**place, **bad)
        with refused(str(status)):
            s3.head_object(**place, **bad)
    with refused("InvalidArgument", 400):
        s3.get_object(**place, IfMatch=etag, IfNoneMatch="x")
    headers = {"if-modified-since": "some day"}
    assert Wire(mock).send("GET", f"/{bucket}/k", headers=headers).status_code == 200


def test_what_is_absent(s3: Any, bucket: str) -> None:
    with refused("NoSuchKey", 404) as _unused:
        s3.get_object(Bucket=bucket, Key="absent")
    with refused("404"):
        s3.head_object(Bucket=bucket, Key="absent")
    with refused("NoSuchBucket", 404):
        s3.get_object(Bucket="absent", Key="k")
    with refused("NoSuchKey", 404):
        s3.get_object_acl(Bucket=bucket, Key="absent")
    assert (
        s3.delete_object(Bucket=bucket, Key="absent")["ResponseMetadata"]["HTTPStatusCode"] == 204
    )


def test_error_documents(mock: Mock, bucket: str) -> None:
    wire = Wire(mock)
    answer = wire.send("GET", f"/{bucket}/absent/key")
    assert answer.headers["content-type"] == "application/xml;charset=UTF-8"
    assert b"<Key>absent/key</Key>" in answer.content
    assert b"<RequestId>" in answer.content
    assert b"<HostId>" in answer.content
    assert "cache-control" not in answer.headers
    assert b"<BucketName>absent</BucketName>" in wire.send("GET", "/absent/key").content
    assert wire.send("HEAD", f"/{bucket}/absent").content == b""
    pretty = {"x-hcp-pretty-print": "true"}
    assert b"\n  <Code>" in wire.send("GET", "/absent", headers=pretty).content
    assert b"\n  <Owner>\n    <ID>" in wire.send("GET", "/", headers=pretty).content


def test_clients_that_take_gzip_get_it(mock: Mock, bucket: str) -> None:
    wire = Wire(mock)
    assert wire.send("PUT", f"/{bucket}/k", body=b"x" * 5000).status_code == 200
    offered = {"accept-encoding": "gzip, deflate"}
    for path in (f"/{bucket}/k", "/"):
        plain, packed = wire.send("GET", path), wire.send("GET", path, unsigned=offered)
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert packed.content == plain.content
    part = wire.send("GET", f"/{bucket}/k", unsigned={**offered, "Range": "bytes=0-9"})
    assert (part.status_code, part.headers.get("content-encoding")) == (206, None)


def test_encryption_is_only_asked_about(s3: Any, bucket: str) -> None:
    stored = s3.put_object(Bucket=bucket, Key="k", Body=b"", ServerSideEncryption="AES256")
    assert stored["ServerSideEncryption"] == "None"
    assert s3.head_object(Bucket=bucket, Key="k")["ServerSideEncryption"] == "None"


def test_copies(mock: Mock, s3: Any, bucket: str) -> None:
    s3.create_bucket(Bucket="target")
    content = b"x" * 200_000
    etag = s3.put_object(
        Bucket=bucket, Key="a/ä+b", Body=content, ContentType="text/x", Metadata={"m": "1"}
    )["ETag"]
    source = {"Bucket": bucket, "Key": "a/ä+b"}
    copied = s3.copy_object(Bucket="target", Key="one", CopySource=source)
    assert copied["CopyObjectResult"]["ETag"] == etag
    found = s3.get_object(Bucket="target", Key="one")
    assert found["Body"].read() == content
    assert (found["Metadata"], found["ContentType"]) == ({"m": "1"}, "text/x")
    s3.copy_object(
        Bucket="target",
        Key="two",
        CopySource=source,
        MetadataDirective="REPLACE",
        Metadata={"n": "2"},
        ContentType="text/y",
    )
    found = s3.head_object(Bucket="target", Key="two")
    assert (found["Metadata"], found["ContentType"]) == ({"n": "2"}, "text/y")
    s3.delete_object(Bucket=bucket, Key="a/ä+b")
    assert s3.get_object(Bucket="target", Key="one")["Body"].read() == content
    with refused("OperationAborted", 409):
        s3.copy_object(Bucket="target", Key="one", CopySource="target/two")


def test_a_copy_onto_itself_edits(s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="k", Body=b"1", Metadata={"a": "1"})
    place = {"Bucket": bucket, "Key": "k", "CopySource": f"{bucket}/k"}
    with refused("OperationAborted", 409):
        s3.copy_object(**place)
    with refused("InvalidArgument", 400):
        s3.copy_object(**place, MetadataDirective="replace")
    s3.copy_object(**place, MetadataDirective="REPLACE", Metadata={"b": "2"})
    found = s3.get_object(Bucket=bucket, Key="k")
    assert (found["Body"].read(), found["Metadata"]) == (b"1", {"b": "2"})


def test_copies_that_fail(mock: Mock, s3: Any, bucket: str) -> None:
    etag = s3.put_object(Bucket=bucket, Key="folder/k", Body=b"1")["ETag"]
    for source, code in (
        (f"{bucket}/absent", "NoSuchKey"),
        (f"{bucket}/folder/", "NoSuchKey"),
        ("absent/k", "NoSuchBucket"),
        ("nothing", "InvalidArgument"),
    ):
        answer = Wire(mock).send("PUT", f"/{bucket}/new", headers={"x-amz-copy-source": source})
        assert code_of(answer).endswith(code)
    source = f"/{bucket}/folder/k"
    for name, value in (
        ("if-match", '"other"'),
        ("if-none-match", etag),
        ("if-modified-since", format_datetime(FUTURE, usegmt=True)),
        ("if-unmodified-since", format_datetime(PAST, usegmt=True)),
    ):
        headers = {"x-amz-copy-source": source, f"x-amz-copy-source-{name}": value}
        answer = Wire(mock).send("PUT", f"/{bucket}/new", headers=headers)
        assert code_of(answer) == "412 PreconditionFailed"
    mock.s3("n").create_bucket(Bucket="others")
    with refused("AccessDenied", 403):
        mock.s3("n").copy_object(Bucket="others", Key="k", CopySource=f"{bucket}/folder/k")


def test_deleting_many(mock: Mock, s3: Any, bucket: str) -> None:
    for key in ("a", "b/c", " spaced "):
        s3.put_object(Bucket=bucket, Key=key, Body=b"x")
    wanted = [{"Key": key} for key in ("a", "absent", "b/", "b/c", " spaced ")]
    done = s3.delete_objects(Bucket=bucket, Delete={"Objects": wanted})
    assert [row["Key"] for row in done["Deleted"]] == ["a", "absent", "b/c", " spaced "]
    assert [(row["Key"], row["Code"]) for row in done["Errors"]] == [("b/", "OperationAborted")]
    quiet = {"Objects": [{"Key": "b/"}], "Quiet": True}
    assert "Deleted" not in s3.delete_objects(Bucket=bucket, Delete=quiet)
    assert keys(s3.list_objects(Bucket=bucket)) == []


def test_deleting_many_needs_a_digest(mock: Mock, bucket: str) -> None:
    wire, query = Wire(mock), {"delete": ""}
    body = b"<Delete><Object><Key>k</Key></Object></Delete>"
    answer = wire.send("POST", f"/{bucket}", query, body=body)
    assert code_of(answer) == "400 MissingSecurityHeader"
    assert b"Content-MD5" in answer.content
    for digest, content, code in (
        (md5_base64(b"other"), body, "400 BadDigest"),
        ("x", body, "400 InvalidDigest"),
        (None, b"<Delete>", "400 MalformedXML"),
        (None, b"<Delete/>", "400 MalformedXML"),
        (None, b"<Delete><Object/></Delete>", "400 MalformedXML"),
        (None, b"<Delete>" + b"<Object><Key>k</Key></Object>" * 1001 + b"</Delete>", None),
    ):
        headers = {"content-md5": digest or md5_base64(content)}
        answer = wire.send("POST", f"/{bucket}", query, headers, content)
        assert code_of(answer) == (code or "400 MalformedXML")
    headers = {"content-md5": md5_base64(body)}
    assert wire.send("POST", f"/{bucket}", query, headers, body).status_code == 200


def test_a_misspelt_upload_id_deletes_the_object(mock: Mock, s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    answer = Wire(mock).send("DELETE", f"/{bucket}/k", {"uploadid": "1"})
    assert answer.status_code == 204
    with refused("404"):
        s3.head_object(Bucket=bucket, Key="k")


def test_quotas(mock: Mock, s3: Any, bucket: str, tenant_admin: Client) -> None:
    assert (
        tenant_admin.post(f"{T}/namespaces/{bucket}", {"hardQuota": "1 GB", "softQuota": 10}) == 200
    )
    headers = {"content-length": str(1024**3 + 1)}
    signed = {"Authorization": "AWS all_users:", "Date": http_now(), "Expect": "100-continue"}
    wire = Wire(mock)
    assert (
        wire.send_unsigned("PUT", f"/{bucket}/k", headers={**headers, **signed}).status_code == 403
    )
    s3.put_object(Bucket=bucket, Key="k", Body=b"x" * 1024**2)
    chain = "k"
    for number in range(10):
        upload = s3.create_multipart_upload(Bucket=bucket, Key=f"m{number}")["UploadId"]
        place = {"Bucket": bucket, "Key": f"m{number}", "UploadId": upload}
        parts = []
        for part in (1, 2):
            copied = s3.upload_part_copy(**place, PartNumber=part, CopySource=f"{bucket}/{chain}")
            parts.append({"PartNumber": part, "ETag": copied["CopyPartResult"]["ETag"]})
        if number == 9:
            break
        s3.complete_multipart_upload(**place, MultipartUpload={"Parts": parts})
        chain = f"m{number}"
        if number == 8:
            with refused("OutOfSpace", 413):
                s3.copy_object(Bucket=bucket, Key="too-much", CopySource=f"{bucket}/{chain}")
            break
    statistics = tenant_admin.read(f"{T}/namespaces/{bucket}/statistics")
    assert statistics["storageCapacityUsed"] == (1024**2) * (2**10 - 1)
    assert statistics["objectCount"] == 10
    assert tenant_admin.read(f"{T}/statistics")["ingestedVolume"] == (1024**2) * (2**10 - 1)
