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
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from ..errors import HcpError
from ..mapi.client import segment
from ..values import Secret, Value, members

if TYPE_CHECKING:
    from ..credentials import Credentials
    from ..reconcile import State, Step, Task

SYSTEM = "system"
TENANT = "tenant"
# The interfaces of HCP.
MAPI = "mapi"
S3 = "s3"

Options = Mapping[str, Any]


class Door(Protocol):
    """One of HCP's interfaces, as one account."""

    def find(self, path: str, query: Mapping[str, str] | None = None) -> dict[str, Any] | None:
        """Read a resource; ``None`` where there is none."""

    def exists(self, path: str) -> bool:
        """Whether there is a resource."""

    def names(
        self, path: str, member: str, filters: Mapping[str, str] | None = None
    ) -> Iterator[str]:
        """The names in a list."""

    def send(
        self, method: str, path: str, body: Any = None, query: Mapping[str, str] | None = None
    ) -> bool:
        """Write. The result is whether it certainly was HCP that answered."""

    def acting_as(self, credentials: Credentials, host: str) -> Door:
        """The same interface as another account, which ``host`` knows."""

    def forget(self) -> None:
        """Drop what was read before."""

    def close(self) -> None:
        """Close the connections."""


class Access(NamedTuple):
    """The roles of which one is needed to read or to write, as MAPI's tables have them."""

    read: tuple[str, ...]
    write: tuple[str, ...]


NO_ROLES = Access((), ())


@dataclass(frozen=True)
class OneWay:
    """A change that destroys something or cannot be taken back.

    ``into`` recognises it by the current and the wanted value; at creation, where it is looked at
    only with ``at_creation``, the current value is ``None``. ``why`` ends the sentence "… cannot
    be undone: ". ``back`` recognises the way back, where HCP is known to refuse it.
    """

    into: Callable[[Any, Any], bool]
    why: str
    back: Callable[[Any, Any], bool] | None = None
    at_creation: bool = False


def switched_on(why: str, final: bool = True) -> OneWay:
    """A switch that stays on. ``final``: it is documented that HCP refuses to turn it off."""
    return OneWay(
        lambda current, wanted: wanted is True and current is not True,
        why,
        (lambda current, wanted: current is True and wanted is False) if final else None,
    )


@dataclass(frozen=True)
class Field:
    """One option and the MAPI property behind it.

    :ivar on_create: whether MAPI takes the property when the resource is created
    :ivar on_update: whether MAPI takes it later
    :ivar initial: what is sent at creation where a task is silent and MAPI insists on a value; a
        callable gets the options of the task
    :ivar given: for a property that cannot be sent at creation, the value HCP gives it, worked out
        from the options of the task
    :ivar absent: what it means that HCP shows no such property
    :ivar level: the level of account that alone may set it
    :ivar shown_to: the role without which HCP hides it
    :ivar with_: options whose values must be in the same request
    :ivar along: options whose values must be in the same request if the task has them
    """

    option: str
    wire: str
    value: Value
    on_create: bool = True
    on_update: bool = True
    initial: Any = None
    given: Callable[[Options], Any] | None = None
    absent: Any = None
    level: str | None = None
    shown_to: str = ""
    with_: tuple[str, ...] = ()
    along: tuple[str, ...] = ()
    one_way: OneWay | None = None
    required: bool = False

    def argument(self) -> dict[str, Any]:
        """The option's part of a module's argument specification."""
        spec = self.value.argument()
        if "password" in self.option:
            # Ansible warns of a password in the name of an option that says nothing about it.
            spec.setdefault("no_log", False)
        return dict(spec, required=True) if self.required else spec


