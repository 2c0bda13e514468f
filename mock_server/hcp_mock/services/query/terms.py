"""Indexed terms, and values with wildcards. Query reference: text criteria, wildcards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

WILDCARDS = "*?"


def _class_of(char: str) -> str:
    if char.isdecimal():
        return "digit"
    return "letter" if char.isalpha() else ""


def terms(text: str) -> list[str]:
    """Return runs of letters and runs of digits in lower case."""
    return ["".join(run).casefold() for kind, run in groupby(text, _class_of) if kind]


@dataclass(frozen=True)
class Value:
    """A value of an expression.

    ``wildcards``: positions of characters in ``text`` that are wildcards.
    """

    text: str
    quoted: bool = False
    wildcards: frozenset[int] = frozenset()

    def pattern(self, *, fold: bool = False) -> re.Pattern[str]:
        """Return a pattern for a whole value."""
        parts = [
            (".*" if char == "*" else ".") if at in self.wildcards else re.escape(char)
            for at, char in enumerate(self.text)
        ]
        return re.compile("".join(parts), re.DOTALL | (re.IGNORECASE if fold else 0))

    @cached_property
    def words(self) -> list[re.Pattern[str]]:
        """Return patterns for single terms. A wildcard does not span letters and digits."""
        result: list[re.Pattern[str]] = []
        run: list[str] = []
        kind = ""

        def end() -> None:
            if run:
                result.append(re.compile("".join(run), re.DOTALL))
                run.clear()

        for at, char in enumerate(self.text):
            if at in self.wildcards:
                run.append(".*" if char == "*" else ".")
                kind = ""
                continue
            own = _class_of(char)
            if not own or (kind and own != kind):
                end()
            if own:
                run.append(re.escape(char.casefold()))
            kind = own
        end()
        return result

    def matches(self, known: list[str]) -> bool:
        """A quoted value matches as a phrase, another one by any of its words."""
        if not self.quoted:
            return any(word.fullmatch(term) for word in self.words for term in known)
        wanted = terms(self.text)
        size = len(wanted)
        return bool(size) and any(
            known[at : at + size] == wanted for at in range(len(known) - size + 1)
        )
