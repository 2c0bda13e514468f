# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data access permissions of an account."""

from __future__ import annotations

from typing import Any

from .base import Value, list_members
from .permissions import DATA_PERMISSIONS


class Grants(Value):
    """Data access permissions: the permissions of an account in each namespace.

    In ``merge`` mode a namespace that is not mentioned keeps its permissions, as MAPI itself does.
    """

    def argument(self) -> dict[str, Any]:
        options = {
            "namespace": {"type": "str", "required": True},
            "permissions": dict(DATA_PERMISSIONS.argument(), required=True),
        }
        return {"type": "list", "elements": "dict", "options": options}

    def check(self, value: Any) -> str | None:
        seen: set[str] = set()
        for grant in value:
            name = grant["namespace"].lower()
            if not name:
                return "has a grant without the name of a namespace"
            if name in seen:
                return f"names namespace '{grant['namespace']}' twice"
            seen.add(name)
        return None

    def encode(self, value: Any) -> Any:
        return {
            "namespacePermission": [
                {
                    "namespaceName": grant["namespace"],
                    "permissions": DATA_PERMISSIONS.encode(grant["permissions"]),
                }
                for grant in value
            ]
        }

    def decode(self, wire: Any) -> Any:
        grants = [
            {
                "namespace": str(entry.get("namespaceName", "")),
                "permissions": DATA_PERMISSIONS.decode(entry.get("permissions")),
            }
            for entry in list_members(wire, "namespacePermission")
        ]
        return sorted(
            (grant for grant in grants if grant["permissions"]),
            key=lambda grant: str(grant["namespace"]).lower(),
        )

    def missing(self, wanted: Any, current: Any, exact: bool) -> list[dict[str, Any]]:
        """The entries to send so that ``current`` becomes ``wanted``."""
        held = {grant["namespace"].lower(): grant for grant in current or ()}
        changes = []
        for grant in wanted:
            before = held.pop(grant["namespace"].lower(), None)
            if not DATA_PERMISSIONS.same(
                grant["permissions"], before["permissions"] if before else []
            ):
                changes.append(grant)
        if exact:
            changes.extend(
                {"namespace": grant["namespace"], "permissions": []} for grant in held.values()
            )
        return changes

    def merged(self, current: Any, changes: Any) -> list[dict[str, Any]]:
        """``current`` once the ``changes`` are made, as HCP would show it."""
        result = {grant["namespace"].lower(): grant for grant in current or ()}
        for grant in changes:
            key = grant["namespace"].lower()
            name = result.get(key, grant)["namespace"]
            permissions = DATA_PERMISSIONS.decode(grant["permissions"])
            result[key] = {"namespace": name, "permissions": permissions}
        return [result[key] for key in sorted(result) if result[key]["permissions"]]
