"""Retention values: special values, offsets, class references and fixed dates.

MAPI reference: retention value grammar, complianceSettings, retentionClass.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated

from pydantic import AfterValidator

from ..base import AnyCase, DataType, Description, Flag, Shown, Text, Use, prop

_WORDS = {
    "0": "0",
    "-1": "-1",
    "-2": "-2",
    "deletion allowed": "0",
    "deletion prohibited": "-1",
    "initial unspecified": "-2",
}
_OFFSET = re.compile(
    r"A"
    + "".join(
        rf"(?:(?P<{name}>[+-]\d{{1,4}}){unit})?"
        for name, unit in zip("yowdhms", "yMwdhms", strict=True)
    )
)
_DAYS = {
    "y": 365.2425,
    "o": 30.436875,
    "w": 7.0,
    "d": 1.0,
    "h": 1 / 24,
    "m": 1 / 1440,
    "s": 1 / 86400,
}
_MINIMUM = re.compile(r"(?:A\+)?(?:(\d{1,4})y)?(?:\+?(\d{1,4})M)?(?:\+?(\d{1,4})d)?")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})([+-]\d{4})")


def special(value: str) -> str | None:
    return _WORDS.get(value.strip().casefold())


def is_offset(value: str) -> bool:
    # The expression also matches a bare "A"; what it would mean is unconfirmed, so it is refused.
    return value != "A" and _OFFSET.fullmatch(value) is not None


def offset_days(value: str) -> float:
    """Return the approximate length of an offset in days, for comparison."""
    match = _OFFSET.fullmatch(value)
    terms = match.groupdict() if match else {}
    return sum(int(terms[name] or 0) * days for name, days in _DAYS.items())


def _rolled_over(match: re.Match[str]) -> str:
    year, month, day, hour, minute, second = (int(match[i]) for i in range(1, 7))
    if not 1 <= month <= 12 or day < 1 or hour > 23 or minute > 59 or second > 59:
        raise ValueError("not a date")
    # A day that the month does not have counts on into the next one.
    rolled = date(year, month, 1) + timedelta(days=day - 1)
    return f"{rolled.isoformat()}T{match[4]}:{match[5]}:{match[6]}{match[7]}"


def _check_class_value(value: str) -> str:
    known = special(value)
    if known is not None:
        return known
    if is_offset(value):
        return value
    raise ValueError("not a retention value")


def _check_default(value: str) -> str:
    match = _DATE.fullmatch(value)
    if match:
        return _rolled_over(match)
    if re.fullmatch(r"[1-9]\d{0,11}", value) or re.fullmatch(r"C\+[A-Za-z0-9_-]{1,64}", value):
        return value
    return _check_class_value(value)


def minimum_terms(value: str) -> tuple[int, int, int]:
    match = _MINIMUM.fullmatch(value)
    if match is None or not any(match.groups()):
        raise ValueError("not a retention offset of years, months and days")
    return int(match[1] or 0), int(match[2] or 0), int(match[3] or 0)


def _check_minimum(value: str) -> str:
    # Both "A+1y+2M+3d" and "1y+2M+3d" are accepted; responses have the second (unconfirmed).
    years, months, days = minimum_terms(value)
    return f"{years}y+{months}M+{days}d"


def _check_class_name(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", value):
        raise ValueError("not a class name")
    return value


class CustomMetadataChanges(AnyCase):
    ADD = "ADD"
    ALL = "ALL"
    NONE = "NONE"


class ComplianceSettings(DataType):
    customMetadataChanges: CustomMetadataChanges | None = prop()
    retentionDefault: Annotated[Text, AfterValidator(_check_default)] | None = prop()
    minimumRetentionAfterInitialUnspecified: (
        Annotated[Text, AfterValidator(_check_minimum)] | None
    ) = prop()
    dispositionEnabled: Flag | None = prop()
    shreddingDefault: Flag | None = prop()


class RetentionClass(DataType):
    description: Description | None = prop()
    value: Annotated[Text, AfterValidator(_check_class_value)] | None = prop(put=Use.REQUIRED)
    allowDisposition: Flag | None = prop()
    name: Annotated[Text, AfterValidator(_check_class_name)] | None = prop(
        put=Use.REQUIRED, post=Use.NO, get=Shown.VERBOSE
    )
