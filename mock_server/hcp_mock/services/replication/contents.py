"""Contents of links and candidates. MAPI reference: content, tenant of a link's content.

An outbound link carries items of this system, an inbound one items of the other system, an
active/active one items of both. The conditions for tenants are hardly documented. Here a tenant has
replication, is not on the link, and its name is free on the other system.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ...errors import AlreadyExists, HcpError, NotFound, NotSupported, Refused
from ...models.replication import LinkContent, LinkTenant, LinkType, TenantStatus
from ...state.replication import LinkRecord, Member, Phase
from ...state.world import World
from ..clock import TIME_FORMAT, Clock
from ..listing import Listing
from ..system.nodes import milliseconds
from ..tenants.default_tenant import NAME as DEFAULT
from .lifecycle import LinkLifecycle, earliest
from .progress import replication_totals

DIRECTORIES, CHAINED, TENANTS = "defaultNamespaceDirectories", "chainedLinks", "tenants"
KINDS = (CHAINED, DIRECTORIES, TENANTS)
Lister = Callable[[LinkRecord, str], list[str]]


def _exclude(names: Iterable[str], taken: Iterable[str]) -> list[str]:
    known = {name.casefold() for name in taken}
    return [name for name in names if name.casefold() not in known]


def _find_name(names: Iterable[str], name: str) -> str | None:
    """Return the name in the spelling of the list."""
    return next((known for known in names if known.casefold() == name.casefold()), None)


@dataclass
class ContentService:
    world: World
    clock: Clock
    listing: Listing
    lifecycle: LinkLifecycle

    def included(self, link: LinkRecord, kind: str) -> list[str]:
        self._check(link, kind)
        if kind == TENANTS:
            return self.listing.shuffled(member.name for member in self.members(link))
        return self.listing.shuffled(
            link.directories if kind == DIRECTORIES else link.chained.names()
        )

    def members(self, link: LinkRecord) -> list[Member]:
        """Return the tenants of the link that still exist on one of the two systems."""
        other = self.lifecycle.remote(link)
        existing = {name.casefold() for name in (other.tenants if other is not None else [])}
        return [
            member
            for member in link.tenants
            if member.name in self.world.tenants or member.name.casefold() in existing
        ]

    def local(self, link: LinkRecord, kind: str) -> list[str]:
        """Return the items of this system that can be added to the link."""
        self._check(link, kind)
        if link.settings.type is LinkType.INBOUND:
            return []
        candidates = {
            TENANTS: self._local_tenants,
            CHAINED: self._local_links,
            DIRECTORIES: self._local_directories,
        }[kind](link)
        return self.listing.shuffled(_exclude(candidates, self.included(link, kind)))

    def _local_tenants(self, link: LinkRecord) -> list[str]:
        other = self.lifecycle.remote(link)
        names = [
            tenant.name
            for tenant in self.world.tenants
            if tenant.settings.replicationConfigurationEnabled and not tenant.is_default
        ]
        return _exclude(names, other.tenants if other is not None else [])

    def _local_links(self, link: LinkRecord) -> list[str]:
        """Return the inbound links, which can be chained."""
        links = self.world.replication.links
        inbound = (other.name for other in links if other.settings.type is LinkType.INBOUND)
        return _exclude(inbound, [link.name])

    def _local_directories(self, _link: LinkRecord) -> list[str]:
        """Return the top-level directories of the default namespace."""
        tenant = self.world.tenants.get(DEFAULT)
        keys = (e.key for n in tenant.namespaces for e in n.store) if tenant is not None else ()
        return sorted({top for top, slash, _unused in (k.partition("/") for k in keys) if slash})

    def remote(self, link: LinkRecord, kind: str) -> list[str]:
        """Return the items of the other system; none while it is unreachable (unconfirmed)."""
        self._check(link, kind)
        other = self.lifecycle.remote(link)
        if (
            other is None
            or other.down_since is not None
            or link.phase is Phase.PENDING
            or link.settings.type is LinkType.OUTBOUND
        ):
            return []
        held = {TENANTS: other.tenants, CHAINED: other.links, DIRECTORIES: other.directories}[kind]
        taken = self.world.tenants.names() if kind == TENANTS else []
        return self.listing.shuffled(_exclude(held, [*taken, *self.included(link, kind)]))

    def document(self, link: LinkRecord, names: Lister) -> LinkContent:
        """Return the lists that exist for the link."""
        shown = {kind: names(link, kind) for kind in KINDS if self._has(link, kind)}
        return LinkContent.model_validate(shown)

    def _has(self, link: LinkRecord, kind: str) -> bool:
        if kind == CHAINED:
            return link.settings.type is not LinkType.ACTIVE_ACTIVE
        return kind == TENANTS or DEFAULT in self.world.tenants

    def _check(self, link: LinkRecord, kind: str) -> None:
        if self._has(link, kind):
            return
        if kind == CHAINED:
            raise NotSupported("An active/active link has no chained links.")
        raise NotFound("There is no default tenant.")

    def add(self, link: LinkRecord, kind: str, name: str) -> None:
        self._check(link, kind)
        if _find_name(self.included(link, kind), name) is not None:
            raise AlreadyExists(name)
        candidates = [*self.local(link, kind), *self.remote(link, kind)]
        item = name if name in candidates else _find_name(candidates, name)
        # Directories are case-sensitive.
        if item is None or (kind == DIRECTORIES and item != name):
            raise self._add_error(link, kind, name)
        if kind == TENANTS:
            link.tenants.put(item, Member(item))
        elif kind == CHAINED:
            link.chained.put(item, item)
        else:
            link.directories.append(item)

    def _add_error(self, link: LinkRecord, kind: str, name: str) -> HcpError:
        """Return why an item cannot be added: it does not exist, or is not eligible."""
        other = self.lifecycle.remote(link)
        existing = {
            TENANTS: [*self.world.tenants.names(), *(other.tenants if other is not None else [])],
            CHAINED: self.world.replication.links.names(),
            DIRECTORIES: [],
        }[kind]
        if _find_name(existing, name) is None:
            return NotFound(f"'{name}' does not exist.")
        return Refused(f"'{name}' cannot be added to the link.")

    def remove(self, link: LinkRecord, kind: str, name: str) -> None:
        included = self.included(link, kind)
        item = name if kind == DIRECTORIES else _find_name(included, name)
        if item not in included:
            raise NotFound(f"'{name}' is not on the link.")
        if kind == TENANTS:
            link.tenants.remove(item or "")
        elif kind == CHAINED:
            link.chained.remove(item or "")
        else:
            link.directories.remove(item or "")

    def member(self, link: LinkRecord, name: str) -> Member:
        member = link.tenants.get(name)
        if member is None or member not in self.members(link):
            raise NotFound(f"The tenant '{name}' is not on the link.")
        return member

    def progress(self, link: LinkRecord, member: Member) -> LinkTenant:
        now = self.clock.now()
        stopped = earliest(self.lifecycle.stopped_since(link), member.paused_since)
        counted = replication_totals(self.world.tenants.get(member.name), stopped, now)
        status = TenantStatus.REPLICATING
        if member.paused_since is not None:
            status = TenantStatus.PAUSED if member.paused_by_user else TenantStatus.AUTO_PAUSED
        return LinkTenant(
            bytesPending=counted.bytes_pending,
            bytesPendingRemote=0,
            objectsPending=counted.objects_pending,
            objectsPendingRemote=0,
            status=status,
            upToDateAsOfMillis=milliseconds(stopped or now),
            upToDateAsOfString=(stopped or now).strftime(TIME_FORMAT),
        )

    def pause(self, member: Member) -> None:
        """Pausing twice is refused (unconfirmed)."""
        if member.paused_since is not None:
            raise Refused("The tenant is paused already.")
        member.paused_since, member.paused_by_user = self.clock.now(), True

    @staticmethod
    def resume(member: Member) -> None:
        if member.paused_since is None:
            raise Refused("The tenant is not paused.")
        member.paused_since = None
