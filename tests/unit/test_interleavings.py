"""Two tasks that change one resource at once, with their requests in every order.

A resource and its parts are read with a request each, so what a task has read is no snapshot. All
the same two tasks never leave a mixture of what they want unless one of them fails and says so. The
order of the requests comes from hypothesis, so that it does not depend on how busy a machine is.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.contentplatform.hcp.plugins.module_utils.protocols.credentials import (
    Credentials,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.protocols.mapi.client import (
    Client,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.reconcile import verify
from ansible_collections.contentplatform.hcp.plugins.module_utils.reconcile.converge import (
    converge,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.reconcile.model import (
    StoppedError,
    Task,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.namespace import (
    NAMESPACES,
)

PATH = "/tenants/finance/namespaces/data"
START: dict[str, dict[str, Any]] = {
    PATH: {"name": "data", "description": "", "hardQuota": "1 GB"},
    f"{PATH}/versioningSettings": {"enabled": False},
    f"{PATH}/protocols/http": {"restEnabled": False},
}


class Turns:
    """Lets one of two tasks send a request at a time, in a given order."""

    def __init__(self, order: list[bool]) -> None:
        self._order = order
        self._running = {False, True}
        self._condition = threading.Condition()

    def _is_next(self, who: bool) -> bool:
        while self._order and self._order[0] not in self._running:
            self._order.pop(0)
        return not self._order or self._order[0] is who

    def wait_for(self, who: bool) -> None:
        """Wait until it is the turn of a task. Behind the given order it is anybody's."""
        with self._condition:
            assert self._condition.wait_for(lambda: self._is_next(who), timeout=60)
            if self._order:
                self._order.pop(0)
            self._condition.notify_all()

    def leave(self, who: bool) -> None:
        """Count no more on a task that has ended."""
        with self._condition:
            self._running.discard(who)
            self._condition.notify_all()


class Hcp:
    """One namespace with two of its parts, as one of two tasks reaches it."""

    def __init__(self, who: bool, state: dict[str, dict[str, Any]], turns: Turns) -> None:
        self.credentials = Credentials("admin", "secret")
        self._who = who
        self._state = state
        self._turns = turns

    def find(self, path: str, query: Mapping[str, str] | None = None) -> dict[str, Any]:
        self._turns.wait_for(self._who)
        return dict(self._state[path])

    def send(
        self, method: str, path: str, body: Any = None, query: Mapping[str, str] | None = None
    ) -> bool:
        self._turns.wait_for(self._who)
        self._state[path].update(body)
        return True


def wish(number: int) -> dict[str, Any]:
    return {
        "tenant": "finance",
        "name": "data",
        "description": f"of task {number}",
        "hard_quota": f"{number + 1} GB",
        "versioning": {"enabled": True, "prune_days": number},
        "http": {"rest_enabled": True, "https_enabled": number == 1},
    }


def run(order: list[bool]) -> tuple[dict[str, dict[str, Any]], list[StoppedError]]:
    """What HCP has after two tasks, and the failures of those that failed."""
    state: dict[str, dict[str, Any]] = {path: dict(START[path]) for path in START}
    turns, failures = Turns(order), []

    def work(who: bool) -> None:
        hcp: Client = Hcp(who, state, turns)  # type: ignore[assignment]
        try:
            converge(Task(NAMESPACES, wish(1 + who), hcp, "tenant"))
        except StoppedError as stopped:
            failures.append(stopped)
        finally:
            turns.leave(who)

    threads = [threading.Thread(target=work, args=(who,)) for who in (False, True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return state, failures


def owners(state: dict[str, dict[str, Any]]) -> set[int]:
    """Whose wishes HCP has."""
    item, versioning, http = (state[path] for path in START)
    return {
        int(item["description"][-1]),
        int(item["hardQuota"].split()[0]) - 1,
        versioning["pruneDays"],
        1 if http["httpsEnabled"] else 2,
    }


@given(order=st.lists(st.booleans(), max_size=60))
@settings(max_examples=300, deadline=None)
def test_a_mixture_is_never_left_without_a_failure(order: list[bool]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verify, "LONGEST_PAUSE", 0.0)
        state, failures = run(order)
    assert all(failure.cause.code == "contended" for failure in failures)
    assert failures or len(owners(state)) == 1


def test_some_orders_leave_a_mixture_and_each_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pauses two tasks overwrite each other until one of them, or both, give up."""
    monkeypatch.setattr(verify, "LONGEST_PAUSE", 0.0)
    mixtures = 0
    for seed in range(100):
        chosen = random.Random(seed)  # noqa: S311
        state, failures = run([chosen.random() < 0.5 for _request in range(80)])
        if len(owners(state)) > 1:
            mixtures += 1
            assert failures
            assert "no longer shows" in str(failures[0].cause)
    assert mixtures
