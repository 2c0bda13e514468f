"""Replication links and their schedules.

MAPI reference: link, connection, failoverSettings, schedule.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from ...errors import AlreadyExists, NotFound, Refused, bad_property, missing_property, not_settable
from ...models.base import DataType, overlay
from ...models.replication import (
    Connection,
    Failover,
    FailoverSettings,
    Link,
    LinkPriority,
    LinkType,
    PerformanceLevel,
    Schedule,
    ScheduleOverride,
    SideSchedule,
    Transition,
    Verification,
)
from ...state.replication import LinkRecord
from ...state.world import World
from ..clock import Clock
from ..listing import Listing
from .lifecycle import LinkLifecycle, earliest, link_status
from .progress import link_statistics, replication_totals

_SIDES = {
    LinkType.ACTIVE_ACTIVE: frozenset({"local", "remote"}),
    LinkType.OUTBOUND: frozenset({"local"}),
    LinkType.INBOUND: frozenset({"remote"}),
}
_RECOVERY = ("autoCompleteRecovery", "autoCompleteRecoveryMinutes")


def scheduled_sides(kind: LinkType | None) -> frozenset[str]:
    """The sending side has the schedule."""
    return _SIDES[kind or LinkType.ACTIVE_ACTIVE]


def failover_sides(kind: LinkType | None) -> frozenset[str]:
    """The primary shows only the settings of the replica, and the replica only its own.

    The samples show this. That a primary may not set its own side is unconfirmed.
    """
    if kind is LinkType.OUTBOUND:
        return frozenset({"remote"})
    return frozenset({"local"}) if kind is LinkType.INBOUND else frozenset({"local", "remote"})


def _default_failover() -> Failover:
    return Failover(
        autoFailover=False,
        autoFailoverMinutes=120,
        autoCompleteRecovery=False,
        autoCompleteRecoveryMinutes=120,
    )


def _default_side() -> SideSchedule:
    """The default schedule is unconfirmed."""
    always = Transition(time="Sun:00", performanceLevel=PerformanceLevel.HIGH)
    return SideSchedule(scheduleOverride=ScheduleOverride.NONE, transition=[always])


def new_link(body: Link, now: datetime) -> LinkRecord:
    """Create a link with the given settings and defaults for all others."""
    base = Link(
        compression=False,
        connection=Connection(localPort=5748, remotePort=5748),
        description="",
        encryption=False,
        failoverSettings=FailoverSettings(local=_default_failover(), remote=_default_failover()),
        priority=LinkPriority.OLDEST_FIRST,
    )
    return LinkRecord(
        settings=merged(base, body),
        id=str(uuid.uuid4()),
        schedule=Schedule(local=_default_side(), remote=_default_side()),
        since=now,
    )


def merged(stored: Link, body: Link) -> Link:
    """Return the stored settings with the sent ones replaced, nested ones included."""
    result = stored.changed_by(body, frozenset({"connection", "failoverSettings"}))
    if body.connection is not None:
        result.connection = overlay(stored.connection, body.connection)
    sent, current = body.failoverSettings, stored.failoverSettings
    if sent is not None and current is not None:
        sides = {
            name: overlay(getattr(current, name), getattr(sent, name))
            for name in ("local", "remote")
            if getattr(sent, name) is not None
        }
        result.failoverSettings = current.model_copy(update=sides)
    return result


@dataclass
class LinkService:
    world: World
    clock: Clock
    listing: Listing
    lifecycle: LinkLifecycle

    def names(self) -> list[str]:
        return self.listing.shuffled(self.world.replication.links.names())

    def find(self, name: str) -> LinkRecord:
        link = self.world.replication.links.get(name)
        if link is None:
            raise NotFound(f"The replication link '{name}' does not exist.")
        self.lifecycle.update_phase(link)
        return link

    def view(self, link: LinkRecord) -> Link:
        now, message = self.clock.now(), self.lifecycle.message(link)
        stopped = self.lifecycle.stopped_since(link)
        totals = [
            replication_totals(
                self.world.tenants.get(member.name), earliest(stopped, member.paused_since), now
            )
            for member in link.tenants
        ]
        verifies = self.world.replication.settings.verification is not Verification.OFF
        statistics = link_statistics(totals, verifies, stopped or now, now)
        return link.settings.model_copy(
            update={
                "id": link.id,
                "failoverSettings": _visible_failover(link.settings),
                "statistics": statistics.changed_by(link.statistics)
                if link.statistics
                else statistics,
                "status": link_status(message),
                "statusMessage": message,
                "suspended": link.suspended_since is not None,
            }
        )

    def create(self, body: Link) -> None:
        if not self.world.replication_supported:
            raise Refused("The system does not support replication.")
        if body.connection is None or body.connection.remoteHost is None:
            raise missing_property("remoteHost")
        _check_failover(body.type, body.failoverSettings)
        if (body.name or "") in self.world.replication.links:
            raise AlreadyExists(body.name or "")
        self.world.replication.links.put(body.name or "", new_link(body, self.clock.now()))

    @staticmethod
    def modify(link: LinkRecord, body: Link) -> None:
        """The name may be repeated but not changed (unconfirmed)."""
        if body.name is not None and body.name.casefold() != link.name.casefold():
            raise not_settable("name")
        kind = body.type or link.settings.type
        if kind not in (link.settings.type, LinkType.ACTIVE_ACTIVE):
            raise not_settable("type")
        _check_failover(kind, body.failoverSettings)
        link.settings = merged(link.settings, body).model_copy(update={"name": link.name})
        if kind is LinkType.ACTIVE_ACTIVE:
            link.chained = type(link.chained)()

    def delete(self, link: LinkRecord) -> None:
        links = self.world.replication.links
        links.remove(link.name)
        for other in links:
            other.chained.remove(link.name)

    @staticmethod
    def schedule(link: LinkRecord) -> Schedule:
        sides = scheduled_sides(link.settings.type)
        return Schedule(**{name: getattr(link.schedule, name) for name in sides})

    @staticmethod
    def modify_schedule(link: LinkRecord, body: Schedule) -> None:
        """Transitions that are sent replace the stored ones (unconfirmed)."""
        changed: dict[str, DataType] = {}
        for name in ("local", "remote"):
            sent: SideSchedule | None = getattr(body, name)
            if sent is None:
                continue
            if name not in scheduled_sides(link.settings.type):
                raise not_settable(name)
            _check_transitions(sent.transition)
            changed[name] = overlay(getattr(link.schedule, name), sent)
        link.schedule = link.schedule.model_copy(update=changed)


def _visible_failover(settings: Link) -> FailoverSettings:
    stored, shown = settings.failoverSettings or FailoverSettings(), FailoverSettings()
    hidden = dict.fromkeys(_RECOVERY) if settings.type is LinkType.ACTIVE_ACTIVE else {}
    for name in failover_sides(settings.type):
        setattr(shown, name, getattr(stored, name).model_copy(update=hidden))
    return shown


def _check_failover(kind: LinkType | None, sent: FailoverSettings | None) -> None:
    for name in ("local", "remote"):
        side: Failover | None = getattr(sent, name) if sent is not None else None
        if side is None:
            continue
        if name not in failover_sides(kind):
            raise not_settable(name)
        for setting in _RECOVERY if kind is LinkType.ACTIVE_ACTIVE else ():
            if setting in side.given():
                raise not_settable(setting)


def _check_transitions(sent: list[Transition] | None) -> None:
    """Each transition has both properties and its own hour. Not all of them are OFF."""
    if sent is None:
        return
    for transition in sent:
        for name in ("time", "performanceLevel"):
            if getattr(transition, name) is None:
                raise missing_property(name)
    levels = {transition.performanceLevel for transition in sent}
    if not levels - {PerformanceLevel.OFF} or len({t.time for t in sent}) != len(sent):
        raise bad_property("transition")
