# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong between this collection and HCP's S3 gateway.

HCP returns some failures with status 200. So the S3 error code identifies a failure, and not the
status.

Source: S3 gateway, "Error body".
"""

from __future__ import annotations

from ..errors import HcpError
from ..response import Response

DENIED = (
    "Usual causes: the management API is disabled for the tenant, the account lacks"
    " allow_namespace_management or does not own the bucket, or S3 is disabled for the namespace"
    " (http.hs3_enabled)."
)
OTHERWISE = "Check the values of the options, and the message of S3."
# S3 code → stable code, hint
CAUSES = {
    "AccessDenied": ("forbidden", DENIED),
    "403": ("forbidden", DENIED),
    "InvalidAccessKeyId": ("forbidden", "The tenant has no such user. Check tenant and username."),
    "SignatureDoesNotMatch": ("forbidden", "Check password, domain and data_port."),
    "RequestTimeTooSkewed": ("forbidden", "The clocks of this host and of HCP differ too much."),
    "NoSuchBucket": ("not_found", "The bucket does not exist. Check tenant and name."),
    "404": ("not_found", "The bucket does not exist. Check tenant and name."),
    "BucketAlreadyExists": (
        "not_owner",
        "The bucket has another owner or none, or S3 is disabled for it; see hcp_namespace.",
    ),
    "NoSuchUpload": ("gone", "The upload no longer exists."),
    "NoSuchKey": ("gone", "The object no longer exists."),
    "401": ("unauthorized", "HCP could not process the request. If this repeats, contact support."),
    "429": ("unavailable", "HCP received too many requests. Try again later."),
    "503": ("unavailable", "HCP is overloaded or in maintenance. Try again later."),
    "BucketNotEmpty": ("not_empty", "Empty the bucket first, or use confirm: [delete, objects]."),
    "InvalidRequest": (
        "invalid",
        "The user owns as many buckets as allowed, or the quotas of the tenant are exhausted.",
    ),
    "NotImplemented": ("not_allowed", "HCP does not support this operation."),
    "MethodNotAllowed": ("not_allowed", "HCP does not support this operation."),
    "InvalidBucketState": ("conflict", "Other settings of the bucket exclude this one."),
    "OperationAborted": (
        "conflict",
        "An object is under retention or is being written. Try again later.",
    ),
    "ServiceUnavailable": ("unavailable", "HCP is overloaded or in maintenance. Try again later."),
    "InternalError": ("server_error", "HCP had an internal error. Try again later."),
}


class S3Error(HcpError):
    """One failed request to the S3 gateway. ``path`` is ``/bucket?sub-resource``."""

    @classmethod
    def from_code(
        cls, s3_code: str, method: str, path: str, message: str, response: Response | None
    ) -> S3Error:
        """Return the error for an S3 error code."""
        status = response.status if response else None
        fallback = CAUSES["InternalError"] if status and status >= 500 else ("invalid", OTHERWISE)
        if status in (401, 429):
            # These do not come from S3 itself, so they have no S3 error code.
            fallback = CAUSES[str(status)]
        code, hint = CAUSES.get(s3_code, fallback)
        hcp_message = f"{s3_code}: {message}" if message and not s3_code.isdigit() else None
        return cls(
            code,
            method,
            path,
            status,
            hcp_message,
            detail=response.problem if response else "",
            hint=hint,
            attempts=response.attempts if response else 1,
            uncertain=bool(response and response.uncertain),
        )
