# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kinds of retention value. Source: MAPI reference, retention value grammar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, ClassVar

from .base import Value
from .pattern import Pattern


class Retention(Value):
    """A retention value: special value, offset, retention class or fixed date."""

    SPECIAL: ClassVar[dict[str, str]] = {
        "deletion allowed": "0",
        "deletion prohibited": "-1",
        "initial unspecified": "-2",
    }
    OFFSET = Pattern("^A" + "".join(rf"(?:([+-]\d{{1,4}}){unit})?" for unit in "yMwdhms") + r"\Z")
    # One of MAPI's own samples has A+7Y where the grammar has A+7y. M and m never mean the same.
    LENIENT = Pattern(
        "^A"
        + "".join(
            rf"(?:([+-]\d+){unit})?" for unit in ("[yY]", "M", "[wW]", "[dD]", "[hH]", "m", "[sS]")
        )
        + r"\Z"
    )
    CLASS = Pattern(r"^C\+([A-Za-z0-9_-]{1,64})\Z")
    DATE = Pattern(r"^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})([+-])(\d{2})(\d{2})\Z")

    def argument(self) -> dict[str, Any]:
        return {"type": "str"}

    def check(self, value: Any) -> str | None:
        text = self.encode(value)
        if text in ("0", "-1", "-2") or self.CLASS.match(text) or self.DATE.match(text):
            return None
        if text != "A" and self.OFFSET.match(text):
            return None
        if re.match(r"^\d+\Z", text):
            return None
        return (
            "must be 0, -1 or -2, an offset like A+7y or A+1y+6M (units y M w d h m s, largest"
            " first), a class like C+name, or a date like 2030-01-01T00:00:00+0100,"
            f" not '{value}'"
        )

    def encode(self, value: Any) -> Any:
        text = str(value).strip()
        return self.SPECIAL.get(text.lower(), text)

    def decode(self, wire: Any) -> Any:
        return None if wire in (None, "") else self.encode(wire)

    def normalized(self, value: Any) -> tuple[Any, ...]:
        """The value taken apart: two values with one meaning are one to HCP."""
        text = self.encode(value)
        if text in ("0", "-1", "-2"):
            return ("special", text)
        offset = self.LENIENT.match(text)
        if offset:
            return ("offset", *(int(term or 0) for term in offset.groups()))
        named = self.CLASS.match(text)
        if named:
            return ("class", named.group(1).lower())
        timestamp = self.timestamp(text)
        return ("text", text) if timestamp is None else ("date", timestamp)

    def timestamp(self, text: str) -> float | None:
        """Seconds since 1970 of a fixed date. Impossible days roll over, as they do on HCP."""
        if re.match(r"^\d+\Z", text):
            return float(text)
        match = self.DATE.match(text)
        if not match:
            return None
        year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
        shift = timedelta(hours=int(match.group(8)), minutes=int(match.group(9)))
        if match.group(7) == "-":
            shift = -shift
        try:
            start = datetime(year, month, 1, tzinfo=timezone.utc)
        except ValueError:
            return None
        rest = timedelta(days=day - 1, hours=hour, minutes=minute, seconds=second)
        return (start + rest - shift).timestamp()

    def same(self, wanted: Any, current: Any) -> bool:
        return current is not None and self.normalized(wanted) == self.normalized(current)


class MinimumRetention(Value):
    """Years, months and days, written ``A+1y+2M+3d`` or ``1y+2M+3d``: MAPI's texts show both."""

    PATTERN = Pattern(
        r"^(?:A\+)?(?=\d)(?:(\d{1,4})y(?:\+(?=\d)|\Z))?"
        r"(?:(\d{1,4})M(?:\+(?=\d)|\Z))?(?:(\d{1,4})d)?\Z"
    )

    def argument(self) -> dict[str, Any]:
        return {"type": "str"}

    def normalized(self, value: Any) -> tuple[int, int, int] | None:
        """Years, months, days; ``None`` for a text that is no such offset."""
        text = str(value).strip()
        if text == "0":
            return (0, 0, 0)
        match = self.PATTERN.match(text)
        if not match or not any(match.groups()):
            return None
        years, months, days = (int(term or 0) for term in match.groups())
        return (years, months, days)

    def check(self, value: Any) -> str | None:
        if self.normalized(value) is not None:
            return None
        return f"must be years, months and days like 1y+6M+0d, not '{value}'"

    def encode(self, value: Any) -> Any:
        years, months, days = self.normalized(value) or (0, 0, 0)
        return f"{years}y+{months}M+{days}d"

    def decode(self, wire: Any) -> Any:
        return None if wire in (None, "") else str(wire)

    def same(self, wanted: Any, current: Any) -> bool:
        return current is not None and self.normalized(wanted) == self.normalized(current)


