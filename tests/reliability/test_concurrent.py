"""Two runs that work on the same resource at once, and somebody who changes it meanwhile."""

from __future__ import annotations

import itertools
import json
import time
from typing import Any

import pytest
from support.hcp import TENANT, MockHcp, seed
from support.interference import before_requests
from support.module import Child, run

DATA = f"/tenants/{TENANT}/namespaces/data"
NAMESPACE = {"tenant": TENANT, "name": "data"}


def start(hcp: MockHcp) -> None:
    hcp.reset(seed(namespaces=[{"name": "data", "hardQuota": "1 GB", "softQuota": 50}]))


def wish(number: int) -> dict[str, Any]:
    """One of two states of a namespace, which take two requests."""
    return {
        "description": f"of run {number}",
        "hard_quota": f"{number} GB",
        "http": {"rest_enabled": True, "https_enabled": number == 1},
        "versioning": {"enabled": True, "prune": True, "prune_days": number},
    }


def differs(hcp: MockHcp, number: int) -> bool:
    """Whether the namespace is in another state than a run wants."""
    found: bool = run("hcp_namespace", {**hcp.as_tenant, **NAMESPACE, **wish(number)}, check=True)[
        "changed"
    ]
    return found


def second_run(hcp: MockHcp) -> None:
    run("hcp_namespace", {**hcp.as_tenant, **NAMESPACE, **wish(2)})


def test_what_another_run_overwrites_is_set_again(hcp: MockHcp) -> None:
    start(hcp)
    # The first run writes one half, the second one both, then the first run the other half.
    with before_requests("POST", f"{DATA}/versioningSettings", lambda: second_run(hcp), only=1):
        done = run("hcp_namespace", {**hcp.as_tenant, **NAMESPACE, **wish(1)})
    assert done["namespace"]["description"] == "of run 1"
    assert not differs(hcp, 1)


@pytest.mark.parametrize("verify", [True, False])
def test_what_another_run_overwrites_is_told_of_a_whole_configuration(
    hcp: MockHcp, verify: bool
) -> None:
    start(hcp)
    namespaces = [{"name": "data", **wish(1)}]
    wanted = {"tenants": [{"name": TENANT, "namespaces": namespaces}]}
    options = {**hcp.as_tenant, **hcp.s3, "account_level": "tenant", "config": wanted}
    with before_requests("POST", f"{DATA}/versioningSettings", lambda: second_run(hcp), only=1):
        done = run("hcp_config", {**options, "verify": verify}, fails=verify)
    assert done["changed"]
    if verify:
        assert done["error"]["code"] == "contended"
        assert "'of run 2', not 'of run 1'" in done["msg"]
    assert run("hcp_config", {**options, "verify": verify})["changed"]
    assert not run("hcp_config", {**options, "verify": verify})["changed"]


def test_what_is_always_changed_is_a_failure(hcp: MockHcp) -> None:
    start(hcp)
    numbers = itertools.count()

    def change() -> None:
        # Always to something else: the same twice would be HCP's way to show what it was sent.
        hcp.ask(DATA, method="POST", json={"description": f"theirs {next(numbers)}"})

    options = {**hcp.as_tenant, **NAMESPACE, "description": "ours"}
    with before_requests("GET", DATA, change):
        failed = run("hcp_namespace", options, fails=True)
    assert (failed["error"]["code"], failed["changed"]) == ("contended", True)
    assert "shows description" in failed["msg"]
    assert "Something else changes this resource" in failed["msg"]
    assert {step["status"] for step in failed["steps"]} == {"done"}


def test_what_is_deleted_meanwhile_is_a_failure(hcp: MockHcp) -> None:
    start(hcp)
    theirs = {**NAMESPACE, "state": "absent", "confirm": ["delete"]}
    options = {**hcp.as_tenant, **NAMESPACE, "description": "ours"}
    with before_requests(
        "GET", DATA, lambda: run("hcp_namespace", {**hcp.as_tenant, **theirs}), only=2
    ):
        failed = run("hcp_namespace", options, fails=True)
    assert failed["error"]["code"] == "contended"
    assert "no longer has the resource" in failed["msg"]


def test_how_hcp_shows_what_it_took_is_no_conflict(hcp: MockHcp) -> None:
    start(hcp)
    shown = {**hcp.get(DATA), "description": "as HCP writes it"}
    answer = {"status": 200, "headers": {"Content-Type": "application/json"}}
    hcp.fault({"method": "GET", "path": DATA, "times": None}, body=json.dumps(shown), **answer)
    hcp.clear_journal()
    done = run("hcp_namespace", {**hcp.as_tenant, **NAMESPACE, "description": "ours"})
    assert "now shows 'as HCP writes it'" in done["warnings"][0]
    assert len(hcp.writes()) == 2


@pytest.mark.parametrize("pause", [0, 5, 10, 20, 40, 80])
def test_two_runs_end_in_the_state_that_one_of_them_wants_or_say_so(
    hcp: MockHcp, pause: int
) -> None:
    start(hcp)
    children = []
    for number in (1, 2):
        children.append(Child("hcp_namespace", {**hcp.as_tenant, **NAMESPACE, **wish(number)}))
        time.sleep(pause / 1000)
    results = [child.finish() for child in children]
    failed = [result for result in results if result.get("failed")]
    assert all(result["error"]["code"] == "contended" for result in failed)
    # Two runs that overwrite each other until one gives up may leave a mixture, and say so.
    if not failed:
        assert [differs(hcp, number) for number in (1, 2)] in ([True, False], [False, True])
    for number in (1, 2):
        run("hcp_namespace", {**hcp.as_tenant, **NAMESPACE, **wish(number)})
        assert not differs(hcp, number)


@pytest.mark.parametrize("state", ["present", "absent"])
def test_two_runs_create_or_delete_the_same(hcp: MockHcp, state: str) -> None:
    start(hcp)
    name = "new" if state == "present" else "data"
    wish = {"tenant": TENANT, "name": name, "state": state, "confirm": ["delete"]}
    path = f"/tenants/{TENANT}/namespaces" + (f"/{name}" if state == "absent" else "")
    # Both have seen that it is to be done before one of them does it.
    method = "PUT" if state == "present" else "DELETE"
    options = {**hcp.as_tenant, **wish}
    with before_requests(method, path, lambda: run("hcp_namespace", options), only=1):
        run("hcp_namespace", options)
    assert not run("hcp_namespace", options)["changed"]
