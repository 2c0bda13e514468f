"""The lifecycle of a replication link: its phases and the transitions between them.

Time is the mock's clock. Transitions that are due are applied when a link is read, with the time at
which they were due.

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

_MESSAGE_OF_PHASE = {
    Phase.FAILED_OVER: LinkMessage.FAILED_OVER,
    Phase.RECOVERING: LinkMessage.RECOVERING,
    Phase.COMPLETING: LinkMessage.COMPLETING,
}
_NORMAL_MESSAGE = {
    LinkType.ACTIVE_ACTIVE: LinkMessage.SYNCHRONIZING,
    LinkType.OUTBOUND: LinkMessage.SENDING,
    LinkType.INBOUND: LinkMessage.RECEIVING,
}
UNHEALTHY = (LinkMessage.ERRORS, LinkMessage.STALLED, LinkMessage.BROKEN)
# Only a seed sets these.
SEEDED_PROBLEMS = (LinkMessage.REMOTE_FULL, LinkMessage.LOCAL_FULL, *UNHEALTHY)
_WEEK = 7 * 24


def schedule_off_since(side: SideSchedule | None, now: datetime) -> datetime | None:
    """Return the start of the current off period of a schedule in UTC, if there is one."""
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
        """Return the system at the other end, if it is known."""
        connection = link.settings.connection
        host = (connection.remoteHost if connection else None) or ""
        remotes = self.world.replication.remotes
        name = system_of_host(host)
        if name is not None:
            return remotes.get(name)
        wanted = set(addresses_of(host)) if host else set()
        return next((remote for remote in remotes if wanted & set(remote.addresses)), None)

    def update_phase(self, link: LinkRecord) -> None:
        """Apply the transitions that are due."""
        self._receive_reply(link)
        self._fail_over_when_due(link)
        self._complete_recovery_when_due(link)
        if link.phase is Phase.COMPLETING:
            self._advance(link, Phase.NORMAL, self.world.rules.link_recovery_seconds)

    def _advance(
        self, link: LinkRecord, phase: Phase, wait: float, since: datetime | None = None
    ) -> None:
        """Change the phase if ``wait`` seconds have passed since ``since``."""
        due = (since or link.since) + timedelta(seconds=wait)
        if due <= self.clock.now():
            link.phase, link.since = phase, due

    def _receive_reply(self, link: LinkRecord) -> None:
        remote = self.remote(link)
        if link.phase is Phase.PENDING and remote is not None and remote.down_since is None:
            self._advance(link, Phase.NORMAL, self.world.rules.link_reply_seconds)

    def _fail_over_when_due(self, link: LinkRecord) -> None:
        """Fail over to this system if the other one is lost and autoFailover is set.

        The sending side of an active/passive link does not fail over.
        """
        local, lost = side_of(link, "local"), self._unreachable_since(link)
        if link.phase is not Phase.NORMAL or link.settings.type is LinkType.OUTBOUND:
            return
        if lost is not None and local.autoFailover:
            self._advance(link, Phase.FAILED_OVER, 60 * (local.autoFailoverMinutes or 0), lost)

    def _complete_recovery_when_due(self, link: LinkRecord) -> None:
        side = side_of(link, "local" if link.settings.type is LinkType.INBOUND else "remote")
        if link.phase is Phase.RECOVERING and side.autoCompleteRecovery:
            self._advance(link, Phase.COMPLETING, 60 * (side.autoCompleteRecoveryMinutes or 0))

    def _unreachable_since(self, link: LinkRecord) -> datetime | None:
        remote = self.remote(link)
        lost = [remote.down_since if remote is not None else None]
        if link.problem is LinkMessage.BROKEN:
            lost.append(link.problem_since)
        return earliest(*lost)

    def _off_since(self, link: LinkRecord) -> datetime | None:
        """The schedule of the sending system applies."""
        inbound = link.settings.type is LinkType.INBOUND
        side = link.schedule.remote if inbound else link.schedule.local
        return schedule_off_since(side, self.clock.now())

    def stopped_since(self, link: LinkRecord) -> datetime | None:
        """Return since when the link has not replicated, or ``None`` while it does."""
        has_problem = link.problem not in (None, LinkMessage.ERRORS)
        return earliest(
            self.world.replication.shut_down_since,
            link.suspended_since,
            link.since if link.phase is not Phase.NORMAL else None,
            link.problem_since if has_problem else None,
            self._unreachable_since(link),
            self._off_since(link),
        )

    def message(self, link: LinkRecord) -> LinkMessage:
        """Return the one status message of a link, although several may apply."""
        self.update_phase(link)
        # The status message while all links are shut down is unconfirmed.
        if link.suspended_since is not None or self.world.replication.shut_down_since is not None:
            return LinkMessage.SUSPENDED
        kind = link.settings.type or LinkType.OUTBOUND
        if link.phase is Phase.PENDING:
            waits = kind is LinkType.INBOUND
            return LinkMessage.PENDING if waits else LinkMessage.PENDING_REPLY
        if link.phase is not Phase.NORMAL:
            return _MESSAGE_OF_PHASE[link.phase]
        if link.problem is not None:
            return link.problem
        if self._unreachable_since(link) is not None:
            return LinkMessage.BROKEN
        return (
            LinkMessage.OFF_PERIOD if self._off_since(link) is not None else _NORMAL_MESSAGE[kind]
        )

    # Actions of users follow. Whether HCP refuses an action that does not
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
        """Send the link to the other system again."""
        usable = link.phase in (Phase.NORMAL, Phase.PENDING)
        _require(usable, "The link cannot be restored in its current state.")
        if link.problem is LinkMessage.BROKEN:
            link.problem = link.problem_since = None
        link.phase, link.since = Phase.PENDING, self.clock.now()

    def _require_remote(self, link: LinkRecord) -> None:
        _require(self._unreachable_since(link) is None, "The other system cannot be reached.")


def side_of(link: LinkRecord, name: str) -> Failover:
    settings = link.settings.failoverSettings
    side: Failover | None = getattr(settings, name) if settings is not None else None
    return side or Failover()


def link_status(message: LinkMessage) -> LinkStatus:
    """Normal operation is GOOD, errors are BAD, everything else is WARNING."""
    if message in UNHEALTHY:
        return LinkStatus.BAD
    return LinkStatus.GOOD if message in _NORMAL_MESSAGE.values() else LinkStatus.WARNING


def earliest(*times: datetime | None) -> datetime | None:
    """Return the earliest of the times that are not ``None``."""
    return min((time for time in times if time is not None), default=None)


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise Refused(message)


def _require_passive(link: LinkRecord) -> None:
    passive = link.settings.type is not LinkType.ACTIVE_ACTIVE
    _require(passive, "Only active/passive links can recover.")
