# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter hcp_retention."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.contentplatform.hcp.plugins.module_utils.values import retention


def hcp_retention(value: Any, words: bool = False) -> str:
    """Write a retention value in the one way to write it, or in words."""
    if value is None or isinstance(value, bool):
        raise AnsibleFilterError("hcp_retention takes a retention value, such as A+1y+6M.")
    try:
        return retention.describe(value) if words else retention.normal(value)
    except ValueError as error:
        raise AnsibleFilterError(f"A retention value {error}.") from None


class FilterModule:
    """Ansible's way of finding the filter."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"hcp_retention": hcp_retention}
