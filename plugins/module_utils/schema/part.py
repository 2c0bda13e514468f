# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parts of a resource."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..values.base import Value
from ..values.text import Secret
from .context import Context, State
from .fields import Field, Irreversible, Struct
from .interface import MAPI, Access, Change, Options


@dataclass(frozen=True, eq=False, repr=False)
class Part:
    """Settings that have their own path below the resource, their own roles and their own request.

    :ivar path: what follows the path of the resource
    :ivar in_info: whether info modules show it
    :ivar interface: the interface that serves the part
    :ivar owner_path: returns the path of a resource of another kind, if the part is below that one
    :ivar unavailable_statuses: HTTP statuses of a read that mean that HCP does not have the part in
        the present state; the part then counts as unknown and is sent whole
    :ivar order: when the part is written, by what is wanted of it: below zero before the resource
        itself is changed, else after it, the smallest first
    :ivar clear_method: the method that removes the part, if an empty value stands for that
    :ivar needs_item: whether reading the part requires the resource itself
    :ivar in_creation: whether the creation of the resource sends it
    :ivar rank: a rank of its own, for a part that names other resources
    :ivar set_at_creation: whether only the creation of the resource can set it
    :ivar merges: whether what HCP has and the task does not name stays, unless the task says
        ``exact`` of it
    :ivar irreversible: the irreversible change of a part that is no ``Struct``
    """

    option: str
    path: str
    value: Value
    access: Access
    method: str = "POST"
    clear_method: str | None = None
    unavailable_statuses: tuple[int, ...] = ()
    order: Callable[[Any], int] = field(default=lambda wanted: 0)
    needs_item: bool = False
    in_creation: bool = False
    in_info: bool = True
    interface: str = MAPI
    owner_path: Callable[[Options, str], str] | None = None
    rank: int = 0
    set_at_creation: bool = False
    merges: bool = False
    irreversible: Irreversible | None = None

    def argument(self) -> dict[str, Any]:
        """The option's part of a module's argument specification."""
        return self.value.argument()

    def is_exact(self, options: Options) -> bool:
        """Whether the task replaces the content of the part, and does not add to it."""
        return self.option in (options.get("exact") or ())

    def path_below(self, task: Context, name: str) -> str:
        """The path of the part, for the resource of that name."""
        owner = self.owner_path(task.options, name) if self.owner_path else task.path(name)
        return owner + self.path

    def read(self, task: Context, state: State) -> Any:
        """Return the present value as an option, or ``None``."""
        wire = task.interface(self.interface).find(self.path_below(task, state.name))
        return None if wire is None else self.value.decode(wire)

    def change(self, task: Context, wanted: Any, current: Any) -> Change | None:
        """Return the request that brings the part into the wanted state, or ``None``."""
        if isinstance(self.value, Struct):
            return self.delta(self.value, wanted, current or {})
        if current is not None and self.value.same(wanted, current):
            return None
        if self.set_at_creation and current is not None:
            task.refuse(
                "forbidden_change",
                f"{self.option} of {task.label} is {current!r} and cannot be changed: HCP decides"
                " it at creation.",
                self.option,
            )
        if self.set_at_creation:
            return None
        after = self.value.decode(self.value.encode(wanted))
        if self.clear_method and not wanted:
            return Change(self.clear_method, None, (self.option,), after) if current else None
        return Change(self.method, self.value.encode(wanted), (self.option,), after)

    def changes(self, task: Context, wanted: Any, current: Any) -> list[Change]:
        """Return the requests, if it may take more than one."""
        change = self.change(task, wanted, current)
        return [change] if change else []

    def irreversible_fields(self, wanted: Any, current: Any) -> tuple[Struct, Options, Options]:
        """Return the fields whose change may be refused, with wanted and present values."""
        if isinstance(self.value, Struct):
            return self.value, wanted, current or {}
        own = (
            [Field(self.option, "", self.value, irreversible=self.irreversible)]
            if self.irreversible
            else []
        )
        return Struct(*own), {self.option: wanted}, {self.option: current}

    def delta(
        self, value: Struct, wanted: Options, current: Options, also: tuple[str, ...] = ()
    ) -> Change | None:
        """Return the change of the properties that differ, and of those named in ``also``."""
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
