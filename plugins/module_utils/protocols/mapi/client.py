# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests to MAPI: paths, JSON, retries and paging.

Most requests are safe to retry: GET and HEAD only read, POST sets properties to given values, a
repeated PUT returns 409 and a repeated DELETE 404, which callers handle. So the transport retries
requests after transient failures, within ``Endpoint.deadline``. Requests that must not be repeated,
such as actions, are sent with ``once``.

Source: MAPI reference, "Methods", "Query parameters" and "Status codes".
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from ...refusal import RefusedError
from ...values.base import list_members
from ..credentials import Credentials
from ..errors import hcp_message
from ..failures import NoResponseError
from ..response import Response
from ..transport import Endpoint, Sink, Transport
from .errors import MapiError

PAGE = 500
WRITES = ("PUT", "POST", "DELETE")

JSON = "application/json"
PERHAPS_DONE = (
    "HCP may have carried out the request despite the failure. Check its state before you send the"
    " request again."
)

Query = Mapping[str, str]


@dataclass(frozen=True, eq=False, repr=False)
class Request:
    """A request to the management API.

    :ivar path: percent-encoded path below ``/mapi``
    :ivar once: the request is not idempotent: do not retry it if HCP may have carried it out
    :ivar must_be_hcp: fail unless the response certainly comes from HCP; for requests whose effect
        cannot be read back
    :ivar statuses: further statuses that are no failures
    :ivar sink: receives the body of a successful response in chunks
    """

    method: str
    path: str
    query: Query | None = None
    body: bytes | None = None
    media_type: str = JSON
    accept: str = JSON
    once: bool = False
    must_be_hcp: bool = False
    statuses: tuple[int, ...] = ()
    sink: Sink | None = None


