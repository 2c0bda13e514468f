"""The licence of a new system."""

from __future__ import annotations

from ...models.system import License, LicenseFeature, license_date
from ..clock import Clock


def new_license(clock: Clock) -> License:
    """Return the licence of a new system."""
    return License(
        localCapacity=500 * 10**12,
        expirationDate="None",
        extendedCapacity=0,
        feature=LicenseFeature.PREMIUM,
        serialNumber="40001",
        uploadDate=license_date(clock.now()),
    )
