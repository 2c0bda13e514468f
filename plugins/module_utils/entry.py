# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a task's options to its result: the only part of the collection's core that knows Ansible.

A ``Module`` is what a module does, whichever way a task comes to it: ``run`` is that of modules,
the action plugin is the other. Most are ``manages(KIND)`` or ``informs(KIND)``. Failures of every
sort become a result here and nowhere else: one sentence in ``msg``, and the same as data in
``error``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NoReturn

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.parameters import AnsibleFallbackNotFound, remove_values
from ansible.module_utils.common.validation import check_type_dict, check_type_list

from .connections import Connections, account_of, connect
from .errors import HcpError, RefusedError
from .hidden import found_in, secret_texts
from .reconcile import (
    DONE,
    PARTLY_DONE,
    Outcome,
    Step,
    StoppedError,
    Task,
    converge,
    read_all,
)
from .resources.namespace import NAMESPACES
from .resources.table import S3, SYSTEM, TENANT, Part, Resource
from .transport import REQUESTS_MISSING
from .usage import Report
from .values import Secret

EVERY_PART = "all"
NOT_REPEATED = "(not repeated here)"
UNCHECKED = (
    "validate_certs is false, so HCP's certificate is not checked, and somebody in between could"
    " read the password. Set ca_path to the CA certificate instead."
)


@dataclass(frozen=True)
class Call:
    """One task: its options, and how it is to be done.

    ``progress`` takes a sentence for the user while the task goes on, where there is a way to show
    it.
    """

    params: Mapping[str, Any]
    check: bool
    diff: bool
    connections: Connections
    progress: Callable[[str], None] | None = None


