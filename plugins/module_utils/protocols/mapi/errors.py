# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong between this collection and MAPI: one table of causes.

HCP may send an error message in the header ``X-HCP-ErrorMessage``. Its wording is not documented,
so nothing here depends on it.

Source: MAPI reference, "Status codes".
"""

from __future__ import annotations

from typing import NamedTuple

from ..errors import NO_RESPONSE, HcpError
from ..response import REDIRECTS, Response


class Cause(NamedTuple):
    """A stable error code, and a hint about what the user can do."""

    code: str
    hint: str


STATUS_CAUSES = {
    **{status: Cause("redirected", NO_RESPONSE["redirected"]) for status in REDIRECTS},
    400: Cause("invalid", "Check the values of the options of the task."),
    401: Cause(
        "unauthorized", "HCP could not process the request. If this repeats, contact support."
    ),
    403: Cause(
        "forbidden",
        "Check username and password, the roles of the account and its level (account_level), and"
        " that the management API is enabled for the tenant and allows the address of this host.",
    ),
    404: Cause("not_found", "HCP has no such resource. Check the names in the task."),
    405: Cause("not_allowed", "HCP does not support this operation for this resource."),
    409: Cause("conflict", "A resource with this name already exists."),
    414: Cause("uri_too_long", "HCP accepts paths of up to 4095 bytes. Use shorter names."),
    415: Cause("media_type", "HCP did not accept JSON. Releases before 7 do not support it."),
    429: Cause("unavailable", "HCP received too many requests. Try again later."),
    500: Cause("server_error", "HCP had an internal error. If this repeats, contact support."),
    503: Cause(
        "unavailable", "HCP is overloaded, in maintenance or being upgraded. Try again later."
    ),
}
UNEXPECTED = Cause(
    "unexpected_status",
    "The management API does not use this status. Check domain, port and nodes, and any proxy.",
)
# HEAD returns 302 where other methods return 403 or 404.
UNKNOWN = Cause("not_found", "HCP has no such resource, or the account must not see it.")
# A 403 with a message means that HCP authenticated the account.
REFUSAL = "HCP does not allow this for the account, or in the current state of the resource."


class MapiError(HcpError):
    """One failed request to the management API. Its ``path`` is the one below ``/mapi``."""

    @classmethod
    def from_status(
        cls, method: str, path: str, response: Response, message: str | None
    ) -> MapiError:
        """Return the error for an HTTP status; ``message`` is HCP's own, if there is one."""
        status = response.status
        cause = UNKNOWN if (method, status) == ("HEAD", 302) else STATUS_CAUSES.get(status)
        if cause is None:
            cause = STATUS_CAUSES[500] if status >= 500 else UNEXPECTED
        return cls(
            cause.code,
            method,
            path,
            status=status,
            hcp_message=message,
            detail=response.problem,
            hint=REFUSAL if status == 403 and message else cause.hint,
            attempts=response.attempts,
            uncertain=response.uncertain,
        )
