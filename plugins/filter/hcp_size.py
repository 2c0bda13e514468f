# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter hcp_size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.module_utils.common.text.converters import to_text

from ansible_collections.contentplatform.hcp.plugins.module_utils.values import quota


def hcp_size(value: Any, unit: str | None = None, base: int = 1024) -> Any:
    """Turn bytes into an amount as HCP writes quotas, and such an amount into bytes."""
    if base not in (1000, 1024):
        raise AnsibleFilterError("hcp_size takes 1000 or 1024 as base.")
    if unit not in (None, *quota.POWERS):
        raise AnsibleFilterError("hcp_size takes MB, GB or TB as unit.")
    if isinstance(value, Sequence):
        text = to_text(value).strip()
        if not text.isdecimal():
            return _bytes(text, unit, base)
        value = int(text)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise AnsibleFilterError("hcp_size takes a number of bytes, or an amount like '1.50 GB'.")
    return quota.quota(value, unit, base)


def _bytes(text: str, unit: str | None, base: int) -> int:
    number = quota.number_of_bytes(text, base)
    if number is None:
        raise AnsibleFilterError(
            f"hcp_size takes a number of bytes, or an amount like '1.50 GB', not '{text}'."
        )
    if unit is not None:
        raise AnsibleFilterError("hcp_size makes bytes of an amount, so it takes no unit for it.")
    return number


class FilterModule:
    """Ansible's way of finding the filter."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"hcp_size": hcp_size}
