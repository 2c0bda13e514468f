# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words in which a kind of resource is described.

A kind is a ``Resource``: where it lives, its fields, and its parts, which are resources of their
own on HCP (an own path, own roles) but options of the same task here. Everything a module does
follows from it; the modules themselves hold only documentation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..protocols.credentials import Credentials
from ..protocols.errors import HcpError
from ..protocols.mapi.client import segment
from ..refusal import RefusedError
from ..values.base import Value
from .context import Context, State
from .fields import Field, Struct
from .interface import MAPI, SYSTEM, TENANT, Access, Door, Options, Request
from .part import Part

ONLY_ONE = Field("name", "", Value())


@dataclass(frozen=True)
class Resource:
    """One kind of resource.

    :ivar collection: path of the list, with ``{option}`` for each of ``parents``
    :ivar key: the field that names a resource among its siblings; ``ONLY_ONE`` for settings that
        there are once, which have no name, always exist, and whose ``collection`` is their path
    :ivar read_only: MAPI property, name in results and kind of what HCP only shows
    :ivar level: the level of account that usually manages this kind
    :ivar door: the interface that the resource itself is reached through
    :ivar confirmable: further words for ``confirm``, and what each of them does
    :ivar extras: options that steer the task and are no state: option → argument specification
    :ivar exclusive: options of which a task may have only one
    :ivar rules: what is wrong with the options of a task taken together, as a sentence
    :ivar creation: query parameters of the creation, from the options
    :ivar creatable: what a creation lacks, as a sentence
    :ivar renewed: what to work as after a task has changed the account that it worked as; gets
        the options that were set
    :ivar unfinished: whether what HCP has is a creation that stopped half-way
    :ivar made_by: the requests of a creation, where they are not the usual one
    :ivar removed_by: the requests that must come before a removal
    :ivar removal: query parameters of the removal; refuses one that HCP is known not to allow
    :ivar destroys: what deletion destroys; where set, ``confirm`` must hold ``delete``
    :ivar kept: when HCP refuses to delete one, as sentences that say what to do first
    :ivar former: the option with a former name, where HCP can rename
    :ivar filters: options that narrow down the list → query parameter ``filterType``
    :ivar brings: what a creation brings along: plural → name → the options that it then has
    :ivar is_own: whether a task is about the account that it works as
    :ivar rank: where many resources change together, those of the lowest rank come first
    :ivar among: the plural of the kind that HCP counts this one among as well
    :ivar system: the list of those that belong to the system, which a task without tenant is about
    :ivar without: whether the tenant lacks the feature without which HCP has no such list
    :ivar known_as: the name under which HCP has what it does not know under the one it was given
    """

    kind: str
    plural: str
    collection: str
    key: Field
    item: Struct
    access: Access
    parents: tuple[Field, ...] = ()
    parts: tuple[Part, ...] = ()
    read_only: tuple[tuple[str, str, Value | None], ...] = ()
    level: str = TENANT
    extras: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    exclusive: tuple[tuple[str, ...], ...] = ()
    rules: tuple[Callable[[Options], str | None], ...] = ()
    creation: Callable[[Options], Mapping[str, str]] = lambda options: {}
    creatable: Callable[[Options], str | None] = lambda options: None
    renewed: Callable[[Context, frozenset[str]], Credentials | None] = lambda task, done: None
    unfinished: Callable[[Context], bool] = lambda task: False
    made_by: Callable[[Context], list[Request]] | None = None
    removed_by: Callable[[Context], list[Request]] | None = None
    removal: Callable[[Context, State], Mapping[str, str]] = lambda task, state: {}
    door: str = MAPI
    destroys: str | None = None
    kept: str = ""
    former: str | None = None
    confirmable: Mapping[str, str] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)
    brings: Callable[[Options], Mapping[str, Mapping[str, Any]]] = lambda options: {}
    is_own: Callable[[Context], bool] = lambda task: False
    rank: int = 20
    among: str = ""
    system: str = ""
    without: Callable[[Door, Options], bool] = lambda door, options: False
    known_as: Callable[[Context, str], str | None] = lambda task, name: None

    @property
    def single(self) -> bool:
        """Whether there is but one."""
        return self.key is ONLY_ONE

    @property
    def systemwide(self) -> bool:
        """Whether it belongs to the system itself, and neither to a tenant nor is one."""
        return self.level == SYSTEM and not self.parents and self.kind != TENANT

    def named(self, name: str) -> dict[str, Any]:
        """The option with which a task names a resource, if it does."""
        return {} if self.single else {self.key.option: name}

    def above(self, options: Options) -> dict[str, Any]:
        """The names of what the options say that a resource belongs to."""
        named = {each.option: options.get(each.option) for each in self.parents}
        return {option: name for option, name in named.items() if name is not None}

    def check_names(self, options: Options) -> None:
        """Refuse what cannot be a name, of a resource or of what it belongs to.

        :raises RefusedError: with the option
        """
        for each in (*self.parents, self.key):
            value = options.get(each.option)
            problem = None if value is None else each.value.check(value)
            if problem:
                raise RefusedError("bad_option", f"{each.option} {problem}.", option=each.option)

    def list_path(self, options: Options) -> str:
        """The path of the list that the options speak of."""
        above = self.above(options)
        if self.system and not above:
            return self.system
        return self.collection.format(**{option: segment(above[option]) for option in above})

    def names(
        self, door: Door, options: Options, filters: Mapping[str, str] | None = None
    ) -> list[str]:
        """The names in the list that the options speak of, sorted."""
        try:
            found = door.names(self.list_path(options), self.key.wire, filters)
            return sorted(found, key=str.lower)
        except HcpError as error:
            # How HCP says that there is no such list is not documented.
            if error.status in (400, 403, 404, 405) and self.without(door, options):
                return []
            raise

    def path(self, options: Options, name: str) -> str:
        """The path of one resource."""
        if self.single:
            return self.list_path(options)
        return f"{self.list_path(options)}/{segment(name)}"

    def arguments(self) -> dict[str, dict[str, Any]]:
        """The argument specification of the resource."""
        keys = [] if self.single else [self.key]
        described: list[Field | Part] = [*self.parents, *keys, *self.item.fields, *self.parts]
        return {each.option: each.argument() for each in described}

    def tenant(self, options: Options) -> str | None:
        """The tenant that the options speak of."""
        named = self.key.option if self.kind == TENANT else TENANT
        return options.get(named)

    def label(self, options: Options, name: str) -> str:
        """The resource in words, as ``namespace alpha of tenant finance``."""
        above = [f" of {option} {each}" for option, each in self.above(options).items()]
        if self.system and not above:
            above = [" of the system"]
        words = self.kind.replace("_", " ")
        called = words if self.single else f"{words} {name}"
        return f"{called}{''.join(reversed(above))}"

    def usual_level(self, options: Options) -> str:
        """The level of the account that usually does what the options say."""
        return SYSTEM if self.system and not self.above(options) else self.level

    def confirmations(self) -> list[str]:
        """The words that ``confirm`` may hold."""
        words = [each.option for _path, each in self.guarded()]
        return [*(["delete"] if self.destroys else []), *self.confirmable, *words]

    def guarded(self) -> Iterator[tuple[str, Field]]:
        """The fields with changes that cannot be undone, by their options, as in ``http.enabled``.

        Only fields of the resource itself and of its parts can be guarded.
        """
        for each in self.item.fields:
            if each.one_way:
                yield each.option, each
        for part in self.parts:
            before = f"{part.option}." if isinstance(part.value, Struct) else ""
            for each in part.guarded({}, None)[0].fields:
                if each.one_way:
                    yield f"{before}{each.option}", each

    def advised(self, error: HcpError, action: str, options: tuple[str, ...]) -> HcpError:
        """The failure of a step, saying what HCP may have against such a step."""
        # With which status HCP refuses these is documented only in part.
        if error.status not in (400, 403, 405, 409):
            return error
        if action != "delete":
            ways = {path: each.one_way for path, each in self.guarded() if each.one_way}
            told = (f"{path}: {way.why}." for path, way in ways.items() if path in options)
            error.hint = " ".join([error.hint, *told])
        elif self.kept:
            # HCP may as well refuse the account.
            error.hint = f"{error.hint} {self.kept}" if error.status == 403 else self.kept
        return error
