# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tenants and namespaces hold and what was done with it.

Source: MAPI reference, ``statistics`` and ``chargebackReport``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from .errors import RefusedError
from .mapi.client import Client, segment
from .reconcile import reading
from .resources.namespace import NAMESPACES
from .resources.table import Access, Struct
from .resources.table import Field as Property
from .values import Boolean, Choice, Instant, Integer, Text, Value, members

WATCHED = Access(("MONITOR", "ADMINISTRATOR"), ())
COUNT = Integer(0, 2**63 - 1)


class IncludesDeleted(Value):
    """Whether a row counts namespaces that are gone; MAPI says it with a word."""

    def decode(self, wire: Any) -> Any:
        return str(wire).lower() == "included"


def figures(*names: str) -> list[Property]:
    """Counters, of which MAPI writes the names in another way."""
    return [Property(name, camel(name), COUNT) for name in names]


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


STATISTICS = Struct(
    *figures(
        "object_count",
        "ingested_volume",
        "storage_capacity_used",
        "custom_metadata_count",
        "custom_metadata_size",
        "shred_count",
        "shred_size",
        # Only some releases have these.
        "compressed_count",
        "compressed_saved_size",
        "erasure_coded_count",
        "erasure_coded_size",
    )
)
CHARGEBACK = Struct(
    Property("system", "systemName", Text()),
    Property("tenant", "tenantName", Text()),
    Property("namespace", "namespaceName", Text()),
    Property("start_time", "startTime", Instant()),
    Property("end_time", "endTime", Instant()),
    *figures(
        "object_count",
        "ingested_volume",
        "storage_capacity_used",
        "bytes_in",
        "bytes_out",
        "reads",
        "writes",
        "deletes",
        "multipart_objects",
        "multipart_object_parts",
        "multipart_object_bytes",
        "multipart_uploads",
        "multipart_upload_parts",
        "multipart_upload_bytes",
        # Only some releases have these.
        "metadata_only_objects",
        "metadata_only_bytes",
        "tiered_objects",
        "tiered_bytes",
    ),
    Property("includes_deleted", "deleted", IncludesDeleted()),
    Property("valid", "valid", Boolean()),
)
GRANULARITY = Choice("hour", "day", "total")


@dataclass(frozen=True)
class Report:
    """Something to read that is not one kind of resource.

    :ivar what: what it is, in words
    :ivar arguments: its options besides those about the connection; ``tenant`` is one
    :ivar read: reads it; the result is that of the module
    """

    what: str
    arguments: Mapping[str, dict[str, Any]]
    read: Callable[[Client, Mapping[str, Any]], dict[str, Any]]


def _statistics(mapi: Client, options: Mapping[str, Any]) -> dict[str, Any]:
    tenant = f"/tenants/{segment(options['tenant'])}"
    names = [_checked(name) for name in options["namespaces"]]
    if "*" in names:
        names = reading(NAMESPACES.access, tenant, partial(NAMESPACES.names, mapi, options))
    return {
        "statistics": {
            "tenant": options["tenant"],
            **_read(mapi, f"{tenant}/statistics", STATISTICS),
            "namespaces": [
                {
                    "name": name,
                    **_read(mapi, f"{tenant}/namespaces/{segment(name)}/statistics", STATISTICS),
                }
                for name in names
            ],
        }
    }


def _read(mapi: Client, path: str, struct: Struct) -> dict[str, Any]:
    found: dict[str, Any] = reading(WATCHED, path, lambda: struct.decode(mapi.get(path)))
    return found


def _checked(name: str) -> str:
    problem = None if name == "*" else NAMESPACES.key.value.check(name)
    if problem:
        raise RefusedError("bad_option", f"namespaces: a name {problem}.", option="namespaces")
    return name


def _chargeback(mapi: Client, options: Mapping[str, Any]) -> dict[str, Any]:
    moments = {each: moment(each, options[each]) for each in ("start", "end") if each in options}
    if len(moments) == 2 and moments["start"] >= moments["end"]:
        raise RefusedError("bad_option", "start must be before end.", option="start")
    query = {each: f"{moment:%Y-%m-%dT%H:%M:%S%z}" for each, moment in moments.items()}
    query["granularity"] = options["granularity"]
    path = f"/tenants/{segment(options['tenant'])}"
    if "namespace" in options:
        path += f"/namespaces/{segment(options['namespace'])}"
    path += "/chargebackReport"

    def rows() -> list[dict[str, Any]]:
        found = members(mapi.get(path, query), "chargebackData")
        return sorted((CHARGEBACK.decode(dict(each)) for each in found), key=_place)

    return {"report": reading(WATCHED, path, rows)}


def _place(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """In order of time; the sum over all namespaces, which has no namespace's name, comes last."""
    name = str(row.get("namespace", ""))
    return (row.get("start_time", ""), not name, name.lower())


def moment(option: str, text: str) -> datetime:
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        pass
    raise RefusedError(
        "bad_option",
        f"{option} must be a time with its distance from UTC, like 2026-05-04T00:00:00Z or"
        f" 2026-05-04T02:00:00+0200, not '{text}'.",
        option=option,
    )


TENANT = {"type": "str", "required": True}
STATISTICS_REPORT = Report(
    "statistics",
    {"tenant": TENANT, "namespaces": {"type": "list", "elements": "str", "default": []}},
    _statistics,
)
CHARGEBACK_REPORT = Report(
    "chargeback report",
    {
        "tenant": TENANT,
        "namespace": {"type": "str"},
        "start": {"type": "str"},
        "end": {"type": "str"},
        "granularity": {**GRANULARITY.argument(), "default": "total"},
    },
    _chargeback,
)
