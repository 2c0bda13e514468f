# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The account of a request, and the ``Authorization`` header made from it.

The header is equivalent to the password: it has no salt and no expiry. So it never appears in a
``repr``, a log line or an error.

Source: MAPI reference, "Authentication"; S3 gateway, "Credentials".
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field

LOCAL = "local"
ACTIVE_DIRECTORY = "ad"


def access_key(username: str) -> str:
    """Return the user name in Base64: the first half of HCP's token, and S3's access key."""
    return base64.b64encode(username.encode()).decode("ascii")


def secret_key(password: str) -> str:
    """Return the MD5 of the password in hex: the second half of HCP's token, and S3's secret key.

    HCP defines the key this way. It grants the same access as the password.
    """
    return hashlib.md5(password.encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Credentials:
    """A user name and a password.

    :ivar kind: ``local`` for accounts that HCP or RADIUS authenticates; ``ad`` for Active Directory
        accounts, whose user name is ``user@ad-domain``
    """

    username: str
    password: str = field(repr=False)
    kind: str = LOCAL

    def header(self) -> bytes:
        """Return the value of the ``Authorization`` header."""
        if self.kind == ACTIVE_DIRECTORY:
            return f"AD {self.username}:{self.password}".encode()
        return f"HCP {access_key(self.username)}:{secret_key(self.password)}".encode("ascii")

    def problem(self) -> str | None:
        """Return why these credentials cannot be sent, as a sentence, or ``None`` if they can."""
        if self.kind == ACTIVE_DIRECTORY:
            if "@" not in self.username:
                return "auth_type 'ad' needs a username of the form user@ad-domain."
            if any(mark in self.username + self.password for mark in "\r\n"):
                return "username and password must not contain a line break with auth_type 'ad'."
        return None
