# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a task's options to its result: the only part of the collection's core that knows Ansible.

Each module is ``run(KIND)`` or ``run_info(KIND)``. Failures of every sort become a result here and
nowhere else: one sentence in ``msg``, and the same as data in ``error``.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ansible.module_utils.basic import AnsibleModule, missing_required_lib
from ansible.module_utils.common.parameters import AnsibleFallbackNotFound

from .credentials import LOCAL, Credentials
from .errors import HcpError, RefusedError
from .mapi.client import Client
from .reconcile import (
    DONE,
    PARTLY_DONE,
    Outcome,
    Step,
    StoppedError,
    Task,
    check_names,
    converge,
    read_all,
)
from .resources.table import S3, SYSTEM, TENANT, Door, Part, Resource
from .transport import REQUESTS_MISSING, Endpoint
from .values import Secret

LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
DOMAIN = re.compile(rf"^(?!.{{190}}){LABEL}(?:\.{LABEL})*\Z")
A_DAY = 86400
EVERY_PART = "all"


def _from_environment(spec: Mapping[str, Any], variable: str) -> dict[str, Any]:
    return {**spec, "fallback": (_variable, [variable])}


def _variable(name: str) -> str:
    """The value of an environment variable; an empty one is as good as none."""
    value = os.environ.get(name, "")
    if not value:
        raise AnsibleFallbackNotFound
    return value


def connection_arguments(resource: Resource) -> dict[str, dict[str, Any]]:
    """The options that say which HCP to manage and as whom; documented in the doc fragment."""
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
    if resource.door == S3:
        arguments["data_port"] = _from_environment({"type": "int", "default": 443}, "HCP_DATA_PORT")
    return arguments


def argument_spec(resource: Resource) -> dict[str, dict[str, Any]]:
    """The options of a module that manages one kind of resource."""
    spec = connection_arguments(resource)
    spec["state"] = {"type": "str", "choices": ["present", "absent"], "default": "present"}
    spec.update(resource.arguments())
    spec.update((option, dict(extra)) for option, extra in resource.extras.items())
    if resource.parents:
        spec["assume_absent"] = {"type": "bool", "default": False}
    if resource.former:
        spec[resource.former] = {"type": "str"}
    if resource.confirmations():
        choices = resource.confirmations()
        spec["confirm"] = {"type": "list", "elements": "str", "choices": choices, "default": []}
    return spec


def info_argument_spec(resource: Resource) -> dict[str, dict[str, Any]]:
    """The options of a module that reads one kind of resource."""
    spec = connection_arguments(resource)
    spec.update((each.option, each.argument()) for each in resource.parents)
    spec[resource.key.option] = {"type": "str"}
    spec.update((option, {"type": "str"}) for option in resource.filters)
    parts = [part.option for part in readable_parts(resource)]
    if parts:
        choices = [EVERY_PART, *parts]
        spec["include"] = {"type": "list", "elements": "str", "choices": choices, "default": []}
    return spec


def readable_parts(resource: Resource) -> list[Part]:
    """The parts that an info module can show."""
    return [part for part in resource.parts if part.listed and not isinstance(part.value, Secret)]


def run(resource: Resource) -> None:
    """Be the module that manages a kind of resource."""
    module = AnsibleModule(
        argument_spec(resource),
        supports_check_mode=True,
        mutually_exclusive=[list(names) for names in resource.exclusive],
    )
    _finish(module, execute(resource, module.params, module.check_mode, module._diff))


def run_info(resource: Resource) -> None:
    """Be the module that reads a kind of resource."""
    exclusive = [[resource.key.option, option] for option in resource.filters]
    if len(resource.filters) > 1:
        exclusive.append(list(resource.filters))
    module = AnsibleModule(
        info_argument_spec(resource), supports_check_mode=True, mutually_exclusive=exclusive
    )
    _finish(module, gather(resource, module.params))


def _finish(module: AnsibleModule, result: dict[str, Any]) -> None:
    for sentence in result.pop("warnings", ()):
        module.warn(sentence)
    if result.pop("failed", False):
        module.fail_json(**result)
    module.exit_json(**result)


def execute(
    resource: Resource, params: Mapping[str, Any], check: bool, diff: bool
) -> dict[str, Any]:
    """Do what a task says; the result has ``failed`` where that was not possible."""
    options = _given(params)
    try:
        mapi, others, level = connect(resource, params)
    except RefusedError as refusal:
        return _refused(refusal)
    task = Task(
        resource,
        options,
        mapi,
        level,
        others,
        present=params["state"] == "present",
        assume_absent=bool(params.get("assume_absent")),
        check=check,
        confirmed=frozenset(params.get("confirm") or ()),
    )
    try:
        return _result(task, converge(task), diff)
    except RefusedError as refusal:
        return {**_refused(refusal), "warnings": task.warnings}
    except StoppedError as stopped:
        steps = stopped.outcome.steps
        done = [step for step in steps if step.status == DONE]
        return {
            **_failed(task.label, stopped.cause),
            "msg": f"{task.label}: {stopped.cause}{_progress(steps)}",
            "changed": any(step.status in (DONE, PARTLY_DONE) for step in steps),
            "created": any(step.action == "create" for step in done),
            "steps": [step.as_dict() for step in steps],
            "warnings": task.warnings,
        }
    except HcpError as error:
        return {**_failed(task.label, error), "warnings": task.warnings}
    finally:
        task.close()


