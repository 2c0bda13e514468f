# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a task about a whole configuration to its result."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Union

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values

from .bulk.drift import findings, seen
from .bulk.export import Choice, Export
from .bulk.progress import Progress
from .bulk.run import Run, told
from .bulk.survey import Job, Rules, Seat, Survey
from .bulk.tree import Tree, grow, secrets
from .connections import Account, account_of, connect
from .credentials import Credentials
from .entry import (
    NOT_REPEATED,
    Call,
    Module,
    argument_spec,
    connection_arguments,
    difference,
    failed,
    given,
    misplaced,
    refused,
)
from .errors import CONTENDED, HcpError, RefusedError
from .files import Draft
from .hidden import found_in
from .mapi.client import Client
from .reconcile import DONE, NOT_DONE, PARTLY_DONE
from .resources.kinds import KINDS
from .resources.table import SYSTEM, Resource
from .transport import REQUESTS_MISSING

# How many problems a message tells; the result has all of them.
TOLD = 5
SET_BY_PLACE = ("assume_absent",)
# What may have become of a resource, the weightier the later.
WEIGHTS = ("unchanged", "updated", "created", "deleted", "not_done", "failed")

Failures = list[tuple[Job, Union[HcpError, RefusedError]]]
# What to work as now, by the first label of the host and what was worked as.
Renewed = dict[tuple[str, Credentials], Credentials]


def configures() -> Module:
    """The module that makes an HCP as a configuration says."""
    arguments = {
        **_common(),
        "exact": {"type": "list", "elements": "str", "default": []},
        "ignore": {"type": "dict", "default": {}},
        "max_deletions": {"type": "int", "default": 10},
        "confirm": {"type": "list", "elements": "str", "default": []},
        "on_failure": {"type": "str", "choices": ["stop", "continue"], "default": "stop"},
        "verify": {"type": "bool", "default": False},
        "plan_file": {"type": "path"},
        "approved_plan": {"type": "path"},
    }
    return _bulk(arguments, _configure)


def compares() -> Module:
    """The module that tells in what an HCP differs from a configuration."""
    arguments = {
        **_common(),
        "exact": {"type": "list", "elements": "str", "default": []},
        "ignore": {"type": "dict", "default": {}},
        "fail_on_drift": {"type": "bool", "default": False},
    }
    return _bulk(arguments, _compare)


def exports() -> Module:
    """The module that reads an HCP into a configuration."""
    arguments = {
        **_shared(),
        "tenants": {"type": "list", "elements": "str", "default": ["*"]},
        "kinds": {"type": "list", "elements": "str"},
        "names": {"type": "dict", "default": {}},
        "skip_unreadable": {"type": "bool", "default": False},
    }
    return Module(arguments, _export, lacks=lambda: REQUESTS_MISSING)


def _bulk(arguments: dict[str, dict[str, Any]], perform: Any) -> Module:
    return Module(
        arguments,
        perform,
        secrets=lambda params: secrets(params.get("config")),
        shown=_without_config,
        lacks=lambda: REQUESTS_MISSING,
    )


def _shared() -> dict[str, dict[str, Any]]:
    account = {
        "tenant": {"type": "str", "required": True},
        "username": {"type": "str", "required": True},
        "password": {"type": "str", "required": True, "no_log": True},
        "auth_type": {"type": "str", "choices": ["local", "ad"], "default": "local"},
    }
    return {
        **connection_arguments(data=True),
        "accounts": {"type": "list", "elements": "dict", "options": account, "default": []},
        "concurrency": {"type": "int", "default": 8},
    }


def _common() -> dict[str, dict[str, Any]]:
    return {**_shared(), "config": {"type": "dict", "required": True}}


def _plurals() -> list[str]:
    return [kind.plural for kind in KINDS]


def _words() -> list[str]:
    return sorted({word for kind in KINDS for word in kind.confirmations()})


def _without_config(params: Mapping[str, Any]) -> Mapping[str, Any]:
    """The options without the configuration, which is long and has secrets in many places."""
    return {**params, "config": NOT_REPEATED} if params.get("config") else params


@cache
def _entry_spec(plural: str) -> dict[str, dict[str, Any]]:
    kind = next(each for each in KINDS if each.plural == plural)
    elsewhere = {*connection_arguments(data=True), *(each.option for each in kind.parents)}
    elsewhere.update(SET_BY_PLACE)
    spec = argument_spec(kind)
    return {option: spec[option] for option in spec if option not in elsewhere}


