"""Writes down how long each task of a play took, and whether it changed anything."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    """Leaves ``{"seconds": {task: seconds}, "changed": number}`` in the file of TASK_SECONDS."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "task_seconds"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self) -> None:
        super().__init__()
        self._starts: list[tuple[str, float]] = []

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:
        self._starts.append((task.get_name(), time.perf_counter()))

    def v2_playbook_on_stats(self, stats: Any) -> None:
        ends = [started for _name, started in self._starts[1:]] + [time.perf_counter()]
        seconds = {
            name: end - started for (name, started), end in zip(self._starts, ends, strict=True)
        }
        document = {"seconds": seconds, "changed": sum(stats.changed.values())}
        Path(os.environ["TASK_SECONDS"]).write_text(json.dumps(document))
