"""hcp_content_class and hcp_content_class_info against a mock HCP."""

from __future__ import annotations

from typing import Any

import pytest
from support.hcp import TENANT, MockHcp, seed
from support.module import Flag, run

PATH = f"/tenants/{TENANT}/contentClasses"
BOX = {"name": "box_no", "expression": "/scan/box", "type": "INTEGER"}
DAY = {"name": "taken", "expression": "@exif:/day", "type": "DATE", "format": "yyyy-MM-dd"}
SCANS = {"name": "Scans", "content_properties": [BOX, DAY], "namespaces": ["alpha"]}


@pytest.fixture(autouse=True)
def start(hcp: MockHcp) -> None:
    hcp.reset(
        seed(namespaces=[{"name": each, "searchEnabled": True} for each in ("alpha", "beta")])
    )


def content_class(hcp: MockHcp, check: Flag = False, fails: Flag = False, **options: Any) -> Any:
    given = {**hcp.as_tenant, "tenant": TENANT, **options}
    return run("hcp_content_class", given, check=check, diff=True, fails=fails)


def test_create_then_nothing_then_change_then_delete(hcp: MockHcp) -> None:
    created = content_class(hcp, **SCANS)
    assert created["created"], created
    assert created["content_class"]["namespaces"] == ["alpha"]
    assert created["diff"]["before"] == {}
    (box, _day) = hcp.get(f"{PATH}/Scans")["contentProperties"]["contentProperty"]
    assert box["name"] == "box_no"

    hcp.clear_journal()
    # The order means nothing, and what is not said is what HCP takes.
    told = {**BOX, "multivalued": False, "format": ""}
    again = content_class(hcp, **{**SCANS, "name": "scans", "content_properties": [DAY, told]})
    assert not again["changed"], again["diff"]
    assert hcp.seen() == [f"GET {PATH}/scans"]

    changed = content_class(hcp, name="Scans", content_properties=[{**BOX, "multivalued": True}])
    assert changed["steps"][0]["options"] == ["content_properties"]
    assert len(changed["diff"]["before"]["content_properties"]) == 2
    assert changed["content_class"]["content_properties"][0]["multivalued"] is True
    assert changed["content_class"]["namespaces"] == ["alpha"]

    gone = content_class(hcp, name="Scans", state="absent")
    assert [each["method"] for each in gone["steps"]] == ["POST", "DELETE"]
    hcp.clear_journal()
    assert not content_class(hcp, name="Scans", state="absent")["changed"]
    assert hcp.writes() == []


def test_a_class_without_properties_is_deleted_with_one_request(hcp: MockHcp) -> None:
    content_class(hcp, name="Empty")
    gone = content_class(hcp, name="Empty", state="absent")
    assert [each["method"] for each in gone["steps"]] == ["DELETE"]


def test_check_mode_predicts_and_writes_nothing(hcp: MockHcp) -> None:
    change = {"name": "Scans", "namespaces": ["beta", "alpha"], "content_properties": []}
    for options in (SCANS, change, {"name": "Scans", "state": "absent"}):
        hcp.clear_journal()
        predicted = content_class(hcp, check=True, **options)
        assert hcp.writes() == []
        done = content_class(hcp, **options)
        assert predicted["changed"] is done["changed"] is True
        for each in (*predicted["steps"], *done["steps"]):
            each.pop("status")
        assert predicted["steps"] == done["steps"]


def test_lists_are_cleared_by_empty_ones(hcp: MockHcp) -> None:
    content_class(hcp, **SCANS)
    cleared = content_class(hcp, name="Scans", content_properties=[], namespaces=[])
    assert cleared["content_class"]["content_properties"] == []
    assert cleared["content_class"]["namespaces"] == []
    assert not content_class(hcp, name="Scans", content_properties=[], namespaces=[])["changed"]


@pytest.mark.parametrize(
    ("properties", "told"),
    [
        ([{**BOX, "name": "box no"}], "letters, digits and _ (entry 1)"),
        ([BOX, {**BOX, "name": "x" * 26}], "(entry 2)"),
        ([BOX, BOX], "names 'box_no' twice"),
        ([{**BOX, "expression": ""}], "expression"),
    ],
)
def test_bad_properties_are_refused(hcp: MockHcp, properties: list[Any], told: str) -> None:
    refused = content_class(hcp, fails=True, name="Scans", content_properties=properties)
    assert refused["error"]["option"] == "content_properties"
    assert told in refused["msg"]
    assert hcp.seen() == []


def test_hcps_own_refusal_is_passed_on(hcp: MockHcp) -> None:
    refused = content_class(hcp, fails=True, name="Scans", namespaces=["nowhere"])
    assert refused["error"]["method"] == "PUT"
    assert refused["error"]["hcp_message"] in refused["msg"]
    assert not refused["changed"]


def test_a_failure_names_the_role(hcp: MockHcp) -> None:
    weak = {"username": "weak", "password": "Weak-Pass-1", "fullName": "Weak", "enabled": True}
    weak |= {"localAuthentication": True, "forcePasswordChange": False, "roles": ["MONITOR"]}
    hcp.reset(seed(users=[weak]))
    account = {"username": "weak", "password": "Weak-Pass-1"}
    assert "ADMINISTRATOR" in content_class(hcp, fails=True, **account, name="x")["msg"]


def test_info_gives_back_what_the_module_takes(hcp: MockHcp) -> None:
    content_class(hcp, **SCANS)
    content_class(hcp, name="two words")
    options = {**hcp.as_tenant, "tenant": TENANT}
    found = run("hcp_content_class_info", options)
    assert sorted(each["name"] for each in found["content_classes"]) == ["Scans", "two words"]
    hcp.clear_journal()
    for each in found["content_classes"]:
        assert not run("hcp_content_class", {**hcp.as_tenant, **each})["changed"]
    assert hcp.writes() == []
    one = run("hcp_content_class_info", {**options, "name": "SCANS"})
    assert [each["name"] for each in one["content_classes"]] == ["Scans"]
    assert run("hcp_content_class_info", {**options, "name": "x"})["content_classes"] == []


def test_a_tenant_without_search_has_no_classes(hcp: MockHcp) -> None:
    hcp.reset(seed(searchConfigurationEnabled=False))
    options = {**hcp.as_tenant, "tenant": TENANT}
    assert run("hcp_content_class_info", options)["content_classes"] == []
    refused = content_class(hcp, fails=True, **SCANS)
    assert refused["error"]["hcp_message"] in refused["msg"]