@lru_cache(maxsize=1000)
def _validator(plural: str, mentioned: frozenset[str]) -> ArgumentSpecValidator:
    """A validator for entries with certain options; most of a configuration's are alike."""
    spec = {
        option: each
        for option, each in _entry_spec(plural).items()
        if option in mentioned or each.get("required") or "default" in each
    }
    kind = next(each for each in KINDS if each.plural == plural)
    return ArgumentSpecValidator(spec, mutually_exclusive=[list(each) for each in kind.exclusive])


def check_entry(kind: Resource, options: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Check the options of one resource as its module would."""
    spec = _entry_spec(kind.plural)
    unknown = [str(option) for option in options if option not in spec]
    if unknown:
        return {}, [f"a {kind.kind} has no option '{option}'." for option in unknown]
    mentioned = frozenset(option for option, value in options.items() if value is not None)
    wrong = misplaced(spec, options)
    if wrong:
        return {}, wrong
    result = _validator(kind.plural, mentioned).validate(given(options))
    if result.error_messages:
        return {}, [f"{message.rstrip('.')}." for message in result.error_messages]
    return given(result.validated_parameters), []


class _Seats:
    """Who does what: the account of the task, or those of the tenants."""

    def __init__(
        self, call: Call, tree: Tree | None = None, renewed: Renewed | None = None
    ) -> None:
        self._call = call
        self._renewed = renewed or {}
        self._account = account_of(call.params)
        self._level = call.params["account_level"] or SYSTEM
        self._first: dict[str, Credentials] = {}
        for entry in tree.lists.get("tenants", ()) if tree else ():
            user = entry.options.get("initial_user") or {}
            if user.get("username") and user.get("password"):
                first = Credentials(user["username"], user["password"])
                self._first[entry.name.lower()] = first

    def __call__(self, kind: Resource, names: Mapping[str, Any], level: str | None) -> Seat:
        tenant = str(kind.tenant(names) or "")
        account, own_level = self._account, self._level
        if tenant and (level is not None or kind.level != SYSTEM):
            credentials = self._of(tenant)
            if credentials is not None:
                own_level = "tenant"
                account = Account(account.endpoint, credentials, account.data)
        options = {**names, "account_level": own_level}
        host = "admin" if own_level == SYSTEM else tenant
        now = self._renewed.get((host, account.credentials), account.credentials)
        account = replace(account, credentials=now)
        return connect(kind, options, account, self._call.connections)

    def _of(self, tenant: str) -> Credentials | None:
        for each in self._call.params["accounts"]:
            if fnmatchcase(tenant.lower(), each["tenant"].lower()):
                return Credentials(each["username"], each["password"], each["auth_type"])
        return self._first.get(tenant.lower())


def _surveyed(
    call: Call, pool: ThreadPoolExecutor, comparing: bool = False, renewed: Renewed | None = None
) -> list[Job]:
    """What the configuration of a task comes to.

    :param comparing: whether it is only told, so that no password is tried and nothing needs to be
        confirmed
    :param renewed: the accounts that the task itself has changed
    :raises RefusedError: it cannot be right
    """
    params = call.params
    tree = grow(params["config"], check_entry)
    if tree.problems:
        raise _many("bad_option", "The configuration cannot be right", tree.problems)
    _check_words("exact", params["exact"], _plurals())
    confirmed = _words() if comparing else params["confirm"]
    _check_words("confirm", confirmed, _words())
    _check_patterns("ignore", params["ignore"])
    rules = Rules(
        _Seats(call, tree, renewed),
        check=call.check or comparing,
        confirmed=frozenset(confirmed),
        exact=frozenset(params["exact"]),
        ignore=params["ignore"],
    )
    progress = Progress(call.progress)
    survey = Survey(tree, rules, pool, progress)
    return survey.jobs


def _check_words(option: str, words: Iterable[str], choices: list[str]) -> None:
    """Refuse what is none of the words that the tables know."""
    for word in words:
        if word not in choices:
            sentence = f"{option} may hold {', '.join(choices)}, but not '{word}'."
            raise RefusedError("bad_option", sentence, option=option)


def _check_patterns(option: str, value: Mapping[str, Any]) -> None:
    """``ignore`` and ``names`` are lists of patterns by the plural of a kind."""
    for plural, patterns in value.items():
        good = isinstance(patterns, list) and all(isinstance(each, str) for each in patterns)
        if plural not in _plurals() or not good:
            raise RefusedError(
                "bad_option",
                f"{option} must be a dictionary of lists of patterns, by any of"
                f" {', '.join(_plurals())}; '{plural}' is not.",
                option=option,
            )


def _many(code: str, what: str, sentences: list[str]) -> RefusedError:
    more = f" And {len(sentences) - TOLD} more." if len(sentences) > TOLD else ""
    refusal = RefusedError(code, f"{what}. {' '.join(sentences[:TOLD])}{more}")
    refusal.problems = sentences
    return refusal


def _pool(params: Mapping[str, Any]) -> ThreadPoolExecutor:
    if not 1 <= params["concurrency"] <= 64:
        sentence = f"concurrency must be between 1 and 64, not {params['concurrency']}."
        raise RefusedError("bad_option", sentence, option="concurrency")
    return ThreadPoolExecutor(params["concurrency"])


def _configure(call: Call) -> dict[str, Any]:
    if call.params["max_deletions"] < 0:
        sentence = f"max_deletions must not be below 0, as {call.params['max_deletions']} is."
        return refused(RefusedError("bad_option", sentence, option="max_deletions"))
    enabling: list[Job] = []
    found: list[dict[str, Any]] = []
    try:
        with _pool(call.params) as pool:
            jobs = _surveyed(call, pool)
            enabling = _enabling(jobs, call)
            if enabling:
                _check_plan(enabling, call)
                former = [job.task.mapi for job in enabling]
                failures = Run(pool, False, Progress(call.progress))(enabling)
                if failures:
                    return _result(call, enabling, failures)
                call.connections.forget()
                jobs = _surveyed(call, pool, renewed=_renewed(former, enabling))
            _check_plan(jobs, call)
            told = _plan([*enabling, *jobs])
            hidden = found_in(told, secrets(call.params["config"]))
            plan = {"domain": call.params["domain"], "plan": remove_values(told, hidden)}
            _compare_plans(plan, call.params["approved_plan"])
            if call.params["plan_file"]:
                _write(call.params["plan_file"], plan)
            failures = []
            former = [job.task.mapi for job in jobs]
            if not call.check:
                keep_going = call.params["on_failure"] == "continue"
                failures = Run(pool, keep_going, Progress(call.progress))(jobs)
            result = _result(call, [*enabling, *jobs], failures)
            if call.params["verify"] and result["changed"] and not (call.check or failures):
                call.connections.forget()
                again = _surveyed(call, pool, comparing=True, renewed=_renewed(former, jobs))
                found = findings(again)
                result["warnings"] += [
                    f"{job.task.label} could not be read back. {job.problem}"
                    for job in again
                    if isinstance(job.problem, HcpError)
                ]
    except RefusedError as refusal:
        if not enabling:
            return refused(refusal)
        result = refused(refusal)
        begun = " Before that the account to work as was given its roles; plan has the steps."
        steps = {"changed": True, "plan": _plan(enabling), "msg": f"{result['msg']}{begun}"}
        return {**result, **steps}
    if not found:
        return result
    point = _point("contended", found[0])
    return {**result, "failed": True, "msg": f"{_drift(found)} {CONTENDED}", "error": point}


def _renewed(former: list[Client], jobs: list[Job]) -> Renewed:
    """What to work as after a run, which may have changed the very accounts it worked as."""
    return {
        (old.host, old.credentials): job.task.mapi.credentials for old, job in zip(former, jobs)
    }


def _enabling(jobs: list[Job], call: Call) -> list[Job]:
    """What gives the accounts that are worked as the roles that they lack to read the rest.

    It is a run that ended early that leaves a tenant whose first account has not got its roles yet.
    """
    lacking = any(isinstance(job.problem, HcpError) and job.problem.status == 403 for job in jobs)
    if not lacking or call.check or call.params["approved_plan"]:
        return []
    found = [job for job in jobs if job.outcome.steps and job.task.resource.is_own(job.task)]
    for job in found:
        rank = job.task.resource.rank
        job.outcome.steps = [step for step in job.outcome.steps if step.rank == rank]
    return [job for job in found if job.outcome.steps and job.task.present]


def _check_plan(jobs: list[Job], call: Call) -> None:
    """Refuse what must not be begun."""
    refusals = [job for job in jobs if isinstance(job.problem, RefusedError)]
    if refusals:
        codes = {job.problem.code for job in refusals if isinstance(job.problem, RefusedError)}
        code = codes.pop() if len(codes) == 1 else "refused"
        what = "Nothing was changed, because a part of the configuration cannot be carried out"
        raise _many(code, what, [f"{job.where}: {job.problem}" for job in refusals])
    unseen = [(job, job.problem) for job in jobs if isinstance(job.problem, HcpError)]
    if unseen and (call.check or call.params["on_failure"] == "stop"):
        codes = {error.code for _job, error in unseen}
        code = codes.pop() if len(codes) == 1 else "unreadable"
        what = "Nothing was changed, because not all of it could be read"
        told = [f"{job.where} ({job.task.label}): {error}" for job, error in unseen]
        refusal = _many(code, what, told)
        refusal.request = unseen[0][1]
        raise refusal
    removed = [job for job in jobs if not job.task.present and job.outcome.steps]
    most = call.params["max_deletions"]
    if len(removed) > most:
        raise _many(
            "too_many",
            f"Nothing was changed: {len(removed)} resources would be deleted, and max_deletions"
            f" allows {most}",
            [f"{job.task.label} would be." for job in removed],
        )


def _plan(jobs: list[Job]) -> list[dict[str, Any]]:
    """All steps as data, in the order in which they are taken."""
    changes = [(job, step) for job in jobs if job.task.present for step in job.outcome.steps]
    changes.sort(key=lambda each: each[1].rank)
    removals = [(job, step) for job in jobs if not job.task.present for step in job.outcome.steps]
    removals.sort(key=lambda each: -each[0].task.resource.rank)
    return [told(job, step) for job, step in [*changes, *removals]]


def _compare_plans(plan: dict[str, Any], approved: str | None) -> None:
    """Refuse anything but what was approved."""
    if not approved:
        return
    try:
        saved = json.loads(Path(approved).read_text(encoding="utf-8"))
        was = {_identity(step) for step in saved["plan"]}
        elsewhere = saved["domain"] != plan["domain"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RefusedError(
            "bad_option",
            f"approved_plan '{approved}' cannot be read as a plan ({type(error).__name__}).",
            option="approved_plan",
        ) from None
    if elsewhere:
        sentence = f"approved_plan '{approved}' is for another HCP, {saved['domain']}."
        raise RefusedError("plan_changed", sentence, option="approved_plan")
    now = {_identity(step) for step in plan["plan"]}
    if was == now:
        return
    new = [f"To {each[0]} {each[1]} was not planned." for each in sorted(now - was)]
    gone = [f"To {each[0]} {each[1]} is not needed any more." for each in sorted(was - now)]
    raise _many(
        "plan_changed",
        "Nothing was changed: what would be done now is not what was approved. Make a new plan",
        new + gone,
    )


def _identity(step: Mapping[str, Any]) -> tuple[str, ...]:
    kept = {name: step[name] for name in step if name not in ("status", "where")}
    return (str(step["action"]), str(step["resource"]), json.dumps(kept, sort_keys=True))


def _write(path: str, plan: dict[str, Any]) -> None:
    with Draft("plan_file", path) as draft:
        draft.write(f"{json.dumps(plan, indent=2, sort_keys=True)}\n".encode())
        draft.put()


def _result(call: Call, jobs: list[Job], failures: Failures) -> dict[str, Any]:
    plan = _plan(jobs)
    result: dict[str, Any] = {
        "changed": bool(plan),
        "plan": plan,
        "summary": _summary(jobs, [job for job, _error in failures]),
        "failures": [],
        "warnings": _warnings(jobs),
    }
    if call.diff:
        result["diff"] = [difference(job.task, job.outcome) for job in jobs if job.outcome.steps]
    unseen = [(job, job.problem) for job in jobs if isinstance(job.problem, HcpError)]
    failures = [*((job, error) for job, error in unseen), *failures]
    if not failures:
        return result
    result["changed"] = any(step["status"] in (DONE, PARTLY_DONE) for step in plan)
    result["failures"] = [
        {**_stopped(job, error)["error"], "where": job.where, "msg": str(error)}
        for job, error in failures
    ]
    undone = sum(step["status"] not in (DONE, PARTLY_DONE) for step in plan)
    job, error = failures[0]
    others = f" {len(failures) - 1} more failed." if len(failures) > 1 else ""
    rest = f" {undone} of {len(plan)} steps were not done; plan tells which." if undone else ""
    return {
        **_stopped(job, error),
        **result,
        "msg": f"{job.task.label}: {error}{others}{rest}",
    }


def _stopped(job: Job, error: HcpError | RefusedError) -> dict[str, Any]:
    """The result of what one job came to."""
    if isinstance(error, HcpError):
        return failed(job.task.label, error)
    return refused(error)


def _warnings(jobs: Iterable[Job]) -> list[str]:
    return [sentence for job in jobs for sentence in job.task.warnings]


def _summary(jobs: list[Job], stopped: list[Job]) -> dict[str, dict[str, int]]:
    """How many resources of each kind were found how."""
    lost = {id(job) for job in stopped}
    # Several jobs may be about one resource; what weighs most tells how it was found.
    found: dict[tuple[str, str], int] = {}
    for job in jobs:
        resource = (job.task.resource.plural, job.task.label)
        weight = WEIGHTS.index(_found(job, id(job) in lost))
        found[resource] = max(weight, found.get(resource, 0))
    summary: dict[str, dict[str, int]] = {}
    for (plural, _label), weight in found.items():
        summary.setdefault(plural, dict.fromkeys(WEIGHTS, 0))[WEIGHTS[weight]] += 1
    return summary


def _found(job: Job, lost: bool) -> str:
    if lost or job.problem:
        return "failed"
    if not job.outcome.steps:
        return "unchanged"
    if any(step.status == NOT_DONE for step in job.outcome.steps):
        return "not_done"
    if not job.task.present:
        return "deleted"
    return "created" if job.outcome.created else "updated"


def _compare(call: Call) -> dict[str, Any]:
    try:
        with _pool(call.params) as pool:
            jobs = _surveyed(call, pool, comparing=True)
    except RefusedError as refusal:
        return refused(refusal)
    for job in jobs:
        if isinstance(job.problem, HcpError):
            return failed(job.task.label, job.problem)
        if isinstance(job.problem, RefusedError) and not seen(job):
            return refused(job.problem)
    found = findings(jobs)
    result = {"changed": False, "drifted": bool(found), "findings": found}
    if not found or not call.params["fail_on_drift"]:
        return result
    return {**result, "failed": True, "msg": _drift(found), "error": _point("drift", found[0])}


def _drift(found: list[dict[str, Any]]) -> str:
    """What differs, in a sentence."""
    first = found[0]
    plain = first["option"] in (None, "state")
    what = first["resource"] if plain else f"{first['option']} of {first['resource']}"
    return (
        f"HCP differs from the configuration in {len(found)} points, the first of them: {what} is"
        f" {first['found']!r}, not {first['expected']!r}."
    )


def _point(code: str, finding: Mapping[str, Any]) -> dict[str, Any]:
    """A finding as the ``error`` of a result."""
    return {"code": code, "resource": finding["resource"], "option": finding["option"]}


def _exported(tenants: Iterable[str]) -> list[str]:
    """The kinds to read where a task names none."""
    # The system's own settings do not belong to some of its tenants.
    every = "*" in tenants
    return [kind.plural for kind in KINDS if not kind.among and (every or not kind.systemwide)]


def _export(call: Call) -> dict[str, Any]:
    params = call.params
    try:
        _check_words("kinds", params["kinds"] or (), _plurals())
        _check_patterns("names", params["names"])
        kinds = params["kinds"] or _exported(params["tenants"])
        listed = params["account_level"] != "tenant"
        wild = [name for name in params["tenants"] if set(name) & set("*?[")]
        if wild and not listed:
            sentence = (
                f"Only system-level accounts can list tenants, so tenants must hold names, not"
                f" '{wild[0]}'."
            )
            raise RefusedError("bad_option", sentence, option="tenants")
        choice = Choice(_Seats(call), params["tenants"], kinds, listed, params["names"])
        with _pool(params) as pool:
            export = Export(choice, pool, Progress(call.progress))
    except RefusedError as refusal:
        return refused(refusal)
    if export.failures and not params["skip_unreadable"]:
        label, error = export.failures[0]
        others = len(export.failures) - 1
        more = f" {others} more could not be read either." if others else ""
        result = failed(label, error)
        hint = " With skip_unreadable: true what cannot be read is left out."
        return {**result, "msg": f"{result['msg']}{more}{hint}"}
    return {
        "changed": False,
        "config": export.config,
        "counts": export.counts,
        "warnings": [f"{what} is left out: {error}" for what, error in export.failures],
    }
