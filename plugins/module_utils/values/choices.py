# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Switches and words out of a few."""

from __future__ import annotations

from typing import Any

from .base import Value


class Boolean(Value):
    """A switch."""

    def argument(self) -> dict[str, Any]:
        return {"type": "bool"}

    def decode(self, wire: Any) -> Any:
        return wire if isinstance(wire, bool) else str(wire).strip() in ("true", "t", "1")


class Choice(Value):
    """One of a few words. HCP's answers may differ from them in case."""

    def __init__(self, *choices: str) -> None:
        self.choices = choices

    def argument(self) -> dict[str, Any]:
        return {"type": "str", "choices": list(self.choices)}

    def decode(self, wire: Any) -> Any:
        if wire in (None, ""):
            return None
        for choice in self.choices:
            if choice.lower() == str(wire).lower():
                return choice
        return str(wire)

    def same(self, wanted: Any, current: Any) -> bool:
        return str(wanted).lower() == str(current).lower()
