"""CORS and form uploads."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from .conftest import DOMAIN, PASSWORD, Client, Mock
from .s3 import Signer, Wire, access_key, code_of, mac, md5_base64, refused, secret_key

T = "/tenants/finance"
RULE = {
    "AllowedMethods": ["GET", "PUT"],
    "AllowedOrigins": ["https://*.example.com", "http://one.test"],
    "AllowedHeaders": ["x-amz-*"],
    "ExposeHeaders": ["ETag"],
    "MaxAgeSeconds": 60,
}
ANY = "<CORSConfiguration><CORSRule>{}</CORSRule></CORSConfiguration>"
ALL_ORIGINS = ANY.format("<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>")


def test_cors_is_shared_with_mapi(mock: Mock, s3: Any, bucket: str, tenant_admin: Client) -> None:
    path = f"{T}/namespaces/{bucket}/cors"
    with refused("NoSuchCORSConfiguration", 404):
        s3.get_bucket_cors(Bucket=bucket)
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [RULE]})
    assert s3.get_bucket_cors(Bucket=bucket)["CORSRules"] == [RULE]
    assert "https://*.example.com" in tenant_admin.read(path)["cors"]
    assert tenant_admin.put(path, {"cors": ALL_ORIGINS}) == 200
    rules = s3.get_bucket_cors(Bucket=bucket)["CORSRules"]
    assert rules == [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]
    answer = Wire(mock).send("GET", f"/{bucket}", {"cors": ""})
    assert answer.text == ALL_ORIGINS
    s3.delete_bucket_cors(Bucket=bucket)
    assert tenant_admin.get(path).status_code == 404
    s3.delete_bucket_cors(Bucket=bucket)
    assert tenant_admin.put(f"{T}/cors", {"cors": ALL_ORIGINS}) == 200
    assert s3.get_bucket_cors(Bucket=bucket)["CORSRules"] == rules


def test_who_may_set_cors(mock: Mock, s3: Any, bucket: str) -> None:
    rules = {"CORSRules": [RULE]}
    for user in ("m", "n", "s"):
        with refused("AccessDenied", 403):
            mock.s3(user).put_bucket_cors(Bucket=bucket, CORSConfiguration=rules)
        with refused("AccessDenied", 403):
            mock.s3(user).delete_bucket_cors(Bucket=bucket)
    mock.s3("a").put_bucket_cors(Bucket=bucket, CORSConfiguration=rules)
    mock.s3("m").get_bucket_cors(Bucket=bucket)
    with refused("AccessDenied", 403):
        mock.s3("n").get_bucket_cors(Bucket=bucket)
    # System-level users can use only the scheme HCP.
    wire = Wire(mock)
    assert wire.hcp("GET", f"/hs3/{bucket}?cors", "sys-m").status_code == 200
    assert wire.hcp("DELETE", f"/hs3/{bucket}?cors", "sys-m").status_code == 403
    assert wire.hcp("DELETE", f"/hs3/{bucket}?cors", "sys-a").status_code == 204
    assert wire.hcp("GET", f"/hs3/{bucket}", "sys-a").status_code == 403


def test_cors_documents(mock: Mock, bucket: str) -> None:
    wire, query = Wire(mock), {"cors": ""}
    body = ALL_ORIGINS.encode()
    answer = wire.send("PUT", f"/{bucket}", query, body=body)
    assert code_of(answer) == "400 MissingSecurityHeader"
    for content, md5, code in (
        (body, md5_base64(b"other"), "400 BadDigest"),
        (b"<CORSConfiguration/>", None, "400 MalformedXML"),
        (b"", None, "400 MalformedXML"),
        (ALL_ORIGINS.replace("GET", "PATCH").encode(), None, "400 MalformedXML"),
        (b"\xff", None, "400 MalformedXML"),
    ):
        headers = {"content-md5": md5 or md5_base64(content)}
        assert code_of(wire.send("PUT", f"/{bucket}", query, headers, content)) == code


def test_preflights(mock: Mock, s3: Any, bucket: str) -> None:
    wire = Wire(mock)

    def ask(origin: str, method: str = "GET", headers: str = "") -> requests.Response:
        sent = {"Origin": origin, "Access-Control-Request-Method": method}
        if headers:
            sent["Access-Control-Request-Headers"] = headers
        return wire.send_unsigned("OPTIONS", f"/{bucket}/any/key", headers=sent)

    assert code_of(ask("http://one.test")) == "403 AccessDenied"
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [RULE]})
    answer = ask("https://a.example.com", "PUT", "X-Amz-Date, x-amz-acl")
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "https://a.example.com"
    assert answer.headers["access-control-allow-methods"] == "GET, PUT"
    assert answer.headers["access-control-allow-headers"] == "x-amz-date, x-amz-acl"
    assert answer.headers["access-control-allow-credentials"] == "true"
    assert answer.headers["access-control-max-age"] == "60"
    assert answer.headers["access-control-expose-headers"] == "ETag"
    for refused_one in (
        ask("https://example.com"),
        ask("http://one.test", "DELETE"),
        ask("http://one.test", headers="authorization"),
        wire.send_unsigned("OPTIONS", f"/{bucket}/k"),
        wire.send_unsigned("OPTIONS", "/absent/k", headers={"Origin": "x"}),
    ):
        assert refused_one.status_code == 403
    origin = {"Origin": "http://one.test"}
    answer = wire.send("GET", f"/{bucket}", unsigned=origin)
    assert answer.headers["access-control-allow-origin"] == "http://one.test"
    assert "access-control-allow-methods" not in answer.headers
    failed = wire.send("GET", f"/{bucket}", unsigned=origin, signer=Signer(user="stranger"))
    assert "access-control-allow-origin" not in failed.headers


def policy(conditions: list[Any], minutes: int = 10) -> str:
    until = datetime.now(UTC) + timedelta(minutes=minutes)
    document = {"expiration": until.strftime("%Y-%m-%dT%H:%M:%SZ"), "conditions": conditions}
    return base64.b64encode(json.dumps(document).encode()).decode()


def signed(text: str, version: int = 4, user: str = "boss") -> dict[str, str]:
    if version == 2:
        key = secret_key(PASSWORD).encode()
        digest = hmac.new(key, text.encode(), hashlib.sha1).digest()
        signature = base64.b64encode(digest).decode()
        return {"AWSAccessKeyId": access_key(user), "policy": text, "signature": signature}
    signer = Signer(user)
    return {
        "policy": text,
        "x-amz-algorithm": "AWS4-HMAC-SHA256",
        "x-amz-credential": signer.credential,
        "x-amz-date": signer.stamp,
        "x-amz-signature": mac(signer.key, text).hex(),
    }


OPEN = [["starts-with", f"${name}", ""] for name in ("key", "x-amz-algorithm", "x-amz-credential")]
OPEN += [["starts-with", f"${name}", ""] for name in ("x-amz-date", "success_action_status")]


def post(mock: Mock, bucket: str, fields: dict[str, str], body: bytes = b"data") -> Any:
    url = f"{mock.facts['data_url']}/{bucket}"
    return mock.session.post(
        url,
        data=fields,
        files={"file": ("C:\\dir\\n.txt", body)} if body else {"other": ("x", b"x")},
        headers={"Host": f"finance.{DOMAIN}"},
        verify=mock.ca,
        allow_redirects=False,
        timeout=20,
    )


def test_a_form_of_boto3(mock: Mock, s3: Any, bucket: str) -> None:
    form = s3.generate_presigned_post(
        bucket,
        "up/${filename}",
        Fields={"acl": "public-read", "x-amz-meta-m": "1", "Content-Type": "text/x"},
        Conditions=[
            {"acl": "public-read"},
            {"x-amz-meta-m": "1"},
            ["starts-with", "$Content-Type", "text/"],
            ["content-length-range", 1, 300_000],
        ],
    )
    content = b"\r\n--x" * 50_000
    files = {"file": ("n.txt", content)}
    answer = mock.session.post(form["url"], form["fields"], files=files, verify=mock.ca)
    assert (answer.status_code, answer.content) == (204, b"")
    found = s3.get_object(Bucket=bucket, Key="up/n.txt")
    assert found["Body"].read() == content
    assert (found["Metadata"], found["ContentType"]) == ({"m": "1"}, "text/x")
    assert len(s3.get_object_acl(Bucket=bucket, Key="up/n.txt")["Grants"]) == 2
    files = {"file": ("big.txt", content * 2)}
    answer = mock.session.post(form["url"], form["fields"], files=files, verify=mock.ca)
    assert code_of(answer) == "403 AccessDenied"


@pytest.mark.parametrize("version", [2, 4])
def test_answers_to_forms(mock: Mock, s3: Any, bucket: str, version: int) -> None:
    open_policy = signed(policy(OPEN), version)
    answer = post(mock, bucket, {"key": "a", "success_action_status": "201", **open_policy})
    assert answer.status_code == 201
    assert b"<Key>a</Key>" in answer.content
    assert answer.headers["location"] == f"https://{bucket}.finance.{DOMAIN}/hs3/a"
    answer = post(mock, bucket, {"key": "b", "success_action_status": "200", **open_policy})
    assert answer.status_code == 200
    target = "http://one.test/done?x=1"
    conditions = [*OPEN, {"success_action_redirect": target}]
    fields = {"key": "c", "success_action_redirect": target, **signed(policy(conditions), version)}
    answer = post(mock, bucket, fields)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{target}&bucket={bucket}&key=c&etag=")


def test_forms_that_are_refused(mock: Mock, s3: Any, bucket: str) -> None:
    good = signed(policy(OPEN))
    for fields, code in (
        ({"key": "k"}, "403 AccessDenied"),
        (good, "400 UserKeyMustBeSpecified"),
        ({"key": "k", **good, "x-amz-signature": "0" * 64}, "403 SignatureDoesNotMatch"),
        ({"key": "k", **signed(policy(OPEN), user="stranger")}, "403 InvalidAccessKeyId"),
        ({"key": "k", **signed(policy(OPEN), 2), "signature": "x"}, "403 SignatureDoesNotMatch"),
        ({"key": "k", **signed("")}, "400 InvalidPolicyDocument"),
        ({"key": "k", **signed("bm8=")}, "400 InvalidPolicyDocument"),
        ({"key": "k", **signed(policy(["odd"]))}, "400 InvalidPolicyDocument"),
        ({"key": "k", **signed(policy(OPEN, -1))}, "403 AccessDenied"),
        ({"key": "k", **signed(policy([*OPEN, {"key": "other"}]))}, "403 AccessDenied"),
        ({"key": "k", "x-amz-meta-new": "1", **good}, "403 AccessDenied"),
        ({"key": "k/", **good}, "400 MalformedXML"),
        ({"key": "k", **signed(policy(OPEN), user="none")}, "403 AccessDenied"),
    ):
        assert code_of(post(mock, bucket, fields)) == code, fields
    assert code_of(post(mock, bucket, {"key": "k", **good}, b"")) == "400 UserKeyMustBeSpecified"
    wire = Wire(mock)
    for content_type, body in (
        ("text/plain", b"x"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b"no boundary"),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Type: x\r\n\r\nx\r\n--b--"),
    ):
        headers = {"content-type": content_type}
        answer = wire.send_unsigned("POST", f"/{bucket}", headers=headers, body=body)
        assert code_of(answer) == "400 MalformedPOSTRequest"
    answer = wire.hcp("POST", f"/hs3/{bucket}", "sys-a")
    assert answer.status_code in (400, 403)
