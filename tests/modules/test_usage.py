"""hcp_statistics_info and hcp_chargeback_info against a mock HCP."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

import pytest
from support.hcp import TENANT, MockHcp, seed
from support.module import Flag, run

PATH = f"/tenants/{TENANT}"
FIGURES = {
    "object_count",
    "ingested_volume",
    "storage_capacity_used",
    "custom_metadata_count",
    "custom_metadata_size",
    "shred_count",
    "shred_size",
}


@pytest.fixture(autouse=True)
def start(hcp: MockHcp) -> None:
    objects = {"a": "hello", "b": "world!"}
    hcp.reset(seed(namespaces=[{"name": "alpha", "objects": objects}, {"name": "beta"}]))


def ask(hcp: MockHcp, module: str, fails: Flag = False, **options: Any) -> Any:
    return run(module, {**hcp.as_tenant, "tenant": TENANT, **options}, fails=fails)


def asked(hcp: MockHcp) -> dict[str, str]:
    """The query parameters of the last request."""
    return dict(parse_qsl(hcp.journal()[-1]["query"]))


def test_statistics_of_a_tenant_and_of_namespaces(hcp: MockHcp) -> None:
    found = ask(hcp, "hcp_statistics_info")
    assert not found["changed"]
    assert hcp.seen() == [f"GET {PATH}/statistics"]
    only = found["statistics"]
    assert set(only) == FIGURES | {"tenant", "namespaces"}
    assert (only["tenant"], only["object_count"], only["ingested_volume"]) == (TENANT, 2, 11)
    assert only["namespaces"] == []

    every = ask(hcp, "hcp_statistics_info", namespaces=["*"])["statistics"]["namespaces"]
    assert [(each["name"], each["object_count"]) for each in every] == [("alpha", 2), ("beta", 0)]
    one = ask(hcp, "hcp_statistics_info", namespaces=["beta"])["statistics"]["namespaces"]
    assert one == every[1:]


def test_a_chargeback_report_in_sum(hcp: MockHcp) -> None:
    found = ask(hcp, "hcp_chargeback_info")
    assert not found["changed"]
    assert [each["namespace"] for each in found["report"]] == ["alpha", "beta", ""]
    alpha, _beta, total = found["report"]
    assert alpha["tenant"] == total["tenant"] == TENANT
    assert alpha["object_count"] == total["object_count"] == 2
    assert isinstance(alpha["bytes_in"], int)
    assert alpha["start_time"].endswith(":00:00Z")
    assert (alpha["valid"], total["includes_deleted"]) == (True, False)
    assert "deleted" not in alpha
    assert asked(hcp) == {"granularity": "total"}

    one = ask(hcp, "hcp_chargeback_info", namespace="beta")
    assert [each["namespace"] for each in one["report"]] == ["beta"]


def test_a_chargeback_report_by_the_hour(hcp: MockHcp) -> None:
    hcp.control("POST", "clock", {"advance": 7200})
    report = ask(hcp, "hcp_chargeback_info", granularity="hour")["report"]
    starts = [each["start_time"] for each in report]
    assert starts == sorted(starts)
    assert [each["namespace"] for each in report][-3:] == ["alpha", "beta", ""]
    assert len(set(starts)) == 3


def test_times_go_out_as_hcp_takes_them(hcp: MockHcp) -> None:
    options = {"start": "2026-01-02T03:04:05Z", "end": "2026-01-02T06:04:05+02:00"}
    ask(hcp, "hcp_chargeback_info", **options, granularity="day")
    assert asked(hcp) == {
        "start": "2026-01-02T03:04:05+0000",
        "end": "2026-01-02T06:04:05+0200",
        "granularity": "day",
    }


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"start": "2026-01-02"}, "start must be a time"),
        ({"end": "2026-01-02T03:04:05"}, "end must be a time"),
        ({"start": "2026-01-02T03:00:00Z", "end": "2026-01-02T04:00:00+0100"}, "before end"),
        ({"namespace": ".."}, "is not a valid name"),
        ({"tenant": "a/b"}, "tenant must be"),
    ],
)
def test_bad_options_are_refused(hcp: MockHcp, options: dict[str, Any], told: str) -> None:
    refused = ask(hcp, "hcp_chargeback_info", fails=True, **options)
    assert refused["error"]["code"] == "bad_option"
    assert told in refused["msg"]
    assert hcp.seen() == []


def test_failures_name_what_was_asked_for(hcp: MockHcp) -> None:
    missing = ask(hcp, "hcp_statistics_info", fails=True, namespaces=["nowhere"])
    assert missing["error"]["code"] == "not_found"
    assert missing["msg"].startswith(f"statistics of tenant {TENANT}: ")
    bad = ask(hcp, "hcp_statistics_info", fails=True, namespaces=["a b"])
    assert bad["error"]["option"] == "namespaces"
    weak = {"name": "weak", "user_password": "Weak-Pass-1", "roles": ["SECURITY"]}
    run("hcp_user", {**hcp.as_tenant, "tenant": TENANT, **weak})
    account = {"username": "weak", "password": "Weak-Pass-1"}
    for module in ("hcp_statistics_info", "hcp_chargeback_info"):
        refused = ask(hcp, module, fails=True, **account)
        assert refused["error"]["code"] == "forbidden"
        assert "MONITOR or ADMINISTRATOR" in refused["msg"]


def test_system_accounts_may_read_the_report_of_a_tenant(hcp: MockHcp) -> None:
    system = {**hcp.as_system, "account_level": "system"}
    assert ask(hcp, "hcp_chargeback_info", **system)["report"]
    refused = ask(hcp, "hcp_chargeback_info", fails=True, **system, namespace="alpha")
    assert refused["error"]["status"] == 403


def test_an_answer_of_another_shape_is_told_as_such(hcp: MockHcp) -> None:
    words = {"Content-Type": "application/json"}
    hcp.fault({"path": f"{PATH}/statistics"}, status=200, headers=words, body="[]")
    assert ask(hcp, "hcp_statistics_info", fails=True)["error"]["code"] == "not_mapi"
    hcp.fault(
        {"path": f"{PATH}/chargebackReport"},
        status=200,
        headers=words,
        body='{"chargebackData": [1]}',
    )
    assert ask(hcp, "hcp_chargeback_info", fails=True)["error"]["code"] == "not_mapi"
