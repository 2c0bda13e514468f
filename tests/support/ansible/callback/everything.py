"""Writes down all of every result, as callbacks that make documents of them do."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: everything
type: notification
short_description: Writes down all of every result
description: Also what callbacks that come with Ansible leave out.
"""


class CallbackModule(CallbackBase):
    """A line of JSON for each result."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "everything"

    def v2_runner_on_ok(self, result: Any) -> None:
        self._write("ok", result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._write("failed", result)

    def v2_runner_on_async_poll(self, result: Any) -> None:
        self._write("poll", result)

    def _write(self, what: str, result: Any) -> None:
        with Path(os.environ["EVERYTHING_FILE"]).open("a") as stream:
            entry = {what: result._task.get_name(), "result": result._result}
            stream.write(f"{json.dumps(entry, default=str, ensure_ascii=False)}\n")
