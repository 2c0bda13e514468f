# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sets of names and of addresses."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from typing import Any

from .base import Value, list_members


class NameSet(Value):
    """A set of names in one of MAPI's wrappers, as ``{"tag": ["a", "b"]}``."""

    def __init__(
        self,
        wrapper: str,
        longest: int = 64,
        choices: Sequence[str] = (),
        forbidden: str = "",
        match_case: bool = False,
    ) -> None:
        self.wrapper = wrapper
        self.longest = longest
        self.choices = choices
        self.forbidden = forbidden
        self.match_case = match_case

    def argument(self) -> dict[str, Any]:
        spec: dict[str, Any] = {"type": "list", "elements": "str"}
        if self.choices:
            spec["choices"] = list(self.choices)
        return spec

    def check(self, value: Any) -> str | None:
        for name in value:
            if not name or len(name) > self.longest:
                return f"must hold names of 1 to {self.longest} characters, not '{name}'"
            if self.forbidden and any(mark in name for mark in self.forbidden):
                return f"must not hold names with '{self.forbidden}' in them, like '{name}'"
        return None

    def encode(self, value: Any) -> Any:
        return {self.wrapper: list(value)}

    def decode(self, wire: Any) -> Any:
        spelled = {choice.lower(): choice for choice in self.choices}
        names = (str(name) for name in list_members(wire, self.wrapper))
        return sorted((spelled.get(name.lower(), name) for name in names), key=str.lower)

    def normalized(self, value: Iterable[str]) -> set[str]:
        """The set as HCP understands it."""
        return {name if self.match_case else name.lower() for name in value}

    def same(self, wanted: Any, current: Any) -> bool:
        return self.normalized(wanted) == self.normalized(current or ())


class Addresses(NameSet):
    """A set of client addresses: single ones, networks in CIDR or netmask form, comma lists."""

    def __init__(self) -> None:
        super().__init__("ipAddress", longest=1024)

    def normalized(self, value: Iterable[str]) -> set[str]:
        return {network(part) for entry in value for part in entry.split(",") if part.strip()}

    def check(self, value: Any) -> str | None:
        for entry in value:
            for part in entry.split(","):
                try:
                    ipaddress.ip_network(part.strip(), strict=False)
                except ValueError:
                    return f"must hold IP addresses or networks, not '{part.strip()}'"
        return None


def network(text: str) -> str:
    """One way of writing an address or a network; a text that is neither stays as it is."""
    try:
        return str(ipaddress.ip_network(text.strip(), strict=False))
    except ValueError:
        return text.strip()


class CommaList(Value):
    """A set of names that MAPI keeps as one text with commas.

    With ``choices`` it is a set of words without case.
    """

    def __init__(self, separator: str = ", ", choices: Sequence[str] = ()) -> None:
        self.separator = separator
        self.choices = choices

    def argument(self) -> dict[str, Any]:
        spec: dict[str, Any] = {"type": "list", "elements": "str"}
        return dict(spec, choices=list(self.choices)) if self.choices else spec

    def check(self, value: Any) -> str | None:
        for name in value:
            if "," in name or not name.strip():
                return f"must hold one name per list entry, not '{name}'"
        return None

    def encode(self, value: Any) -> Any:
        return self.separator.join(value)

    def decode(self, wire: Any) -> Any:
        spelled = {choice.lower(): choice for choice in self.choices}
        names = (part.strip() for part in str(wire or "").split(",") if part.strip())
        return sorted(spelled.get(name.lower(), name) for name in names)

    def same(self, wanted: Any, current: Any) -> bool:
        return {name.strip() for name in wanted} == set(current or ())