class Struct(Value):
    """Options that are properties of one MAPI object.

    MAPI takes any selection of the properties and leaves the others; an object inside an object is
    sent whole. ``idle`` names the options that mean nothing in a given state, and which MAPI may
    refuse there.
    """

    def __init__(
        self, *fields: Field, idle: Callable[[Options], tuple[str, ...]] = lambda merged: ()
    ) -> None:
        self.fields = fields
        self.idle = idle

    def argument(self) -> dict[str, Any]:
        return {"type": "dict", "options": {each.option: each.argument() for each in self.fields}}

    def check(self, value: Any) -> str | None:
        for each in self.mentioned(value):
            problem = each.value.check(value[each.option])
            if problem:
                return f"has a bad {each.option}: it {problem}"
        return None

    def encode(self, value: Any) -> Any:
        return {each.wire: each.value.encode(value[each.option]) for each in self.mentioned(value)}

    def decode(self, wire: Any) -> Any:
        shown = wire if isinstance(wire, Mapping) else {}
        decoded = {
            each.option: each.value.decode(shown[each.wire])
            for each in self.fields
            if each.wire in shown
        }
        return {option: value for option, value in decoded.items() if value is not None}

    def same(self, wanted: Any, current: Any) -> bool:
        return not self.differing(wanted, current or {})

    def mentioned(self, options: Options) -> Iterator[Field]:
        """The fields for which there is a value among the options."""
        return (each for each in self.fields if options.get(each.option) is not None)

    def differing(self, wanted: Options, current: Options) -> list[Field]:
        """The fields whose wanted value HCP would see as a change. An empty state is unknown."""
        idle = self.idle({**current, **wanted})
        return [
            each
            for each in self.mentioned(wanted)
            if each.option not in idle and not _same(each, wanted[each.option], current)
        ]

    def delta(
        self, wanted: Options, current: Options, also: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """The options to send so that ``current`` becomes ``wanted``; empty if it is that already.

        ``also`` are options to send even if they are no change, as a password is never known to be.
        """
        names = {each.option for each in self.differing(wanted, current)}.union(also)
        merged = {**wanted, **self.merged(wanted, current)}
        sent = [each for each in self.fields if each.option in names]
        names.update(other for each in sent for other in each.with_)
        names.update(other for each in sent for other in each.along if other in wanted)
        names.difference_update(self.idle(merged))
        delta = {
            each.option: merged.get(each.option, each.absent)
            for each in self.fields
            if each.option in names
        }
        return {option: value for option, value in delta.items() if value is not None}

    def merged(self, wanted: Options, current: Options) -> dict[str, Any]:
        """``current`` with what ``wanted`` changes, and nothing else, put over it."""
        result = dict(current)
        for each in self.differing(wanted, current):
            value = wanted[each.option]
            if isinstance(each.value, Struct):
                value = each.value.merged(value, current.get(each.option) or {})
            result[each.option] = value
        return result

    def shown(self, options: Options) -> dict[str, Any]:
        """The options as HCP would show them once they are set: no secrets, HCP's spelling."""
        shown = self.decode(self.encode(options))
        return {each.option: shown[each.option] for each in self.fields if each.option in shown}


class Entries(Value):
    """A set of objects of one sort in one of MAPI's wrappers, which is always sent whole.

    ``absent`` of a field is what MAPI takes where an entry is silent. ``key`` names the field that
    tells one entry from another, ``most`` how many there may be.
    """

    def __init__(self, wrapper: str, entry: Struct, key: str = "", most: int = 0) -> None:
        self.wrapper = wrapper
        self.entry = entry
        self.key = key
        self.most = most

    def argument(self) -> dict[str, Any]:
        return {"type": "list", "elements": "dict", "options": self.entry.argument()["options"]}

    def check(self, value: Any) -> str | None:
        if self.most and len(value) > self.most:
            return f"may have at most {self.most} entries, this has {len(value)}"
        for number, entry in enumerate(value, 1):
            problem = self.entry.check(entry)
            if problem:
                return f"{problem} (entry {number})"
        names = [entry[self.key] for entry in value] if self.key else []
        twice = next((name for name in names if names.count(name) > 1), None)
        return None if twice is None else f"names '{twice}' twice"

    def encode(self, value: Any) -> Any:
        return {self.wrapper: [self.entry.encode(entry) for entry in value]}

    def decode(self, wire: Any) -> Any:
        found = [self._complete(self.entry.decode(each)) for each in members(wire, self.wrapper)]
        return sorted(found, key=lambda entry: str(entry.get(self.key, sorted(entry.items()))))

    def same(self, wanted: Any, current: Any) -> bool:
        left = [self._complete(entry) for entry in current or ()]
        for entry in map(self._complete, wanted):
            match = next((each for each in left if self.entry.same(entry, each)), None)
            if match is None:
                return False
            left.remove(match)
        return not left

    def _complete(self, entry: Options) -> dict[str, Any]:
        silent = {each.option: each.absent for each in self.entry.fields if each.absent is not None}
        return {**silent, **entry}


def _same(each: Field, wanted: Any, current: Options) -> bool:
    if isinstance(each.value, Secret):
        # Never shown, so sent only with what it belongs to, or where nothing is known.
        return bool(current) or wanted == ""
    held = current.get(each.option, each.absent)
    if held is None and isinstance(each.value, Struct):
        return each.value.same(wanted, None)
    if held is None:
        # What HCP does not show is empty, unless it hides it.
        return wanted in ("", []) and not each.shown_to
    return each.value.same(wanted, held)


class Request(NamedTuple):
    """One request of a creation or a removal. ``what`` says what of the resource it is about."""

    door: str
    method: str
    path: str
    body: Any
    options: tuple[str, ...]
    access: Access = NO_ROLES
    what: str = ""


class Change(NamedTuple):
    """One request that changes a part. ``hidden`` are those of its options that are secrets.

    ``path`` is what follows the path of the part. With a ``query`` it is an action.
    """

    method: str
    body: Any
    options: tuple[str, ...]
    after: Any
    hidden: tuple[str, ...] = ()
    path: str = ""
    query: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Part:
    """Settings that have their own path below the resource, their own roles and their own request.

    :ivar path: what follows the path of the resource
    :ivar listed: whether info modules show it
    :ivar door: the interface that the part is reached through
    :ivar of: the kind of resource whose path that is, if it is not the part's own
    :ivar refused: what reading answers where HCP has the part only under conditions; such a part
        counts as unknown and is sent whole
    :ivar order: when the part is written, by what is wanted of it: below zero before the resource
        itself is changed, else after it, the smallest first
    :ivar clear: the method that removes the part, where an empty value means that
    :ivar needs_item: whether reading the part takes the resource itself
    :ivar in_creation: whether the creation of the resource carries it already
    :ivar rank: as that of the resource, for a part that speaks of other resources
    :ivar fixed: whether HCP decides it for good when the resource is created
    :ivar one_way: for a part that is no ``Struct``, whose fields have their own
    """

    option: str
    path: str
    value: Value
    access: Access
    method: str = "POST"
    clear: str | None = None
    refused: tuple[int, ...] = ()
    order: Callable[[Any], int] = field(default=lambda wanted: 0)
    needs_item: bool = False
    in_creation: bool = False
    listed: bool = True
    door: str = MAPI
    of: Resource | None = None
    rank: int = 0
    fixed: bool = False
    one_way: OneWay | None = None

    def argument(self) -> dict[str, Any]:
        """The option's part of a module's argument specification."""
        return self.value.argument()

    def read(self, task: Task, state: State) -> Any:
        """The current value, in the words of a task; ``None`` for none."""
        wire = task.door(self.door).find(task.part_path(self, state.name))
        return None if wire is None else self.value.decode(wire)

    def change(self, task: Task, wanted: Any, current: Any) -> Change | None:
        """What to send so that the part becomes as wanted; ``None`` if it is that already."""
        if isinstance(self.value, Struct):
            return self.delta(self.value, wanted, current or {})
        if current is not None and self.value.same(wanted, current):
            return None
        if self.fixed and current is not None:
            task.refuse(
                "forbidden_change",
                f"{self.option} of {task.label} is {current!r} and cannot be changed: HCP decides"
                " it at creation.",
                self.option,
            )
        if self.fixed:
            return None
        after = self.value.decode(self.value.encode(wanted))
        if self.clear and not wanted:
            return Change(self.clear, None, (self.option,), after) if current else None
        return Change(self.method, self.value.encode(wanted), (self.option,), after)

    def changes(self, task: Task, wanted: Any, current: Any) -> list[Change]:
        """The same where it may take more than one request."""
        change = self.change(task, wanted, current)
        return [change] if change else []

    def guarded(self, wanted: Any, current: Any) -> tuple[Struct, Options, Options]:
        """The fields whose change may be forbidden, with what is wanted of them and what is."""
        if isinstance(self.value, Struct):
            return self.value, wanted, current or {}
        own = [Field(self.option, "", self.value, one_way=self.one_way)] if self.one_way else []
        return Struct(*own), {self.option: wanted}, {self.option: current}

    def delta(
        self, value: Struct, wanted: Options, current: Options, also: tuple[str, ...] = ()
    ) -> Change | None:
        """The change of those properties only that differ, and of those named in ``also``."""
        delta = value.delta(wanted, current, also)
        if not delta:
            return None
        names = tuple(f"{self.option}.{name}" for name in delta)
        hidden = tuple(
            f"{self.option}.{each.option}"
            for each in value.fields
            if each.option in delta and isinstance(each.value, Secret)
        )
        after = {**current, **value.shown(delta)}
        return Change(self.method, value.encode(delta), names, after, hidden)


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
    :ivar renewed: what to work as after a task has changed the account that it worked as
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
    renewed: Callable[[Task, list[Step]], Credentials | None] = lambda task, steps: None
    unfinished: Callable[[Task], bool] = lambda task: False
    made_by: Callable[[Task], list[Request]] | None = None
    removed_by: Callable[[Task], list[Request]] | None = None
    removal: Callable[[Task, State], Mapping[str, str]] = lambda task, state: {}
    door: str = MAPI
    destroys: str | None = None
    kept: str = ""
    former: str | None = None
    confirmable: Mapping[str, str] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)
    brings: Callable[[Options], Mapping[str, Mapping[str, Any]]] = lambda options: {}
    is_own: Callable[[Task], bool] = lambda task: False
    rank: int = 20
    among: str = ""
    system: str = ""
    without: Callable[[Door, Options], bool] = lambda door, options: False
    known_as: Callable[[Task, str], str | None] = lambda task, name: None

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
