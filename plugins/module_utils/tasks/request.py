# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module that sends one request to the management API."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote
from xml.sax.saxutils import unescape

from ..connections import account_from, host_of
from ..files import AtomicFile
from ..protocols.errors import header_text
from ..protocols.mapi.client import JSON, WRITES, Client, Request
from ..protocols.response import Response
from ..refusal import RefusedError
from ..schema.interface import SYSTEM, TENANT
from .arguments import connection_arguments, without_none
from .module import OMITTED, Call, Module
from .results import attempt

WITH_BODY = ("PUT", "POST")
# Cookies are credentials, and the other headers say nothing about the response.
HEADERS = (
    "Allow",
    "Content-Disposition",
    "Content-Type",
    "X-HCP-ErrorMessage",
    "X-HCP-SoftwareVersion",
)
MEDIA_TYPE = re.compile(r"^[\w.+*-]+/[\w.+*-]+(?: ?; ?[\w-]+=[\w.-]+)*\Z", re.ASCII)
SECRET = re.compile(r"password|passphrase|secret|token|private_?key", re.IGNORECASE)
# These are values of settings about passwords. Redacting them would redact half of a result.
NO_SECRET = re.compile(r"^(?:true|false|\d{0,4})\Z", re.IGNORECASE)
ELEMENT = re.compile(r"<([^\s<>/?!]+)[^<>]*>([^<>]+)<")


def sends() -> Module:
    """The module that sends one request to the management API."""
    arguments = {
        **connection_arguments(data=False),
        "tenant": {"type": "str"},
        "method": {
            "type": "str",
            "choices": ["GET", "HEAD", "PUT", "POST", "DELETE"],
            "default": "GET",
        },
        "path": {"type": "str", "required": True},
        "query": {"type": "dict", "default": {}},
        "body": {"type": "dict"},
        "content": {"type": "str"},
        "src": {"type": "path"},
        "content_type": {"type": "str", "default": "application/xml"},
        "accept": {"type": "str", "default": JSON},
        "dest": {"type": "path"},
        "status_code": {"type": "list", "elements": "int", "default": []},
        "repeatable": {"type": "bool"},
        "changed": {"type": "bool"},
    }
    exclusive = [("body", "content", "src")]
    return Module(arguments, _perform, exclusive, secrets=_secrets, shown=_without_content)


