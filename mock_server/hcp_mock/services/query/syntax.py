"""The grammar of query expressions. Query reference: query expression grammar."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput

from .errors import malformed_expression, too_deep
from .terms import WILDCARDS, Value

MAX_DEPTH = 100
_GRAMMAR = r"""
start: clauses
clauses: clause (_WS clause)*
clause: SIGN? _criterion
_criterion: everything | text | property | group
everything: EVERYTHING
text: _value
property: NAME (_value | values | range)
values: _LEFT choice (_WS choice)* _RIGHT
choice: SIGN? _value
range: OPEN _WS? _bound _WS "TO" _WS _bound _WS? CLOSE
_bound: BOUND | QUOTED
group: _LEFT clauses _RIGHT
_value: WORD | QUOTED

EVERYTHING.3: "*:*"
NAME.2: /[A-Za-z_][A-Za-z0-9_]*:/
SIGN: "+" | "-"
OPEN: "[" | "{"
CLOSE: "]" | "}"
QUOTED: /"(?:\\.|[^"\\])*"/s
WORD: /(?:\\.|[^\s?*+\-()\[\]{}":\\])(?:\\.|[^\s()\[\]{}":\\])*/s
BOUND: /(?:\\.|[^\s+\-\[\]{}"\\])(?:\\.|[^\s\[\]{}"\\])*/s
_LEFT: /\(\s*/
_RIGHT.3: /\s*\)/
_WS: /\s+/
"""


@dataclass(frozen=True)
class Clause:
    """A criterion with ``+`` (must), ``-`` (must not) or no sign."""

    sign: str
    node: Node


@dataclass(frozen=True)
class MatchAll:
    """``*:*``, which matches every object."""


@dataclass(frozen=True)
class Text:
    """Words in paths and custom metadata, or with a name a value of that property."""

    value: Value
    name: str | None = None


@dataclass(frozen=True)
class Range:
    """Lower and upper bound; ``None`` is an open bound."""

    name: str
    low: Value | None
    high: Value | None
    with_low: bool
    with_high: bool


@dataclass(frozen=True)
class Group:
    clauses: tuple[Clause, ...]
    depth: int = 1


Node = MatchAll | Text | Range | Group


def _unescape(text: str) -> tuple[str, frozenset[int]]:
    """Return the text without backslashes, and the positions of its wildcards."""
    result: list[str] = []
    wildcards: set[int] = set()
    escaped = False
    for char in text:
        if char == "\\" and not escaped:
            escaped = True
            continue
        if char in WILDCARDS and not escaped:
            wildcards.add(len(result))
        result.append(char)
        escaped = False
    return "".join(result), frozenset(wildcards)


def _value(token: Token) -> Value:
    if token.type == "QUOTED":
        return Value(_unescape(str(token)[1:-1])[0], quoted=True)
    text, wildcards = _unescape(str(token))
    return Value(text, wildcards=wildcards)


class _Builder(Transformer[Token, Any]):
    """Builds the tree: one method for each rule of the grammar."""

    def start(self, items: list[Any]) -> Group:
        group: Group = items[0]
        return group

    def clauses(self, items: list[Clause]) -> Group:
        inner = [item.node.depth for item in items if isinstance(item.node, Group)]
        return Group(tuple(items), max(inner, default=0) + 1)

    def clause(self, items: list[Any]) -> Clause:
        sign = str(items[0]) if isinstance(items[0], Token) else ""
        return Clause(sign, items[-1])

    def everything(self, _items: list[Any]) -> MatchAll:
        return MatchAll()

    def text(self, items: list[Token]) -> Text:
        return Text(_value(items[0]))

    def group(self, items: list[Group]) -> Group:
        return items[0]

    def choice(self, items: list[Token]) -> tuple[str, Token]:
        return (str(items[0]) if len(items) == 2 else "", items[-1])

    def values(self, items: list[tuple[str, Token]]) -> list[tuple[str, Token]]:
        return items

    def range(self, items: list[Token]) -> Range:
        opening, low, high, closing = items
        return Range("", _bound(low), _bound(high), opening == "[", closing == "]")

    def property(self, items: list[Any]) -> Node:
        name, criterion = str(items[0])[:-1], items[1]
        if isinstance(criterion, Range):
            return Range(
                name, criterion.low, criterion.high, criterion.with_low, criterion.with_high
            )
        if isinstance(criterion, list):
            return Group(
                tuple(Clause(sign, Text(_value(token), name)) for sign, token in criterion)
            )
        return Text(_value(criterion), name)


def _bound(token: Token) -> Value | None:
    return None if token == "*" else _value(token)  # noqa: S105


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", transformer=_Builder(), maybe_placeholders=False)


def parse(expression: str) -> Group:
    try:
        tree: Any = _parser().parse(expression.strip())
    except UnexpectedInput:
        raise malformed_expression() from None
    group: Group = tree
    if group.depth > MAX_DEPTH:
        raise too_deep()
    return group
