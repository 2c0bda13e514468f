"""Every kind of value, for any value: what is sent, read back and compared fits together.

The kinds are those that the tables of resources have, so a new one takes part by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.inputs import PLAIN, TEXTS, Options
from support.value_strategies import TERMS, good

from ansible_collections.contentplatform.hcp.plugins.module_utils.protocols.credentials import (
    Credentials,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.protocols.mapi.client import (
    Client,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.protocols.transport import (
    Endpoint,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.reconcile.guards import (
    check_options,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.reconcile.model import Task
from ansible_collections.contentplatform.hcp.plugins.module_utils.reconcile.plan import plan
from ansible_collections.contentplatform.hcp.plugins.module_utils.refusal import RefusedError
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.kinds import KINDS
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.context import State
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.fields import (
    Field,
    ObjectList,
    Struct,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.interface import (
    MAPI,
    SYSTEM,
    TENANT,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.resource import Resource
from ansible_collections.contentplatform.hcp.plugins.module_utils.values import quota, retention
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.base import Value
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.data_access import Grants
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.quota import Quota
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.retention import Retention
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.text import Secret

# What `reading` takes for an answer that does not come from HCP.
UNREADABLE = (ArithmeticError, AttributeError, KeyError, TypeError, ValueError)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def described(where: str, value: Value) -> Iterator[tuple[str, Value]]:
    """A kind of value, and those inside of it, with where they stand."""
    yield where, value
    inner = value.entry if isinstance(value, ObjectList) else value
    if isinstance(inner, Struct):
        for each in inner.fields:
            yield from described(f"{where}.{each.option}", each.value)


def value_strategies() -> dict[str, Value]:
    """Each once, though many fields may have it."""
    found: dict[str, Value] = {}
    known: list[Value] = []
    for kind in KINDS:
        fields: list[Any] = [kind.key, *kind.item.fields, *kind.parts]
        for each in fields if not kind.is_singleton else fields[1:]:
            for where, value in described(f"{kind.kind}.{each.option}", each.value):
                alike = [one for one in known if vars(one) == vars(value)]
                if not any(type(one) is type(value) for one in alike):
                    known.append(value)
                    found[where] = value
    return found


VALUES = value_strategies()
READABLE = [name for name, value in VALUES.items() if not isinstance(value, Secret)]


@pytest.mark.parametrize("name", READABLE)
def test_what_was_sent_and_read_back_is_no_change(name: str) -> None:
    value = VALUES[name]

    @settings(PLAIN, max_examples=25)
    @given(good(value))
    def holds(wanted: Any) -> None:
        shown = value.decode(value.encode(wanted))
        if isinstance(value, Grants):
            assert value.missing(wanted, shown, exact=True) == []
        else:
            assert value.same(wanted, shown)
        # What a result says can be given to a task again.
        assert value.check(shown) is None
        assert value.decode(value.encode(shown)) == shown
        assert value.same(shown, shown)

    holds()


@pytest.mark.parametrize("name", [n for n in READABLE if not isinstance(VALUES[n], Struct)])
def test_a_comparison_has_no_direction(name: str) -> None:
    value = VALUES[name]

    @settings(PLAIN, max_examples=25)
    @given(good(value), good(value))
    def holds(one: Any, two: Any) -> None:
        one, two = (value.decode(value.encode(each)) for each in (one, two))
        if isinstance(value, Quota) and one.split()[1] != two.split()[1]:
            # HCP shows two decimals of the unit that it chose.
            return
        assert value.same(one, two) == value.same(two, one)

    holds()


@pytest.mark.parametrize("name", VALUES)
def test_an_answer_is_read_or_known_to_be_none_of_hcps(name: str) -> None:
    value = VALUES[name]

    @settings(PLAIN, max_examples=20)
    @given(JSON, good(value))
    def holds(wire: Any, wanted: Any) -> None:
        try:
            shown = value.decode(wire)
            if shown is not None:
                value.same(wanted, shown)
        except UNREADABLE:
            pass

    holds()


def accounted(struct: Struct, body: Options, wanted: Options, held: Options, new: bool) -> bool:
    """Whether all of a request's body is what the task wants, or HCP has, or insists on."""
    by_wire = {each.wire: each for each in struct.fields}
    return all(_is_accounted(by_wire[name], struct, body, wanted, held, new) for name in body)


def _is_accounted(
    each: Field, struct: Struct, body: Options, wanted: Options, held: Options, new: bool
) -> bool:
    sent, option = body[each.wire], each.option
    if wanted.get(option) is not None:
        inner = each.value
        if isinstance(inner, Struct) and isinstance(sent, dict):
            return accounted(inner, sent, wanted[option], held.get(option) or {}, new)
        return True
    if new and each.initial is not None:
        return True
    # MAPI takes it only together with something that the task wants; then it is as HCP has it.
    known = held.get(option, each.when_absent)
    return known is not None and bool(each.value.encode(known) == sent)


