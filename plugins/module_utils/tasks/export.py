# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module that reads an HCP into a configuration."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from ..configuration.accounts import Sessions
from ..configuration.export import Choice, Export
from ..configuration.progress import Progress
from ..protocols.transport import REQUESTS_MISSING
from ..refusal import RefusedError
from ..resources.kinds import KINDS
from ..schema.interface import TENANT
from .configuration_options import (
    check_patterns,
    check_words,
    plurals,
    shared_arguments,
    worker_pool,
)
from .module import Call, Module
from .results import attempt, failed


def exports() -> Module:
    """The module that reads an HCP into a configuration."""
    arguments = {
        **shared_arguments(),
        "tenants": {"type": "list", "elements": "str", "default": ["*"]},
        "kinds": {"type": "list", "elements": "str"},
        "names": {"type": "dict", "default": {}},
        "skip_unreadable": {"type": "bool", "default": False},
    }
    return Module(arguments, _export, missing_library=lambda: REQUESTS_MISSING)


def _usual_kinds(tenants: Iterable[str]) -> list[str]:
    """Return the kinds to read if a task names none."""
    # The system's own settings are left out if only some tenants are exported.
    every = "*" in tenants
    return [
        kind.plural for kind in KINDS if not kind.also_counted_as and (every or not kind.systemwide)
    ]


def _export(call: Call) -> dict[str, Any]:
    return attempt("", partial(_exported, call))


def _exported(call: Call) -> dict[str, Any]:
    params = call.params
    with worker_pool(params) as pool:
        export = Export(_choice(call), pool, Progress(call.progress))
    if export.failures and not params["skip_unreadable"]:
        label, error = export.failures[0]
        others = len(export.failures) - 1
        more = f" {others} more could not be read either." if others else ""
        result = failed(label, error)
        hint = " Set skip_unreadable to true to export the rest."
        return {**result, "msg": f"{result['msg']}{more}{hint}"}
    return {
        "changed": False,
        "config": export.config,
        "counts": export.counts,
        "warnings": [f"{what} is left out: {error}" for what, error in export.failures],
    }


def _choice(call: Call) -> Choice:
    """Return what the options select.

    :raises RefusedError: the options are invalid
    """
    params = call.params
    check_words("kinds", params["kinds"] or (), plurals())
    check_patterns("names", params["names"])
    kinds = params["kinds"] or _usual_kinds(params["tenants"])
    listed = params["account_level"] != TENANT
    wild = [name for name in params["tenants"] if set(name) & set("*?[")]
    if wild and not listed:
        sentence = (
            f"Only system-level accounts can list tenants, so tenants must hold names, not"
            f" '{wild[0]}'."
        )
        raise RefusedError("bad_option", sentence, option="tenants")
    sessions = Sessions(params, call.connections)
    return Choice(sessions, params["tenants"], kinds, listed, params["names"])
