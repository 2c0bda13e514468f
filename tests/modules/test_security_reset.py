"""hcp_security_reset against a mock HCP."""

from __future__ import annotations

from typing import Any

import pytest
from support.hcp import ADMIN, ADMIN_PASSWORD, TENANT, MockHcp, seed
from support.module import Flag, run

USERS = f"/tenants/{TENANT}/userAccounts"
GROUPS = f"/tenants/{TENANT}/groupAccounts"
NEW = "Quiet-River-7"
SURE = {"new_password": NEW, "confirm": ["new_password"]}


def reset(hcp: MockHcp, fails: Flag = False, check: Flag = False, **options: Any) -> Any:
    given = {**hcp.as_system, "tenant": TENANT, **options}
    return run("hcp_security_reset", given, fails=fails, check=check)


def status(hcp: MockHcp, password: str) -> int:
    """What the administrator of the tenant gets with a password."""
    return hcp.ask(f"{USERS}/{ADMIN}", ADMIN, password).status_code


def test_a_new_password(hcp: MockHcp) -> None:
    for check in (True, False):
        refused = reset(hcp, fails=True, check=check, new_password=NEW)
        assert refused["error"]["code"] == "needs_confirmation"
        assert "confirm: [new_password]" in refused["msg"]
    assert reset(hcp, check=True, **SURE)["changed"]
    assert hcp.writes() == []
    assert status(hcp, ADMIN_PASSWORD) == 200
    done = reset(hcp, **SURE)
    assert done["changed"]
    assert NEW not in str(done)
    assert (status(hcp, NEW), status(hcp, ADMIN_PASSWORD)) == (200, 403)


def test_a_group(hcp: MockHcp) -> None:
    named = {"group": "storage@ad.example"}
    assert reset(hcp, check=True, **named)["changed"]
    assert hcp.writes() == []
    assert reset(hcp, **named)["changed"]
    assert hcp.get(f"{GROUPS}/storage@ad.example")["roles"] == {"role": ["SECURITY"]}
    # The tenant does not let the system look.
    assert reset(hcp, **named)["changed"]
    hcp.reset(seed(administrationAllowed=True))
    assert reset(hcp, **named)["changed"]
    hcp.clear_journal()
    assert not reset(hcp, **named)["changed"]
    assert hcp.writes() == []


@pytest.mark.parametrize("fault", [{"cut": "after"}, {"status": 500}])
def test_it_is_never_repeated(hcp: MockHcp, fault: dict[str, Any]) -> None:
    hcp.fault({"method": "POST"}, **fault)
    failed = reset(hcp, fails=True, retries=3, **SURE)
    assert "may have carried out the request" in failed["error"]["hint"]
    assert NEW not in str(failed)
    assert hcp.writes() == [f"POST {USERS}"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({}, "bad_option"),
        ({"tenant": "a/b", "group": "x@y"}, "bad_option"),
        ({"account_level": "tenant", **SURE}, "bad_option"),
        ({"tenant": "nobody", **SURE}, "not_found"),
        ({"group": "nobody@ad.example"}, "invalid"),
        ({"new_password": "x", "confirm": ["new_password"]}, "invalid"),
    ],
)
def test_what_cannot_be(hcp: MockHcp, options: dict[str, Any], code: str) -> None:
    refused = reset(hcp, fails=True, **options)
    assert refused["error"]["code"] == code
    assert not refused["changed"]


def test_a_group_that_cannot_be_one_is_named(hcp: MockHcp) -> None:
    failed = reset(hcp, fails=True, group="..")
    assert failed["error"]["option"] == "group"
    assert failed["msg"].startswith("group must be")
    assert hcp.seen() == []


def test_a_success_of_somebody_else_is_none(hcp: MockHcp) -> None:
    hcp.fault({"method": "POST"}, status=200, origin="proxy")
    failed = reset(hcp, fails=True, **SURE)
    assert (failed["error"]["code"], failed["error"]["uncertain"]) == ("not_mapi", True)
