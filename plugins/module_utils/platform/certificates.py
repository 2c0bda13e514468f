# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates with which systems recognise each other when they replicate.

HCP names them by identifiers that it makes itself, so a certificate is recognised by its text.

Source: MAPI reference, ``certificates``. Whether HCP shows one as text or as a document is
unconfirmed; one without a text is left to HCP to recognise.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from typing import Any

from ..protocols.errors import HcpError, after_unproven_write
from ..protocols.mapi.client import Client, Request, segment
from ..protocols.response import Response
from ..refusal import RefusedError
from ..resources.replication import REPLICATION
from ..schema.fields import Field, Struct
from ..schema.interface import Access, checked_read
from ..values.base import list_members
from ..values.text import Text
from ..values.times import Timestamp

PATH = "/services/replication/certificates"
# The identifier of the one that the system shows to others.
OWN = "server"
PEM = re.compile(rb"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL)
SHOWN = Struct(
    Field("id", "id", Text()),
    Field("subject_dn", "subjectDN", Text()),
    Field("valid_on", "validOn", Timestamp()),
    Field("expires_on", "expiresOn", Timestamp()),
)


def checked(option: str, text: bytes) -> bytes:
    """A text that can be uploaded.

    :raises RefusedError: it is no certificate, or holds what must not be sent
    """
    if b"PRIVATE KEY-----" in text:
        sentence = f"{option} holds a private key. Give only the certificate."
        raise RefusedError("bad_option", sentence, option=option)
    if len(_contents(text)) != 1:
        sentence = f"{option} must hold one certificate in PEM format."
        raise RefusedError("bad_option", sentence, option=option)
    return text


def _contents(text: bytes) -> list[bytes]:
    """The certificates in a text, however it is written."""
    try:
        found = [b"".join(each.split()) for each in PEM.findall(text)]
        return [base64.b64decode(each, validate=True) for each in found]
    except binascii.Error:
        return []


def _order(shown: Mapping[str, Any]) -> tuple[bool, str, str]:
    return shown["id"] != OWN, str(shown.get("subject_dn")), shown["id"]


class Certificates:
    """The certificates that an HCP has."""

    def __init__(self, mapi: Client) -> None:
        self._mapi = mapi

    def all(self) -> list[dict[str, Any]]:
        """Return the properties of all certificates, the system's own first."""

        def read() -> list[dict[str, Any]]:
            found = [
                SHOWN.decode(each) for each in list_members(self._mapi.get(PATH), "certificate")
            ]
            return sorted(found, key=_order)

        found: list[dict[str, Any]] = checked_read(REPLICATION, PATH, read)
        return found

    def text(self, identifier: str) -> str:
        """A certificate in PEM format; empty where HCP shows none."""
        path = f"{PATH}/{segment(identifier)}"
        readers = REPLICATION.write if identifier == OWN else REPLICATION.read
        request = Request("GET", path, accept="*/*")
        body = checked_read(Access(readers, ()), path, lambda: self._mapi.exchange(request).body)
        return body.decode("ascii", "replace") if _contents(body) else ""

    def find(self, wanted: bytes, among: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
        """The one of another system that has this text."""
        for each in among:
            if each["id"] != OWN:
                text = self.text(each["id"]).encode("ascii", "replace")
                if _contents(text) == _contents(wanted):
                    return each
        return None

    def upload(self, text: bytes) -> Response | None:
        """Have HCP trust a certificate; no answer where it says that it knows it."""
        try:
            return self._mapi.exchange(
                Request("PUT", PATH, body=text, media_type="application/xml")
            )
        except HcpError as error:
            if error.code != "conflict":
                raise error.with_roles(REPLICATION.write) from None
            return None

    def delete(self, identifier: str) -> None:
        """Delete a trusted certificate."""
        path = f"{PATH}/{segment(identifier)}"
        certain = True
        try:
            certain = self._mapi.send("DELETE", path)
        except HcpError as error:
            if error.code != "not_found":
                raise error.with_roles(REPLICATION.write) from None
        if not certain:
            with after_unproven_write():
                left = self.all()
            if any(each["id"] == identifier for each in left):
                raise HcpError.not_done("DELETE", path)
