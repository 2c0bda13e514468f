# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong between this collection and the metadata query API: one table of causes.

Source: metadata query reference, "Status codes". HCP's own text comes, if at all, in the header
``X-HCP-ErrorMessage``.
"""

from __future__ import annotations

from ..errors import HcpError, hcp_message
from ..transport import NoResponseError, Response

NOT_QUERIES = "Something other than HCP's metadata queries answered; check domain and data_port."
OVERLOADED = "HCP is busy or short of memory; try later, or with a narrower query."
INVALID = (
    "Check the expression, the names of properties and namespaces, and that the properties may be"
    " used so; or it takes too much memory, and sort or facets have to go."
)
# HCP says the same for all of these.
FORBIDDEN = (
    "Check username and password, that metadata queries are enabled on the HCP, that an account of"
    " the tenant has the permission SEARCH in the namespaces, and that one of the system has the"
    " role SEARCH and the tenant admits it."
)
# status → stable code, what to do next
CAUSES = {
    302: ("redirected", NOT_QUERIES),
    400: ("invalid", INVALID),
    401: ("unauthorized", "HCP could not handle the request; if it repeats, call support."),
    403: ("forbidden", FORBIDDEN),
    404: ("not_found", NOT_QUERIES),
    405: ("not_allowed", NOT_QUERIES),
    406: ("media_type", NOT_QUERIES),
    413: ("too_long", "Ask for less at once: a query has 8 KB."),
    415: ("media_type", NOT_QUERIES),
    429: ("unavailable", OVERLOADED),
    500: ("server_error", OVERLOADED),
    503: ("unavailable", OVERLOADED),
}


class QueryError(HcpError):
    """One failed query."""

    @classmethod
    def from_answer(cls, path: str, response: Response) -> QueryError:
        """The failure that an answer stands for."""
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
        """The failure of a query to which something else answered."""
        error = cls.no_response("POST", path, NoResponseError("not_mapi", detail, False, response))
        error.hint = NOT_QUERIES
        return error
