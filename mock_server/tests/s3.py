"""Clients for the mock's S3 gateway: boto3, and requests that are signed here.

The signing follows Amazon's description and shares no code with the mock.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from typing import Any
from urllib.parse import quote

import boto3
import pytest
import requests
from botocore.config import Config
from botocore.exceptions import ClientError
from defusedxml.ElementTree import fromstring

from .conftest import DOMAIN, PASSWORD, Mock

NS = "{http://s3.amazonaws.com/doc/2006-03-01/}"
NEED_MD5 = ("DeleteObjects", "PutBucketCors")
EMPTY = hashlib.sha256(b"").hexdigest()


def access_key(user: str) -> str:
    return base64.b64encode(user.encode()).decode()


def secret_key(password: str) -> str:
    return md5(password.encode())


def md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def md5_base64(content: bytes) -> str:
    return base64.b64encode(hashlib.md5(content, usedforsecurity=False).digest()).decode()


def _add_md5(request: Any, **_unused: Any) -> None:
    request.headers["Content-MD5"] = md5_base64(request.body or b"")


def _add_type(params: dict[str, Any], **_unused: Any) -> None:
    params["headers"]["Content-Type"] = "application/xml"


@cache
def session() -> Any:
    return boto3.Session()


@cache
def client(
    port: int,
    ca: str,
    user: str,
    password: str = PASSWORD,
    tenant: str = "finance",
    style: str = "path",
    signature: str = "s3v4",
    checksums: str = "when_required",
) -> Any:
    """Return a boto3 client with the settings that HCP's documentation requires."""
    made = session().client(
        "s3",
        endpoint_url=f"https://{tenant}.{DOMAIN}:{port}",
        region_name="us-east-1",
        aws_access_key_id=access_key(user),
        aws_secret_access_key=secret_key(password),
        verify=ca,
        config=Config(
            signature_version=signature,
            s3={"addressing_style": style},
            request_checksum_calculation=checksums,
            response_checksum_validation="when_required",
            retries={"total_max_attempts": 1},
        ),
    )
    for name in NEED_MD5:
        made.meta.events.register(f"before-send.s3.{name}", _add_md5)
    made.meta.events.register("before-call.s3.CompleteMultipartUpload", _add_type)
    return made


@contextmanager
def refused(code: str, status: int | None = None) -> Iterator[None]:
    """The call fails with this code. For HEAD the code is the status."""
    with pytest.raises(ClientError) as caught:
        yield
    answer = caught.value.response
    assert answer["Error"]["Code"] == code
    if status is not None:
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == status


def code_of(answer: requests.Response) -> str:
    """Return status and code of an error document."""
    return f"{answer.status_code} {fromstring(answer.content).findtext('Code')}"


def now_stamp(shift: timedelta = timedelta()) -> str:
    return (datetime.now(UTC) + shift).strftime("%Y%m%dT%H%M%SZ")


def mac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def key_of(secret: str, scope: str) -> bytes:
    key = b"AWS4" + secret.encode()
    for word in scope.split("/"):
        key = mac(key, word)
    return key


@dataclass
class Signer:
    """Signature version 4, step by step."""

    user: str = "boss"
    password: str = PASSWORD
    region: str = "us-east-1"
    service: str = "s3"
    stamp: str = field(default_factory=now_stamp)

    @property
    def scope(self) -> str:
        return f"{self.stamp[:8]}/{self.region}/{self.service}/aws4_request"

    @property
    def credential(self) -> str:
        return f"{access_key(self.user)}/{self.scope}"

    @property
    def key(self) -> bytes:
        return key_of(secret_key(self.password), self.scope)

    def signature(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        payload: str,
    ) -> str:
        pairs = sorted((quote(k, safe="-._~"), quote(v, safe="-._~")) for k, v in query.items())
        names = sorted(headers)
        request = "\n".join(
            [
                method,
                path,
                "&".join(f"{k}={v}" for k, v in pairs),
                *(f"{name}:{headers[name]}" for name in names),
                "",
                ";".join(names),
                payload,
            ]
        )
        digest = hashlib.sha256(request.encode()).hexdigest()
        text = f"AWS4-HMAC-SHA256\n{self.stamp}\n{self.scope}\n{digest}"
        return mac(self.key, text).hex()

    def authorization(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        payload: str,
    ) -> str:
        signature = self.signature(method, path, query, headers, payload)
        signed = ";".join(sorted(headers))
        head = f"AWS4-HMAC-SHA256 Credential={self.credential}"
        return f"{head}, SignedHeaders={signed}, Signature={signature}"


@dataclass
class Wire:
    """Requests to the data port, byte for byte."""

    mock: Mock
    host: str = f"finance.{DOMAIN}"

    def url(self, path: str, query: Mapping[str, str] | None = None) -> str:
        text = "&".join(
            f"{quote(k, safe='-._~')}={quote(v, safe='-._~')}" if v else quote(k, safe="-._~")
            for k, v in (query or {}).items()
        )
        return f"{self.mock.facts['data_url']}{path}" + (f"?{text}" if text else "")

    def send_unsigned(
        self,
        method: str,
        path: str,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
    ) -> requests.Response:
        """Send a request without signing it."""
        return self.mock.session.request(
            method,
            self.url(path, query),
            headers={"Host": self.host, "Accept-Encoding": "identity", **(headers or {})},
            data=body,
            verify=self.mock.ca,
            allow_redirects=False,
            timeout=20,
        )

    def send(
        self,
        method: str,
        path: str,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
        *,
        payload: str | None = None,
        signer: Signer | None = None,
        unsigned: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Sign with version 4 and send. ``unsigned`` headers are added afterwards."""
        signer = signer or Signer()
        if payload is None:
            payload = hashlib.sha256(body or b"").hexdigest()
        signed = {
            "host": self.host,
            "x-amz-content-sha256": payload,
            "x-amz-date": signer.stamp,
            **{name.lower(): value for name, value in (headers or {}).items()},
        }
        signed["authorization"] = signer.authorization(method, path, query or {}, signed, payload)
        return self.send_unsigned(method, path, query, {**signed, **(unsigned or {})}, body)

    def hcp(self, method: str, path: str, user: str = "boss", **more: Any) -> requests.Response:
        """Send a request with the scheme HCP."""
        password = more.pop("password", PASSWORD)
        headers = {
            "Authorization": f"HCP {access_key(user)}:{secret_key(password)}",
            "Date": http_now(),
            **more.pop("headers", {}),
        }
        return self.send_unsigned(method, path, headers=headers, **more)

    def anonymous(self, method: str, path: str, **more: Any) -> requests.Response:
        headers = {"Authorization": "AWS all_users:", "Date": http_now(), **more.pop("headers", {})}
        return self.send_unsigned(method, path, headers=headers, **more)


def http_now(shift: timedelta = timedelta()) -> str:
    return format_datetime(datetime.now(UTC) + shift, usegmt=True)


def keys(answer: Mapping[str, Any]) -> list[str]:
    return [row["Key"] for row in answer.get("Contents", [])]


def versions(s3: Any, bucket: str) -> list[tuple[str, str, bool]]:
    """Return key, version ID and whether it is the latest, of versions and delete markers."""
    answer = s3.list_object_versions(Bucket=bucket)
    rows = [*answer.get("Versions", []), *answer.get("DeleteMarkers", [])]
    return [(row["Key"], row["VersionId"], row["IsLatest"]) for row in rows]


def enable_versioning(s3: Any, bucket: str, status: str = "Enabled") -> None:
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": status})
