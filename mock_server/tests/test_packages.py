"""Packages of logs and health check reports: prepare, status, download, clear."""

from __future__ import annotations

import io
import re
import secrets
import socket
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
import urllib3

from .conftest import DOMAIN, Client, Mock, token

LOGS, REPORTS = "/logs", "/healthCheckReport"
KINDS = ["ACCESS", "SYSTEM", "SERVICE", "APPLICATION"]
NODES = ["101", "102", "103", "104"]
ANY = {"Accept": "*/*"}
MINUTE, HOUR, DAY = 60, 3600, 86400


def pass_time(mock: Mock, seconds: float) -> None:
    assert mock.control("POST", "/clock", {"advance": seconds}).status_code == 200


def slow(mock: Mock, **values: Any) -> None:
    """Make preparations take a minute of the mock's clock."""
    mock.seed(system={"packaging": {"seconds": MINUTE, **values}})


def prepared(mock: Mock, system_admin: Client, path: str = LOGS, **body: Any) -> None:
    """Prepare a package that is ready."""
    slow(mock)
    assert system_admin.post(f"{path}/prepare", body) == 200
    pass_time(mock, MINUTE)


def fetch(client: Client, path: str = LOGS, **body: Any) -> requests.Response:
    return client.call("POST", f"{path}/download", body, ANY)


def unpack(answer: requests.Response) -> dict[str, str]:
    assert answer.status_code == 200, answer.headers.get("X-HCP-ErrorMessage")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def day(moment: datetime) -> str:
    return moment.strftime("%m/%d/%Y")


def flags(client: Client, path: str = LOGS) -> list[str]:
    """Return the flags of the status that are true."""
    return [name for name, value in client.read(path).items() if value is True]


def test_lifecycle_of_a_log_package(mock: Mock, system_admin: Client) -> None:
    slow(mock)
    assert system_admin.read(LOGS) == {
        "readyForStreaming": False,
        "streamingInProgress": False,
        "started": False,
        "error": False,
        "content": "",
    }
    assert system_admin.post(f"{LOGS}/prepare", {}) == 200
    assert flags(system_admin) == ["started"]
    pass_time(mock, MINUTE - 10)
    assert flags(system_admin) == ["started"]
    assert system_admin.post(f"{LOGS}/prepare", {}) == 400
    pass_time(mock, 10)
    assert flags(system_admin) == ["readyForStreaming", "started"]
    assert system_admin.read(LOGS)["content"] == ",".join(KINDS)
    assert system_admin.post(f"{LOGS}/prepare", {}) == 400
    assert fetch(system_admin).status_code == 200
    assert fetch(system_admin, content="SYSTEM").status_code == 200
    assert system_admin.read(LOGS)["content"] == "SYSTEM"
    assert system_admin.post(LOGS, None, cancel="") == 200
    assert flags(system_admin) == []
    assert system_admin.post(LOGS, None, cancel="") == 200
    assert system_admin.post(f"{LOGS}/prepare", {}) == 200


def test_a_log_package_in_xml(mock: Mock, system_admin: Client) -> None:
    slow(mock)
    body = "<logPrepare><startDate>01/01/1970</startDate><snodes/></logPrepare>"
    assert system_admin.post(f"{LOGS}/prepare", body) == 200
    status = system_admin.xml(LOGS)
    assert status.tag == "logDownloadStatus"
    assert [child.tag for child in status] == [
        "readyForStreaming",
        "streamingInProgress",
        "started",
        "error",
        "content",
    ]
    assert status.findtext("started") == "true"
    pass_time(mock, MINUTE)
    order = "<logDownload><snodes/><content>SERVICE</content></logDownload>"
    answer = system_admin.call("POST", f"{LOGS}/download", order, ANY)
    assert list(unpack(answer)) == [f"n{node}/service.log" for node in NODES]
    assert system_admin.post(LOGS, None, cancel="") == 200
    assert system_admin.post(f"{LOGS}/prepare", "<logDownloadPrepare/>") == 200
    assert system_admin.post(LOGS, None, cancel="") == 200
    assert system_admin.post(f"{LOGS}/prepare", "<logDownload/>") == 400


