"""Values are compared as HCP compares them: what HCP rewrites is no change, what differs is one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.contentplatform.hcp.plugins.module_utils.values.choices import (
    Boolean,
    Choice,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.cors import CorsRules
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.data_access import Grants
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.names import (
    Addresses,
    NameSet,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.numbers import CountOrNone
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.permissions import (
    DATA_PERMISSIONS,
    MASK_PERMISSIONS,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.quota import Quota
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.retention import (
    MinimumRetention,
    Retention,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.text import host_label
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.times import Timestamp


@pytest.mark.parametrize(
    ("wanted", "current", "same"),
    [
        ("50 GB", "50.00 GB", True),
        ("50.5 GB", "50.50 GB", True),
        (".5 TB", "0.50 TB", True),
        ("500 gb", "500.00 GB", True),
        ("50 GB", "50.01 GB", False),
        ("50 GB", "50 TB", False),
        # HCP may answer in another unit, counted by 1000 or by 1024.
        ("0.5 TB", "500.00 GB", True),
        ("0.5 TB", "512.00 GB", True),
        ("1536 MB", "1.50 GB", True),
        ("0.5 TB", "505.00 GB", False),
        ("50 GB", "None", False),
    ],
)
def test_quotas_are_amounts(wanted: str, current: str, same: bool) -> None:
    assert Quota().same(wanted, current) is same


@pytest.mark.parametrize(
    "text", ["50", "50 KB", "50.123 GB", "-1 GB", "0.5 GB", ".001 TB", "", "5  GB"]
)
def test_a_text_that_is_no_quota_is_explained(text: str) -> None:
    problem = Quota().check(text)
    assert problem is not None
    assert problem.startswith("must be")


@given(
    number=st.decimals(min_value=1, max_value=99999, places=2, allow_nan=False),
    unit=st.sampled_from(["GB", "TB"]),
)
def test_a_quota_is_the_same_as_what_hcp_makes_of_it(number: Decimal, unit: str) -> None:
    quota = Quota()
    written = f"{number.normalize():f} {unit}"
    assert quota.check(written) is None
    assert quota.same(written, f"{number:.2f} {unit}")
    assert not quota.same(written, f"{number + Decimal('0.01'):.2f} {unit}")


@pytest.mark.parametrize(
    ("wanted", "current", "same"),
    [
        ("A+7y", "A+7y", True),
        ("A+7y", "A+7Y", True),
        ("A+7y", "A+7y+0d", True),
        ("A+1M", "A+1m", False),
        ("A+7y", "A+8y", False),
        ("A+1d", "A-1d", False),
        ("Deletion Prohibited", "-1", True),
        ("0", "-1", False),
        ("C+Invoices", "C+invoices", True),
        ("C+invoices", "C+letters", False),
        ("2030-01-01T00:00:00+0100", "2029-12-31T23:00:00+0000", True),
        ("2030-01-01T00:00:00+0000", "1893456000", True),
        # Day 33 of November rolls over, as it does on HCP.
        ("2029-11-33T00:00:00+0000", "2029-12-03T00:00:00+0000", True),
    ],
)
def test_retention_is_compared_by_meaning(wanted: str, current: str, same: bool) -> None:
    assert Retention().same(wanted, current) is same


@pytest.mark.parametrize(
    "text",
    ["7y", "A7y", "A+7Y", "A+1d+2y", "A+10000d", "A+1.5y", "A + 1y", "A", "C+", "C+five years",
     "2030-01-01", "2030-01-01T00:00:00+01:00", "2030-01-01T00:00:00", "-3"],
)  # fmt: skip
def test_a_text_outside_the_retention_grammar_is_explained(text: str) -> None:
    assert "must be 0, -1 or -2" in str(Retention().check(text))


@pytest.mark.parametrize(
    "text",
    ["0", "-1", "-2", "A+7y", "A+2y+1d", "A+20d-5h", "A+0d", "C+keep-5y", "1893452400",
     "2030-01-01T00:00:00+0100", "deletion allowed"],
)  # fmt: skip
def test_every_form_of_retention_is_taken(text: str) -> None:
    assert Retention().check(text) is None


@pytest.mark.parametrize(
    ("wanted", "current", "same"),
    [
        ("A+1y", "1y+0M+0d", True),
        ("1y+2M+3d", "A+1y+2M+3d", True),
        ("0", "0y+0M+0d", True),
        ("1y", "2y+0M+0d", False),
    ],
)
def test_minimum_retention_has_two_spellings(wanted: str, current: str, same: bool) -> None:
    assert MinimumRetention().same(wanted, current) is same


@pytest.mark.parametrize("text", ["-1", "C+keep-5y", "2030-01-01T00:00:00+0100", "", "A+", "1y+2w"])
def test_minimum_retention_takes_nothing_else(text: str) -> None:
    assert MinimumRetention().check(text) is not None


def test_permissions_count_with_what_they_bring() -> None:
    kind = DATA_PERMISSIONS
    assert kind.same(["SEARCH"], ["BROWSE", "READ", "SEARCH"])
    assert kind.same(["PURGE"], ["DELETE", "PURGE"])
    assert not kind.same(["READ"], ["READ", "BROWSE", "WRITE"])
    assert not kind.same([], ["READ", "BROWSE"])


def test_a_mask_knows_no_browse_so_search_brings_only_read() -> None:
    assert MASK_PERMISSIONS.same(["SEARCH"], ["READ", "SEARCH"])


@pytest.mark.parametrize("wire", [None, {}, "", {"tag": None}, {"tag": []}, {"tag": ""}])
def test_every_form_of_an_empty_list_is_empty(wire: object) -> None:
    assert NameSet("tag").decode(wire) == []


def test_a_single_member_may_come_without_its_list() -> None:
    assert NameSet("tag").decode({"tag": "one"}) == ["one"]


def test_tags_are_a_set_in_any_case() -> None:
    tags = NameSet("tag", forbidden=",")
    assert tags.same(["Prod", "lab"], ["LAB", "prod"])
    assert not tags.same(["prod"], ["prod", "lab"])
    assert "','" in str(tags.check(["a,b"]))


def test_addresses_are_networks() -> None:
    kind = Addresses()
    assert kind.same(["192.0.2.0/255.255.255.0"], ["192.0.2.0/24"])
    assert kind.same(["10.0.0.1,10.0.0.2"], ["10.0.0.2", "10.0.0.1"])
    assert not kind.same(["10.0.0.0/8"], ["10.0.0.0/16"])
    assert "not 'nonsense'" in str(kind.check(["nonsense"]))


def test_cors_rules_survive_what_hcp_does_to_their_xml() -> None:
    kind = CorsRules()
    rules = [
        {
            "id": "viewer",
            "allowed_origins": ["https://b.example", "https://a.example"],
            "allowed_methods": ["GET"],
            "allowed_headers": ["*"],
            "max_age_seconds": 60,
        }
    ]
    stored = '<?xml version="1.0" encoding="UTF-8"?>\n' + kind.encode(rules)["cors"]
    assert kind.same(rules, kind.decode({"cors": stored}))
    assert not kind.same([dict(rules[0], max_age_seconds=61)], kind.decode({"cors": stored}))


def test_cors_rules_with_a_namespace_and_other_spelling_are_read() -> None:
    text = (
        '<CORSConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><CORSRule><Id>x</Id>'
        "<AllowedOrigin> * </AllowedOrigin><AllowedMethod>PUT</AllowedMethod></CORSRule>"
        "</CORSConfiguration>"
    )
    assert CorsRules().decode(text) == [
        {"id": "x", "allowed_origins": ["*"], "allowed_methods": ["PUT"]}
    ]


@pytest.mark.parametrize("text", ["", None, "no xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'])
def test_what_is_no_cors_document_gives_no_rules(text: str | None) -> None:
    assert not CorsRules().decode({"cors": text})


def test_grants_merge_by_namespace_and_exact_takes_the_rest_away() -> None:
    kind = Grants()
    current = [
        {"namespace": "Alpha", "permissions": ["BROWSE", "READ"]},
        {"namespace": "beta", "permissions": ["WRITE"]},
    ]
    wanted = [{"namespace": "alpha", "permissions": ["READ"]}]
    assert kind.missing(wanted, current, exact=False) == []
    assert kind.missing(wanted, current, exact=True) == [{"namespace": "beta", "permissions": []}]
    revoke = [{"namespace": "beta", "permissions": []}]
    assert kind.missing(revoke, current, exact=False) == revoke
    assert kind.merged(current, revoke) == current[:1]
    search = [{"namespace": "gamma", "permissions": ["SEARCH"]}]
    assert kind.merged([], search) == [
        {"namespace": "gamma", "permissions": ["BROWSE", "READ", "SEARCH"]}
    ]


def test_grants_ignore_members_that_mapi_does_not_take_back() -> None:
    entry = {"namespaceName": "a", "permissions": {"permission": ["READ"]}, "readAllowed": True}
    grants = Grants()
    assert grants.encode(grants.decode({"namespacePermission": [entry]})) == {
        "namespacePermission": [
            {"namespaceName": "a", "permissions": {"permission": ["BROWSE", "READ"]}}
        ]
    }


BAD = [(name, False) for name in ("-a", "a-", "xn--a", "a_b", "a" * 64, "")]


def test_a_moment_is_shown_in_utc() -> None:
    assert Timestamp().decode("2017-02-09T15:42:36-0500") == "2017-02-09T20:42:36Z"


@pytest.mark.parametrize(
    ("wire", "value"),
    [("true", True), ("t", True), ("1", True), (True, True), ("TRUE", False), ("", False)],
)
def test_switches_read_as_hcp_writes_them(wire: object, value: bool) -> None:
    assert Boolean().decode(wire) is value


def test_a_choice_is_read_in_any_case() -> None:
    usage = Choice("Balanced", "Unbalanced")
    assert usage.decode("BALANCED") == "Balanced"
    assert usage.same("Balanced", "BALANCED")


@pytest.mark.parametrize(
    ("value", "good"),
    [("None", True), ("none", True), ("12", True), ("0", False), ("many", False), ("-1", False)],
)
def test_a_namespace_quota_is_a_count_or_none(value: str, good: bool) -> None:
    assert (CountOrNone().check(value) is None) is good


@pytest.mark.parametrize(("name", "good"), [("alpha-1", True), ("A", True), ("a\n", False), *BAD])
def test_names_that_become_host_names(name: str, good: bool) -> None:
    assert (host_label().check(name) is None) is good
