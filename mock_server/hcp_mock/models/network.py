"""Address lists of consoles and protocols. MAPI reference: ipSettings."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator

from .base import DataType, Flag, Text, prop


@lru_cache
def _check_entry(value: str) -> str:
    """One address, a comma-separated list, address/netmask, or a CIDR block."""
    for part in value.split(","):
        text = part.strip()
        try:
            ipaddress.ip_network(text, strict=False)
        except ValueError:
            raise ValueError("not an address") from None
    return value


Address = Annotated[Text, AfterValidator(_check_entry)]


class AllowList(DataType):
    """ipSettings of NFS: nothing but the allow list."""

    allowAddresses: list[Address] | None = prop(item="ipAddress")


class AllowDenyLists(DataType):
    """ipSettings of CIFS and SMTP: no allowIfInBothLists."""

    allowAddresses: list[Address] | None = prop(item="ipAddress")
    denyAddresses: list[Address] | None = prop(item="ipAddress")


class IpSettings(DataType):
    allowAddresses: list[Address] | None = prop(item="ipAddress")
    allowIfInBothLists: Flag | None = prop()
    denyAddresses: list[Address] | None = prop(item="ipAddress")


ANY_ADDRESS = ["0.0.0.0/0", "::0/0"]


def default_ip_settings() -> IpSettings:
    return IpSettings(allowAddresses=list(ANY_ADDRESS), allowIfInBothLists=True, denyAddresses=[])


def default_allow_deny_lists() -> AllowDenyLists:
    return AllowDenyLists(allowAddresses=list(ANY_ADDRESS), denyAddresses=[])


def default_allow_list() -> AllowList:
    return AllowList(allowAddresses=list(ANY_ADDRESS))
