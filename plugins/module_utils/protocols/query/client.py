# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One metadata query and its answer.

A query is a POST that changes nothing, so the transport retries it after transient failures.

Source: metadata query reference, "Request headers", "Response".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...refusal import RefusedError
from ...values.base import list_members
from ...values.times import from_milliseconds, from_seconds, to_utc
from ..credentials import Credentials
from ..failures import NoResponseError
from ..transport import Endpoint, Transport
from .errors import QueryError

PATH = "/query"
# The largest body of a request, in bytes.
LONGEST = 8192
HEADERS = {
    "Accept": "application/json",
    # Without gzip HCP returns 406.
    "Accept-Encoding": "gzip",
    "Content-Type": "application/json",
}
BOOLEANS = ("acl", "customMetadata", "hold", "index", "replicated", "replicationCollision", "shred")
NUMBERS = ("dpl", "gid", "size", "uid")
SECONDS = ("accessTime", "ingestTime", "updateTime")
DATES = (
    "accessTimeString",
    "changeTimeString",
    "ingestTimeString",
    "retentionString",
    "updateTimeString",
)
CHANGE_TIME = "changeTimeMilliseconds"

Row = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """The response to one query: a page of results.

    :ivar rows: the results, with HCP's property names
    :ivar complete: whether this is the last page
    :ivar total: the number of all results, or ``None`` if HCP does not return it
    :ivar facets: property → its values with their counts, the most frequent first
    :ivar start: start of the searched period, in milliseconds since 1970; likewise ``end``
    """

    rows: list[Row]
    complete: bool
    total: int | None = None
    facets: dict[str, list[Row]] = field(default_factory=dict)
    content_properties: list[Row] = field(default_factory=list)
    start: int | None = None
    end: int | None = None


class QueryClient:
    """A client of the metadata query API of one HCP, for one account.

    :param host: first label of the host name: the name of a tenant, or ``admin`` to search all
        tenants
    """

    def __init__(self, endpoint: Endpoint, credentials: Credentials, host: str) -> None:
        self._transport = Transport(endpoint, credentials, f"{host}.{endpoint.domain}")

    def clear_cache(self) -> None:
        """Do nothing: this client has no cache."""

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def query_page(self, request: Mapping[str, Any]) -> Page:
        """Send a query and return one page of its results.

        :raises RefusedError: the query is longer than HCP accepts
        :raises QueryError: the request failed, or the response is something else, such as a login
            page
        """
        body = json.dumps(request, ensure_ascii=False).encode("utf-8", "replace")
        if len(body) > LONGEST:
            raise RefusedError(
                "too_long",
                f"The query has {len(body)} bytes, but HCP accepts at most {LONGEST}. Shorten the"
                " expression, or name fewer namespaces, directories or properties.",
            )
        try:
            response = self._transport.request("POST", PATH, HEADERS, body)
        except NoResponseError as failure:
            raise QueryError.no_response("POST", PATH, failure) from None
        if response.is_web_page and response.status in (200, 404):
            raise QueryError.not_queries(PATH, "the response is a web page", response)
        if response.status != 200:
            raise QueryError.from_answer(PATH, response)
        try:
            return _page(json.loads(response.body)["queryResult"])
        except (ValueError, TypeError, KeyError, AttributeError):
            raise QueryError.not_queries(
                PATH, "the response is not a query result", response
            ) from None


def _page(result: Mapping[str, Any]) -> Page:
    status = result["status"]
    code = str(status["code"])
    if code not in ("COMPLETE", "INCOMPLETE"):
        raise ValueError
    query = result.get("query") or {}
    total = status.get("totalResults")
    return Page(
        rows=[_row(each) for each in list_members(result.get("resultSet"), "object")],
        complete=code == "COMPLETE",
        total=None if total is None else int(total),
        facets=_facets(result.get("facets")),
        content_properties=[
            each.get("contentProperty", each)
            for each in list_members(result.get("contentProperties"), "contentProperty")
        ],
        start=_integer(query.get("start")),
        end=_integer(query.get("end")),
    )


def _integer(value: Any) -> int | None:
    return None if value is None else int(value)


def _facets(wire: Any) -> dict[str, list[Row]]:
    """Decode facets in both known forms.

    The manual has a list below ``facet`` with ``property``. A client in the field has seen a bare
    list with ``name``.
    """
    return {
        str(facet.get("property", facet.get("name"))): [
            {"value": str(each["value"]), "count": int(each["count"])}
            for each in list_members(facet.get("frequency"), "frequency")
        ]
        for facet in list_members(wire, "facet")
    }


def _row(wire: Mapping[str, Any]) -> Row:
    """Decode one result. Each property gets one type, because HCP may write numbers as strings."""
    row = {str(name): _value(str(name), value) for name, value in wire.items()}
    timestamp = from_milliseconds(row.get(CHANGE_TIME, ""))
    if timestamp is not None:
        row["changeTime"] = timestamp
    return row


def _value(name: str, value: Any) -> Any:
    text = str(value)
    if name in BOOLEANS:
        return text.lower() == "true"
    if name in NUMBERS:
        return int(text) if text.lstrip("-").isdecimal() else value
    if name == CHANGE_TIME:
        return value if isinstance(value, str) else f"{value:.2f}"
    if name in SECONDS:
        return from_seconds(text) or value
    if name in DATES:
        return to_utc(text) or value
    if name == "retention":
        # 0, -1 and -2 are special values, not times.
        return text if text in ("0", "-1", "-2") else from_seconds(text) or text
    if name in ("version", "permissions"):
        return text
    # HCP writes a blank for "no retention class".
    return text.strip() if name == "retentionClass" else value
