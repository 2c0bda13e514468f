# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter hcp_access_key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.module_utils.common.text.converters import to_text

from ansible_collections.contentplatform.hcp.plugins.module_utils.protocols import credentials


def hcp_access_key(username: Any) -> str:
    """Derive the access key from the user name of an account."""
    # A value from ansible-vault is text, though before ansible-core 2.19 no str.
    if not username or not isinstance(username, Sequence):
        raise AnsibleFilterError("hcp_access_key takes the user name of an account, as a text.")
    return credentials.access_key(to_text(username))


class FilterModule:
    """Ansible's way of finding the filter."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"hcp_access_key": hcp_access_key}
