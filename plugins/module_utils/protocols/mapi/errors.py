# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong between this collection and MAPI: one table of causes.

Source: MAPI reference, "Status codes". HCP's own text, where it gives one, comes in the header
``X-HCP-ErrorMessage``; its wording is not documented, so nothing here depends on it.
"""

from __future__ import annotations

from typing import NamedTuple

from ..errors import HcpError
from ..transport import Response


class Cause(NamedTuple):
    """A stable code for one kind of failure, and what to do about it."""

    code: str
    hint: str


STATUS_CAUSES = {
    302: Cause(
        "redirected",
        "Something other than HCP's management API answered; check domain, port and nodes.",
    ),
    400: Cause("invalid", "Check the values of the options named above."),
    401: Cause("unauthorized", "HCP could not handle the request; if it repeats, call support."),
    403: Cause(
        "forbidden",
        "Check username and password, that the account has the roles it needs and is at the right"
        " level (account_level), that the management API is enabled for the tenant, and that this"
        " client's address is allowed to use it.",
    ),
    404: Cause("not_found", "Check the names in the task: HCP has no such resource."),
    405: Cause("not_allowed", "HCP does not offer this operation for this resource."),
    409: Cause("conflict", "A resource with this name exists already."),
    414: Cause("uri_too_long", "Shorten the names: MAPI takes paths of up to 4095 bytes."),
    415: Cause("media_type", "HCP did not accept JSON; is this HCP older than release 7?"),
    429: Cause("unavailable", "HCP gets too many requests; try later."),
    500: Cause("server_error", "HCP reported an internal error; if it repeats, call support."),
    503: Cause("unavailable", "HCP is overloaded, in maintenance or being upgraded; try later."),
}
UNEXPECTED = Cause(
    "unexpected_status", "MAPI has no such answer; check domain, port and nodes, and any proxy."
)
# HEAD has no other way to say so.
UNKNOWN = Cause("not_found", "HCP has no such resource, or the account may not know of it.")
# Where HCP gives a reason it has let the account in.
REFUSAL = "HCP refuses this to the account, or as things stand now."


class MapiError(HcpError):
    """One failed request to MAPI. Its ``path`` is the one below ``/mapi``."""

    @classmethod
    def from_status(
        cls, method: str, path: str, response: Response, message: str | None
    ) -> MapiError:
        """The failure that an HTTP status stands for."""
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
            hint=REFUSAL if status == 403 and message else cause.hint,
            attempts=response.attempts,
            uncertain=status >= 500 or response.uncertain,
        )
