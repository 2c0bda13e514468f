# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules that download log packages and health check reports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from ..connections import A_DAY
from ..files import AtomicFile
from ..platform.packages import (
    ABSENT,
    FAILED,
    LOGS,
    PREPARING,
    READY,
    REPORTS,
    Package,
    PackageType,
    day,
)
from ..protocols.mapi.client import Client
from ..refusal import RefusedError
from .arguments import connection_arguments
from .as_system import as_system
from .module import Call, Module
from .results import attempt

TIME_OF_DAY = re.compile(r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z")
NAME = re.compile(r"^[^,\s]+\Z")
REUSED = (
    "The {} existed already, and HCP does not return its days. Set replace to true to prepare a new"
    " one."
)
WANTED = {"node_numbers": "nodes", "s_nodes": "snodes", "content": "content"}
DOWNLOADED, PREPARED = "downloaded", "prepared"


def fetches_logs() -> Module:
    """The module that downloads the logs of the system."""
    names: dict[str, Any] = {"type": "list", "elements": "str"}
    choices = ["ACCESS", "SYSTEM", "SERVICE", "APPLICATION"]
    own = {"s_nodes": names, "content": {**names, "choices": choices}}
    return Module({**_arguments(), **own}, partial(_perform, LOGS))


def fetches_reports() -> Module:
    """The module that downloads health check reports."""
    own = {"exact_time": {"type": "str"}, "collect_current": {"type": "bool"}}
    return Module({**_arguments(), **own}, partial(_perform, REPORTS))


def _arguments() -> dict[str, dict[str, Any]]:
    return {
        **connection_arguments(data=False),
        "state": {
            "type": "str",
            "choices": [DOWNLOADED, PREPARED, ABSENT],
            "default": DOWNLOADED,
        },
        "dest": {"type": "path"},
        "force": {"type": "bool", "default": False},
        "replace": {"type": "bool", "default": False},
        "keep": {"type": "bool", "default": False},
        "start_date": {"type": "str"},
        "end_date": {"type": "str"},
        "node_numbers": {"type": "list", "elements": "int"},
        "wait_timeout": {"type": "int", "default": 3600},
    }


def _perform(package_type: PackageType, call: Call) -> dict[str, Any]:
    return as_system(package_type.what, partial(_fetch, package_type), call)


def _fetch(package_type: PackageType, mapi: Client, call: Call) -> dict[str, Any]:
    package = Package(mapi, package_type, call.progress)
    result = attempt(package_type.what, partial(_fetched, package_type, package, call))
    # A task that failed may have prepared or cleared one.
    return {**result, "changed": package.changed} if result.get("failed") else result


def _fetched(package_type: PackageType, package: Package, call: Call) -> dict[str, Any]:
    params = call.params
    order, wanted = _orders(params)
    state, dest = params["state"], params["dest"]
    if state == DOWNLOADED and not params["force"] and Path(dest).is_file():
        return {"changed": False}
    if state == DOWNLOADED and not call.check:
        # Preparing a package takes long, so the destination is checked first.
        with AtomicFile("dest", dest):
            pass
    found = package.state()
    reused = found in (PREPARING, READY) and not params["replace"] and state != ABSENT
    if call.check:
        changed = found != ABSENT if state == ABSENT else state == DOWNLOADED or not reused
        return {"changed": changed, "status": found}
    if found != ABSENT and not reused:
        package.clear()
    if state == ABSENT:
        return {"changed": package.changed, "status": ABSENT}
    if not reused:
        package.prepare(order)
    found = package.wait(params["wait_timeout"])
    if state == PREPARED and (found == READY or not params["wait_timeout"]):
        return {"changed": package.changed, "status": found}
    if found != READY:
        return _unprepared(package_type, found, package.changed)
    with AtomicFile("dest", dest) as file:
        package.download(wanted, file)
        file.commit()
    package.changed = True
    if not params["keep"]:
        package.clear()
    return {
        "changed": True,
        "status": READY if params["keep"] else ABSENT,
        "warnings": [REUSED.format(package_type.what)] if reused else [],
    }


def _unprepared(package_type: PackageType, state: str, changed: bool) -> dict[str, Any]:
    """Return the result if there is nothing to download."""
    code, sentence = {
        PREPARING: (
            "timed_out",
            "it was not ready in time. HCP continues: run the task again, or raise wait_timeout.",
        ),
        FAILED: ("preparation_failed", "HCP could not prepare it. Run the task again."),
        ABSENT: ("not_found", "it was deleted meanwhile. Run the task again."),
    }[state]
    error = {"code": code, "resource": package_type.what, "option": ""}
    msg = f"{package_type.what}: {sentence}"
    return {"failed": True, "changed": changed, "msg": msg, "status": state, "error": error}


def _orders(params: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the properties of the preparation and of the download.

    :raises RefusedError: the options are invalid
    """
    if params["state"] == DOWNLOADED and not params["dest"]:
        raise _bad("dest", "state: downloaded needs dest, the name of the file to make.")
    if not 0 <= params["wait_timeout"] <= A_DAY:
        raise _bad("wait_timeout", f"wait_timeout must be between 0 and {A_DAY} seconds.")
    order = _days(params)
    exact = params.get("exact_time")
    if exact is not None:
        if not TIME_OF_DAY.match(exact):
            raise _bad("exact_time", f"exact_time must be a time like 02:30, not '{exact}'.")
        order["exactTime"] = exact
    if params.get("collect_current") is not None:
        order["collectCurrent"] = params["collect_current"]
    wanted: dict[str, Any] = {}
    for option, wire in WANTED.items():
        if params.get(option) is not None:
            wanted[wire] = _names(option, params[option])
    if "snodes" in wanted:
        order["snodes"] = wanted["snodes"]
    return order, wanted


def _days(params: Mapping[str, Any]) -> dict[str, Any]:
    order = {
        wire: day(option, params[option])
        for option, wire in (("start_date", "startDate"), ("end_date", "endDate"))
        if params[option] is not None
    }
    if len(order) == 2 and params["start_date"].strip() > params["end_date"].strip():
        raise _bad("start_date", "start_date must not be after end_date.")
    return order


def _names(option: str, names: list[Any]) -> str:
    if option == "content" and not names:
        raise _bad("content", "content must name a kind of logs; leave it out for all of them.")
    for name in names:
        if not NAME.match(str(name)):
            raise _bad(option, f"{option} must hold one name per entry, not '{name}'.")
    return ",".join(str(name) for name in names)


def _bad(option: str, sentence: str) -> RefusedError:
    return RefusedError("bad_option", sentence, option=option)
