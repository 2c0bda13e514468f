# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that a query finds, page after page.

Source: metadata query reference, "Paging".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...refusal import RefusedError
from .client import CHANGE_TIME, PATH, Page, QueryClient, Row
from .errors import QueryError

# HCP shows no result behind this one.
FURTHEST = 100_000
INTERRUPTED = "HCP ended the query before everything was found"


@dataclass
class Limits:
    """How much is wanted, and how much at once. ``limit``: ``None`` for everything."""

    limit: int | None = None
    page: int = 100
    furthest: int = FURTHEST

    def count(self, found: int) -> int:
        """How many to ask for after so many."""
        return self.page if self.limit is None else min(self.page, self.limit - found)


class Search:
    """A query of one of the two kinds.

    :ivar found: how many results there were so far
    :ivar complete: whether that is all of them
    :ivar first: the first page, which alone tells totals and facets
    """

    def __init__(self, client: QueryClient, shown: Mapping[str, Any], limits: Limits) -> None:
        self._client = client
        self._shown = shown
        self._limits = limits
        self.found = 0
        self.complete = False
        self.first: Page | None = None

    def rows(self) -> Iterator[Row]:
        """The results, each of them once. HCP is asked while they are taken.

        :raises RefusedError: they cannot be got like this
        :raises QueryError: a query failed
        """
        raise NotImplementedError

    def _next_page(self, request: Mapping[str, Any]) -> Page:
        page = self._client.query_page(request)
        self.first = self.first or page
        return page

    def _take(self, rows: list[Row]) -> list[Row]:
        """As many of them as are wanted yet."""
        limit = self._limits.limit
        taken = rows if limit is None else rows[: limit - self.found]
        self.found += len(taken)
        return taken

    def _is_last(self, page: Page, left_out: bool) -> bool:
        """Whether a page is the last one.

        :raises QueryError: it is, but there should be more
        """
        self.complete = page.complete and not left_out
        if page.complete or self.found == self._limits.limit:
            return True
        if not page.rows:
            raise QueryError(
                "interrupted", "POST", PATH, detail=INTERRUPTED, hint="Try later, or ask for less."
            )
        return False


class ObjectSearch(Search):
    """Objects that are there, by an expression.

    :param sort: properties as HCP writes them, such as ``size+desc``. Without any HCP puts the best
        matches first, and may put others on a page each time
    :param extras: what is to be told beside the results, such as facets
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
        # Of the latest change time, what was found already.
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
        """Refuse early what would fail in the end."""
        wanted, furthest = page.total or 0, self._limits.furthest
        if self._limits.limit is not None:
            wanted = min(wanted, self._limits.limit)
        if wanted > furthest and not self._by_change():
            raise RefusedError(
                "too_many",
                f"There are {page.total} results, and HCP shows {furthest} in this order: leave"
                " sort out, set limit, or narrow the query.",
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
        """The expression for what changed at the latest change time that was found, or later."""
        later = f"+{CHANGE_TIME}:[{self._latest} TO *]"
        rest = f"+({self._expression}) {later}"
        if self._expression.strip() == "*:*":
            rest = later
        if not self._latest or rest == expression:
            raise RefusedError(
                "too_many",
                f"More than {self._limits.furthest} results changed in the same moment, and HCP"
                " does not show all of them: narrow the query.",
                option="query",
            )
        return rest


class OperationSearch(Search):
    """What was done with objects, in the order in which it was done.

    :param criteria: HCP's ``systemMetadata``
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
                raise QueryError.not_queries(PATH, "the same page came twice")
            self._fix_end(page)

    def _fix_end(self, page: Page) -> None:
        """Keep to the end that HCP chose for the first page, which would move with each one."""
        if page.end is not None:
            times = {"end": page.end, **self._criteria.get("changeTime", {})}
            self._criteria["changeTime"] = times
