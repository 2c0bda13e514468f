"""DNS mode, licences and support access.

The format of licence keys and key packages is not documented: the mock has simple formats of its
own. MAPI reference: networkSettings, licenses, supportAccessCredentials.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ...errors import AlreadyExists, InvalidRequest
from ...models.base import DataType, Use
from ...models.system import (
    License,
    Licenses,
    NetworkSettings,
    SupportAccessCredentials,
    SupportCredentialType,
    license_date,
)
from ...state.system import SupportKey
from ...state.world import World
from ..clock import Clock

_BAD_LICENSE = "The license key is not valid."


@dataclass
class NetworkService:
    world: World

    def view(self) -> NetworkSettings:
        return NetworkSettings(downstreamDNSMode=self.world.system.dns_mode)

    def modify(self, body: NetworkSettings) -> None:
        if body.downstreamDNSMode is not None:
            self.world.system.dns_mode = body.downstreamDNSMode


def _required(data_type: type[DataType]) -> list[str]:
    return [n for n in data_type.model_fields if data_type.describe(n).put is Use.REQUIRED]


def parse_license_key(text: str) -> License:
    """Parse ``name=value`` pairs separated by semicolons, with the names of the data type."""
    pairs = [pair.partition("=") for pair in text.strip().split(";")]
    values = {name.strip(): value.strip() for name, _unused, value in pairs}
    try:
        license_ = License.model_validate(values)
    except ValidationError:
        raise InvalidRequest(_BAD_LICENSE) from None
    if "uploadDate" in values or any(name not in values for name in _required(License)):
        raise InvalidRequest(_BAD_LICENSE)
    return License(expirationDate="None", extendedCapacity=0).changed_by(license_)


@dataclass
class LicenseService:
    world: World
    clock: Clock

    def view(self, past: bool) -> Licenses:
        """The licence in force, or all that were ever uploaded, newest first."""
        newest_first = self.world.system.licenses[::-1]
        return Licenses(license=newest_first if past else newest_first[:1])

    def upload(self, content: bytes) -> None:
        """A key that was uploaded before is refused (unconfirmed)."""
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            raise InvalidRequest(_BAD_LICENSE) from None
        new = parse_license_key(text)
        licenses = self.world.system.licenses
        if new in [known.model_copy(update={"uploadDate": None}) for known in licenses]:
            raise AlreadyExists(new.serialNumber or "")
        new.uploadDate = license_date(self.clock.now())
        licenses.append(new)


Number = Annotated[int, Field(strict=True, ge=0)]


class _Package(BaseModel):
    """The mock's format of a key package: JSON, with the time in seconds since 1970."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    serialNumber: Number
    createTimeStamp: Number


@dataclass
class SupportAccessService:
    world: World
    clock: Clock

    def view(self) -> SupportAccessCredentials:
        """The default credentials show only what they are."""
        key = self.world.system.support_key
        shown = SupportAccessCredentials(
            type=SupportCredentialType.DEFAULT, defaultKeyType="Arizona"
        )
        if key is not None:
            shown.type = SupportCredentialType.EXCLUSIVE
            shown.applyTimeStamp = key.applied
            shown.createTimeStamp = key.created
            shown.serialNumberFromPackage = key.serial_number
        return shown

    def install(self, content: bytes) -> None:
        try:
            package = _Package.model_validate_json(content)
        except ValidationError:
            raise InvalidRequest("The key package is not valid.") from None
        self.world.system.support_key = SupportKey(
            serial_number=package.serialNumber,
            created=str(package.createTimeStamp),
            applied=int(self.clock.now().timestamp()),
        )
