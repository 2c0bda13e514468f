"""Run the real modules, in process or as module processes.

A module process gets arguments and prints one JSON document, as with Ansible. In process a module
runs as the action plugin runs it, with connections that live as long as a test.
"""

from __future__ import annotations

import importlib
import json
import os
import select
import signal
import sys
import tempfile
import traceback
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from ansible.module_utils.common.parameters import PASS_VARS

# A bool. As Any it lets tests pass on options of all types with **.
Flag = Any
PLUGINS = "ansible_collections.contentplatform.hcp.plugins"


@dataclass
class Execution:
    """How modules are run, and their results."""

    in_process: bool = False
    connections: Any = None
    results: list[dict[str, Any]] = field(default_factory=list)


execution = Execution()


def run(
    name: str,
    options: dict[str, Any],
    check: bool = False,
    diff: bool = False,
    fails: bool = False,
) -> Any:
    """Run a module and return its result, which must have ``failed`` or not."""
    result = attempt(name, options, check, diff)
    assert result.get("failed", False) is fails, result.get("msg", result)
    # Since ansible-core 2.19 a warning is more than its text.
    result["warnings"] = [
        each if isinstance(each, str) else each["event"]["msg"]
        for each in result.get("warnings", ())
    ]
    execution.results.append({"module": name, "check": check, "result": result})
    return result


def attempt(name: str, options: dict[str, Any], check: bool = False, diff: bool = False) -> Any:
    """Run a module and return its result, be it good or bad."""
    module = importlib.import_module(f"{PLUGINS}.modules.{name}")
    if execution.in_process:
        return _in_process(name, module, options, check, diff)
    return Child(name, options, check, diff).finish()


def _in_process(name: str, module: Any, options: Any, check: bool, diff: bool) -> Any:
    found = importlib.import_module(f"{PLUGINS}.module_utils.tasks.in_process")
    told = found.InProcess(name, module.MODULE, execution.connections).run(
        options, check, diff, True
    )
    # As a result it is also JSON for those who look at it.
    return json.loads(json.dumps(told))


class Child:
    """A module that runs in a fork, so that it takes no longer than the module itself needs."""

    def __init__(
        self, name: str, options: dict[str, Any], check: bool = False, diff: bool = False
    ) -> None:
        self._name = name
        module = importlib.import_module(f"{PLUGINS}.modules.{name}")
        arguments = {
            **options,
            "_ansible_check_mode": check,
            "_ansible_diff": diff,
            "_ansible_verbosity": 3,
            "_ansible_remote_tmp": tempfile.gettempdir(),
            "_ansible_keep_remote_files": False,
            "_ansible_module_name": name,
        }
        if "inject_invocation" in PASS_VARS:
            # Older releases always do it.
            arguments["_ansible_inject_invocation"] = True
        reading, writing = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(reading)
            os._exit(_child(module, arguments, writing))
        os.close(writing)
        self._pipe = os.fdopen(reading)

    @property
    def ended(self) -> bool:
        """Whether it has ended by itself."""
        return bool(select.select([self._pipe], [], [], 0)[0])

    def finish(self) -> Any:
        """Wait for its result."""
        with self._pipe:
            output = self._pipe.read()
        os.waitpid(self._pid, 0)
        try:
            return json.loads(output)
        except ValueError:
            raise AssertionError(f"{self._name} gave no JSON:\n{output}") from None

    def kill(self) -> None:
        """End it without a chance to tidy up."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        self._pipe.close()


def _child(module: Any, arguments: dict[str, Any], writing: int) -> int:
    with os.fdopen(writing, "w") as pipe:
        sys.stdout = sys.stderr = pipe
        try:
            with _arguments(arguments):
                module.main()
        except SystemExit as ended:
            return int(ended.code or 0)
        except BaseException:  # noqa: BLE001  (whatever it is, the parent must see it)
            traceback.print_exc(file=pipe)
    return 1


def _arguments(arguments: dict[str, Any]) -> AbstractContextManager[Any]:
    try:
        from ansible.module_utils.testing import patch_module_args  # noqa: PLC0415
    except ImportError:  # ansible-core before 2.19
        from unittest.mock import patch  # noqa: PLC0415

        document = json.dumps({"ANSIBLE_MODULE_ARGS": arguments}).encode()
        return patch("ansible.module_utils.basic._ANSIBLE_ARGS", document)
    return patch_module_args(arguments)