def test_the_headers_of_a_log_package(mock: Mock, system_admin: Client) -> None:
    prepared(mock, system_admin)
    answer = fetch(system_admin)
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Transfer-Encoding"] == "chunked"
    assert "Content-Length" not in answer.headers
    assert answer.headers["Accept-Ranges"] == "none"
    disposition = answer.headers["Content-Disposition"]
    pattern = rf"attachment; filename=HCPLogs-{re.escape(DOMAIN)}-n101-sp\d{{8}}-\d{{4}}\.zip"
    assert re.fullmatch(pattern, disposition)
    for media_type, status in (("application/zip", 200), ("application/json", 415), ("x/y", 400)):
        headers: dict[str, str | None] = {"Accept": media_type}
        assert system_admin.call("POST", f"{LOGS}/download", {}, headers).status_code == status


def test_logs_hold_what_happened(mock: Mock, system_admin: Client, s3: Any) -> None:
    s3.create_bucket(Bucket="noted")
    system_admin.get("/tenants/absent")
    assert system_admin.post(LOGS, None, mark="before the change") == 200
    prepared(mock, system_admin)
    files = unpack(fetch(system_admin))
    parts = [kind.lower() for kind in KINDS]
    assert sorted(files) == sorted(f"n{node}/{part}.log" for node in NODES for part in parts)
    assert sum("PUT" in text and "/noted" in text for text in files.values()) == 1
    (line,) = [
        line
        for name, text in files.items()
        if name.endswith("application.log")
        for line in text.splitlines()
        if "/mapi/tenants/absent" in line
    ]
    assert line.endswith(" 404")
    assert " admin GET " in line
    system = files["n103/system.log"]
    assert "before the change" in system
    assert "node 103" in system


def test_secrets_stay_out_of_the_logs(mock: Mock, system_admin: Client) -> None:
    assert system_admin.post("/userAccounts/absent", {}, password="Secret-77-Word") == 404
    prepared(mock, system_admin)
    assert not any("Secret-77" in text for text in unpack(fetch(system_admin)).values())


def test_logs_of_some_days(mock: Mock, system_admin: Client) -> None:
    today = datetime.now(UTC)
    assert system_admin.post(LOGS, None, mark="old news") == 200
    pass_time(mock, 3 * DAY)
    assert system_admin.post(LOGS, None, mark="fresh news") == 200
    periods: list[tuple[dict[str, str], set[str]]] = [
        ({}, {"fresh"}),
        ({"startDate": day(today - timedelta(days=1))}, {"old", "fresh"}),
        (
            {
                "startDate": day(today - timedelta(days=1)),
                "endDate": day(today + timedelta(days=1)),
            },
            {"old"},
        ),
    ]
    for body, expected in periods:
        prepared(mock, system_admin, **body)
        text = unpack(fetch(system_admin))["n101/system.log"]
        assert {word for word in ("old", "fresh") if f"{word} news" in text} == expected
        assert system_admin.post(LOGS, None, cancel="") == 200


@pytest.mark.parametrize(
    "body",
    [
        {"startDate": "2026-04-01"},
        {"startDate": "4/1/2026"},
        {"startDate": "13/01/2026"},
        {"startDate": ""},
        {"endDate": "02/30/2026"},
        {"endDate": "01/01/1970"},
        {"startDate": "04/02/2026", "endDate": "04/01/2026"},
        {"startDate": "01/01/9999"},
        {"snodes": "S99"},
        {"snodes": "S11,"},
        {"nodes": "101"},
        "<logPrepare><startDate>x</startDate></logPrepare>",
        b"",
    ],
)
def test_bad_orders_of_logs(mock: Mock, system_admin: Client, body: Any) -> None:
    mock.seed(system={"sNodes": ["S11"]})
    assert system_admin.post(f"{LOGS}/prepare", body) == 400
    assert flags(system_admin) == []


