"""hcp_logs and hcp_health_report against a mock HCP."""

from __future__ import annotations

import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from support.hcp import MockHcp, seed
from support.module import Flag, run

MODULES = {"hcp_logs": "/logs", "hcp_health_report": "/healthCheckReport"}
both = pytest.mark.parametrize("module", MODULES)


@pytest.fixture(autouse=True)
def start(hcp: MockHcp) -> None:
    packaging(hcp)


def packaging(hcp: MockHcp, **how: Any) -> None:
    document = seed()
    watcher = {"username": "watcher", "password": "Watch-Pass-1", "roles": ["MONITOR"]}
    document["system"] |= {
        "users": [watcher],
        "sNodes": ["S11"],
        "packaging": {"seconds": 0, **how},
    }
    hcp.reset(document)


def ask(hcp: MockHcp, module: str, check: Flag = False, fails: Flag = False, **options: Any) -> Any:
    return run(module, {**hcp.as_system, **options}, check=check, fails=fails)


def status(hcp: MockHcp, module: str) -> dict[str, Any]:
    account = {"username": hcp.facts["username"], "password": hcp.facts["password"]}
    return hcp.get(MODULES[module], **account, host="admin")


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return sorted(archive.namelist())


@both
def test_a_package_is_fetched_once(hcp: MockHcp, tmp_path: Path, module: str) -> None:
    dest = tmp_path / "found.zip"
    wish = {"dest": str(dest)}
    assert ask(hcp, module, check=True, **wish)["changed"]
    assert hcp.writes() == []
    assert not dest.exists()
    done = ask(hcp, module, **wish)
    assert (done["changed"], done["status"], done["warnings"]) == (True, "absent", [])
    assert {name[:5] for name in names(dest)} == {"n101/", "n102/", "n103/", "n104/"}
    assert dest.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [dest]
    path = MODULES[module]
    assert hcp.writes() == [f"POST {path}/prepare", f"POST {path}/download", f"POST {path}"]
    hcp.clear_journal()
    for check in (True, False):
        assert not ask(hcp, module, check=check, **wish)["changed"]
    assert hcp.seen() == []
    assert ask(hcp, module, **wish, force=True)["changed"]


@both
def test_a_package_is_prepared_kept_and_cleared(hcp: MockHcp, tmp_path: Path, module: str) -> None:
    for changed in (True, False):
        found = ask(hcp, module, state="prepared")
        assert (found["changed"], found["status"]) == (changed, "ready")
    hcp.clear_journal()
    dest = str(tmp_path / "found.zip")
    taken = ask(hcp, module, dest=dest, keep=True)
    assert taken["status"] == "ready"
    assert "existed already" in taken["warnings"][0]
    assert f"POST {MODULES[module]}/prepare" not in hcp.writes()
    assert status(hcp, module)["readyForStreaming"]
    renewed = ask(hcp, module, dest=dest, force=True, replace=True, keep=True)
    assert renewed["warnings"] == []
    told = ask(hcp, module, check=True, state="absent")
    assert (told["changed"], told["status"]) == (True, "ready")
    assert ask(hcp, module, state="absent")["changed"]
    assert not ask(hcp, module, state="absent")["changed"]
    assert not status(hcp, module)["started"]


@both
def test_waiting_ends(hcp: MockHcp, tmp_path: Path, module: str) -> None:
    packaging(hcp, seconds=3600)
    dest = tmp_path / "found.zip"
    late = ask(hcp, module, fails=True, dest=str(dest), wait_timeout=1)
    assert (late["error"]["code"], late["changed"]) == ("timed_out", True)
    assert not dest.exists()
    assert ask(hcp, module, state="prepared", wait_timeout=0)["status"] == "preparing"
    hcp.control("POST", "clock", {"advance": 3600})
    assert ask(hcp, module, dest=str(dest))["changed"]


@both
def test_a_preparation_that_fails(hcp: MockHcp, tmp_path: Path, module: str) -> None:
    packaging(hcp, fails=True)
    wish = {"dest": str(tmp_path / "found.zip")}
    for _again in range(2):
        failed = ask(hcp, module, fails=True, **wish)
        assert failed["error"]["code"] == "preparation_failed"
    assert list(tmp_path.iterdir()) == []


@both
@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"cut": "after"}, "broken_answer"),
        ({"truncate": True}, "broken_answer"),
        ({"status": 200}, "not_mapi"),
        ({"status": 200, "body": "Welcome"}, "not_mapi"),
    ],
)
def test_a_broken_download_leaves_nothing(
    hcp: MockHcp, tmp_path: Path, module: str, fault: dict[str, Any], code: str
) -> None:
    path = f"{MODULES[module]}/download"
    hcp.fault({"path": path, "method": "POST"}, **fault)
    dest = tmp_path / "found.zip"
    dest.write_text("old")
    failed = ask(hcp, module, fails=True, dest=str(dest), force=True, retries=3)
    assert (failed["error"]["code"], failed["error"]["attempts"]) == (code, 1)
    assert dest.read_text() == "old"
    assert list(tmp_path.iterdir()) == [dest]
    assert hcp.writes().count(f"POST {path}") == 1
    assert ask(hcp, module, dest=str(dest), force=True)["changed"]


