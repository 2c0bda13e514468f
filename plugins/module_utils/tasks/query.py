# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module for metadata queries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from ..connections import account_from, host_of
from ..files import AtomicFile
from ..protocols.query.client import CHANGE_TIME, Page, QueryClient
from ..protocols.query.search import Limits, ObjectSearch, OperationSearch, Search
from ..refusal import RefusedError
from ..schema.interface import SYSTEM, TENANT
from ..values.times import from_milliseconds, parse_timestamp, to_milliseconds
from .arguments import connection_arguments
from .module import Call, Module
from .results import attempt

# As many results as Ansible holds in memory without trouble.
MOST = 10_000
LARGEST_PAGE = 10_000
TRANSACTIONS = ["create", "delete", "dispose", "prune", "purge"]
LABEL = "metadata query"


def queries() -> Module:
    """The module that finds objects or operations on objects."""
    operations = {
        "start": {"type": "str"},
        "end": {"type": "str"},
        "namespaces": {"type": "list", "elements": "str"},
        "directories": {"type": "list", "elements": "str"},
        "transactions": {"type": "list", "elements": "str", "choices": TRANSACTIONS},
        "indexable": {"type": "bool"},
        "replication_collision": {"type": "bool"},
    }
    arguments = {
        **connection_arguments(data=True),
        "tenant": {"type": "str"},
        "query": {"type": "str"},
        "sort": {"type": "list", "elements": "str"},
        "facets": {"type": "list", "elements": "str"},
        "content_properties": {"type": "bool"},
        "operations": {"type": "dict", "options": operations},
        "object_properties": {"type": "list", "elements": "str"},
        "verbose": {"type": "bool"},
        "limit": {"type": "int"},
        "page_size": {"type": "int", "default": 100},
        "dest": {"type": "path"},
    }
    exclusive = [
        ("query", "operations"),
        ("sort", "operations"),
        ("facets", "operations"),
        ("content_properties", "operations"),
        ("verbose", "object_properties"),
    ]
    return Module(arguments, _perform, exclusive)


def _perform(call: Call) -> dict[str, Any]:
    return attempt(LABEL, partial(_find, call))


def _find(call: Call) -> dict[str, Any]:
    params = call.params
    account = account_from(params)
    # A tenant may admit accounts of the system.
    level = params["account_level"] if not params["tenant"] else TENANT
    client = call.connections.query(account, host_of(params["tenant"], level or SYSTEM))
    search = _search(client, params)
    if params["dest"]:
        return _filed(search, params["dest"], call.check)
    results = list(search.rows())
    result = {"changed": False, "results": results, **_summary(search), "warnings": []}
    if params["limit"] is None and not search.complete:
        result["warnings"] = [
            f"There are more than these {MOST} results: set limit, or dest for all of them."
        ]
    return result


def _filed(search: Search, dest: str, check: bool) -> dict[str, Any]:
    """Write each result to a file as it arrives."""
    with AtomicFile("dest", dest) as file:
        for row in search.rows():
            line = json.dumps(row, ensure_ascii=False, sort_keys=True)
            file.write(f"{line}\n".encode("utf-8", "replace"))
        different = file.differs()
        if different and not check:
            file.commit()
    return {"changed": different, **_summary(search)}


def _summary(search: Search) -> dict[str, Any]:
    """Return the values that concern the results as a whole."""
    summary: dict[str, Any] = {"count": search.found, "complete": search.complete}
    first: Page | None = search.first
    if first is None:
        return summary
    if isinstance(search, ObjectSearch):
        more = {"facets": first.facets, "content_properties": first.content_properties}
        return {**summary, "total": first.total, **more}
    times = {"start": first.start, "end": first.end}
    return {
        **summary,
        **{name: from_milliseconds(each) for name, each in times.items() if each is not None},
    }


def _search(client: QueryClient, params: Mapping[str, Any]) -> Search:
    """Return the search that the options describe.

    :raises RefusedError: the options are invalid
    """
    limit, page = params["limit"], params["page_size"]
    if limit is not None and limit < 0:
        raise _bad("limit", f"limit must be 0 or more, not {limit}.")
    if not 1 <= page <= LARGEST_PAGE:
        raise _bad("page_size", f"page_size must be between 1 and {LARGEST_PAGE}, not {page}.")
    limits = Limits(MOST if limit is None and not params["dest"] else limit, page)
    shown: dict[str, Any] = {"verbose": True} if params["verbose"] else {}
    if params["object_properties"]:
        shown["objectProperties"] = ",".join(params["object_properties"])
    if params["operations"] is not None:
        return OperationSearch(client, _criteria(params["operations"]), shown, limits)
    if params["query"] is None:
        raise _bad("query", "Set query to find objects, or operations to find operations.")
    extras: dict[str, Any] = {"contentProperties": True} if params["content_properties"] else {}
    if params["facets"]:
        extras["facets"] = ",".join(params["facets"])
    # Without an order pages may overlap. In this order, any number of results can be read.
    sort = [CHANGE_TIME] if params["sort"] is None else params["sort"]
    return ObjectSearch(client, params["query"], sort, extras, shown, limits)


def _criteria(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the criteria for operations as HCP's properties."""
    criteria: dict[str, Any] = {
        plural: {singular: options[plural]}
        for plural, singular in (
            ("namespaces", "namespace"),
            ("directories", "directory"),
            ("transactions", "transaction"),
        )
        if options[plural]
    }
    times = {name: _milliseconds(name, options[name]) for name in ("start", "end") if options[name]}
    if times:
        criteria["changeTime"] = times
    if options["indexable"] is not None:
        criteria["indexable"] = options["indexable"]
    if options["replication_collision"] is not None:
        criteria["replicationCollision"] = options["replication_collision"]
    return criteria


def _milliseconds(name: str, text: str) -> int:
    timestamp = parse_timestamp(text)
    milliseconds = -1 if timestamp is None else to_milliseconds(timestamp)
    if milliseconds < 0:
        sentence = (
            f"operations.{name} must be a time since 1970 such as 2026-01-31T08:00:00Z, not"
            f" '{text}'."
        )
        raise _bad(f"operations.{name}", sentence)
    return milliseconds


def _bad(option: str, sentence: str) -> RefusedError:
    return RefusedError("bad_option", sentence, option=option)
