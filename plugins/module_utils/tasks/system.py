# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules for the system itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timezone
from functools import partial
from typing import Any

from ..files import content_of
from ..platform.system import CREDENTIALS, LICENSE_KEY, SECTIONS, Upload
from ..protocols.mapi.client import Client
from ..refusal import RefusedError
from .arguments import EVERY_PART, connection_arguments, time_option
from .as_system import as_system
from .module import Call, Module
from .results import diff_of

LABEL = "the system"


def describes() -> Module:
    """The module that reads the state of the system."""
    choices = [EVERY_PART, *SECTIONS]
    include = {"type": "list", "elements": "str", "choices": choices, "default": [EVERY_PART]}
    arguments = {**connection_arguments(data=False), "include": include}
    return Module(arguments, partial(as_system, LABEL, _describe))


def licenses() -> Module:
    """The module that uploads a licence key."""
    arguments = {
        **connection_arguments(data=False),
        "key": {"type": "str", "no_log": True},
        "src": {"type": "path"},
        "serial_number": {"type": "str"},
    }
    perform = partial(as_system, LICENSE_KEY.what, _license)
    return Module(arguments, perform, [("key", "src")])


def credentials() -> Module:
    """The module that uploads support access credentials."""
    arguments = {
        **connection_arguments(data=False),
        "src": {"type": "path", "required": True},
        "created_at": {"type": "str"},
    }
    return Module(arguments, partial(as_system, CREDENTIALS.what, _credentials))


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
    wanted = {} if created_at is None else {"created_at": _utc("created_at", created_at)}
    return _installed(mapi, call, CREDENTIALS, content, wanted)


def _installed(
    mapi: Client, call: Call, upload: Upload, content: bytes, wanted: Mapping[str, Any]
) -> dict[str, Any]:
    """Upload a file, unless HCP is known to have what is ``wanted``."""
    before = upload.current(mapi)
    known = bool(wanted) and all(before.get(name) == wanted[name] for name in wanted)
    warnings: list[str] = []
    if known or call.check:
        # Only HCP can read the content of an upload.
        after, changed = {**before, **wanted}, not known
    else:
        after, changed, warnings = upload.send(mapi, content)
    result = {
        "changed": changed,
        upload.name: before if call.check else after,
        "warnings": warnings,
    }
    if call.diff:
        result["diff"] = diff_of(upload.what, before, after)
    return result


def _utc(option: str, text: str) -> str:
    """Convert a time that a user wrote to UTC, as results show times."""
    return time_option(option, text).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
