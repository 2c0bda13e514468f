# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong between this collection and the metadata query API: one table of causes.

HCP may send an error message in the header ``X-HCP-ErrorMessage``.

Source: metadata query reference, "Status codes".
"""

from __future__ import annotations

from ..errors import HcpError, hcp_message
from ..failures import NoResponseError
from ..response import Response

NOT_QUERIES = (
    "The response came from something other than HCP's metadata query API. Check domain and"
    " data_port."
)
OVERLOADED = "HCP is busy or low on memory. Try again later, or use a narrower query."
INVALID = (
    "Check the expression, the names of properties and namespaces, and that each property supports"
    " its use. If the query needs too much memory, remove sort or facets."
)
# HCP returns the same status and message for all of these.
FORBIDDEN = (
    "Check username and password, and that metadata queries are enabled on the HCP. An account of"
    " the tenant needs the permission SEARCH in the namespaces. An account of the system needs the"
    " role SEARCH, and the tenant must allow system-level searches."
)
# status → stable code, hint
CAUSES = {
    302: ("redirected", NOT_QUERIES),
    400: ("invalid", INVALID),
    401: ("unauthorized", "HCP could not process the request. If this repeats, contact support."),
    403: ("forbidden", FORBIDDEN),
    404: ("not_found", NOT_QUERIES),
    405: ("not_allowed", NOT_QUERIES),
    406: ("media_type", NOT_QUERIES),
    413: ("too_long", "HCP accepts queries of up to 8 KB. Shorten the query."),
    415: ("media_type", NOT_QUERIES),
    429: ("unavailable", OVERLOADED),
    500: ("server_error", OVERLOADED),
    503: ("unavailable", OVERLOADED),
}


class QueryError(HcpError):
    """One failed query."""

    @classmethod
    def from_answer(cls, path: str, response: Response) -> QueryError:
        """Return the error for a response that is no success."""
        status = response.status
        otherwise = CAUSES[500] if status >= 500 else ("unexpected_status", NOT_QUERIES)
        code, hint = CAUSES.get(status, otherwise)
        return cls(
            code,
            "POST",
            path,
            status=status,
            hcp_message=hcp_message(response),
            hint=hint,
            attempts=response.attempts,
        )

    @classmethod
    def not_queries(cls, path: str, detail: str, response: Response | None = None) -> QueryError:
        """Return the error for a response that does not come from the metadata query API."""
        error = cls.no_response("POST", path, NoResponseError("not_mapi", detail, False, response))
        error.hint = NOT_QUERIES
        return error
