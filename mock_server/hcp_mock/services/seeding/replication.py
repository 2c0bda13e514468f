"""Seeding replication: remote systems, links and their contents."""

from __future__ import annotations

from datetime import datetime

from ...errors import InvalidRequest
from ...models.replication import Link, LinkType, ReplicationService, addresses_of, system_of_host
from ...models.seeds.replication import SeedLink, SeedRemote, SeedReplication
from ...state.replication import LinkRecord, Member, Phase, RemoteSystem
from ...state.world import World
from ..clock import Clock
from ..replication.lifecycle import SEEDED_PROBLEMS, LinkLifecycle
from ..replication.links import LinkService, merged, new_link
from ..replication.settings import ReplicationSettingsService


def seed_service(world: World, clock: Clock, seed: SeedReplication) -> None:
    service = ReplicationSettingsService(world, clock)
    fields = ReplicationService.model_fields
    service.modify(ReplicationService(**{n: getattr(seed, n) for n in seed.given() if n in fields}))
    if seed.shutDown is not None:
        service.shut_down(seed.shutDown)


def seed_remote(world: World, clock: Clock, seed: SeedRemote) -> None:
    record = world.replication.remotes.get(seed.name) or RemoteSystem(seed.name)
    for name in ("addresses", "tenants", "directories", "links"):
        given: list[str] | None = getattr(seed, name)
        if given is not None:
            setattr(record, name, list(given))
    if seed.available is not None:
        record.down_since = None if seed.available else (record.down_since or clock.now())
    world.replication.remotes.put(seed.name, record)


def seed_link(world: World, clock: Clock, seed: SeedLink) -> None:
    """Seed a link. By default it has been working for a while."""
    now, links = clock.now(), world.replication.links
    body = Link(**{n: getattr(seed, n) for n in seed.given() if n in Link.model_fields})
    link = links.get(seed.name)
    if link is None:
        connection = body.connection
        if body.type is None or connection is None or connection.remoteHost is None:
            problem = f"link '{seed.name}' needs 'type' and 'connection' with 'remoteHost'"
            raise InvalidRequest(f"{problem}.")
        link = new_link(body, now)
        link.phase = Phase.NORMAL
        links.put(seed.name, link)
        _ensure_remote(world, clock, link, connection.remoteHost)
    else:
        link.settings = merged(link.settings, body).model_copy(update={"name": link.name})
    if seed.schedule is not None:
        LinkService.modify_schedule(link, seed.schedule)
    _state(link, seed, now)
    _contents(link, seed, now)


def _ensure_remote(world: World, clock: Clock, link: LinkRecord, host: str) -> None:
    """Add the remote system of a seeded link, if it is unknown."""
    if LinkLifecycle(world, clock).remote(link) is None:
        name = system_of_host(host)
        addresses = [] if name is not None else addresses_of(host)
        remote = RemoteSystem(name or addresses[0], addresses)
        world.replication.remotes.put(remote.name, remote)


def _state(link: LinkRecord, seed: SeedLink, now: datetime) -> None:
    """Set the state of the link that the seed describes."""
    for name in ("id", "statistics", "status", "statusMessage", "suspended"):
        setattr(link.settings, name, None)
    link.id = seed.id or link.id
    link.statistics = seed.statistics or link.statistics
    if seed.suspended is not None:
        link.suspended_since = now if seed.suspended else None
    if seed.statusMessage is not None:
        has_problem = seed.statusMessage in SEEDED_PROBLEMS
        link.problem = seed.statusMessage if has_problem else None
        link.problem_since = now if has_problem else None
    if seed.failedOver is not None:
        link.phase = Phase.FAILED_OVER if seed.failedOver else Phase.NORMAL
        link.since = now


def _contents(link: LinkRecord, seed: SeedLink, now: datetime) -> None:
    for name in seed.tenants or []:
        link.tenants.put(name, link.tenants.get(name) or Member(name))
    for names, by_user in ((seed.pausedTenants, True), (seed.autoPausedTenants, False)):
        for name in names or []:
            link.tenants.put(name, Member(name, now, by_user))
    for directory in seed.defaultNamespaceDirectories or []:
        if directory not in link.directories:
            link.directories.append(directory)
    if link.settings.type is not LinkType.ACTIVE_ACTIVE:
        for name in seed.chainedLinks or []:
            link.chained.put(name, name)