def gather(resource: Resource, params: Mapping[str, Any]) -> dict[str, Any]:
    """Read what an info task asks for."""
    try:
        mapi, others, level = connect(resource, params)
    except RefusedError as refusal:
        return _refused(refusal)
    include = params.get("include") or ()
    options: dict[str, Any] = {each.option: params[each.option] for each in resource.parents}
    for part in readable_parts(resource):
        if part.option in include or EVERY_PART in include:
            options[part.option] = True
    task = Task(resource, options, mapi, level, others)
    found, details = [], {}
    try:
        for name in _names(task, params):
            options[resource.key.option] = name
            state = read_all(task, name)
            if state.exists:
                found.append(state.shown(task))
                details[state.name] = state.details
    except RefusedError as refusal:
        return _refused(refusal)
    except HcpError as error:
        return _failed(resource.plural, error)
    finally:
        task.close()
    return {"changed": False, resource.plural: found, "details": details}


def _names(task: Task, params: Mapping[str, Any]) -> list[str]:
    resource = task.resource
    if params[resource.key.option]:
        return [params[resource.key.option]]
    filters = {}
    for option, kind in resource.filters.items():
        if params.get(option):
            filters = {"filterType": kind, "filterString": params[option]}
    path = resource.list_path(task.options)
    return list(task.own_door.names(path, resource.key.wire, filters))


def connect(resource: Resource, params: Mapping[str, Any]) -> tuple[Client, dict[str, Door], str]:
    """The interfaces that a kind needs, for the account that is named, and that account's level."""
    if REQUESTS_MISSING is not None:
        raise RefusedError("library_missing", missing_required_lib("requests"))
    level = params["account_level"] or resource.level
    tenant = resource.tenant(params)
    check_names(resource, params)
    if level == SYSTEM and resource.door == S3:
        sentence = "HCP lets only accounts of a tenant use S3, not those of the system."
        raise RefusedError("bad_option", sentence, option="account_level")
    if level == TENANT and not tenant:
        raise RefusedError(
            "bad_option",
            f"A tenant-level account cannot list {resource.plural}: name the tenant, or use a"
            " system-level account.",
        )
    credentials = Credentials(params["username"], params["password"], params["auth_type"])
    endpoint = Endpoint(
        domain=params["domain"].rstrip("."),
        port=params["port"],
        nodes=tuple(node.strip() for node in params["nodes"] or () if node.strip()),
        validate_certs=params["validate_certs"],
        ca_path=params["ca_path"],
        proxy=params["proxy"],
        timeout=params["timeout"],
        retries=params["retries"],
        deadline=params["deadline"],
    )
    problem = credentials.problem() or _connection_problem(endpoint)
    if problem:
        raise RefusedError("bad_option", problem)
    mapi = Client(endpoint, credentials, "admin" if level == SYSTEM else str(tenant))
    if resource.door != S3:
        return mapi, {}, level
    data = replace(endpoint, port=params["data_port"])
    problem = _connection_problem(data)
    if problem:
        raise RefusedError("bad_option", f"data_port: {problem}", option="data_port")
    return mapi, {S3: _buckets(data, credentials, str(tenant))}, level


def _buckets(endpoint: Endpoint, credentials: Credentials, tenant: str) -> Door:
    # boto3 is needed here only, and takes as long to load as all the rest.
    from .s3.client import BOTO3_MISSING, S3Client  # noqa: PLC0415

    if BOTO3_MISSING is not None:
        raise RefusedError("library_missing", missing_required_lib("boto3"))
    if credentials.kind != LOCAL:
        sentence = "HCP lets only its own accounts manage buckets, not those of Active Directory."
        raise RefusedError("bad_option", sentence, option="auth_type")
    try:
        return S3Client(endpoint, credentials, tenant)
    except ValueError as error:
        raise RefusedError("bad_option", f"boto3 cannot use this: {error}.") from None


def _connection_problem(endpoint: Endpoint) -> str | None:
    if not DOMAIN.match(endpoint.domain):
        return (
            f"domain must be the HCP's domain name alone, like hcp.example.com, not"
            f" '{endpoint.domain}'."
        )
    if endpoint.ca_path and not os.access(endpoint.ca_path, os.R_OK):
        return f"ca_path '{endpoint.ca_path}' cannot be read on the host that runs this task."
    for node in endpoint.nodes:
        if not DOMAIN.match(node) and not _is_address(node):
            return f"nodes must hold host names or IP addresses alone, not '{node}'."
    if not 0 < endpoint.port < 65536:
        return f"port must be between 1 and 65535, not {endpoint.port}."
    if not 0 < endpoint.timeout <= A_DAY or not 0 < endpoint.deadline <= A_DAY:
        return f"timeout and deadline must be between 1 and {A_DAY} seconds."
    if not 0 <= endpoint.retries <= 100:
        return "retries must be between 0 and 100."
    return None


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return False
    return True


def _given(value: Any) -> Any:
    """What the user wrote: AnsibleModule fills in ``None`` for what they did not."""
    if isinstance(value, Mapping):
        return {name: _given(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_given(inner) for inner in value]
    return value


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
        before, after = dict(outcome.before), dict(outcome.after)
        for option in {option for step in outcome.steps for option in step.hidden}:
            # A secret is not shown, but that it is set must be.
            if before:
                before[option] = "(not shown by HCP)"
            after[option] = "(set by this task)"
        result["diff"] = {
            "before_header": task.label,
            "after_header": task.label,
            "before": before,
            "after": after,
        }
    return result


def _refused(refusal: RefusedError) -> dict[str, Any]:
    error = {"code": refusal.code, "resource": refusal.resource, "option": refusal.option}
    return {"failed": True, "changed": False, "msg": str(refusal), "error": error}


def _failed(label: str, error: HcpError) -> dict[str, Any]:
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
