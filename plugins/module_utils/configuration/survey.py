# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Survey: reads an HCP as far as a configuration speaks of it, and plans each resource.

Requests are few: names are listed once for each list of a configuration, what is in no list is not
asked for again, and of what exists only that is read of which the configuration speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Any

from ..protocols.errors import HcpError
from ..reconcile.guards import check_options
from ..reconcile.model import Outcome, Task
from ..reconcile.plan import plan
from ..reconcile.read import read
from ..refusal import RefusedError
from ..resources.kinds import below
from ..schema.context import State
from ..schema.interface import SYSTEM, TENANT, Interface
from ..schema.resource import Resource
from .accounts import Session
from .progress import Progress
from .tree import Entry, Tree

# It comes after everything that gives an account of the tenant its roles.
AS_TENANT = 60


@dataclass(frozen=True)
class Rules:
    """The options of a survey.

    :ivar session: the interfaces, and the level of the account, for a kind and the names of what a
        resource belongs to; the last argument is the level that is needed, if one is
    :ivar exact: plurals of the kinds whose resources are deleted if they are not configured
    :ivar ignore: plural → patterns of names that are never deleted
    """

    session: Callable[[Resource, Mapping[str, Any], str | None], Session]
    check: bool = False
    confirmed: frozenset[str] = frozenset()
    exact: Collection[str] = ()
    ignore: Mapping[str, Iterable[str]] = field(default_factory=dict)

    def ignored(self, kind: Resource, name: str) -> bool:
        """Whether a resource stays although it is not configured."""
        patterns = self.ignore.get(kind.plural, ())
        return any(fnmatchcase(name.lower(), pattern.lower()) for pattern in patterns)


@dataclass
class Job:
    """One resource to read, and perhaps to change.

    :ivar depends_on: the job of the resource that this one belongs to
    :ivar for_tenant: whether it is the part of ``depends_on`` that an account of the tenant does
    :ivar pruned: whether the resource is in HCP and not in the configuration
    :ivar state: the state of the resource, once it is known
    """

    task: Task
    where: str
    depends_on: Job | None = None
    for_tenant: bool = False
    pruned: bool = False
    state: State | None = None
    outcome: Outcome = field(default_factory=lambda: Outcome({}, {}, {}, []))
    problem: RefusedError | HcpError | None = None

    @property
    def not_yet_created(self) -> bool:
        """Whether the resource, or one that it belongs to, does not exist yet."""
        if self.depends_on and self.depends_on.not_yet_created:
            return True
        return self.state is not None and not self.state.exists


