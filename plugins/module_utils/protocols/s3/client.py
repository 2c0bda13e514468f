# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The S3 gateway of one tenant, through boto3.

boto3 builds and signs requests. The collection's own transport sends them, so that nodes,
certificates, proxies, retries and the deadline work as for the management API.

Source: S3 gateway, "Addressing", "ListBuckets / HEAD / Delete".
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

from ..credentials import Credentials
from ..failures import NoResponseError
from ..response import REDIRECTS, Response
from ..transport import Endpoint, Transport
from .errors import S3Error
from .session import BOTO3_MISSING, body_bytes, s3_client

__all__ = ("BOTO3_MISSING", "S3Client")

if BOTO3_MISSING is None:
    from botocore.awsrequest import AWSResponse
    from botocore.exceptions import BotoCoreError, ClientError

WRITES = ("PUT", "POST", "DELETE")
# Seconds. A signature is valid for 15 minutes.
LONGEST_DEADLINE = 600
# (method, sub-resource) → operation of boto3, and its parameter for the body
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
    """A client of the S3 gateway of one tenant, for one account.

    Paths are ``/bucket`` and ``/bucket?sub-resource``; bodies have boto3's form. The list of the
    account's buckets is cached until a write or ``clear_cache``. The client is thread-safe.
    """

    def __init__(self, endpoint: Endpoint, credentials: Credentials, tenant: str) -> None:
        self._endpoint = endpoint
        self._tenant = tenant
        # boto3 signs host names in lower case.
        host = f"{tenant}.{endpoint.domain}".lower()
        deadline = min(endpoint.deadline, LONGEST_DEADLINE)
        self._transport = Transport(replace(endpoint, deadline=deadline), None, host)
        self._thread_local = threading.local()
        self._cache_lock = threading.Lock()
        self._cached_buckets: list[dict[str, Any]] | None = None
        self._client = s3_client(credentials, f"https://{host}:{endpoint.port}")
        self._client.meta.events.register("before-send.s3", self._send)

    def as_account(self, credentials: Credentials, host: str) -> S3Client:
        """Return a client for another account of the same tenant; ``host`` is ignored."""
        return S3Client(self._endpoint, credentials, self._tenant)

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def clear_cache(self) -> None:
        """Drop the list of buckets, so that it is read again when it is needed."""
        self._cached_buckets = None

    def find(self, path: str, query: Mapping[str, str] | None = None) -> dict[str, Any] | None:
        """Read a bucket of the account, or a sub-resource of one; ``None`` if it does not exist.

        :raises S3Error: the request failed; code ``not_owner`` for a bucket that exists but does
            not belong to the account
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
        """Whether the account owns the bucket."""
        return self.find(path) is not None

    def names(
        self, path: str, member: str, filters: Mapping[str, str] | None = None
    ) -> Iterator[str]:
        """Yield the names of the account's buckets. S3 cannot filter the list, so this does."""
        prefix = (filters or {}).get("filterString", "").lower()
        for bucket in self._owned():
            if bucket[member].lower().startswith(prefix):
                yield str(bucket[member])

    def send(
        self, method: str, path: str, body: Any = None, query: Mapping[str, str] | None = None
    ) -> bool:
        """Send a PUT or DELETE for a bucket or a sub-resource.

        ``DELETE /bucket?objects`` is no request of S3: it empties the bucket object by object.

        :return: whether the response certainly is HCP's response to this request. Those of S3 to
            writes have no body
        """
        self.clear_cache()
        if (method, _parts(path)[1]) == ("DELETE", "objects"):
            # It verifies the result itself.
            self._empty(_parts(path)[0])
            return True
        self._call(method, path, body)
        response = self._response()
        return response is not None and response.from_hcp and not response.body.strip()

    def count(self, bucket: str, most: int) -> int:
        """Count versions, delete markers and unfinished uploads in a bucket, up to ``most``."""
        counted = 0
        for _each in self._contents(bucket):
            counted += 1
            if counted >= most:
                break
        return counted

    def _empty(self, bucket: str) -> None:
        """Delete all contents of a bucket, one by one: HCP's bulk deletion takes no versions.

        :raises S3Error: a deletion failed, or HCP reported success but did not delete everything
        """
        contents = list(self._contents(bucket))
        # A folder must be empty before it is deleted. It has one version, without an identifier.
        contents.sort(key=_folders_last)
        for done, (operation, arguments) in enumerate(contents):
            is_folder = arguments["Key"].endswith("/")
            target = {"Key": arguments["Key"]} if is_folder else arguments
            try:
                self._operate("DELETE", f"/{bucket}", operation, Bucket=bucket, **target)
            except S3Error as error:
                if error.code == "gone":
                    continue
                error.partial = done > 0
                error.detail = error.detail or "HCP did not delete the object"
                error.hint = (
                    f"The deletion of '{arguments['Key']}' failed, after {done} of {len(contents)}"
                    f" objects, versions and uploads were deleted. {error.hint}"
                )
                raise
        left = self.count(bucket, len(contents))
        if left:
            detail = "HCP reported success, but did not delete all contents of the bucket"
            failure = S3Error.from_code("BucketNotEmpty", "DELETE", f"/{bucket}", detail, None)
            failure.detail = detail
            failure.partial = left < len(contents)
            raise failure

    def _contents(self, bucket: str) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield the deletions that empty a bucket: an operation of boto3 and its arguments."""
        versioning = self._call("GET", f"/{bucket}?versioning")
        # Without versioning each object has one version, for which HCP accepts no identifier.
        versioned = bool(versioning.get("Status"))
        marker: dict[str, str] = {}
        while True:
            page = self._operate(
                "GET", f"/{bucket}?versions", "list_object_versions", Bucket=bucket, **marker
            )
            for kind in ("DeleteMarkers", "Versions"):
                for each in page.get(kind, ()):
                    version = {"VersionId": str(each["VersionId"])} if versioned else {}
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
            uploads = page.get("Uploads", ())
            for each in uploads:
                yield "abort_multipart_upload", {"Key": each["Key"], "UploadId": each["UploadId"]}
            if not page.get("IsTruncated") or not uploads:
                break
            last = uploads[-1]
            marker = {"KeyMarker": last["Key"], "UploadIdMarker": last["UploadId"]}

    def _owned(self) -> list[dict[str, Any]]:
        with self._cache_lock:
            buckets = self._cached_buckets
            if buckets is None:
                response = self._operate("GET", "/", "list_buckets")
                self._cached_buckets = buckets = list(response.get("Buckets", ()))
            return buckets

    def _check_absent(self, bucket: str) -> None:
        """Verify that a bucket that the account does not own does not exist at all.

        :raises S3Error: it exists (code ``not_owner``), or the request failed
        """
        path = f"/{bucket}"
        try:
            self._look_for(bucket)
        except S3Error as error:
            if error.code == "not_found":
                return
            certain = error.hcp_message or self._last_is_from_hcp()
            if error.status != 403 or not certain:
                raise
        reason = "the account does not own the bucket"
        failure = S3Error.from_code("BucketAlreadyExists", "HEAD", path, reason, self._response())
        failure.hcp_message = reason
        raise failure

    def _look_for(self, bucket: str) -> None:
        """Request a bucket.

        :raises S3Error: it does not exist, the account must not see it, or the request failed
        """
        try:
            self._operate("HEAD", f"/{bucket}", "head_bucket", Bucket=bucket)
        except S3Error:
            if self._response() is None or self._last_is_from_hcp():
                raise
            # A response to HEAD has no body that could show its origin.
            self._call("GET", f"/{bucket}?versioning")

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        bucket, sub_resource = _parts(path)
        operation, parameter = CALLS[method, sub_resource]
        arguments = {"Bucket": bucket}
        if parameter:
            arguments[parameter] = body
        return self._operate(method, path, operation, **arguments)

    def _operate(self, method: str, path: str, operation: str, **arguments: Any) -> Any:
        self._thread_local.response = None
        try:
            return getattr(self._client, operation)(**arguments)
        except NoResponseError as failure:
            raise S3Error.no_response(method, path, failure) from None
        except ClientError as error:
            document = error.response.get("Error", {})
            code = str(document.get("Code", ""))
            if code == "BucketAlreadyOwnedByYou":
                return {}
            message = str(document.get("Message", ""))
            raise S3Error.from_code(code, method, path, message, self._response()) from None
        except (BotoCoreError, TypeError, ValueError) as error:
            # boto3 could not parse the response. The text of its exception may quote the request.
            detail = f"the response is not one of S3 ({type(error).__name__})"
            not_s3 = NoResponseError("not_mapi", detail, method in WRITES, self._response())
            raise S3Error.no_response(method, path, not_s3) from None

    def _response(self) -> Response | None:
        """Return the last response that this thread received."""
        response: Response | None = getattr(self._thread_local, "response", None)
        return response

    def _last_is_from_hcp(self) -> bool:
        response = self._response()
        return response is not None and response.from_hcp

    def _send(self, request: Any, **_more: Any) -> Any:
        """Send a request that boto3 has prepared and signed. A handler of ``before-send``."""
        url = urlsplit(request.url)
        if any(part in (".", "..") for part in unquote(url.path).split("/")):
            # Servers and proxies would resolve the path to another one.
            raise NoResponseError("unsendable", "the key contains a segment '.' or '..'", False)
        target = url.path + (f"?{url.query}" if url.query else "")
        headers = {str(name): _text(value) for name, value in request.headers.items()}
        response = self._transport.request(
            request.method, target, headers, body_bytes(request.body)
        )
        self._thread_local.response = response
        if response.status in REDIRECTS:
            uncertain = request.method in WRITES and response.uncertain
            raise NoResponseError("redirected", response.problem, uncertain, response)
        status = response.status
        foreign = _foreign(request.method, response)
        if foreign:
            raise NoResponseError("not_mapi", foreign, request.method in WRITES, response)
        if status == 200 and b"<error>" in response.body.lstrip()[:200].lower():
            # HCP returns some errors with status 200; boto3 goes by the status.
            status = 400
        return AWSResponse(request.url, status, dict(response.headers), _Raw(response))


def _foreign(method: str, response: Response) -> str | None:
    """Return why a response cannot be taken for one of S3, or ``None``."""
    status = response.status
    if status < 300 and status != 200 and method not in WRITES:
        return f"the response has the unexpected status {status}"
    if status not in (200, 404):
        return None
    if method == "HEAD":
        return None if response.from_hcp else response.problem
    if response.is_web_page:
        return "the response is a web page"
    body = response.body.strip()
    if status == 200 and method == "GET" and not body:
        return "the response is empty"
    if status == 404 and not body and not response.from_hcp:
        return response.problem
    return None if not body or body.startswith(b"<") else "the response is not XML"


class _Raw:
    """The body of a response, with the interface that botocore reads."""

    def __init__(self, response: Response) -> None:
        self._body = response.body

    def stream(self, amount: int = 0) -> Iterator[bytes]:
        yield self._body

    def read(self, amount: int | None = None) -> bytes:
        body, self._body = self._body, b""
        return body


def _folders_last(entry: tuple[str, dict[str, str]]) -> tuple[bool, int]:
    key = entry[1]["Key"]
    return key.endswith("/"), -key.count("/")


def _parts(path: str) -> tuple[str, str]:
    bucket, _mark, sub_resource = path.lstrip("/").partition("?")
    return bucket, sub_resource


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
