# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter hcp_secret_key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.module_utils.common.text.converters import to_text

from ansible_collections.contentplatform.hcp.plugins.module_utils.protocols import credentials
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.secrets import register


def hcp_secret_key(password: Any) -> str:
    """Derive the secret key from the password of an account."""
    # A value from ansible-vault is text, though before ansible-core 2.19 no str.
    if not password or not isinstance(password, Sequence):
        raise AnsibleFilterError("hcp_secret_key takes the password of an account, as a text.")
    key = credentials.secret_key(to_text(password))
    register([key])
    return key


class FilterModule:
    """Ansible's way of finding the filter."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"hcp_secret_key": hcp_secret_key}
