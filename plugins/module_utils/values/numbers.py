# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers."""

from __future__ import annotations

import re
from typing import Any

from .base import Value


class Integer(Value):
    """A whole number within a range."""

    def __init__(self, lowest: int, highest: int, unit: str = "") -> None:
        self.lowest = lowest
        self.highest = highest
        self.unit = f" {unit}" if unit else ""

    def argument(self) -> dict[str, Any]:
        return {"type": "int"}

    def check(self, value: Any) -> str | None:
        if self.lowest <= value <= self.highest:
            return None
        return f"must be between {self.lowest} and {self.highest}{self.unit}, not {value}"

    def decode(self, wire: Any) -> Any:
        try:
            return int(wire)
        except (TypeError, ValueError, OverflowError):
            return None


class CountOrNone(Value):
    """A count written as text, or the word None for no limit."""

    def argument(self) -> dict[str, Any]:
        return {"type": "str"}

    def check(self, value: Any) -> str | None:
        text = str(value)
        if text.lower() == "none" or (re.match(r"^[1-9][0-9]{0,4}\Z", text) and int(text) <= 10000):
            return None
        return f"must be a whole number from 1 to 10000, or None for no limit, not '{value}'"

    def encode(self, value: Any) -> Any:
        return "None" if str(value).lower() == "none" else str(value)

    def decode(self, wire: Any) -> Any:
        return "None" if wire in (None, "") else str(wire)

    def same(self, wanted: Any, current: Any) -> bool:
        return str(wanted).lower() == str(current).lower()


class Rate(Value):
    """A figure that may have a fraction."""

    def decode(self, wire: Any) -> Any:
        try:
            return float(wire)
        except (TypeError, ValueError, OverflowError):
            return None
