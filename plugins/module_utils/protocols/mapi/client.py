# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests to MAPI: paths, JSON, retries and paging.

Most requests may be repeated: a GET or HEAD reads, a POST sets properties to given values, a
repeated PUT answers 409 and a repeated DELETE 404, which callers understand. So a request is tried
again after any failure that may pass, within ``Endpoint.deadline``. What must not be done twice,
such as an action, is sent with ``once``.

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
from ..errors import hcp_message, is_from_hcp, is_web_page
from ..transport import Endpoint, NoResponseError, Response, Sink, Transport
from .errors import MapiError

PAGE = 500
WRITES = ("PUT", "POST", "DELETE")

JSON = "application/json"
PERHAPS_DONE = "HCP may have done it all the same: look before it is sent again."

Query = Mapping[str, str]


@dataclass(frozen=True, eq=False, repr=False)
class Request:
    """A request as it goes out. ``path`` is the one below ``/mapi``, already encoded.

    :ivar once: it must not be done twice, so it is not sent again where HCP may have done it
    :ivar must_be_hcp: its effect cannot be read back, so its success has to come from HCP itself
    :ivar statuses: statuses that are no failures, besides those of success
    :ivar sink: gets the body of a success bit by bit
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
    """MAPI of one HCP, as one account.

    ``host`` is the first label of the host name that the account belongs to: ``admin`` for
    system-level accounts, the tenant's name for tenant-level ones.
    """

    def __init__(self, endpoint: Endpoint, credentials: Credentials, host: str) -> None:
        self.endpoint = endpoint
        self.credentials = credentials
        self.host = host
        # The release of HCP, once there was an answer that told it.
        self.version = ""
        self._transport = Transport(endpoint, credentials, f"{host}.{endpoint.domain}")

    def as_account(self, credentials: Credentials, host: str) -> Client:
        """A client for another account of the same HCP."""
        return Client(self.endpoint, credentials, host)

    def clear_cache(self) -> None:
        """Nothing is kept of what was read."""

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def get(self, path: str, query: Query | None = None) -> dict[str, Any]:
        """Read a resource.

        :return: the JSON object of the answer; MAPI has no other JSON
        :raises MapiError: also when the answer is something else, such as a login page
        """
        response = self.exchange(Request("GET", path, query))
        try:
            found = json.loads(response.body)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            nothing = NoResponseError(
                "not_mapi", "the answer is not a JSON object", False, response
            )
            raise MapiError.no_response("GET", path, nothing)
        return found

    def find(self, path: str, query: Query | None = None) -> dict[str, Any] | None:
        """Read a resource, or return ``None`` where HCP has no such resource."""
        try:
            return self.get(path, query)
        except MapiError as error:
            if error.code == "not_found":
                return None
            raise

    def exists(self, path: str) -> bool:
        """Whether a resource exists and this account may know it.

        The manual has HEAD answer 302 for an absent resource, clients have seen 404.
        """
        try:
            self.exchange(Request("HEAD", path))
        except MapiError as error:
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
        """Write: PUT, POST or DELETE. What HCP answers to a write holds nothing of use.

        :return: whether it certainly was HCP that answered
        """
        content = None if body is None else json.dumps(body).encode()
        request = Request(method, path, query, content, once=once, must_be_hcp=must_be_hcp)
        return is_from_hcp(self.exchange(request))

    def names(self, path: str, member: str, filters: Query | None = None) -> Iterator[str]:
        """The names in a list, page after page, sorted.

        ``member`` is the list's JSON member: ``name`` or ``username``. A list that HCP does not
        page comes whole and is read once.
        """
        seen: set[str] = set()
        for entry in self.pages(path, member, member, filters):
            if str(entry) not in seen:
                seen.add(str(entry))
                yield str(entry)

    def pages(
        self, path: str, member: str, sort: str, filters: Query | None = None
    ) -> Iterator[Any]:
        """The members of a list, page after page. ``sort`` keeps the pages in one order."""
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
        """Send a request and return its answer, whose body may be of any kind but a web page.

        :raises MapiError: also for every status that is not expected
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
        # HCP answers every success with 200; what is in between may make it 204.
        success = status == 200 or (method in WRITES and 200 < status < 300)
        foreign = _foreign(request, response, success)
        if foreign:
            nothing = NoResponseError("not_mapi", foreign, method in WRITES, response)
            raise _with_hint(request, MapiError.no_response(method, path, nothing))
        if not success and status not in request.statuses:
            raise _with_hint(
                request, MapiError.from_status(method, path, response, hcp_message(response))
            )
        return response


def _foreign(request: Request, response: Response, success: bool) -> str | None:
    """What shows that an answer does not come from MAPI."""
    method = request.method
    # HCP's own errors may be web pages; a 404 must not come from anybody else.
    if is_web_page(response) and method != "HEAD":
        if success or (response.status == 404 and not is_from_hcp(response)):
            return "the answer is a web page"
    elif success and (request.must_be_hcp or (method in WRITES and response.body)):
        return None if is_from_hcp(response) else "the answer is not MAPI's"
    return None


def _with_hint(request: Request, error: MapiError) -> MapiError:
    """A failure that says so where it may have been a success."""
    if request.once and error.uncertain:
        error.hint = PERHAPS_DONE
    return error


def segment(name: str) -> str:
    """A name as one segment of a path."""
    if name in ("", ".", ".."):
        # They would stand for another path, whatever they are written as.
        raise RefusedError("bad_option", f"'{name}' cannot be the name of anything on HCP.")
    return quote(name, safe="")