def test_the_last_day_of_all(system_admin: Client) -> None:
    assert system_admin.post(f"{LOGS}/prepare", {"endDate": "12/31/9999"}) == 200


@pytest.mark.parametrize(
    ("body", "files"),
    [
        ({"nodes": "101, 103", "content": "ACCESS,SERVICE"}, 4),
        ({"nodes": "104"}, 4),
        ({"nodes": "104", "snodes": "S11"}, 5),
        ({"nodes": "", "snodes": "S11"}, 1),
        ({"nodes": "", "snodes": "S11", "content": "ACCESS"}, 1),
        ({"snodes": ""}, 16),
        ({"nodes": ""}, 0),
        ({"nodes": "105"}, 0),
        ({"nodes": "n101"}, 0),
        ({"snodes": "S12"}, 0),
        ({"content": ""}, 0),
        ({"content": "access"}, 0),
        ({"content": "ACCESS,"}, 0),
        ({"startDate": "04/01/2026"}, 0),
    ],
)
def test_parts_of_a_log_package(
    mock: Mock, system_admin: Client, body: dict[str, str], files: int
) -> None:
    """S12 exists, but is not part of the package."""
    mock.seed(system={"sNodes": ["S11", "S12"]})
    prepared(mock, system_admin, snodes="S11")
    answer = fetch(system_admin, **body)
    if not files:
        assert answer.status_code == 400
        assert system_admin.read(LOGS)["content"] == ",".join(KINDS)
        return
    assert len(unpack(answer)) == files


def test_nodes_that_are_down_send_nothing(mock: Mock, system_admin: Client) -> None:
    mock.seed(system={"nodes": [{"nodeNumber": 101, "available": False}]})
    prepared(mock, system_admin)
    answer = fetch(system_admin)
    assert "-n102-" in answer.headers["Content-Disposition"]
    assert not any(name.startswith("n101") for name in unpack(answer))
    assert fetch(system_admin, nodes="101").status_code == 400
    prepared(mock, system_admin, REPORTS)
    assert "n101" not in " ".join(unpack(fetch(system_admin, REPORTS)))


@pytest.mark.parametrize("path", [LOGS, REPORTS])
def test_downloads_out_of_turn(mock: Mock, system_admin: Client, path: str) -> None:
    slow(mock)
    assert fetch(system_admin, path).status_code == 400
    assert system_admin.post(f"{path}/prepare", {}) == 200
    answer = fetch(system_admin, path)
    assert answer.status_code == 400
    assert "ready" in answer.headers["X-HCP-ErrorMessage"]
    assert system_admin.post(path, None, cancel="") == 200
    pass_time(mock, HOUR)
    assert fetch(system_admin, path).status_code == 400


@pytest.mark.parametrize("path", [LOGS, REPORTS])
def test_a_preparation_that_fails(mock: Mock, system_admin: Client, path: str) -> None:
    slow(mock, fails=True)
    assert system_admin.post(f"{path}/prepare", {}) == 200
    assert flags(system_admin, path) == ["started"]
    pass_time(mock, MINUTE)
    assert sorted(flags(system_admin, path)) == ["error", "started"]
    assert fetch(system_admin, path).status_code == 400
    slow(mock, fails=False)
    assert system_admin.post(f"{path}/prepare", {}) == 200
    pass_time(mock, MINUTE)
    assert unpack(fetch(system_admin, path))


def test_what_is_kept_for_a_day(mock: Mock, system_admin: Client) -> None:
    """Log packages are deleted after 24 hours. Nothing is documented for reports."""
    prepared(mock, system_admin)
    prepared(mock, system_admin, REPORTS)
    pass_time(mock, 23 * HOUR)
    assert "readyForStreaming" in flags(system_admin)
    pass_time(mock, HOUR)
    assert flags(system_admin) == []
    assert fetch(system_admin).status_code == 400
    assert fetch(system_admin, REPORTS).status_code == 200


