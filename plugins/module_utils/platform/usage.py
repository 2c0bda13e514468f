# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage of tenants and namespaces: statistics and chargeback.

Source: MAPI reference, ``statistics`` and ``chargebackReport``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from ..protocols.mapi.client import Client, segment
from ..resources.namespace import NAMESPACES
from ..schema.fields import Field, Struct
from ..schema.interface import checked_read
from ..values.base import Value, list_members
from ..values.choices import Boolean, Choice
from ..values.text import Text
from ..values.times import Timestamp
from .figures import WATCHED, figures


class IncludesDeleted(Value):
    """Whether a row counts namespaces that are gone; MAPI says it with a word."""

    def decode(self, wire: Any) -> Any:
        return str(wire).lower() == "included"


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
    Field("system", "systemName", Text()),
    Field("tenant", "tenantName", Text()),
    Field("namespace", "namespaceName", Text()),
    Field("start_time", "startTime", Timestamp()),
    Field("end_time", "endTime", Timestamp()),
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
    Field("includes_deleted", "deleted", IncludesDeleted()),
    Field("valid", "valid", Boolean()),
)
GRANULARITY = Choice("hour", "day", "total")


def statistics(mapi: Client, tenant: str, namespaces: list[str]) -> dict[str, Any]:
    """Return statistics of a tenant and of some of its namespaces; ``*`` stands for all."""
    path = f"/tenants/{segment(tenant)}"
    names = namespaces
    if "*" in names:
        above = {"tenant": tenant}
        names = checked_read(NAMESPACES.access, path, partial(NAMESPACES.names, mapi, above))
    return {
        "tenant": tenant,
        **_read(mapi, f"{path}/statistics"),
        "namespaces": [
            {"name": name, **_read(mapi, f"{path}/namespaces/{segment(name)}/statistics")}
            for name in names
        ],
    }


def _read(mapi: Client, path: str) -> dict[str, Any]:
    found: dict[str, Any] = checked_read(WATCHED, path, lambda: STATISTICS.decode(mapi.get(path)))
    return found


def chargeback(
    mapi: Client, tenant: str, namespace: str | None, query: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The rows of a chargeback report, in order of time."""
    path = f"/tenants/{segment(tenant)}"
    if namespace is not None:
        path += f"/namespaces/{segment(namespace)}"
    path += "/chargebackReport"

    def rows() -> list[dict[str, Any]]:
        found = list_members(mapi.get(path, query), "chargebackData")
        return sorted((CHARGEBACK.decode(dict(each)) for each in found), key=_place)

    report: list[dict[str, Any]] = checked_read(WATCHED, path, rows)
    return report


def _place(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """In order of time; the sum over all namespaces, which has no namespace's name, comes last."""
    name = str(row.get("namespace", ""))
    return (row.get("start_time", ""), not name, name.lower())
