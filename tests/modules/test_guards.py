"""What cannot be undone takes a confirmation, and what HCP refuses is passed on with what to do.

Every entry of docs/irreversible.md that comes from a table is tried; one without a sample fails.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from support.hcp import ADMIN, TENANT, MockHcp, seed
from support.module import run
from support.samples import WEB, for_topologies

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.kinds import KINDS
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.replication import ACTIONS

CONNECTION = {"remoteHost": "replication.admin.hcp2.example.com"}
REGULATED = {
    "name": "regulated",
    "enterpriseMode": False,
    "retentionClasses": [{"name": "seven", "value": "A+7y", "allowDisposition": False}],
}


class Guard(NamedTuple):
    """How to come to a change that cannot be undone.

    ``back``: whether the way back is known to be forbidden; ``None`` where there is none to try.
    """

    before: dict[str, Any]
    change: dict[str, Any]
    back: bool | None


def feature(name: str, back: bool, **sent_along: Any) -> Guard:
    return Guard({**sent_along, name: False}, {name: True}, back)


SAMPLES = {
    **{
        f"tenant {name}": feature(name, True)
        for name in (
            "compliance_configuration_enabled",
            "search_configuration_enabled",
            "replication_configuration_enabled",
            "service_plan_selection_enabled",
        )
    },
    "tenant versioning_configuration_enabled": feature("versioning_configuration_enabled", False),
    "tenant erasure_coding_selection_enabled": feature(
        "erasure_coding_selection_enabled", False, replication_configuration_enabled=True
    ),
    "namespace enterprise_mode": Guard({"enterprise_mode": True}, {"enterprise_mode": False}, True),
    "namespace retention_type": Guard({"retention_type": "HCP"}, {"retention_type": "S3"}, False),
    "namespace acls_usage": Guard(
        {"acls_usage": "NOT_ENABLED"}, {"acls_usage": "NOT_ENFORCED"}, True
    ),
    "namespace search_enabled": Guard({"search_enabled": True}, {"search_enabled": False}, None),
    "namespace versioning.use_delete_markers": Guard(
        {"versioning": {"enabled": True}}, {"versioning": {"use_delete_markers": True}}, False
    ),
    "namespace compliance.minimum_retention_after_initial_unspecified": Guard(
        {}, {"compliance": {"minimum_retention_after_initial_unspecified": "1y"}}, None
    ),
    "bucket namespace.search_enabled": Guard(
        {"namespace": {"search_enabled": True}}, {"namespace": {"search_enabled": False}}, None
    ),
    "retention_class value": Guard({"value": "A+7y"}, {"value": "A+8y"}, None),
    "replication_link type": Guard(
        {"type": "OUTBOUND", "connection": {"remote_host": "10.1.1.1"}},
        {"type": "ACTIVE_ACTIVE"},
        None,
    ),
    "ec_topology retired": Guard(
        {"type": "FULLY_CONNECTED", "replication_links": WEB, "retired": False},
        {"retired": True},
        True,
    ),
}
ENTRIES = {
    f"{kind.kind} {path}": each for kind in KINDS for path, each in kind.irreversible_fields()
}
WAYS = {entry: each.irreversible for entry, each in ENTRIES.items() if each.irreversible}


class Work:
    """One resource of a kind, and the module that manages it."""

    def __init__(self, hcp: MockHcp, kind: str) -> None:
        self.hcp = hcp
        self.module = "hcp_s3_bucket" if kind == "bucket" else f"hcp_{kind}"
        base = {**hcp.as_tenant, "tenant": TENANT, "name": "thing"}
        if kind in ("tenant", "replication_link", "ec_topology"):
            base = {**hcp.as_system, "name": "thing"}
        self.made: dict[str, Any] = {}
        if kind == "tenant":
            first = {"username": "first", "password": "First-Pass-1"}
            self.made = {"initial_user": first, "hard_quota": "5 TB"}
        if kind == "ec_topology":
            hcp.control("POST", "seed", for_topologies())
        if kind == "bucket":
            base |= hcp.s3
        if kind == "retention_class":
            base["namespace"] = "data"
        self.base = base

    def __call__(self, options: dict[str, Any], **how: Any) -> Any:
        return run(self.module, {**self.base, **options}, **how)


def refused(work: Work, options: dict[str, Any], word: str) -> None:
    """Without the word it is refused, whatever the others say, and nothing is written."""
    for check in (True, False):
        work.hcp.clear_journal()
        result = work(options, check=check, fails=True)
        assert result["error"]["code"] == "needs_confirmation"
        assert f"confirm: [{word}]" in result["msg"]
        assert work.hcp.writes() == []


def test_every_entry_has_a_sample() -> None:
    assert sorted(SAMPLES) == sorted(ENTRIES)


@pytest.mark.parametrize("entry", SAMPLES)
def test_a_change_that_cannot_be_undone(hcp: MockHcp, entry: str) -> None:
    hcp.reset(seed(namespaces=[{"name": "data"}]))
    sample, word = SAMPLES[entry], ENTRIES[entry].option
    work = Work(hcp, entry.partition(" ")[0])
    work({**work.made, **sample.before})
    refused(work, sample.change, word)
    sure = {**sample.change, "confirm": [word]}
    predicted = work(sure, check=True)
    assert hcp.writes() == []
    done = work(sure)
    for result in (predicted, done):
        assert [step["risk"] for step in result["steps"]] == ["irreversible"]
    assert not work(sample.change)["changed"]
    if sample.back is None:
        return
    hcp.clear_journal()
    (head, value), *_none = sample.change.items()
    inner = {name: not each for name, each in value.items()} if isinstance(value, dict) else None
    back = {head: inner or sample.before[head]}
    result = work(back, fails=True)
    assert (result["error"]["code"] == "forbidden_change") is sample.back
    if not sample.back:
        assert WAYS[entry].why in result["msg"]
    assert (hcp.writes() == []) is sample.back


@pytest.mark.parametrize("entry", [entry for entry, way in WAYS.items() if way.at_creation])
def test_one_that_takes_a_confirmation_for_what_is_new(hcp: MockHcp, entry: str) -> None:
    work = Work(hcp, entry.partition(" ")[0])
    refused(work, {**work.made, **SAMPLES[entry].change}, ENTRIES[entry].option)


DESTROYED = {
    "tenant": {},
    "namespace": {},
    "bucket": {},
    "replication_link": {"type": "OUTBOUND", "connection": {"remote_host": "10.1.1.1"}},
}


@pytest.mark.parametrize("kind", [kind.kind for kind in KINDS if kind.deletion_loss])
def test_a_deletion_that_takes_a_confirmation(hcp: MockHcp, kind: str) -> None:
    work = Work(hcp, kind)
    work({**work.made, **DESTROYED[kind]})
    refused(work, {"state": "absent"}, "delete")
    assert work({"state": "absent", "confirm": ["delete"]})["changed"]


def test_every_other_word_is_known() -> None:
    # They are tried in the tests of the modules.
    words = {(kind.kind, word) for kind in KINDS for word in kind.confirmable}
    assert words == {("bucket", "objects"), ("ec_topology", "delete_retiring")}


@pytest.mark.parametrize("action", [name for name, each in ACTIONS.items() if each.confirmed])
def test_an_action_takes_a_confirmation(hcp: MockHcp, action: str) -> None:
    link = {"name": "east", "type": "OUTBOUND", "connection": CONNECTION}
    hcp.control("POST", "seed", {"system": {"links": [link]}})
    options = {**hcp.as_system, "name": "east", "action": action}
    if action.endswith("all_links"):
        del options["name"]
    if action == "shut_down_all_links":
        options["reason"] = "a test"
    if action == "reestablish_all_links":
        hcp.control("POST", "seed", {"system": {"replication": {"shutDown": "a test"}}})
    for first in ("failover", "begin_recovery") if action == "complete_recovery" else ():
        # On a link without a failover there is nothing to complete.
        run("hcp_replication_link_action", {**options, "action": first, "confirm": [first]})
    hcp.clear_journal()
    others = [name for name, each in ACTIONS.items() if each.confirmed and name != action]
    for check in (True, False):
        result = run(
            "hcp_replication_link_action", {**options, "confirm": others}, check=check, fails=True
        )
        assert result["error"]["code"] == "needs_confirmation"
        assert f"confirm: [{action}]" in result["msg"]
    assert hcp.writes() == []


KEPT = {
    "tenant": (
        "hcp_tenant",
        {"name": TENANT},
        "without namespaces: delete those first",
    ),
    "namespace": (
        "hcp_namespace",
        {"tenant": TENANT, "name": "full"},
        "without objects and old versions",
    ),
    "retention_class": (
        "hcp_retention_class",
        {"tenant": TENANT, "namespace": "regulated", "name": "seven"},
        "keeps its retention classes for good",
    ),
    "user": ("hcp_user", {"tenant": TENANT, "name": ADMIN}, "The last account with the role"),
}


def test_every_refusal_of_hcp_has_a_sample() -> None:
    assert sorted(KEPT) == sorted(kind.kind for kind in KINDS if kind.deletion_hint)


@pytest.mark.parametrize("kind", KEPT)
def test_what_hcp_does_not_delete(hcp: MockHcp, kind: str) -> None:
    hcp.reset(seed(namespaces=[{"name": "full", "objects": 3}, REGULATED]))
    module, named, hint = KEPT[kind]
    account = hcp.as_system if kind == "tenant" else hcp.as_tenant
    sure = {"confirm": ["delete"]} if kind in DESTROYED else {}
    options = {**account, **named, **sure, "state": "absent"}
    assert run(module, options, check=True)["changed"]
    result = run(module, options, fails=True)
    assert not result["changed"]
    assert result["error"]["status"] == 403
    assert result["error"]["hcp_message"] in result["msg"]
    assert hint in result["error"]["hint"]
    assert hint in result["msg"]


@pytest.mark.parametrize("status", [400, 405, 409])
def test_whatever_status_hcp_gives_a_refusal(hcp: MockHcp, status: int) -> None:
    hcp.fault({"method": "DELETE"}, status=status)
    options = {**hcp.as_system, "name": TENANT, "state": "absent", "confirm": ["delete"]}
    result = run("hcp_tenant", options, fails=True)
    assert result["error"]["hint"] == (
        "HCP deletes only tenants without namespaces: delete those first."
    )


def test_a_shorter_retention_in_compliance_mode_says_why_not(hcp: MockHcp) -> None:
    hcp.reset(seed(namespaces=[REGULATED]))
    named = {"tenant": TENANT, "namespace": "regulated", "name": "seven"}
    result = run("hcp_retention_class", {**hcp.as_tenant, **named, "value": "A+6y"}, fails=True)
    assert result["error"]["status"] == 403
    assert "made longer only" in result["msg"]


def test_a_word_of_a_configuration_is_asked_for_as_well(hcp: MockHcp) -> None:
    namespace: dict[str, Any] = {"name": "alpha", "versioning": {"enabled": True}}
    config = {"tenants": [{"name": TENANT, "namespaces": [namespace]}]}
    options = {**hcp.as_tenant, **hcp.s3, "account_level": "tenant", "config": config}
    run("hcp_config", options)
    namespace["versioning"]["use_delete_markers"] = True
    for check in (True, False):
        hcp.clear_journal()
        result = run("hcp_config", options, check=check, fails=True)
        assert "confirm: [use_delete_markers]" in str(result)
        assert hcp.writes() == []
    assert run("hcp_config", {**options, "confirm": ["use_delete_markers"]})["changed"]
