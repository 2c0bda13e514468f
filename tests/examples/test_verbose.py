"""At the highest verbosity, with diffs and failures, ansible-playbook prints nothing secret."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

import pytest
from support.hcp import ADMIN, ADMIN_PASSWORD, TENANT, MockHcp, seed
from support.playbook import playbook

SECRETS = {
    "system": "Hcp-Mock-1",
    "admin": ADMIN_PASSWORD,
    "first": "First-Secret-1",
    "kim": "Kim-Secret-1",
    "new": "Kim-Secret-2",
    "dav": "Dav-Secret-1",
    "wrong": "Wrong-Secret-1",
}


def hashed(password: str) -> str:
    """What HCP's token, and S3's secret key, make of a password."""
    return hashlib.md5(password.encode(), usedforsecurity=False).hexdigest()


def task(module: str, fails: bool = False, **options: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": f"{module} {options.get('name')}",
        f"contentplatform.hcp.{module}": options,
        "register": "result",
    }
    if fails:
        made["ignore_errors"] = True
    return made


def wish(**more: str) -> dict[str, Any]:
    """A configuration with passwords."""
    lee = {"name": "lee", "user_password": "{{ secrets.kim }}", "update_password": "always"}
    dav = {"webdav_basic_auth_username": "dav", "webdav_basic_auth_password": "{{ secrets.dav }}"}
    namespaces = [{"name": "dav", "http": dav}]
    research = {"name": TENANT, "users": [{**lee, **more}], "namespaces": namespaces}
    first = {"username": "first", "password": "{{ secrets.first }}"}
    return {"tenants": [{"name": "finance", "initial_user": first}, research]}


def tasks() -> list[dict[str, Any]]:
    show = {"name": "Show the result", "ansible.builtin.debug": {"var": "result"}}
    ours: dict[str, Any] = {"username": ADMIN, "password": "{{ secrets.admin }}", "tenant": TENANT}
    dav = {"webdav_basic_auth_username": "dav", "webdav_basic_auth_password": "{{ secrets.dav }}"}
    first = {"username": "first", "password": "{{ secrets.first }}"}
    account = {"tenant": TENANT, "username": ADMIN, "password": "{{ secrets.admin }}"}
    users = f"/tenants/{TENANT}/userAccounts"
    password = {"password": "{{ secrets.new }}"}
    sam = {
        "username": "sam",
        "fullName": "Sam",
        "description": "has {{ secrets.new }} in it",
        "localAuthentication": True,
        "enabled": True,
        "forcePasswordChange": False,
    }
    wished = [
        task("hcp_tenant", name="finance", hard_quota="1 TB", initial_user=first),
        task("hcp_user", **ours, name="kim", user_password="{{ secrets.kim }}"),
        task(
            "hcp_user",
            **ours,
            name="kim",
            user_password="{{ secrets.new }}",
            update_password="when_wrong",
        ),
        task("hcp_namespace", **ours, name="dav", http=dav),
        task("hcp_s3_bucket", **ours, name="photos"),
        task("hcp_user_info", **ours),
        task("hcp_config", accounts=[account], config=wish()),
        task("hcp_config", accounts=[account], config=wish(), exact=["users"]),
        task("hcp_config", True, accounts=[account], config=wish(no_such="x")),
        task("hcp_config", True, no_such="x", accounts=[account], config=wish()),
        task("hcp_config_info", accounts=[account], tenants=[TENANT]),
        task("hcp_drift_info", accounts=[account], config=wish(full_name="Other")),
        task("hcp_mapi", **ours, method="PUT", path=users, query=password, body=sam),
        # And what goes wrong.
        task("hcp_mapi", True, **ours, path=users + "?password={{ secrets.kim }}"),
        task("hcp_mapi", True, **ours, method="PUT", path=users, query=password, body=sam),
        task("hcp_tenant", True, name="x", hard_quota="1 KB", initial_user=first),
        task("hcp_user", True, **ours, name="bad", user_password="{{ secrets.kim }}", roles=["X"]),
        task("hcp_user", True, **ours, name="lost", user_password="{{ secrets.kim }}"),
        task("hcp_namespace", True, **{**ours, "password": "{{ secrets.wrong }}"}, name="x"),
        task("hcp_s3_bucket", True, **{**ours, "password": "{{ secrets.wrong }}"}, name="xyz"),
        task("hcp_s3_bucket", True, **ours, name="photos", data_port=1),
    ]
    return [each for wish in wished for each in (wish, show)]


@pytest.mark.parametrize("in_process", [True, False])
def test_nothing_secret_is_printed(hcp: MockHcp, tmp_path: Path, in_process: bool) -> None:
    hcp.reset(seed())
    lost = {"method": "PUT", "path": f"/tenants/{TENANT}/userAccounts", "nth": 4, "times": None}
    hcp.fault(lost, cut="before")
    play = {"name": "Everything", "hosts": "localhost", "gather_facts": False, "tasks": tasks()}
    values = {"secrets": SECRETS, "hcp_in_process": in_process}
    variables = tuple(hcp.facts["environment"])
    output = playbook(hcp, [play], tmp_path, "-vvvvv", "--diff", values=values, variables=variables)
    assert "ignored=10" in output
    tokens = [hashed(password) for password in SECRETS.values()]
    tokens += [
        base64.b64encode(f"{ADMIN}:{password}".encode()).decode() for password in SECRETS.values()
    ]
    found = [each for each in (*SECRETS.values(), *tokens) if each in output]
    lines = [line for line in output.splitlines() if any(each in line for each in found)]
    assert not found, lines[:3]
    assert "Traceback" not in output
