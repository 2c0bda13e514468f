"""hcp_system_info, hcp_license and hcp_support_credentials against a mock HCP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.hcp import MockHcp, seed
from support.module import Flag, run

LICENSES = "/storage/licenses"
SUPPORT = "/supportaccesscredentials"
KEY = "serialNumber=40002;feature=Basic;localCapacity=1000;expirationDate=Dec 31, 2028\n"
PACKAGE = '{"serialNumber": 40001, "createTimeStamp": 1777900000}'
CREATED_AT = "2026-05-04T13:06:40Z"
JSON = {"Content-Type": "application/json"}


@pytest.fixture(autouse=True)
def start(hcp: MockHcp) -> None:
    accounts = [
        {"username": role.lower(), "password": "Watch-Pass-1", "roles": [role]}
        for role in ("MONITOR", "SECURITY", "SERVICE")
    ]
    document = seed()
    document["system"] |= {
        "users": accounts,
        "nodes": [{"nodeNumber": 102, "managementIpAddresses": ["198.51.100.2"]}],
        "services": [{"name": "Cleaner", "state": "DISABLED", "startTime": -1, "endTime": -1}],
    }
    hcp.reset(document)


def ask(hcp: MockHcp, fails: Flag = False, **options: Any) -> Any:
    return run("hcp_system_info", {**hcp.as_system, **options}, fails=fails)


def license_(hcp: MockHcp, fails: Flag = False, check: Flag = False, **options: Any) -> Any:
    given = {**hcp.as_system, **options}
    return run("hcp_license", given, fails=fails, check=check, diff=True)


def support(hcp: MockHcp, fails: Flag = False, check: Flag = False, **options: Any) -> Any:
    given = {**hcp.as_system, **options}
    return run("hcp_support_credentials", given, fails=fails, check=check, diff=True)


def answer(hcp: MockHcp, path: str, body: str) -> None:
    """The next request for a path is answered with this."""
    hcp.fault({"path": path, "method": "GET"}, status=200, headers=JSON, body=body)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "support.plk"
    path.write_text(PACKAGE)
    return path


def test_everything_that_the_system_shows(hcp: MockHcp) -> None:
    found = ask(hcp)
    assert not found["changed"]
    assert len(hcp.seen()) == 5
    assert hcp.writes() == []
    system = found["system"]
    assert system["version"].split(".")[0].isdigit()
    assert system["network"] == {"downstream_dns_mode": "BASIC"}
    assert system["support_credentials"] == {"type": "Default", "default_key_type": "Arizona"}
    (only,) = system["licenses"]
    assert (only["serial_number"], only["feature"]) == ("40001", "Premium")
    assert (only["local_capacity"], only["extended_capacity"]) == (500 * 10**12, 0)
    assert "expiration_date" not in only
    assert len(only["upload_date"]) == len("2026-01-05")


def test_nodes_and_services(hcp: MockHcp) -> None:
    system = ask(hcp, include=["nodes", "services"])["system"]
    assert set(system) == {"version", "nodes", "services"}
    assert [node["number"] for node in system["nodes"]] == [101, 102, 103, 104]
    first, second, *_others = system["nodes"]
    assert first["front_end_addresses"] == ["192.0.2.101"]
    assert "management_addresses" not in first
    assert second["management_addresses"] == ["198.51.100.2"]
    assert isinstance(first["cpu_user"], float)
    assert first["collected_at"].endswith("Z")
    (volume,) = first["volumes"]
    assert volume["free_bytes"] == volume["total_bytes"] > 0
    services = {service["name"]: service for service in system["services"]}
    assert list(services) == sorted(services, key=str.lower)
    assert services["Cleaner"]["state"] == "DISABLED"
    assert "started_at" not in services["Cleaner"]
    assert services["GarbageCollection"]["started_at"].endswith(":00:00Z")


def test_a_failure_names_the_role(hcp: MockHcp) -> None:
    security = {"username": "security", "password": "Watch-Pass-1"}
    assert ask(hcp, **security, include=["support_credentials"])["system"]["support_credentials"]
    refused = ask(hcp, fails=True, **security)
    assert refused["error"]["code"] == "forbidden"
    assert "MONITOR or ADMINISTRATOR" in refused["msg"]


def test_bad_tasks_are_refused(hcp: MockHcp) -> None:
    assert ask(hcp, fails=True, include=[])["error"]["option"] == "include"
    assert ask(hcp, fails=True, account_level="tenant")["error"]["option"] == "account_level"
    assert license_(hcp, fails=True)["error"]["option"] == "key"
    both = license_(hcp, fails=True, key=KEY, src="/x")
    assert "mutually exclusive" in both["msg"]
    assert support(hcp, fails=True, src="/nowhere/x")["error"]["option"] == "src"
    bad = support(hcp, fails=True, src=__file__, created_at="today")
    assert bad["error"]["option"] == "created_at"
    assert hcp.seen() == []


@pytest.mark.parametrize(
    ("include", "path", "body"),
    [
        ("nodes", "/nodes/statistics", '{"nodes": {"node": [1]}}'),
        ("services", "/services/statistics", '{"services": [1]}'),
        ("licenses", LICENSES, '{"license": [["x"]]}'),
        ("network", "/network", "[]"),
    ],
)
def test_an_answer_of_another_shape(hcp: MockHcp, include: str, path: str, body: str) -> None:
    answer(hcp, path, body)
    result = ask(hcp, fails=body == "[]", include=[include])
    if body == "[]":
        assert result["error"]["code"] == "not_mapi"
    else:
        assert result["system"][include] in ([], [{}])


def test_licences_in_the_words_of_the_example(hcp: MockHcp) -> None:
    old = {"activeCapacity": 7, "licenseType": "premium", "expirationDate": "January 5, 2030"}
    answer(hcp, LICENSES, str({"license": old}).replace("'", '"'))
    (found,) = ask(hcp, include=["licenses"])["system"]["licenses"]
    assert found == {"local_capacity": 7, "feature": "Premium", "expiration_date": "2030-01-05"}


def test_odd_values_are_left_out(hcp: MockHcp) -> None:
    odd = '{"nodes": {"node": {"nodeNumber": 7, "cpuUser": "x", "collectionTimestamp": 1e99}}}'
    answer(hcp, "/nodes/statistics", odd)
    (node,) = ask(hcp, include=["nodes"])["system"]["nodes"]
    assert node == {"number": 7}


def test_a_key_is_uploaded(hcp: MockHcp) -> None:
    wanted = {"key": KEY, "serial_number": "40002"}
    predicted = license_(hcp, check=True, **wanted)
    assert (predicted["changed"], predicted["license"]["serial_number"]) == (True, "40001")
    assert hcp.writes() == []
    done = license_(hcp, **wanted)
    assert done["changed"]
    assert done["license"]["expiration_date"] == "2028-12-31"
    assert done["diff"]["before"]["serial_number"] == "40001"
    assert done["diff"]["after"] == done["license"]
    assert KEY.strip() not in str(done)
    hcp.clear_journal()
    for check in (True, False):
        assert not license_(hcp, check=check, **wanted)["changed"]
    assert hcp.writes() == []
    uploads = ask(hcp, include=["licenses"])["system"]["licenses"]
    assert [each["serial_number"] for each in uploads] == ["40002", "40001"]


def test_a_key_from_a_file_that_hcp_has_already(hcp: MockHcp, tmp_path: Path) -> None:
    path = tmp_path / "key.txt"
    path.write_text(KEY)
    assert license_(hcp, src=str(path))["changed"]
    hcp.clear_journal()
    again = license_(hcp, src=str(path))
    assert not again["changed"]
    assert hcp.writes() == [f"PUT {LICENSES}"]
    path.write_text(" \n")
    assert "is empty" in license_(hcp, fails=True, src=str(path))["msg"]


def test_an_upload_whose_answer_was_lost_is_a_change(hcp: MockHcp) -> None:
    hcp.fault({"path": LICENSES, "method": "PUT"}, cut="after")
    assert license_(hcp, key=KEY, retries=1)["changed"]


def test_an_upload_that_something_else_answers_is_no_change(hcp: MockHcp) -> None:
    hcp.fault({"path": LICENSES, "method": "PUT"}, status=200, origin="proxy")
    failed = license_(hcp, key=KEY, fails=True)
    assert (failed["error"]["code"], failed["changed"]) == ("not_done", False)


def test_bad_keys(hcp: MockHcp) -> None:
    bad = license_(hcp, fails=True, key="secret nonsense")
    assert bad["error"]["status"] == 400
    assert "secret nonsense" not in str(bad)
    watcher = {"username": "monitor", "password": "Watch-Pass-1"}
    refused = license_(hcp, fails=True, **watcher, key=KEY)
    assert "The request needs the role ADMINISTRATOR." in refused["msg"]


def test_support_credentials(hcp: MockHcp, package: Path) -> None:
    wanted = {"src": str(package), "created_at": "2026-05-04T15:06:40+02:00"}
    predicted = support(hcp, check=True, **wanted)
    assert (predicted["changed"], predicted["support_credentials"]["type"]) == (True, "Default")
    assert hcp.writes() == []
    done = support(hcp, **wanted)
    assert done["changed"]
    applied = done["support_credentials"].pop("applied_at")
    assert applied.endswith("Z")
    assert done["support_credentials"] == {
        "type": "Exclusive",
        "default_key_type": "Arizona",
        "serial_number": "40001",
        "created_at": CREATED_AT,
    }
    hcp.clear_journal()
    for check in (True, False):
        assert not support(hcp, check=check, **wanted)["changed"]
    assert hcp.writes() == []


def test_the_same_package_again_is_no_change(hcp: MockHcp, package: Path) -> None:
    service = {"username": "service", "password": "Watch-Pass-1", "src": str(package)}
    assert support(hcp, **service)["changed"]
    hcp.control("POST", "clock", {"advance": 60})
    assert not support(hcp, **service)["changed"]
    package.write_text(PACKAGE.replace("1777900000", "1777900001"))
    assert support(hcp, **service)["changed"]
    package.write_text("{}")
    assert support(hcp, fails=True, **service)["error"]["status"] == 400
    refused = support(hcp, fails=True, **{**service, "username": "security"})
    assert "ADMINISTRATOR or SERVICE" in refused["msg"]
