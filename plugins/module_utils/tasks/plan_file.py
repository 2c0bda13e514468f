# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plan files: a plan is written for approval, and an approved plan is compared with a new one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..files import AtomicFile
from ..refusal import RefusedError

Plan = Mapping[str, Any]


def check_approved(plan: Plan, approved: str) -> None:
    """Refuse anything but the plan in the file ``approved``.

    :raises RefusedError: it is another plan, is for another HCP, or cannot be read
    """
    try:
        saved = json.loads(Path(approved).read_text(encoding="utf-8"))
        was = {_identity(step) for step in saved["plan"]}
        elsewhere = saved["domain"] != plan["domain"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RefusedError(
            "bad_option",
            f"approved_plan '{approved}' cannot be read as a plan ({type(error).__name__}).",
            option="approved_plan",
        ) from None
    if elsewhere:
        sentence = f"approved_plan '{approved}' is for another HCP, {saved['domain']}."
        raise RefusedError("plan_changed", sentence, option="approved_plan")
    now = {_identity(step) for step in plan["plan"]}
    if was == now:
        return
    new = [f"To {each[0]} {each[1]} is not in the approved plan." for each in sorted(now - was)]
    gone = [f"To {each[0]} {each[1]} is no longer needed." for each in sorted(was - now)]
    raise RefusedError.of_many(
        "plan_changed",
        "Nothing was changed: the plan differs from the approved plan. Make a new plan",
        new + gone,
    )


def _identity(step: Mapping[str, Any]) -> tuple[str, ...]:
    kept = {name: step[name] for name in step if name not in ("status", "where")}
    return (str(step["action"]), str(step["resource"]), json.dumps(kept, sort_keys=True))


def write_plan(path: str, plan: Plan) -> None:
    """Write a plan to a file, completely or not at all."""
    with AtomicFile("plan_file", path) as file:
        file.write(f"{json.dumps(plan, indent=2, sort_keys=True)}\n".encode())
        file.commit()
