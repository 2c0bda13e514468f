# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One metadata query and its answer.

Source: metadata query reference, "Request headers", "Response". Queries change nothing, so one is
sent again after any failure that may pass, although it is a POST.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...refusal import RefusedError
from ...values.base import list_members
from ...values.times import from_milliseconds, from_seconds, to_utc
from ..credentials import Credentials
from ..errors import is_web_page
from ..transport import Endpoint, NoResponseError, Response, Transport
from .errors import QueryError

PATH = "/query"
# Bytes of the body of a request.
LONGEST = 8192
# What zlib calls the format of gzip.
GZIP = 31
HEADERS = {
    "Accept": "application/json",
    # Without gzip HCP answers 406.
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
    """What one query was answered.

    :ivar rows: what was found, with HCP's names of properties
    :ivar complete: whether there is nothing behind it
    :ivar total: how many there are in all, where HCP says so
    :ivar facets: property → values and how many have them, the most frequent first
    :ivar start: milliseconds since 1970 from which operations were searched; likewise ``end``
    """

    rows: list[Row]
    complete: bool
    total: int | None = None
    facets: dict[str, list[Row]] = field(default_factory=dict)
    content_properties: list[Row] = field(default_factory=list)
    start: int | None = None
    end: int | None = None


class QueryClient:
    """Metadata queries of one HCP, as one account, over what ``host`` covers.

    ``host`` is the first label of a host name: a tenant's name, or ``admin`` for all of HCP.
    """

    def __init__(self, endpoint: Endpoint, credentials: Credentials, host: str) -> None:
        self._transport = Transport(endpoint, credentials, f"{host}.{endpoint.domain}")

    def clear_cache(self) -> None:
        """Nothing is kept of what was read."""

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def query_page(self, request: Mapping[str, Any]) -> Page:
        """Send a query.

        :raises RefusedError: it is longer than HCP takes
        :raises QueryError: also when the answer is something else, such as a login page
        """
        body = json.dumps(request, ensure_ascii=False).encode("utf-8", "replace")
        if len(body) > LONGEST:
            raise RefusedError(
                "too_long",
                f"The query has {len(body)} bytes, and HCP takes {LONGEST}: shorten the expression,"
                " or name fewer namespaces, directories or properties at once.",
            )
        try:
            response = self._transport.request("POST", PATH, HEADERS, body)
        except NoResponseError as failure:
            raise QueryError.no_response("POST", PATH, failure) from None
        if is_web_page(response) and response.status in (200, 404):
            raise QueryError.not_queries(PATH, "the answer is a web page", response)
        if response.status != 200:
            raise QueryError.from_answer(PATH, response)
        try:
            return _page(json.loads(_unpacked(response))["queryResult"])
        except (ValueError, TypeError, KeyError, AttributeError, zlib.error):
            raise QueryError.not_queries(PATH, "the answer is no query result", response) from None


def _unpacked(response: Response) -> bytes:
    packed = response.headers.get("Content-Encoding", "") == "gzip"
    return zlib.decompress(response.body, wbits=GZIP) if packed else response.body


def _page(found: Mapping[str, Any]) -> Page:
    status = found["status"]
    code = str(status["code"])
    if code not in ("COMPLETE", "INCOMPLETE"):
        raise ValueError
    query = found.get("query") or {}
    total = status.get("totalResults")
    return Page(
        rows=[_row(each) for each in list_members(found.get("resultSet"), "object")],
        complete=code == "COMPLETE",
        total=None if total is None else int(total),
        facets=_facets(found.get("facets")),
        content_properties=[
            each.get("contentProperty", each)
            for each in list_members(found.get("contentProperties"), "contentProperty")
        ],
        start=_whole(query.get("start")),
        end=_whole(query.get("end")),
    )


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def _facets(found: Any) -> dict[str, list[Row]]:
    """A list below ``facet`` by the manual, a bare one with ``name`` by a client in the field."""
    return {
        str(each.get("property", each.get("name"))): [
            {"value": str(one["value"]), "count": int(one["count"])}
            for one in list_members(each.get("frequency"), "frequency")
        ]
        for each in list_members(found, "facet")
    }


def _row(found: Mapping[str, Any]) -> Row:
    """One result, each property with one type: samples have numbers as texts, too."""
    row = {str(name): _value(str(name), value) for name, value in found.items()}
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
        # 0, -1 and -2 are words rather than times.
        return text if text in ("0", "-1", "-2") else from_seconds(text) or text
    if name in ("version", "permissions"):
        return text
    # XML has a blank for none.
    return text.strip() if name == "retentionClass" else value
