# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks, and the steps and outcomes of their plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from ..protocols.errors import HcpError
from ..protocols.mapi.client import Client, segment
from ..refusal import RefusedError
from ..schema.context import State
from ..schema.interface import MAPI, NO_ROLES, Access, Interface
from ..schema.part import Part
from ..schema.resource import Resource
from ..values.text import Secret

PLANNED, DONE, FAILED, UNKNOWN, NOT_DONE = "planned", "done", "failed", "unknown", "not_done"
PARTLY_DONE = "partly_done"


class StoppedError(Exception):
    """A plan that failed part-way. ``cause`` is the failure, ``outcome`` has the steps done."""

    def __init__(self, cause: HcpError, outcome: Outcome) -> None:
        self.cause = cause
        self.outcome = outcome
        super().__init__(str(cause))


@dataclass(eq=False, repr=False)
class Step:
    """One request of a plan.

    ``query`` and ``body`` may hold a password and are never part of a result; ``hidden`` are the
    options among ``options`` whose values are secrets. ``moves_to`` is where a rename leads.
    ``rank`` says when its turn comes where many resources change together. ``alternatives`` are
    bodies to send instead, one after another, if HCP refuses the body; an empty one is not sent.
    """

    action: str
    resource: str
    method: str
    path: str
    body: Any = None
    query: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    risk: str = "update"
    access: Access = NO_ROLES
    interface: str = MAPI
    hidden: tuple[str, ...] = ()
    moves_to: str = ""
    rank: int = 0
    alternatives: tuple[Any, ...] = ()
    status: str = PLANNED

    def as_dict(self) -> dict[str, Any]:
        """Return the step as data, without secrets."""
        return {
            "action": self.action,
            "resource": self.resource,
            "method": self.method,
            "path": self.path,
            "options": list(self.options),
            "risk": self.risk,
            "status": self.status,
        }


@dataclass(eq=False, repr=False)
class Task:
    """The wanted state of one resource.

    ``options`` holds what the user wrote and nothing else; ``level`` is the level of the account
    that ``mapi``, and the ``others`` of HCP's interfaces, work as. With ``assume_absent`` check
    mode does not ask HCP: what the resource hangs on is itself only predicted.
    """

    resource: Resource
    options: Mapping[str, Any]
    mapi: Client
    level: str
    others: Mapping[str, Interface] = field(default_factory=dict)
    present: bool = True
    assume_absent: bool = False
    check: bool = False
    confirmed: frozenset[str] = frozenset()
    warnings: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        resource = self.resource
        return resource.kind if resource.is_singleton else str(self.options[resource.key.option])

    @property
    def label(self) -> str:
        return self.resource.label(self.options, self.name)

    @property
    def tenant_path(self) -> str:
        """The path of the tenant that the resource belongs to."""
        return f"/tenants/{segment(str(self.resource.tenant(self.options)))}"

    def path(self, name: str | None = None) -> str:
        """The path of the resource."""
        return self.resource.path(self.options, name or self.name)

    def interface(self, name: str) -> Interface:
        """The interface of HCP with that name."""
        return self.mapi if name == MAPI else self.others[name]

    @property
    def own_interface(self) -> Interface:
        """The interface that serves the resource itself."""
        return self.interface(self.resource.interface)

    def refuse(self, code: str, sentence: str, option: str = "") -> NoReturn:
        """Stop before anything is sent."""
        raise RefusedError(code, sentence, self.label, option)

    def wanted_parts(self) -> Iterator[tuple[Part, Any]]:
        """Yield the parts that the task sets, with their wanted values."""
        for part in self.resource.parts:
            if self.options.get(part.option) is not None:
                yield part, self.options[part.option]

    def shown(self, state: State) -> dict[str, Any]:
        """Return a state as options; empty for a resource that does not exist."""
        if not state.exists:
            return {}
        resource = self.resource
        known = {
            part.option: state.parts[part.option]
            for part in resource.parts
            if state.parts.get(part.option) is not None and not isinstance(part.value, Secret)
        }
        return {
            **resource.parent_names(self.options),
            **resource.name_option(state.name),
            **state.item,
            **known,
        }


@dataclass(eq=False, repr=False)
class Outcome:
    """The state before and after a task, and its steps."""

    before: dict[str, Any]
    after: dict[str, Any]
    details: dict[str, Any]
    steps: list[Step]

    @property
    def changed(self) -> bool:
        return bool(self.steps)

    @property
    def created(self) -> bool:
        return any(step.action == "create" for step in self.steps)

    @property
    def options_done(self) -> frozenset[str]:
        """The options of the steps that are done."""
        return frozenset(
            option for step in self.steps if step.status == DONE for option in step.options
        )
