"""Faults against modules: tasks, and what came of them.

For each fault tasks of all modules run four times: while nothing can be read, while nothing can be
written, again, and once more. The tasks of different modules run side by side, so that waiting
takes the time of the longest.

They run in this process, as the action plugin runs them, or from a real playbook, in which each
module is a host of its own. The plays are the same.

Each kind has three resources. For every fault one is created, one changed and one deleted, and the
next fault goes the other way.

What is of no kind, such as an action, is a `Deed`: a task, and what makes it have something to do.
"""

from __future__ import annotations

import fnmatch
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from ansible_collections.contentplatform.hcp.plugins.module_utils.connections import Connections
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.kinds import KINDS
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.namespace import (
    NAMESPACES,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.interface import S3
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.resource import Resource
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.in_process import InProcess
from support.hcp import ROOT, WRITES, MockHcp
from support.kind_samples import LASTING, LEAST, account, module_of, named, states
from support.listeners import Listeners

PLUGINS = ROOT / "tests" / "support" / "ansible"
READING, WRITING, AGAIN, ONCE_MORE = "reading", "writing", "again", "once more"
CREATE, UPDATE, DELETE, SAME, ABSENT, INFO = "create", "update", "delete", "same", "absent", "info"
READY, ACTION = "make ready", "action task"
BEFORE_READING, BEFORE_WRITING = "before reading", "before writing"
# Which requests a fault is for in each stage.
MATCHES: dict[str, list[dict[str, Any]]] = {
    READING: [
        {"interface": "mapi", "method": "GET"},
        {"interface": "mapi", "method": "HEAD"},
        {"interface": "s3", "method": "GET"},
        {"interface": "s3", "method": "HEAD"},
        {"interface": "query"},
    ],
    WRITING: [
        {"interface": name, "method": method} for name in ("mapi", "s3") for method in WRITES
    ],
}

# Options of faults that a task of a slow machine may exceed, and how much longer it has where it is
# to succeed in spite of the fault.
LIMITS, MERCY = {"timeout", "deadline"}, 5
FORKS = 12
COLLECTION = "ansible_collections.contentplatform.hcp.plugins"
LOOKED = [("GET", "journal", None), ("DELETE", "faults", None)]


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong.

    :ivar action: what the mock does to a request
    :ivar code: the ``error.code`` that tasks fail with; ``None`` where they get what they want
    :ivar writing: the same for those that fail when they write
    :ivar options: what the tasks are told besides
    :ivar place: where the connections of a task go, as options, from those that it has
    :ivar attempts: how often a request is sent
    :ivar once: whether it is the first request for each path only
    """

    name: str
    action: Mapping[str, Any] | None
    code: str | None
    writing: str | None = "as reading"
    options: Mapping[str, Any] = field(default_factory=dict)
    attempts: int = 1
    once: bool = False
    place: Callable[[Listeners, Mapping[str, Any]], dict[str, Any]] | None = None

    def expected(self, case: Case) -> str | None:
        """The code that a task fails with; ``None`` where it gets what it wants."""
        if case.stage not in MATCHES:
            return None
        reads = case.stage == READING or self.writing == "as reading"
        code = self.code if reads else self.writing
        if case.action_task:
            return self._of_action_task(case.action_task, case.stage, code)
        # A task succeeds if HCP shows that the write was carried out. It does not show passwords.
        hidden = (case.phase, case.module) == (CREATE, "hcp_user")
        return None if case.stage == WRITING and self.carries_out and not hidden else code

    @property
    def carries_out(self) -> bool:
        """Whether HCP carries out the request, but its response is lost."""
        action = self.action or {}
        return bool(
            {"truncate", "drip"} & set(action) or "after" in (action.get("cut"), action.get("hold"))
        )

    def tries(self, case: Case) -> int:
        """How often the last request of a task is sent that fails."""
        return 1 if self._ends_with_doubt(case.action_task, case.stage) else self.attempts

    def fits(self, action_task: ActionTask) -> bool:
        """Whether it can happen to an action task."""
        return not (action_task.streams and "drip" in (self.action or {}))

    def _of_action_task(self, action_task: ActionTask, stage: str, code: str | None) -> str | None:
        if stage == READING:
            # The others hit what reads, which it does not do, or can do without.
            return (
                None
                if self.action and (not action_task.reads or code in action_task.unread)
                else code
            )
        if not action_task.writes:
            # The faults of the network hit what reads as well.
            return None if self.action else code
        if self._ends_with_doubt(action_task, stage):
            code = code_of_one_attempt(self.action or {})
        if action_task.shown and self.carries_out:
            return None
        return "not_mapi" if code == "not_done" and action_task.unseen else code

    def _ends_with_doubt(self, action_task: ActionTask | None, stage: str) -> bool:
        """Whether a request is not sent again because HCP may have carried it out."""
        once = action_task is not None and action_task.once and stage == WRITING
        return once and code_of_one_attempt(self.action or {}) is not None


def code_of_one_attempt(action: Mapping[str, Any]) -> str | None:
    """The code for one answer after which it is not known what was done; ``None`` if it is."""
    if action.get("status", 0) >= 500:
        return "unavailable" if action["status"] == 503 else "server_error"
    if "cut" in action or "truncate" in action:
        return "broken_answer"
    return "timed_out" if "hold" in action or "drip" in action else None


@dataclass(frozen=True)
class ActionTask:
    """A task of a module that manages no kind, and what comes of it.

    :ivar writes: a glob for the paths that it writes; empty if it only reads
    :ivar ready: options of the task that is run before, so that there is something to do
    :ivar reads: whether it has to read before it writes
    :ivar unread: the codes that do not keep it from writing
    :ivar once: whether what it writes is not sent again where HCP may have done it
    :ivar shown: whether it looks then whether it was done
    :ivar unseen: whether nobody can see that
    :ivar always: whether it does it each time
    :ivar streams: whether its answer may take as long as it likes
    """

    module: str
    options: Mapping[str, Any]
    writes: str = ""
    ready: Mapping[str, Any] | None = None
    reads: bool = True
    unread: tuple[str, ...] = ()
    once: bool = False
    shown: bool = False
    unseen: bool = False
    always: bool = False
    streams: bool = False


# The action tasks of each round. Each number has others, because some can be run only once.
Rounds = Callable[[int], Sequence[Sequence[ActionTask]]]


@dataclass(frozen=True)
class Case:
    """One task. ``name`` is that of the resource."""

    phase: str
    module: str
    options: Mapping[str, Any]
    kind: str = ""
    name: str = ""
    fault: str = ""
    stage: str = ""
    action_task: ActionTask | None = None
    round: int = 0

    def __str__(self) -> str:
        return f"{self.fault or 'preparation'}, {self.stage}: {self.phase} with {self.module}"


@dataclass(frozen=True)
class Seen:
    """What came of a task: its result, and what the mock was sent because of it."""

    case: Case
    result: dict[str, Any]
    requests: list[dict[str, Any]]

    @property
    def carried_out(self) -> int:
        """How many of the requests have changed something."""
        return sum(_was_carried_out(each) for each in self.requests)


class Matrix:
    """Playbooks of faults, against one mock. ``infos`` are the tasks of modules that only read.

    ``kinds`` names the kinds that take part, where that is not all of them. With ``rounds`` none
    does.
    """

    def __init__(
        self,
        hcp: MockHcp,
        listeners: Listeners,
        folder: Path,
        info_cases: Sequence[Case],
        kinds: Sequence[str] = (),
        rounds: Rounds | None = None,
        from_playbook: bool = False,
    ) -> None:
        wanted = () if rounds else kinds or [each.kind for each in KINDS]
        self._kinds = [each for each in KINDS if each.kind in wanted]
        self._rounds = rounds
        self._hcp = hcp
        self._listeners = listeners
        self._folder = folder
        self._infos = info_cases
        self._run_plays = self._playbook if from_playbook else self._in_process

    def run(self, faults: Sequence[Fault], **variables: Any) -> list[Seen]:
        """Run one; all that came of its tasks."""
        made = [self._made(kind, "two", 0) for kind in self._many()]
        made += [self._made(kind, "three", 0) for kind in self._passing()]
        only = [self._state(kind, UPDATE, 0) for kind in self._kinds if kind.is_singleton]
        plays = [self._tasks([*made, *only])] if self._kinds else []
        for turn, fault in enumerate(faults):
            plays += self._plays(fault, turn)
        if self._infos:
            plays.append(self._tasks(self._infos))
        return list(_seen(self._run_plays(plays, variables)))

    def planned(self, fault: Fault, turn: int = 0) -> Iterator[tuple[str, list[Case]]]:
        """The tasks of each stage of a fault."""
        if self._rounds:
            both = zip(self._rounds(2 * turn), self._rounds(2 * turn + 1), strict=True)
            for number, pair in enumerate(both):
                first, second = (
                    [each for each in action_tasks if fault.fits(each)] for action_tasks in pair
                )
                for stage, staged in _of_action_tasks(first, second, number):
                    yield stage, [self._under(fault, case, now) for case, now in staged]
            return
        present = [self._state(kind, SAME, turn) for kind in self._kinds]
        absent = [self._removed(kind, ABSENT, "never") for kind in self._many()]
        new, old = ("one", "three") if turn % 2 == 0 else ("three", "one")
        changes = [
            *(self._made(kind, new, turn) for kind in self._passing()),
            *(self._state(kind, UPDATE, turn + 1) for kind in self._kinds),
            *(self._removed(kind, DELETE, old) for kind in self._passing()),
        ]
        for stage, parts in (
            (READING, ((READING, [*present, *absent, *self._infos]),)),
            (WRITING, ((AGAIN, present), (WRITING, changes))),
            (AGAIN, ((AGAIN, changes), (ONCE_MORE, changes))),
        ):
            yield stage, [self._under(fault, each, now) for now, cases in parts for each in cases]

    def _plays(self, fault: Fault, turn: int) -> Iterator[dict[str, Any]]:
        for stage, cases in self.planned(fault, turn):
            about = [fault.name, stage, cases[0].round]
            limits = {"times": 1, "per_path": True} if fault.once else {"times": None}
            faults = [
                {"match": {**match, **limits}, "action": dict(fault.action)}
                for match in MATCHES.get(stage, ())
                if fault.action is not None
            ]
            yield self._control(about, [("DELETE", "journal", None), *_posts(faults)])
            yield self._tasks(cases)
            yield self._control(about, LOOKED)

    def _made(self, kind: Resource, name: str, turn: int) -> Case:
        return self._case(
            CREATE, kind, name, {**LEAST.get(kind.kind, {}), **states(kind)[turn % 2]}
        )

    def _state(self, kind: Resource, phase: str, turn: int) -> Case:
        return self._case(phase, kind, "two", states(kind)[turn % 2])

    def _removed(self, kind: Resource, phase: str, name: str) -> Case:
        confirm = {"confirm": ["delete"]} if kind.deletion_loss else {}
        return self._case(phase, kind, name, {"state": "absent", **confirm})

    def _case(self, phase: str, kind: Resource, name: str, options: Mapping[str, Any]) -> Case:
        given = {**account(self._hcp, kind), **named(kind, name), **options}
        return Case(phase, module_of(kind), given, kind.kind, name)

    def _under(self, fault: Fault, case: Case, stage: str) -> Case:
        """A task in a stage of a fault."""
        found = replace(case, fault=fault.name, stage=stage)
        if stage not in MATCHES:
            return found
        place = fault.place(self._listeners, case.options) if fault.place else {}
        options = {**case.options, **fault.options, **place}
        if fault.expected(found) is None:
            # A short limit must not fail a task that is slow for another reason than the fault.
            for name in LIMITS & set(fault.options):
                options[name] *= MERCY
        return replace(found, options=options)

    def _tasks(self, cases: Sequence[Case]) -> dict[str, Any]:
        """A play of tasks; each host takes those of its module."""
        items: dict[str, list[dict[str, Any]]] = {}
        for case in cases:
            items.setdefault(case.module, []).append({"case": asdict(case)})
        return {
            "name": "Modules",
            "hosts": ",".join(items),
            "gather_facts": False,
            "strategy": "free",
            "vars": {"items": items},
            "tasks": [
                {
                    "name": "Do it",
                    "action": "contentplatform.hcp.{{ inventory_hostname }}",
                    "args": "{{ item.case.options }}",
                    "loop": "{{ items[inventory_hostname] }}",
                    "ignore_errors": True,
                }
            ],
        }

    def _control(self, about: list[Any], requests: list[Any]) -> dict[str, Any]:
        asked = {"name": json.dumps(about), "mock": {"requests": requests}}
        return {"name": "Mock", "hosts": "mock", "gather_facts": False, "tasks": [asked]}

    def _in_process(self, plays: list[dict[str, Any]], variables: Mapping[str, Any]) -> list[Any]:
        """Run the tasks of plays here, those of different modules at the same time."""
        lines: list[Any] = []
        with ThreadPoolExecutor(FORKS) as pool:
            for play in plays:
                for task in play["tasks"] if play["hosts"] == "mock" else ():
                    answers = [self._hcp.control(*each) for each in task["mock"]["requests"]]
                    result = {"answers": answers}
                    lines.append({"host": "mock", "task": task["name"], "result": result})
                items = play.get("vars", {}).get("items", {})
                for made in pool.map(_run_items, items.items()):
                    lines += made
        return lines

    def _playbook(self, plays: list[dict[str, Any]], variables: Mapping[str, Any]) -> list[Any]:
        """Run plays and return the lines that the callback wrote."""
        hosts = {name for each in plays for name in each["hosts"].split(",")}
        (self._folder / "hosts").write_text("\n".join(sorted(hosts)))
        (self._folder / "book.yml").write_text(json.dumps(plays))
        known = {
            "ansible_connection": "local",
            "ansible_python_interpreter": sys.executable,
            "mock_url": self._hcp.facts["url"],
            "mock_ca": self._hcp.facts["ca"],
            **variables,
        }
        results = self._folder / "results"
        results.unlink(missing_ok=True)
        done = subprocess.run(
            [
                "ansible-playbook",
                "book.yml",
                "-i",
                "hosts",
                "-f",
                str(FORKS),
                "-e",
                json.dumps(known),
            ],
            cwd=self._folder,
            env={
                **os.environ,
                "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".work" / "tree"),
                "ANSIBLE_ACTION_PLUGINS": str(PLUGINS / "action"),
                "ANSIBLE_CALLBACK_PLUGINS": str(PLUGINS / "callback"),
                # With it Ansible warns of options that come from a variable.
                "ANSIBLE_INJECT_FACT_VARS": "false",
                "ANSIBLE_STDOUT_CALLBACK": "results",
                "TASK_RESULTS": str(results),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
        return [json.loads(line) for line in results.read_text().splitlines()]

    def _many(self) -> list[Resource]:
        return [kind for kind in self._kinds if not kind.is_singleton]

    def _passing(self) -> list[Resource]:
        """The kinds of which a task can delete what another one has made."""
        return [kind for kind in self._many() if kind.kind not in LASTING]


def _run_items(items: tuple[str, Sequence[Mapping[str, Any]]]) -> list[Any]:
    """Run the tasks of one module, one after another over the same connections."""
    name, cases = items
    module = importlib.import_module(f"{COLLECTION}.modules.{name}").MODULE
    connections = Connections()
    runner = InProcess(name, module, connections)
    lines = []
    for item in cases:
        case = item["case"]
        result = runner.run(case["options"], check=False, diff=False, invocation=True)
        told = {"changed": False, **result, "failed": bool(result.get("failed"))}
        lines.append({"host": name, "case": case, "result": told})
    connections.close()
    return lines


def _of_action_tasks(
    first: Sequence[ActionTask], second: Sequence[ActionTask], number: int
) -> Iterator[tuple[str, list[tuple[Case, str]]]]:
    """The tasks of each stage of a round, each with the stage that it counts for.

    ``first`` are for reading and ``second`` for the rest: where nothing needs to be read the first
    are done then.
    """
    for action_tasks, before, stage in (
        (first, BEFORE_READING, READING),
        (second, BEFORE_WRITING, WRITING),
    ):
        ready = [
            Case(READY, each.module, each.ready, action_task=each, round=number)
            for each in action_tasks
            if each.ready is not None
        ]
        yield before, [(case, before) for case in ready]
        yield stage, [(case, stage) for case in _cases(action_tasks, number)]
    yield AGAIN, [(case, now) for now in (AGAIN, ONCE_MORE) for case in _cases(second, number)]


def _cases(action_tasks: Sequence[ActionTask], number: int) -> list[Case]:
    return [
        Case(
            ACTION if each.writes else INFO,
            each.module,
            each.options,
            action_task=each,
            round=number,
        )
        for each in action_tasks
    ]


def _posts(faults: Iterable[Any]) -> list[Any]:
    return [("POST", "faults", each) for each in faults]


def _seen(lines: list[Any]) -> Iterator[Seen]:
    """The results, with what the mock was sent in their stage and about their resource."""
    journals: dict[tuple[str, str, int], list[dict[str, Any]]] = {}
    for line in lines:
        if line["host"] == "mock":
            found = line["result"]["answers"][0]
            if "requests" in found:
                journals[tuple(json.loads(line["task"]))] = found["requests"]
    for line in lines:
        if line.get("case") is not None:
            action_task = line["case"]["action_task"]
            case = Case(
                **{**line["case"], "action_task": action_task and ActionTask(**action_task)}
            )
            journal = journals.get((case.fault, case.stage, case.round), [])
            yield Seen(case, line["result"], [each for each in journal if _is_about(each, case)])


def _is_about(entry: dict[str, Any], case: Case) -> bool:
    """Whether a request of the journal was sent for a task."""
    if case.action_task:
        return fnmatch.fnmatchcase(entry["path"].removeprefix("/mapi"), case.action_task.writes)
    kind = next((each for each in KINDS if each.kind == case.kind), None)
    if kind is None or entry["interface"] == "query":
        return False
    path = entry["path"].removeprefix("/mapi")
    own = kind.path(case.options, str(named(kind, case.name).get(kind.key.option, "")))
    paths = {own, NAMESPACES.path(case.options, own[1:])} if kind.interface == S3 else {own}
    if any(path == each or path.startswith(f"{each}/") for each in paths):
        return True
    return (
        case.phase == CREATE and entry["method"] == "PUT" and path == kind.list_path(case.options)
    )


def _was_carried_out(entry: dict[str, Any]) -> bool:
    if entry["method"] not in WRITES:
        return False
    fault = entry["fault"]
    if fault is None:
        return bool(entry["status"] in (200, 204))
    if "status" in fault:
        return bool(fault.get("carry_out"))
    return "before" not in (fault.get("cut"), fault.get("hold"))