class Client:
    """A client of the management API of one HCP, for one account.

    :param host: first label of the host name that the account belongs to: ``admin`` for
        system-level accounts, the name of the tenant for tenant-level ones
    """

    def __init__(self, endpoint: Endpoint, credentials: Credentials, host: str) -> None:
        self.endpoint = endpoint
        self.credentials = credentials
        self.host = host
        # The release of HCP, from the first response that contains it.
        self.version = ""
        self._transport = Transport(endpoint, credentials, f"{host}.{endpoint.domain}")

    def as_account(self, credentials: Credentials, host: str) -> Client:
        """Return a client for another account of the same HCP."""
        return Client(self.endpoint, credentials, host)

    def clear_cache(self) -> None:
        """Do nothing: this client has no cache."""

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def get(self, path: str, query: Query | None = None) -> dict[str, Any]:
        """Read a resource.

        :return: the JSON object of the response; MAPI returns no other type of JSON
        :raises MapiError: the request failed, or the response is something else, such as a login
            page
        """
        response = self.exchange(Request("GET", path, query))
        try:
            document = json.loads(response.body)
        except ValueError:
            document = None
        if not isinstance(document, dict):
            failure = NoResponseError(
                "not_mapi", "the response is not a JSON object", False, response
            )
            raise MapiError.no_response("GET", path, failure)
        return document

    def find(self, path: str, query: Query | None = None) -> dict[str, Any] | None:
        """Read a resource; return ``None`` if it does not exist."""
        try:
            return self.get(path, query)
        except MapiError as error:
            if error.code == "not_found":
                return None
            raise

    def exists(self, path: str) -> bool:
        """Whether a resource exists and is visible to this account.

        For an absent resource HEAD returns 302 according to the manual; clients have also seen 404.
        """
        try:
            self.exchange(Request("HEAD", path))
        except MapiError as error:
            if error.code == "not_mapi":
                # A response to HEAD has no body that could show its origin.
                return self.find(path) is not None
            if error.status in (302, 404):
                return False
            raise
        return True

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        query: Query | None = None,
        once: bool = False,
        must_be_hcp: bool = False,
    ) -> bool:
        """Send a PUT, POST or DELETE.

        :return: whether the response certainly is HCP's response to this request. Those of MAPI
            have no body
        """
        content = None if body is None else json.dumps(body).encode()
        request = Request(method, path, query, content, once=once, must_be_hcp=must_be_hcp)
        response = self.exchange(request)
        certain = response.from_hcp and not response.body
        if must_be_hcp and not certain:
            detail = "the response has a body, so it is the response to another request"
            failure = NoResponseError("not_mapi", detail, uncertain=True, response=response)
            raise _with_hint(request, MapiError.no_response(method, path, failure))
        return certain

    def names(self, path: str, member: str, filters: Query | None = None) -> Iterator[str]:
        """Yield the names in a list, sorted, each of them once. Pages are read as needed.

        :param member: the JSON property of the list: ``name`` or ``username``
        """
        seen: set[str] = set()
        for entry in self.pages(path, member, member, filters):
            if str(entry) not in seen:
                seen.add(str(entry))
                yield str(entry)

    def pages(
        self, path: str, member: str, sort: str, filters: Query | None = None
    ) -> Iterator[Any]:
        """Yield the members of a list. Pages are read as needed.

        HCP does not page every list: if it returns the same page again, the list was complete.

        :param sort: the property to sort by, so that all pages have the same order
        """
        previous: list[Any] = []
        offset = 0
        while True:
            query = {"sortType": sort, "offset": str(offset), "count": str(PAGE), **(filters or {})}
            page = list_members(self.get(path, query), member)
            if page == previous:
                return
            yield from page
            if len(page) != PAGE:
                return
            previous = page
            offset += PAGE

    def exchange(self, request: Request) -> Response:
        """Send a request and return the response. Its body may have any type except a web page.

        :raises MapiError: the request failed, or its status is neither a success nor in
            ``request.statuses``
        """
        method, path = request.method, request.path
        target = f"/mapi{path}?{urlencode(request.query)}" if request.query else f"/mapi{path}"
        headers = {"Accept": request.accept}
        if request.body is not None:
            headers["Content-Type"] = request.media_type
        try:
            response = self._transport.request(
                method, target, headers, request.body, request.once, request.sink
            )
        except NoResponseError as failure:
            raise _with_hint(request, MapiError.no_response(method, path, failure)) from None
        self.version = response.headers.get("X-HCP-SoftwareVersion") or self.version
        status = response.status
        # HCP returns 200 for every success; a proxy may turn it into 204.
        success = status == 200 or (method in WRITES and 200 < status < 300)
        foreign = _foreign(request, response, success)
        if foreign:
            not_mapi = NoResponseError("not_mapi", foreign, method in WRITES, response)
            raise _with_hint(request, MapiError.no_response(method, path, not_mapi))
        if not success and status not in request.statuses:
            raise _with_hint(
                request, MapiError.from_status(method, path, response, hcp_message(response))
            )
        return response


def _foreign(request: Request, response: Response, success: bool) -> str | None:
    """Return why a response cannot be taken for one of the management API, or ``None``.

    HCP's own errors may be web pages.
    """
    says_absent = response.status == 404 or (request.method, response.status) == ("HEAD", 302)
    if not success and (not says_absent or response.from_hcp):
        return None
    if request.method != "HEAD" and response.is_web_page:
        return "the response is a web page"
    if response.from_hcp:
        return None
    if request.method in WRITES and success and not response.body and not request.must_be_hcp:
        # The caller checks whether HCP has carried it out.
        return None
    return response.problem


def _with_hint(request: Request, error: MapiError) -> MapiError:
    """Replace the hint if HCP may have carried out a request that must not be repeated."""
    if request.once and error.uncertain:
        error.hint = PERHAPS_DONE
    return error


def segment(name: str) -> str:
    """Percent-encode a name as one segment of a path.

    :raises RefusedError: the name is empty, ``.`` or ``..``
    """
    if name in ("", ".", ".."):
        # Servers and proxies resolve these, even percent-encoded, to another path.
        raise RefusedError("bad_option", f"'{name}' is not a valid name on HCP.")
    return quote(name, safe="")
