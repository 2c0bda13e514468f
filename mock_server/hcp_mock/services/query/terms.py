"""Words of a text as the index knows them, and values with wildcards.

Query reference: text criteria, wildcards.
"""

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
    """Runs of letters and runs of digits, in lower case."""
    return ["".join(run).casefold() for kind, run in groupby(text, _class_of) if kind]


@dataclass(frozen=True)
class Value:
    """A value of an expression: characters, some of which may be wildcards.

    ``wild``: positions in ``text`` of characters that stand for others.
    """

    text: str
    quoted: bool = False
    wild: frozenset[int] = frozenset()

    def pattern(self, *, fold: bool = False) -> re.Pattern[str]:
        """For a whole value."""
        parts = [
            (".*" if char == "*" else ".") if at in self.wild else re.escape(char)
            for at, char in enumerate(self.text)
        ]
        return re.compile("".join(parts), re.DOTALL | (re.IGNORECASE if fold else 0))

    @cached_property
    def words(self) -> list[re.Pattern[str]]:
        """For single terms. A wildcard does not reach from letters to digits."""
        found: list[re.Pattern[str]] = []
        run: list[str] = []
        kind = ""

        def end() -> None:
            if run:
                found.append(re.compile("".join(run), re.DOTALL))
                run.clear()

        for at, char in enumerate(self.text):
            if at in self.wild:
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
        return found

    def matches(self, known: list[str]) -> bool:
        """A phrase if it was quoted, or else any of its words."""
        if not self.quoted:
            return any(word.fullmatch(term) for word in self.words for term in known)
        wanted = terms(self.text)
        size = len(wanted)
        return bool(size) and any(
            known[at : at + size] == wanted for at in range(len(known) - size + 1)
        )
