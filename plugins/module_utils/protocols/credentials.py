# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who a request is made as.

Source: MAPI reference, "Authentication"; S3 gateway, "Credentials". The ``Authorization`` value is
as good as the password: it has no salt and no expiry, so it is never part of a ``repr``, a log line
or an error.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field

LOCAL = "local"
ACTIVE_DIRECTORY = "ad"


def access_key(username: str) -> str:
    """The first half of HCP's token, which S3 knows as the access key: the name in Base64."""
    return base64.b64encode(username.encode()).decode("ascii")


def secret_key(password: str) -> str:
    """The second half of HCP's token, which S3 knows as the secret key: the password as MD5.

    HCP defines it so; whoever has it can do what the password can.
    """
    return hashlib.md5(password.encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Credentials:
    """A user name and a password.

    ``kind`` is ``local`` for accounts that HCP (or RADIUS) authenticates, ``ad`` for Active
    Directory accounts, whose user name is ``user@ad-domain``.
    """

    username: str
    password: str = field(repr=False)
    kind: str = LOCAL

    def header(self) -> bytes:
        """The value of the ``Authorization`` header."""
        if self.kind == ACTIVE_DIRECTORY:
            return f"AD {self.username}:{self.password}".encode()
        return f"HCP {access_key(self.username)}:{secret_key(self.password)}".encode("ascii")

    def problem(self) -> str | None:
        """What makes these credentials impossible to send, as a sentence, or ``None``."""
        if self.kind == ACTIVE_DIRECTORY:
            if "@" not in self.username:
                return "With auth_type 'ad' the username must be user@ad-domain."
            if any(mark in self.username + self.password for mark in "\r\n"):
                return "A line break in the username or password cannot be sent to HCP."
        return None
