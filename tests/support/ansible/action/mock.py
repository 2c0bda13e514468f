"""Requests to the control API of the mock HCP, without a process for each."""

from __future__ import annotations

import json
from typing import Any

from ansible.module_utils.urls import open_url
from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    """Takes ``requests``, a list of method, path below /_mock and body; returns ``answers``."""

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        variables = task_vars or {}
        answers = []
        for method, what, body in self._task.args["requests"]:
            answer = open_url(
                f"{variables['mock_url']}/_mock/{what}",
                data=None if body is None else json.dumps(body),
                method=method,
                ca_path=variables["mock_ca"],
                use_proxy=False,
            )
            text = answer.read()
            answers.append(json.loads(text) if text else None)
        return {"changed": False, "answers": answers}
