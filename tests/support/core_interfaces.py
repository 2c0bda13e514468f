"""The private interfaces of ansible-core that the collection relies on, in one list.

python -m support.core_interfaces prints which of them are as relied on. It is a process of its own,
because modules behave in another way in a process that has loaded parts of the controller.
"""

from __future__ import annotations

import inspect
import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from typing import Any
from unittest.mock import patch

from ansible import constants
from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.arg_spec import ModuleArgumentSpecValidator
from ansible.module_utils.common.parameters import AnsibleFallbackNotFound
from ansible.playbook.task import Task
from ansible.plugins.action import ActionBase
from ansible.plugins.action.normal import ActionModule as NormalAction

ACTION, MODULE = "plugins/action/hcp_config.py", "plugins/module_utils/tasks/module.py"
IN_PROCESS = "plugins/module_utils/tasks/in_process.py"
SECRETS = "plugins/module_utils/tasks/secrets.py"


def parameters(function: Callable[..., Any]) -> list[str]:
    return list(inspect.signature(function).parameters)


@contextmanager
def module(word: str = "told") -> Iterator[Any]:
    """A module with an option that holds a secret, as it is after the check of its options."""

    class Probe(AnsibleModule):
        called_with: tuple[Any, ...] = ()

        def _set_internal_properties(self, *spec: Any) -> None:
            super()._set_internal_properties(*spec)  # type: ignore[no-untyped-call]
            self.called_with = spec
            self.seen = dict(self.params)

    document = {"ANSIBLE_MODULE_ARGS": {"word": word, "_ansible_diff": True}}
    try:
        from ansible.module_utils.testing import patch_module_args  # noqa: PLC0415
    except ImportError:  # ansible-core before 2.19
        patched: Any = patch(
            "ansible.module_utils.basic._ANSIBLE_ARGS", json.dumps(document).encode()
        )
    else:
        patched = patch_module_args(document["ANSIBLE_MODULE_ARGS"])
    with patched:
        yield Probe({"word": {"type": "str", "no_log": True}})  # type: ignore[no-untyped-call]


def sets_internal_properties() -> bool:
    with module() as probe:
        return bool(probe.seen.get("word") == "told")


def knows_diff() -> bool:
    with module() as probe:
        return probe._diff is True


def collects_secrets() -> bool:
    with module() as probe:
        return "told" in probe.no_log_values


def validator_collects_secrets() -> bool:
    validator = ModuleArgumentSpecValidator({"word": {"type": "str", "no_log": True}})
    return "told" in validator.validate({"word": "told"})._no_log_values


def new_secrets_can_be_flushed() -> bool:
    try:
        from ansible.module_utils import secrets  # noqa: PLC0415
    except ImportError:  # ansible-core before 2.22
        return True
    output = io.StringIO()
    with module() as probe:
        probe._new_secrets.flush()
        with redirect_stdout(output), suppress(SystemExit):
            probe.exit_json()
    return callable(secrets.register_secrets) and "told" not in output.getvalue()


# (name, where it is used, what is relied on, whether that is so)
INTERFACES: list[tuple[str, str, str, Callable[[], bool]]] = [
    (
        "_set_internal_properties",
        MODULE,
        "AnsibleModule calls it with the parameters set and not checked yet",
        sets_internal_properties,
    ),
    ("_diff", MODULE, "an AnsibleModule says whether --diff was given", knows_diff),
    (
        "_new_secrets",
        SECRETS,
        "a module process prints the secrets in it, unless they are flushed",
        new_secrets_can_be_flushed,
    ),
    (
        "_no_log_values",
        IN_PROCESS,
        "a validation result has the values of options with no_log",
        validator_collects_secrets,
    ),
    (
        "no_log_values",
        MODULE,
        "an AnsibleModule has the values of options with no_log",
        collects_secrets,
    ),
    (
        "_update_module_args",
        ACTION,
        "an action plugin fills a dictionary with the internal arguments of a module",
        lambda: (
            parameters(ActionBase._update_module_args)[:4]
            == ["self", "module_name", "module_args", "task_vars"]
        ),
    ),
    (
        "_ansible_module_name",
        ACTION,
        "it is among those arguments, as _ansible_check_mode and _ansible_diff are",
        lambda: all(
            name in inspect.getsource(ActionBase._update_module_args)
            for name in ("_ansible_module_name", "_ansible_check_mode", "_ansible_diff")
        ),
    ),
    (
        "_task",
        ACTION,
        "a task has an action, arguments, async_val, delegate_to and environment",
        lambda: (
            {"action", "args", "async_val", "delegate_to", "environment"} <= set(Task.fattributes)
        ),
    ),
    (
        "_connection",
        ACTION,
        "an action plugin gets task, connection and templar",
        lambda: {"task", "connection", "templar"} <= set(parameters(ActionBase.__init__)),
    ),
    (
        "_templar",
        ACTION,
        "the plugin of modules without one of their own is a class with run(tmp, task_vars)",
        lambda: parameters(NormalAction.run) == ["self", "tmp", "task_vars"],
    ),
    (
        "get_config_value",
        ACTION,
        "a setting is looked up with the variables of a host",
        lambda: "variables" in parameters(constants.config.get_config_value),
    ),
    (
        "AnsibleFallbackNotFound",
        "plugins/module_utils/tasks/arguments.py",
        "a fallback raises it where it has no value",
        lambda: issubclass(AnsibleFallbackNotFound, Exception),
    ),
]


def main() -> None:
    sys.stdout.write(
        json.dumps([[name, where, what, holds()] for name, where, what, holds in INTERFACES])
    )


if __name__ == "__main__":
    main()
