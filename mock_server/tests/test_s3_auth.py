"""Signatures, presigned URLs and anonymous access: verification and errors."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests

from .conftest import DOMAIN, PASSWORD, Client, Mock
from .s3 import (
    EMPTY,
    Signer,
    Wire,
    access_key,
    code_of,
    http_now,
    mac,
    md5,
    md5_base64,
    now_stamp,
    refused,
    secret_key,
)

T = "/tenants/finance"


@pytest.mark.parametrize("style", ["path", "virtual"])
@pytest.mark.parametrize("signature", ["s3v4", "s3"])
def test_every_style_and_signature(mock: Mock, style: str, signature: str) -> None:
    s3 = mock.s3(style=style, signature=signature)
    s3.create_bucket(Bucket="archive")
    key = "a b/ü+~(1)&=?#%2F.txt"
    s3.put_object(Bucket="archive", Key=key, Body=b"hello", Metadata={"colour": "red"})
    found = s3.get_object(Bucket="archive", Key=key, ResponseContentType="text/x")
    assert (found["Body"].read(), found["ContentType"]) == (b"hello", "text/x")
    assert s3.head_object(Bucket="archive", Key=key)["Metadata"] == {"colour": "red"}
    assert s3.list_objects(Bucket="archive", Prefix="a b/", Delimiter="/")["Contents"]
    s3.get_bucket_acl(Bucket="archive")
    s3.delete_object(Bucket="archive", Key=key)


def test_the_examples_of_the_documentation() -> None:
    """Derived keys, and a signature that was computed elsewhere."""
    assert access_key("ansible-svc") == "YW5zaWJsZS1zdmM="
    assert secret_key("S3cret-Demo1") == "d4fac71529161032ddd30ca9497eeb7b"
    signer = Signer("ansible-svc", "S3cret-Demo1", stamp="20250115T120000Z")
    headers = {
        "host": "europe.hcp.example.com",
        "x-amz-content-sha256": EMPTY,
        "x-amz-date": signer.stamp,
    }
    assert signer.signature("GET", "/", {}, headers, EMPTY) == (
        "7e8ae29027b0ef2d0c68a3cbea6386f7704cf623c40f991cfeb250c1e1089ef1"
    )


def test_names_with_slashes_and_other_cases(mock: Mock) -> None:
    users = [{"username": "ops???", "password": PASSWORD, "allowNamespaceManagement": True}]
    mock.seed_tenant(users=users)
    assert "/" in access_key("ops???")
    mock.s3("ops???").create_bucket(Bucket="archive")
    assert mock.s3("OPS???").list_buckets()["Buckets"][0]["Name"] == "archive"
    assert Wire(mock).send("GET", "/", signer=Signer(region="mars")).status_code == 200


def test_unknown_wrong_disabled(mock: Mock, tenant_admin: Client) -> None:
    for user, password, code in (
        ("stranger", PASSWORD, "InvalidAccessKeyId"),
        ("sys-a", PASSWORD, "InvalidAccessKeyId"),
        ("boss", "Wrong-42-Elk", "SignatureDoesNotMatch"),
    ):
        with refused(code, 403):
            mock.s3(user, password=password).list_buckets()
    assert tenant_admin.post(f"{T}/userAccounts/n", {"enabled": False}) == 200
    with refused("AccessDenied", 403):
        mock.s3("n").list_buckets()
    with refused("AccessDenied", 403):
        mock.s3("boss", tenant="nowhere").list_buckets()


def test_a_new_password_is_a_new_secret(mock: Mock, tenant_admin: Client) -> None:
    body = {"newPassword": "Other-11-Pw"}
    assert tenant_admin.post(f"{T}/userAccounts/n/changePassword", body) == 200
    with refused("SignatureDoesNotMatch"):
        mock.s3("n").list_buckets()
    mock.s3("n", password="Other-11-Pw").list_buckets()


def tampered(mock: Mock, bucket: str, **changes: Any) -> requests.Response:
    wire, signer = Wire(mock), changes.get("signer", Signer())
    headers = {
        "host": wire.host,
        "x-amz-content-sha256": hashlib.sha256(b"data").hexdigest(),
        "x-amz-date": signer.stamp,
        "x-amz-acl": "private",
    }
    payload = headers["x-amz-content-sha256"]
    text = signer.authorization("PUT", f"/{bucket}/k", {}, headers, payload)
    sent = {**headers, "authorization": changes.get("text", str)(text), **changes.get("more", {})}
    path = changes.get("path", f"/{bucket}/k")
    return wire.send_unsigned("PUT", path, changes.get("query"), sent, changes.get("body", b"data"))


def test_tampering(mock: Mock, bucket: str) -> None:
    assert tampered(mock, bucket).status_code == 200
    other = f"/{bucket}/other"
    for changes in (
        {"path": other},
        {"query": {"versionId": "1"}},
        {"body": b"DATA"},
        {"body": b"data and more"},
        {"more": {"x-amz-acl": "public-read"}},
        {"more": {"x-amz-meta-new": "unsigned"}},
        {"more": {"host": f"basic.{DOMAIN}"}},
        {"text": lambda t: t[:-1] + ("0" if t[-1] != "0" else "1")},
        {"text": lambda t: t.replace("us-east-1", "us-east-2")},
        {"signer": Signer(service="ec2")},
        {"more": {"x-amz-content-sha256": "UNSIGNED-PAYLOAD"}},
        {"more": {"x-amz-content-sha256": hashlib.sha256(b"x").hexdigest()}},
    ):
        answer = tampered(mock, bucket, **{"path": other, **changes})
        assert code_of(answer) == "403 SignatureDoesNotMatch", changes
    with refused("404"):
        mock.s3().head_object(Bucket=bucket, Key="other")


def test_headers_that_say_nothing(mock: Mock, bucket: str) -> None:
    wire = Wire(mock)
    for text in (
        "AWS4-HMAC-SHA256 nonsense",
        "AWS4-HMAC-SHA256 Credential=x, SignedHeaders=host, Signature=" + "0" * 64,
        "AWS4-ECDSA-P256-SHA256 Credential=x",
        "Negotiate abc",
        "AD nobody@ad.example.com:secret",
        "Basic Zm9v",
        "AWS nocolon",
    ):
        headers = {"Authorization": text, "x-amz-date": now_stamp(), "x-amz-content-sha256": EMPTY}
        assert (
            code_of(wire.send_unsigned("GET", f"/{bucket}", headers=headers)) == "403 AccessDenied"
        )
    assert code_of(wire.send_unsigned("GET", f"/{bucket}")) == "403 AccessDenied"
    headers = {"Authorization": "AWS ***:x", "Date": http_now()}
    assert code_of(wire.send_unsigned("GET", "/", headers=headers)) == "403 InvalidAccessKeyId"


def test_clocks(mock: Mock) -> None:
    wire = Wire(mock)
    for minutes, status in ((-14, 200), (14, 200), (-16, 403), (16, 403)):
        signer = Signer(stamp=now_stamp(timedelta(minutes=minutes)))
        answer = wire.send("GET", "/", signer=signer)
        assert answer.status_code == status
        if status == 403:
            assert code_of(answer) == "403 RequestTimeTooSkewed"
    headers = {"Authorization": "AWS all_users:"}
    assert code_of(wire.send_unsigned("GET", "/", headers=headers)) == "403 AccessDenied"
    # Advancing the mock's clock does not invalidate signatures.
    mock.control("POST", "/clock", {"advance": 7200})
    assert wire.send("GET", "/").status_code == 200


def test_the_hash_of_the_body_is_needed(mock: Mock) -> None:
    wire, signer = Wire(mock), Signer()
    headers = {"host": wire.host, "x-amz-date": signer.stamp}
    headers["authorization"] = signer.authorization("GET", "/", {}, headers, EMPTY)
    assert code_of(wire.send_unsigned("GET", "/", headers=headers)) == "400 MissingSecurityHeader"


def test_unsigned_payload(mock: Mock, bucket: str, s3: Any) -> None:
    answer = Wire(mock).send("PUT", f"/{bucket}/k", body=b"x", payload="UNSIGNED-PAYLOAD")
    assert answer.status_code == 200
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"x"


def chunked(
    signer: Signer, seed: str, chunks: list[bytes], trailer: tuple[str, str] | None = None
) -> bytes:
    """Return the body of STREAMING-AWS4-HMAC-SHA256-PAYLOAD."""
    previous, result = seed, b""
    for chunk in [*chunks, b""]:
        digest = hashlib.sha256(chunk).hexdigest()
        head = f"AWS4-HMAC-SHA256-PAYLOAD\n{signer.stamp}\n{signer.scope}\n{previous}"
        previous = mac(signer.key, f"{head}\n{EMPTY}\n{digest}").hex()
        result += f"{len(chunk):x};chunk-signature={previous}\r\n".encode() + chunk
        if chunk or trailer is None:
            result += b"\r\n"
    if trailer is not None:
        line = f"{trailer[0]}:{trailer[1]}\n"
        digest = hashlib.sha256(line.encode()).hexdigest()
        head = f"AWS4-HMAC-SHA256-TRAILER\n{signer.stamp}\n{signer.scope}\n{previous}"
        signature = mac(signer.key, f"{head}\n{digest}").hex()
        result += f"{trailer[0]}:{trailer[1]}\r\n".encode()
        result += f"x-amz-trailer-signature:{signature}\r\n\r\n".encode()
    return result


def send_chunked(
    mock: Mock, bucket: str, chunks: list[bytes], change: Any = bytes, **more: Any
) -> requests.Response:
    wire, signer = Wire(mock), Signer()
    trailer = more.get("trailer")
    payload = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" + ("-TRAILER" if trailer else "")
    length = more.get("length", sum(map(len, chunks)))
    headers = {
        "content-encoding": "aws-chunked",
        "host": wire.host,
        "x-amz-content-sha256": payload,
        "x-amz-date": signer.stamp,
        "x-amz-decoded-content-length": str(length),
    }
    if trailer:
        headers["x-amz-trailer"] = trailer[0]
    path = f"/{bucket}/chunked"
    text = signer.authorization("PUT", path, {}, headers, payload)
    body = change(chunked(signer, text[-64:], chunks, trailer))
    return wire.send_unsigned("PUT", path, headers={**headers, "authorization": text}, body=body)


def test_signed_chunks(mock: Mock, bucket: str, s3: Any) -> None:
    chunks = [b"a" * 70000, b"b" * 8192, b"c"]
    for change, code in (
        (lambda body: body.replace(b"b" * 8192, b"b" * 8191 + b"x"), "403 SignatureDoesNotMatch"),
        (lambda body: body[:-80], "400 InvalidRequest"),
        (lambda body: body + b"more", "400 InvalidRequest"),
        (lambda body: b"zz" + body, "400 InvalidRequest"),
    ):
        assert code_of(send_chunked(mock, bucket, chunks, change)) == code
    assert code_of(send_chunked(mock, bucket, chunks, length=5)) == "400 InvalidRequest"
    answer = send_chunked(mock, bucket, chunks)
    content = b"".join(chunks)
    assert answer.headers["etag"] == f'"{md5(content)}"'
    found = s3.get_object(Bucket=bucket, Key="chunked")
    assert found["Body"].read() == content


def test_trailers_are_refused_unless_allowed(mock: Mock, bucket: str, s3: Any) -> None:
    modern = mock.s3(checksums="when_supported")
    with refused("MissingContentLength", 411):
        modern.put_object(Bucket=bucket, Key="k", Body=b"data")
    with refused("NotImplemented", 501):
        s3.put_object(Bucket=bucket, Key="k", Body=b"data", ChecksumSHA256=EMPTY)
    mock.seed(rules={"trailingChecksums": True})
    modern.put_object(Bucket=bucket, Key="k", Body=b"data" * 50000)
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"data" * 50000
    with refused("BadDigest", 400):
        s3.put_object(Bucket=bucket, Key="two", Body=b"data", ChecksumCRC32="AAAAAA==")
    digest = base64.b64encode(hashlib.sha256(b"data").digest()).decode()
    s3.put_object(Bucket=bucket, Key="two", Body=b"data", ChecksumSHA256=digest)
    with refused("NotImplemented", 501):
        s3.put_object(Bucket=bucket, Key="three", Body=b"x", ChecksumCRC32C="AAAAAA==")


def test_signed_trailers(mock: Mock, bucket: str) -> None:
    mock.seed(rules={"trailingChecksums": True})
    digest = base64.b64encode(hashlib.sha256(b"data").digest()).decode()
    good = ("x-amz-checksum-sha256", digest)
    bad = ("x-amz-checksum-sha256", base64.b64encode(b"0" * 32).decode())
    for change in (
        lambda body: body.replace(b"signature:", b"signature:0"),
        lambda body: body.replace(digest.encode(), bad[1].encode()),
    ):
        answer = send_chunked(mock, bucket, [b"data"], change, trailer=good)
        assert code_of(answer) == "403 SignatureDoesNotMatch"
    assert code_of(send_chunked(mock, bucket, [b"data"], trailer=bad)) == "400 BadDigest"
    assert send_chunked(mock, bucket, [b"data"], trailer=good).status_code == 200


def fetch(mock: Mock, url: str, method: str = "GET", **more: Any) -> requests.Response:
    return mock.session.request(method, url, verify=mock.ca, timeout=20, **more)


@pytest.mark.parametrize("signature", ["s3v4", "s3"])
@pytest.mark.parametrize("style", ["path", "virtual"])
def test_presigned_urls(mock: Mock, bucket: str, signature: str, style: str) -> None:
    s3 = mock.s3(signature=signature, style=style)
    place = {"Bucket": bucket, "Key": "a b/ü"}
    put = s3.generate_presigned_url("put_object", Params=place, ExpiresIn=100)
    assert fetch(mock, put, "PUT", data=b"signed").status_code == 200
    get = s3.generate_presigned_url("get_object", Params=place, ExpiresIn=100)
    answer = fetch(mock, get)
    assert answer.content == b"signed"
    assert code_of(fetch(mock, get, "PUT", data=b"x")) == "403 SignatureDoesNotMatch"
    changed = get.replace("%20", "%21")
    assert code_of(fetch(mock, changed)) == "403 SignatureDoesNotMatch"
    mock.control("POST", "/clock", {"advance": 200})
    assert code_of(fetch(mock, get)) == "403 AccessDenied"


def test_presigned_urls_that_are_not(mock: Mock, bucket: str, s3: Any) -> None:
    get = s3.generate_presigned_url("list_objects", Params={"Bucket": bucket}, ExpiresIn=100)
    assert fetch(mock, get).status_code == 200
    for old, new, code in (
        ("X-Amz-Expires=100", "X-Amz-Expires=0", "400 InvalidArgument"),
        ("X-Amz-Expires=100", "X-Amz-Expires=604801", "400 InvalidArgument"),
        ("X-Amz-Expires=100", "X-Amz-Expires=soon", "400 InvalidArgument"),
        ("X-Amz-Expires=100", "X-Amz-Expires=101", "403 SignatureDoesNotMatch"),
        ("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA1", "403 AccessDenied"),
        ("X-Amz-Date=20", "X-Amz-Date=x", "403 AccessDenied"),
        ("SignedHeaders=host", "SignedHeaders=date", "403 SignatureDoesNotMatch"),
        ("%2Fs3%2F", "%2Fec2%2F", "403 SignatureDoesNotMatch"),
    ):
        assert code_of(fetch(mock, get.replace(old, new))) == code
    old_style = mock.s3(signature="s3").generate_presigned_url(
        "list_objects", Params={"Bucket": bucket}, ExpiresIn=100
    )
    sent = dict(parse_qsl(urlsplit(old_style).query))
    for change, code in (
        ({"Expires": "soon"}, "400 InvalidArgument"),
        ({"Expires": "1"}, "403 AccessDenied"),
        ({"AWSAccessKeyId": access_key("stranger")}, "403 InvalidAccessKeyId"),
        ({"Signature": "AAAA"}, "403 SignatureDoesNotMatch"),
    ):
        answer = Wire(mock).send_unsigned("GET", f"/{bucket}", {**sent, **change})
        assert code_of(answer) == code


def test_version_2_by_hand(mock: Mock, bucket: str) -> None:
    wire, date = Wire(mock), http_now()
    secret = secret_key(PASSWORD).encode()

    def signed(text: str) -> str:
        digest = hmac.new(secret, text.encode(), hashlib.sha1).digest()
        return f"AWS {access_key('boss')}:{base64.b64encode(digest).decode()}"

    text = f"GET\n\n\n{date}\n/{bucket}?acl"
    headers = {"Authorization": signed(text), "Date": date}
    assert wire.send_unsigned("GET", f"/{bucket}", {"acl": ""}, headers).status_code == 200
    assert (
        code_of(wire.send_unsigned("GET", f"/{bucket}", {}, headers)) == "403 SignatureDoesNotMatch"
    )
    digest = md5_base64(b"x")
    text = f"PUT\n{digest}\ntext/x\n\nx-amz-date:{date}\nx-amz-meta-a:1\n/{bucket}/k"
    headers = {
        "Authorization": signed(text),
        "Content-MD5": digest,
        "Content-Type": "text/x",
        "x-amz-date": date,
        "x-amz-meta-a": "1",
    }
    assert wire.send_unsigned("PUT", f"/{bucket}/k", headers=headers, body=b"x").status_code == 200
    headers["x-amz-meta-a"] = "2"
    answer = wire.send_unsigned("PUT", f"/{bucket}/k2", headers=headers, body=b"x")
    assert code_of(answer) == "403 SignatureDoesNotMatch"


def test_the_hcp_scheme_has_a_path_of_its_own(mock: Mock, bucket: str, s3: Any) -> None:
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    wire = Wire(mock)
    assert wire.hcp("GET", f"/hs3/{bucket}/k").content == b"x"
    assert b"<Name>archive</Name>" in wire.hcp("GET", "/hs3").content
    in_host = Wire(mock, f"{bucket}.finance.{DOMAIN}")
    assert in_host.hcp("GET", "/hs3/k").content == b"x"
    for path in (f"/{bucket}/k", f"/HS3/{bucket}/k", "/"):
        assert code_of(wire.hcp("GET", path)) == "403 AccessDenied"
    # With AWS signatures hs3 is an ordinary bucket name.
    assert code_of(wire.send("GET", "/hs3/k")) == "404 NoSuchBucket"
    assert code_of(wire.hcp("GET", "/hs3", "stranger")) == "403 InvalidAccessKeyId"
    assert code_of(wire.hcp("GET", "/hs3", password="Wrong-1-x")) == "403 AccessDenied"
    assert code_of(wire.hcp("GET", f"/hs3/{bucket}/k", "sys-a")) == "403 AccessDenied"


def test_users_of_the_directory(mock: Mock, bucket: str, s3: Any) -> None:
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    headers = {"Authorization": "AD kim@ad.example.com:Owl 7: eyes", "Date": http_now()}
    wire = Wire(mock)
    assert code_of(wire.send_unsigned("GET", f"/{bucket}/k", headers=headers)) == "403 AccessDenied"
    grant = [{"namespaceName": bucket, "permissions": ["READ"]}]
    mock.seed_tenant(groups=[{"groupname": "ops@ad.example.com", "dataAccessPermissions": grant}])
    assert wire.send_unsigned("GET", f"/{bucket}/k", headers=headers).content == b"x"
    assert code_of(wire.send_unsigned("PUT", "/archive-2", headers=headers)) == "403 AccessDenied"


def test_anonymous_access(mock: Mock, bucket: str, s3: Any, tenant_admin: Client) -> None:
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    wire, path = Wire(mock), f"{T}/namespaces/{bucket}"

    def reads() -> int:
        return wire.anonymous("GET", f"/{bucket}/k").status_code

    assert reads() == 403
    assert (
        tenant_admin.post(path, {"authAndAnonymousMinimumPermissions": {"permission": ["READ"]}})
        == 200
    )
    http = {"hs3RequiresAuthentication": False}
    assert tenant_admin.post(f"{path}/protocols/http", http) == 200
    # Single sign-on is enabled in this tenant, which refuses anonymous callers.
    assert reads() == 403
    assert (
        tenant_admin.post(f"{path}/protocols/http", {"httpActiveDirectorySSOEnabled": False}) == 200
    )
    assert reads() == 200
    assert wire.send_unsigned("GET", f"/{bucket}/k").status_code == 403
    answer = wire.anonymous("PUT", f"/{bucket}/new", body=b"x")
    assert code_of(answer) == "403 AccessDenied"
    for method, target, query in (
        ("GET", "/", {}),
        ("PUT", "/new-bucket", {}),
        ("GET", f"/{bucket}", {"uploads": ""}),
        ("POST", f"/{bucket}/k", {"uploads": ""}),
        ("GET", f"/{bucket}", {"versioning": ""}),
    ):
        assert code_of(wire.anonymous(method, target, query=query)) == "403 AccessDenied"
    mock.s3().put_bucket_acl(Bucket=bucket, ACL="public-read-write")
    assert wire.anonymous("PUT", f"/{bucket}/new", body=b"x").status_code == 200
    owner = s3.list_objects(Bucket=bucket, Prefix="new")["Contents"][0]["Owner"]
    assert owner == {"ID": "nobody", "DisplayName": "nobody"}


def test_hosts(mock: Mock) -> None:
    for host in (f"a.b.finance.{DOMAIN}", DOMAIN, "finance.example.org", "127.0.0.1"):
        assert code_of(Wire(mock, host).send("GET", "/")) == "403 AccessDenied"
    assert Wire(mock, f"FINANCE.{DOMAIN.upper()}:443").send("GET", "/").status_code == 200
