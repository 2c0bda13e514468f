# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The S3 gateway of one tenant, through boto3.

boto3 knows the protocol and signs; the bytes go through the collection's own transport, so that
nodes, certificates, proxies, retries and the deadline are the same as for the management API.

Source: S3 gateway, "Addressing", "boto3 settings known to work", "ListBuckets / HEAD / Delete".
"""

from __future__ import annotations

import base64
import hashlib
import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

from ..credentials import Credentials, access_key, secret_key
from ..errors import is_from_hcp, is_web_page
from ..transport import Endpoint, NoResponseError, Response, Transport
from .errors import S3Error

try:
    import boto3
    import botocore
    import botocore.session
    from botocore.awsrequest import AWSResponse
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError
except ImportError as missing:
    BOTO3_MISSING: ImportError | None = missing
else:
    BOTO3_MISSING = None

WRITES = ("PUT", "POST", "DELETE")
REDIRECTS = (301, 302, 303, 307, 308)
# Seconds; a signature is good for a quarter of an hour.
LONGEST_DEADLINE = 600
# HCP wants Content-MD5 where newer boto3 sends checksums that HCP does not know.
NEEDS_MD5 = ("PutBucketAcl", "PutBucketVersioning", "PutObjectLockConfiguration")
CHECKSUMS = ("x-amz-checksum-", "x-amz-sdk-checksum-algorithm")
# method and sub-resource → operation of boto3, and its parameter for the body
CALLS = {
    ("PUT", ""): ("create_bucket", None),
    ("DELETE", ""): ("delete_bucket", None),
    ("GET", "versioning"): ("get_bucket_versioning", None),
    ("PUT", "versioning"): ("put_bucket_versioning", "VersioningConfiguration"),
    ("GET", "acl"): ("get_bucket_acl", None),
    ("PUT", "acl"): ("put_bucket_acl", "AccessControlPolicy"),
    ("GET", "object-lock"): ("get_object_lock_configuration", None),
    ("PUT", "object-lock"): ("put_object_lock_configuration", "ObjectLockConfiguration"),
}


class S3Client:
    """Buckets of one tenant, as one account.

    Paths are ``/bucket`` and ``/bucket?sub-resource``; bodies are as boto3 has them. The buckets of
    the account are listed once, until something is written or ``clear_cache`` is called. Several
    threads may use a client.
    """

    def __init__(self, endpoint: Endpoint, credentials: Credentials, tenant: str) -> None:
        self._endpoint = endpoint
        self._tenant = tenant
        # boto3 signs host names in lower case.
        host = f"{tenant}.{endpoint.domain}".lower()
        patience = min(endpoint.deadline, LONGEST_DEADLINE)
        self._transport = Transport(replace(endpoint, deadline=patience), None, host)
        self._of_thread = threading.local()
        self._listing = threading.Lock()
        self._listed: list[dict[str, Any]] | None = None
        self._client = _session(credentials).client(
            "s3",
            endpoint_url=f"https://{host}:{endpoint.port}",
            region_name="us-east-1",
            config=_config(),
        )
        events = self._client.meta.events
        events.register("before-call.s3", _no_region_redirect)
        for operation in NEEDS_MD5:
            events.register_last(f"before-call.s3.{operation}", _digest)
        events.register("before-send.s3", self._send)

    def as_account(self, credentials: Credentials, host: str) -> S3Client:
        """A client for another account of the same tenant, whatever ``host`` is."""
        return S3Client(self._endpoint, credentials, self._tenant)

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def clear_cache(self) -> None:
        """List the buckets anew when they are next asked for."""
        self._listed = None

    def find(self, path: str, query: Mapping[str, str] | None = None) -> dict[str, Any] | None:
        """Read a bucket that the account owns, or a sub-resource of it; ``None`` for none.

        :raises S3Error: also with code ``not_owner`` for a bucket that is not the account's own
        """
        bucket, sub_resource = _parts(path)
        if sub_resource:
            try:
                response: dict[str, Any] = self._call("GET", path)
            except S3Error as error:
                if error.code == "not_found":
                    return None
                raise
            return dict(response.get("ObjectLockConfiguration", response))
        for owned in self._owned():
            if owned["Name"].lower() == bucket.lower():
                return owned
        self._check_absent(bucket)
        return None

    def exists(self, path: str) -> bool:
        """Whether the account owns such a bucket."""
        return self.find(path) is not None

    def names(
        self, path: str, member: str, filters: Mapping[str, str] | None = None
    ) -> Iterator[str]:
        """The buckets that the account owns. HCP does not filter them, so this does."""
        prefix = (filters or {}).get("filterString", "").lower()
        for bucket in self._owned():
            if bucket[member].lower().startswith(prefix):
                yield str(bucket[member])

    def send(
        self, method: str, path: str, body: Any = None, query: Mapping[str, str] | None = None
    ) -> bool:
        """Write: PUT or DELETE of a bucket or a sub-resource.

        :return: whether it certainly was HCP that answered
        """
        self.clear_cache()
        if (method, _parts(path)[1]) == ("DELETE", "objects"):
            # It has looked itself.
            self._empty(_parts(path)[0])
            return True
        self._call(method, path, body)
        response = self._response()
        return response is not None and is_from_hcp(response)

    def count(self, bucket: str, most: int) -> int:
        """How many versions, markers and unfinished uploads there are, counted up to ``most``."""
        counted = 0
        for _each in self._contents(bucket):
            counted += 1
            if counted >= most:
                break
        return counted

    def _empty(self, bucket: str) -> None:
        """Delete everything, one by one: HCP takes no list of versions."""
        contents = list(self._contents(bucket))
        # Folders come after what is in them. They have one version only, and it cannot be named.
        contents.sort(key=_folders_last)
        for done, (operation, arguments) in enumerate(contents):
            folder = arguments["Key"].endswith("/")
            what = {"Key": arguments["Key"]} if folder else arguments
            try:
                self._operate("DELETE", f"/{bucket}", operation, Bucket=bucket, **what)
            except S3Error as error:
                if error.code == "gone":
                    continue
                error.partial = done > 0
                error.detail = error.detail or "HCP did not delete it"
                error.hint = (
                    f"It happened at '{arguments['Key']}', after {done} of {len(contents)} objects,"
                    f" versions and uploads were deleted. {error.hint}"
                )
                raise
        left = self.count(bucket, len(contents))
        if left:
            words = "HCP has not deleted everything it was told to"
            failure = S3Error.from_code("BucketNotEmpty", "DELETE", f"/{bucket}", words, None)
            failure.detail = words
            failure.partial = left < len(contents)
            raise failure

    def _contents(self, bucket: str) -> Iterator[tuple[str, dict[str, str]]]:
        """What deleting everything takes: an operation of boto3 and its arguments each."""
        status = self._call("GET", f"/{bucket}?versioning")
        # Where versions were never kept HCP has but one, and takes no identifier for it.
        kept = bool(status.get("Status"))
        marker: dict[str, str] = {}
        while True:
            page = self._operate(
                "GET", f"/{bucket}?versions", "list_object_versions", Bucket=bucket, **marker
            )
            for kind in ("DeleteMarkers", "Versions"):
                for each in page.get(kind, ()):
                    version = {"VersionId": str(each["VersionId"])} if kept else {}
                    yield "delete_object", {"Key": each["Key"], **version}
            if not page.get("IsTruncated"):
                break
            marker = {"KeyMarker": page["NextKeyMarker"]}
            if page.get("NextVersionIdMarker"):
                marker["VersionIdMarker"] = page["NextVersionIdMarker"]
        yield from self._uploads(bucket)

    def _uploads(self, bucket: str) -> Iterator[tuple[str, dict[str, str]]]:
        marker: dict[str, str] = {}
        while True:
            page = self._operate(
                "GET", f"/{bucket}?uploads", "list_multipart_uploads", Bucket=bucket, **marker
            )
            found = page.get("Uploads", ())
            for each in found:
                yield "abort_multipart_upload", {"Key": each["Key"], "UploadId": each["UploadId"]}
            if not page.get("IsTruncated") or not found:
                break
            marker = {"KeyMarker": found[-1]["Key"], "UploadIdMarker": found[-1]["UploadId"]}

    def _owned(self) -> list[dict[str, Any]]:
        with self._listing:
            found = self._listed
            if found is None:
                response = self._operate("GET", "/", "list_buckets")
                self._listed = found = list(response.get("Buckets", ()))
            return found

    def _check_absent(self, bucket: str) -> None:
        """Fail if there is such a bucket, which then is somebody else's."""
        path = f"/{bucket}"
        try:
            self._operate("HEAD", path, "head_bucket", Bucket=bucket)
        except S3Error as error:
            if error.code == "not_found":
                return
            if error.status != 403:
                raise
        words = "the bucket is not among those of the account"
        failure = S3Error.from_code("BucketAlreadyExists", "HEAD", path, words, self._response())
        failure.hcp_message = words
        raise failure

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        bucket, sub_resource = _parts(path)
        operation, parameter = CALLS[method, sub_resource]
        arguments = {"Bucket": bucket}
        if parameter:
            arguments[parameter] = body
        return self._operate(method, path, operation, **arguments)

    def _operate(self, method: str, path: str, operation: str, **arguments: Any) -> Any:
        self._of_thread.response = None
        try:
            return getattr(self._client, operation)(**arguments)
        except NoResponseError as failure:
            raise S3Error.no_response(method, path, failure) from None
        except ClientError as error:
            told = error.response.get("Error", {})
            code = str(told.get("Code", ""))
            if code == "BucketAlreadyOwnedByYou":
                return {}
            message = str(told.get("Message", ""))
            raise S3Error.from_code(code, method, path, message, self._response()) from None
        except (BotoCoreError, TypeError, ValueError) as error:
            # boto3 could not make sense of the answer. Its own words may quote the request.
            detail = f"the answer is not S3's ({type(error).__name__})"
            nothing = NoResponseError("not_mapi", detail, method in WRITES, self._response())
            raise S3Error.no_response(method, path, nothing) from None

    def _response(self) -> Response | None:
        """What this thread was last answered."""
        response: Response | None = getattr(self._of_thread, "response", None)
        return response

    def _send(self, request: Any, **_more: Any) -> Any:
        """Send what boto3 has prepared and signed."""
        url = urlsplit(request.url)
        if any(part in (".", "..") for part in unquote(url.path).split("/")):
            # On its way such a path would become another one.
            raise NoResponseError("unsendable", "a key with '.' or '..' between slashes", False)
        target = url.path + (f"?{url.query}" if url.query else "")
        headers = {str(name): _text(value) for name, value in request.headers.items()}
        response = self._transport.request(request.method, target, headers, _bytes(request.body))
        self._of_thread.response = response
        if response.status in REDIRECTS:
            raise NoResponseError(
                "redirected", f"it redirects ({response.status})", False, response
            )
        status = response.status
        foreign = _foreign(request.method, response)
        if foreign:
            raise NoResponseError("not_mapi", foreign, request.method in WRITES, response)
        if status == 200 and b"<error>" in response.body.lstrip()[:200].lower():
            # boto3 is to see a failure as one, whatever its status.
            status = 400
        return AWSResponse(request.url, status, dict(response.headers), _Raw(response))


