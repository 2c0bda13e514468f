# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A boto3 client that is configured for HCP and ignores the AWS settings of the host.

Source: S3 gateway, "boto3 settings known to work".
"""

from __future__ import annotations

import base64
import hashlib
import os
from typing import Any

from ..credentials import Credentials, access_key, secret_key

try:
    import boto3
    import botocore
    import botocore.session
    from botocore.config import Config
except ImportError as missing:
    BOTO3_MISSING: ImportError | None = missing
else:
    BOTO3_MISSING = None

# Operations for which HCP requires Content-MD5, where newer releases of boto3 send other checksums.
NEEDS_MD5 = ("PutBucketAcl", "PutBucketVersioning", "PutObjectLockConfiguration")
CHECKSUMS = ("x-amz-checksum-", "x-amz-sdk-checksum-algorithm")


def s3_client(credentials: Credentials, url: str) -> Any:
    """Return a boto3 client for the S3 gateway at ``url``."""
    client = _session(credentials).client(
        "s3", endpoint_url=url, region_name="us-east-1", config=_config()
    )
    events = client.meta.events
    events.register("before-call.s3", _no_region_redirect)
    for operation in NEEDS_MD5:
        events.register_last(f"before-call.s3.{operation}", _set_content_md5)
    return client


def body_bytes(body: Any) -> bytes | None:
    """Return a request body of boto3 as bytes; ``None`` if it is empty."""
    if body is None or isinstance(body, bytes):
        return body or None
    if isinstance(body, (bytearray, str)):
        return body.encode() if isinstance(body, str) else bytes(body)
    content: bytes = body.read()
    return content


def _session(credentials: Credentials) -> Any:
    """Return a session that reads neither AWS configuration files nor environment variables."""
    variables = botocore.session.Session.SESSION_VARIABLES
    # Each value: name in the files, environment variable, default, conversion.
    settings = {name: (None, None, *spec[2:]) for name, spec in variables.items()}
    for name in ("config_file", "credentials_file"):
        settings[name] = (None, None, os.devnull, None)
    return boto3.session.Session(
        aws_access_key_id=access_key(credentials.username),
        aws_secret_access_key=secret_key(credentials.password),
        botocore_session=botocore.session.Session(session_vars=settings),
    )


def _config() -> Any:
    options: dict[str, Any] = {
        "signature_version": "s3v4",
        "s3": {"addressing_style": "path"},
        # The transport does the retries.
        "retries": {"max_attempts": 0},
    }
    if _botocore_release() >= (1, 36):
        # By default these releases send checksums that HCP does not know. Older ones send none and
        # have no such settings.
        options["request_checksum_calculation"] = "when_required"
        options["response_checksum_validation"] = "when_required"
    return Config(**options)


def _botocore_release() -> tuple[int, int]:
    major, minor = botocore.__version__.split(".")[:2]
    return int(major), int(minor)


def _no_region_redirect(context: dict[str, Any], **_more: Any) -> None:
    """Keep boto3 from looking for the bucket in other regions, which HCP does not have."""
    context.setdefault("s3_redirect", {})["redirected"] = True


def _set_content_md5(params: dict[str, Any], **_more: Any) -> None:
    """Send Content-MD5 instead of any other checksum."""
    body = body_bytes(params.get("body")) or b""
    headers = params["headers"]
    for name in [each for each in headers if each.lower().startswith(CHECKSUMS)]:
        del headers[name]
    (params.get("context", {}).get("checksum") or {}).pop("request_algorithm", None)
    md5 = hashlib.md5(body, usedforsecurity=False).digest()
    headers["Content-MD5"] = base64.b64encode(md5).decode("ascii")
