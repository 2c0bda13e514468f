"""hcp_retention_class and hcp_retention_class_info against a mock HCP."""

from __future__ import annotations

from typing import Any

import pytest
from support.hcp import TENANT, MockHcp, seed
from support.module import Flag, run

NAMESPACE = f"/tenants/{TENANT}/namespaces/alpha"
PATH = f"{NAMESPACE}/retentionClasses"
KEEP = {"name": "Keep-7y", "value": "A+7y", "description": "seven", "allow_disposition": True}


@pytest.fixture(autouse=True)
def start(hcp: MockHcp) -> None:
    hcp.reset(seed(namespaces=[{"name": "alpha"}]))


def retention_class(hcp: MockHcp, check: Flag = False, fails: Flag = False, **options: Any) -> Any:
    given = {**hcp.as_tenant, "tenant": TENANT, "namespace": "alpha", **options}
    return run("hcp_retention_class", given, check=check, diff=True, fails=fails)


def test_create_then_nothing_then_change_then_delete(hcp: MockHcp) -> None:
    created = retention_class(hcp, **KEEP)
    assert created["created"], created
    assert created["retention_class"] == {"tenant": TENANT, "namespace": "alpha", **KEEP}
    assert created["diff"]["before"] == {}
    assert created["steps"][0]["resource"] == (
        f"retention class Keep-7y of namespace alpha of tenant {TENANT}"
    )

    hcp.clear_journal()
    again = retention_class(hcp, **{**KEEP, "name": "keep-7Y", "value": "A+7y+0d"})
    assert not again["changed"]
    assert hcp.seen() == [f"GET {PATH}/keep-7Y"]

    changed = retention_class(hcp, name="keep-7y", value="A+6y", description="")
    assert changed["diff"]["before"]["value"] == "A+7y"
    assert changed["retention_class"]["value"] == "A+6y"
    assert changed["retention_class"]["allow_disposition"] is True
    assert not hcp.get(f"{PATH}/keep-7y")["description"]

    assert retention_class(hcp, name="keep-7y", state="absent")["changed"]
    hcp.clear_journal()
    assert not retention_class(hcp, name="keep-7y", state="absent")["changed"]
    assert hcp.writes() == []


def test_check_mode_predicts_and_writes_nothing(hcp: MockHcp) -> None:
    for options in (KEEP, {"name": "Keep-7y", "value": "-1", "confirm": ["value"]}):
        hcp.clear_journal()
        predicted = retention_class(hcp, check=True, **options)
        assert hcp.writes() == []
        done = retention_class(hcp, **options)
        assert predicted["changed"] is done["changed"] is True
        for each in (*predicted["steps"], *done["steps"]):
            each.pop("status")
        assert predicted["steps"] == done["steps"]
    assert retention_class(hcp, check=True, name="keep-7y", state="absent")["changed"]
    assert hcp.get(f"{PATH}/keep-7y")["value"] == "-1"


def test_a_new_class_needs_a_value_and_is_not_disposed_of_unless_told(hcp: MockHcp) -> None:
    refused = retention_class(hcp, fails=True, name="x")
    assert refused["error"]["code"] == "incomplete"
    assert hcp.writes() == []
    made = retention_class(hcp, name="x", value="A+1d")
    assert made["retention_class"]["allow_disposition"] is False


def test_disposition_means_nothing_beside_a_special_value(hcp: MockHcp) -> None:
    wish = {"name": "never", "value": "Deletion Prohibited", "allow_disposition": True}
    assert retention_class(hcp, **wish)["warnings"] == []
    assert not retention_class(hcp, **wish)["changed"]
    # HCP insists on the switch when a special value becomes an offset.
    assert retention_class(hcp, name="never", value="A+1y")["changed"]
    assert hcp.get(f"{PATH}/never")["allowDisposition"] is False


@pytest.mark.parametrize(
    ("before", "after", "longer"),
    [
        ("A+7y", "A+7y+1d", True),
        ("A+7y", "A+6y+11M", False),
        ("A+20d-5h", "A+20d", True),
        ("A+7y", "-1", True),
        ("-1", "A+7y", False),
        ("-2", "0", False),
        ("-2", "A+1d", True),
        ("0", "-2", True),
    ],
)
def test_what_cannot_be_undone_takes_a_confirmation(
    hcp: MockHcp, before: str, after: str, longer: bool
) -> None:
    retention_class(hcp, name="x", value=before)
    hcp.clear_journal()
    if longer:
        for check in (True, False):
            refused = retention_class(hcp, check=check, fails=True, name="x", value=after)
            assert refused["error"]["code"] == "needs_confirmation"
            assert "confirm: [value]" in refused["msg"]
        assert hcp.writes() == []
    done = retention_class(hcp, name="x", value=after, confirm=["value"] if longer else [])
    assert done["steps"][0]["risk"] == ("irreversible" if longer else "update")


def test_compliance_mode_refuses_in_hcps_words(hcp: MockHcp) -> None:
    classes = [{"name": "x", "value": "A+7y", "allowDisposition": False}]
    alpha = {"name": "alpha", "enterpriseMode": False, "retentionClasses": classes}
    hcp.reset(seed(namespaces=[alpha]))
    for options in ({"value": "A+6y"}, {"state": "absent"}):
        refused = retention_class(hcp, fails=True, name="x", **options)
        assert refused["error"]["status"] == 403
        assert not refused["changed"]
        assert refused["steps"][0]["status"] == "failed"


@pytest.mark.parametrize("value", ["C+other", "2030-01-01T00:00:00+0100", "1893452400", "-3", "A"])
def test_a_value_that_no_class_can_have_is_refused(hcp: MockHcp, value: str) -> None:
    refused = retention_class(hcp, fails=True, name="x", value=value)
    assert refused["msg"].startswith("value must be 0, -1 or -2, or an offset")
    assert hcp.seen() == []


@pytest.mark.parametrize("name", ["", "five years", "x" * 65, "ä"])
def test_a_bad_name_is_refused(hcp: MockHcp, name: str) -> None:
    refused = retention_class(hcp, fails=True, name=name, value="0")
    assert refused["msg"].startswith("name m")
    assert hcp.seen() == []


def test_a_failure_names_the_role(hcp: MockHcp) -> None:
    weak = {"username": "weak", "password": "Weak-Pass-1", "fullName": "Weak", "enabled": True}
    weak |= {"localAuthentication": True, "forcePasswordChange": False, "roles": ["MONITOR"]}
    hcp.reset(seed(namespaces=[{"name": "alpha"}], users=[weak]))
    account = {"username": "weak", "password": "Weak-Pass-1"}
    refused = retention_class(hcp, fails=True, **account, **KEEP)
    assert refused["error"]["code"] == "forbidden"
    assert "COMPLIANCE" in refused["msg"]


def test_info_gives_back_what_the_module_takes(hcp: MockHcp) -> None:
    for name, value in (("b", "A+1y"), ("a", "0")):
        retention_class(hcp, name=name, value=value)
    options = {**hcp.as_tenant, "tenant": TENANT, "namespace": "alpha"}
    found = run("hcp_retention_class_info", options)
    assert sorted(each["name"] for each in found["retention_classes"]) == ["a", "b"]
    hcp.clear_journal()
    for each in found["retention_classes"]:
        assert not run("hcp_retention_class", {**hcp.as_tenant, **each})["changed"]
    assert hcp.writes() == []
    one = run("hcp_retention_class_info", {**options, "name": "A"})
    assert [each["name"] for each in one["retention_classes"]] == ["a"]
    assert run("hcp_retention_class_info", {**options, "name": "c"})["retention_classes"] == []
