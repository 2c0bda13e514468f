# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Preconditions: a task is refused here before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..schema.fields import Field, Struct
from ..schema.interface import SYSTEM, TENANT
from ..schema.part import Part
from .model import Task


def check_options(task: Task) -> None:
    """Refuse options that are invalid whatever the state of HCP is."""
    resource = task.resource
    described: list[Field | Part] = [*resource.item.fields, *resource.parts]
    for each in described:
        value = task.options.get(each.option)
        problem = None if value is None else each.value.check(value)
        if problem:
            task.refuse("bad_option", f"{each.option} {problem}.", each.option)
    former = task.options.get(resource.rename_option) if resource.rename_option else None
    problem = resource.key.value.check(former) if former else None
    if problem:
        task.refuse(
            "bad_option", f"{resource.rename_option} {problem}.", str(resource.rename_option)
        )
    for rule in resource.rules:
        sentence = rule(task.options)
        if sentence:
            task.refuse("bad_option", sentence)


def check_level(task: Task, each: Field) -> None:
    """Refuse an option that accounts of this level cannot set."""
    if each.level in (None, task.level):
        return
    only = {
        SYSTEM: "a system-level account (account_level: system)",
        TENANT: "a tenant-level account (account_level: tenant), once the tenant exists",
    }
    task.refuse(
        "wrong_level",
        f"{each.option} of {task.label} can only be set with {only[each.level or TENANT]}.",
        each.option,
    )


def check_changes(
    task: Task, struct: Struct, wanted: Mapping[str, Any], current: Mapping[str, Any]
) -> None:
    """Refuse changes that HCP is known to refuse."""
    for each in struct.mentioned(wanted):
        if each.level and current and each.option not in current:
            # HCP hides it from accounts of this level, so its value is unknown.
            check_level(task, each)
    for each in struct.differences(wanted, current):
        held = current.get(each.option)
        target = wanted[each.option]
        if isinstance(each.value, Struct):
            check_changes(task, each.value, target, held or {})
            continue
        if each.visible_to and held is None:
            task.refuse(
                "hidden",
                f"HCP shows {each.option} only to accounts with the role {each.visible_to}, so it"
                f" is not known whether {task.label} has it already. Use such an account.",
                each.option,
            )
        if held is None or task.level == TENANT:
            # A system-level account may change a tenant's own setting if HCP shows it.
            check_level(task, each)
        back = each.irreversible.is_reversal if each.irreversible else None
        if not each.on_update or (back and back(held, target)):
            task.refuse(
                "forbidden_change",
                f"{each.option} of {task.label} is {held!r}, and HCP does not allow {target!r}.",
                each.option,
            )


def guard(
    task: Task,
    struct: Struct,
    current: Mapping[str, Any],
    wanted: Mapping[str, Any],
    creating: bool = False,
) -> bool:
    """Return whether the change is irreversible; refuse it unless it is confirmed."""
    final = False
    for each in struct.differences(wanted, current) if wanted else ():
        way = each.irreversible
        if way is None or (creating and not way.at_creation):
            continue
        if not way.is_change(current.get(each.option), wanted[each.option]):
            continue
        final = True
        if each.option not in task.confirmed:
            task.refuse(
                "needs_confirmation",
                f"Setting {each.option} of {task.label} to {wanted[each.option]!r} cannot be"
                f" undone: {way.why}. To allow that, add 'confirm: [{each.option}]'.",
                each.option,
            )
    return final