@dataclass(frozen=True)
class Module:
    """What a module takes and does.

    :ivar perform: does it; the result has ``failed`` where that was not possible, and ``warnings``
    :ivar exclusive: options of which a task may have only one
    :ivar secrets: finds values that must not be shown in what the argument specification does not
        describe
    :ivar shown: the options as a result may repeat them
    :ivar lacks: the import error of a library without which the module can do nothing
    """

    arguments: dict[str, dict[str, Any]]
    perform: Callable[[Call], dict[str, Any]]
    exclusive: Sequence[Sequence[str]] = ()
    secrets: Callable[[Mapping[str, Any]], set[str]] = lambda params: set()
    shown: Callable[[Mapping[str, Any]], Mapping[str, Any]] = lambda params: params
    lacks: Callable[[], ImportError | None] = lambda: REQUESTS_MISSING

    def hidden(self, params: Mapping[str, Any]) -> set[str]:
        """The values of the options that must not be shown."""
        return secret_texts(params, self.arguments) | self.secrets(params)

    def done(self, call: Call) -> dict[str, Any]:
        """Do what a task says, with a warning where it may tell its password to anybody."""
        result = self.perform(call)
        if call.params.get("validate_certs") is False:
            result["warnings"] = [UNCHECKED, *result.get("warnings", ())]
        return result

    def repeated(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """The options as a result repeats them: a misspelt one may hold a password."""
        told: dict[str, Any] = _known(self.shown(params), self.arguments)
        return told

    def discreet(self, result: dict[str, Any], secrets: set[str]) -> dict[str, Any]:
        """A result without secrets. Its switches stay, whatever passwords are like."""
        kept = {name: value for name, value in result.items() if isinstance(value, bool)}
        hidden = found_in(result, secrets)
        told: dict[str, Any] = remove_values(result, hidden) if hidden else result
        return {**told, **kept}

    def run(self) -> None:
        """Be the module: take its arguments from Ansible, and end the process with its result."""
        outer = self

        class Discreet(AnsibleModule):
            """Keeps to what ``secrets`` and ``shown`` say."""

            def exit_json(self, **result: Any) -> NoReturn:
                super().exit_json(**self._discreet(result))

            def fail_json(self, msg: str, **result: Any) -> NoReturn:
                super().fail_json(**self._discreet({"msg": msg, **result}))

            def _set_internal_properties(self, *spec: Any) -> None:
                # It is called right before ansible-core checks the options.
                super()._set_internal_properties(*spec)  # type: ignore[no-untyped-call]
                wrong = misplaced(outer.arguments, self.params)
                if wrong:
                    self.fail_json(wrong[0])

            def _discreet(self, result: dict[str, Any]) -> dict[str, Any]:
                told = {"invocation": {"module_args": outer.repeated(self.params)}, **result}
                return outer.discreet(told, self.no_log_values | outer.hidden(self.params))

            def log(self, msg: str, log_args: Any = None) -> None:
                """Nothing goes into the log of the host, where options would be with secrets.

                Ansible leaves out those of a task, but not what is in lists and dictionaries.
                """

        module = Discreet(  # type: ignore[no-untyped-call]
            self.arguments,
            supports_check_mode=True,
            mutually_exclusive=[list(names) for names in self.exclusive],
        )
        connections = Connections()
        try:
            call = Call(module.params, module.check_mode, module._diff, connections)
            result = self.done(call)
        finally:
            connections.close()
        for sentence in result.pop("warnings", ()):
            module.warn(sentence)
        if result.pop("failed", False):
            module.fail_json(**result)
        module.exit_json(**result)


def _known(value: Any, spec: Mapping[str, Any]) -> Any:
    """Options with what the argument specification says of them; anything else is not repeated."""
    if isinstance(value, list):
        return [_known(each, spec) for each in value]
    if not isinstance(value, Mapping):
        return NOT_REPEATED
    told = {}
    for name, inner in value.items():
        below = spec.get(name, {}).get("options")
        plain = name in spec and not (below and inner is not None)
        told[name] = inner if plain else _known(inner, below) if below else NOT_REPEATED
    return told


def manages(resource: Resource) -> Module:
    """The module that manages a kind of resource."""
    return Module(
        argument_spec(resource),
        partial(execute, resource),
        resource.exclusive,
        lacks=partial(_lacks, resource),
    )


def informs(resource: Resource) -> Module:
    """The module that reads a kind of resource."""
    key = resource.key.option
    exclusive: list[tuple[str, ...]] = [(key, option) for option in resource.filters]
    if len(resource.filters) > 1:
        exclusive.append(tuple(resource.filters))
    return Module(
        info_argument_spec(resource),
        partial(gather, resource),
        exclusive,
        lacks=partial(_lacks, resource),
    )


def reports(report: Report) -> Module:
    """The module that reads something that is not one kind of resource."""
    arguments = {**connection_arguments(data=False), **report.arguments}
    return Module(arguments, partial(_report, report))


def _lacks(resource: Resource) -> ImportError | None:
    if resource.door != S3:
        return REQUESTS_MISSING
    # It takes as long to load as all the rest.
    from .s3.client import BOTO3_MISSING  # noqa: PLC0415

    return REQUESTS_MISSING or BOTO3_MISSING


def _from_environment(spec: Mapping[str, Any], variable: str) -> dict[str, Any]:
    return {**spec, "fallback": (_variable, [variable])}


def _variable(name: str) -> str:
    """The value of an environment variable; an empty one is as good as none."""
    value = os.environ.get(name, "")
    if not value:
        raise AnsibleFallbackNotFound
    return value


def connection_arguments(data: bool) -> dict[str, dict[str, Any]]:
    """The options that say which HCP to manage and as whom; documented in the doc fragment.

    ``data``: also where its S3 gateway and metadata queries are.
    """
    arguments = {
        "domain": _from_environment({"type": "str", "required": True}, "HCP_DOMAIN"),
        "username": _from_environment({"type": "str", "required": True}, "HCP_USERNAME"),
        "password": _from_environment(
            {"type": "str", "required": True, "no_log": True}, "HCP_PASSWORD"
        ),
        "auth_type": _from_environment(
            {"type": "str", "choices": ["local", "ad"], "default": "local"}, "HCP_AUTH_TYPE"
        ),
        "account_level": _from_environment(
            {"type": "str", "choices": [SYSTEM, TENANT]}, "HCP_ACCOUNT_LEVEL"
        ),
        "port": _from_environment({"type": "int", "default": 9090}, "HCP_PORT"),
        "nodes": _from_environment({"type": "list", "elements": "str"}, "HCP_NODES"),
        "validate_certs": _from_environment(
            {"type": "bool", "default": True}, "HCP_VALIDATE_CERTS"
        ),
        "ca_path": _from_environment({"type": "path"}, "HCP_CA_PATH"),
        "timeout": _from_environment({"type": "int", "default": 60}, "HCP_TIMEOUT"),
        "retries": _from_environment({"type": "int", "default": 3}, "HCP_RETRIES"),
        "deadline": _from_environment({"type": "int", "default": 300}, "HCP_DEADLINE"),
        # A proxy's URL may hold a password.
        "proxy": _from_environment({"type": "str", "no_log": True}, "HCP_PROXY"),
    }
    if data:
        arguments["data_port"] = _from_environment({"type": "int", "default": 443}, "HCP_DATA_PORT")
    return arguments


def argument_spec(resource: Resource) -> dict[str, dict[str, Any]]:
    """The options of a module that manages one kind of resource."""
    spec = connection_arguments(data=resource.door == S3)
    if not resource.single:
        spec["state"] = {"type": "str", "choices": ["present", "absent"], "default": "present"}
    spec.update(resource.arguments())
    spec.update((option, dict(extra)) for option, extra in resource.extras.items())
    if resource.parents and not resource.single:
        spec["assume_absent"] = {"type": "bool", "default": False}
    if resource.former:
        spec[resource.former] = {"type": "str"}
    if resource.confirmations():
        choices = resource.confirmations()
        spec["confirm"] = {"type": "list", "elements": "str", "choices": choices, "default": []}
    return spec


def info_argument_spec(resource: Resource) -> dict[str, dict[str, Any]]:
    """The options of a module that reads one kind of resource."""
    spec = connection_arguments(data=resource.door == S3)
    spec.update((each.option, each.argument()) for each in resource.parents)
    spec.update((option, {"type": "str"}) for option in resource.named(""))
    spec.update((option, {"type": "str"}) for option in resource.filters)
    parts = [part.option for part in readable_parts(resource)]
    if parts:
        choices = [EVERY_PART, *parts]
        spec["include"] = {"type": "list", "elements": "str", "choices": choices, "default": []}
    return spec


def readable_parts(resource: Resource) -> list[Part]:
    """The parts that an info module can show."""
    return [part for part in resource.parts if part.listed and not isinstance(part.value, Secret)]


def execute(resource: Resource, call: Call) -> dict[str, Any]:
    """Do what a task says."""
    params = call.params
    options = given(params)
    try:
        account = account_of(params)
        mapi, others, level = connect(resource, params, account, call.connections)
    except RefusedError as refusal:
        return refused(refusal)
    task = Task(
        resource,
        options,
        mapi,
        level,
        others,
        present=params.get("state", "present") == "present",
        assume_absent=bool(params.get("assume_absent")),
        check=call.check,
        confirmed=frozenset(params.get("confirm") or ()),
    )
    try:
        return _result(task, converge(task), call.diff)
    except RefusedError as refusal:
        return {**refused(refusal), "warnings": task.warnings}
    except StoppedError as stopped:
        steps = stopped.outcome.steps
        done = [step for step in steps if step.status == DONE]
        return {
            **failed(task.label, stopped.cause),
            "msg": f"{task.label}: {stopped.cause}{_progress(steps)}",
            "changed": any(step.status in (DONE, PARTLY_DONE) for step in steps),
            "created": any(step.action == "create" for step in done),
            "steps": [step.as_dict() for step in steps],
            "warnings": task.warnings,
        }
    except HcpError as error:
        return {**failed(task.label, error), "warnings": task.warnings}


def gather(resource: Resource, call: Call) -> dict[str, Any]:
    """Read what an info task asks for."""
    params = call.params
    try:
        account = account_of(params)
        mapi, others, level = connect(resource, params, account, call.connections)
    except RefusedError as refusal:
        return refused(refusal)
    include = params.get("include") or ()
    options: dict[str, Any] = resource.above(params)
    for part in readable_parts(resource):
        if part.option in include or EVERY_PART in include:
            options[part.option] = True
    task = Task(resource, options, mapi, level, others)
    found, details = [], {}
    try:
        for name in _names(task, params):
            options.update(resource.named(name))
            state = read_all(task, name)
            if state.exists:
                found.append(state.shown(task))
                details[state.name] = state.details
    except RefusedError as refusal:
        return refused(refusal)
    except HcpError as error:
        return failed(resource.plural, error)
    if resource.single:
        shown = found[0] if found else {}
        return {"changed": False, resource.kind: shown, "details": details.get(resource.kind, {})}
    return {"changed": False, resource.plural: found, "details": details}


def _report(report: Report, call: Call) -> dict[str, Any]:
    params = call.params
    try:
        account = account_of(params)
        # It is the tenant that says where to ask.
        mapi, _others, _level = connect(NAMESPACES, params, account, call.connections)
        return {"changed": False, **report.read(mapi, given(params))}
    except RefusedError as refusal:
        return refused(refusal)
    except HcpError as error:
        return failed(f"{report.what} of tenant {params['tenant']}", error)


def _names(task: Task, params: Mapping[str, Any]) -> list[str]:
    resource = task.resource
    if resource.single:
        return [resource.kind]
    if params[resource.key.option]:
        return [params[resource.key.option]]
    filters = {}
    for option, kind in resource.filters.items():
        if params.get(option):
            filters = {"filterType": kind, "filterString": params[option]}
    found = resource.names(task.own_door, task.options, filters)
    # Not every list is filtered by HCP.
    prefix = str(params.get("name_prefix") or "").lower()
    return [name for name in found if name.lower().startswith(prefix)]


def given(value: Any) -> Any:
    """What the user wrote: AnsibleModule fills in ``None`` for what they did not."""
    if isinstance(value, Mapping):
        return {name: given(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [given(inner) for inner in value]
    return value


def misplaced(spec: Mapping[str, Any], options: Mapping[str, Any], where: str = "") -> list[str]:
    """What has something else where dictionaries must be, as sentences.

    ansible-core takes them for dictionaries, or does not say which option it is about.
    """
    found: list[str] = []
    for option, value in options.items():
        each = spec.get(option, {})
        if not each.get("options") or value is None:
            continue
        place, listed = f"{where}{option}", each["type"] == "list"
        try:
            for item in check_type_list(value) if listed else [value]:
                found.extend(misplaced(each["options"], check_type_dict(item), f"{place}."))
        except TypeError:
            found.append(
                f"{place} must be {'a list of dictionaries' if listed else 'a dictionary'}."
            )
    return found


def _result(task: Task, outcome: Outcome, diff: bool) -> dict[str, Any]:
    result: dict[str, Any] = {
        "changed": outcome.changed,
        "created": outcome.created,
        task.resource.kind: outcome.after,
        "details": outcome.details,
        "steps": [step.as_dict() for step in outcome.steps],
        "warnings": task.warnings,
    }
    if diff:
        result["diff"] = difference(task, outcome)
    return result


def difference(task: Task, outcome: Outcome) -> dict[str, Any]:
    """What a task changes, for Ansible to show."""
    before, after = dict(outcome.before), dict(outcome.after)
    for option in {option for step in outcome.steps for option in step.hidden}:
        # A secret is not shown, but that it is set must be.
        if before:
            before[option] = "(not shown by HCP)"
        after[option] = "(set by this task)"
    return {
        "before_header": task.label,
        "after_header": task.label,
        "before": before,
        "after": after,
    }


def refused(refusal: RefusedError) -> dict[str, Any]:
    """The result of a task that was refused."""
    error: dict[str, Any] = {
        **(refusal.request.as_dict() if refusal.request else {}),
        "code": refusal.code,
        "resource": refusal.resource,
        "option": refusal.option,
    }
    if refusal.problems:
        error["problems"] = refusal.problems
    return {"failed": True, "changed": False, "msg": str(refusal), "error": error}


def failed(label: str, error: HcpError) -> dict[str, Any]:
    """The result of a task that a failed request ended."""
    return {
        "failed": True,
        "changed": False,
        "msg": f"{label}: {error}",
        "error": {**error.as_dict(), "resource": label},
    }


def _progress(steps: list[Step]) -> str:
    """How far a plan got, where it was more than one step."""
    if len(steps) < 2:
        return ""
    told = [f"{step.action} {step.resource}: {step.status.replace('_', ' ')}" for step in steps]
    return f" Of the {len(steps)} steps of this task: {'; '.join(told)}."
