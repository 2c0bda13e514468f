# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which values in the options of a task are secrets, whatever shape the options have.

Ansible finds none at all where it cannot make sense of an option.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def secret_texts(value: Any, spec: Mapping[str, Any]) -> set[str]:
    """The texts among some options, or lists of options, that must not be shown."""
    found: set[str] = set()
    for item in value if isinstance(value, list) else [value]:
        for option, each in spec.items() if isinstance(item, Mapping) else ():
            inner = item.get(option)
            if each.get("no_log"):
                found |= _texts(inner)
            elif each.get("options"):
                found |= secret_texts(inner, each["options"])
    return found


def _texts(value: Any) -> set[str]:
    if isinstance(value, Mapping):
        return {text for inner in value.values() for text in _texts(inner)}
    if isinstance(value, list):
        return {text for inner in value for text in _texts(inner)}
    return set() if value is None or value == "" else {str(value)}
