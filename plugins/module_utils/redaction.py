# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which values in the options of a task are secrets, and where a result has them.

Ansible finds none at all where it cannot make sense of an option, and looks for them in no spelling
but the task's. HCP, a proxy and a library may quote what they were sent, such as a URL or a header.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, quote_plus, unquote, urlsplit


def secret_values(value: Any, spec: Mapping[str, Any]) -> set[str]:
    """The texts among some options, or lists of options, that must not be shown."""
    found: set[str] = set()
    for item in value if isinstance(value, list) else [value]:
        for option, each in spec.items() if isinstance(item, Mapping) else ():
            inner = item.get(option)
            if each.get("no_log"):
                found |= _texts(inner)
            elif each.get("options"):
                found |= secret_values(inner, each["options"])
    return found


def secret_options(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The part of an argument specification that describes secrets, and nothing else."""
    found: dict[str, Any] = {}
    for option, each in spec.items():
        below = secret_options(each.get("options") or {})
        if each.get("no_log"):
            found[option] = each
        elif below:
            found[option] = {"options": below}
    return found


def _texts(value: Any) -> set[str]:
    if isinstance(value, Mapping):
        return {text for inner in value.values() for text in _texts(inner)}
    if isinstance(value, list):
        return {text for inner in value for text in _texts(inner)}
    return set() if value is None or value == "" else {str(value)}


def spellings_in(value: Any, secrets: Iterable[str]) -> list[str]:
    """The spellings of secrets that are in a value, the longest first.

    Where one secret begins like another, hiding the shorter one first would leave the rest of the
    longer one.
    """
    text = "\n".join(_all_texts(value))
    known = {spelling for secret in secrets for spelling in _spellings(secret)}
    return sorted((each for each in known if each in text), key=lambda each: (-len(each), each))


def _all_texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _all_texts(inner)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for inner in value:
            yield from _all_texts(inner)
    elif value is not None:
        yield str(value)


def _spellings(secret: str) -> Iterator[str]:
    yield from _quoted(secret)
    password = _of_url(secret)
    if password:
        yield from _quoted(password)


def _quoted(secret: str) -> Iterator[str]:
    raw = secret.encode("utf-8", "surrogatepass")
    # HCP's token has the password so, and it is the secret key for S3.
    digest = hashlib.md5(raw, usedforsecurity=False).hexdigest()
    yield from (secret, digest, digest.upper(), base64.b64encode(raw).decode("ascii"))
    if secret.isalnum() and secret.isascii():
        # Nothing in it is ever escaped.
        return
    yield json.dumps(secret)[1:-1]
    yield json.dumps(secret, ensure_ascii=False)[1:-1]
    # Python's own, between single quotes and between double ones.
    python = repr(f'"{secret}')[2:-1]
    yield from (python, python.replace("\\'", "'"))
    escaped = html.escape(secret, quote=False)
    yield from (quote(raw), quote(raw, safe=""), quote_plus(raw), escaped)
    yield escaped.replace('"', "&quot;").replace("'", "&#39;")


def _of_url(secret: str) -> str | None:
    """Return the password in a URL, such as the URL of a proxy."""
    if "://" not in secret:
        return None
    try:
        return unquote(urlsplit(secret).password or "")
    except ValueError:
        return None
