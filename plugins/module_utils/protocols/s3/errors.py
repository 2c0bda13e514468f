# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong between this collection and HCP's S3 gateway.

Source: S3 gateway, "Error body". HCP answers some failures with status 200, so the code decides and
never the status.
"""

from __future__ import annotations

from ..errors import HcpError
from ..transport import Response

DENIED = (
    "Usual causes: the management API is off for the tenant, the account lacks"
    " allow_namespace_management, it does not own the bucket, or S3 is off for the namespace"
    " (http.hs3_enabled)."
)
OTHERWISE = "Check the values of the options, and what S3 says to them."
# S3 code → stable code, what to do next
CAUSES = {
    "AccessDenied": ("forbidden", DENIED),
    "403": ("forbidden", DENIED),
    "InvalidAccessKeyId": ("forbidden", "The tenant has no such user; check tenant and username."),
    "SignatureDoesNotMatch": ("forbidden", "Check password, domain and data_port."),
    "RequestTimeTooSkewed": ("forbidden", "The clocks of this host and of HCP differ too much."),
    "NoSuchBucket": ("not_found", "Check tenant and name: there is no such bucket."),
    "404": ("not_found", "Check tenant and name: there is no such bucket."),
    "BucketAlreadyExists": (
        "not_owner",
        "It has another owner or none, or S3 is off for it; hcp_namespace can change both.",
    ),
    "NoSuchUpload": ("gone", "It is not there any more."),
    "NoSuchKey": ("gone", "It is not there any more."),
    "401": ("unauthorized", "HCP could not handle the request; if it repeats, call support."),
    "429": ("unavailable", "HCP gets too many requests; try later."),
    "503": ("unavailable", "HCP is overloaded or in maintenance; try later."),
    "BucketNotEmpty": ("not_empty", "Empty it first, or let the task do so with confirm."),
    "InvalidRequest": (
        "invalid",
        "The user may own no more buckets, or the tenant's quotas are used up.",
    ),
    "NotImplemented": ("not_allowed", "HCP does not support this operation."),
    "MethodNotAllowed": ("not_allowed", "HCP does not support this operation."),
    "InvalidBucketState": ("conflict", "Other settings of the bucket exclude this one."),
    "OperationAborted": ("conflict", "An object is under retention or being written; try later."),
    "ServiceUnavailable": ("unavailable", "HCP is overloaded or in maintenance; try later."),
    "InternalError": ("server_error", "HCP reported an internal error; try later."),
}


class S3Error(HcpError):
    """One failed request to the S3 gateway. Its ``path`` is bucket and sub-resource."""

    @classmethod
    def from_code(
        cls, s3_code: str, method: str, path: str, message: str, response: Response | None
    ) -> S3Error:
        """The failure that an S3 error code stands for."""
        status = response.status if response else None
        fallback = CAUSES["InternalError"] if status and status >= 500 else ("invalid", OTHERWISE)
        if status in (401, 429):
            # Not S3's own, so there is no code of S3's with them.
            fallback = CAUSES[str(status)]
        code, hint = CAUSES.get(s3_code, fallback)
        words = f"{s3_code}: {message}" if message and not s3_code.isdigit() else None
        return cls(
            code,
            method,
            path,
            status,
            words,
            hint=hint,
            attempts=response.attempts if response else 1,
            uncertain=bool(response and (response.status >= 500 or response.uncertain)),
        )
