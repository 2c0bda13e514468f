"""Two runs that work on the same resource at once, and somebody who changes it meanwhile."""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from support.hcp import TENANT, MockHcp, seed
from support.module import Child, run
from support.waiting import until

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


def test_what_another_run_overwrites_is_set_again(hcp: MockHcp) -> None:
    start(hcp)
    # The first run writes one half, the second one both, then the first run the other half.
    hcp.fault({"method": "POST", "path": f"{DATA}/versioningSettings"}, delay=1.5)
    first = Child("hcp_namespace", {**hcp.as_tenant, **NAMESPACE, **wish(1)})
    until(lambda: hcp.hits() == 1)
    run("hcp_namespace", {**hcp.as_tenant, **NAMESPACE, **wish(2)})
    done = first.finish()
    assert "failed" not in done, done["msg"]
    assert done["namespace"]["description"] == "of run 1"
    assert not differs(hcp, 1)


@pytest.mark.parametrize("verify", [True, False])
def test_what_another_run_overwrites_is_told_of_a_whole_configuration(
    hcp: MockHcp, verify: bool
) -> None:
    start(hcp)
    namespaces = [{"name": "data", **wish(1)}]
    wanted = {"tenants": [{"name": TENANT, "namespaces": namespaces}]}
    hcp.fault({"method": "POST", "path": f"{DATA}/versioningSettings"}, delay=1.5)
    options = {**hcp.as_tenant, **hcp.s3, "account_level": "tenant", "config": wanted}
    first = Child("hcp_config", {**options, "verify": verify})
    until(lambda: hcp.hits() == 1)
    run("hcp_namespace", {**hcp.as_tenant, **NAMESPACE, **wish(2)})
    done = first.finish()
    assert done["changed"]
    assert done.get("failed", False) is verify
    if verify:
        assert done["error"]["code"] == "contended"
        assert "'of run 2', not 'of run 1'" in done["msg"]
    assert run("hcp_config", {**options, "verify": verify})["changed"]
    assert not run("hcp_config", {**options, "verify": verify})["changed"]


@contextmanager
def meddling(hcp: MockHcp, change: Callable[[int], dict[str, Any]]) -> Iterator[None]:
    """Somebody who changes the namespace again and again."""
    enough = threading.Event()

    def meddle() -> None:
        for number in itertools.count():
            if enough.wait(0.02):
                return
            hcp.ask(DATA, method="POST", json=change(number))

    thread = threading.Thread(target=meddle)
    thread.start()
    try:
        yield
    finally:
        enough.set()
        thread.join()


def test_what_is_always_changed_is_a_failure(hcp: MockHcp) -> None:
    start(hcp)
    hcp.fault({"method": "GET", "path": DATA, "times": None}, delay=0.3)
    with meddling(hcp, lambda number: {"description": f"theirs {number}"}):
        options = {**hcp.as_tenant, **NAMESPACE, "description": "ours"}
        failed = run("hcp_namespace", options, fails=True)
    assert (failed["error"]["code"], failed["changed"]) == ("contended", True)
    assert "shows description" in failed["msg"]
    assert "Something else changes this resource" in failed["msg"]
    assert {step["status"] for step in failed["steps"]} == {"done"}


def test_what_is_deleted_meanwhile_is_a_failure(hcp: MockHcp) -> None:
    start(hcp)
    hcp.fault({"method": "GET", "path": DATA, "nth": 2}, delay=1.5)
    ours = Child("hcp_namespace", {**hcp.as_tenant, **NAMESPACE, "description": "ours"})
    until(lambda: hcp.hits() == 1)
    run("hcp_namespace", {**hcp.as_tenant, **NAMESPACE, "state": "absent", "confirm": ["delete"]})
    failed = ours.finish()
    assert failed["error"]["code"] == "contended"
    assert "no longer has the resource" in failed["msg"]


def test_how_hcp_shows_what_it_took_is_no_conflict(hcp: MockHcp) -> None:
    start(hcp)
    shown = {**hcp.get(DATA), "description": "as HCP writes it"}
    answer = {"status": 200, "headers": {"Content-Type": "application/json"}}
    hcp.fault({"method": "GET", "path": DATA, "times": None}, body=json.dumps(shown), **answer)
    hcp.clear_cache()
    done = run("hcp_namespace", {**hcp.as_tenant, **NAMESPACE, "description": "ours"})
    assert "now shows 'as HCP writes it'" in done["warnings"][0]
    assert len(hcp.writes()) == 2


@pytest.mark.parametrize("pause", [0, 5, 10, 20, 40, 80])
def test_two_runs_end_in_the_state_that_one_of_them_wants(hcp: MockHcp, pause: int) -> None:
    start(hcp)
    children = []
    for number in (1, 2):
        children.append(Child("hcp_namespace", {**hcp.as_tenant, **NAMESPACE, **wish(number)}))
        time.sleep(pause / 1000)
    results = [child.finish() for child in children]
    failed = [result for result in results if result.get("failed")]
    assert all(result["error"]["code"] == "contended" for result in failed)
    assert len(failed) < 2
    assert [differs(hcp, number) for number in (1, 2)] in ([True, False], [False, True])


@pytest.mark.parametrize("state", ["present", "absent"])
def test_two_runs_create_or_delete_the_same(hcp: MockHcp, state: str) -> None:
    start(hcp)
    name = "new" if state == "present" else "data"
    wish = {"tenant": TENANT, "name": name, "state": state, "confirm": ["delete"]}
    path = f"/tenants/{TENANT}/namespaces" + (f"/{name}" if state == "absent" else "")
    # Both have seen that it is to be done before one of them does it.
    method = "PUT" if state == "present" else "DELETE"
    hcp.fault({"method": method, "path": path}, delay=1)
    slow = Child("hcp_namespace", {**hcp.as_tenant, **wish})
    until(lambda: hcp.hits() == 1)
    run("hcp_namespace", {**hcp.as_tenant, **wish})
    done = slow.finish()
    assert "failed" not in done, done["msg"]
    assert not run("hcp_namespace", {**hcp.as_tenant, **wish})["changed"]
