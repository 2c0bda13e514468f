# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules for the certificates of replication."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from ..files import content_of
from ..platform.certificates import OWN, PATH, Certificates, checked
from ..protocols.errors import HcpError
from ..protocols.mapi.client import Client
from ..refusal import RefusedError
from .arguments import EVERY_PART, connection_arguments
from .as_system import as_system
from .module import Call, Module
from .results import diff_of

LABEL = "certificates of replication"
TEXT = "text"


def manages_certificates() -> Module:
    """The module that adds or removes a certificate that HCP trusts."""
    arguments = {
        **connection_arguments(data=False),
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "content": {"type": "str"},
        "src": {"type": "path"},
        "id": {"type": "str"},
    }
    return Module(arguments, partial(as_system, LABEL, _manage), [("content", "src", "id")])


def informs_certificates() -> Module:
    """The module that reads certificates."""
    choices = [EVERY_PART, TEXT]
    arguments = {
        **connection_arguments(data=False),
        "id": {"type": "str"},
        "include": {"type": "list", "elements": "str", "choices": choices, "default": []},
    }
    return Module(arguments, partial(as_system, LABEL, _read))


def _manage(mapi: Client, call: Call) -> dict[str, Any]:
    params = call.params
    present, wanted = params["state"] == "present", _wanted(params)
    held = Certificates(mapi)
    before = held.all()
    if wanted is None:
        found = next((each for each in before if each["id"] == params["id"]), None)
    else:
        found = held.find(wanted, before)
    if present and not found and wanted is not None:
        return _uploaded(held, call, wanted, before)
    if not present and found and not call.check:
        held.delete(found["id"])
    after = found if present and found else {}
    return _result(call, not present and found is not None, found or {}, after)


def _wanted(params: Mapping[str, Any]) -> bytes | None:
    """Return the certificate in the options, or ``None`` if they hold an identifier."""
    present = params["state"] == "present"
    if params["content"] is not None:
        return checked("content", params["content"].encode())
    if params["src"] is not None:
        return checked("src", content_of("src", params["src"]))
    if not params["id"] or present:
        or_id = "" if present else ", or its id as id"
        sentence = f"Give the certificate as content, or the name of its file as src{or_id}."
        raise RefusedError(
            "bad_option", sentence, option="content" if params["id"] is None else "id"
        )
    if params["id"] == OWN:
        sentence = f"{OWN} is this system's own certificate and cannot be deleted."
        raise RefusedError("bad_option", sentence, option="id")
    return None


def _uploaded(
    held: Certificates, call: Call, wanted: bytes, before: list[dict[str, Any]]
) -> dict[str, Any]:
    text = {TEXT: wanted.decode("utf-8", "replace")}
    if call.check:
        # Only HCP knows what it will show of the certificate.
        return {**_result(call, True, {}, text), "certificate": {}}
    response = held.upload(wanted)
    doubtful = response is not None and not response.from_hcp
    known = {each["id"] for each in before}
    try:
        new = [each for each in held.all() if each["id"] not in known]
        found = held.find(wanted, new) or (new[0] if len(new) == 1 else {})
    except HcpError as error:
        if doubtful:
            error.uncertain = True
            raise
        sentence = f"The new state could not be read. {error}"
        return {**_result(call, True, {}, text), "certificate": {}, "warnings": [sentence]}
    if doubtful and not new:
        raise HcpError.not_done("PUT", PATH)
    # It is also new if the response to an earlier attempt was lost.
    return _result(call, response is not None or bool(new), {}, found)


def _result(
    call: Call, changed: bool, before: dict[str, Any], after: dict[str, Any]
) -> dict[str, Any]:
    result: dict[str, Any] = {"changed": changed, "certificate": after}
    if call.diff:
        result["diff"] = diff_of(LABEL, before, after)
    return result


def _read(mapi: Client, call: Call) -> dict[str, Any]:
    wanted, held = call.params["id"], Certificates(mapi)
    found = [each for each in held.all() if wanted in (None, each["id"])]
    if call.params["include"]:
        found = [{**each, TEXT: held.text(each["id"])} for each in found]
    return {"changed": False, "certificates": found}
