# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options and the MAPI properties behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..values.base import Value, list_members
from ..values.text import Secret
from .interface import Options


@dataclass(frozen=True, eq=False, repr=False)
class Irreversible:
    """A change that destroys something or cannot be undone.

    :ivar is_change: recognises the change by the current and the wanted value; the current value is
        ``None`` at creation
    :ivar why: the end of the sentence "… cannot be undone: "
    :ivar is_reversal: recognises the opposite change, where HCP is known to refuse it
    :ivar at_creation: whether a creation with such a value counts as the change
    """

    is_change: Callable[[Any, Any], bool]
    why: str
    is_reversal: Callable[[Any, Any], bool] | None = None
    at_creation: bool = False


def irreversible_switch(why: str, final: bool = True) -> Irreversible:
    """Return the rule of a switch that stays on. ``final``: HCP is documented to refuse "off"."""
    return Irreversible(
        lambda current, wanted: wanted is True and current is not True,
        why,
        (lambda current, wanted: current is True and wanted is False) if final else None,
    )


@dataclass(frozen=True, eq=False, repr=False)
class Field:
    """One option and the MAPI property behind it.

    :ivar on_create: whether MAPI takes the property when the resource is created
    :ivar on_update: whether MAPI takes it later
    :ivar initial: the value to send at creation if the task gives none and MAPI requires one; a
        callable gets the options of the task
    :ivar server_default: returns the value that HCP itself gives to a property that cannot be sent
        at creation
    :ivar when_absent: the value to assume where HCP shows no such property
    :ivar refused_without_feature: whether HCP refuses the property where a feature is missing, even
        with the value ``when_absent``, which the resource then has anyway
    :ivar level: the level of account that alone may set it
    :ivar visible_to: the role without which HCP hides it
    :ivar requires: options whose values must be in the same request
    :ivar sent_along: options whose values must be in the same request if the task has them
    """

    option: str
    wire: str
    value: Value
    on_create: bool = True
    on_update: bool = True
    initial: Any = None
    server_default: Callable[[Options], Any] | None = None
    when_absent: Any = None
    refused_without_feature: bool = False
    level: str | None = None
    visible_to: str = ""
    requires: tuple[str, ...] = ()
    sent_along: tuple[str, ...] = ()
    irreversible: Irreversible | None = None
    required: bool = False

    def argument(self) -> dict[str, Any]:
        """The option's part of a module's argument specification."""
        spec = self.value.argument()
        if "password" in self.option:
            # Ansible warns of options with "password" in their name that do not set no_log.
            spec.setdefault("no_log", False)
        return dict(spec, required=True) if self.required else spec


class Struct(Value):
    """Options that are properties of one MAPI object.

    MAPI takes any selection of the properties and keeps the others. An object inside an object is
    sent whole. ``ineffective`` returns the options that have no meaning in a given state; MAPI may
    refuse them there.
    """

    def __init__(
        self, *fields: Field, ineffective: Callable[[Options], tuple[str, ...]] = lambda merged: ()
    ) -> None:
        self.fields = fields
        self.ineffective = ineffective

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
        return not self.differences(wanted, current or {})

    def reduced(self, options: Options) -> Iterator[dict[str, Any]]:
        """Yield the options without values that HCP may refuse although they change nothing.

        Each time one option less, the last field first.
        """
        left = dict(options)
        for each in reversed(self.fields):
            value = left.get(each.option)
            if each.refused_without_feature and value is not None and value == each.when_absent:
                del left[each.option]
                yield dict(left)

    def mentioned(self, options: Options) -> Iterator[Field]:
        """Return the fields that have a value in the options."""
        return (each for each in self.fields if options.get(each.option) is not None)

    def differences(self, wanted: Options, current: Options) -> list[Field]:
        """Return the fields whose wanted value differs. An empty state counts as unknown."""
        ineffective = self.ineffective({**current, **wanted})
        return [
            each
            for each in self.mentioned(wanted)
            if each.option not in ineffective and not _same(each, wanted[each.option], current)
        ]

    def delta(
        self, wanted: Options, current: Options, also: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """Return the options to send so that ``current`` becomes ``wanted``.

        ``also`` names options to send even if they do not differ, such as a password.
        """
        names = {each.option for each in self.differences(wanted, current)}.union(also)
        if not names:
            return {}
        merged = {**wanted, **self.merged(wanted, current)}
        sent = [each for each in self.fields if each.option in names]
        names.update(other for each in sent for other in each.requires)
        names.update(other for each in sent for other in each.sent_along if other in wanted)
        names.difference_update(self.ineffective(merged))
        delta = {
            each.option: merged.get(each.option, each.when_absent)
            for each in self.fields
            if each.option in names
        }
        return {option: value for option, value in delta.items() if value is not None}

    def merged(self, wanted: Options, current: Options) -> dict[str, Any]:
        """Return ``current`` with the differences in ``wanted`` applied."""
        result = dict(current)
        for each in self.differences(wanted, current):
            value = wanted[each.option]
            if isinstance(each.value, Struct):
                value = each.value.merged(value, current.get(each.option) or {})
            result[each.option] = value
        return result

    def shown(self, options: Options) -> dict[str, Any]:
        """Return the options as HCP shows them once they are set: in HCP's spelling, no secrets."""
        shown = self.decode(self.encode(options))
        return {each.option: shown[each.option] for each in self.fields if each.option in shown}


class ObjectList(Value):
    """A set of objects in one of MAPI's wrappers, which is always sent whole.

    ``when_absent`` of a field is MAPI's default for an entry that omits it. ``key`` names the field
    that identifies an entry, ``most`` limits their number.
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
        found = [
            self._complete(self.entry.decode(each)) for each in list_members(wire, self.wrapper)
        ]
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
        silent = {
            each.option: each.when_absent
            for each in self.entry.fields
            if each.when_absent is not None
        }
        return {**silent, **entry}


def _same(each: Field, wanted: Any, current: Options) -> bool:
    if isinstance(each.value, Secret):
        # A secret is never shown, so it is sent with what it belongs to, or if nothing is known.
        return bool(current) or wanted == ""
    held = current.get(each.option, each.when_absent)
    if held is None and isinstance(each.value, Struct):
        return each.value.same(wanted, None)
    if held is None:
        # A value that HCP does not show is empty, unless HCP hides it.
        return wanted in ("", []) and not each.visible_to
    return each.value.same(wanted, held)
