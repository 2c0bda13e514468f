"""Secrets that no text has by chance, and how to find them, however they are written."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

# What has to be escaped somewhere: in JSON, in Python, in URLs, in XML, in a shell.
AWKWARD = " \"'\\<&+%25/ä$x"


def secret(word: str) -> str:
    """A password of which two parts need no escaping anywhere."""
    return f"{_part(word, 1)}{AWKWARD}{_part(word, 2)}"


def _part(word: str, number: int) -> str:
    # Letters and digits in all of them, as HCP may want.
    return f"Q{number}{hashlib.sha256(f'{word}{number}'.encode()).hexdigest()[:10]}z"


def digest(password: str) -> str:
    """The second half of HCP's token, and the secret key for S3."""
    return hashlib.md5(password.encode(), usedforsecurity=False).hexdigest()


def spellings(password: str) -> list[str]:
    """How a password comes back from somebody who repeats what he was sent."""
    return [
        password,
        json.dumps(password)[1:-1],
        json.dumps(password, ensure_ascii=False)[1:-1],
        repr(password)[1:-1],
        quote(password),
        quote(password, safe=""),
        quote_plus(password),
        escape(password),
        base64.b64encode(password.encode()).decode(),
        digest(password),
        digest(password).upper(),
    ]


def needles(word: str) -> set[str]:
    """What must not be found: whatever is done to the secret, one of these is left."""
    password = secret(word)
    found = {_part(word, 1), _part(word, 2), digest(password), digest(password).upper()}
    for behind in range(3):
        # In Base64 it depends on what comes before it. Its ends depend on what is next to them.
        coded = base64.b64encode(b"x" * behind + password.encode()).decode()
        found.add(coded[4:-4])
    return found


def leaks(text: str, words: Iterable[str]) -> dict[str, str]:
    """The secrets in a text: the words that they are made of, and what is around the first."""
    found: dict[str, str] = {}
    for word in words:
        for needle in needles(word):
            place = text.find(needle)
            if place >= 0:
                found[word] = text[max(0, place - 200) : place + 50]
    return found
