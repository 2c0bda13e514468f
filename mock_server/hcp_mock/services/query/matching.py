"""Compilation of expressions to predicates. Query reference: query expression grammar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ...models.tenants.content_classes import ContentPropertyType
from . import identities
from .errors import bad_value, no_range, no_wildcards, not_queryable
from .fields import FIELDS, Field, Kind, parse_boolean, parse_number, parse_time
from .index import IndexEntry
from .metadata import IndexedProperty
from .syntax import Clause, Group, MatchAll, Node, Range, Text
from .terms import Value, terms

Predicate = Callable[[IndexEntry], bool]


@dataclass(frozen=True)
class Condition:
    """Whether an object matches, and its score: the number of criteria that it meets."""

    matches: Predicate
    score: Callable[[IndexEntry], int]


@dataclass(frozen=True)
class Compiler:
    """``searcher``: the account that ``USER`` alone stands for."""

    searcher: identities.AccountName | None
    content_properties: Mapping[str, IndexedProperty]

    def condition(self, node: Node) -> Condition:
        if isinstance(node, Group):
            return _combine([(clause, self.condition(clause.node)) for clause in node.clauses])
        test = self._predicate(node)
        return Condition(test, lambda entry: int(test(entry)))

    def _predicate(self, node: MatchAll | Text | Range) -> Predicate:
        if isinstance(node, MatchAll):
            return lambda entry: True
        if node.name is None:
            return _term_predicate(
                node.value, lambda entry: [entry.path_terms, entry.content_terms]
            )
        if node.name in self.content_properties:
            return _content(self.content_properties[node.name], node)
        field = FIELDS.get(node.name)
        if field is None or not field.queryable:
            raise not_queryable(node.name)
        if isinstance(node, Range):
            return _range(field, node)
        return self._property(field, node.value)

    def _property(self, field: Field, value: Value) -> Predicate:
        name = field.name
        if value.wildcards and not field.wildcards:
            raise no_wildcards(name)
        if field.kind is Kind.WORDS:
            if name == "objectPath":
                return _term_predicate(value, lambda entry: [entry.path_terms])
            return _term_predicate(value, lambda entry: [entry.content_terms])
        if field.kind is Kind.OWNER:
            return self._owner(value.text)
        if field.kind is Kind.GRANT:
            return self._grant(value)
        if field.kind is Kind.VERSION:
            number = int(parse_number(name, value.text))
            # An old version ID also finds the object, but the result is its current version.
            return lambda entry: number == entry.number or number in entry.numbers
        if value.wildcards:
            pattern = value.pattern(fold=field.fold)
            return lambda entry: pattern.fullmatch(field.get(entry)) is not None
        expected = _read(field, value.text)
        return lambda entry: _comparable(field, entry) == expected

    def _owner(self, text: str) -> Predicate:
        expected = identities.parse_owner(text, self.searcher)
        if expected is None:
            return lambda entry: False
        return lambda entry: (
            identities.owner_account(entry.version.owner, entry.scope.tenant.name).key
            == expected.key
        )

    def _grant(self, value: Value) -> Predicate:
        if not value.quoted:
            raise bad_value("aclGrant")
        expected = identities.parse_grant(value.text, self.searcher)
        return lambda entry: (
            entry.version.index
            and expected.matches(identities.grants_of(entry.acl, entry.scope.tenant.name))
        )


def _combine(parts: list[tuple[Clause, Condition]]) -> Condition:
    """If a criterion has a plus, criteria without a sign affect only the score."""
    by_sign: dict[str, list[Condition]] = {"+": [], "-": [], "": []}
    for clause, condition in parts:
        by_sign[clause.sign].append(condition)
    must, must_not, optional = by_sign["+"], by_sign["-"], by_sign[""]

    def matches(entry: IndexEntry) -> bool:
        if any(condition.matches(entry) for condition in must_not):
            return False
        if must:
            return all(condition.matches(entry) for condition in must)
        # At least one criterion without a sign; without any, nothing matches (strict reading).
        return any(condition.matches(entry) for condition in optional)

    def score(entry: IndexEntry) -> int:
        return sum(c.score(entry) for c in (*must, *optional)) if matches(entry) else 0

    return Condition(matches, score)


def _term_predicate(value: Value, known: Callable[[IndexEntry], list[list[str]]]) -> Predicate:
    return lambda entry: any(value.matches(words) for words in known(entry))


def _read(field: Field, text: str) -> Any:
    if field.kind is Kind.NUMBER:
        return parse_number(field.name, text)
    if field.kind is Kind.TIME:
        return parse_time(field.name, text)
    if field.kind is Kind.BOOLEAN:
        return parse_boolean(field.name, text)
    if field.kind is Kind.RETENTION and text[:1].isdigit():
        return parse_time(field.name, text)
    return text.casefold() if field.fold else text


def _comparable(field: Field, entry: IndexEntry) -> Any:
    """Return the value to compare; for a retention date, the exact time."""
    until = entry.version.retention.until
    if field.kind is Kind.RETENTION and until is not None:
        return until
    return field.value(entry)


def _range(field: Field, node: Range) -> Predicate:
    if not field.ranges:
        raise no_range(field.name)
    ends: list[Any] = []
    for end in (node.low, node.high):
        if end is not None and end.wildcards:
            raise bad_value(field.name)
        ends.append(None if end is None else _read(field, end.text))
    between = _between(ends[0], ends[1], node)

    def test(entry: IndexEntry) -> bool:
        value = _comparable(field, entry)
        known = {type(end) for end in ends if end is not None}
        # Words and dates of retention cannot be compared with each other.
        if field.kind is Kind.RETENTION and known and type(value) not in known:
            return False
        return between(value)

    return test


def _between(low: Any, high: Any, node: Range) -> Callable[[Any], bool]:
    """Compare with both bounds. Texts are compared in UTF-8 order."""

    def check(value: Any) -> bool:
        if low is not None and not (value >= low if node.with_low else value > low):
            return False
        return high is None or bool(value <= high if node.with_high else value < high)

    return check


def _content(content: IndexedProperty, node: Text | Range) -> Predicate:
    """Objects without the property match nothing, not even an open range."""
    kinds = ContentPropertyType
    if isinstance(node, Range):
        if content.type in (kinds.BOOLEAN, kinds.FULLTEXT):
            raise no_range(content.name)
        between = _between(
            _content_value(content, node.low), _content_value(content, node.high), node
        )
        return _any_value(content, between)
    value = node.value
    if content.type is kinds.FULLTEXT:
        return _any_value(content, lambda text: value.matches(terms(text)))
    if value.wildcards:
        pattern = value.pattern()
        return _any_value(content, lambda text: pattern.fullmatch(str(text)) is not None)
    expected = _content_value(content, value)
    return _any_value(content, lambda actual: bool(actual == expected))


def _content_value(content: IndexedProperty, value: Value | None) -> Any:
    if value is None:
        return None
    if value.wildcards:
        raise bad_value(content.name)
    if content.type is ContentPropertyType.DATE:
        return parse_time(content.name, value.text.removesuffix("Z"))
    if content.type is ContentPropertyType.STRING:
        return value.text
    result = content.read(value.text)
    if result is None:
        raise bad_value(content.name)
    return result


def _any_value(content: IndexedProperty, test: Callable[[Any], bool]) -> Predicate:
    return lambda entry: any(test(v) for v in content.values(entry.scope, entry.version))
