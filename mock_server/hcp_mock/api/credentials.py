"""Credentials of a request. MAPI reference: authentication."""

from __future__ import annotations

import base64
import re
from urllib.parse import parse_qsl

from ..services.accounts.authentication import Credentials, split_token


def _cookies(header: str | None) -> dict[str, str]:
    result: dict[str, str] = {}
    for part in (header or "").split(";"):
        name, equals, value = part.strip().partition("=")
        if equals:
            result[name] = value.strip('"')
    return result


def parse_credentials(headers: dict[str, str], cookie: str = "hcp-api-auth") -> Credentials:
    """The Authorization header takes precedence. The token cookie is deprecated but works."""
    scheme, _unused, value = headers.get("authorization", "").partition(" ")
    if scheme == "HCP":
        return Credentials(token=value.strip())
    if scheme == "AD":
        # The header is not encoded: its bytes are UTF-8.
        text = value.strip().encode("latin-1").decode("utf-8", "replace")
        user, colon, password = text.partition(":")
        return Credentials(directory=(user, password)) if colon else Credentials()
    if scheme:
        return Credentials()
    cookies = _cookies(headers.get("cookie"))
    token = cookies.get(cookie)
    if token is not None:
        return Credentials(token=token.removeprefix("HCP ").strip())
    return Credentials(session=cookies.get("HCAP-Login"))


def _access_key(headers: dict[str, str], query: bytes) -> str | None:
    """Return the access key of a signed S3 request."""
    scheme, _unused, value = headers.get("authorization", "").partition(" ")
    if scheme == "AWS":
        return value.strip().rpartition(":")[0]
    if scheme == "AWS4-HMAC-SHA256":
        match = re.search(r"Credential=([^,\s]+)", value)
        return match[1].rsplit("/", 4)[0] if match else None
    sent = dict(parse_qsl(query.decode("ascii", "replace")))
    if "X-Amz-Credential" in sent:
        return sent["X-Amz-Credential"].rsplit("/", 4)[0]
    return sent.get("AWSAccessKeyId")


def claimed_user(headers: dict[str, str], query: bytes = b"") -> str | None:
    """Return the username in the credentials for the journal, without verifying it."""
    access_key = _access_key(headers, query)
    if access_key:
        try:
            return base64.b64decode(access_key, validate=True).decode("utf-8")
        except ValueError:
            return access_key
    credentials = parse_credentials(headers)
    if credentials.directory:
        return credentials.directory[0]
    parts = split_token(credentials.token) if credentials.token else None
    return parts[0] if parts else None
