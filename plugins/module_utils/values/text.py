# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts: free ones, names with rules, and secrets."""

from __future__ import annotations

from typing import Any

from .base import Value
from .pattern import Pattern


class Text(Value):
    """Free text. HCP does not tell a text never set from an empty one."""

    def __init__(
        self,
        longest: int = 1024,
        shortest: int = 0,
        pattern: str | None = None,
        rule: str = "",
        ignore_case: bool = False,
    ) -> None:
        self.longest = longest
        self.shortest = shortest
        self.pattern = Pattern(pattern) if pattern else None
        self.rule = rule
        self.ignore_case = ignore_case

    def argument(self) -> dict[str, Any]:
        return {"type": "str"}

    def check(self, value: Any) -> str | None:
        if len(value) < self.shortest:
            return f"must have at least {self.shortest} characters, not '{value}'"
        if len(value) > self.longest:
            return f"may have at most {self.longest} characters, this has {len(value)}"
        if value and self.pattern and not self.pattern.match(value):
            return f"must be {self.rule}"
        return None

    def decode(self, wire: Any) -> Any:
        return "" if wire is None else str(wire)

    def same(self, wanted: Any, current: Any) -> bool:
        if self.ignore_case:
            return str(wanted).lower() == str(current).lower()
        return str(wanted) == str(current)


# Letters of any script: HCP makes a host name of them.
HOST_LABEL = r"^(?!xn--)[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?\Z"
HOST_LABEL_RULE = (
    "1 to 63 letters, digits and hyphens, with no hyphen at either end and not starting with xn--"
)


def host_label() -> Text:
    """The name of a tenant or a namespace, which becomes part of a host name."""
    return Text(63, 1, HOST_LABEL, HOST_LABEL_RULE, ignore_case=True)


def free_name(longest: int) -> Text:
    """A name of any characters. Two names would stand for another path."""
    return Text(longest, 1, r"^(?!\.{1,2}\Z)", "a name other than . and ..", ignore_case=True)


def account_name() -> Text:
    """The name of a user account."""
    return Text(
        64, 1, r"^(?!\.{1,2}\Z)[^\[]", "a name that does not start with [", ignore_case=True
    )


def optional_account_name() -> Text:
    """The name of an account, or nothing for none."""
    return Text(64, 0, r"^[^\[]", "a name that does not start with [", ignore_case=True)


class Secret(Value):
    """A value HCP takes and never shows again; it cannot be compared."""

    def argument(self) -> dict[str, Any]:
        return {"type": "str", "no_log": True}

    def decode(self, wire: Any) -> Any:
        return None

    def same(self, wanted: Any, current: Any) -> bool:
        return True
