"""Every option of every module: set, set again, changed, predicted, and left alone when left out.

The samples are in ``support.samples``; an option without one fails a test.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from support.hcp import TENANT, MockHcp
from support.kind_samples import LEAST, SAMPLES, account, module_of
from support.module import Flag, run
from support.samples import Sample, for_links, for_topologies, start, with_option

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.kinds import KINDS
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.tenant import TENANTS
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.fields import Struct
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.interface import S3
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.interface import (
    TENANT as TENANT_LEVEL,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.part import Part
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.resource import Resource
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.text import Secret

# What buckets take is tested by itself, in test_s3_bucket.py.
TABLES: dict[str, tuple[Resource, dict[str, Sample]]] = {
    module_of(kind): (kind, SAMPLES[kind.kind]) for kind in KINDS if kind.interface != S3
}


def settable(resource: Resource) -> Iterator[str]:
    """The options of a resource, those of its parts with a dot."""
    described: list[Any] = [*resource.item.fields, *resource.parts]
    for each in described:
        if isinstance(each, Part) and isinstance(each.value, Struct):
            yield from (
                f"{each.option}.{inner.option}"
                for inner in each.value.fields
                if not isinstance(inner.value, Secret)
            )
        elif not isinstance(each.value, Secret):
            yield each.option


@pytest.mark.parametrize("module", TABLES)
def test_every_option_has_a_sample(module: str) -> None:
    resource, samples = TABLES[module]
    assert sorted(settable(resource)) == sorted(samples)


# What a tenant sets for itself.
OWN_OF_TENANTS = {part.option for part in TENANTS.parts} | {
    each.option for each in TENANTS.item.fields if each.level == TENANT_LEVEL
}
# What the system needs besides, for the samples of a kind.
READY = {"replication_link": for_links, "ec_topology": for_topologies}


class Work:
    """One resource, managed with as little as possible around the option under test."""

    def __init__(self, hcp: MockHcp, module: str, option: str) -> None:
        self.hcp = hcp
        self.module = module
        self.least: Mapping[str, Any] = {}
        self.own = module == "hcp_tenant" and option.partition(".")[0] in OWN_OF_TENANTS
        if self.own:
            self.base = {**hcp.as_tenant, "account_level": "tenant", "name": TENANT}
        else:
            kind, _samples = TABLES[module]
            if kind.kind in READY:
                hcp.control("POST", "seed", READY[kind.kind]())
            name = {"group": "storage@ad.example", "tenant": "finance"}.get(kind.kind, "thing")
            self.base = {**account(hcp, kind), **kind.name_option(name)}
            self.least = LEAST.get(kind.kind, {})

    def run(self, options: dict[str, Any], check: Flag = False, **more: Any) -> Any:
        given = {**self.base, **self.least, **options, **more}
        return run(self.module, given, check=check, diff=True)


@pytest.mark.parametrize(
    ("module", "option"),
    [(module, option) for module, (_resource, samples) in TABLES.items() for option in samples],
)
def test_an_option_converges(hcp: MockHcp, module: str, option: str) -> None:
    hcp.reset(start())
    sample = TABLES[module][1][option]
    work = Work(hcp, module, option)
    confirm = {"confirm": list(sample.confirm)} if sample.confirm else {}
    first = with_option(option, sample.first, sample.sent_along)
    second = with_option(option, sample.second, sample.sent_along)

    made = work.run(first, **confirm)
    assert made["changed"] or work.own
    assert not made["warnings"]
    hcp.clear_journal()
    again = work.run(first, **confirm)
    assert not again["changed"], again["diff"]
    assert hcp.writes() == []
    if sample.fixed:
        return

    hcp.clear_journal()
    predicted = work.run(second, check=True, **confirm)
    assert predicted["changed"]
    assert hcp.writes() == []
    changed = work.run(second, **confirm)
    assert changed["changed"]
    assert not changed["warnings"]
    assert [each["options"] for each in predicted["steps"]] == [
        each["options"] for each in changed["steps"]
    ]
    head, _dot, tail = option.partition(".")
    values = [each["diff"]["after"].get(head) for each in (predicted, changed)]
    if tail:
        values = [value[tail] for value in values]
    assert values[0] == values[1]
    assert not work.run(second, **confirm)["changed"]


@pytest.mark.parametrize("module", TABLES)
def test_options_left_out_are_not_sent(hcp: MockHcp, module: str) -> None:
    hcp.reset(start())
    _resource, samples = TABLES[module]
    option = next(name for name, each in samples.items() if not (each.fixed or each.confirm))
    work = Work(hcp, module, option)
    work.run({option: samples[option].first})
    result = work.run({option: samples[option].second})
    assert [each["options"] for each in result["steps"]] == [[option]]