def working(kind: Resource, options: Options, level: str) -> Task:
    names: Options = {each.option: "finance" for each in kind.parents}
    names |= kind.name_option("alpha@ad.example" if kind.kind == "group" else "alpha")
    client = Client(Endpoint("hcp.example.com"), Credentials("u", "p"), "admin")
    words = frozenset(kind.confirmations())
    return Task(kind, {**names, **options}, client, level, confirmed=words)


def described_by(kind: Resource) -> st.SearchStrategy[Options]:
    """Some options of the resource and of those of its parts that are fields."""
    parts = [part for part in kind.parts if isinstance(part.value, Struct)]
    some = st.fixed_dictionaries({}, optional={part.option: good(part.value) for part in parts})
    if not kind.item.fields:
        return some
    return st.tuples(good(kind.item), some).map(lambda both: {**both[0], **both[1]})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_what_a_task_does_not_mention_is_not_sent(kind: Resource) -> None:
    levels = [SYSTEM, TENANT] if kind.kind == "tenant" else [kind.level]
    structs = {part.option: part.value for part in kind.parts if isinstance(part.value, Struct)}

    @settings(PLAIN, max_examples=60)
    @given(described_by(kind), described_by(kind), st.sampled_from(levels), st.booleans())
    def holds(wanted: Options, there: Options, level: str, exists: bool) -> None:
        work = working(kind, wanted, level)
        # As HCP shows it.
        item = kind.item.shown(there)
        parts = {option: value.shown(there.get(option, {})) for option, value in structs.items()}
        state = State(
            exists or kind.is_singleton, work.name, item if exists else {}, {}, dict(parts)
        )
        try:
            check_options(work)
            outcome = plan(work, state)
        except RefusedError:
            return
        for step in outcome.steps:
            body = dict(step.body or {})
            if step.interface != MAPI or (step.query and step.action != "create"):
                continue
            body.pop(kind.key.wire, None)
            option, dot, _inner = step.options[0].partition(".") if step.options else ("", "", "")
            if dot:
                held = parts[option] if exists else {}
                assert accounted(structs[option], body, wanted[option], held, new=False)
            elif kind.creation_requests is None:
                assert accounted(kind.item, body, wanted, state.item, step.action == "create")
        # And once it is done there is nothing left to do.
        held = dict(parts) if exists else {}
        after = State(True, work.name, *_split(kind, outcome.after), held)
        for option in structs:
            if option in outcome.after:
                after.parts[option] = outcome.after[option]
        again = plan(work, after)
        assert [step.options for step in again.steps] == []

    holds()


def _split(kind: Resource, shown: Options) -> tuple[Options, Options]:
    fields = {each.option for each in kind.item.fields}
    return {name: value for name, value in shown.items() if name in fields}, {}


@settings(PLAIN, max_examples=100)
@given(TERMS)
def test_an_offset_is_what_it_was_made_of(terms: list[int]) -> None:
    text = retention.normal(dict(zip(retention.UNITS, terms, strict=True)))
    assert Retention().normalized(text) == ("offset", *terms)
    assert retention.normal(text) == text


@settings(PLAIN, max_examples=150)
@given(good(Retention()) | TEXTS | JSON)
def test_a_retention_is_put_one_way_or_refused(value: Any) -> None:
    try:
        text = retention.normal(value)
    except ValueError:
        return
    assert retention.normal(text) == text
    assert Retention().check(text) is None
    if not isinstance(value, dict):
        assert Retention().same(value, text)
    assert retention.describe(text) == retention.describe(value)


@settings(PLAIN, max_examples=150)
@given(st.integers(0, 10**18), st.sampled_from([None, *Quota.UNITS]), st.sampled_from([1000, 1024]))
def test_a_size_is_written_to_two_decimals(number: int, unit: str | None, base: int) -> None:
    text = quota.quota(number, unit, base)
    found = quota.number_of_bytes(text, base)
    assert found is not None
    half = Decimal(base) ** quota.POWERS[text.split()[1]] / 200
    assert abs(found - number) <= half + 1
    assert quota.quota(found, text.split()[1], base) == text
    assert Quota().same(text, text)


@settings(PLAIN, max_examples=100)
@given(TEXTS)
def test_any_text_is_an_amount_or_not(text: str) -> None:
    found = quota.number_of_bytes(text)
    assert (found is None) == (Quota().parse(text) is None)
