# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A configuration: the resources of an HCP, nested as they belong to each other.

Each resource has the options of its kind's module. Below it, under the plural of their kind, are
lists of the resources that belong to it. Which kinds belong where follows from their tables.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from ..redaction import secret_options, secret_values
from ..resources.kinds import below
from ..schema.resource import Resource

# Checks the options of one resource. Returns them with defaults, and a sentence for each mistake.
Check = Callable[[Resource, Mapping[str, Any]], "tuple[dict[str, Any], list[str]]"]


@dataclass
class Entry:
    """One resource of a configuration.

    :ivar options: the options of its module, and the names of its parents
    :ivar where: its place in the configuration, as ``config.tenants[0]``
    :ivar lists: the entries below it, by the plural of the kind; a list may be empty
    """

    resource: Resource
    options: dict[str, Any]
    where: str
    parent: Entry | None = None
    lists: dict[str, list[Entry]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        resource = self.resource
        return resource.kind if resource.is_singleton else str(self.options[resource.key.option])

    @property
    def names(self) -> tuple[str, ...]:
        """The name, and the old name if the resource will be renamed."""
        former = (
            self.options.get(self.resource.rename_option) if self.resource.rename_option else None
        )
        return (self.name, str(former)) if former else (self.name,)

    @property
    def label(self) -> str:
        return self.resource.label(self.options, self.name)

    @property
    def present(self) -> bool:
        return bool(self.options.get("state", "present") == "present")

    @cached_property
    def name_only(self) -> bool:
        """Whether it has no options but its name."""
        fields, parts = self.resource.item.fields, self.resource.parts
        described = [*(each.option for each in fields), *(each.option for each in parts)]
        extras = [*self.resource.extras, self.resource.rename_option or ""]
        defaults = {name: each.get("default") for name, each in self.resource.extras.items()}
        return self.present and not any(
            self.options.get(each) not in (None, defaults.get(each)) for each in described + extras
        )

    @property
    def container_only(self) -> bool:
        """Whether it only holds other entries: its options do not suffice to create it."""
        return self.name_only and self.resource.creation_problem(self.options) is not None

    def parent_options(self) -> dict[str, Any]:
        """Return the options with which the entries below it name it."""
        above = {each.option: self.options[each.option] for each in self.resource.parents}
        return {**above, self.resource.kind: self.name}


@dataclass
class Tree:
    """A parsed configuration. If there are ``problems``, sentences, it must not be used."""

    lists: dict[str, list[Entry]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def parse(config: Mapping[str, Any], check: Check) -> Tree:
    """Parse a configuration."""
    tree = Tree()
    kinds = below(None)
    for name in config:
        if name not in {kind.plural for kind in kinds}:
            choices = ", ".join(kind.plural for kind in kinds)
            tree.problems.append(f"config: '{name}' is unknown here. Known are: {choices}.")
    tree.lists = _lists(config, kinds, None, "config", check, tree.problems)
    return tree


def _lists(
    holder: Mapping[str, Any],
    kinds: list[Resource],
    parent: Entry | None,
    where: str,
    check: Check,
    problems: list[str],
) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for kind in kinds:
        wished = holder.get(kind.plural)
        if wished is None:
            continue
        place = f"{where}.{kind.plural}"
        if kind.is_singleton:
            entry = _entry(wished, kind, parent, place, check, problems)
            found[kind.plural] = [entry] if entry else []
            continue
        if not isinstance(wished, list):
            problems.append(f"{place} must be a list.")
            continue
        found[kind.plural] = entries = []
        for number, item in enumerate(wished):
            entry = _entry(item, kind, parent, f"{place}[{number}]", check, problems)
            if entry is not None:
                entries.append(entry)
        _find_duplicates(entries, problems)
    return found


def _entry(
    item: Any,
    kind: Resource,
    parent: Entry | None,
    where: str,
    check: Check,
    problems: list[str],
) -> Entry | None:
    if not isinstance(item, Mapping):
        problems.append(f"{where} must be a dictionary.")
        return None
    kinds = below(kind)
    nested = {each.plural for each in kinds}
    options, wrong = check(kind, {name: item[name] for name in item if name not in nested})
    named = str(item.get(kind.key.option, ""))
    problems.extend(f"{where} ({kind.kind} {named}): {sentence}" for sentence in wrong)
    if wrong:
        return None
    above = parent.parent_options() if parent else {}
    entry = Entry(kind, {**above, **options}, where, parent)
    entry.lists = _lists(item, kinds, entry, where, check, problems)
    if not entry.present and any(entry.lists.values()):
        problems.append(f"{where} ({entry.label}) is absent, so it can have no entries.")
    return entry


def _find_duplicates(entries: list[Entry], problems: list[str]) -> None:
    seen: dict[str, Entry] = {}
    for entry in entries:
        # HCP ignores the case of names.
        first = seen.setdefault(entry.name.lower(), entry)
        if first is not entry:
            problems.append(f"{entry.where} and {first.where} are both {entry.label}.")


def secrets(config: Any, kinds: list[Resource] | None = None) -> set[str]:
    """Return the secrets in a configuration, valid or not."""
    found: set[str] = set()
    if not isinstance(config, Mapping):
        return found
    for kind in below(None) if kinds is None else kinds:
        wished = config.get(kind.plural)
        for item in wished if isinstance(wished, list) else [wished]:
            found |= secret_values(item, _secret_options(kind))
            found |= secrets(item, below(kind))
    return found


@cache
def _secret_options(kind: Resource) -> dict[str, Any]:
    return secret_options({**kind.arguments(), **kind.extras})
