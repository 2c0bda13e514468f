# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All results of a query, read page by page.

Source: metadata query reference, "Paging".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...refusal import RefusedError
from .client import CHANGE_TIME, PATH, Page, QueryClient, Row
from .errors import QueryError

# The largest offset of a result that HCP returns.
FURTHEST = 100_000
INTERRUPTED = "HCP ended the query before it returned all results"


@dataclass
class Limits:
    """Sizes of a search.

    :ivar limit: largest number of results; ``None`` for all
    :ivar page: largest number of results of one request
    :ivar furthest: largest offset of a result that HCP returns
    """

    limit: int | None = None
    page: int = 100
    furthest: int = FURTHEST

    def count(self, found: int) -> int:
        """Return how many results to request next, after ``found`` results."""
        return self.page if self.limit is None else min(self.page, self.limit - found)


class Search:
    """A query that spans pages. The subclasses search objects and operations.

    :param shown: the part of the request that selects the properties of results
    :ivar found: the number of results so far
    :ivar complete: whether these are all results
    :ivar first: the first page, the only one with totals and facets
    """

    def __init__(self, client: QueryClient, shown: Mapping[str, Any], limits: Limits) -> None:
        self._client = client
        self._shown = shown
        self._limits = limits
        self.found = 0
        self.complete = False
        self.first: Page | None = None

    def rows(self) -> Iterator[Row]:
        """Yield the results, each of them once. Pages are requested as needed.

        :raises RefusedError: HCP does not return all results of this query
        :raises QueryError: a request failed
        """
        raise NotImplementedError

    def _next_page(self, request: Mapping[str, Any]) -> Page:
        page = self._client.query_page(request)
        self.first = self.first or page
        return page

    def _take(self, rows: list[Row]) -> list[Row]:
        """Cut ``rows`` at the limit, and count them."""
        limit = self._limits.limit
        taken = rows if limit is None else rows[: limit - self.found]
        self.found += len(taken)
        return taken

    def _is_last(self, page: Page, left_out: bool) -> bool:
        """Whether a page is the last one.

        :param left_out: whether the limit cut off rows of the page
        :raises QueryError: the page is empty, but HCP says that there are more results
        """
        self.complete = page.complete and not left_out
        if page.complete or self.found == self._limits.limit:
            return True
        if not page.rows:
            raise QueryError(
                "interrupted",
                "POST",
                PATH,
                detail=INTERRUPTED,
                hint="Try again later, or use a narrower query.",
            )
        return False


class ObjectSearch(Search):
    """A search for existing objects, by an expression.

    HCP returns no results beyond ``Limits.furthest``. If they are sorted by change time, the search
    continues with a new expression that starts at the latest change time.

    :param sort: properties in HCP's notation, such as ``size+desc``. Without any, HCP returns the
        best matches first, and the order may differ between requests
    :param extras: further values to request with the first page, such as facets
    """

    def __init__(
        self,
        client: QueryClient,
        expression: str,
        sort: list[str],
        extras: Mapping[str, Any],
        shown: Mapping[str, Any],
        limits: Limits,
    ) -> None:
        super().__init__(client, shown, limits)
        self._expression = expression
        self._sort = sort
        self._extras = extras
        # The results with the latest change time, to recognize them after a continuation.
        self._latest = ""
        self._known: set[tuple[str, str]] = set()

    def rows(self) -> Iterator[Row]:
        expression, offset = self._expression, 0
        while True:
            count = min(self._limits.count(self.found), self._limits.furthest - offset)
            page = self._next_page({"object": self._request(expression, offset, count)})
            self._check_reach(page)
            fresh = [row for row in page.rows if self._is_new(row)]
            taken = self._take(fresh)
            yield from taken
            if self._is_last(page, left_out=len(taken) < len(fresh)):
                return
            offset += len(page.rows)
            if offset >= self._limits.furthest:
                expression, offset = self._continuation(expression), 0

    def _request(self, expression: str, offset: int, count: int) -> dict[str, Any]:
        request: dict[str, Any] = {"query": expression, "count": count, **self._shown}
        if self._sort and count:
            request["sort"] = ",".join(self._sort)
        if offset:
            request["offset"] = offset
        return request if self.first else {**request, **self._extras}

    def _check_reach(self, page: Page) -> None:
        """Refuse a search whose results HCP will not return completely.

        :raises RefusedError: there are more results than HCP returns in this order
        """
        wanted, furthest = page.total or 0, self._limits.furthest
        if self._limits.limit is not None:
            wanted = min(wanted, self._limits.limit)
        if wanted > furthest and not self._by_change():
            raise RefusedError(
                "too_many",
                f"The query has {page.total} results, but HCP returns at most {furthest} in this"
                " order. Omit sort, set limit, or narrow the query.",
                option="sort",
            )

    def _by_change(self) -> bool:
        return self._sort[:1] in ([CHANGE_TIME], [f"{CHANGE_TIME}+asc"])

    def _is_new(self, row: Row) -> bool:
        if not self._by_change():
            return True
        timestamp, key = row.get(CHANGE_TIME), (row.get("urlName", ""), row.get("version", ""))
        if not timestamp:
            return True
        if timestamp != self._latest:
            self._latest, self._known = timestamp, set()
        new = key not in self._known
        self._known.add(key)
        return new

    def _continuation(self, expression: str) -> str:
        """Return the expression for results with the latest change time so far, or a later one.

        :raises RefusedError: more results have this change time than HCP returns
        """
        later = f"+{CHANGE_TIME}:[{self._latest} TO *]"
        continuation = f"+({self._expression}) {later}"
        if self._expression.strip() == "*:*":
            continuation = later
        if not self._latest or continuation == expression:
            raise RefusedError(
                "too_many",
                f"More than {self._limits.furthest} results have the same change time, and HCP does"
                " not return all of them. Narrow the query.",
                option="query",
            )
        return continuation


class OperationSearch(Search):
    """A search for operations on objects, in the order of their change times.

    :param criteria: the object ``systemMetadata`` of the request
    """

    def __init__(
        self,
        client: QueryClient,
        criteria: Mapping[str, Any],
        shown: Mapping[str, Any],
        limits: Limits,
    ) -> None:
        super().__init__(client, shown, limits)
        self._criteria = dict(criteria)

    def rows(self) -> Iterator[Row]:
        last: dict[str, Any] = {}
        while True:
            request = {
                "count": self._limits.count(self.found),
                **self._shown,
                **({"lastResult": last} if last else {}),
                **({"systemMetadata": self._criteria} if self._criteria else {}),
            }
            page = self._next_page({"operation": request})
            taken = self._take(page.rows)
            yield from taken
            if self._is_last(page, left_out=len(taken) < len(page.rows)):
                return
            names = ("urlName", CHANGE_TIME, "version")
            before, last = last, {name: page.rows[-1].get(name, "") for name in names}
            if last == before:
                raise QueryError.not_queries(PATH, "HCP returned the same page twice")
            self._fix_end(page)

    def _fix_end(self, page: Page) -> None:
        """Keep the end of the period that HCP chose for the first page.

        By default the end is the time of each request, so that it would move from page to page.
        """
        if page.end is not None:
            times = {"end": page.end, **self._criteria.get("changeTime", {})}
            self._criteria["changeTime"] = times
