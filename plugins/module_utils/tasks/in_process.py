# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs modules in Ansible's own process, with the checks that AnsibleModule does.

Arguments are checked, results completed and secrets removed with the same functions of ansible-core
that ``AnsibleModule`` uses, so that both doors give the same result.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from ansible.module_utils.common.arg_spec import ModuleArgumentSpecValidator
from ansible.module_utils.errors import UnsupportedError

from ..connections import Connections
from .arguments import type_problems
from .module import Call, Module
from .secrets import register


class InProcess:
    """A module that can run in this process any number of times."""

    def __init__(
        self,
        name: str,
        module: Module,
        connections: Connections,
        progress: Callable[[str], None] | None = None,
    ) -> None:
        self._name = name
        self._module = module
        self._connections = connections
        self._progress = progress

    def run(
        self, arguments: Mapping[str, Any], check: bool, diff: bool, invocation: bool
    ) -> dict[str, Any]:
        """Run a task; return the result of a module process. ``invocation`` adds the options."""
        given = plain(arguments)
        validator = ModuleArgumentSpecValidator(
            self._module.arguments, mutually_exclusive=self._module.exclusive
        )
        wrong = type_problems(self._module.arguments, given)
        checked = validator.validate({} if wrong else given)
        params = {**given, **({} if wrong else checked.validated_parameters)}
        secrets = checked._no_log_values | self._module.secret_values(params)
        register(secrets)
        if wrong:
            result = {"failed": True, "msg": wrong[0]}
        elif checked.error_messages:
            result = {"failed": True, "msg": self._problem(checked.errors)}
        else:
            self._connections.clear_cache()
            call = Call(params, check, diff, self._connections, self._progress)
            result = self._module.done(call)
        if invocation:
            result["invocation"] = {"module_args": self._module.reported_options(params)}
        if not result.get("warnings"):
            result.pop("warnings", None)
        redacted: dict[str, Any] = plain(self._module.redact(result, secrets))
        return redacted

    def _problem(self, errors: Any) -> str:
        """Describe invalid arguments as AnsibleModule does."""
        if isinstance(errors[0], UnsupportedError):
            return f"Unsupported parameters for ({self._name}) module: {errors.msg}"
        return str(errors.msg)


def plain(value: Any) -> Any:
    """Return a value as plain JSON values, as they reach a module process.

    Without Ansible's tags, strings that come from HCP are never taken for templates.
    """
    return json.loads(json.dumps(value, default=_as_json))


def _as_json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Iterable) and not isinstance(value, (bytes, str)):
        # In older releases a vaulted string is such a sequence, and str() decrypts it.
        return str(value) if hasattr(value, "vault") else list(value)
    return str(value)
