# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A response, its origin, and what it says of the request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

HOST = re.compile(r"^[\w.:-]{1,253}\Z")
REDIRECTS = (301, 302, 303, 307, 308)
# The server has understood these requests and does not carry them out. A retry does not help.
REFUSED_BY_SERVER = (501, 505, 507)
# The names of these headers begin so, and HCP alone uses them.
OWN_PREFIX = "x-hcp-"
# Responses of MAPI have both. Those of S3, which have no header of HCP's own, have at least one.
SECURITY_HEADERS = ("X-DNS-Prefetch-Control", "X-Download-Options")


def is_from_hcp(headers: Mapping[str, str]) -> bool:
    """Whether a response comes from HCP, by its headers.

    Source: MAPI reference, "Response headers"; S3 gateway, "Response headers".
    """
    return (
        any(name in headers for name in SECURITY_HEADERS)
        or any(name.lower().startswith(OWN_PREFIX) for name in headers)
        # Releases before 8 have no security headers.
        or (headers.get("Server") or "").startswith("HCP ")
    )


def is_web_page(headers: Mapping[str, str], body: bytes) -> bool:
    """Whether a response is an HTML page, such as a login page."""
    is_html_type = "html" in headers.get("Content-Type", "").lower()
    start = body.lstrip()[:200].lower()
    return is_html_type or b"<html" in start or start.startswith(b"<!doctype html")


@dataclass(frozen=True, eq=False, repr=False)
class Response:
    """An HTTP response. Header names are case-insensitive.

    :ivar attempts: number of times that the request was sent
    :ivar uncertain: HCP may have carried out the request although this response is no success
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    attempts: int = 1
    uncertain: bool = False

    @property
    def from_hcp(self) -> bool:
        """Whether the response certainly comes from HCP."""
        return is_from_hcp(self.headers)

    @property
    def is_web_page(self) -> bool:
        """Whether the response is an HTML page, such as a login page."""
        return is_web_page(self.headers, self.body)

    @property
    def is_transient(self) -> bool:
        """Whether a retry may get another response."""
        status = self.status
        return status == 429 or (status >= 500 and status not in REFUSED_BY_SERVER)

    @property
    def is_conclusive(self) -> bool:
        """Whether it shows for certain whether HCP carried out the request."""
        return self.from_hcp and (self.status < 500 or self.status in REFUSED_BY_SERVER)

    @property
    def problem(self) -> str:
        """What is wrong with a failed response that has no message of HCP; empty if nothing is."""
        if self.status in REDIRECTS:
            return f"the response is a redirect ({self.status}){self._redirect_target()}"
        if not self.from_hcp:
            return f"the response ({self.status}) has none of HCP's headers"
        return ""

    def _redirect_target(self) -> str:
        # Only the host: the rest of the URL may contain a credential.
        with suppress(ValueError):
            host = urlsplit(self.headers.get("Location") or "").hostname
            if host and HOST.match(host):
                return f" to {host}"
        return ""
