# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The network settings of the system. Source: MAPI reference, ``networkSettings``."""

from __future__ import annotations

from ..schema.fields import Field, Struct
from ..schema.interface import SYSTEM, Access
from ..schema.resource import SINGLETON, Resource
from ..values.choices import Choice

NETWORK = Resource(
    kind="network",
    plural="network",
    collection="/network",
    key=SINGLETON,
    access=Access(("MONITOR", "ADMINISTRATOR"), ("ADMINISTRATOR",)),
    level=SYSTEM,
    # What tenants are told to use may need it.
    rank=5,
    item=Struct(Field("downstream_dns_mode", "downstreamDNSMode", Choice("BASIC", "ADVANCED"))),
)
