"""Run the real modules as Ansible does: arguments in, one JSON document out, a process each."""

from __future__ import annotations

import importlib
import json
import os
import sys
import tempfile
import traceback
from contextlib import AbstractContextManager
from typing import Any

# A bool. As Any it lets tests pass on options of all types with **.
Flag = Any
MODULES = "ansible_collections.contentplatform.hcp.plugins.modules"


def run(
    name: str,
    options: dict[str, Any],
    check: bool = False,
    diff: bool = False,
    fails: bool = False,
) -> Any:
    """Run a module in a child process and return its result, which must have ``failed`` or not.

    The child is a fork, so that a run takes no longer than the module itself needs.
    """
    module = importlib.import_module(f"{MODULES}.{name}")
    arguments = {
        **options,
        "_ansible_check_mode": check,
        "_ansible_diff": diff,
        "_ansible_verbosity": 3,
        "_ansible_remote_tmp": tempfile.gettempdir(),
        "_ansible_keep_remote_files": False,
    }
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os._exit(_in_child(module, arguments, writing))
    os.close(writing)
    with os.fdopen(reading) as pipe:
        output = pipe.read()
    os.waitpid(child, 0)
    try:
        result = json.loads(output)
    except ValueError:
        raise AssertionError(f"{name} gave no JSON:\n{output}") from None
    assert result.get("failed", False) is fails, result.get("msg", result)
    # Since ansible-core 2.19 a warning is more than its text.
    result["warnings"] = [
        each if isinstance(each, str) else each["event"]["msg"]
        for each in result.get("warnings", ())
    ]
    return result


def _in_child(module: Any, arguments: dict[str, Any], writing: int) -> int:
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
