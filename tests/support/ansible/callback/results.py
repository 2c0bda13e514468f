"""Writes down what came of each task and of each item of a loop, and shows nothing."""

from __future__ import annotations

import importlib
import json
import os
from pathlib import Path
from typing import Any

from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    """Adds a line of JSON to the file of TASK_RESULTS for each result."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "results"

    def v2_playbook_on_start(self, playbook: Any) -> None:
        # Every worker is a fork of this process, and would load them for each task.
        for name in (
            "action.hcp_config",
            "module_utils.tasks.entries",
            "module_utils.protocols.s3.client",
        ):
            importlib.import_module(f"ansible_collections.contentplatform.hcp.plugins.{name}")

    def v2_runner_on_ok(self, result: Any) -> None:
        self._keep(result, False)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._keep(result, True)

    def v2_runner_item_on_ok(self, result: Any) -> None:
        self._keep(result, False)

    def v2_runner_item_on_failed(self, result: Any) -> None:
        self._keep(result, True)

    def _keep(self, result: Any, failed: bool) -> None:
        told = dict(result._result)
        if "results" in told:
            # The sum of a loop, whose items were kept one by one.
            return
        line = {
            "task": result._task.name,
            "host": result._host.name,
            "case": (told.pop("item", None) or {}).get("case"),
            "result": {**told, "failed": failed},
        }
        with Path(os.environ["TASK_RESULTS"]).open("a") as file:
            file.write(json.dumps(line, default=str) + "\n")
