# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings of the replication service.

Source: MAPI reference, ``replicationService``. Its deprecated property is not managed.
"""

from __future__ import annotations

from ..schema.fields import Field, Struct
from ..schema.interface import SYSTEM, Access
from ..schema.resource import SINGLETON, Resource
from ..values.choices import Boolean, Choice
from ..values.numbers import Integer
from ..values.text import Text

REPLICATION = Access(("MONITOR", "ADMINISTRATOR"), ("ADMINISTRATOR",))
MAX_SECONDS = 2**31 - 1

REPLICATION_SERVICE = Resource(
    kind="replication_service",
    plural="replication_service",
    collection="/services/replication",
    key=SINGLETON,
    access=REPLICATION,
    level=SYSTEM,
    # Links are made with it.
    rank=5,
    read_only=(("status", "status", None),),
    item=Struct(
        Field(
            "allow_tenants_to_monitor_namespaces",
            "allowTenantsToMonitorNamespaces",
            Boolean(),
            when_absent=False,
        ),
        Field(
            "connectivity_timeout_seconds",
            "connectivityTimeoutSeconds",
            Integer(0, MAX_SECONDS, "seconds"),
        ),
        Field("enable_dns_failover", "enableDNSFailover", Boolean(), when_absent=False),
        Field("network", "network", Text(1024, 1, ignore_case=True)),
        Field("verification", "verification", Choice("ON", "ONCE", "OFF")),
    ),
)
