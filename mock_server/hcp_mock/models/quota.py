"""Quota texts: a decimal with at most two places, one space, MB, GB or TB.

MAPI reference: limits, hardQuota and namespaceQuota.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator

from .base import Text

_QUOTA = re.compile(r"(\d{1,12}(?:\.\d{1,2})?|\.\d{1,2}) (MB|GB|TB)")
# Whether the units are decimal or binary is unconfirmed; the factor only matters when units are
# mixed.
_BYTES = {"MB": 1024**2, "GB": 1024**3, "TB": 1024**4}


def quota_bytes(value: str) -> int:
    """Return the bytes of a well-formed quota text."""
    number, unit = value.split(" ")
    return int(Decimal(number) * _BYTES[unit])


def _normalised(value: str) -> str:
    """At least 1 GB or .01 TB, in the unit that was sent, with two decimals."""
    match = _QUOTA.fullmatch(value)
    if match is None:
        raise ValueError("not a quota")
    number, unit = Decimal(match[1]), match[2]
    # No minimum is given for MB; the strict reading is the one for GB (unconfirmed).
    if int(number * _BYTES[unit]) < _BYTES["GB"]:
        raise ValueError("below the minimum")
    return f"{number:.2f} {unit}"


def _count_or_none(value: str) -> str:
    if value == "None":
        return value
    if not re.fullmatch(r"[0-9]{1,5}", value) or not 1 <= int(value) <= 10000:
        raise ValueError("not a namespace quota")
    return str(int(value))


HardQuota = Annotated[Text, AfterValidator(_normalised)]
NamespaceQuota = Annotated[Text, AfterValidator(_count_or_none)]
