# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Properties of the system.

Source: MAPI reference, ``license``, ``supportAccessCredentials``, ``nodeStatistics``,
``serviceStatistics`` and ``networkSettings``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..protocols.errors import HcpError
from ..protocols.mapi.client import Client, Request
from ..resources.network import NETWORK
from ..schema.fields import Field, ObjectList, Struct
from ..schema.interface import Access, checked_read
from ..values.base import list_members
from ..values.choices import Choice
from ..values.names import NameSet
from ..values.numbers import Integer, Rate
from ..values.text import Text
from ..values.times import Date, UnixTime
from .figures import WATCHED, camel, figures


def _rates(*names: str) -> list[Field]:
    return [Field(name, camel(name), Rate()) for name in names]


LICENSE = Struct(
    Field("serial_number", "serialNumber", Text()),
    # MAPI's description and its example have different names for two of them.
    Field("feature", "licenseType", Choice("Basic", "Premium")),
    Field("feature", "feature", Choice("Basic", "Premium")),
    Field("local_capacity", "activeCapacity", Integer(0, 2**63 - 1)),
    Field("local_capacity", "localCapacity", Integer(0, 2**63 - 1)),
    *figures("extended_capacity"),
    Field("expiration_date", "expirationDate", Date()),
    Field("upload_date", "uploadDate", Date()),
)
SUPPORT_CREDENTIALS = Struct(
    Field("type", "type", Choice("Default", "Exclusive")),
    Field("default_key_type", "defaultKeyType", Text()),
    Field("serial_number", "serialNumberFromPackage", Text()),
    Field("created_at", "createTimeStamp", UnixTime(1)),
    Field("applied_at", "applyTimeStamp", UnixTime(1)),
)
VOLUME = Struct(
    Field("id", "id", Text()),
    *_rates("blocks_read", "blocks_written", "disk_utilization", "transfer_speed"),
    *figures("total_bytes", "free_bytes", "total_inodes", "free_inodes"),
)
NODE = Struct(
    Field("number", "nodeNumber", Integer(0, 2**31 - 1)),
    Field("front_end_addresses", "frontendIpAddresses", NameSet("ipAddress")),
    Field("back_end_address", "backendIpAddress", Text()),
    # Only where there is a network for management.
    Field("management_addresses", "managementIpAddresses", NameSet("ipAddress")),
    *figures(
        "open_http_connections",
        "open_https_connections",
        "max_http_connections",
        "max_https_connections",
        "max_front_end_bandwidth",
        "max_back_end_bandwidth",
        "max_management_port_bandwidth",
    ),
    *_rates(
        "cpu_user",
        "cpu_system",
        "cpu_max",
        "io_wait",
        "swap_out",
        "front_end_bytes_read",
        "front_end_bytes_written",
        "back_end_bytes_read",
        "back_end_bytes_written",
        "management_bytes_read",
        "management_bytes_written",
    ),
    Field("collected_at", "collectionTimestamp", UnixTime(1000)),
    Field("volumes", "volumes", ObjectList("volume", VOLUME, key="id")),
)
SERVICE = Struct(
    Field("name", "name", Text()),
    Field("state", "state", Text()),
    Field("performance_level", "performanceLevel", Text()),
    Field("started_at", "startTime", UnixTime(1)),
    Field("ended_at", "endTime", UnixTime(1)),
    *figures("objects_examined", "objects_serviced", "objects_unable_to_service"),
    *_rates(
        "objects_examined_per_second",
        "objects_serviced_per_second",
        "objects_unable_to_service_per_second",
    ),
)


@dataclass(frozen=True)
class Section:
    """Something of the system that is read with one request. ``decode`` gets its JSON."""

    path: str
    access: Access
    decode: Callable[[Mapping[str, Any]], Any]
    query: Mapping[str, str] = field(default_factory=dict)

    def read(self, mapi: Client) -> Any:
        """Its value in the words of results."""
        return checked_read(
            self.access, self.path, lambda: self.decode(mapi.get(self.path, self.query))
        )


def _licenses(wire: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [LICENSE.decode(each) for each in list_members(wire, "license")]


def _nodes(wire: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = [NODE.decode(each) for each in list_members(wire.get("nodes"), "node")]
    return sorted(found, key=lambda node: int(node.get("number", 0)))


def _services(wire: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = [SERVICE.decode(each) for each in list_members(wire.get("services"), "service")]
    return sorted(found, key=lambda service: str(service.get("name", "")).lower())


CURRENT_LICENSE = Section("/storage/licenses", NETWORK.access, _licenses)
LICENSES = replace(CURRENT_LICENSE, query={"verbose": "true"})
SUPPORT = Section(
    "/supportaccesscredentials",
    Access(("MONITOR", "ADMINISTRATOR", "SECURITY", "SERVICE"), ("ADMINISTRATOR", "SERVICE")),
    SUPPORT_CREDENTIALS.decode,
)
SECTIONS: Mapping[str, Section] = {
    "licenses": LICENSES,
    "network": Section("/network", NETWORK.access, NETWORK.item.decode),
    "nodes": Section("/nodes/statistics", WATCHED, _nodes),
    "services": Section("/services/statistics", WATCHED, _services),
    "support_credentials": SUPPORT,
}


@dataclass(frozen=True)
class Upload:
    """A file that HCP accepts but does not return. HCP returns other properties of it.

    :ivar name: the name of these properties in results
    :ivar section: where HCP returns them
    :ivar current: reads those that are in force
    :ivar passing: properties that do not depend on the file
    """

    name: str
    what: str
    section: Section
    media_type: str
    current: Callable[[Client], dict[str, Any]]
    passing: tuple[str, ...] = ()

    def send(self, mapi: Client, content: bytes) -> tuple[dict[str, Any], bool, list[str]]:
        """Upload it. Return what is in force then, whether that has changed, and warnings."""
        before = self._lasting(mapi)
        certain = True
        request = Request("PUT", self.section.path, body=content, media_type=self.media_type)
        try:
            certain = mapi.exchange(request).from_hcp
        except HcpError as error:
            # That it has it already. Whether an earlier try of this task brought it is seen below.
            if error.code != "conflict" and not self._took_effect(mapi, before, error):
                raise error.with_roles(self.section.access.write) from None
        try:
            changed = self._lasting(mapi) != before
            current = self.current(mapi)
        except HcpError as error:
            if not certain:
                error.uncertain = True
                raise
            return {}, True, [f"The new state could not be read. {error}"]
        if not certain and not changed:
            raise HcpError.not_done(request.method, request.path)
        return current, changed, []

    def _took_effect(self, mapi: Client, before: Any, error: HcpError) -> bool:
        """Whether HCP shows that it carried out an upload, although the request failed."""
        try:
            return error.uncertain and self._lasting(mapi) != before
        except HcpError:
            return False

    def _lasting(self, mapi: Client) -> Any:
        found = self.section.read(mapi)
        if isinstance(found, list):
            return found
        return {name: found[name] for name in found if name not in self.passing}


def _license_in_force(mapi: Client) -> dict[str, Any]:
    found = CURRENT_LICENSE.read(mapi)
    return dict(found[0]) if found else {}


LICENSE_KEY = Upload("license", "license key", LICENSES, "text/html", _license_in_force)
CREDENTIALS = Upload(
    "support_credentials",
    "support access credentials",
    SUPPORT,
    "application/octet-stream",
    SUPPORT.read,
    ("applied_at",),
)
