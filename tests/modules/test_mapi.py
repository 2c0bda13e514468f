"""Requests that a task says itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.constant_server import constant_server
from support.hcp import ADMIN, TENANT, MockHcp, seed
from support.module import Flag, run

SECRET = "Top-Secret-77"
USERS = f"/tenants/{TENANT}/userAccounts"
ALPHA = f"/tenants/{TENANT}/namespaces/alpha"
CLASSES = f"/tenants/{TENANT}/contentClasses"
SCANS: dict[str, Any] = {
    "name": "scans",
    "contentProperties": {"contentProperty": []},
    "namespaces": {"name": []},
}


@pytest.fixture(autouse=True)
def ready(hcp: MockHcp) -> None:
    """With a namespace ``alpha``."""
    hcp.reset(seed(namespaces=[{"name": "alpha"}]))


def mapi(hcp: MockHcp, check: Flag = False, fails: Flag = False, **options: Any) -> Any:
    given = {**hcp.as_tenant, "tenant": TENANT, **options}
    return run("hcp_mapi", given, check=check, fails=fails)


@pytest.mark.parametrize("path", [ALPHA, f"/mapi{ALPHA}", f"mapi{ALPHA}/", ALPHA[1:]])
@pytest.mark.parametrize("check", [False, True])
def test_reading(hcp: MockHcp, path: str, check: bool) -> None:
    result = mapi(hcp, check=check, path=path, query={"verbose": True})
    assert (result["changed"], result["status"]) == (False, 200)
    assert result["json"] == hcp.get(ALPHA)
    assert result["headers"]["Content-Type"] == "application/json"
    assert result["headers"]["X-HCP-SoftwareVersion"]
    assert "Set-Cookie" not in result["headers"]
    assert "content" not in result
    assert hcp.seen() == [f"GET {ALPHA}"] * 2


def test_an_account_of_the_system(hcp: MockHcp) -> None:
    result = run("hcp_mapi", {**hcp.as_system, "path": "/tenants"})
    assert result["json"] == {"name": [TENANT]}
    named = {"tenant": TENANT, "account_level": "system", "path": f"/tenants/{TENANT}"}
    run("hcp_mapi", {**hcp.as_system, **named})
    assert {each["host"].partition(".")[0] for each in hcp.journal()} == {"admin"}


def test_writing(hcp: MockHcp) -> None:
    predicted = mapi(hcp, check=True, method="POST", path=ALPHA, body={"softQuota": 70})
    assert predicted["changed"]
    assert "status" not in predicted
    assert hcp.seen() == []
    done = mapi(hcp, method="POST", path=ALPHA, body={"softQuota": 70})
    assert (done["changed"], done["status"], done["content"]) == (True, 200, "")
    assert hcp.get(ALPHA)["softQuota"] == 70


@pytest.mark.parametrize("check", [False, True])
def test_what_is_no_change_can_be_said(hcp: MockHcp, check: bool) -> None:
    options = {"method": "POST", "path": ALPHA, "body": {"softQuota": 70}, "changed": False}
    assert not mapi(hcp, check=check, **options)["changed"]


def test_statuses_that_are_no_failures(hcp: MockHcp) -> None:
    create = {"method": "PUT", "path": CLASSES, "body": SCANS, "status_code": [409]}
    assert mapi(hcp, **create)["changed"]
    again = mapi(hcp, **create)
    assert (again["changed"], again["status"]) == (False, 409)
    delete = {"method": "DELETE", "path": f"{CLASSES}/scans", "status_code": [404]}
    assert [mapi(hcp, **delete)["status"] for _each in range(2)] == [200, 404]
    head = {"method": "HEAD", "path": f"{CLASSES}/scans"}
    assert mapi(hcp, **head, status_code=[302, 404])["status"] in (302, 404)
    assert mapi(hcp, **head, fails=True)["error"]["code"] == "not_found"
    assert mapi(hcp, method="HEAD", path=ALPHA)["status"] == 200


def test_bodies_and_answers_that_are_not_json(hcp: MockHcp, tmp_path: Path) -> None:
    xml = "<namespace><description>{}</description></namespace>"
    mapi(hcp, method="POST", path=ALPHA, content=xml.format("one"))
    assert hcp.get(ALPHA)["description"] == "one"
    file = tmp_path / "body.xml"
    file.write_text(xml.format("two"))
    mapi(hcp, method="POST", path=ALPHA, src=str(file), content_type="application/xml")
    result = mapi(hcp, path=ALPHA, accept="application/xml")
    assert "<description>two</description>" in result["content"]
    assert "json" not in result


def test_a_failure_is_that_of_all_modules(hcp: MockHcp) -> None:
    failed = mapi(hcp, path=f"{ALPHA}x", fails=True)
    assert failed["msg"].startswith(f"GET {ALPHA}x failed: HCP returned 404")
    assert failed["error"]["code"] == "not_found"
    assert failed["error"]["uncertain"] is False
    assert "json" not in failed


ACTION = {"method": "POST", "path": ALPHA}


@pytest.mark.parametrize(
    "action", [{"cut": "after"}, {"status": 503}, {"status": 500, "carry_out": True}], ids=str
)
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_what_hcp_may_have_done_is_not_asked_for_again(
    hcp: MockHcp, action: dict[str, Any], method: str
) -> None:
    path = CLASSES if method == "PUT" else ALPHA
    options: dict[str, Any] = {"method": method, "path": path, "retries": 3}
    if method != "DELETE":
        options["body"] = SCANS if method == "PUT" else {"softQuota": 70}
    hcp.fault({"method": method, "path": path, "times": None}, **action)
    failed = mapi(hcp, **options, fails=True)
    assert hcp.seen() == [f"{method} {path}"]
    assert failed["error"]["uncertain"] is True
    assert "may have carried out the request" in failed["msg"]


def test_what_may_be_repeated_is(hcp: MockHcp) -> None:
    hcp.fault({**ACTION, "times": 1}, cut="after")
    assert mapi(hcp, **ACTION, body={"softQuota": 70}, retries=1, repeatable=True)["changed"]
    hcp.fault({"method": "GET", "path": ALPHA, "times": 1}, cut="after")
    assert mapi(hcp, path=ALPHA, retries=1)["status"] == 200
    assert hcp.seen() == [f"POST {ALPHA}"] * 2 + [f"GET {ALPHA}"] * 2
    hcp.fault({"method": "GET", "path": ALPHA, "times": 1}, cut="after")
    assert not mapi(hcp, path=ALPHA, retries=1, repeatable=False, fails=True)["changed"]


def test_what_hcp_did_not_get_is_sent_again(hcp: MockHcp) -> None:
    # 127.0.0.2 is this host too, but nothing listens there.
    nodes = ["127.0.0.2", "127.0.0.1"]
    assert mapi(hcp, **ACTION, body={"softQuota": 70}, nodes=nodes)["changed"]
    hcp.fault({**ACTION, "times": 1}, status=429)
    assert mapi(hcp, **ACTION, body={"softQuota": 71}, retries=1)["changed"]
    assert hcp.get(ALPHA)["softQuota"] == 71


@pytest.mark.parametrize(
    ("options", "option", "words"),
    [
        ({"path": f"{USERS}?password={SECRET}"}, "path", "go into query"),
        ({"path": "/tenants/../x"}, "path", "must name a resource"),
        ({"path": "/tenants/./x"}, "path", "must name a resource"),
        ({"path": "/tenants/%2e%2E/x"}, "path", "must name a resource"),
        ({"path": "/tenants/..%2Fx"}, "path", "must name a resource"),
        ({"path": "/tenants/..\\x"}, "path", "must name a resource"),
        ({"path": "/tenants//x"}, "path", "must name a resource"),
        ({"path": "/mapi"}, "path", "must name a resource"),
        ({"path": ""}, "path", "must name a resource"),
        ({"path": "/tenants/100%"}, "path", "%25"),
        ({"path": ALPHA, "body": {}}, "method", "A GET has no body"),
        ({"path": ALPHA, "method": "DELETE", "content": "x"}, "method", "A DELETE has no body"),
        ({"path": ALPHA, "method": "POST", "dest": "/x"}, "dest", "only for GET, not for POST"),
        ({"path": ALPHA, "accept": "json"}, "accept", "must be a media type"),
        ({"path": ALPHA, "accept": "a/b\r\nX-Y: z"}, "accept", "must be a media type"),
        ({"path": ALPHA, "content_type": "ä/b"}, "content_type", "must be a media type"),
        ({"path": ALPHA, "status_code": [500]}, "status_code", "200 to 499"),
        ({"path": ALPHA, "query": {"a": ["b"]}}, "query", "must be one value"),
        ({"path": ALPHA, "method": "PUT", "src": "/no/such"}, "src", "No such file"),
        ({"path": ALPHA, "tenant": "a/b"}, "tenant", "name of a tenant"),
        ({"path": ALPHA, "tenant": None, "account_level": "tenant"}, "tenant", "set tenant"),
    ],
)
def test_what_cannot_be_right_is_refused(
    hcp: MockHcp, options: dict[str, Any], option: str, words: str
) -> None:
    refused = mapi(hcp, **options, fails=True)
    assert (refused["error"]["code"], refused["error"]["option"]) == ("bad_option", option)
    assert words in refused["msg"]
    assert hcp.seen() == []
    assert SECRET not in json.dumps(refused)


def test_names_are_encoded_once(hcp: MockHcp) -> None:
    account = {
        "username": "Jö/ B+1",
        "fullName": "Jo",
        "enabled": True,
        "localAuthentication": True,
        "forcePasswordChange": False,
    }
    query = {"password": SECRET}
    mapi(hcp, method="PUT", path=USERS, query=query, body=account)
    result = mapi(hcp, path=f"{USERS}/Jö%2F B+1", query={"verbose": "true"})
    assert result["json"]["username"] == "Jö/ B+1"


@pytest.mark.parametrize(
    "options",
    [
        {"path": USERS, "query": {"password": SECRET}, "body": {"username": SECRET}},
        {"path": f"{USERS}/{ADMIN}/changePassword", "body": {"newPassword": SECRET}},
        {"path": USERS, "body": {"deep": [{"a_secret": {"is": [SECRET]}}]}},
        {"path": USERS, "content": f"<a><userPassword x='1'>\n{SECRET}</userPassword></a>"},
        {"path": USERS, "content": SECRET},
        {"path": f"{USERS}?a=b&password={SECRET}"},
    ],
    ids=str,
)
@pytest.mark.parametrize("check", [False, True])
def test_no_secret_comes_out(hcp: MockHcp, options: dict[str, Any], check: bool) -> None:
    words = {"X-HCP-ErrorMessage": f"{SECRET} is bad."} if "content" not in options else {}
    hcp.fault({"method": "POST", "times": None}, status=400, headers=words)
    refused = not check or "?" in options["path"]
    result = mapi(hcp, **options, method="POST", check=check, fails=refused)
    assert SECRET not in json.dumps(result)
    assert result["invocation"]["module_args"]["path"]


def test_settings_about_passwords_are_no_secrets(hcp: MockHcp) -> None:
    console = {"minimumPasswordLength": "8", "forcePasswordChange": "true"}
    result = mapi(hcp, method="POST", path=ALPHA, body=console, check=True)
    assert result["invocation"]["module_args"]["body"] == console


def test_an_answer_goes_into_a_file(hcp: MockHcp, tmp_path: Path) -> None:
    file = tmp_path / "answer.xml"
    options = {"path": ALPHA, "accept": "application/xml", "dest": str(file)}
    assert mapi(hcp, **options, check=True)["changed"]
    assert not file.exists()
    result = mapi(hcp, **options)
    assert result["changed"]
    assert "content" not in result
    assert b"<name>alpha</name>" in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    assert not mapi(hcp, **options)["changed"]
    mapi(hcp, **{**options, "path": f"{ALPHA}x"}, fails=True)
    assert not mapi(hcp, **{**options, "path": f"{ALPHA}x"}, status_code=[404])["changed"]
    assert b"<name>alpha</name>" in file.read_bytes()
    assert [each.name for each in tmp_path.iterdir()] == ["answer.xml"]


@pytest.mark.parametrize(("dest", "words"), [("", "is a folder"), ("no/such", "No such file")])
def test_a_file_that_cannot_be_written(hcp: MockHcp, tmp_path: Path, dest: str, words: str) -> None:
    failed = mapi(hcp, path=ALPHA, dest=f"{tmp_path}/{dest}", fails=True)
    assert failed["error"]["option"] == "dest"
    assert words in failed["msg"]
    assert (hcp.seen(), list(tmp_path.iterdir())) == ([], [])


def test_an_answer_that_is_no_text_needs_a_file(hcp: MockHcp, tmp_path: Path) -> None:
    archive, host = b"PK\x03\x04\xff\xfe", f"{TENANT}.{hcp.facts['domain']}"
    headers = {"Content-Type": "application/zip", "X-HCP-SoftwareVersion": "9.0.0.2"}
    with constant_server(tmp_path, host, headers, archive) as server:
        failed = mapi(hcp, **server, path="/logs/download", fails=True)
        assert failed["error"]["code"] == "not_text"
        assert "Set dest" in failed["msg"]
        mapi(hcp, **server, path="/logs/download", dest=str(tmp_path / "logs.zip"))
    assert (tmp_path / "logs.zip").read_bytes() == archive


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_web_page_is_no_answer(hcp: MockHcp, method: str) -> None:
    page = {"status": 200, "headers": {"Content-Type": "text/html"}, "body": "<html>Log in</html>"}
    hcp.fault({"path": ALPHA, "times": None}, **page)
    failed = mapi(hcp, path=ALPHA, method=method, fails=True)
    assert failed["error"]["code"] == "not_mapi"
    assert failed["error"]["uncertain"] is (method == "POST")