def _foreign(method: str, response: Response) -> str | None:
    """What shows that an answer does not come from S3."""
    if method == "HEAD" or response.status not in (200, 404):
        return None
    if is_web_page(response):
        return "the answer is a web page"
    body = response.body.strip()
    if response.status == 200 and method == "GET" and not body:
        return "the answer is empty"
    return None if not body or body.startswith(b"<") else "the answer is not XML"


class _Raw:
    """The body of an answer as botocore reads it."""

    def __init__(self, response: Response) -> None:
        self._body = response.body

    def stream(self, amount: int = 0) -> Iterator[bytes]:
        yield self._body

    def read(self, amount: int | None = None) -> bytes:
        body, self._body = self._body, b""
        return body


def _session(credentials: Credentials) -> Any:
    """A session that knows nothing of the AWS settings of the host."""
    known = botocore.session.Session.SESSION_VARIABLES
    # A setting's name in the files, its environment variable, its default, its conversion.
    settings = {name: (None, None, *spec[2:]) for name, spec in known.items()}
    for name in ("config_file", "credentials_file"):
        settings[name] = (None, None, os.devnull, None)
    return boto3.session.Session(
        aws_access_key_id=access_key(credentials.username),
        aws_secret_access_key=secret_key(credentials.password),
        botocore_session=botocore.session.Session(session_vars=settings),
    )


