# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Content classes of a tenant. Source: MAPI reference, ``contentClasses``."""

from __future__ import annotations

from ..protocols.mapi.client import segment
from ..schema.context import Context
from ..schema.fields import Field, ObjectList, Struct
from ..schema.interface import MAPI, Interface, Options, Request
from ..schema.resource import Resource
from ..values.choices import Boolean, Choice
from ..values.names import NameSet
from ..values.text import Text, free_name, host_label
from .namespace import ADMINISTERED

PROPERTIES = ObjectList(
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
        Field("multivalued", "multivalued", Boolean(), when_absent=False),
        Field("format", "format", Text(), when_absent=""),
    ),
    key="name",
)


def deletion_preparations(task: Context) -> list[Request]:
    """HCP deletes only classes without properties."""
    path = task.path()
    if not PROPERTIES.decode((task.mapi.find(path) or {}).get("contentProperties")):
        return []
    body = {"contentProperties": PROPERTIES.encode([])}
    options, what = ("content_properties",), "content properties"
    return [Request(MAPI, "POST", path, body, options, ADMINISTERED, what)]


def without_search(interface: Interface, options: Options) -> bool:
    """Whether a tenant cannot have content classes."""
    tenant = interface.find(f"/tenants/{segment(options['tenant'])}", {"verbose": "true"}) or {}
    return Boolean().decode(tenant.get("searchConfigurationEnabled", True)) is False


CONTENT_CLASSES = Resource(
    kind="content_class",
    plural="content_classes",
    collection="/tenants/{tenant}/contentClasses",
    parents=(Field("tenant", "tenant", host_label(), required=True),),
    key=Field("name", "name", free_name(64), required=True),
    access=ADMINISTERED,
    rank=40,
    deletion_preparations=deletion_preparations,
    feature_missing=without_search,
    item=Struct(
        Field("content_properties", "contentProperties", PROPERTIES),
        Field("namespaces", "namespaces", NameSet("name")),
    ),
)
