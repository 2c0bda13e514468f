# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The in-process door: run a module's code in Ansible's worker instead of a process of its own.

meta/runtime.yml routes every module of the collection here. A task that would run on the controller
anyway is done at once, over connections that stay open for the next item of a loop; every other
task goes through the module, as does every task with ``hcp_in_process: false`` among its variables.
"""

from __future__ import annotations

import importlib
import shutil
import sys
from pathlib import Path
from typing import Any

from ansible import constants
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action.normal import ActionModule as NormalAction
from ansible.utils.display import Display

from ..module_utils.connections import Connections
from ..module_utils.tasks.in_process import InProcess, plain
from ..module_utils.tasks.module import Module
from ..module_utils.tasks.secrets import register

SWITCH = "hcp_in_process"
# Of this worker. A connection is closed with the process.
CONNECTIONS = Connections()


class ActionModule(NormalAction):
    """Runs any module of the collection."""

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        variables = task_vars or {}
        name = self._task.action.rpartition(".")[2]
        module: Module = importlib.import_module(f"..modules.{name}", __package__).MODULE
        if module.missing_library() or not self._here(variables):
            register(module.secret_values(plain(self._task.args)))
            through_module: dict[str, Any] = super().run(tmp, task_vars)  # type: ignore[no-untyped-call]
            return through_module
        internal: dict[str, Any] = {}
        self._update_module_args(self._task.action, internal, variables)
        door = InProcess(internal["_ansible_module_name"], module, CONNECTIONS, _tell)
        return door.run(
            self._task.args,
            check=internal["_ansible_check_mode"],
            diff=internal["_ansible_diff"],
            # Older releases of ansible-core always show it.
            invocation=internal.get("_ansible_inject_invocation", True),
        )

    def _here(self, variables: dict[str, Any]) -> bool:
        """Whether the module would run on this very host, as this user, with this Python."""
        if self._task.delegate_to:
            variables = variables.get("ansible_delegated_vars", {}).get(self._task.delegate_to, {})
        switch = self._templar.template(variables.get(SWITCH, True))
        return (
            self._connection.transport == "local"
            and self._connection.become is None
            and not self._task.async_val
            and not any(self._task.environment or ())
            and self._own_python(variables)
            and boolean(switch)
        )

    def _own_python(self, variables: dict[str, Any]) -> bool:
        """Whether the Python that the task asks for is the one that runs this."""
        setting = constants.config.get_config_value("INTERPRETER_PYTHON", variables=variables)
        wanted = str(self._templar.template(setting))
        if wanted.startswith("auto"):
            return True
        found = shutil.which(wanted)
        # A virtual environment's Python is a link to one that has other libraries: not resolved.
        return found is not None and Path(found).absolute() == Path(sys.executable).absolute()


def _tell(sentence: str) -> None:
    # Standard output may be a document, such as that of the json callback.
    Display().display(sentence, stderr=True)
