# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Amounts of storage."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, ClassVar

from .base import Value
from .pattern import Pattern


class Quota(Value):
    """An amount of storage, as ``<number> MB|GB|TB``.

    HCP answers with two decimals, and it is unconfirmed whether it keeps the unit or whether a TB
    has 1000 or 1024 GB. Amounts in one unit are compared exactly; amounts in two units are the same
    where either base makes them so to the two decimals that HCP shows.
    """

    PATTERN = Pattern(
        r"^(\d{1,15}(?:\.\d{1,2})?|\.\d{1,2}) ?(MB|GB|TB)\Z", re.IGNORECASE | re.ASCII
    )
    UNITS = ("MB", "GB", "TB")
    SMALLEST: ClassVar[dict[str, Decimal]] = {
        "MB": Decimal(0),
        "GB": Decimal(1),
        "TB": Decimal("0.01"),
    }

    def argument(self) -> dict[str, Any]:
        return {"type": "str"}

    def parse(self, value: Any) -> tuple[Decimal, str] | None:
        """Number and unit, or ``None`` for a text that is no quota."""
        return _parsed(str(value).strip())

    def check(self, value: Any) -> str | None:
        parsed = self.parse(value)
        if parsed is None:
            return f"must be a number with at most two decimals and MB, GB or TB, not '{value}'"
        number, unit = parsed
        if number < self.SMALLEST[unit]:
            return f"must be at least 1 GB or .01 TB, not '{value}'"
        return None

    def encode(self, value: Any) -> Any:
        parsed = self.parse(value)
        return value if parsed is None else f"{parsed[0]} {parsed[1]}"

    def decode(self, wire: Any) -> Any:
        parsed = self.parse(wire)
        return f"{parsed[0]:.2f} {parsed[1]}" if parsed else wire or None

    def same(self, wanted: Any, current: Any) -> bool:
        left, right = self.parse(wanted), self.parse(current)
        if left is None or right is None:
            return False
        steps = self.UNITS.index(left[1]) - self.UNITS.index(right[1])
        cent = Decimal("0.01")
        return any(
            (left[0] * Decimal(base) ** steps).quantize(cent) == right[0].quantize(cent)
            for base in (1000, 1024)
        )


@lru_cache(maxsize=1000)
def _parsed(text: str) -> tuple[Decimal, str] | None:
    # The same few amounts stand in most namespaces.
    match = Quota.PATTERN.match(text)
    return (Decimal(match.group(1)), match.group(2).upper()) if match else None


# MB is the second power, and so on.
POWERS = {unit: power for power, unit in enumerate(Quota.UNITS, 2)}
CENT = Decimal("0.01")


def quota(number: int, unit: str | None = None, base: int = 1024) -> str:
    """A number of bytes as HCP writes quotas, with two decimals.

    Without ``unit`` it is the largest of MB, GB and TB of which there is at least one.
    """
    if unit is None:
        fitting = [each for each, power in POWERS.items() if number >= base**power]
        unit = fitting[-1] if fitting else Quota.UNITS[0]
    amount = Decimal(number) / Decimal(base) ** POWERS[unit]
    return f"{amount.quantize(CENT, rounding=ROUND_HALF_UP)} {unit}"


def number_of_bytes(text: str, base: int = 1024) -> int | None:
    """The bytes of an amount as HCP writes it; ``None`` for a text that is none."""
    parsed = Quota().parse(text)
    if parsed is None:
        return None
    amount, unit = parsed
    return int((amount * Decimal(base) ** POWERS[unit]).to_integral_value(ROUND_HALF_UP))