@contextmanager
def halted(mock: Mock, path: str) -> Iterator[urllib3.BaseHTTPResponse]:
    """A download of several megabytes whose client has stopped reading."""
    volume = {"id": secrets.token_hex(400_000)}
    mock.seed(system={"nodes": [{"nodeNumber": n, "volumes": [volume]} for n in range(1, 13)]})
    prepared(mock, mock.client("admin", "admin", "Hcp-Mock-1"), path)
    small = (socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    with urllib3.PoolManager(ca_certs=mock.ca, socket_options=[small]) as pool:
        answer = pool.request(
            "POST",
            f"{mock.url}/mapi{path}/download",
            json={},
            headers={
                "Host": f"admin.{DOMAIN}",
                "Authorization": f"HCP {token('admin', 'Hcp-Mock-1')}",
                "Content-Type": "application/json",
            },
            preload_content=False,
            timeout=20,
        )
        assert answer.read(2) == b"PK"
        yield answer
        answer.close()


@pytest.mark.parametrize("path", [LOGS, REPORTS])
def test_a_download_in_progress_is_seen(mock: Mock, system_admin: Client, path: str) -> None:
    with halted(mock, path) as answer:
        assert "streamingInProgress" in flags(system_admin, path)
        assert fetch(system_admin, path).status_code == 400
        assert answer.read()
    assert "streamingInProgress" not in flags(system_admin, path)
    assert fetch(system_admin, path).status_code == 200


def test_a_download_ends_with_its_client(mock: Mock, system_admin: Client) -> None:
    with halted(mock, LOGS):
        assert "streamingInProgress" in flags(system_admin)
    assert any("streamingInProgress" not in flags(system_admin) for _unused in range(500))
    assert fetch(system_admin).status_code == 200


@pytest.mark.parametrize("query", [{}, {"mark": ""}, {"mark": " "}, {"mark": "x", "cancel": ""}])
def test_one_thing_at_a_time_with_logs(system_admin: Client, query: dict[str, str]) -> None:
    assert system_admin.post(LOGS, None, **query) == 400


def test_lifecycle_of_a_report(mock: Mock, system_admin: Client) -> None:
    slow(mock)
    idle = {
        "readyForStreaming": False,
        "streamingInProgress": False,
        "error": False,
        "started": False,
        "content": "HCR",
    }
    assert system_admin.read(REPORTS) == idle
    assert system_admin.post(f"{REPORTS}/prepare", "<healthCheckPrepare/>") == 200
    status = system_admin.xml(REPORTS)
    assert status.tag == "healthCheckDownloadStatus"
    assert [child.tag for child in status] == list(idle)
    assert status.findtext("started") == "true"
    assert system_admin.post(f"{REPORTS}/prepare", {}) == 400
    pass_time(mock, MINUTE)
    order = "<healthCheckDownload><nodes>102</nodes><content>HCR</content></healthCheckDownload>"
    answer = system_admin.call("POST", f"{REPORTS}/download", order, ANY)
    assert answer.headers["Content-Type"] == "application/xml"
    assert all(name.startswith("n102/") for name in unpack(answer))
    assert system_admin.post(f"{REPORTS}/cancel", None) == 200
    assert system_admin.read(REPORTS) == idle
    assert system_admin.post(f"{REPORTS}/prepare", "<healthcheckPrepare/>") == 200
    assert system_admin.post(REPORTS, None, cancel="") == 200
    assert system_admin.read(REPORTS) == idle
    assert system_admin.post(REPORTS, None) == 400


def test_reports_count_the_requests_of_each_day(mock: Mock, system_admin: Client) -> None:
    now = datetime.now(UTC)
    pass_time(mock, (now.replace(hour=23, minute=0) - now).total_seconds() + DAY)
    for _unused in range(3):
        system_admin.get("/tenants/absent")
    pass_time(mock, 2 * DAY)
    first, last = now + timedelta(days=1), now + timedelta(days=2)
    body = {"startDate": day(first), "endDate": day(last), "exactTime": "22:30"}
    prepared(mock, system_admin, REPORTS, **body, collectCurrent=False)
    files = unpack(fetch(system_admin, REPORTS))
    assert {name.rpartition("/")[2] for name in files} == {f"health-check-{first:%Y%m%d}-2230.txt"}
    counted = sum(int(n) for text in files.values() for n in re.findall(r"404: (\d+)", text))
    assert counted == 3


def test_the_report_of_this_moment(mock: Mock, system_admin: Client) -> None:
    prepared(mock, system_admin, REPORTS, exactTime="00:00")
    files = unpack(fetch(system_admin, REPORTS))
    assert sorted(files) == [f"n{node}/health-check-current.txt" for node in NODES]
    assert "nodeNumber: 102" in files["n102/health-check-current.txt"]


@pytest.mark.parametrize(
    "body",
    [
        {"startDate": "04/02/2026", "endDate": "04/01/2026"},
        {"startDate": "x"},
        {"exactTime": "2:30"},
        {"exactTime": "24:00"},
        {"exactTime": "02:30:00"},
        {"exactTime": "02:30", "collectCurrent": False},
        {"exactTime": "02:30", "startDate": "12/31/9998"},
        {"nodes": "101"},
        b"",
    ],
)
def test_bad_orders_of_reports(system_admin: Client, body: Any) -> None:
    assert system_admin.post(f"{REPORTS}/prepare", body) == 400
    assert flags(system_admin, REPORTS) == []


@pytest.mark.parametrize("body", [{"nodes": ""}, {"nodes": "1"}, {"snodes": ""}])
def test_bad_downloads_of_reports(mock: Mock, system_admin: Client, body: dict[str, str]) -> None:
    prepared(mock, system_admin, REPORTS)
    assert fetch(system_admin, REPORTS, **body).status_code == 400


def test_methods(system_admin: Client) -> None:
    for path in (LOGS, REPORTS):
        assert system_admin.head(path) == 200
        assert system_admin.put(path, {}) == system_admin.delete(path) == 405
        assert system_admin.call("OPTIONS", path).headers["Allow"] == "OPTIONS,HEAD,POST,GET"
        for part in ("prepare", "download"):
            answer = system_admin.get(f"{path}/{part}")
            assert (answer.status_code, answer.headers["Allow"]) == (405, "OPTIONS,POST")
    assert system_admin.put(f"{REPORTS}/cancel", None) == 405
    assert system_admin.post(f"{LOGS}/cancel", None) == 404


def test_the_state_shows_packages_and_a_reset_forgets_them(
    mock: Mock, system_admin: Client
) -> None:
    prepared(mock, system_admin)
    assert system_admin.post(LOGS, None, mark="seen") == 200
    system = mock.control("GET", "/state").json()["system"]
    assert list(system["packages"]) == ["logs"]
    assert [mark["text"] for mark in system["logMarks"]] == ["seen"]
    assert mock.control("POST", "/reset").status_code == 200
    system = mock.control("GET", "/state").json()["system"]
    assert (system["packages"], system["logMarks"], system["sNodes"]) == ({}, [], [])
    assert flags(system_admin) == []


@pytest.mark.parametrize(
    "system", [{"sNodes": ["a,b"]}, {"sNodes": [""]}, {"packaging": {"seconds": -1}}]
)
def test_bad_seeds(mock: Mock, system: dict[str, Any]) -> None:
    answer = mock.control("POST", "/seed", {"system": system})
    assert (answer.status_code, answer.json()["error"].count("\n")) == (400, 0)
