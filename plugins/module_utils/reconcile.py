# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what a task wants and what HCP has to a plan, and from the plan to HCP.

Only what the task mentions is read, only what differs is written, and nothing is written before the
whole plan has passed its checks. ``converge`` is the one way to do all of it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, NoReturn

from .errors import ContendedError, HcpError, RefusedError
from .guards import check_changes, check_level, check_options, guard
from .mapi.client import Client, segment
from .resources.table import (
    MAPI,
    NO_ROLES,
    Access,
    Door,
    Part,
    Request,
    Resource,
    Struct,
)
from .transport import NoAnswerError
from .values import Secret

PLANNED, DONE, FAILED, UNKNOWN, NOT_DONE = "planned", "done", "failed", "unknown", "not_done"
PARTLY_DONE = "partly_done"
# How often a task sets again what somebody else has overwritten.
ROUNDS = 3
# Seconds between two of these times.
LONGEST_PAUSE = 1.0


class StoppedError(Exception):
    """A plan that HCP stopped: ``cause`` is the failure, ``outcome`` tells how far it got."""

    def __init__(self, cause: HcpError, outcome: Outcome) -> None:
        self.cause = cause
        self.outcome = outcome
        super().__init__(str(cause))


@dataclass
class Step:
    """One request of a plan.

    ``query`` and ``body`` may hold a password and are never part of a result; ``hidden`` are the
    options among ``options`` whose values are secrets. ``moves_to`` is where a rename leads.
    ``rank`` says when its turn comes where many resources change together.
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
    door: str = MAPI
    hidden: tuple[str, ...] = ()
    moves_to: str = ""
    rank: int = 0
    status: str = PLANNED

    def as_dict(self) -> dict[str, Any]:
        """The step as data, without its secrets."""
        return {
            "action": self.action,
            "resource": self.resource,
            "method": self.method,
            "path": self.path,
            "options": list(self.options),
            "risk": self.risk,
            "status": self.status,
        }


@dataclass
class Task:
    """What is wanted of one resource.

    ``options`` holds what the user wrote and nothing else; ``level`` is the level of the account
    that ``mapi``, and the ``others`` of HCP's interfaces, work as. With ``assume_absent`` check
    mode does not ask HCP: what the resource hangs on is itself only predicted.
    """

    resource: Resource
    options: Mapping[str, Any]
    mapi: Client
    level: str
    others: Mapping[str, Door] = field(default_factory=dict)
    present: bool = True
    assume_absent: bool = False
    check: bool = False
    confirmed: frozenset[str] = frozenset()
    warnings: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        resource = self.resource
        return resource.kind if resource.single else str(self.options[resource.key.option])

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

    def part_path(self, part: Part, name: str) -> str:
        """The path of a part of the resource of that name."""
        return (part.of or self.resource).path(self.options, name) + part.path

    def door(self, name: str) -> Door:
        """The interface of HCP with that name."""
        return self.mapi if name == MAPI else self.others[name]

    @property
    def own_door(self) -> Door:
        """The interface that the resource itself is reached through."""
        return self.door(self.resource.door)

    def refuse(self, code: str, sentence: str, option: str = "") -> NoReturn:
        """Stop before anything is sent."""
        raise RefusedError(code, sentence, self.label, option)

    def wanted_parts(self) -> Iterator[tuple[Part, Any]]:
        """The parts that the task mentions, with what it wants of each."""
        for part in self.resource.parts:
            if self.options.get(part.option) is not None:
                yield part, self.options[part.option]


@dataclass
class State:
    """What HCP has, as far as it was read. ``item`` is empty where only parts were.

    ``former``: it was found under its former name.
    """

    exists: bool
    name: str
    item: dict[str, Any] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, Any] = field(default_factory=dict)
    former: bool = False

    def shown(self, task: Task) -> dict[str, Any]:
        """The state in the words of a task; empty for a resource that does not exist."""
        if not self.exists:
            return {}
        known = {
            part.option: self.parts[part.option]
            for part in task.resource.parts
            if self.parts.get(part.option) is not None and not isinstance(part.value, Secret)
        }
        resource = task.resource
        return {
            **resource.above(task.options),
            **resource.named(self.name),
            **self.item,
            **known,
        }


@dataclass
class Outcome:
    """What a task found and did, or would do."""

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


def converge(task: Task) -> Outcome:
    """Make HCP as the task wants it; in check mode, only say what that would take.

    :raises RefusedError: nothing was sent, because of the task or of what HCP has
    :raises HcpError: HCP could not be read
    :raises StoppedError: HCP stopped the plan part-way
    """
    check_options(task)
    state = State(False, task.name) if task.check and task.assume_absent else read(task)
    outcome = plan(task, state)
    if task.check or not outcome.steps:
        return outcome
    outcome = carry_out(task, outcome)
    if task.present:
        _take_stock(task, outcome)
    return outcome


def carry_out(task: Task, outcome: Outcome, rank: int | None = None) -> Outcome:
    """Take the steps of a plan that are not done, or only those of one rank.

    :return: the plan, which may have become another one
    :raises StoppedError: HCP stopped it part-way
    """
    try:
        _apply(task, outcome, rank)
    except StoppedError as stopped:
        return _after_conflict(task, stopped, rank)
    return outcome


def _after_conflict(task: Task, stopped: StoppedError, rank: int | None) -> Outcome:
    """Go on from what somebody else, or an earlier try of the very same request, has created."""
    cause, before = stopped.cause, stopped.outcome.before
    first = stopped.outcome.steps[0]
    if cause.code != "conflict" or first.action != "create" or first.status == DONE:
        raise stopped
    try:
        outcome = plan(task, read(task))
    except HcpError as error:
        raise StoppedError(error, stopped.outcome) from None
    if cause.uncertain:
        # The first try was ours, only its answer was lost.
        first.status = DONE
        outcome.steps.insert(0, first)
        outcome.before = before
    _apply(task, outcome, rank)
    return outcome


def read(task: Task, after_writing: bool = False) -> State:
    """Read the resource, as far as the task speaks of it."""
    resource, parts = task.resource, list(task.wanted_parts())
    if after_writing:
        parts = [(part, wanted) for part, wanted in parts if not part.needs_item]
    former = task.options.get(resource.former) if resource.former else None
    fields = any(True for _each in resource.item.mentioned(task.options))
    indirect = any(part.needs_item for part, _wanted in parts)
    # Through the management API a part shows that the resource is there, and whose it is.
    direct = resource.door == MAPI and not fields and not former and not indirect
    if task.present and parts and direct:
        state = _read_parts(task, State(True, task.name), parts)
        if any(value is not None for value in state.parts.values()):
            return state
        if reading(resource.access, task.path(), lambda: task.own_door.exists(task.path())):
            return state
        # HEAD does not tell absent from hidden; the GET below does.
    state = _read_item(task, task.name)
    if not state.exists and former and task.present:
        state = replace(_read_item(task, str(former)), former=True)
    return _read_parts(task, state, parts) if state.exists and task.present else state


def read_all(
    task: Task, name: str, unreadable: Callable[[Part, HcpError], None] | None = None
) -> State:
    """Read one resource with the parts that the options name, whatever their value.

    ``unreadable`` is told of parts that could not be read; without it they are failures.
    """
    state = _read_item(task, name)
    parts = list(task.wanted_parts()) if state.exists else []
    return _read_parts(task, state, parts, unreadable)


def _read_item(task: Task, name: str) -> State:
    path = task.path(name)

    def found() -> State:
        try:
            wire = task.own_door.find(path, {"verbose": "true"})
        except HcpError as error:
            if error.code != "not_owner" or not task.resource.unfinished(task):
                raise
            wire = None
        return State(False, name) if wire is None else _state(task.resource, name, wire)

    state: State = reading(task.resource.access, path, found)
    if not state.exists:
        other = reading(task.resource.access, path, partial(task.resource.known_as, task, name))
        return _read_item(task, other) if other else state
    return state


def _state(resource: Resource, name: str, wire: Mapping[str, Any]) -> State:
    details = {
        option: kind.decode(wire[prop]) if kind else wire[prop]
        for prop, option, kind in resource.read_only
        if wire.get(prop) not in (None, "")
    }
    # The default tenant is shown without its name.
    shown = str(wire.get(resource.key.wire) or name)
    return State(True, shown, item=resource.item.decode(wire), details=details)


def _read_parts(
    task: Task,
    state: State,
    parts: list[tuple[Part, Any]],
    unreadable: Callable[[Part, HcpError], None] | None = None,
) -> State:
    for part, _wanted in parts:
        try:
            path = task.part_path(part, state.name)
            value = reading(part.access, path, partial(part.read, task, state))
        except HcpError as error:
            if error.status not in part.refused and unreadable is None:
                raise
            if error.status not in part.refused and unreadable is not None:
                unreadable(part, error)
            value = None
        state.parts[part.option] = value
    return state


def reading(access: Access, path: str, call: Callable[[], Any]) -> Any:
    """Read and understand something; what cannot be understood does not come from HCP."""
    try:
        return call()
    except HcpError as error:
        raise error.with_roles(access.read) from None
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        nothing = NoAnswerError("not_mapi", "the answer has another shape than HCP's", False)
        raise HcpError.no_answer("GET", path, nothing) from None


def plan(task: Task, state: State) -> Outcome:
    """The steps from a state to what the task wants."""
    if not task.present:
        return _removal(task, state)
    before = state.shown(task)
    steps, after = _update(task, state) if state.exists else _creation(task)
    return Outcome(before, after.shown(task), state.details, steps)


def _removal(task: Task, state: State) -> Outcome:
    if not state.exists:
        return Outcome({}, {}, {}, [])
    destroys = task.resource.destroys
    if destroys and "delete" not in task.confirmed:
        sentence = f"Deleting {task.label} {destroys}. If that is meant, add 'confirm: [delete]'."
        task.refuse("needs_confirmation", sentence, "state")
    before = task.resource.removed_by(task) if task.resource.removed_by else []
    access = task.resource.access
    last = Request(task.resource.door, "DELETE", task.path(state.name), None, (), access)
    steps = [_request_step(task, "delete", each, "delete") for each in (*before, last)]
    steps[-1].query = task.resource.removal(task, state)
    return Outcome(state.shown(task), {}, state.details, steps)


def _request_step(task: Task, action: str, request: Request, risk: str) -> Step:
    return Step(
        action,
        f"{request.what} of {task.label}" if request.what else task.label,
        request.method,
        request.path,
        request.body,
        options=request.options,
        risk=risk,
        access=request.access,
        door=request.door,
        rank=task.resource.rank,
    )


def _creation(task: Task) -> tuple[list[Step], State]:
    resource, options = task.resource, task.options
    lacking = "HCP has none." if resource.single else resource.creatable(options)
    if lacking:
        task.refuse("incomplete", f"Cannot create {task.label}: {lacking}")
    body: dict[str, Any] = {}
    later: dict[str, Any] = {}
    born: dict[str, Any] = {}
    for each in resource.item.fields:
        value = options.get(each.option)
        if value is None:
            value = each.initial(options) if callable(each.initial) else each.initial
        if value is None:
            continue
        check_level(task, each)
        if each.on_create:
            body[each.option] = value
        elif each.given is None or not each.value.same(value, each.given(options)):
            later[each.option] = value
        born[each.option] = value
    final = guard(task, resource.item, {}, body, creating=True)
    risk = "irreversible" if final else "create"
    if resource.made_by:
        making = [_request_step(task, "create", each, risk) for each in resource.made_by(task)]
    else:
        wire = {resource.key.wire: task.name, **resource.item.encode(body)}
        names = (resource.key.option, *body)
        path, access = resource.list_path(options), resource.access
        request = Request(resource.door, "PUT", path, wire, names, access)
        making = [_request_step(task, "create", request, risk)]
        making[0].query = resource.creation(options)
        making[0].hidden = tuple(
            part.option for part, _value in task.wanted_parts() if part.in_creation
        )
    state = State(True, task.name, item=resource.item.shown(born))
    early, late = _part_steps(task, state, created=True)
    more = [_item_step(task, task.name, later, False)] if later else []
    return [*making, *more, *early, *late], state


def _update(task: Task, state: State) -> tuple[list[Step], State]:
    resource, options = task.resource, task.options
    check_changes(task, resource.item, options, state.item)
    renamed = state.former
    delta = resource.item.delta(options, state.item)
    final = guard(task, resource.item, state.item, delta)
    later = _taken_back(task, state.item, delta)
    item = {**state.item, **resource.item.shown({**delta, **later})}
    name = task.name if renamed else state.name
    after = State(True, name, item, {}, dict(state.parts))
    early, late = _part_steps(task, after)
    if later:
        late.insert(0, _item_step(task, name, later, False))
    if not delta and not renamed:
        return early + late, after
    step = _item_step(task, state.name, delta, final)
    if not renamed:
        return [*early, step, *late], after
    step.body[resource.key.wire] = task.name
    step.moves_to = task.path()
    step.options = (resource.key.option, *step.options)
    # The parts are found under the new name only.
    return [step, *early, *late], after


def _taken_back(task: Task, current: Mapping[str, Any], delta: dict[str, Any]) -> dict[str, Any]:
    """What HCP will switch on because of ``delta`` and the task wants off.

    That takes one more request. It is taken out of ``delta``, as is what comes as wanted.
    """
    later = {}
    for each in task.resource.item.fields:
        wanted = task.options.get(each.option)
        if wanted is None or each.given is None:
            continue
        given = each.given({**current, **delta})
        if given and not each.given(current):
            delta.pop(each.option, None)
            if not each.value.same(wanted, given):
                later[each.option] = wanted
    return later


def _item_step(task: Task, name: str, delta: dict[str, Any], final: bool) -> Step:
    return Step(
        "update",
        task.label,
        "POST",
        task.path(name),
        task.resource.item.encode(delta),
        options=tuple(delta),
        risk="irreversible" if final else "update",
        access=task.resource.access,
        rank=task.resource.rank,
    )


def _part_steps(task: Task, state: State, created: bool = False) -> tuple[list[Step], list[Step]]:
    """The steps to take before and after those of the resource; ``state`` becomes theirs."""
    planned: list[tuple[int, Step]] = []
    for part, wanted in task.wanted_parts():
        if created and part.in_creation:
            continue
        current = state.parts.get(part.option)
        fields, asked, known = part.guarded(wanted, current)
        check_changes(task, fields, asked, known)
        final = guard(task, fields, known, asked, creating=created)
        for change in part.changes(task, wanted, current):
            step = Step(
                "update",
                f"{part.option} of {task.label}",
                change.method,
                task.part_path(part, state.name) + change.path,
                change.body,
                change.query,
                change.options,
                "irreversible" if final else "update",
                part.access,
                part.door,
                change.hidden,
                rank=part.rank or task.resource.rank,
            )
            planned.append((part.order(wanted), step))
            state.parts[part.option] = change.after
    planned.sort(key=lambda entry: entry[0])
    early = [step for order, step in planned if order < 0]
    return early, [step for order, step in planned if order >= 0]


def _apply(task: Task, outcome: Outcome, rank: int | None) -> None:
    for number, step in enumerate(outcome.steps):
        if step.status == DONE or rank not in (None, step.rank):
            continue
        try:
            if not task.door(step.door).send(step.method, step.path, step.body, step.query):
                _look(task, step)
        except HcpError as error:
            if not _done_before(task, step, error):
                step.status = UNKNOWN if error.uncertain else FAILED
                step.status = PARTLY_DONE if error.partial else step.status
                for rest in outcome.steps[number + 1 :]:
                    rest.status = NOT_DONE
                error = error.with_roles(step.access.write)
                error = task.resource.advised(error, step.action, step.options)
                raise StoppedError(error, outcome) from None
        step.status = DONE


def _look(task: Task, step: Step) -> None:
    """See whether a step was done to whose request something else than HCP may have answered.

    :raises HcpError: it was not, or that cannot be seen
    """
    if step.hidden and step.action == "update":
        # What HCP does not show is planned again in any case.
        return
    left = plan(task, read(task)).steps
    if any((each.method, each.path) == (step.method, step.path) for each in left):
        raise HcpError.not_done(step.method, step.path)


def _done_before(task: Task, step: Step, error: HcpError) -> bool:
    """Whether a failure shows that the step was done, by an earlier try whose answer was lost."""
    if error.code == "conflict":
        return error.uncertain and (step.action, step.method) == ("update", "PUT")
    if error.code == "not_found" and step.method == "DELETE":
        return True
    if not error.uncertain:
        return False
    try:
        if step.moves_to:
            return error.code == "not_found" and task.own_door.exists(step.moves_to)
        return step.action == "update" and bool(step.query) and _acted(task, step)
    except HcpError:
        return False


def _acted(task: Task, step: Step) -> bool:
    """Whether an action has had its effect, which HCP may refuse to have twice."""
    (part,) = (each for each in task.resource.parts if (each.option,) == step.options)
    current = part.read(task, State(True, task.name))
    return not part.changes(task, task.options[part.option], current)


def _take_stock(task: Task, outcome: Outcome) -> None:
    """Report what HCP has now, and see that it is what was asked for.

    Two tasks that work on one resource at once may leave a half of what each of them wants. So what
    differs is set again. What HCP then shows as before is how it shows what it took.

    :raises StoppedError: somebody else keeps changing it
    """
    resource = task.resource
    renewed = resource.renewed(task, outcome.steps)
    if renewed:
        # The task has changed the very account that it works as.
        task.mapi = task.mapi.acting_as(renewed, task.mapi.host)
    before: dict[str, Any] = {}
    rounds = 0
    while True:
        try:
            state = read(task, after_writing=True)
        except HcpError as error:
            task.warnings.append(f"What HCP has now could not be read back. {error}")
            return
        outcome.after, outcome.details = state.shown(task), state.details
        unsettled = dict(_unsettled(task, state))
        if state.exists and unsettled == before:
            break
        if not state.exists or rounds == ROUNDS:
            shown = f"shows {', '.join(unsettled)}" if state.exists else "has the resource"
            raise StoppedError(ContendedError(task.path(), shown), outcome)
        # Two tasks that wait equally long would go on for ever.
        time.sleep(random.uniform(0, LONGEST_PAUSE))  # noqa: S311
        _set_again(task, state, outcome, unsettled)
        before = unsettled
        rounds += 1
    task.warnings.extend(
        f"HCP took {option} of {task.label} but now shows {current!r}; unless the task says the"
        " same, every run will report a change."
        for option, current in unsettled.items()
    )
    if outcome.created:
        task.warnings.extend(_born_with(task, state))


def _unsettled(task: Task, state: State) -> Iterator[tuple[str, Any]]:
    """The options of a task that HCP shows in another way, and how."""
    for each in task.resource.item.differing(task.options, state.item):
        if each.option in state.item:
            yield each.option, state.item[each.option]
    for part, wanted in task.wanted_parts():
        current = state.parts.get(part.option)
        if current is not None and _differs(task, part, wanted, current):
            yield part.option, current


def _set_again(task: Task, state: State, outcome: Outcome, options: Collection[str]) -> None:
    """Set some options once more."""
    settled = {part.option for part in task.resource.parts if part.option not in options}
    wanted = {name: task.options[name] for name in task.options if name not in settled}
    try:
        again = plan(replace(task, options=wanted), state)
    except RefusedError as refusal:
        shown = f"shows {', '.join(options)}"
        raise StoppedError(ContendedError(task.path(), shown, str(refusal)), outcome) from None
    outcome.steps.extend(again.steps)
    _apply(task, outcome, None)


def _differs(task: Task, part: Part, wanted: Any, current: Any) -> bool:
    # A change may also be there for a secret, which is never shown.
    if isinstance(part.value, Struct):
        return not part.value.same(wanted, current)
    return bool(part.changes(task, wanted, current))


def _born_with(task: Task, state: State) -> Iterator[str]:
    """What cannot be undone and came with the creation, though the task does not speak of it."""
    for each in task.resource.item.fields:
        value = state.item.get(each.option)
        way = each.one_way
        unasked = task.options.get(each.option) is None
        if way and way.at_creation and unasked and way.into(None, value):
            yield (
                f"{task.label} was created with {each.option} {value!r}, by the defaults of the"
                f" tenant, and that cannot be undone: {way.why}."
            )