class Survey:
    """Reads an HCP as far as a tree speaks of it. ``jobs`` holds the result."""

    def __init__(self, tree: Tree, rules: Rules, pool: Executor, progress: Progress) -> None:
        self._rules = rules
        self._progress = progress
        self._pool = pool
        self.jobs: list[Job] = []
        # They go down the tree level by level.
        scopes = list(_scopes(tree.lists, None, None))
        while scopes:
            found = list(self._pool.map(self._scope, scopes))
            jobs = [job for _entries, made in found for job in made]
            self._progress.begin("Reading", len(jobs))
            for second in (False, True):
                list(self._pool.map(self._plan, [job for job in jobs if job.for_tenant is second]))
            self.jobs.extend(jobs)
            scopes = [scope for entries, _made in found for scope in entries]

    def _scope(self, scope: Scope) -> tuple[list[Scope], list[Job]]:
        """Return the scopes below a scope, and its jobs."""
        names = None
        problem = None
        try:
            names = self._listed(scope)
        except (RefusedError, HcpError) as error:
            problem = error
        jobs: list[Job] = []
        scopes: list[Scope] = []
        for entry in scope.entries:
            made = [] if entry.container_only else self._jobs(entry, scope.depends_on)
            for job in made:
                job.problem = job.problem or problem
                if job.for_tenant:
                    continue
                if scope.depends_on and scope.depends_on.not_yet_created:
                    job.state = _created_with_parent(entry)
                elif names is not None:
                    job.state = _known(entry, names)
            jobs.extend(made)
            if entry.present:
                scopes.extend(_scopes(entry.lists, entry, made[0] if made else scope.depends_on))
        if problem and not jobs:
            jobs.append(self._unreadable(scope, problem))
        if scope.kind.plural in self._rules.exact and names is not None:
            jobs.extend(self._to_prune(scope, names))
        return scopes, jobs

    def _listed(self, scope: Scope) -> dict[str, str] | None:
        """Return the names in HCP by their lower case, if listing them saves requests."""
        exact = scope.kind.plural in self._rules.exact
        wanted = [entry for entry in scope.entries if not entry.container_only]
        if scope.kind.is_singleton:
            return None
        if (scope.depends_on and scope.depends_on.not_yet_created) or not (
            exact or len(wanted) > 1
        ):
            return None
        above = scope.parent.parent_options() if scope.parent else {}
        above.update(_former_names(scope.depends_on))
        session = self._session(scope.kind, above, None)
        if isinstance(session, RefusedError):
            if exact:
                raise session
            # The account cannot list them, but it may be able to read each of them.
            return None
        mapi, others, _level = session
        interface: Interface = others.get(scope.kind.interface, mapi)
        return {name.lower(): name for name in scope.kind.names(interface, above)}

    def _jobs(self, entry: Entry, above: Job | None) -> list[Job]:
        """Return the job of an entry, or two if an account of the tenant has to do a part of it."""
        kind = entry.resource
        if kind.level == SYSTEM and entry.present:
            theirs = {each.option for each in kind.item.fields if each.level == TENANT} | {
                part.option for part in kind.parts
            }
            split = theirs & {name for name, value in entry.options.items() if value is not None}
            session = self._session(kind, entry.options, TENANT) if split else None
            if isinstance(session, tuple) and session[2] == TENANT:
                own = {name: entry.options[name] for name in entry.options if name not in split}
                kept = {kind.key.option, "confirm", *split}
                rest = {name: entry.options[name] for name in entry.options if name in kept}
                first = self._job(entry, own, above, self._session(kind, own, None))
                second = self._job(entry, rest, first, session)
                second.task.resource = replace(kind, rank=AS_TENANT)
                second.for_tenant = True
                return [first, second]
        return [self._job(entry, entry.options, above, self._session(kind, entry.options, None))]

    def _session(
        self, kind: Resource, names: Mapping[str, Any], level: str | None
    ) -> Session | RefusedError:
        try:
            return self._rules.session(kind, names, level)
        except RefusedError as refusal:
            return refusal

    def _job(
        self,
        entry: Entry,
        options: Mapping[str, Any],
        above: Job | None,
        session: Session | RefusedError,
    ) -> Job:
        task = self._task(entry.resource, options, session, present=entry.present)
        refusal = session if isinstance(session, RefusedError) else None
        return Job(task, entry.where, above, problem=refusal)

    def _task(
        self,
        kind: Resource,
        options: Mapping[str, Any],
        session: Session | RefusedError,
        present: bool = False,
    ) -> Task:
        """Return a task. A task without a session is only reported, and has no client."""
        mapi, others, level = (None, {}, SYSTEM) if isinstance(session, RefusedError) else session
        return Task(
            kind,
            options,
            mapi,  # type: ignore[arg-type]
            level,
            others,
            present=present,
            check=self._rules.check,
            confirmed=self._rules.confirmed.union(options.get("confirm") or ()),
        )

    def _unreadable(self, scope: Scope, problem: RefusedError | HcpError) -> Job:
        """Return a job that stands for a list that could not be read."""
        above = scope.parent.parent_options() if scope.parent else {}
        options = {**above, **scope.kind.name_option("*")}
        task = self._task(scope.kind, options, self._session(scope.kind, above, None))
        return Job(task, scope.where, scope.depends_on, problem=problem)

    def _to_prune(self, scope: Scope, names: Mapping[str, str]) -> Iterator[Job]:
        """Return the resources in a scope that HCP has and the configuration does not."""
        # A resource that is to be renamed is configured, too.
        wanted = {name.lower() for entry in scope.entries for name in entry.names}
        for kind in below(scope.parent.resource) if scope.parent else ():
            if (
                kind.also_counted_as == scope.kind.plural
                or kind.plural == scope.kind.also_counted_as
            ):
                wanted |= {name.lower() for each in scope.siblings(kind) for name in each.names}
        above = scope.parent.parent_options() if scope.parent else {}
        session = self._rules.session(scope.kind, above, None)
        for name in names.values():
            if name.lower() in wanted or self._rules.ignored(scope.kind, name):
                continue
            task = self._task(scope.kind, {**above, scope.kind.key.option: name}, session)
            if not scope.kind.is_own_account(task):
                where = f"not in {scope.where}"
                yield Job(task, where, scope.depends_on, pruned=True, state=State(True, name))

    def _plan(self, job: Job) -> None:
        """Read the resource, unless its state is known, and plan."""
        if job.problem:
            return
        try:
            check_options(job.task)
            if job.for_tenant and job.not_yet_created:
                # It will exist by then, with unknown settings.
                job.state = State(True, job.task.name)
            if job.state is None:
                # A parent that is to be renamed still has its old name.
                options = {**job.task.options, **_former_names(job.depends_on)}
                job.state = read(replace(job.task, options=options))
            job.outcome = plan(job.task, job.state)
        except (RefusedError, HcpError) as error:
            job.problem = error
        self._progress.step(job.problem is not None)


@dataclass(frozen=True)
class Scope:
    """A kind below one resource, or below none, and the entries that are configured there."""

    kind: Resource
    entries: list[Entry]
    where: str
    parent: Entry | None
    depends_on: Job | None

    def siblings(self, kind: Resource) -> list[Entry]:
        """Return the entries of another kind in the same place."""
        return self.parent.lists.get(kind.plural, []) if self.parent else []


def _scopes(
    lists: Mapping[str, list[Entry]], parent: Entry | None, above: Job | None
) -> Iterator[Scope]:
    place = parent.where if parent else "config"
    for kind in below(parent.resource if parent else None):
        if kind.plural in lists:
            yield Scope(kind, lists[kind.plural], f"{place}.{kind.plural}", parent, above)


def _former_names(job: Job | None) -> dict[str, str]:
    """Return the old names of parents that will be renamed, by option."""
    found: dict[str, str] = {}
    while job is not None:
        former = job.task.options.get(job.task.resource.rename_option or "")
        if former and job.state and job.state.renaming:
            found[job.task.resource.kind] = str(former)
        job = job.depends_on
    return found


def _created_with_parent(entry: Entry) -> State:
    """Return the state of a resource whose parent does not exist yet."""
    above = entry.parent
    brought = (
        above.resource.created_with(above.options).get(entry.resource.plural, {}) if above else {}
    )
    for name, item in brought.items():
        if name.lower() == entry.name.lower():
            return State(True, name, dict(item))
    return State(False, entry.name)


def _known(entry: Entry, names: Mapping[str, str]) -> State | None:
    """Return the state of a resource if a list of names determines it."""
    former = (
        entry.options.get(entry.resource.rename_option) if entry.resource.rename_option else None
    )
    listed = names.get(entry.name.lower())
    if listed is None and str(former or "").lower() not in names:
        return State(False, entry.name)
    if listed is not None and (entry.name_only or not entry.present):
        return State(True, listed)
    return None
