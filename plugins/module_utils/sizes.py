# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Amounts of storage as numbers of bytes and as HCP writes quotas.

Whether HCP's units are powers of 1000 or of 1024 is not documented, so ``base`` says.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from .values import Quota

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
