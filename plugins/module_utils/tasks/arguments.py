# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Argument specifications, made of the schema."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ansible.module_utils.common.parameters import AnsibleFallbackNotFound
from ansible.module_utils.common.validation import check_type_dict, check_type_list

from ..refusal import RefusedError
from ..schema.interface import S3, SYSTEM, TENANT
from ..schema.resource import Resource

EVERY_PART = "all"


def _from_environment(spec: Mapping[str, Any], variable: str) -> dict[str, Any]:
    return {**spec, "fallback": (_variable, [variable])}


def _variable(name: str) -> str:
    """Return the value of an environment variable. An empty variable counts as missing."""
    value = os.environ.get(name, "")
    if not value:
        raise AnsibleFallbackNotFound
    return value


def connection_arguments(data: bool) -> dict[str, dict[str, Any]]:
    """Return the connection options, which the doc fragment ``connection`` documents.

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
    """Return the argument specification of a module that manages one kind of resource."""
    spec = connection_arguments(data=resource.interface == S3)
    if not resource.is_singleton:
        spec["state"] = {"type": "str", "choices": ["present", "absent"], "default": "present"}
    spec.update(resource.arguments())
    spec.update((option, dict(extra)) for option, extra in resource.extras.items())
    if resource.parents and not resource.is_singleton:
        spec["assume_absent"] = {"type": "bool", "default": False}
    if resource.rename_option:
        spec[resource.rename_option] = {"type": "str"}
    if resource.merging():
        choices = resource.merging()
        spec["exact"] = {"type": "list", "elements": "str", "choices": choices, "default": []}
    if resource.confirmations():
        choices = resource.confirmations()
        spec["confirm"] = {"type": "list", "elements": "str", "choices": choices, "default": []}
    return spec


def without_none(value: Any) -> Any:
    """Return the options that the user set. AnsibleModule sets the others to ``None``."""
    if isinstance(value, Mapping):
        return {name: without_none(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [without_none(inner) for inner in value]
    return value


def type_problems(
    spec: Mapping[str, Any], options: Mapping[str, Any], where: str = ""
) -> list[str]:
    """Return a sentence for each option that must be a dictionary and is not.

    ansible-core accepts some of them as dictionaries, and does not name the option of the others.
    """
    found: list[str] = []
    for option, value in options.items():
        each = spec.get(option, {})
        if not each.get("options") or value is None:
            continue
        place, listed = f"{where}{option}", each["type"] == "list"
        try:
            for item in check_type_list(value) if listed else [value]:
                found.extend(type_problems(each["options"], check_type_dict(item), f"{place}."))
        except TypeError:
            found.append(
                f"{place} must be {'a list of dictionaries' if listed else 'a dictionary'}."
            )
    return found


def time_option(option: str, text: str) -> datetime:
    """Parse a time that a user wrote.

    :raises RefusedError: the text is not a time, or lacks its offset from UTC
    """
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        pass
    raise RefusedError(
        "bad_option",
        f"{option} must be a time with its offset from UTC, like 2026-05-04T00:00:00Z or"
        f" 2026-05-04T02:00:00+0200, not '{text}'.",
        option=option,
    )
