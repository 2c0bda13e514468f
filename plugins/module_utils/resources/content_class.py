# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Content classes of a tenant. Source: MAPI reference, ``contentClasses``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..mapi.client import segment
from ..values import Boolean, Choice, Names, Text, free_name, host_label
from .namespace import ADMINISTERED
from .table import MAPI, Door, Entries, Field, Options, Request, Resource, Struct

if TYPE_CHECKING:
    from ..reconcile import Task

PROPERTIES = Entries(
    "contentProperty",
    Struct(
        Field(
            "name",
            "name",
            Text(25, 1, r"^[A-Za-z0-9_]+\Z", "letters, digits and _"),
            required=True,
        ),
        Field("expression", "expression", Text(65536, 1), required=True),
        Field(
            "type",
            "type",
            Choice("BOOLEAN", "DATE", "FLOAT", "FULLTEXT", "INTEGER", "STRING"),
            required=True,
        ),
        Field("multivalued", "multivalued", Boolean(), absent=False),
        Field("format", "format", Text(), absent=""),
    ),
    key="name",
)


def removed_by(task: Task) -> list[Request]:
    """HCP deletes only classes without properties."""
    path = task.path()
    if not PROPERTIES.decode((task.mapi.find(path) or {}).get("contentProperties")):
        return []
    body = {"contentProperties": PROPERTIES.encode([])}
    options, what = ("content_properties",), "content properties"
    return [Request(MAPI, "POST", path, body, options, ADMINISTERED, what)]


def without_search(door: Door, options: Options) -> bool:
    """Whether a tenant cannot have content classes."""
    tenant = door.find(f"/tenants/{segment(options['tenant'])}", {"verbose": "true"}) or {}
    return Boolean().decode(tenant.get("searchConfigurationEnabled", True)) is False


CONTENT_CLASSES = Resource(
    kind="content_class",
    plural="content_classes",
    collection="/tenants/{tenant}/contentClasses",
    parents=(Field("tenant", "tenant", host_label(), required=True),),
    key=Field("name", "name", free_name(64), required=True),
    access=ADMINISTERED,
    rank=40,
    removed_by=removed_by,
    without=without_search,
    item=Struct(
        Field("content_properties", "contentProperties", PROPERTIES),
        Field("namespaces", "namespaces", Names("name")),
    ),
)
