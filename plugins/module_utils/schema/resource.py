# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The description of a kind of resource: its table.

A ``Resource`` says where a kind lives, which fields it has, and which parts. A part is a resource
of its own on HCP, with its own path and roles, and an option of the same task here. Everything that
a module does follows from the table; the modules themselves hold only documentation.
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
from .interface import MAPI, SYSTEM, TENANT, Access, Interface, Options, Request
from .part import Part

SINGLETON = Field("name", "", Value())


@dataclass(frozen=True, eq=False, repr=False)
class Resource:
    """One kind of resource.

    Where it lives:

    :ivar kind: its name in results and messages, as ``retention_class``
    :ivar plural: the name of a list of them
    :ivar collection: path of the list, with ``{option}`` for each of ``parents``
    :ivar system_collection: path of the list of those that belong to the system, where a task
        without a tenant is about them
    :ivar parents: the options that name what a resource belongs to
    :ivar key: the field that names a resource; ``SINGLETON`` for settings that exist once and have
        no name, of which ``collection`` is the path
    :ivar interface: the interface that serves the resource itself
    :ivar level: the level of account that usually manages it
    :ivar access: the roles that may read and write it

    What it holds:

    :ivar item: the fields of the resource itself
    :ivar parts: settings that have their own path below it
    :ivar shows_its_name: whether a response contains the name by which the resource was requested
    :ivar read_only: MAPI property, name in results and value type of what HCP only shows
    :ivar extras: options that steer the task and are no state, with their argument specification
    :ivar exclusive: groups of options of which a task may have only one
    :ivar rules: checks of the options of a task taken together; each returns a sentence or ``None``
    :ivar filters: options that narrow a list, with MAPI's ``filterType`` for each
    :ivar actual_name: returns the name under which HCP has a resource that it does not find by the
        name in the task
    :ivar feature_missing: whether the tenant lacks the feature without which there is no such list

    Creation:

    :ivar creation_problem: returns what the options lack for a creation, as a sentence
    :ivar creation_query: returns the query parameters of the creation
    :ivar creation_requests: returns the requests of a creation that takes more than one PUT
    :ivar is_half_created: whether an earlier creation stopped between its requests
    :ivar created_with: returns the resources that HCP creates together with this one: plural →
        name → its options
    :ivar rename_option: the option that holds the old name, where HCP can rename

    Deletion:

    :ivar deletion_loss: what a deletion destroys; if set, a task has to confirm ``delete``
    :ivar deletion_hint: sentences that say when HCP refuses a deletion, and what to do first
    :ivar deletion_preparations: returns the requests that have to come before the DELETE
    :ivar deletion_query: returns the query parameters of the DELETE; refuses a deletion that HCP is
        known not to allow
    :ivar confirmable: further words for ``confirm``, with what each of them allows

    In a configuration:

    :ivar rank: kinds with a lower rank are changed first, and deleted last
    :ivar also_counted_as: plural of another kind in whose list HCP shows this kind, too
    :ivar is_own_account: whether a task is about the account that it works as
    :ivar new_credentials: returns the credentials to go on with after a task has changed its own
        account; gets the names of the options that were set
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
    creation_query: Callable[[Options], Mapping[str, str]] = lambda options: {}
    creation_problem: Callable[[Options], str | None] = lambda options: None
    new_credentials: Callable[[Context, frozenset[str]], Credentials | None] = lambda task, done: (
        None
    )
    is_half_created: Callable[[Context], bool] = lambda task: False
    creation_requests: Callable[[Context], list[Request]] | None = None
    deletion_preparations: Callable[[Context], list[Request]] | None = None
    deletion_query: Callable[[Context, State], Mapping[str, str]] = lambda task, state: {}
    interface: str = MAPI
    deletion_loss: str | None = None
    deletion_hint: str = ""
    rename_option: str | None = None
    confirmable: Mapping[str, str] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)
    created_with: Callable[[Options], Mapping[str, Mapping[str, Any]]] = lambda options: {}
    is_own_account: Callable[[Context], bool] = lambda task: False
    rank: int = 20
    shows_its_name: bool = True
    also_counted_as: str = ""
    system_collection: str = ""
    feature_missing: Callable[[Interface, Options], bool] = lambda interface, options: False
    actual_name: Callable[[Context, str], str | None] = lambda task, name: None

    @property
    def is_singleton(self) -> bool:
        """Whether the kind is settings that exist once."""
        return self.key is SINGLETON

    @property
    def systemwide(self) -> bool:
        """Whether it belongs to the system itself: it is no tenant, and belongs to none."""
        return self.level == SYSTEM and not self.parents and self.kind != TENANT

    def name_option(self, name: str) -> dict[str, Any]:
        """Return the option with which a task names a resource; empty for a singleton."""
        return {} if self.is_singleton else {self.key.option: name}

    def parent_names(self, options: Options) -> dict[str, Any]:
        """Return the names of the parents in the options."""
        named = {each.option: options.get(each.option) for each in self.parents}
        return {option: name for option, name in named.items() if name is not None}

    def check_names(self, options: Options) -> None:
        """Refuse invalid names of a resource or of its parents.

        :raises RefusedError: with the option
        """
        for each in (*self.parents, self.key):
            value = options.get(each.option)
            problem = None if value is None else each.value.check(value)
            if problem:
                raise RefusedError("bad_option", f"{each.option} {problem}.", option=each.option)

    def list_path(self, options: Options) -> str:
        """Return the path of the list that the options name."""
        above = self.parent_names(options)
        if self.system_collection and not above:
            return self.system_collection
        return self.collection.format(**{option: segment(above[option]) for option in above})

    def names(
        self, interface: Interface, options: Options, filters: Mapping[str, str] | None = None
    ) -> list[str]:
        """Return the sorted names in the list that the options name."""
        try:
            found = interface.names(self.list_path(options), self.key.wire, filters)
            return sorted(found, key=str.lower)
        except HcpError as error:
            # How HCP says that there is no such list is not documented.
            if error.status in (400, 403, 404, 405) and self.feature_missing(interface, options):
                return []
            raise

    def path(self, options: Options, name: str) -> str:
        """Return the path of one resource."""
        if self.is_singleton:
            return self.list_path(options)
        return f"{self.list_path(options)}/{segment(name)}"

    def arguments(self) -> dict[str, dict[str, Any]]:
        """Return the argument specification of the resource."""
        keys = [] if self.is_singleton else [self.key]
        described: list[Field | Part] = [*self.parents, *keys, *self.item.fields, *self.parts]
        return {each.option: each.argument() for each in described}

    def tenant(self, options: Options) -> str | None:
        """Return the tenant that the options name."""
        named = self.key.option if self.kind == TENANT else TENANT
        return options.get(named)

    def label(self, options: Options, name: str) -> str:
        """Return the resource in words, as ``namespace alpha of tenant finance``."""
        above = [f" of {option} {each}" for option, each in self.parent_names(options).items()]
        if self.system_collection and not above:
            above = [" of the system"]
        words = self.kind.replace("_", " ")
        called = words if self.is_singleton else f"{words} {name}"
        return f"{called}{''.join(reversed(above))}"

    def usual_level(self, options: Options) -> str:
        """Return the level of the account that usually manages the resource."""
        return SYSTEM if self.system_collection and not self.parent_names(options) else self.level

    def merging(self) -> list[str]:
        """Return the options whose entries are added to those in HCP unless ``exact`` has them."""
        return [part.option for part in self.parts if part.merges]

    def confirmations(self) -> list[str]:
        """Return the choices of ``confirm``."""
        words = [each.option for _path, each in self.irreversible_fields()]
        return [*(["delete"] if self.deletion_loss else []), *self.confirmable, *words]

    def irreversible_fields(self) -> Iterator[tuple[str, Field]]:
        """Yield the fields with irreversible changes, with their options, as in ``http.enabled``.

        Only fields of the resource itself and of its parts can be guarded.
        """
        for each in self.item.fields:
            if each.irreversible:
                yield each.option, each
        for part in self.parts:
            before = f"{part.option}." if isinstance(part.value, Struct) else ""
            for each in part.irreversible_fields({}, None)[0].fields:
                if each.irreversible:
                    yield f"{before}{each.option}", each

    def with_advice(self, error: HcpError, action: str, options: tuple[str, ...]) -> HcpError:
        """Return the failure of a step with the usual reasons why HCP refuses such a step."""
        # The statuses of these refusals are documented only in part.
        if error.status not in (400, 403, 405, 409):
            return error
        if action != "delete":
            ways = {
                path: each.irreversible
                for path, each in self.irreversible_fields()
                if each.irreversible
            }
            told = (f"{path}: {way.why}." for path, way in ways.items() if path in options)
            error.hint = " ".join([error.hint, *told])
        elif self.deletion_hint:
            # HCP may also refuse the account.
            error.hint = (
                f"{error.hint} {self.deletion_hint}" if error.status == 403 else self.deletion_hint
            )
        return error
