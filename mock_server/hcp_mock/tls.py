"""The certificate authority and the certificates of a mock.

Wildcards cover one label only, so ``*.<tenant>.<domain>`` is made when the first client names such
a host.
"""

from __future__ import annotations

import os
import ssl
from pathlib import Path

import trustme

MAX_CONTEXTS = 512


class Certificates:
    def __init__(self, domain: str, directory: Path) -> None:
        self._domain = domain.lower()
        self._authority = trustme.CA(organization_name="hcp-mock")
        self._contexts: dict[str, ssl.SSLContext] = {}
        self.ca_file = directory / "ca.pem"
        self._write_ca()

    def _write_ca(self) -> None:
        self.ca_file.parent.mkdir(parents=True, exist_ok=True)
        draft = self.ca_file.with_name(f".ca.pem.{os.getpid()}")
        draft.write_bytes(self._authority.cert_pem.bytes())
        draft.replace(self.ca_file)

    def context(self) -> ssl.SSLContext:
        """The context of the listening socket.

        It hands over to a better one when the client names a host.
        """
        base = self._make(f"*.{self._domain}", self._domain, "localhost", "127.0.0.1", "::1")
        base.set_servername_callback(self._choose)
        return base

    def _make(self, *names: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        self._authority.issue_cert(*names).configure_cert(context)
        return context

    def _choose(
        self, connection: ssl.SSLObject | ssl.SSLSocket, name: str | None, _base: object
    ) -> None:
        parent = self._parent(name)
        if parent is None:
            return
        if parent not in self._contexts:
            if len(self._contexts) >= MAX_CONTEXTS:
                self._contexts.clear()
            self._contexts[parent] = self._make(f"*.{parent}", parent)
        connection.context = self._contexts[parent]

    def _parent(self, name: str | None) -> str | None:
        """``<tenant>.<domain>`` for ``<bucket>.<tenant>.<domain>``, else nothing."""
        _unused, dot, parent = (name or "").lower().partition(".")
        if not dot or not parent.endswith(f".{self._domain}"):
            return None
        return parent
