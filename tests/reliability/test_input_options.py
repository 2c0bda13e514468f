"""Whatever a task says, a module does it or says in a sentence why not.

Tasks are made from the argument specifications of the modules, so a new module and a new option
take part by themselves. An example is a task in check mode, the same for real, and once more.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st
from support import samples
from support.hcp import ADMIN_PASSWORD, ROOT, TENANT, MockHcp, seed
from support.inputs import ODD, PLAIN, TEXTS, Options, merged, suboptions, values
from support.module import PLUGINS, attempt, execution

from ansible_collections.contentplatform.hcp.plugins.module_utils.connections import Connections
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.kinds import (
    KINDS,
    below,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.interface import SYSTEM
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.resource import Resource
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.arguments import (
    argument_spec,
    connection_arguments,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.resource import execute

EXAMPLES = 12
CONNECTION = connection_arguments(data=True)
FIRST = {"username": "first", "password": "First-Pass-1"}
# What a kind needs to be created.
NEEDED: dict[str, Options] = {
    "tenant": {"initial_user": FIRST, "hard_quota": "5 TB"},
    "user": {"user_password": "Thing-Pass-1"},
    "retention_class": {"namespace": "data", "value": "A+1y"},
    "replication_link": {"type": "OUTBOUND", "connection": {"remote_host": "10.1.1.1"}},
    "ec_topology": {
        name: samples.OF_EC_TOPOLOGIES[name].first for name in ("type", "replication_links")
    },
}
MORE = {"replication_link": samples.for_links, "ec_topology": samples.for_topologies}
# More than what can be set in any order and one by one.
OF_BUCKETS = {
    **samples.OF_BUCKETS,
    "object_lock": samples.Sample(True, None, fixed=True),
    "acl": samples.Sample("private", "public-read"),
    "grants": samples.Sample([], [{"permission": "READ", "group": "all_users"}]),
    "cors": samples.CORS,
    "default_retention": samples.Sample(
        {"mode": "GOVERNANCE", "days": 5}, {"mode": "COMPLIANCE", "years": 1}, {"object_lock": True}
    ),
}
KEYS = {"group": "storage@ad.example"}
SAMPLES = {
    "tenant": samples.OF_TENANTS,
    "user": samples.OF_USERS,
    "group": samples.OF_GROUPS,
    "namespace": samples.OF_NAMESPACES,
    "content_class": samples.OF_CONTENT_CLASSES,
    "retention_class": samples.OF_RETENTION_CLASSES,
    "network": samples.OF_NETWORK,
    "replication_link": samples.OF_REPLICATION_LINKS,
    "replication_service": samples.OF_REPLICATION_SERVICE,
    "bucket": OF_BUCKETS,
    "ec_topology": samples.OF_EC_TOPOLOGIES,
}
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("hcp_*.py"))


def module_of(name: str) -> Any:
    return importlib.import_module(f"{PLUGINS}.modules.{name}").MODULE


def managed(name: str) -> Resource | None:
    """The kind that a module manages, if it manages one."""
    perform = module_of(name).perform
    kind = isinstance(perform, partial) and perform.func is execute and perform.args[0]
    return kind if isinstance(kind, Resource) else None


FOUND = ((name, managed(name)) for name in MODULES)
MANAGERS = {name: kind for name, kind in FOUND if kind}
OTHERS = [name for name in MODULES if name not in MANAGERS]


@pytest.fixture(autouse=True)
def in_process() -> Iterator[None]:
    execution.in_process, execution.connections = True, Connections()
    yield
    execution.connections.close()
    execution.in_process = False


def writes(hcp: MockHcp) -> list[str]:
    """The requests that may change something. A metadata query is a POST as well."""
    return [
        f"{each['method']} {each['path']}"
        for each in hcp.journal()
        if each["method"] not in ("GET", "HEAD") and each["interface"] != "query"
    ]


def option_names(spec: dict[str, Any]) -> set[str]:
    inner = [option_names(each["options"]) for each in spec.values() if each.get("options")]
    return set(spec).union(*inner)


def perform(name: str, options: Options, check: bool = False) -> Any:
    """Run a module. It must not raise, and a failure must say what it is about."""
    note(f"{name}: {options}")
    result = attempt(name, options, check=check, diff=True)
    text = str(result)
    assert "Traceback" not in text
    assert ADMIN_PASSWORD not in text
    if not result.get("failed"):
        return result
    message, error = result["msg"], result.get("error") or {}
    named = error.get("option") or error.get("resource")
    words = set(re.findall(r"\w+", message))
    # Where a password is a single letter, Ansible hides that in the names of options, too.
    hidden = "********" in message
    assert named or hidden or words & option_names(module_of(name).arguments), message
    assert (error.get("status") or 0) < 500, message
    assert error.get("code") != "not_mapi", message
    return result


def account(hcp: MockHcp, level: str, data: bool) -> Options:
    who = hcp.as_system if level == SYSTEM else hcp.as_tenant
    return {**who, **hcp.s3} if data else who


def good(kind: Resource) -> st.SearchStrategy[Options]:
    """Options that HCP takes, alone and together."""
    known = SAMPLES[kind.kind]

    def one(option: str) -> st.SearchStrategy[Options]:
        sample = known[option]
        fitting = [sample.first] if sample.fixed else [sample.first, sample.second]
        return st.sampled_from(fitting).map(
            lambda value: samples.with_option(option, value, sample.sent_along)
        )

    chosen = st.sampled_from(sorted(known)).flatmap(one)

    def together(several: list[Options]) -> Options:
        result: Options = {}
        for each in several:
            result = merged(result, each)
        return result

    return st.lists(chosen, max_size=4).map(together)


def tasks(kind: Resource) -> st.SearchStrategy[Options]:
    """Tasks for one resource: what it needs, some good options, and mostly something odd."""
    spec = {name: each for name, each in argument_spec(kind).items() if name not in CONNECTION}
    named = {each.option for each in kind.parents} | set(kind.name_option(""))
    free = {name: each for name, each in spec.items() if name not in {*named, "confirm", "state"}}
    base: Options = {**kind.name_option(KEYS.get(kind.kind, "thing")), **NEEDED.get(kind.kind, {})}
    if "tenant" in named:
        base["tenant"] = TENANT
    words = kind.confirmations()
    sure = st.sampled_from([words, words, words, []])
    odd = st.fixed_dictionaries({}, optional={name: values(each) for name, each in free.items()})
    few = st.sampled_from(sorted(free)).flatmap(
        lambda name: values(free[name]).map(lambda value: {name: value})
    )
    names = st.sampled_from(sorted(named) or [""]).flatmap(
        lambda name: (TEXTS | ODD).map(lambda value: {name: value} if name else {})
    )
    unknown = st.just({"no_such_option": 1})
    nothing: st.SearchStrategy[Options] = st.just({})
    wild = st.integers(0, 9).flatmap(
        lambda number: {0: odd, 1: names, 2: unknown, 3: nothing, 4: nothing}.get(number, few)
    )
    state = st.sampled_from(["present"] * 6 + ["absent"])

    def task(parts: tuple[Options, Options, list[str], str]) -> Options:
        fine, more, confirm, wanted = parts
        options = {**merged(base, fine), **more}
        if words:
            options["confirm"] = confirm
        if not kind.is_singleton:
            options["state"] = wanted
        return options

    return st.tuples(good(kind), wild, sure, state).map(task)


def start_of(kind: Resource, hcp: MockHcp) -> None:
    hcp.reset(samples.start())
    if kind.kind in MORE:
        hcp.control("POST", "seed", MORE[kind.kind]())
        hcp.clear_journal()


# Options that say that something is to be done every time.
EVERY_TIME = {"update_password": "always", "update_webdav_password": "always"}


@pytest.mark.parametrize("name", MANAGERS)
def test_a_task_is_done_or_refused(running_hcp: MockHcp, name: str) -> None:
    hcp, kind = running_hcp, MANAGERS[name]
    who = account(hcp, kind.level, data=kind.interface != "mapi")
    bigger = {"hcp_namespace": 3, "hcp_tenant": 3, "hcp_user": 2, "hcp_s3_bucket": 2}

    @settings(PLAIN, max_examples=EXAMPLES * bigger.get(name, 1))
    @given(tasks(kind))
    def holds(options: Options) -> None:
        start_of(kind, hcp)
        options = {**who, **options}
        predicted = perform(name, options, check=True)
        assert writes(hcp) == []
        done = perform(name, options)
        if done.get("failed"):
            refused = (done.get("error") or {}).get("status") is None
            assert not refused or writes(hcp) == [], done["msg"]
            return
        assert not predicted.get("failed"), predicted["msg"]
        assert predicted["changed"] == done["changed"]
        assert done["changed"] == bool(writes(hcp))
        if any(options.get(option) == value for option, value in EVERY_TIME.items()):
            return
        assert not any("or every run reports a change" in str(w) for w in done.get("warnings", ()))
        hcp.clear_journal()
        again = perform(name, options)
        assert not again.get("failed"), again["msg"]
        assert not again["changed"], again["diff"]
        assert writes(hcp) == []

    holds()


def entries(kind: Resource, depth: int) -> st.SearchStrategy[Any]:
    """A resource of a configuration, with what belongs to it."""
    own = tasks(kind).map(
        lambda options: {name: each for name, each in options.items() if name not in PARENTS}
    )
    if depth == 0:
        return own
    inner = st.fixed_dictionaries(
        {}, optional={each.plural: lists(each, depth - 1) for each in below(kind)}
    )
    return st.tuples(own, inner).map(lambda both: {**both[0], **both[1]})


def lists(kind: Resource, depth: int) -> st.SearchStrategy[Any]:
    entry = entries(kind, depth)
    fitting = entry if kind.is_singleton else st.lists(entry, max_size=2)
    return st.integers(0, 9).flatmap(lambda number: ODD if number == 0 else fitting)


PARENTS = {"tenant", "namespace"}
CONFIGS = st.fixed_dictionaries({}, optional={each.plural: lists(each, 2) for each in below(None)})


def others(name: str) -> st.SearchStrategy[Options]:
    spec = {
        option: each
        for option, each in module_of(name).arguments.items()
        if option not in CONNECTION
    }
    made = suboptions(spec)
    if "config" in spec:
        return st.tuples(made, CONFIGS).map(lambda both: {**both[0], "config": both[1]})
    return made


@pytest.mark.parametrize("name", OTHERS)
def test_any_other_task_is_done_or_refused(running_hcp: MockHcp, name: str, tmp_path: Path) -> None:
    hcp = running_hcp
    spec = module_of(name).arguments
    paths = [option for option, each in spec.items() if each.get("type") == "path"]
    # Only the system's modules know no tenant.
    known = "tenant" in spec and name != "hcp_mapi"
    who = account(hcp, "tenant" if known else SYSTEM, "data_port" in spec)
    hcp.reset(seed())

    @settings(PLAIN, max_examples=EXAMPLES * (2 if "config" in spec else 1))
    @given(others(name), st.sampled_from([None, TENANT]))
    def holds(options: Options, tenant: str | None) -> None:
        hcp.clear_journal()
        for option in paths:
            if options.get(option) is not None and option != "ca_path":
                options[option] = str(tmp_path / option)
        if "wait_timeout" in spec:
            options["wait_timeout"] = 0
        if known and tenant:
            options["tenant"] = tenant
        perform(name, {**who, **options}, check=True)
        if name != "hcp_mapi" or options.get("method", "GET") != "GET":
            assert writes(hcp) == []
        done = perform(name, {**who, **options})
        if name.endswith("_info") and not done.get("failed"):
            assert not done["changed"] or options.get("dest")
            assert writes(hcp) == []

    holds()


def test_every_kind_has_samples() -> None:
    assert sorted(SAMPLES) == sorted(kind.kind for kind in KINDS)
    assert {kind.kind for kind in MANAGERS.values()} == set(SAMPLES)