class ClassRetention(Retention):
    """The duration of a retention class: a special value or an offset."""

    # Average lengths in seconds: enough to tell a longer duration from a shorter one.
    SECONDS = (31556952, 2629746, 604800, 86400, 3600, 60, 1)

    def check(self, value: Any) -> str | None:
        if self.is_offset(value) or self.encode(value) in self.SPECIAL.values():
            return None
        return (
            "must be 0, -1 or -2, or an offset like A+7y or A+1y+6M (units y M w d h m s, largest"
            f" first), not '{value}'"
        )

    def is_offset(self, value: Any) -> bool:
        """Whether a value counts from the time an object was stored."""
        text = self.encode(value)
        return bool(self.OFFSET.match(text)) and text != "A"

    def lengthens(self, current: Any, wanted: Any) -> bool:
        """Whether objects of a class would be kept longer than before.

        Initial Unspecified keeps an object until somebody says otherwise; leaving that state is
        taken as longer unless it ends in Deletion Allowed.
        """
        before, after = self.normalized(current), self.normalized(wanted)
        if before in (after, ("special", "-1")) or after == ("special", "0"):
            return False
        if before[0] == after[0] == "offset":
            return self._seconds(after) > self._seconds(before)
        return True

    def _seconds(self, offset: tuple[Any, ...]) -> int:
        return sum(term * unit for term, unit in zip(offset[1:], self.SECONDS))


UNITS = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
WORDS = {"0": "deletion allowed", "-1": "deletion prohibited", "-2": "initial unspecified"}


def normal(value: Any) -> str:
    """A retention value, or the numbers of its units by name, in the one way to write it.

    :raises ValueError: it is no retention value; the text says why
    """
    kind = Retention()
    text = _offset(value) if isinstance(value, Mapping) else kind.encode(value)
    normalized = kind.normalized(text)
    if normalized[0] == "offset" and text != "A":
        text = _offset(dict(zip(UNITS, normalized[1:])))
    elif normalized[0] == "date":
        try:
            timestamp = datetime.fromtimestamp(normalized[1], tz=timezone.utc)
        except (OverflowError, OSError, ValueError):
            raise ValueError(f"must be a date before the year 10000, not '{value}'") from None
        text = timestamp.strftime("%Y-%m-%dT%H:%M:%S+0000")
    problem = kind.check(text)
    if problem:
        raise ValueError(problem)
    return text


def describe(value: Any) -> str:
    """A retention value in words.

    :raises ValueError: it is no retention value; the text says why
    """
    text = normal(value)
    if text in WORDS:
        return WORDS[text]
    normalized = Retention().normalized(text)
    if normalized[0] == "class":
        return f"as long as class {text[2:]} says"
    if normalized[0] == "date":
        return f"until {text.replace('+0000', 'Z')}"
    terms = [
        f"{term} {unit if abs(term) != 1 else unit[:-1]}"
        for term, unit in zip(normalized[1:], UNITS)
        if term
    ]
    return f"{' '.join(terms) or 'no time'} after the object was stored"


def _offset(terms: Mapping[str, Any]) -> str:
    unknown = sorted(set(map(str, terms)) - set(UNITS))
    if unknown:
        raise ValueError(f"may have only {', '.join(UNITS)}, not '{unknown[0]}'")
    try:
        numbers = {letter: int(terms.get(unit, 0)) for letter, unit in zip("yMwdhms", UNITS)}
    except (TypeError, ValueError):
        raise ValueError("must have whole numbers of its units") from None
    text = "".join(f"{number:+d}{letter}" for letter, number in numbers.items() if number)
    return f"A{text or '+0d'}"
