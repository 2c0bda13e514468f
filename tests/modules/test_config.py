"""Whole configurations: applied, planned, approved, pruned, exported and compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.hcp import TENANT, MockHcp, seed
from support.interference import before_requests
from support.module import Flag, run

FIRST = {"username": "first", "password": "First-Pass-1"}
EVERY_ROLE = ["ADMINISTRATOR", "COMPLIANCE", "MONITOR", "SECURITY"]


def department(**more: Any) -> dict[str, Any]:
    """A tenant that does not exist yet, with everything in it."""
    tenant = {
        "name": "finance",
        "hard_quota": "5 TB",
        "versioning_configuration_enabled": True,
        "compliance_configuration_enabled": True,
        "initial_user": FIRST,
        "administration_allowed": True,
        "users": [
            {"name": "first", "roles": EVERY_ROLE},
            {
                "name": "kim",
                "user_password": "Kim-Secret-1",
                "roles": ["MONITOR"],
                "data_access_permissions": [{"namespace": "invoices", "permissions": ["READ"]}],
            },
        ],
        "namespaces": [
            {
                "name": "invoices",
                "hard_quota": "1 TB",
                "owner": "kim",
                "versioning": {"enabled": True},
                "retention_classes": [{"name": "seven", "value": "A+7y"}],
            },
            {"name": "letters"},
        ],
        "buckets": [{"name": "photos", "versioning": True}],
        **more,
    }
    return {"tenants": [tenant]}


def of_research(**lists: Any) -> dict[str, Any]:
    return {"tenants": [{"name": TENANT, **lists}]}


def config(
    hcp: MockHcp, wish: dict[str, Any], check: Flag = False, fails: bool = False, **more: Any
) -> Any:
    options = {**hcp.as_system, **hcp.s3, "config": wish, **more}
    return run("hcp_config", options, check=check, diff=True, fails=fails)


def as_tenant(
    hcp: MockHcp, wish: dict[str, Any], check: Flag = False, fails: bool = False, **more: Any
) -> Any:
    options = {**hcp.as_tenant, **hcp.s3, "account_level": "tenant", "config": wish, **more}
    return run("hcp_config", options, check=check, diff=True, fails=fails)


def test_a_department_from_nothing_in_one_task(hcp: MockHcp) -> None:
    hcp.reset(seed())
    hcp.clear_journal()
    predicted = config(hcp, department(), check=True)
    assert hcp.writes() == []
    done = config(hcp, department())
    steps = [{**step, "status": "done"} for step in predicted["plan"]]
    assert done["plan"] == steps
    assert done["summary"]["namespaces"]["created"] == 2
    first = {"username": "first", "password": "First-Pass-1", "host": "finance"}
    found = hcp.get("/tenants/finance/namespaces/invoices", **first)
    assert (found["owner"], found["hardQuota"]) == ("kim", "1.00 TB")
    assert hcp.get("/tenants/finance", **first)["administrationAllowed"] is True
    hcp.clear_journal()
    again = config(hcp, department())
    assert not again["changed"], again["plan"]
    assert hcp.writes() == []


def test_an_unchanged_configuration_costs_the_fewest_requests(hcp: MockHcp) -> None:
    names = [f"n{number:03}" for number in range(20)]
    hcp.reset(seed(namespaces=[{"name": name, "hardQuota": "2.00 GB"} for name in names]))
    wish = of_research(namespaces=[{"name": name, "hard_quota": "2 GB"} for name in names])
    hcp.clear_journal()
    assert not as_tenant(hcp, wish)["changed"]
    seen = hcp.seen()
    assert seen.count(f"GET /tenants/{TENANT}/namespaces") == 1
    assert len(seen) == 1 + len(names)


def test_existence_is_read_from_the_list_and_creation_asks_nothing_more(hcp: MockHcp) -> None:
    hcp.reset(seed(namespaces=[{"name": "old"}]))
    wish = of_research(namespaces=[{"name": "old"}, {"name": "new"}, {"name": "newer"}])
    hcp.clear_journal()
    assert as_tenant(hcp, wish)["changed"]
    path = f"/tenants/{TENANT}/namespaces"
    assert sorted(hcp.seen()) == [f"GET {path}", f"PUT {path}", f"PUT {path}"]


def test_names_are_listed_with_paging(hcp: MockHcp) -> None:
    names = [f"n{number:04}" for number in range(501)]
    hcp.reset(seed(namespaces=[{"name": name} for name in names]))
    hcp.clear_journal()
    wish = of_research(namespaces=[{"name": names[0]}, {"name": names[-1]}])
    assert not as_tenant(hcp, wish)["changed"]
    assert len(hcp.seen()) == 2


def test_exact_deletes_what_is_not_configured(hcp: MockHcp) -> None:
    names = ["keep", "legacy-1", "gone", "also-gone"]
    hcp.reset(seed(namespaces=[{"name": name} for name in names]))
    wish = of_research(namespaces=[{"name": "keep"}])
    exact: dict[str, Any] = {"exact": ["namespaces"], "ignore": {"namespaces": ["LEGACY-*"]}}
    unconfirmed = as_tenant(hcp, wish, fails=True, **exact)
    assert unconfirmed["error"]["code"] == "needs_confirmation"
    too_many = as_tenant(hcp, wish, fails=True, max_deletions=1, confirm=["delete"], **exact)
    assert too_many["error"]["code"] == "too_many"
    assert "namespace also-gone of tenant research" in too_many["msg"]
    done = as_tenant(hcp, wish, max_deletions=2, confirm=["delete"], **exact)
    assert done["summary"]["namespaces"]["deleted"] == 2
    left = hcp.get(f"/tenants/{TENANT}/namespaces")["name"]
    assert sorted(left) == ["keep", "legacy-1"]
    assert not as_tenant(hcp, wish, **exact)["changed"]


def test_exact_never_deletes_the_account_that_is_worked_as(hcp: MockHcp) -> None:
    hcp.reset(seed())
    kim = {"name": "kim", "user_password": "Kim-Secret-1"}
    assert as_tenant(hcp, of_research(users=[kim]), exact=["users"])["changed"]
    assert as_tenant(hcp, of_research(users=[]), exact=["users"])["summary"]["users"] == {
        "unchanged": 0,
        "created": 0,
        "updated": 0,
        "deleted": 1,
        "failed": 0,
        "not_done": 0,
    }
    assert hcp.get(f"/tenants/{TENANT}/userAccounts")["username"] == ["storage-admin"]


def test_exact_leaves_what_is_to_be_renamed(hcp: MockHcp) -> None:
    hcp.reset(seed(namespaces=[{"name": "old"}]))
    wish = of_research(namespaces=[{"name": "new", "from_name": "old"}])
    exact: dict[str, Any] = {"exact": ["namespaces"], "confirm": ["delete"]}
    done = as_tenant(hcp, wish, **exact)
    assert [step["action"] for step in done["plan"]] == ["update"]
    assert hcp.get(f"/tenants/{TENANT}/namespaces")["name"] == ["new"]
    assert not as_tenant(hcp, wish, **exact)["changed"]


def test_a_list_that_cannot_be_read_is_not_taken_for_empty(hcp: MockHcp) -> None:
    hcp.reset(seed(namespaces=[{"name": "data"}]))
    hcp.fault({"method": "GET", "path": f"/tenants/{TENANT}/namespaces"}, status=403)
    failed = as_tenant(hcp, of_research(namespaces=[]), fails=True, exact=["namespaces"])
    assert failed["error"]["code"] == "forbidden"


def test_what_belongs_to_something_renamed_is_found_under_its_former_name(hcp: MockHcp) -> None:
    hcp.reset(seed(namespaces=[{"name": "old"}]))
    classes = [{"name": "one", "value": "A+1y"}, {"name": "two", "value": "A+2y"}]
    before = of_research(namespaces=[{"name": "old", "retention_classes": classes[:1]}])
    as_tenant(hcp, before)
    renamed = {"name": "new", "from_name": "old", "retention_classes": classes}
    done = as_tenant(hcp, of_research(namespaces=[renamed]))
    assert [step["action"] for step in done["plan"]] == ["update", "create"]
    assert not as_tenant(hcp, of_research(namespaces=[renamed]))["changed"]


@pytest.mark.parametrize(
    "change",
    [
        {"name": "boss", "user_password": "New-Boss-Pass-2", "update_password": "always"},
        {"name": "chief", "from_name": "boss"},
    ],
    ids=["password", "name"],
)
def test_the_account_that_is_worked_as_changes_itself(hcp: MockHcp, change: dict[str, Any]) -> None:
    boss = {
        "username": "boss",
        "password": "Boss-Pass-1",
        "fullName": "Boss",
        "enabled": True,
        "forcePasswordChange": False,
        "localAuthentication": True,
        "allowNamespaceManagement": True,
        "roles": EVERY_ROLE,
    }
    hcp.reset(seed(users=[boss]))
    others = [{"name": f"u{n}", "user_password": "Other-Pass-1"} for n in range(12)]
    wish = of_research(
        users=[*others, change], buckets=[{"name": "photos"}], namespaces=[{"name": "data"}]
    )
    account = {"username": "boss", "password": "Boss-Pass-1"}
    options = {**hcp.as_tenant, **hcp.s3, **account, "account_level": "tenant", "config": wish}
    done = run("hcp_config", {**options, "verify": True})
    assert {step["status"] for step in done["plan"]} == {"done"}
    assert done["warnings"] == []
    # Wrong logins would lock the account.
    assert 403 not in {entry["status"] for entry in hcp.journal()}


def test_an_own_name_that_cannot_be_changed_is_kept(hcp: MockHcp) -> None:
    hcp.reset(seed())
    path = f"/tenants/{TENANT}/userAccounts/storage-admin"
    hcp.fault({"method": "POST", "path": path}, status=400)
    wish = of_research(
        users=[{"name": "chief", "from_name": "storage-admin"}], namespaces=[{"name": "data"}]
    )
    failed = as_tenant(hcp, wish, fails=True, on_failure="continue")
    assert [step["status"] for step in failed["plan"]] == ["failed", "done"]


def test_exact_is_refused_where_nothing_can_be_listed(hcp: MockHcp) -> None:
    hcp.reset(seed())
    refused = config(hcp, of_research(buckets=[]), fails=True, exact=["buckets"])
    assert "S3 needs an account of a tenant" in refused["msg"]


def test_what_was_done_before_a_refusal_is_told(hcp: MockHcp) -> None:
    hcp.reset(seed())
    tenant: dict[str, Any] = {"name": "finance", "hard_quota": "5 TB", "initial_user": FIRST}
    tenant["compliance_configuration_enabled"] = True
    config(hcp, {"tenants": [tenant]})
    # The account may not look at namespaces yet.
    tenant["users"] = [{"name": "first", "roles": EVERY_ROLE}]
    tenant["namespaces"] = [{"name": "data", "hard_quota": "1 GB", "enterprise_mode": False}]
    refused = config(hcp, {"tenants": [tenant]}, fails=True)
    assert refused["error"]["code"] == "needs_confirmation"
    assert refused["changed"]
    assert [step["status"] for step in refused["plan"]] == ["done"]


def test_what_somebody_else_creates_meanwhile_is_one_failure(hcp: MockHcp) -> None:
    hcp.reset(seed())
    users = f"/tenants/{TENANT}/userAccounts"
    namespaces = f"/tenants/{TENANT}/namespaces"
    body = {"name": "one", "hashScheme": "SHA-256"}
    wish = of_research(
        users=[{"name": "kim", "user_password": "Kim-Secret-1"}],
        namespaces=[{"name": "one", "hash_scheme": "SHA-512"}, {"name": "two"}],
    )
    hcp.clear_journal()
    with before_requests(
        "PUT", users, lambda: hcp.ask(namespaces, method="PUT", json=body), only=1
    ):
        failed = as_tenant(hcp, wish, fails=True, on_failure="continue")
    assert failed["error"]["code"] == "forbidden_change"
    assert failed["changed"]
    status = {step["resource"].split(" of ")[0]: step["status"] for step in failed["plan"]}
    assert status == {"user kim": "done", "namespace one": "failed", "namespace two": "done"}


def test_a_plan_is_for_one_hcp(hcp: MockHcp, tmp_path: Path) -> None:
    hcp.reset(seed())
    plan = tmp_path / "plan.json"
    wish = of_research(namespaces=[{"name": "new"}])
    as_tenant(hcp, wish, check=True, plan_file=str(plan))
    saved = json.loads(plan.read_text())
    plan.write_text(json.dumps({**saved, "domain": "other.example.com"}))
    refused = as_tenant(hcp, wish, fails=True, approved_plan=str(plan))
    assert "is for another HCP" in refused["msg"]


def test_a_bucket_is_among_the_namespaces(hcp: MockHcp) -> None:
    hcp.reset(seed())
    wish = of_research(buckets=[{"name": "photos"}], namespaces=[{"name": "data"}])
    assert as_tenant(hcp, wish)["changed"]
    again = as_tenant(hcp, wish, exact=["namespaces", "buckets"], confirm=["delete"])
    assert not again["changed"], again["plan"]


def test_deletions_come_last_and_from_below(hcp: MockHcp) -> None:
    hcp.reset(seed())
    everything = of_research(
        users=[{"name": "kim", "user_password": "Kim-Secret-1"}],
        namespaces=[
            {
                "name": "data",
                "owner": "kim",
                "retention_classes": [{"name": "seven", "value": "A+7y"}],
            }
        ],
    )
    as_tenant(hcp, everything)
    nothing = of_research(
        users=[{"name": "kim", "state": "absent"}],
        namespaces=[{"name": "data", "state": "absent"}, {"name": "other"}],
    )
    hcp.clear_journal()
    done = as_tenant(hcp, nothing, confirm=["delete"])
    assert [step["action"] for step in done["plan"]] == ["create", "delete", "delete"]
    deleted = [line for line in hcp.writes() if line.startswith("DELETE")]
    assert [line.split("/")[-2] for line in deleted] == ["namespaces", "userAccounts"]


def test_only_an_approved_plan_is_carried_out(hcp: MockHcp, tmp_path: Path) -> None:
    hcp.reset(seed(namespaces=[{"name": "data", "hardQuota": "1.00 GB"}]))
    wish = of_research(namespaces=[{"name": "data", "hard_quota": "3 GB"}, {"name": "new"}])
    plan = str(tmp_path / "plan.json")
    planned = as_tenant(hcp, wish, check=True, plan_file=plan)
    assert json.loads(Path(plan).read_text())["plan"] == planned["plan"]
    # Somebody else was here.
    body = {"hardQuota": "2.00 GB"}
    hcp.ask(f"/tenants/{TENANT}/namespaces/data", method="POST", json=body)
    hcp.clear_journal()
    refused = as_tenant(hcp, wish, fails=True, approved_plan=plan)
    assert refused["error"]["code"] == "plan_changed"
    assert hcp.writes() == []
    hcp.ask(f"/tenants/{TENANT}/namespaces/data", method="POST", json={"hardQuota": "1.00 GB"})
    assert as_tenant(hcp, wish, approved_plan=plan)["changed"]


@pytest.mark.parametrize("path", ["/no/such/folder/plan.json"])
def test_a_plan_that_cannot_be_read_or_written_is_refused(hcp: MockHcp, path: str) -> None:
    hcp.reset(seed())
    wish = of_research(namespaces=[{"name": "new"}])
    hcp.clear_journal()
    for option in ("plan_file", "approved_plan"):
        refused = as_tenant(hcp, wish, fails=True, **{option: path})
        assert option in refused["msg"]
    assert hcp.writes() == []


@pytest.mark.parametrize("on_failure", ["stop", "continue"])
def test_a_failure_tells_what_was_done(hcp: MockHcp, on_failure: str) -> None:
    hcp.reset(seed(namespaces=[{"name": "b", "hardQuota": "1.00 GB"}]))
    hcp.fault({"method": "POST", "path": f"/tenants/{TENANT}/namespaces/b"}, status=400)
    wish = of_research(
        namespaces=[
            {
                "name": "b",
                "hard_quota": "2 GB",
                "retention_classes": [{"name": "seven", "value": "A+7y"}],
            },
            {"name": "c"},
            {"name": "d", "retention_classes": [{"name": "seven", "value": "A+7y"}]},
        ]
    )
    failed = as_tenant(hcp, wish, fails=True, on_failure=on_failure, concurrency=1)
    status = {step["resource"].split(" of ")[0]: step["status"] for step in failed["plan"]}
    assert status["namespace b"] == "failed"
    rest = "done" if on_failure == "continue" else "not_done"
    assert (status["namespace c"], status["namespace d"]) == (rest, rest)
    by_place = {step["where"]: step["status"] for step in failed["plan"]}
    assert by_place["config.tenants[0].namespaces[0].retention_classes[0]"] == "not_done"
    assert failed["changed"] is (on_failure == "continue")
    created = 2 if on_failure == "continue" else 0
    counts = failed["summary"]["namespaces"]
    assert (counts["failed"], counts["created"], counts["not_done"]) == (1, created, 2 - created)
    assert [each["resource"] for each in failed["failures"]] == ["namespace b of tenant research"]
    assert as_tenant(hcp, wish)["changed"]
    assert not as_tenant(hcp, wish)["changed"]


def test_nothing_is_done_unless_everything_may_be(hcp: MockHcp) -> None:
    hcp.reset(seed(namespaces=[{"name": "data", "aclsUsage": "NOT_ENABLED"}]))
    wish = of_research(namespaces=[{"name": "new"}, {"name": "data", "acls_usage": "ENFORCED"}])
    hcp.clear_journal()
    refused = as_tenant(hcp, wish, fails=True)
    assert refused["error"]["code"] == "needs_confirmation"
    assert "config.tenants[0].namespaces[1]" in refused["msg"]
    assert hcp.writes() == []
    # For itself alone.
    wish["tenants"][0]["namespaces"][1]["confirm"] = ["acls_usage"]
    assert as_tenant(hcp, wish)["changed"]


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"tenant": []}, "config: 'tenant' is unknown here"),
        ({"tenants": {}}, "config.tenants must be a list"),
        ({"tenants": ["finance"]}, "config.tenants[0] must be a dictionary"),
        (of_research(namespaces=[{"nam": "x"}]), "a namespace has no option 'nam'"),
        (of_research(namespaces=[{"hard_quota": "1 GB"}]), "missing required arguments: name"),
        (of_research(namespaces=[{"name": "x", "soft_quota": "many"}]), "soft_quota"),
        (of_research(namespaces=[{"name": "x", "hard_quota": "1 KB"}]), "hard_quota"),
        (of_research(namespaces=[{"name": "x"}, {"name": "X"}]), "are both namespace X of"),
        (of_research(users=[{"name": "x", "username": "y"}]), "no option 'username'"),
        ({"tenants": [{"name": "x", "initial_user": [1]}]}, "initial_user must be a dictionary"),
        (
            of_research(namespaces=[{"name": "x", "cors": [2]}]),
            "cors must be a list of dictionaries",
        ),
        (
            of_research(namespaces=[{"name": "x", "state": "absent", "retention_classes": [1]}]),
            "retention_classes[0] must be a dictionary",
        ),
        (
            of_research(
                namespaces=[
                    {
                        "name": "x",
                        "state": "absent",
                        "retention_classes": [{"name": "y", "value": "0"}],
                    }
                ]
            ),
            "is absent, so it can have no entries",
        ),
    ],
)
def test_a_configuration_that_cannot_be_right(
    hcp: MockHcp, wish: dict[str, Any], words: str
) -> None:
    hcp.clear_journal()
    refused = as_tenant(hcp, wish, fails=True)
    assert words in refused["msg"]
    assert hcp.writes() == []


def test_all_that_is_wrong_is_told_at_once(hcp: MockHcp) -> None:
    wish = of_research(namespaces=[{"nam": number} for number in range(9)])
    refused = as_tenant(hcp, wish, fails=True)
    assert len(refused["error"]["problems"]) == 9
    assert "And 4 more." in refused["msg"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"concurrency": 0}, "concurrency must be between 1 and 64"),
        ({"max_deletions": -1}, "max_deletions must be 0 or more"),
        ({"ignore": {"namespace": ["x"]}}, "ignore must be"),
        ({"ignore": {"namespaces": "x"}}, "ignore must be"),
    ],
)
def test_options_that_cannot_be_right(hcp: MockHcp, options: dict[str, Any], words: str) -> None:
    assert words in as_tenant(hcp, of_research(), fails=True, **options)["msg"]


def test_what_cannot_be_read_is_not_taken_for_absent(hcp: MockHcp) -> None:
    hcp.reset(seed())
    hcp.fault({"method": "GET", "path": f"/tenants/{TENANT}/namespaces"}, status=403)
    wish = of_research(namespaces=[{"name": "a"}, {"name": "b"}])
    hcp.clear_journal()
    refused = as_tenant(hcp, wish, fails=True)
    assert refused["error"]["code"] == "forbidden"
    assert hcp.writes() == []


def test_no_secret_is_in_a_result(hcp: MockHcp, tmp_path: Path) -> None:
    hcp.reset(seed())
    plan = tmp_path / "plan.json"
    done = config(hcp, department(), plan_file=str(plan))
    wrong = department()
    wrong["tenants"][0]["users"][1]["no_such"] = 1
    refused = config(hcp, wrong, fails=True)
    for text in (json.dumps(done), json.dumps(refused), plan.read_text()):
        assert "Kim-Secret-1" not in text
        assert "First-Pass-1" not in text


def test_a_tenant_changed_as_two_accounts_is_one_resource(hcp: MockHcp) -> None:
    hcp.reset(seed())
    account = {"tenant": "*", "username": "storage-admin", "password": "Storage-Admin-1"}
    wish = of_research(tenant_visible_description="ours")
    done = config(hcp, wish, accounts=[account])
    assert done["summary"]["tenants"]["updated"] == 1
    assert config(hcp, wish, accounts=[account])["summary"]["tenants"]["unchanged"] == 1


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_run_that_was_cut_short_is_finished_by_the_next(hcp: MockHcp, method: str) -> None:
    hcp.reset(seed())
    plan = config(hcp, department(), check=True)["plan"]
    count = sum(step["method"] == method for step in plan)
    assert count > 2
    for number in range(1, count + 1):
        hcp.reset(seed())
        hcp.fault({"method": method, "nth": number, "times": 1}, cut="before")
        broken = config(hcp, department(), fails=True, concurrency=1)
        assert "unknown" in [step["status"] for step in broken["plan"]]
        config(hcp, department())
        assert not config(hcp, department())["changed"]