@both
def test_what_was_done_before_a_failure_is_told(hcp: MockHcp, tmp_path: Path, module: str) -> None:
    path, dest = MODULES[module], tmp_path / "found.zip"
    hcp.fault({"path": path, "method": "POST"}, status=503)
    left = ask(hcp, module, fails=True, dest=str(dest))
    assert (left["error"]["code"], left["changed"]) == ("unavailable", True)
    assert names(dest)
    ask(hcp, module, state="absent")
    hcp.fault({"path": path, "method": "GET", "nth": 2}, status=503)
    prepared = ask(hcp, module, fails=True, state="prepared")
    assert (prepared["error"]["code"], prepared["changed"]) == ("unavailable", True)
    assert not ask(hcp, module, state="prepared")["changed"]


@both
def test_a_download_takes_little_memory(hcp: MockHcp, tmp_path: Path, module: str) -> None:
    megabytes = 50
    packaging(hcp, padding=megabytes)
    dest = tmp_path / "found.zip"
    tracemalloc.start()
    try:
        ask(hcp, module, dest=str(dest))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert dest.stat().st_size > megabytes * 1_000_000
    assert peak < megabytes * 1_000_000 / 5


def test_parts_of_the_logs(hcp: MockHcp, tmp_path: Path) -> None:
    dest = tmp_path / "found.zip"
    wish = {"node_numbers": [101], "s_nodes": ["S11"], "content": ["ACCESS", "SERVICE"]}
    ask(hcp, "hcp_logs", dest=str(dest), **wish)
    assert names(dest) == ["S11/system.log", "n101/access.log", "n101/service.log"]


def test_days_of_reports(hcp: MockHcp, tmp_path: Path) -> None:
    dest = tmp_path / "found.zip"
    wish = {"dest": str(dest), "node_numbers": [102], "force": True}
    ask(hcp, "hcp_health_report", **wish)
    assert "n102/health-check-current.txt" in names(dest)
    days = {"start_date": "2020-05-04", "end_date": "2020-05-05", "exact_time": "02:30"}
    ask(hcp, "hcp_health_report", collect_current=False, **wish, **days)
    assert names(dest) == []


@both
@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "dest"),
        ({"dest": "/nowhere/x", "start_date": "5/4/2026"}, "start_date"),
        ({"dest": "/x", "start_date": "2026-05-04", "end_date": "2026-05-03"}, "start_date"),
        ({"dest": "/x", "wait_timeout": -1}, "wait_timeout"),
    ],
)
def test_bad_options(hcp: MockHcp, module: str, options: dict[str, Any], told: str) -> None:
    refused = ask(hcp, module, fails=True, **options)
    assert refused["error"]["option"] == told
    assert hcp.seen() == []


@both
def test_nothing_is_prepared_that_has_no_place(hcp: MockHcp, module: str) -> None:
    for dest in ("/", "/no/such/found.zip", "/dev/null/found.zip"):
        refused = ask(hcp, module, fails=True, dest=dest)
        assert refused["error"]["option"] == "dest"
        assert not refused["changed"]
    assert hcp.writes() == []
    # What makes the folder may only be predicted, too.
    assert ask(hcp, module, check=True, dest="/no/such/found.zip")["changed"]


@both
def test_a_failure_after_the_preparation_is_a_change(
    hcp: MockHcp, tmp_path: Path, module: str
) -> None:
    wish = {"dest": str(tmp_path / "found.zip"), "node_numbers": [999]}
    assert ask(hcp, module, fails=True, **wish)["changed"]
    assert not ask(hcp, module, fails=True, **wish)["changed"]
    path = MODULES[module]
    hcp.fault({"path": path, "method": "POST"}, status=403)
    wish["node_numbers"] = [101]
    assert ask(hcp, module, fails=True, **wish)["changed"]


def test_bad_names_of_nodes(hcp: MockHcp) -> None:
    refused = ask(hcp, "hcp_logs", fails=True, dest="/x", s_nodes=["S11,S12"])
    assert refused["error"]["option"] == "s_nodes"
    assert ask(hcp, "hcp_logs", fails=True, dest="/x", content=[])["error"]["option"] == "content"


@both
def test_a_failure_names_the_role(hcp: MockHcp, module: str) -> None:
    watcher = {"username": "watcher", "password": "Watch-Pass-1"}
    refused = ask(hcp, module, fails=True, state="prepared", **watcher)
    assert refused["error"]["code"] == "forbidden"
    assert "ADMINISTRATOR or SERVICE" in refused["msg"]
