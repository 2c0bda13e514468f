# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests to MAPI: paths, JSON, retries and paging.

Every request this client makes may be repeated: a GET or HEAD reads, a POST sets properties to
given values, a repeated PUT answers 409 and a repeated DELETE 404, which callers understand. So a
request is tried again after any failure that may pass, within ``Endpoint.deadline``.

Source: MAPI reference, "Methods", "Query parameters" and "Status codes".
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urlencode

from ..values import members
from .credentials import Credentials
from .errors import MapiError
from .transport import Answer, Endpoint, NoAnswerError, Transport

PASSING = ("connection_failed", "timed_out", "broken_answer")
LONGEST_PAUSE = 30.0
PAGE = 500

Query = Mapping[str, str]


class Client:
    """MAPI of one HCP, as one account.

    ``host`` is the first label of the host name that the account belongs to: ``admin`` for
    system-level accounts, the tenant's name for tenant-level ones.
    """

    def __init__(self, endpoint: Endpoint, credentials: Credentials, host: str) -> None:
        self.endpoint = endpoint
        self.credentials = credentials
        self.host = host
        self._transport = Transport(endpoint, credentials, f"{host}.{endpoint.domain}")

    def acting_as(self, credentials: Credentials, host: str) -> Client:
        """A client for another account of the same HCP."""
        return Client(self.endpoint, credentials, host)

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def get(self, path: str, query: Query | None = None) -> dict[str, Any]:
        """Read a resource.

        :return: the JSON object of the answer; MAPI has no other JSON
        :raises MapiError: also when the answer is something else, such as a login page
        """
        answer = self._request("GET", path, query)
        try:
            found = json.loads(answer.body)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            detail = "the answer is not a JSON object"
            raise MapiError.no_answer("not_mapi", "GET", path, detail, 1, False)
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
            self._request("HEAD", path, None)
        except MapiError as error:
            if error.status in (302, 404):
                return False
            raise
        return True

    def send(self, method: str, path: str, body: Any = None, query: Query | None = None) -> None:
        """Write: PUT, POST or DELETE. What HCP answers to a write holds nothing of use."""
        self._request(method, path, query, None if body is None else json.dumps(body).encode())

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
            page = members(self.get(path, query), member)
            if page == previous:
                return
            yield from page
            if len(page) != PAGE:
                return
            previous = page
            offset += PAGE

    def _request(
        self, method: str, path: str, query: Query | None, body: bytes | None = None
    ) -> Answer:
        target = f"/mapi{path}?{urlencode(query)}" if query else f"/mapi{path}"
        headers = {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        ends = time.monotonic() + self.endpoint.deadline
        attempt = 1
        while True:
            failure, pause = self._attempt(method, path, target, headers, body, ends, attempt)
            if isinstance(failure, Answer):
                return failure
            if attempt > self.endpoint.retries or pause is None:
                raise failure
            if time.monotonic() + pause >= ends:
                raise failure
            time.sleep(pause)
            attempt += 1

    def _attempt(
        self,
        method: str,
        path: str,
        target: str,
        headers: Mapping[str, str],
        body: bytes | None,
        ends: float,
        attempt: int,
    ) -> tuple[Answer | MapiError, float | None]:
        """An answer; or a failure and how long to wait before trying again, if that may help."""
        pause = min(LONGEST_PAUSE, self.endpoint.pause * 2 ** (attempt - 1))
        # Spread out: many hosts may be waiting for the same HCP.
        pause *= 0.75 + random.random() / 2  # noqa: S311
        try:
            answer = self._transport.exchange(method, target, headers, body, ends)
        except NoAnswerError as nothing:
            failure = MapiError.no_answer(
                nothing.code, method, path, nothing.detail, attempt, nothing.uncertain
            )
            return failure, pause if nothing.code in PASSING else None
        if answer.status == 200:
            return answer, None
        message = answer.headers.get("X-HCP-ErrorMessage") or None
        failure = MapiError.from_status(answer.status, method, path, message, attempt)
        if answer.status < 500:
            return failure, None
        return failure, max(pause, _retry_after(answer.headers.get("Retry-After", "")))


def segment(name: str) -> str:
    """A name as one segment of a path."""
    return quote(name, safe="")


def _retry_after(text: str) -> float:
    """The seconds that an answer asks to wait, 0 where it does not ask."""
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (TypeError, ValueError):
        return 0.0
