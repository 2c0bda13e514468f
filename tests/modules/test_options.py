"""Every option of every module: set, set again, changed, predicted, and left alone when left out.

The samples are in ``support.samples``; an option without one fails a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from support.hcp import TENANT, MockHcp
from support.module import Flag, run
from support.samples import (
    OF_CONTENT_CLASSES,
    OF_GROUPS,
    OF_NAMESPACES,
    OF_NETWORK,
    OF_REPLICATION_LINKS,
    OF_REPLICATION_SERVICE,
    OF_RETENTION_CLASSES,
    OF_TENANTS,
    OF_USERS,
    for_links,
    start,
    with_option,
)

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.content_class import (
    CONTENT_CLASSES,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.group import GROUPS
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.links import (
    REPLICATION_LINKS,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.namespace import (
    NAMESPACES,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.network import NETWORK
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.replication import (
    REPLICATION_SERVICE,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.retention_class import (
    RETENTION_CLASSES,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.table import (
    TENANT as TENANT_LEVEL,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.table import (
    Part,
    Resource,
    Struct,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.tenant import TENANTS
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.user import USERS
from ansible_collections.contentplatform.hcp.plugins.module_utils.values import Secret

TABLES = {
    "hcp_tenant": (TENANTS, OF_TENANTS),
    "hcp_user": (USERS, OF_USERS),
    "hcp_namespace": (NAMESPACES, OF_NAMESPACES),
    "hcp_group": (GROUPS, OF_GROUPS),
    "hcp_content_class": (CONTENT_CLASSES, OF_CONTENT_CLASSES),
    "hcp_retention_class": (RETENTION_CLASSES, OF_RETENTION_CLASSES),
    "hcp_network": (NETWORK, OF_NETWORK),
    "hcp_replication_link": (REPLICATION_LINKS, OF_REPLICATION_LINKS),
    "hcp_replication_service": (REPLICATION_SERVICE, OF_REPLICATION_SERVICE),
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


class Work:
    """One resource, managed with as little as possible around the option under test."""

    def __init__(self, hcp: MockHcp, module: str, option: str) -> None:
        self.hcp = hcp
        self.module = module
        self.own = module == "hcp_tenant" and option.partition(".")[0] in OWN_OF_TENANTS
        if self.own:
            self.base = {**hcp.as_tenant, "account_level": "tenant", "name": TENANT}
        elif module == "hcp_tenant":
            first = {"username": "first", "password": "First-Pass-1"}
            self.base = {**hcp.as_system, "name": "finance", "initial_user": first}
        elif module in ("hcp_network", "hcp_replication_service"):
            self.base = hcp.as_system
        elif module == "hcp_replication_link":
            hcp.control("POST", "seed", for_links())
            self.base = {**hcp.as_system, "name": "thing"}
        else:
            self.base = {**hcp.as_tenant, "tenant": TENANT, "name": "thing"}
        if module == "hcp_user":
            self.base["user_password"] = "Thing-Pass-1"
        if module == "hcp_group":
            self.base["name"] = "storage@ad.example"
        if module == "hcp_retention_class":
            self.base["namespace"] = "data"

    def run(self, options: dict[str, Any], check: Flag = False, **more: Any) -> Any:
        given = {**self.base, **options, **more}
        if self.module == "hcp_tenant" and not self.own:
            given.setdefault("hard_quota", "5 TB")
        if self.module == "hcp_retention_class":
            given.setdefault("value", "A+1y")
        if self.module == "hcp_replication_link":
            given.setdefault("type", "ACTIVE_ACTIVE")
            given.setdefault("connection", {"remote_host": "10.1.1.1"})
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
    first = with_option(option, sample.first, sample.along)
    second = with_option(option, sample.second, sample.along)

    made = work.run(first, **confirm)
    assert made["changed"] or work.own
    assert not made["warnings"]
    hcp.forget()
    again = work.run(first, **confirm)
    assert not again["changed"], again["diff"]
    assert hcp.writes() == []
    if sample.fixed:
        return

    hcp.forget()
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
