# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Grants of a bucket: its access control list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .base import Value
from .choices import Choice

EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers"
AUTHENTICATED = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
GROUPS = {"all_users": EVERYBODY, "authenticated": AUTHENTICATED}
PERMISSIONS = ("FULL_CONTROL", "READ", "READ_ACP", "WRITE", "WRITE_ACP")
CANNED: dict[str, list[dict[str, str]]] = {
    "private": [],
    "public-read": [{"group": "all_users", "permission": "READ"}],
    "public-read-write": [
        {"group": "all_users", "permission": "READ"},
        {"group": "all_users", "permission": "WRITE"},
    ],
    "authenticated-read": [{"group": "authenticated", "permission": "READ"}],
}


class Grants(Value):
    """Permissions for a bucket. Its owner, who has all of them, is not in the list."""

    def argument(self) -> dict[str, Any]:
        options = {
            "permission": {"type": "str", "choices": list(PERMISSIONS), "required": True},
            "user": {"type": "str"},
            "group": {"type": "str", "choices": list(GROUPS)},
        }
        return {
            "type": "list",
            "elements": "dict",
            "options": options,
            "mutually_exclusive": [["user", "group"]],
            "required_one_of": [["user", "group"]],
        }

    def check(self, value: Any) -> str | None:
        # HCP shows the first hundred, the owner's among them.
        if len(value) > 99:
            return f"can hold at most 99 grants, not {len(value)}"
        for each in value:
            if str(each.get("user")).lower() in GROUPS:
                return f"must name '{each['user']}' as group, not as user"
        entries = [(str(sorted(_who_is(each))), each["permission"]) for each in value]
        if len(set(entries)) < len(entries):
            return "must hold each grant once"
        return None

    def encode(self, value: Any) -> Any:
        return {"Grants": [self._grant(each) for each in value]}

    def _grant(self, grant: Mapping[str, Any]) -> dict[str, Any]:
        if grant.get("group"):
            grantee = {"Type": "Group", "URI": GROUPS[grant["group"]]}
        else:
            grantee = {"Type": "AmazonCustomerByEmail", "EmailAddress": grant["user"]}
        return {"Grantee": grantee, "Permission": grant["permission"]}

    def decode(self, wire: Any) -> Any:
        owner = wire.get("Owner", {}).get("ID")
        grants = []
        for each in wire.get("Grants", ()):
            grantee = each.get("Grantee", {})
            # The owner has full control, whether it is listed or not.
            if grantee.get("ID") and grantee.get("ID") == owner:
                continue
            grants.append({**_who(grantee), "permission": each.get("Permission")})
        return sorted(grants, key=lambda grant: sorted(grant.items()))

    def normalized(self, value: Any) -> set[tuple[str, str, str]]:
        """The grants as a set; full control is all of the others."""
        return {
            (str(each.get("group")), str(each.get("user")).lower(), permission)
            for each in value
            for permission in (
                PERMISSIONS[1:] if each["permission"] == "FULL_CONTROL" else (each["permission"],)
            )
        }

    def same(self, wanted: Any, current: Any) -> bool:
        return self.normalized(wanted) == self.normalized(current or ())


class CannedAcl(Choice):
    """A named set of grants. HCP shows the grants only."""

    grants = Grants()

    def encode(self, value: Any) -> Any:
        return self.grants.encode(CANNED[value])

    def decode(self, wire: Any) -> Any:
        found = self.grants.decode(wire)
        return next((name for name in CANNED if self.grants.same(CANNED[name], found)), None)


def _who(grantee: Mapping[str, Any]) -> dict[str, str]:
    for name, uri in GROUPS.items():
        if grantee.get("URI") == uri:
            return {"group": name}
    names = (grantee.get(each) for each in ("DisplayName", "EmailAddress", "ID"))
    return {"user": str(next((name for name in names if name), ""))}


def _who_is(grant: Mapping[str, Any]) -> set[str]:
    return {str(grant.get("group")), str(grant.get("user")).lower()}
