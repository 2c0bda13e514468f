# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from .base import Value
from .pattern import Pattern


class Timestamp(Value):
    """A moment that HCP shows; results have it as UTC in ISO 8601."""

    def decode(self, wire: Any) -> Any:
        try:
            if isinstance(wire, datetime):
                timestamp = wire
            else:
                timestamp = datetime.strptime(str(wire), "%Y-%m-%dT%H:%M:%S%z")
        except ValueError:
            return str(wire)
        return timestamp.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
MILLISECOND = timedelta(milliseconds=1)
TIMESTAMP = Pattern(
    r"^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(\.\d{1,6})? ?(Z|[+-]\d\d:?\d\d)?)?\Z"
)
NUMBER = Pattern(r"^-?\d{1,15}(?:\.\d+)?\Z")


def parse_timestamp(text: str) -> datetime | None:
    """A moment as users and HCP write it, or ``None``. Without an offset it is UTC."""
    match = TIMESTAMP.match(text.strip())
    if match is None:
        return None
    day, clock, fraction, zone = match.groups()
    zone = "+0000" if zone in (None, "Z") else zone.replace(":", "")
    clock = f"{clock or '00:00'}:00"[:8]
    fraction = (fraction or ".0").ljust(7, "0")
    try:
        return datetime.strptime(f"{day}T{clock}{fraction}{zone}", "%Y-%m-%dT%H:%M:%S.%f%z")
    except ValueError:
        return None


def to_milliseconds(timestamp: datetime) -> int:
    """Since 1970, as queries have them."""
    return (timestamp - EPOCH) // MILLISECOND


def from_milliseconds(number: float | str) -> str | None:
    """Return milliseconds since 1970 as a time in ISO 8601."""
    if not NUMBER.match(str(number)):
        return None
    whole = int(str(number).partition(".")[0])
    try:
        timestamp = EPOCH + whole * MILLISECOND
    except OverflowError:
        return None
    return f"{timestamp:%Y-%m-%dT%H:%M:%S}.{whole % 1000:03d}Z"


def from_seconds(number: float | str) -> str | None:
    """Return seconds since 1970 as a time in ISO 8601."""
    if not NUMBER.match(str(number)):
        return None
    try:
        timestamp = EPOCH + timedelta(seconds=int(float(number)))
    except OverflowError:
        return None
    return f"{timestamp:%Y-%m-%dT%H:%M:%SZ}"


def to_utc(text: str) -> str | None:
    """Return a time of HCP in UTC, with ``Z``; ``None`` if the text is no time."""
    timestamp = parse_timestamp(text)
    if timestamp is None or len(text) <= len("yyyy-mm-dd"):
        return None
    return f"{timestamp.astimezone(timezone.utc):%Y-%m-%dT%H:%M:%SZ}"


EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DATE = Pattern(r"^([A-Z][a-z]{2})[a-z]* +([0-9]{1,2}), *([0-9]{4})\Z")


class UnixTime(Value):
    """Return a number of HCP as a time; numbers below zero mean that there is none.

    :param per_second: units per second
    """

    def __init__(self, per_second: int) -> None:
        self.per_second = per_second

    def decode(self, wire: Any) -> Any:
        try:
            count = int(wire)
            timestamp = EPOCH + timedelta(seconds=count // self.per_second)
        except (TypeError, ValueError, OverflowError):
            return None
        return None if count < 0 else timestamp.strftime("%Y-%m-%dT%H:%M:%SZ")


class Date(Value):
    """Return a date of a license, such as ``Dec 31, 2028``, in ISO 8601."""

    def decode(self, wire: Any) -> Any:
        if str(wire) in ("", "None"):
            return None
        found = DATE.match(str(wire))
        if not found or found[1] not in MONTHS:
            return str(wire)
        return f"{found[3]}-{MONTHS.index(found[1]) + 1:02}-{int(found[2]):02}"
