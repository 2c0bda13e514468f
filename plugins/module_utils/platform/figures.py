# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counters, as MAPI shows them of many things.

Source: MAPI reference, ``statistics``, ``chargebackReport`` and ``nodeStatistics``.
"""

from __future__ import annotations

from ..schema.fields import Field
from ..schema.interface import Access
from ..values.numbers import Integer

WATCHED = Access(("MONITOR", "ADMINISTRATOR"), ())
COUNT = Integer(0, 2**63 - 1)


def figures(*names: str) -> list[Field]:
    """Counters with names in snake case."""
    return [Field(name, camel(name), COUNT) for name in names]


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
