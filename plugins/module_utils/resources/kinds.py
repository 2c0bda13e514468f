# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of all kinds of resources.

The modules are shipped with what they import by name, so the tables have to be named here.
"""

from __future__ import annotations

from ..schema.resource import Resource
from .bucket import BUCKETS
from .content_class import CONTENT_CLASSES
from .erasure_coding import EC_TOPOLOGIES
from .group import GROUPS
from .links import REPLICATION_LINKS
from .namespace import NAMESPACES
from .network import NETWORK
from .replication import REPLICATION_SERVICE
from .retention_class import RETENTION_CLASSES
from .tenant import TENANTS
from .user import USERS

KINDS: tuple[Resource, ...] = (
    NETWORK,
    REPLICATION_SERVICE,
    TENANTS,
    USERS,
    GROUPS,
    NAMESPACES,
    BUCKETS,
    RETENTION_CLASSES,
    CONTENT_CLASSES,
    REPLICATION_LINKS,
    EC_TOPOLOGIES,
)


def below(kind: Resource | None) -> list[Resource]:
    """Return the kinds below a kind, or below the system."""
    return [each for each in KINDS if _above(each) == (kind.kind if kind else None)]


def _above(kind: Resource) -> str | None:
    """The kind that one belongs to: that of its last parent, which is named after it."""
    return kind.parents[-1].option if kind.parents else None
