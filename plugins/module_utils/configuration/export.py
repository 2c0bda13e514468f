# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Export: an HCP as a configuration for which ``hcp_config`` finds nothing to change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from ..protocols.errors import HcpError
from ..reconcile.model import Task
from ..reconcile.read import read_all
from ..resources.kinds import below
from ..resources.tenant import TENANTS
from ..schema.interface import SYSTEM, TENANT
from ..schema.part import Part
from ..schema.resource import Resource
from ..values.text import Secret
from .accounts import Session
from .progress import Progress

ANY = ("*",)


@dataclass(frozen=True)
class Choice:
    """The selection of an export.

    :ivar tenants: patterns of names of tenants
    :ivar kinds: plurals of kinds
    :ivar listed: whether the account can list tenants, so that ``tenants`` may be patterns
    :ivar names: plural → patterns of names; without an entry, all names
    """

    session: Callable[[Resource, Mapping[str, Any], str | None], Session]
    tenants: Iterable[str]
    kinds: Collection[str]
    listed: bool
    names: Mapping[str, Iterable[str]] = field(default_factory=dict)

    def takes(self, kind: Resource, name: str) -> bool:
        """Whether the selection includes a resource."""
        patterns = self.tenants if kind is TENANTS else self.names.get(kind.plural, ANY)
        return any(fnmatchcase(name.lower(), pattern.lower()) for pattern in patterns)

    def reaches(self, kind: Resource) -> bool:
        """Whether the selection includes a kind, or a kind below it."""
        return kind.plural in self.kinds or any(self.reaches(each) for each in below(kind))


@dataclass(frozen=True)
class Place:
    """A kind below one resource, and the dictionary for its list."""

    kind: Resource
    parent_names: Mapping[str, Any]
    holder: dict[str, Any]


@dataclass
class Item:
    """A resource to read, and the dictionary for its options."""

    place: Place
    name: str
    found: dict[str, Any] = field(default_factory=dict)
    gone: bool = False


class Export:
    """Reads an HCP into a configuration.

    :ivar config: the configuration
    :ivar failures: resources that could not be read
    """

    def __init__(self, choice: Choice, pool: Executor, progress: Progress) -> None:
        self._choice = choice
        self._progress = progress
        self.config: dict[str, Any] = {}
        self.failures: list[tuple[str, HcpError]] = []
        self.counts: dict[str, int] = {}
        places = [Place(kind, {}, self.config) for kind in below(None) if choice.reaches(kind)]
        while places:
            items = [item for made in pool.map(self._list, places) for item in made]
            progress.begin("Reading", len(items))
            list(pool.map(self._read, items))
            for place in places:
                mine = [item for item in items if item.place is place and not item.gone]
                if mine:
                    found = [item.found for item in mine]
                    place.holder[place.kind.plural] = found[0] if place.kind.is_singleton else found
                    self.counts.setdefault(place.kind.plural, 0)
                    self.counts[place.kind.plural] += len(mine)
            places = [below_it for item in items if not item.gone for below_it in self._below(item)]

    def _below(self, item: Item) -> list[Place]:
        kind = item.place.kind
        above = {**item.place.parent_names, kind.kind: item.name}
        return [
            Place(each, above, item.found) for each in below(kind) if self._choice.reaches(each)
        ]

    def _list(self, place: Place) -> list[Item]:
        kind = place.kind
        if kind.is_singleton:
            return [Item(place, kind.kind)]
        if kind is TENANTS and not self._choice.listed:
            return [Item(place, name) for name in self._choice.tenants]
        try:
            mapi, others, _level = self._choice.session(kind, place.parent_names, None)
            interface = others.get(kind.interface, mapi)
            names = kind.names(interface, place.parent_names)
        except HcpError as error:
            self._failed(f"{kind.plural} of {_words(place.parent_names)}", error)
            return []
        return [Item(place, name) for name in names if self._choice.takes(kind, name)]

    def _read(self, item: Item) -> None:
        kind = item.place.kind
        item.found.update(kind.name_option(item.name))
        if kind.plural not in self._choice.kinds:
            return
        named = {**item.place.parent_names, **kind.name_option(item.name)}
        sessions = [self._choice.session(kind, named, None)]
        if kind.level == SYSTEM:
            as_tenant = self._choice.session(kind, named, TENANT)
            # HCP shows the settings of the tenant itself only to an account of the tenant.
            if as_tenant[2] != sessions[0][2]:
                sessions.append(as_tenant)
        for number, session in enumerate(sessions):
            last = number == len(sessions) - 1
            self._read_as(
                item, session, [part for part in kind.parts if _shown(part)] if last else []
            )
        self._progress.step()

    def _read_as(self, item: Item, session: Session, parts: list[Part]) -> None:
        kind = item.place.kind
        mapi, others, level = session
        options: dict[str, Any] = {**item.place.parent_names, **kind.name_option(item.name)}
        options.update((part.option, True) for part in parts)
        task = Task(kind, options, mapi, level, others)

        def unreadable(part: Part, error: HcpError) -> None:
            self._failed(f"{part.option} of {task.label}", error)

        try:
            state = read_all(task, item.name, unreadable)
        except HcpError as error:
            self._failed(task.label, error)
            item.gone = not item.found.keys() - kind.name_option("").keys()
            return
        item.gone = not state.exists
        above = {each.option for each in kind.parents}
        never = {each.option for each in kind.item.fields if not (each.on_create or each.on_update)}
        shown = task.shown(state)
        item.found.update({name: shown[name] for name in shown if name not in above | never})

    def _failed(self, what: str, error: HcpError) -> None:
        self.failures.append((what, error))


def _shown(part: Part) -> bool:
    return part.in_info and not isinstance(part.value, Secret)


def _words(above: Mapping[str, Any]) -> str:
    told = " of ".join(f"{kind} {name}" for kind, name in reversed(list(above.items())))
    return told or "the system"
