# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a task about the system itself to its result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from .connections import account_of, host_of
from .entry import EVERY_PART, Call, Module, connection_arguments, failed, refused
from .errors import HcpError, RefusedError
from .mapi.client import Client
from .resources.table import SYSTEM, TENANT
from .system import CREDENTIALS, LICENSE_KEY, SECTIONS, Upload, content_of, moment_of

LABEL = "the system"


def describes() -> Module:
    """The module that reads what the system shows of itself."""
    choices = [EVERY_PART, *SECTIONS]
    include = {"type": "list", "elements": "str", "choices": choices, "default": [EVERY_PART]}
    arguments = {**connection_arguments(data=False), "include": include}
    return Module(arguments, partial(with_system, LABEL, _describe))


def licenses() -> Module:
    """The module that uploads a licence key."""
    arguments = {
        **connection_arguments(data=False),
        "key": {"type": "str", "no_log": True},
        "src": {"type": "path"},
        "serial_number": {"type": "str"},
    }
    perform = partial(with_system, LICENSE_KEY.what, _license)
    return Module(arguments, perform, [("key", "src")])


def credentials() -> Module:
    """The module that installs credentials for the access of support."""
    arguments = {
        **connection_arguments(data=False),
        "src": {"type": "path", "required": True},
        "created_at": {"type": "str"},
    }
    return Module(arguments, partial(with_system, CREDENTIALS.what, _credentials))


def with_system(
    label: str, perform: Callable[[Client, Call], dict[str, Any]], call: Call
) -> dict[str, Any]:
    """Do something with the system's own management API, and tell what goes wrong."""
    try:
        account = account_of(call.params)
        if call.params["account_level"] == TENANT:
            sentence = "This module takes accounts of the system only: leave account_level out."
            raise RefusedError("bad_option", sentence, label, "account_level")
        return perform(call.connections.mapi(account, host_of(None, SYSTEM)), call)
    except RefusedError as refusal:
        return refused(refusal)
    except HcpError as error:
        return failed(label, error)


def _describe(mapi: Client, call: Call) -> dict[str, Any]:
    include = call.params["include"]
    wanted = [name for name in SECTIONS if name in include or EVERY_PART in include]
    if not wanted:
        sentence = f"include must name something: {EVERY_PART}, or any of {', '.join(SECTIONS)}."
        raise RefusedError("bad_option", sentence, option="include")
    found = {name: SECTIONS[name].read(mapi) for name in wanted}
    return {"changed": False, "system": {"version": mapi.version, **found}}


def _license(mapi: Client, call: Call) -> dict[str, Any]:
    params = call.params
    if params["key"] is None and params["src"] is None:
        sentence = "Give the license key as key, or the name of the file that holds it as src."
        raise RefusedError("bad_option", sentence, option="key")
    key = params["key"]
    content = content_of("src", params["src"]) if key is None else key.encode()
    wanted = {} if params["serial_number"] is None else {"serial_number": params["serial_number"]}
    return _installed(mapi, call, LICENSE_KEY, content, wanted)


def _credentials(mapi: Client, call: Call) -> dict[str, Any]:
    content = content_of("src", call.params["src"])
    created_at = call.params["created_at"]
    wanted = {} if created_at is None else {"created_at": moment_of("created_at", created_at)}
    return _installed(mapi, call, CREDENTIALS, content, wanted)


def _installed(
    mapi: Client, call: Call, upload: Upload, content: bytes, wanted: Mapping[str, Any]
) -> dict[str, Any]:
    """Upload something, unless HCP is known to have what is ``wanted``."""
    before = upload.current(mapi)
    known = bool(wanted) and all(before.get(name) == wanted[name] for name in wanted)
    if known or call.check:
        # What an upload contains is for HCP to read.
        after, changed = {**before, **wanted}, not known
    else:
        after, changed = upload.send(mapi, content)
    result = {"changed": changed, upload.name: before if call.check else after}
    if call.diff:
        result["diff"] = {
            "before_header": upload.what,
            "after_header": upload.what,
            "before": before,
            "after": after,
        }
    return result
