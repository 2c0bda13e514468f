"""Expressions made into conditions on objects. Query reference: query expression grammar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ...errors import InvalidRequest
from ...models.tenants.content_classes import ContentPropertyType
from . import people
from .fields import FIELDS, Field, Kind, bad_value, read_number, read_time, read_truth
from .found import Found
from .metadata import Content
from .syntax import Clause, Everything, Group, Node, Range, Text
from .terms import Value, terms

Test = Callable[[Found], bool]


@dataclass(frozen=True)
class Condition:
    """Whether an object fits, and how well: the number of criteria that it meets."""

    fits: Test
    score: Callable[[Found], int]


@dataclass(frozen=True)
class Compiler:
    """``searcher``: who asks, where accounts may be meant without naming them."""

    searcher: people.Name | None
    contents: Mapping[str, Content]

    def condition(self, node: Node) -> Condition:
        if isinstance(node, Group):
            return _combined([(clause, self.condition(clause.node)) for clause in node.clauses])
        test = self._test(node)
        return Condition(test, lambda found: int(test(found)))

    def _test(self, node: Everything | Text | Range) -> Test:
        if isinstance(node, Everything):
            return lambda found: True
        if node.name is None:
            return _words(node.value, lambda found: [found.path_terms, found.content_terms])
        if node.name in self.contents:
            return _content(self.contents[node.name], node)
        field = FIELDS.get(node.name)
        if field is None or not field.queryable:
            raise InvalidRequest(f"'{node.name}' cannot be used in a query expression.")
        if isinstance(node, Range):
            return _range(field, node)
        return self._property(field, node.value)

    def _property(self, field: Field, value: Value) -> Test:
        name = field.name
        if value.wild and not field.wildcards:
            raise InvalidRequest(f"'{name}' cannot be used with wildcards.")
        if field.kind is Kind.WORDS:
            if name == "objectPath":
                return _words(value, lambda found: [found.path_terms])
            return _words(value, lambda found: [found.content_terms])
        if field.kind is Kind.OWNER:
            return self._owner(value.text)
        if field.kind is Kind.GRANT:
            return self._grant(value)
        if field.kind is Kind.VERSION:
            number = int(read_number(name, value.text))
            # An old number finds the object as well, but what is returned is its current version.
            return lambda found: number == found.number or number in found.numbers
        if value.wild:
            pattern = value.pattern(fold=field.fold)
            return lambda found: pattern.fullmatch(field.get(found)) is not None
        wanted = _read(field, value.text)
        return lambda found: _moment(field, found) == wanted

    def _owner(self, text: str) -> Test:
        wanted = people.read_owner(text, self.searcher)
        if wanted is None:
            return lambda found: False
        return lambda found: (
            people.owner_name(found.version.owner, found.place.tenant.name).key == wanted.key
        )

    def _grant(self, value: Value) -> Test:
        if not value.quoted:
            raise bad_value("aclGrant")
        wanted = people.read_grant(value.text, self.searcher)
        return lambda found: (
            found.version.index
            and wanted.fits(people.grants_of(found.acl, found.place.tenant.name))
        )


def _combined(parts: list[tuple[Clause, Condition]]) -> Condition:
    """With a plus somewhere the bare criteria only say what comes first."""
    by_sign: dict[str, list[Condition]] = {"+": [], "-": [], "": []}
    for clause, condition in parts:
        by_sign[clause.sign].append(condition)
    must, must_not, bare = by_sign["+"], by_sign["-"], by_sign[""]

    def fits(found: Found) -> bool:
        if any(condition.fits(found) for condition in must_not):
            return False
        if must:
            return all(condition.fits(found) for condition in must)
        # At least one bare criterion: where there is none, nothing fits (the strict reading).
        return any(condition.fits(found) for condition in bare)

    def score(found: Found) -> int:
        return sum(c.score(found) for c in (*must, *bare)) if fits(found) else 0

    return Condition(fits, score)


def _words(value: Value, known: Callable[[Found], list[list[str]]]) -> Test:
    return lambda found: any(value.in_terms(words) for words in known(found))


def _read(field: Field, text: str) -> Any:
    if field.kind is Kind.NUMBER:
        return read_number(field.name, text)
    if field.kind is Kind.TIME:
        return read_time(field.name, text)
    if field.kind is Kind.TRUTH:
        return read_truth(field.name, text)
    if field.kind is Kind.RETENTION and text[:1].isdigit():
        return read_time(field.name, text)
    return text.casefold() if field.fold else text


def _moment(field: Field, found: Found) -> Any:
    """The value to compare: for a retention that has a date, the exact one."""
    until = found.version.retention.until
    if field.kind is Kind.RETENTION and until is not None:
        return until
    return field.value(found)


def _range(field: Field, node: Range) -> Test:
    if not field.ranges:
        raise InvalidRequest(f"'{field.name}' cannot be used with a range.")
    ends: list[Any] = []
    for end in (node.low, node.high):
        if end is not None and end.wild:
            raise bad_value(field.name)
        ends.append(None if end is None else _read(field, end.text))
    inside = _inside(ends[0], ends[1], node)

    def test(found: Found) -> bool:
        value = _moment(field, found)
        known = {type(end) for end in ends if end is not None}
        # Words and dates of retention cannot be compared with each other.
        if field.kind is Kind.RETENTION and known and type(value) not in known:
            return False
        return inside(value)

    return test


def _inside(low: Any, high: Any, node: Range) -> Callable[[Any], bool]:
    """Texts are compared in UTF-8 order, which is that of their characters."""

    def check(value: Any) -> bool:
        if low is not None and not (value >= low if node.with_low else value > low):
            return False
        return high is None or bool(value <= high if node.with_high else value < high)

    return check


def _content(content: Content, node: Text | Range) -> Test:
    """Objects without the property fit nothing, not even an open range."""
    kinds = ContentPropertyType
    if isinstance(node, Range):
        if content.type in (kinds.BOOLEAN, kinds.FULLTEXT):
            raise InvalidRequest(f"'{content.name}' cannot be used with a range.")
        inside = _inside(
            _content_value(content, node.low), _content_value(content, node.high), node
        )
        return _any(content, inside)
    value = node.value
    if content.type is kinds.FULLTEXT:
        return _any(content, lambda text: value.in_terms(terms(text)))
    if value.wild:
        pattern = value.pattern()
        return _any(content, lambda text: pattern.fullmatch(str(text)) is not None)
    wanted = _content_value(content, value)
    return _any(content, lambda found: bool(found == wanted))


def _content_value(content: Content, value: Value | None) -> Any:
    if value is None:
        return None
    if value.wild:
        raise bad_value(content.name)
    if content.type is ContentPropertyType.DATE:
        return read_time(content.name, value.text.removesuffix("Z"))
    if content.type is ContentPropertyType.STRING:
        return value.text
    found = content.read(value.text)
    if found is None:
        raise bad_value(content.name)
    return found


def _any(content: Content, test: Callable[[Any], bool]) -> Test:
    return lambda found: any(test(v) for v in content.values(found.place, found.version))