def _without_content(params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the options without the raw body, which may hold a secret anywhere."""
    raw = ["content"] if params.get("content") else []
    # The task fails if one of them is not a dictionary.
    raw += [name for name in ("query", "body") if isinstance(params.get(name), str)]
    return {**params, **dict.fromkeys(raw, OMITTED)}


def _secrets(params: Mapping[str, Any]) -> set[str]:
    """Return the values in query and body whose names suggest a secret."""
    found: set[str] = set()
    for option in ("query", "body"):
        _collect(params.get(option), False, found)
    # A query in the path is refused, but the path is part of the result.
    type_problems = str(params.get("path") or "").partition("?")[2]
    _collect(dict(parse_qsl(type_problems)), False, found)
    content = str(params.get("content") or "")
    for name, text in ELEMENT.findall(content):
        for each in (text.strip(), unescape(text.strip())):
            _collect({name: each}, False, found)
    with suppress(ValueError):
        _collect(json.loads(content), False, found)
    return found


def _collect(value: Any, secret: bool, found: set[str]) -> None:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _collect(inner, secret or bool(SECRET.search(str(name))), found)
    elif isinstance(value, list):
        for inner in value:
            _collect(inner, secret, found)
    elif secret and isinstance(value, str) and not NO_SECRET.match(value):
        found.add(value)


def _perform(call: Call) -> dict[str, Any]:
    return attempt("", partial(_send, call))


def _send(call: Call) -> dict[str, Any]:
    params = call.params
    level = params["account_level"] or (TENANT if params["tenant"] else SYSTEM)
    request = _request(params)
    account = account_from(params)
    client = call.connections.mapi(account, host_of(params["tenant"], level))
    if request.method not in WRITES and params["dest"]:
        return _filed(client, request, params, call.check)
    if request.method in WRITES and call.check:
        return {"changed": params["changed"] is not False}
    return _result(client.exchange(request), request, params)


def _filed(
    client: Client, request: Request, params: Mapping[str, Any], check: bool
) -> dict[str, Any]:
    """Write a response to a file."""
    with AtomicFile("dest", params["dest"]) as file:
        response = client.exchange(request)
        result = _shown(response, params)
        if not _is_success(response):
            return result
        file.write(response.body)
        different = file.differs()
        if different and not check:
            file.commit()
    return {**result, "changed": result["changed"] or different}


def _result(response: Response, request: Request, params: Mapping[str, Any]) -> dict[str, Any]:
    result = _shown(response, params)
    found: Any = None
    with suppress(ValueError):
        found = json.loads(response.body)
    if isinstance(found, (dict, list)):
        return {**result, "json": found}
    try:
        return {**result, "content": response.body.decode()}
    except ValueError:
        # A task that wrote something must not fail here.
        text = response.body.decode("utf-8", "replace")
        if request.method in WRITES:
            return {**result, "content": text}
    sentence = f"GET {request.path}: the response is not text. Set dest to write it to a file."
    raise RefusedError("not_text", sentence, option="dest")


def _shown(response: Response, params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that concern a response, without its body."""
    change = params["method"] in WRITES if params["changed"] is None else params["changed"]
    known = {name.lower(): header_text(value) for name, value in response.headers.items()}
    headers = {name: known[name.lower()] for name in HEADERS if name.lower() in known}
    changed = change and _is_success(response)
    return {"changed": changed, "status": response.status, "headers": headers}


def _is_success(response: Response) -> bool:
    return 200 <= response.status < 300


def _request(params: Mapping[str, Any]) -> Request:
    """Return the request that the options describe.

    :raises RefusedError: the options are invalid
    """
    method = params["method"]
    content, media_type = _body(params)
    if content is not None and method not in WITH_BODY:
        raise _bad("method", f"A {method} has no body: body, content and src are for PUT and POST.")
    if params["dest"] and method != "GET":
        raise _bad("dest", f"dest is only for GET, not for {method}.")
    for option in ("accept", "content_type"):
        if not MEDIA_TYPE.match(params[option]):
            raise _bad(option, f"{option} must be a media type, such as {JSON}.")
    for status in params["status_code"]:
        if not 200 <= status <= 499:
            raise _bad("status_code", f"status_code may hold 200 to 499, not {status}.")
    repeatable = params["repeatable"]
    return Request(
        method,
        _path(params["path"]),
        _query(params["query"]),
        content,
        media_type,
        params["accept"],
        once=method in WRITES if repeatable is None else not repeatable,
        must_be_hcp=True,
        statuses=tuple(params["status_code"]),
    )


def _bad(option: str, sentence: str) -> RefusedError:
    return RefusedError("bad_option", sentence, option=option)


def _path(text: str) -> str:
    """Encode a path below ``/mapi``. What is already encoded stays as it is."""
    if "?" in text:
        # The query may hold a password, so the message does not repeat it.
        raise _bad("path", "path must be without '?': parameters go into query.")
    path = f"/{text.strip('/')}"
    if path == "/mapi" or path.startswith("/mapi/"):
        path = path[len("/mapi") :]
    if re.search(r"%(?![0-9A-Fa-f]{2})", path):
        raise _bad("path", f"A '%' in a name must be %25 in path, not as in '{text}'.")
    # The names between slashes, or between what a proxy may take for slashes.
    segments = re.split(r"[/\\]", unquote(path))[1:]
    if not segments or any(each.strip() in ("", ".", "..") for each in segments):
        raise _bad("path", f"path must name a resource, such as /tenants, not '{text}'.")
    return quote(path, safe="/%")


def _query(parameters: Mapping[str, Any]) -> dict[str, str]:
    query = {}
    for name, value in parameters.items():
        if isinstance(value, (Mapping, list)):
            raise _bad("query", f"query.{name} must be one value. MAPI takes commas between many.")
        text = str(value).lower() if isinstance(value, bool) else str(value)
        # A parameter without a value is a switch.
        query[str(name)] = "" if value is None else text
    return query


def _body(params: Mapping[str, Any]) -> tuple[bytes | None, str]:
    if params["body"] is not None:
        return json.dumps(without_none(params["body"])).encode(), JSON
    if params["content"] is not None:
        return params["content"].encode(), params["content_type"]
    if params["src"] is None:
        return None, JSON
    try:
        return Path(params["src"]).read_bytes(), params["content_type"]
    except OSError as error:
        raise _bad("src", f"src '{params['src']}' cannot be read: {error.strerror}.") from None
