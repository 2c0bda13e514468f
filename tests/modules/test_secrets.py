"""No secret comes out of a module: not in results, diffs, failures or what the mock has seen."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest
from support.hcp import ADMIN, ADMIN_PASSWORD, TENANT, MockHcp
from support.module import run

SECRET = "Top-Secret-77"
PATH = f"/tenants/{TENANT}/userAccounts"
TOKENS = [
    f"{base64.b64encode(user.encode()).decode()}:"
    f"{hashlib.md5(password.encode(), usedforsecurity=False).hexdigest()}"
    for user, password in ((ADMIN, ADMIN_PASSWORD), ("kim", SECRET), ("admin", "Hcp-Mock-1"))
]
FAULTS: list[dict[str, Any]] = [
    {},
    {"status": 400, "headers": {"X-HCP-ErrorMessage": f"Bad password {SECRET}."}},
    {"status": 403},
    {"status": 500, "body": f"password={SECRET}"},
    {"cut": "before"},
    {"cut": "after"},
    {"hold": "before"},
]


def limit(action: dict[str, Any]) -> dict[str, Any]:
    """A short timeout for the fault that ends with one; no other is to depend on time."""
    return {"timeout": 1} if "hold" in action else {}


def leaks(result: Any) -> list[str]:
    text = json.dumps(result)
    return [each for each in (SECRET, ADMIN_PASSWORD, "Hcp-Mock-1", *TOKENS) if each in text]


@pytest.mark.parametrize("action", FAULTS, ids=str)
def test_creating_a_user(hcp: MockHcp, action: dict[str, Any]) -> None:
    if action:
        hcp.fault({"method": "PUT", "path": PATH, "nth": 1, "times": None}, **action)
    options = {
        **hcp.as_tenant,
        "tenant": TENANT,
        "name": "kim",
        "user_password": SECRET,
        **limit(action),
    }
    result = run("hcp_user", options, diff=True, fails=bool(action))
    assert leaks(result) == []
    assert SECRET not in json.dumps([each["query"] for each in hcp.journal()])


@pytest.mark.parametrize("action", FAULTS, ids=str)
def test_resetting_passwords(hcp: MockHcp, action: dict[str, Any]) -> None:
    if action:
        hcp.fault({"method": "POST", "path": PATH, "times": None}, **action)
    reset = {"new_password": SECRET, "confirm": ["new_password"]}
    options = {**hcp.as_system, "tenant": TENANT, **reset, **limit(action)}
    result = run("hcp_security_reset", options, diff=True, fails=bool(action))
    assert leaks(result) == []
    assert SECRET not in json.dumps([each["query"] for each in hcp.journal()])


@pytest.mark.parametrize("action", FAULTS, ids=str)
def test_creating_a_tenant(hcp: MockHcp, action: dict[str, Any]) -> None:
    if action:
        hcp.fault({"method": "PUT", "path": "/tenants", "nth": 1, "times": None}, **action)
    options = {
        **hcp.as_system,
        "name": "finance",
        "hard_quota": "5 TB",
        "initial_user": {"username": "kim", "password": SECRET},
        **limit(action),
    }
    # If the response is lost, HCP shows the new tenant.
    fails = action not in ({}, {"cut": "after"})
    result = run("hcp_tenant", options, diff=True, fails=fails)
    assert leaks(result) == []
    assert SECRET not in json.dumps([each["query"] for each in hcp.journal()])


@pytest.mark.parametrize("action", FAULTS, ids=str)
@pytest.mark.parametrize("policy", ["always", "when_wrong"])
def test_changing_a_password(hcp: MockHcp, action: dict[str, Any], policy: str) -> None:
    options = {**hcp.as_tenant, "tenant": TENANT, "name": "kim"}
    run("hcp_user", {**options, "user_password": "First-Pass-1"})
    if action:
        path = f"{PATH}/kim/changePassword"
        hcp.fault({"method": "POST", "path": path, "nth": 1, "times": None}, **action)
    wish = {**options, **limit(action), "user_password": SECRET, "update_password": policy}
    result = run("hcp_user", wish, diff=True, fails=bool(action))
    assert leaks(result) == []


@pytest.mark.parametrize("kind", ["local", "ad"])
def test_credentials_that_do_not_work(hcp: MockHcp, kind: str) -> None:
    username = "kim" if kind == "local" else "kim@ad.example"
    account = {"username": username, "password": SECRET, "auth_type": kind}
    options = {**hcp.connection, **account, "tenant": TENANT, "name": "alpha"}
    result = run("hcp_namespace", options, fails=True)
    assert result["error"]["code"] == "forbidden"
    assert "username and password" in result["msg"]
    assert leaks(result) == []


def test_the_environment_is_as_good_as_the_options_and_as_secret(
    hcp: MockHcp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in hcp.facts["environment"].items():
        monkeypatch.setenv(name, value)
    result = run("hcp_tenant_info", {})
    assert [each["name"] for each in result["tenants"]] == [TENANT]
    assert leaks(result) == []


def test_a_netrc_file_does_not_replace_the_credentials(
    hcp: MockHcp, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login intruder password intruder\n")
    monkeypatch.setenv("NETRC", str(netrc))
    run("hcp_tenant_info", hcp.as_system)
    assert {each["user"] for each in hcp.journal()} == {"admin"}


def test_active_directory_accounts_work(hcp: MockHcp) -> None:
    account = {"username": "jo@ad.example", "password": "Jo-Pass-1", "auth_type": "ad"}
    options = {**hcp.connection, **account, "tenant": TENANT, "name": "alpha"}
    result = run("hcp_namespace", options, fails=True)
    # Known to the directory, but in no group that HCP knows.
    assert result["error"]["status"] == 403
    assert "Jo-Pass-1" not in json.dumps(result)


@pytest.mark.parametrize("grants", ["", [None], [[]], ["namespace=data"], 1])
def test_an_option_that_makes_no_sense(hcp: MockHcp, grants: Any) -> None:
    options = {
        **hcp.as_tenant,
        "tenant": TENANT,
        "name": "kim",
        "user_password": SECRET,
        "data_access_permissions": grants,
        "proxy": f"http://user:{SECRET}@proxy.example",
    }
    result = run("hcp_user", options, fails=True)
    assert leaks(result) == []
    config = {"tenants": [{"name": TENANT, "users": [{"name": "kim", "user_password": SECRET}]}]}
    account = {"tenant": TENANT, "username": "boss", "password": SECRET}
    more = {"accounts": [account, grants], "config": config}
    assert leaks(run("hcp_config", {**hcp.as_system, **more}, fails=True)) == []