def _no_region_redirect(context: dict[str, Any], **_more: Any) -> None:
    """Keep boto3 from looking for the bucket in other regions, which HCP does not have."""
    context.setdefault("s3_redirect", {})["redirected"] = True


def _digest(params: dict[str, Any], **_more: Any) -> None:
    """Send Content-MD5, and no other checksum."""
    body = _bytes(params.get("body")) or b""
    headers = params["headers"]
    for name in [each for each in headers if each.lower().startswith(CHECKSUMS)]:
        del headers[name]
    (params.get("context", {}).get("checksum") or {}).pop("request_algorithm", None)
    md5 = hashlib.md5(body, usedforsecurity=False).digest()
    headers["Content-MD5"] = base64.b64encode(md5).decode("ascii")


def _config() -> Any:
    options: dict[str, Any] = {
        "signature_version": "s3v4",
        "s3": {"addressing_style": "path"},
        # The transport has its own patience.
        "retries": {"max_attempts": 0},
    }
    if _release() >= (1, 36):
        # Checksums that HCP does not know; older releases have no such settings, and no checksums.
        options["request_checksum_calculation"] = "when_required"
        options["response_checksum_validation"] = "when_required"
    return Config(**options)


def _release() -> tuple[int, int]:
    major, minor = botocore.__version__.split(".")[:2]
    return int(major), int(minor)


def _folders_last(entry: tuple[str, dict[str, str]]) -> tuple[bool, int]:
    key = entry[1]["Key"]
    return key.endswith("/"), -key.count("/")


def _parts(path: str) -> tuple[str, str]:
    bucket, _mark, sub_resource = path.lstrip("/").partition("?")
    return bucket, sub_resource


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _bytes(body: Any) -> bytes | None:
    if body is None or isinstance(body, bytes):
        return body or None
    if isinstance(body, (bytearray, str)):
        return body.encode() if isinstance(body, str) else bytes(body)
    content: bytes = body.read()
    return content
