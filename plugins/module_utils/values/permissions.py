# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sets of data access permissions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .names import NameSet


class Permissions(NameSet):
    """A set of permissions. HCP adds those that a permission includes."""

    def __init__(self, choices: Sequence[str], implied: Mapping[str, Sequence[str]]) -> None:
        super().__init__("permission", choices=choices)
        self.implied = implied

    def decode(self, wire: Any) -> Any:
        return sorted(self.normalized(super().decode(wire)))

    def normalized(self, value: Iterable[str]) -> set[str]:
        held = {name.upper() for name in value}
        return held.union(*(self.implied.get(name, ()) for name in held))


DATA_PERMISSIONS = Permissions(
    (
        "BROWSE",
        "CHOWN",
        "DELETE",
        "PRIVILEGED",
        "PURGE",
        "READ",
        "READ_ACL",
        "SEARCH",
        "WRITE",
        "WRITE_ACL",
    ),
    {"PURGE": ("DELETE",), "READ": ("BROWSE",), "SEARCH": ("BROWSE", "READ")},
)
MINIMUM_PERMISSIONS = Permissions(
    ("BROWSE", "DELETE", "PURGE", "READ", "READ_ACL", "WRITE", "WRITE_ACL"),
    {"PURGE": ("DELETE",), "READ": ("BROWSE",)},
)
MASK_PERMISSIONS = Permissions(
    ("DELETE", "PRIVILEGED", "PURGE", "READ", "SEARCH", "WRITE"),
    {"PURGE": ("DELETE",), "SEARCH": ("READ",)},
)
