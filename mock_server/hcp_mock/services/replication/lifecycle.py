"""The life of a replication link: what state it is in, and what takes it from one to the next.

Time passes by the mock's clock. A link is looked at only when somebody asks; what should have
happened until then happens in that moment, with the time at which it was due.

MAPI reference: link (status, statusMessage, actions), failoverSettings, schedule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ...errors import Refused
from ...models.replication import (
    Failover,
    LinkMessage,
    LinkStatus,
    LinkType,
    PerformanceLevel,
    ScheduleOverride,
    SideSchedule,
    addresses_of,
    system_of_host,
)
from ...state.replication import LinkRecord, Phase, RemoteSystem
from ...state.world import World
from ..clock import Clock

_IN_PHASE = {
    Phase.FAILED_OVER: LinkMessage.FAILED_OVER,
    Phase.RECOVERING: LinkMessage.RECOVERING,
    Phase.COMPLETING: LinkMessage.COMPLETING,
}
_WORKING = {
    LinkType.ACTIVE_ACTIVE: LinkMessage.SYNCHRONIZING,
    LinkType.OUTBOUND: LinkMessage.SENDING,
    LinkType.INBOUND: LinkMessage.RECEIVING,
}
UNHEALTHY = (LinkMessage.ERRORS, LinkMessage.STALLED, LinkMessage.BROKEN)
# What only a seed can bring about.
TROUBLES = (LinkMessage.REMOTE_FULL, LinkMessage.LOCAL_FULL, *UNHEALTHY)
_WEEK = 7 * 24


def schedule_off_since(side: SideSchedule | None, now: datetime) -> datetime | None:
    """When the off period began that a schedule has now; none if it has none. Hours are in UTC."""
    if side is None or side.scheduleOverride is not ScheduleOverride.NONE:
        return None
    hour = now.weekday() * 24 + now.hour
    latest_first = sorted(
        side.transition or [], key=lambda transition: (hour - transition.hour) % _WEEK
    )
    began = None
    for transition in latest_first:
        if transition.performanceLevel is not PerformanceLevel.OFF:
            break
        began = (hour - transition.hour) % _WEEK
    if began is None:
        return None
    return now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=began)


@dataclass
class LinkLifecycle:
    world: World
    clock: Clock

    def remote(self, link: LinkRecord) -> RemoteSystem | None:
        """The system at the other end, if the mock knows of one."""
        connection = link.settings.connection
        host = (connection.remoteHost if connection else None) or ""
        remotes = self.world.replication.remotes
        name = system_of_host(host)
        if name is not None:
            return remotes.get(name)
        wanted = set(addresses_of(host)) if host else set()
        return next((remote for remote in remotes if wanted & set(remote.addresses)), None)

    def update_phase(self, link: LinkRecord) -> None:
        """Whatever is due by now."""
        self._answer(link)
        self._take_over(link)
        self._complete_by_itself(link)
        if link.phase is Phase.COMPLETING:
            self._enter(link, Phase.NORMAL, self.world.rules.link_recovery_seconds)

    def _enter(
        self, link: LinkRecord, phase: Phase, wait: float, since: datetime | None = None
    ) -> None:
        """The next phase, if its time has come: ``wait`` seconds after ``since``."""
        due = (since or link.since) + timedelta(seconds=wait)
        if due <= self.clock.now():
            link.phase, link.since = phase, due

    def _answer(self, link: LinkRecord) -> None:
        remote = self.remote(link)
        if link.phase is Phase.PENDING and remote is not None and remote.down_since is None:
            self._enter(link, Phase.NORMAL, self.world.rules.link_reply_seconds)

    def _take_over(self, link: LinkRecord) -> None:
        """This system takes over for one that is lost, if it is told to.

        The sending side of an active/passive link has nothing to take over.
        """
        local, lost = side_of(link, "local"), self._lost_since(link)
        if link.phase is not Phase.NORMAL or link.settings.type is LinkType.OUTBOUND:
            return
        if lost is not None and local.autoFailover:
            self._enter(link, Phase.FAILED_OVER, 60 * (local.autoFailoverMinutes or 0), lost)

    def _complete_by_itself(self, link: LinkRecord) -> None:
        side = side_of(link, "local" if link.settings.type is LinkType.INBOUND else "remote")
        if link.phase is Phase.RECOVERING and side.autoCompleteRecovery:
            self._enter(link, Phase.COMPLETING, 60 * (side.autoCompleteRecoveryMinutes or 0))

    def _lost_since(self, link: LinkRecord) -> datetime | None:
        remote = self.remote(link)
        lost = [remote.down_since if remote is not None else None]
        if link.trouble is LinkMessage.BROKEN:
            lost.append(link.trouble_since)
        return earliest(*lost)

    def _off_since(self, link: LinkRecord) -> datetime | None:
        """The schedule that counts is that of the sending system, or our own."""
        inbound = link.settings.type is LinkType.INBOUND
        side = link.schedule.remote if inbound else link.schedule.local
        return schedule_off_since(side, self.clock.now())

    def stopped_since(self, link: LinkRecord) -> datetime | None:
        """Since when nothing has been replicated over the link; none while it works."""
        troubled = link.trouble not in (None, LinkMessage.ERRORS)
        return earliest(
            self.world.replication.shut_down_since,
            link.suspended_since,
            link.since if link.phase is not Phase.NORMAL else None,
            link.trouble_since if troubled else None,
            self._lost_since(link),
            self._off_since(link),
        )

    def message(self, link: LinkRecord) -> LinkMessage:
        """The one thing that is said about a link of which several may be true."""
        self.update_phase(link)
        # What links say while all of them are shut down is unconfirmed.
        if link.suspended_since is not None or self.world.replication.shut_down_since is not None:
            return LinkMessage.SUSPENDED
        kind = link.settings.type or LinkType.OUTBOUND
        if link.phase is Phase.PENDING:
            waits = kind is LinkType.INBOUND
            return LinkMessage.PENDING if waits else LinkMessage.PENDING_REPLY
        if link.phase is not Phase.NORMAL:
            return _IN_PHASE[link.phase]
        if link.trouble is not None:
            return link.trouble
        if self._lost_since(link) is not None:
            return LinkMessage.BROKEN
        return LinkMessage.OFF_PERIOD if self._off_since(link) is not None else _WORKING[kind]

    # What follows is done at the request of a user. Whether HCP refuses an action that does not
    # fit the state of the link is unconfirmed.

    def act(self, link: LinkRecord, action: str) -> None:
        self.update_phase(link)
        {
            "suspend": self._suspend,
            "resume": self._resume,
            "failOver": self._fail_over,
            "failBack": self._fail_back,
            "beginRecover": self._begin_recovery,
            "beginRecovery": self._begin_recovery,
            "completeRecovery": self._complete_recovery,
            "restore": self._restore,
        }[action](link)

    def _suspend(self, link: LinkRecord) -> None:
        _require(link.suspended_since is None, "The link is suspended already.")
        link.suspended_since = self.clock.now()

    @staticmethod
    def _resume(link: LinkRecord) -> None:
        _require(link.suspended_since is not None, "The link is not suspended.")
        link.suspended_since = None

    def _fail_over(self, link: LinkRecord) -> None:
        _require(link.phase is Phase.NORMAL, "The link cannot fail over in its current state.")
        link.phase, link.since = Phase.FAILED_OVER, self.clock.now()

    def _fail_back(self, link: LinkRecord) -> None:
        both = link.settings.type is LinkType.ACTIVE_ACTIVE
        _require(both, "Only active/active links can fail back.")
        _require(link.phase is Phase.FAILED_OVER, "The link is not failed over.")
        self._require_remote(link)
        link.phase, link.since = Phase.NORMAL, self.clock.now()

    def _begin_recovery(self, link: LinkRecord) -> None:
        _require_passive(link)
        _require(link.phase is Phase.FAILED_OVER, "The link is not failed over.")
        self._require_remote(link)
        link.phase, link.since = Phase.RECOVERING, self.clock.now()

    def _complete_recovery(self, link: LinkRecord) -> None:
        _require_passive(link)
        _require(link.phase is Phase.RECOVERING, "The link is not recovering.")
        self._require_remote(link)
        link.phase, link.since = Phase.COMPLETING, self.clock.now()

    def _restore(self, link: LinkRecord) -> None:
        """The other system has lost the link, and is told about it anew."""
        usable = link.phase in (Phase.NORMAL, Phase.PENDING)
        _require(usable, "The link cannot be restored in its current state.")
        if link.trouble is LinkMessage.BROKEN:
            link.trouble = link.trouble_since = None
        link.phase, link.since = Phase.PENDING, self.clock.now()

    def _require_remote(self, link: LinkRecord) -> None:
        _require(self._lost_since(link) is None, "The other system cannot be reached.")


def side_of(link: LinkRecord, name: str) -> Failover:
    settings = link.settings.failoverSettings
    side: Failover | None = getattr(settings, name) if settings is not None else None
    return side or Failover()


def link_status(message: LinkMessage) -> LinkStatus:
    """Normal work is good; everything that is not an error is a warning."""
    if message in UNHEALTHY:
        return LinkStatus.BAD
    return LinkStatus.GOOD if message in _WORKING.values() else LinkStatus.WARNING


def earliest(*moments: datetime | None) -> datetime | None:
    """The earliest of the moments that there are."""
    return min((moment for moment in moments if moment is not None), default=None)


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise Refused(message)


def _require_passive(link: LinkRecord) -> None:
    passive = link.settings.type is not LinkType.ACTIVE_ACTIVE
    _require(passive, "Only active/passive links can recover.")
