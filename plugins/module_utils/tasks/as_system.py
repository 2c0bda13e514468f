# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access to the management API as an account of the system, for the modules that need it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..connections import account_from, host_of
from ..protocols.mapi.client import Client
from ..refusal import RefusedError
from ..schema.interface import SYSTEM, TENANT
from .module import Call
from .results import attempt


def as_system(
    label: str, perform: Callable[[Client, Call], dict[str, Any]], call: Call
) -> dict[str, Any]:
    """Run ``perform`` with the management API of the system. ``label`` names its subject."""

    def connected() -> dict[str, Any]:
        account = account_from(call.params)
        if call.params["account_level"] == TENANT:
            sentence = "This module needs an account of the system. Leave account_level out."
            raise RefusedError("bad_option", sentence, label, "account_level")
        return perform(call.connections.mapi(account, host_of(None, SYSTEM)), call)

    return attempt(label, connected)
