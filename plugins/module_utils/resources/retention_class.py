# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Retention classes of a namespace. Source: MAPI reference, ``retentionClasses``."""

from __future__ import annotations

from typing import Any

from ..schema.fields import Field, Irreversible, Struct
from ..schema.interface import Access, Options
from ..schema.resource import Resource
from ..values.choices import Boolean
from ..values.retention import ClassRetention
from ..values.text import Text, host_label

DURATION = ClassRetention()
LONGER = Irreversible(
    is_change=lambda current, wanted: current is not None and DURATION.lengthens(current, wanted),
    why="in a namespace in compliance mode the retention of a class can be made longer only",
)


def without_disposition(options: Options) -> tuple[str, ...]:
    """HCP looks at ``allow_disposition`` only where the retention ends at a time."""
    value = options.get("value")
    return () if value is None or DURATION.is_offset(value) else ("allow_disposition",)


def disposition(options: Options) -> Any:
    """Return the default of a new class: HCP requires a value beside an offset."""
    return False if DURATION.is_offset(options.get("value", "")) else None


RETENTION_CLASSES = Resource(
    kind="retention_class",
    plural="retention_classes",
    collection="/tenants/{tenant}/namespaces/{namespace}/retentionClasses",
    parents=(
        Field("tenant", "tenant", host_label(), required=True),
        Field("namespace", "namespace", host_label(), required=True),
    ),
    key=Field(
        "name",
        "name",
        Text(64, 1, r"^[A-Za-z0-9_-]+\Z", "letters, digits, - and _", ignore_case=True),
        required=True,
    ),
    access=Access(("MONITOR", "ADMINISTRATOR", "COMPLIANCE"), ("COMPLIANCE",)),
    rank=40,
    deletion_hint="A namespace in compliance mode keeps its retention classes for good.",
    creation_problem=lambda options: None if options.get("value") else "it needs a value.",
    item=Struct(
        Field("value", "value", DURATION, irreversible=LONGER, requires=("allow_disposition",)),
        Field("description", "description", Text()),
        Field(
            "allow_disposition",
            "allowDisposition",
            Boolean(),
            initial=disposition,
            when_absent=False,
        ),
        ineffective=without_disposition,
    ),
)
