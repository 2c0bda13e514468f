"""Usage of a namespace by hour, and its content at the end of each hour."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Self


def hour_of(when: datetime) -> int:
    """Whole hours since 1970, in UTC."""
    return int(when.timestamp()) // 3600


@dataclass
class _Sum:
    def __add__(self, other: Self) -> Self:
        pairs = ((getattr(self, f.name), getattr(other, f.name)) for f in fields(self))
        return type(self)(*(left + right for left, right in pairs))


@dataclass
class Activity(_Sum):
    """The activity in an interval; sizes in bytes."""

    bytes_in: int = 0
    bytes_out: int = 0
    reads: int = 0
    writes: int = 0
    deletes: int = 0


@dataclass
class Contents(_Sum):
    """The content at one time; sizes in bytes."""

    objects: int = 0
    ingested: int = 0
    used: int = 0
    multipart_objects: int = 0
    multipart_object_parts: int = 0
    multipart_object_bytes: int = 0
    uploads: int = 0
    upload_parts: int = 0
    upload_bytes: int = 0


@dataclass
class Usage:
    """``created_hour`` and ``deleted_hour``: when the namespace was created and deleted.

    Call ``close_hours`` before any change, so that the content at the end of every past hour is
    recorded.
    """

    created_hour: int
    deleted_hour: int | None = None
    _hours: dict[int, Activity] = field(default_factory=dict)
    _touched: list[int] = field(default_factory=list)
    _ends: list[Contents] = field(default_factory=list)
    _open: int = 0

    def __post_init__(self) -> None:
        self._open = self.created_hour

    def close_hours(self, now: datetime, contents: Contents) -> None:
        """Record the content at the end of all past hours."""
        hour = hour_of(now)
        if hour > self._open:
            self._touched.append(self._open)
            self._ends.append(contents)
            self._open = hour

    def end(self, now: datetime, contents: Contents) -> None:
        """Record the deletion of the namespace."""
        self.close_hours(now, contents)
        self.deleted_hour = hour_of(now)

    def _now(self, now: datetime) -> Activity:
        return self._hours.setdefault(hour_of(now), Activity())

    def record_read(self, now: datetime, size: int) -> None:
        activity = self._now(now)
        activity.reads += 1
        activity.bytes_out += size

    def record_list(self, now: datetime, size: int) -> None:
        self._now(now).bytes_out += size

    def record_write(self, now: datetime, size: int) -> None:
        activity = self._now(now)
        activity.writes += 1
        activity.bytes_in += size

    def record_delete(self, now: datetime) -> None:
        self._now(now).deletes += 1

    def activity_between(self, first: int, last: int) -> Activity:
        """Return the activity from the start of the first hour to the end of the last one."""
        if last - first < len(self._hours):
            activities = [self._hours[h] for h in range(first, last + 1) if h in self._hours]
        else:
            activities = [activity for h, activity in self._hours.items() if first <= h <= last]
        return sum(activities, Activity())

    @property
    def total(self) -> Activity:
        return sum(self._hours.values(), Activity())

    def contents_at_end(self, hour: int, current: Contents) -> Contents:
        """Return the content at the end of an hour. ``current`` is the content now."""
        if self.deleted_hour is not None and hour >= self.deleted_hour:
            return Contents()
        if hour >= self._open:
            return current
        position = bisect_right(self._touched, hour)
        return self._ends[position - 1] if position else Contents()
